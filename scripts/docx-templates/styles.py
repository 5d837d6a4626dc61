"""The styles, lists and settings that all first templates share: Arial 11, German, A4."""

from dataclasses import dataclass
from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN: Final = f'xmlns:w="{MAIN}"'
_LEVEL: Final = 397  # 7 mm


@dataclass(frozen=True)
class Look:
    """What a house does differently: its text justified, further styles of its own."""

    justified: bool = False
    further: str = ""


def paragraph_style(key: str, name: str, paragraph: str = "", run: str = "") -> str:
    """Return a style of a house's own; `paragraph` is its w:pPr, `run` its w:rPr."""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


def styles(look: Look) -> str:
    """Return the style sheet."""
    return (
        f"<w:styles {_OPEN}>{_DEFAULTS}"
        + _style("Normal", "Normal", based="", default=True)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        + _NORMAL_TABLE
        + '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        "<w:semiHidden/></w:style>"
        + _heading(1, 28, before=0, after=60)
        + _heading(2, 22, before=300, after=80)
        + _heading(3, 22, before=200, after=60)
        + _heading(4, 22, before=160, after=60, italic=True)
        + _style("Header", "header", size=20)
        + _style("Footer", "footer", size=18)
        + _style("VorlageText", "Vorlage Text", after=120, line=276, justified=look.justified)
        + _style("VorlageBetreff", "Vorlage Betreff", after=60, line=276, bold=True)
        + _style("VorlageAufzhlung", "Vorlage Aufzählung", after=100, line=276, number=1)
        + _style("VorlageNummerierung", "Vorlage Nummerierung", after=100, line=276, number=2)
        + _style("VorlageZelle", "Vorlage Zelle", before=50, after=50, size=20)
        + _style("VorlageZellenkopf", "Vorlage Zellenkopf", before=50, after=50, size=20, bold=True)
        + _style("VorlageFeldname", "Vorlage Feldname", before=40, size=16, colour="404040")
        + _style("VorlageFeldwert", "Vorlage Feldwert", after=50, size=21)
        + _style("VorlageVermerk", "Vorlage Vermerk", before=60, after=60, size=18)
        + _style("VorlageUnterschrift", "Vorlage Unterschrift", line=276, together=True)
        + _style("VorlageBeschluss", "Vorlage Beschluss", after=120, line=276, indent=567)
        + _style("VorlageAnlage", "Vorlage Anlage", after=60, hanging=_LEVEL)
        + _style(
            "VorlageEntwurf",
            "Vorlage Entwurf",
            before=80,
            after=160,
            size=22,
            bold=True,
            colour="9C0006",
        )
        + '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:uiPriority w:val="99"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr>'
        "</w:style>" + _GRID + look.further + "</w:styles>"
    )


def numbering() -> str:
    """Return two lists of nine levels: the house's bullets and its numbers."""
    bullets = "".join(_bullet(level) for level in range(9))
    numbers = "".join(_number(level) for level in range(9))
    return (
        f"<w:numbering {_OPEN}>"
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>{bullets}'
        "</w:abstractNum>"
        f'<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>{numbers}'
        "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def settings() -> str:
    """Return the settings: German, hyphenation on, a line before a break is not stretched."""
    return (
        f'<w:settings {_OPEN}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="708"/><w:autoHyphenation/>'
        '<w:consecutiveHyphenLimit w:val="2"/><w:hyphenationZone w:val="425"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        "<w:compat><w:doNotExpandShiftReturn/>"
        '<w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="de-DE"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


_DEFAULTS = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    '<w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="de-DE" w:eastAsia="de-DE" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
    '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    "</w:pPr></w:pPrDefault></w:docDefaults>"
)
_NORMAL_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    "<w:tblCellMar>"
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
_GRID = (
    '<w:style w:type="table" w:styleId="VorlageTabelle"><w:name w:val="Vorlage Tabelle"/>'
    '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>'
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="595959"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders></w:tblPr></w:style>"
)


def _style(
    key: str,
    name: str,
    *,
    based: str = "Normal",
    default: bool = False,
    before: int = 0,
    after: int = 0,
    line: int = 0,
    size: int = 0,
    bold: bool = False,
    colour: str = "",
    number: int = 0,
    hanging: int = 0,
    indent: int = 0,
    together: bool = False,
    justified: bool = False,
) -> str:
    lead = f' w:line="{line}" w:lineRule="auto"' if line else ""
    paragraph = (
        ("<w:keepNext/><w:keepLines/>" if together else "")
        + (f'<w:numPr><w:numId w:val="{number}"/></w:numPr>' if number else "")
        + f'<w:spacing w:before="{before}" w:after="{after}"{lead}/>'
        + (f'<w:ind w:left="{hanging}" w:hanging="{hanging}"/>' if hanging else "")
        + (f'<w:ind w:left="{indent}"/>' if indent else "")
        + ('<w:jc w:val="both"/>' if justified else "")
    )
    standard = ' w:default="1"' if default else ""
    run = (
        ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "")
    )
    return (
        f'<w:style w:type="paragraph"{standard} w:styleId="{key}">'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + f"<w:qFormat/><w:pPr>{paragraph}</w:pPr>"
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _heading(level: int, size: int, *, before: int, after: int, italic: bool = False) -> str:
    slanted = "<w:i/><w:iCs/>" if italic else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="VorlageText"/><w:uiPriority w:val="9"/>'
        "<w:qFormat/>"
        f'<w:pPr><w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="{before}"'
        f' w:after="{after}"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:bCs/>{slanted}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        "</w:style>"
    )


def _bullet(level: int) -> str:
    sign = "–" if level % 2 else "•"
    return _level(level, "bullet", sign, '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>')


def _number(level: int) -> str:
    form, sign = (("decimal", "."), ("lowerLetter", ")"), ("lowerRoman", "."))[level % 3]
    return _level(level, form, f"%{level + 1}{sign}", "")


def _level(level: int, form: str, text: str, run: str) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{_LEVEL * (level + 1)}" w:hanging="{_LEVEL}"/></w:pPr>'
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:lvl>"
    )
