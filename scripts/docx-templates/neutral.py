"""The neutral Vorlage, for every kind and every house without a form of its own.

Empty blocks vanish.
"""

from collections.abc import Sequence

from layout import (
    LINE,
    TAB,
    Row,
    cell,
    draft_mark,
    foot,
    paragraph,
    running_line,
    steer,
    table,
    tag,
    text,
    written,
)

# What may follow a block; where nothing of it does, the block stays with the signature.
_AFTER_DEADLINES = "beschluss"
_AFTER_FUNDING = f"fristen or {_AFTER_DEADLINES}"
_AFTER_STAFF = f"foerderung or {_AFTER_FUNDING}"
_AFTER_FINANCE = f"stellen or {_AFTER_STAFF}"
_AFTER_RECOMMENDATIONS = f"finanzierung or {_AFTER_FINANCE}"
_AFTER_SECTIONS = f"empfehlungen or {_AFTER_RECOMMENDATIONS}"


def build() -> bytes:
    """Return the template."""
    return written(
        body=[
            paragraph(text("{{ art_gross }}", bold=True), look='<w:spacing w:after="120"/>'),
            _identity(),
            paragraph(
                "{{ betreff }}", style="Heading1", look='<w:spacing w:before="320" w:after="200"/>'
            ),
            *_route(),
            *_sections(),
            *_recommendations(),
            *_finance(),
            *_staff(),
            *_funding(),
            *_deadlines(),
            *_decision(),
            *_signature(),
            *_attachments(),
            *_votes(),
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
                span=2,
            ),
        ],
        caption="Angaben zur Vorlage",
        description="Nummer, Datum, Status, Federführung und Aktenzeichen",
    )


def _field(name: str, value: str) -> str:
    return paragraph(name, style="VorlageFeldname") + paragraph(value, style="VorlageFeldwert")


def _block(condition: str, title: str, *inside: str) -> list[str]:
    return [tag(f"if {condition}"), paragraph(title, style="Heading2"), *inside, tag("endif")]


def _gap(follows: str) -> list[str]:
    """Return the thin paragraph below a table; it holds the signature if nothing else follows."""
    thin = '<w:spacing w:line="40" w:lineRule="exact"/>'
    return [
        *(tag(f"if {follows}"), paragraph(look=thin)),
        *(tag("else"), paragraph(look=thin, keep=True), tag("endif")),
    ]


def _list(
    heads: Sequence[str],
    widths: Sequence[int],
    loop: str,
    cells: Sequence[str],
    *,
    right: int,
    caption: str,
) -> str:
    """Return a table with a row for each item; the last `right` columns hold figures.

    Its last row stays with what follows, so that no signature stands alone on a page.
    """
    figures = len(heads) - right
    return table(
        widths,
        [
            Row(
                [cell(h, bold=True, right=i >= figures, keep=True) for i, h in enumerate(heads)],
                head=True,
            ),
            steer(f"for {loop}", len(heads)),
            steer("if loop.last", len(heads)),
            Row([cell(words, right=i >= figures, keep=True) for i, words in enumerate(cells)]),
            steer("else", len(heads)),
            Row([cell(words, right=i >= figures) for i, words in enumerate(cells)]),
            steer("endif", len(heads)),
            steer("endfor", len(heads)),
        ],
        caption=caption,
        description=", ".join(heads),
    )


def _route() -> list[str]:
    return [
        tag("if beratungsfolge"),
        _list(
            ("Beratungsfolge", "Zuständigkeit", "Termin", "TOP", "Ergebnis"),
            (2_900, 1_800, 1_350, 850, 2_454),
            "beratung in beratungsfolge",
            (
                "{{ beratung.gremium }}",
                "{{ beratung.zustaendigkeit }}",
                "{{ beratung.termin|datum }}",
                "{{ beratung.top }}",
                "{{ beratung.ergebnis }}",
            ),
            right=0,
            caption="Beratungsfolge",
        ),
        tag("endif"),
    ]


