"""The neutral Vorlage, for every kind and every house without a form of its own.

Empty blocks vanish.
"""

from collections.abc import Sequence

import outcomes
from blocks import RESULTS, block, rows_of
from layout import (
    BREAK,
    LINE,
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

_INK = '<w:spacing w:before="840" w:after="0"/>'
# What may follow a block; where nothing of it does, the block stays with the signature.
_AFTER_FUNDING = "fristen"
_AFTER_STAFF = f"foerderung or {_AFTER_FUNDING}"
_AFTER_SECTIONS = f"stellen or {_AFTER_STAFF}"
_AFTER_FINANCE = f"not (abschnitte|last).finanzen or {_AFTER_SECTIONS}"


def build() -> bytes:
    """Return the template."""
    return written(
        body=[
            paragraph(text("{{ art_gross }}", bold=True), look='<w:spacing w:after="120"/>'),
            _identity(),
            paragraph(
                "{{ betreff }}", style="Heading1", look='<w:spacing w:before="320" w:after="200"/>'
            ),
            *(tag("if bezug"), paragraph("{{ bezug }}"), tag("endif")),
            *route(),
            *sections(),
            *staff(),
            *funding(),
            *deadlines(),
            *signature(),
            *attachments(),
            *outcomes.results(),
        ],
        first_head=[
            running_line(text("{{ kommune }}", bold=True), style="Header"),
            running_line("{{ verwaltungsleitung }}", style="Header", rule="bottom"),
            *draft_mark(),
        ],
        head=draft_mark(),
        foot=foot(),
    )


def _identity() -> str:
    third = LINE // 3
    return table(
        [third] * 3,
        [
            Row(
                [
                    _field("Nummer", "{{ nummer }}"),
                    _field("Datum", "{{ datum|datum }}"),
                    _field("Status", "{{ oeffentlichkeit }}"),
                ]
            ),
            Row(
                [
                    _field("Federführung", "{{ federfuehrung }}"),
                    _field("Aktenzeichen", "{{ aktenzeichen }}"),
                ],
                spans=(2,),
            ),
        ],
        caption="Angaben zur Vorlage",
        description="Nummer, Datum, Status, Federführung und Aktenzeichen",
    )


def _field(name: str, value: str) -> str:
    return paragraph(name, style="VorlageFeldname") + paragraph(value, style="VorlageFeldwert")


def _gap(follows: str) -> list[str]:
    """Return the thin paragraph below a table; it holds the signature if nothing else follows."""
    thin = '<w:spacing w:line="40" w:lineRule="exact"/>'
    if not follows:
        return [paragraph(look=thin, keep=True)]
    return [
        *(tag(f"if {follows}"), paragraph(look=thin)),
        *(tag("else"), paragraph(look=thin, keep=True), tag("endif")),
    ]


def route() -> list[str]:
    """Return the Beratungsfolge with what became of it, and the note on results."""
    return [
        tag("if beratungsfolge"),
        rows_of(
            ("Beratungsfolge", "Zuständigkeit", "Termin", "TOP", "Ergebnis"),
            (2_900, 1_800, 1_350, 850, 2_454),
            "beratung in beratungsfolge",
            (
                *("{{ beratung.gremium }}", "{{ beratung.zustaendigkeit }}"),
                *("{{ beratung.termin|datum }}", "{{ beratung.top }}", "{{ beratung.ergebnis }}"),
            ),
            right=0,
            caption="Beratungsfolge",
            follows="true",
        ),
        *reservation(f"not ({RESULTS})"),
        tag("endif"),
    ]


def sections(
    mark: str = "",
    *,
    apart: bool = False,
    asked: Sequence[str] = (),
    years: Sequence[str] = (),
) -> list[str]:
    """Return the sections of the house.

    `mark` ends their titles, `apart` gives them a page; `asked` stands above the finance block and
    `years` below it.
    """
    title = "{{ abschnitt.titel }}" + mark
    heading = [paragraph(title, style="Heading2")]
    if apart:
        first = paragraph(title, style="Heading2", look="<w:pageBreakBefore/>")
        heading = [tag("if loop.first"), first, tag("else"), *heading, tag("endif")]
    return [
        tag("for abschnitt in abschnitte"),
        *heading,
        tag("if abschnitt.finanzen and finanzierung"),
        *asked,
        *finance(),
        *years,
        tag(f"elif loop.last and not ({_AFTER_SECTIONS})"),
        paragraph("{{p abschnitt.text }}", style="VorlageText", keep=True),
        tag("else"),
        paragraph("{{p abschnitt.text }}", style="VorlageText"),
        tag("endif"),
        tag("endfor"),
    ]


def finance() -> list[str]:
    """Return the finance block: what was agreed, and the cost items."""
    return [
        tag("if finanzierung.keine"),
        paragraph("Keine finanziellen Auswirkungen.", style="VorlageText", keep=True),
        tag("endif"),
        _overview(),
        *(tag("if finanzierung.positionen"), *_cost_items(), tag("endif")),
        *_gap(_AFTER_FINANCE),
    ]


def _overview() -> str:
    lines = (
        ("Produktkonto", "finanzierung.produktkonto", "{{ finanzierung.produktkonto }}"),
        (
            "Haushaltsmittel",
            "finanzierung.verfuegbar is not none",
            "{{ finanzierung.verfuegbar|euro }} noch zur Verfügung",
        ),
        ("Haushaltsmittel", "finanzierung.nicht_verfuegbar", "stehen nicht zur Verfügung"),
    )
    rows = [
        steer("for feld in finanzierung.felder if feld.angabe", 2),
        Row([cell("{{ feld.feld }}", bold=True, keep=True), cell("{{ feld.angabe }}", keep=True)]),
        steer("endfor", 2),
    ]
    for name, condition, value in lines:
        rows += [
            steer(f"if {condition}", 2),
            Row([cell(name, bold=True, keep=True), cell(value, keep=True)]),
            steer("endif", 2),
        ]
    return table(
        (3_100, 6_254),
        rows,
        caption="Finanzielle Auswirkungen",
        description="Bezeichnung und Angabe",
    )


def _cost_items() -> list[str]:
    """Return the cost items; the columns of the budget only where one of them has a figure."""
    columns = (
        ("Position", "{{ position.text }}", 3_354),
        ("Jahr", "{{ position.jahr }}", 800),
        ("Betrag", "{{ position.betrag }}", 2_200),
        ("bisher", "{{ position.bisher }}", 1_500),
        ("künftig", "{{ position.neu }}", 1_500),
    )

    def items(count: int) -> str:
        heads, words, widths = zip(*columns[:count], strict=True)
        return rows_of(
            heads,
            (LINE - sum(widths[1:]), *widths[1:]),
            "position in finanzierung.positionen",
            words,
            right=count - 2,
            caption="Kostenpositionen",
            follows=_AFTER_FINANCE,
        )

    known = "finanzierung.positionen|selectattr('{}')|list"
    return [
        paragraph(look='<w:spacing w:line="160" w:lineRule="exact"/>'),
        tag(f"if {known.format('bisher')} or {known.format('neu')}"),
        items(5),
        *(tag("else"), items(3), tag("endif")),
    ]


def staff() -> list[str]:
    """Return the posts; nothing where there are none."""
    return block(
        "stellen",
        "Stellen",
        rows_of(
            ("Stelle", "Finanzierung", "Umfang"),
            (4_854, 3_000, 1_500),
            "stelle in stellen.positionen",
            ("{{ stelle.text }}", "{{ stelle.quelle }}", "{{ stelle.umfang }}"),
            right=1,
            caption="Stellen",
            follows=_AFTER_STAFF,
            total="{{ stellen.summe }}",
        ),
        *_gap(_AFTER_STAFF),
    )


def funding() -> list[str]:
    """Return the grants; nothing where there are none."""
    return block(
        "foerderung",
        "Förderung",
        rows_of(
            ("Förderung", "Betrag"),
            (6_354, 3_000),
            "zeile in foerderung.positionen",
            ("{{ zeile.text }}", "{{ zeile.betrag }}"),
            right=1,
            caption="Förderung",
            follows=_AFTER_FUNDING,
            total="{{ foerderung.summe }}",
        ),
        *_gap(_AFTER_FUNDING),
    )


def deadlines() -> list[str]:
    """Return the dates that bind the house; nothing where there are none."""
    return block(
        "fristen",
        "Fristen",
        rows_of(
            ("Frist", "Datum", "Hinweis"),
            (3_654, 1_500, 4_200),
            "frist in fristen",
            ("{{ frist.text }}", "{{ frist.datum|datum }}", "{{ frist.hinweis }}"),
            right=0,
            caption="Fristen",
        ),
        *_gap(""),
    )


def signature() -> list[str]:
    """Return place, day and name of who released it; nothing on a draft."""
    style = "VorlageUnterschrift"
    return [
        tag("if unterschrift"),
        paragraph(
            "{{ unterschrift.ort }}, den {{ unterschrift.datum|datum }}",
            style=style,
            look='<w:spacing w:before="400" w:after="160"/>',
        ),
        tag("if unterschrift.vertretung"),
        paragraph("{{ verwaltungsleitung }}", style=style),
        paragraph("{{ unterschrift.vertretung }}", style=style),
        tag("endif"),
        *signed(
            *("{% if unterschrift.funktion %}", BREAK, "{{ unterschrift.funktion }}{% endif %}"),
        ),
        tag("endif"),
    ]


def signed(*further: str, name: str = "unterschrift.name", last: bool = True) -> list[str]:
    """Return "gez." with the name, or room for ink above it; `further` stands below the name."""
    style = "VorlageUnterschrift"
    loose = '<w:keepNext w:val="0"/>' if last else ""
    words = text(f"{{{{ {name} }}}}", italic=True)
    return [
        tag("if unterschrift.zeichen"),
        paragraph("{{ unterschrift.zeichen }} ", words, *further, style=style, look=loose),
        tag("else"),
        paragraph(text(f"{{{{ {name} }}}}"), *further, style=style, look=loose + _INK),
        tag("endif"),
    ]


def attachments() -> list[str]:
    """Return the list of annexes; nothing where there are none."""
    return block(
        "anlagen",
        "Anlagen",
        tag("for anlage in anlagen"),
        paragraph("{{ anlage.nummer }}.", TAB, "{{ anlage.titel }}", style="VorlageAnlage"),
        tag("endfor"),
    )
