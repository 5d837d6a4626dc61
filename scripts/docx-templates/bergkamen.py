"""The Vorlage of the Stadt Bergkamen: a Deckblatt, and the Beschlussvorschlag before all else.

That the Bestandteile and the signatures stand on the Deckblatt is assumed.
"""

import neutral
import outcomes
from layout import (
    LINE,
    NBSP,
    NUMBER,
    TAB,
    Row,
    cell,
    draft_mark,
    foot,
    paragraph,
    reservation,
    running_line,
    steer,
    table,
    tag,
    text,
    written,
)
from styles import Look, paragraph_style

_INK = '<w:spacing w:before="1100" w:after="0"/>'  # three lines to sign on
_WORD = '<w:spacing w:before="240" w:after="0"/>'
_SIGNED = "{% if unterschrift %}{{ unterschrift.name }}{% endif %}"
_HALF = (LINE - 600) // 2
_LOOK = Look(
    justified=True,
    further=paragraph_style(
        *("VorlageNamenszeile", "Vorlage Namenszeile"),
        "<w:keepNext/><w:pBdr>"
        '<w:top w:val="single" w:sz="4" w:space="3" w:color="595959"/></w:pBdr>'
        '<w:spacing w:before="840" w:after="0"/>',
        '<w:sz w:val="20"/><w:szCs w:val="20"/>',
    ),
)


def build() -> bytes:
    """Return the template."""
    return written(
        body=[*_cover(), *_text()],
        first_head=[
            running_line(text("{{ kommune }}", bold=True), style="Header"),
            running_line("{{ verwaltungsleitung }}", style="Header", rule="bottom"),
            *draft_mark(),
        ],
        head=[running_line("{{ kommune }}", TAB, TAB, NUMBER, style="Header"), *draft_mark()],
        foot=foot(),
        look=_LOOK,
    )


def _cover() -> list[str]:
    return [
        paragraph("{{ art }}", style="Heading1"),
        paragraph("{{ oeffentlichkeit }}", style="VorlageText"),
        _identity(),
        paragraph(look='<w:spacing w:line="240" w:lineRule="exact"/>'),
        *_route(),
        paragraph("Bestandteile dieser Vorlage sind:", style="Heading2"),
        paragraph("1.", TAB, "Das Deckblatt", style="VorlageAnlage", keep=True),
        paragraph("2.", TAB, _PARTS, style="VorlageAnlage", keep=True),
        tag("for anlage in anlagen"),
        paragraph(
            "{{ loop.index + 2 }}.",
            TAB,
            "Anlage" + NBSP + "{{ anlage.nummer }}: {{ anlage.titel }}",
            style="VorlageAnlage",
            keep=True,
        ),
        tag("endfor"),
        *_head_signs(),
        _two_sign(),
    ]


_PARTS = (
    "{% if beschlussvorschlag %}Der Beschlussvorschlag und die Sachdarstellung"
    "{% else %}Die Sachdarstellung{% endif %}"
)


def _identity() -> str:
    lines = (
        ("Betreff:", text("{{ betreff }}", bold=True)),
        ("Vorlage:", "{% if entwurf %}Entwurf{% else %}{{ nummer }}{% endif %}"),
        ("Amt:", "{{ federfuehrung }}"),
        ("Datum:", "{{ datum|datum }}"),
        ("Aktenzeichen:", "{{ aktenzeichen }}"),
        ("Art:", "{{ art }}{% if bezug %}; {{ bezug }}{% endif %}"),
    )
    rows = [Row([cell(name, bold=True), cell(value)]) for name, value in lines]
    return table(
        (2_000, LINE - 2_000),
        rows,
        caption="Angaben zur Vorlage",
        description="Betreff, Vorlage, Amt, Datum, Aktenzeichen und Art",
        bordered=False,
        flush=True,
    )


def _route() -> list[str]:
    heads = ("Beratungsfolge", "Zuständigkeit", "Sitzungstermin", "TOP")
    return [
        tag("if beratungsfolge"),
        table(
            (LINE - 5_700, 2_600, 2_000, 1_100),
            [
                Row([cell(words, bold=True, keep=True) for words in heads], head=True),
                steer("for beratung in beratungsfolge", 4),
                Row(
                    [
                        cell("{{ beratung.gremium }}"),
                        cell("{{ beratung.zustaendigkeit }}"),
                        cell("{{ beratung.termin|datum }}"),
                        cell("{{ beratung.top }}"),
                    ]
                ),
                steer("endfor", 4),
            ],
            caption="Beratungsfolge",
            description=", ".join(heads),
        ),
        tag("endif"),
    ]


def _head_signs() -> list[str]:
    """Return head or deputy with room for ink; on a draft the room alone."""
    style = "VorlageUnterschrift"
    return [
        paragraph("{{ verwaltungsleitung }}", style=style, look='<w:spacing w:before="480"/>'),
        tag("if unterschrift and unterschrift.vertretung"),
        paragraph("{{ unterschrift.vertretung }}", style=style),
        tag("endif"),
        tag("if unterschrift and unterschrift.zeichen"),
        paragraph("{{ unterschrift.zeichen }} {{ unterschrift.name }}", style=style, look=_WORD),
        tag("else"),
        paragraph(_SIGNED, style=style, look=_INK),
        tag("endif"),
        tag("if unterschrift and unterschrift.vertretung and unterschrift.funktion"),
        paragraph("{{ unterschrift.funktion }}", style=style),
        tag("endif"),
        paragraph(style=style, look='<w:spacing w:before="0" w:after="240"/>'),
    ]


def _two_sign() -> str:
    def signs(who: str, word: str) -> str:
        function = f"{{% if {who} and {who}.funktion %}}{{{{ {who}.funktion }}}}"
        return cell(f"{function}{{% else %}}{word}{{% endif %}}", keep=True) + paragraph(
            f"{{% if {who} %}}{{{{ {who}.nachname }}}}{{% endif %}}", style="VorlageNamenszeile"
        )

    gap = paragraph(style="VorlageZelle")
    cells = [signs("leitung", "Amtsleitung"), gap, signs("sachbearbeitung", "Sachbearbeitung")]
    return table(
        (_HALF, LINE - 2 * _HALF, _HALF),
        [Row(cells)],
        caption="Unterschriften des Amtes",
        description="Amtsleitung und Sachbearbeitung",
        bordered=False,
        flush=True,
    )


def _text() -> list[str]:
    return [
        *neutral.sections(":", apart=True),
        *neutral.staff(),
        *neutral.funding(),
        *neutral.deadlines(),
        *outcomes.recommendations(),
        *outcomes.decision(),
        *reservation("empfehlungen or beschluss"),
    ]