def _sections() -> list[str]:
    return [
        tag("for abschnitt in abschnitte"),
        paragraph("{{ abschnitt.titel }}", style="Heading2"),
        *_rich("abschnitt.text", _AFTER_SECTIONS),
        tag("endfor"),
    ]


def _recommendations() -> list[str]:
    return [
        tag("for empfehlung in empfehlungen"),
        paragraph(
            "Empfehlung ({{ empfehlung.gremium }}{% if empfehlung.datum %}, "
            "{{ empfehlung.datum|datum }}{% endif %})",
            style="Heading2",
        ),
        *_rich("empfehlung.text", _AFTER_RECOMMENDATIONS),
        tag("endfor"),
    ]


def _rich(name: str, follows: str) -> list[str]:
    """Return formatted text of a loop; the last one stays with the signature if nothing follows."""
    return [
        tag(f"if loop.last and not ({follows})"),
        paragraph(f"{{{{p {name} }}}}", style="VorlageText", keep=True),
        tag("else"),
        paragraph(f"{{{{p {name} }}}}", style="VorlageText"),
        tag("endif"),
    ]


def _finance() -> list[str]:
    lines = (
        ("Gesamtkosten", "finanzierung.gesamtkosten", "{{ finanzierung.gesamtkosten }}"),
        ("Jährliche Folgekosten", "finanzierung.folgekosten", "{{ finanzierung.folgekosten }}"),
        ("Objektbezogene Einnahmen", "finanzierung.einnahmen", "{{ finanzierung.einnahmen }}"),
        ("Produktkonto", "finanzierung.produktkonto", "{{ finanzierung.produktkonto }}"),
        (
            "Haushaltsmittel",
            "finanzierung.verfuegbar is not none",
            "{{ finanzierung.verfuegbar|euro }} noch zur Verfügung",
        ),
        ("Haushaltsmittel", "finanzierung.nicht_verfuegbar", "stehen nicht zur Verfügung"),
    )
    rows: list[Row] = []
    for name, condition, value in lines:
        rows += [
            steer(f"if {condition}", 2),
            Row([cell(name, bold=True, keep=True), cell(value, keep=True)]),
            steer("endif", 2),
        ]
    overview = table(
        (3_100, 6_254),
        rows,
        caption="Finanzielle Auswirkungen",
        description="Bezeichnung und Angabe",
    )
    items = _list(
        ("Position", "Jahr", "Betrag", "bisher", "neu"),
        (3_654, 900, 1_700, 1_550, 1_550),
        "position in finanzierung.positionen",
        (
            "{{ position.text }}",
            "{{ position.jahr }}",
            "{{ position.betrag }}",
            "{{ position.bisher }}",
            "{{ position.neu }}",
        ),
        right=3,
        caption="Kostenpositionen",
    )
    return _block(
        "finanzierung",
        "Finanzielle Auswirkungen",
        tag("if finanzierung.keine"),
        paragraph("Keine finanziellen Auswirkungen.", style="VorlageText", keep=True),
        tag("endif"),
        overview,
        tag("if finanzierung.positionen"),
        paragraph(keep=True, look='<w:spacing w:line="160" w:lineRule="exact"/>'),
        items,
        tag("endif"),
        *_gap(_AFTER_FINANCE),
    )


def _staff() -> list[str]:
    return _block(
        "stellen",
        "Stellen",
        _summed(
            ("Stelle", "Finanzierung", "Umfang"),
            (4_354, 3_500, 1_500),
            "stelle in stellen.positionen",
            ("{{ stelle.text }}", "{{ stelle.quelle }}", "{{ stelle.umfang }}"),
            "{{ stellen.summe }}",
        ),
        *_gap(_AFTER_STAFF),
    )


def _funding() -> list[str]:
    return _block(
        "foerderung",
        "Förderung",
        _summed(
            ("Förderung", "Betrag"),
            (6_354, 3_000),
            "zeile in foerderung.positionen",
            ("{{ zeile.text }}", "{{ zeile.betrag }}"),
            "{{ foerderung.summe }}",
        ),
        *_gap(_AFTER_FUNDING),
    )


