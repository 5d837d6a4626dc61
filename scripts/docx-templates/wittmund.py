"""The Beschlussvorlage of the Landkreis Wittmund: its order of blocks, its very headings."""

import neutral
from layout import (
    BOX,
    LINE,
    NBSP,
    NUMBER,
    TAB,
    Row,
    box,
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

_THIRD = LINE // 3
_COUNTS = ("{{ zeile.ja }}", "{{ zeile.nein }}", "{{ zeile.enthaltung }}")
_RIGHT = f'<w:tabs><w:tab w:val="right" w:pos="{_THIRD - 216}"/></w:tabs>'


def build() -> bytes:
    """Return the template."""
    return written(
        body=[
            paragraph("{{ art_gross }}", style="Heading1"),
            paragraph("{{ oeffentlichkeit }}", style="VorlageText"),
            _route(),
            paragraph("Betreff:", style="Heading2"),
            paragraph("{{ betreff }}", style="VorlageBetreff"),
            *(tag("if bezug"), paragraph("{{ bezug }}"), tag("endif")),
            paragraph("Sachverhalt:", style="Heading2"),
            paragraph("{{p sachverhalt }}", style="VorlageText"),
            *_finance(),
            paragraph("Beschlussvorschlag:", style="Heading2"),
            paragraph("{{p beschlussvorschlag }}", style="VorlageText", keep=True),
            *_signature(),
            _votes(),
            *reservation('abstimmung|selectattr("nein")|list'),
            *_recommendations(),
            *_attachments(),
        ],
        first_head=[*_letterhead(), *draft_mark()],
        head=draft_mark(),
        foot=foot(),
    )


def _letterhead() -> list[str]:
    return [
        running_line(
            text("{{ kommune }}", bold=True), TAB, TAB, text(NUMBER, bold=True), style="Header"
        ),
        running_line("{{ verwaltungsleitung }}", style="Header", rule="bottom"),
    ]


def _route() -> str:
    return table(
        [5_554, 2_600, 1_200],
        [
            Row(
                [cell(words, bold=True) for words in ("Beratungsfolge", "Sitzungstermin", "TOP")],
                head=True,
            ),
            steer("for beratung in beratungsfolge", 3),
            Row(
                [
                    cell("{{ beratung.gremium }}"),
                    cell("{{ beratung.termin|datum }}"),
                    cell("{{ beratung.top }}"),
                ]
            ),
            steer("else", 3),
            Row([cell(), cell(), cell()]),
            steer("endfor", 3),
        ],
        caption="Beratungsfolge",
        description="Gremien in der Reihenfolge der Beratung, Sitzungstermin, Tagesordnungspunkt",
    )


def _finance() -> list[str]:
    heads = ("1. Gesamtkosten", "2. jährliche Folgekosten", "3. objektbezogene Einnahmen")
    names = ("gesamtkosten", "folgekosten", "einnahmen")
    left = "finanzierung and finanzierung.verfuegbar is not none"
    none = "finanzierung and finanzierung.nicht_verfuegbar"
    return [
        paragraph("Finanzierung:", style="Heading2"),
        table(
            [_THIRD] * 3,
            [
                Row([cell(head, bold=True, keep=True) for head in heads], head=True),
                Row([_cost(n) for n in names]),
            ],
            caption="Finanzierung",
            description="Gesamtkosten, jährliche Folgekosten und objektbezogene Einnahmen",
        ),
        paragraph(
            text("Haushaltsmittel", bold=True),
            keep=True,
            look='<w:spacing w:before="160" w:after="60"/>',
        ),
        paragraph(
            "Produktkonto: {% if finanzierung %}{{ finanzierung.produktkonto }}{% endif %}",
            keep=True,
            look='<w:spacing w:after="60"/>',
        ),
        paragraph(
            *(box(left), NBSP + "Noch zur Verfügung: {% if " + left + " %}"),
            "{{ finanzierung.verfuegbar|euro }}{% else %}________________" + NBSP + "€{% endif %}",
            keep=True,
            look='<w:spacing w:after="60"/>',
        ),
        paragraph(box(none), NBSP + "stehen nicht zur Verfügung"),
    ]


def _cost(name: str) -> str:
    """Return a cell of the cost row: what was agreed, and the box of the form at its right edge."""
    shown = (
        f"{{% if finanzierung and finanzierung.{name} %}}{{{{ finanzierung.{name} }}}}"
        "{% elif finanzierung and finanzierung.keine %}keine{% endif %}"
    )
    return paragraph(shown, TAB, text("☐", font=BOX), style="VorlageZelle", look=_RIGHT, keep=True)


def _recommendations() -> list[str]:
    return [
        tag("for empfehlung in empfehlungen"),
        paragraph("{{ empfehlung.titel }}:", style="Heading2"),
        paragraph("{{p empfehlung.text }}", style="VorlageText"),
        tag("endfor"),
    ]


def _signature() -> list[str]:
    return [
        tag("if unterschrift"),
        paragraph(
            "{{ unterschrift.ort }}, den {{ unterschrift.datum|datum }}",
            style="VorlageUnterschrift",
            look='<w:spacing w:before="360" w:after="160"/>',
        ),
        tag("if unterschrift.vertretung"),
        paragraph("{{ verwaltungsleitung }}", style="VorlageUnterschrift"),
        paragraph("{{ unterschrift.vertretung }}", style="VorlageUnterschrift"),
        tag("endif"),
        *neutral.signed(name="unterschrift.nachname_zuerst", last=False),
        tag("if unterschrift.vertretung and unterschrift.funktion"),
        paragraph("{{ unterschrift.funktion }}", style="VorlageUnterschrift"),
        tag("endif"),
        tag("else"),
        paragraph(
            "Wittmund, den ______________",
            style="VorlageUnterschrift",
            look='<w:spacing w:before="360" w:after="160"/>',
        ),
        tag("endif"),
        paragraph(
            style="VorlageUnterschrift", look='<w:spacing w:before="0" w:after="120" w:line="240"/>'
        ),
    ]


def _votes() -> str:
    several = 'abstimmung|selectattr("bezeichnung", "equalto", "Fachausschuss")|list|length > 1'
    committee = "Fachausschuss{% if " + several + " %} ({{ zeile.gremium }}){% endif %}"
    printed = '("Fachausschuss", "Kreisausschuss", "Kreistag")'
    return table(
        [4_254, 1_700, 1_700, 1_700],
        [
            Row([cell("Abstimmungsergebnis:", bold=True, keep=True)], head=True, spans=(4,)),
            _count("Fraktion"),
            *_counts("Fachausschuss", committee),
            steer(f"for zeile in abstimmung if zeile.bezeichnung not in {printed}", 4),
            _count("{{ zeile.bezeichnung }}", *_COUNTS),
            steer("endfor", 4),
            *_counts("Kreisausschuss"),
            *_counts("Kreistag"),
        ],
        caption="Abstimmungsergebnis",
        description="Ja-Stimmen, Nein-Stimmen und Enthaltungen je Gremium",
    )


def _counts(printed: str, name: str = "") -> list[Row]:
    """Return a row of the printed form: filled for each such body, empty where there is none."""
    return [
        steer(f'for zeile in abstimmung if zeile.bezeichnung == "{printed}"', 4),
        _count(name or printed, *_COUNTS),
        steer("else", 4),
        _count(printed),
        steer("endfor", 4),
    ]


def _count(name: str, yes: str = "", no: str = "", abstained: str = "") -> Row:
    return Row(
        [
            cell(name, bold=True, keep=True),
            cell(f"Ja: {yes}", keep=True),
            cell(f"Nein: {no}", keep=True),
            cell(f"Enth.: {abstained}", keep=True),
        ]
    )


def _attachments() -> list[str]:
    return [
        paragraph("Anlagenverzeichnis:", style="Heading2", look='<w:keepNext w:val="0"/>'),
        tag("for anlage in anlagen"),
        paragraph("{{ anlage.nummer }}.", TAB, "{{ anlage.titel }}", style="VorlageAnlage"),
        tag("endfor"),
    ]
