"""The few pieces a form is made of: paragraphs, tables, running lines, and their page."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.shared import Mm

import styles
from proposals.documents import package

LINE: Final = 9_354  # 165 mm between the margins, in twips
TAB: Final = "<w:r><w:tab/></w:r>"
BREAK: Final = "<w:r><w:br/></w:r>"
_FLUSH: Final = (
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
BOX: Final = "Segoe UI Symbol"  # Arial has no ☐
NBSP: Final = "\N{NO-BREAK SPACE}"
NUMBER: Final = (
    "{% if entwurf %}Entwurf{% else %}Vorlage{% if nummer %}" + NBSP + "{{ nummer }}"
    "{% endif %}{% endif %}"
)

_PROGRAM: Final = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Vorlagenlauf</Application></Properties>"
)


def text(words: str, *, bold: bool = False, italic: bool = False, font: str = "") -> str:
    """Return a run."""
    look = (
        (
            f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
            if font
            else ""
        )
        + ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/><w:iCs/>" if italic else "")
    )
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    blanks = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<w:r>{look}<w:t{blanks}>{escape(words)}</w:t></w:r>"


def box(condition: str = "false") -> str:
    """Return a tick box that is ticked where the condition holds."""
    return text(f"{{{{ ({condition})|kreuz }}}}" if condition != "false" else "☐", font=BOX)


def number(code: str) -> str:
    """Return a field of Word, such as PAGE."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def paragraph(*runs: str, style: str = "Normal", look: str = "", keep: bool = False) -> str:
    """Return a paragraph; plain words become a run. `look` is further w:pPr, in schema order."""
    body = "".join(run if run.startswith("<w:") else text(run) for run in runs)
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{look}</w:pPr>{body}</w:p>'


def tag(code: str) -> str:
    """Return a paragraph that only steers: {%p … %}."""
    return paragraph(f"{{%p {code} %}}")


@dataclass(frozen=True)
class Row:
    """A row of cells (ready-made paragraphs).

    `head` repeats it on each page; `spans` says how many columns its first cells take, else one;
    `down` names the cells that begin ("restart") or continue one over several rows.
    """

    cells: Sequence[str]
    head: bool = False
    spans: Sequence[int] = ()
    down: Mapping[int, str] = field(default_factory=dict)


def steer(code: str, columns: int) -> Row:
    """Return a row that only steers: {%tr … %}."""
    return Row([paragraph(f"{{%tr {code} %}}", style="VorlageZelle")], spans=(columns,))


def table(
    widths: Sequence[int],
    rows: Sequence[Row],
    *,
    caption: str,
    description: str,
    bordered: bool = True,
    flush: bool = False,
) -> str:
    """Return a table as wide as the line; caption and description are for screen readers.

    `flush` lets its text begin and end where the text around it does, for a table without lines.
    """
    style = "VorlageTabelle" if bordered else "TableNormal"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = int(any(row.head for row in rows))
    written = "".join(_row(row, widths, first=number == 0) for number, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{_FLUSH if flush else ""}'
        f'<w:tblLook w:val="04A0" w:firstRow="{heads}" w:lastRow="0"'
        ' w:firstColumn="1" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(caption)}"/>'
        f'<w:tblDescription w:val="{escape(description)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>"
    )


def _row(row: Row, widths: Sequence[int], *, first: bool) -> str:
    """Return a row.

    In a table of fixed layout the first row sets the widths of the grid (ECMA-376, 17.18.87); what
    a loop repeats does not say them again for each of its cells.
    """
    look = "<w:cantSplit/>" + ("<w:tblHeader/>" if row.head else "")
    cells, at = [], 0
    for position, cell in enumerate(row.cells):
        span = row.spans[position] if position < len(row.spans) else 1
        width = sum(widths[at : at + span])
        placed = f'<w:tcW w:w="{width}" w:type="dxa"/>' if first or span > 1 else ""
        if span > 1:
            placed += f'<w:gridSpan w:val="{span}"/>'
        if position in row.down:
            placed += f'<w:vMerge w:val="{row.down[position]}"/><w:vAlign w:val="center"/>'
        cells.append(f"<w:tc>{f'<w:tcPr>{placed}</w:tcPr>' if placed else ''}{cell}</w:tc>")
        at += span
    return f"<w:tr><w:trPr>{look}</w:trPr>{''.join(cells)}</w:tr>"


def cell(*runs: str, bold: bool = False, right: bool = False, keep: bool = False) -> str:
    """Return the one paragraph of a table cell."""
    style = "VorlageZellenkopf" if bold else "VorlageZelle"
    return paragraph(*runs, style=style, look='<w:jc w:val="right"/>' if right else "", keep=keep)