def _summed(
    heads: Sequence[str], widths: Sequence[int], loop: str, cells: Sequence[str], total: str
) -> str:
    """Return a table whose last column is figures, with its total below."""
    last = len(heads) - 1
    return table(
        widths,
        [
            Row(
                [cell(h, bold=True, right=i == last, keep=True) for i, h in enumerate(heads)],
                head=True,
            ),
            steer(f"for {loop}", len(heads)),
            Row([cell(words, right=i == last, keep=True) for i, words in enumerate(cells)]),
            steer("endfor", len(heads)),
            Row(
                [
                    cell("Summe", bold=True, keep=True),
                    cell(total, bold=True, right=True, keep=True),
                ],
                span=last,
            ),
        ],
        caption=heads[0],
        description=", ".join(heads),
    )


def _deadlines() -> list[str]:
    return _block(
        "fristen",
        "Fristen",
        _list(
            ("Frist", "Datum", "Hinweis"),
            (3_654, 1_500, 4_200),
            "frist in fristen",
            ("{{ frist.text }}", "{{ frist.datum|datum }}", "{{ frist.hinweis }}"),
            right=0,
            caption="Fristen",
        ),
        *_gap(_AFTER_DEADLINES),
    )


def _decision() -> list[str]:
    return _block(
        "beschluss",
        "Beschluss nach Beratung",
        paragraph(
            "{{ beschluss.gremium }}{% if beschluss.datum %}, "
            "{{ beschluss.datum|datum }}{% endif %}",
            style="VorlageText",
            keep=True,
        ),
        paragraph("{{p beschluss.text }}", style="VorlageText", keep=True),
        paragraph("{{ beschluss.satz }}", style="VorlageText", keep=True),
    )


def _signature() -> list[str]:
    signed = "{{ unterschrift.zeichen }}{% if unterschrift.zeichen %} {% endif %}"
    style = "VorlageUnterschrift"
    return [
        tag("if unterschrift"),
        paragraph(
            "{{ unterschrift.ort }}, den {{ unterschrift.datum|datum }}",
            style=style,
            look='<w:spacing w:before="400" w:after="160"/>',
        ),
        tag("if unterschrift.vertretung"),
        paragraph("{{ unterschrift.vertretung }}", style=style),
        tag("endif"),
        paragraph(signed, text("{{ unterschrift.name }}", italic=True), style=style),
        tag("if anlagen"),
        paragraph("{{ unterschrift.funktion }}", style=style, look='<w:keepNext w:val="0"/>'),
        tag("else"),
        paragraph("{{ unterschrift.funktion }}", style=style),
        tag("endif"),
        tag("endif"),
    ]


def _attachments() -> list[str]:
    return _block(
        "anlagen",
        "Anlagen",
        tag("for anlage in anlagen"),
        paragraph(
            "{{ anlage.nummer }}.", TAB, "{{ anlage.titel }}", style="VorlageAnlage", keep=True
        ),
        tag("endfor"),
    )


def _votes() -> list[str]:
    heads = ("Gremium", "Datum", "Ergebnis", "Ja", "Nein", "Enth.")
    words = (
        "{{ zeile.gremium }}",
        "{{ zeile.datum|datum }}",
        "{{ zeile.satz }}",
        "{{ zeile.ja }}",
        "{{ zeile.nein }}",
        "{{ zeile.enthaltung }}",
    )
    return _block(
        "abstimmung",
        "Abstimmungsergebnisse",
        table(
            (2_700, 1_350, 2_804, 800, 850, 850),
            [
                Row(
                    [cell(h, bold=True, right=i > 2, keep=True) for i, h in enumerate(heads)],
                    head=True,
                ),
                steer("for zeile in abstimmung", len(heads)),
                Row([cell(w, right=i > 2, keep=True) for i, w in enumerate(words)]),
                steer("endfor", len(heads)),
            ],
            caption="Abstimmungsergebnisse",
            description=", ".join(heads),
        ),
    )