def running_line(*runs: str, style: str, rule: str = "") -> str:
    """Return a line of header or footer: left, middle and right, parted by TAB."""
    border = (
        f'<w:pBdr><w:{rule} w:val="single" w:sz="4" w:space="4" w:color="595959"/></w:pBdr>'
        if rule
        else ""
    )
    stops = (
        f'<w:tabs><w:tab w:val="center" w:pos="{LINE // 2}"/>'
        f'<w:tab w:val="right" w:pos="{LINE}"/></w:tabs>'
    )
    return paragraph(*runs, style=style, look=border + stops)


def reservation(condition: str = "true") -> list[str]:
    """Return the small line on results whose minutes are not approved yet."""
    return [
        tag(f"if vorbehalt and ({condition})"),
        paragraph("{{ vorbehalt }}", style="VorlageVermerk"),
        tag("endif"),
    ]


def draft_mark() -> list[str]:
    """Return the line that marks a draft, for the head of every page."""
    return [
        tag("if entwurf"),
        paragraph(
            "ENTWURF, Fassung {{ fassung }} vom {{ erstellt_am|datum }}", style="VorlageEntwurf"
        ),
        tag("endif"),
    ]


def foot() -> list[str]:
    """Return the running line: number of the Vorlage or "Entwurf", kind of copy, page x of y."""
    return [
        running_line(
            *(NUMBER, TAB, "{% if intern %}Interne Ausfertigung{% endif %}", TAB),
            *("Seite ", number("PAGE"), " von ", number("NUMPAGES")),
            style="Footer",
        )
    ]


@dataclass(frozen=True)
class Annex:
    """The part behind the text: a section of its own with its own running head."""

    body: Sequence[str]
    head: Sequence[str]


def written(
    body: Sequence[str],
    first_head: Sequence[str],
    head: Sequence[str],
    foot: Sequence[str],
    *,
    look: styles.Look | None = None,
    annex: Annex | None = None,
) -> bytes:
    """Return a template: its text, a head for the first page, one for the others, and a foot."""
    document = Document()
    _replace(document.styles.element, styles.styles(look or styles.Look()))
    _replace(document.part.numbering_part.element, styles.numbering())
    _replace(document.settings.element, styles.settings())
    _drop_left_overs(document)

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)
    section.different_first_page_header_footer = True
    for part, lines in (
        (section.first_page_header, first_head),
        (section.header, head),
        (section.first_page_footer, foot),
        (section.footer, foot),
    ):
        part.is_linked_to_previous = False
        _fill(part._element, lines)
    _fill(document.element.body, body)
    if annex:
        _append(document, annex)

    document.core_properties.author = "Vorlagenlauf"
    document.core_properties.comments = ""
    document.core_properties.language = "de-DE"
    saved = io.BytesIO()
    document.save(saved)
    parts = package.read(saved.getvalue())
    parts["docProps/app.xml"] = _PROGRAM.encode()
    order = sorted(parts, key=lambda name: (name != package.CONTENT_TYPES, name))
    return package.assemble(package.packed(name, [parts[name]]) for name in order)


def _fill(element: Any, lines: Sequence[str]) -> None:
    for child in [child for child in element if not child.tag.endswith("}sectPr")]:
        element.remove(child)
    for at, line in enumerate(lines):
        element.insert(at, _parsed(line))


def _parsed(line: str) -> Any:
    return parse_xml(line.replace(">", f' xmlns:w="{styles.MAIN}">', 1))


def _append(document: WordDocument, annex: Annex) -> None:
    """Begin a section on the same page and put the annex into it."""
    section = document.add_section(WD_SECTION.CONTINUOUS)
    section.different_first_page_header_footer = False
    section.header.is_linked_to_previous = False
    _fill(section.header._element, annex.head)
    body = document.element.body
    thin = parse_xml(
        f'<w:spacing xmlns:w="{styles.MAIN}" w:before="0" w:after="0" w:line="20"'
        ' w:lineRule="exact"/>'
    )
    body[-2].get_or_add_pPr().insert(0, thin)  # the paragraph that holds the break
    for line in annex.body:
        body.insert(len(body) - 1, _parsed(line))


def _replace(element: Any, xml: str) -> None:
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(xml)):
        element.append(child)


def _drop_left_overs(document: WordDocument) -> None:
    """Remove what python-docx's blank document brings along: a picture of itself, old styles."""
    for owner, kinds in (
        (document.part, ("stylesWithEffects", "customXml")),
        (document.part.package, (RELATIONSHIP_TYPE.THUMBNAIL.rpartition("/")[2],)),
    ):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rpartition("/")[2] in kinds:
                del owner.rels[key]
