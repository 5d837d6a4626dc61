"""The neutral Vorlage, for every kind and every house without a form of its own.

Empty blocks vanish.
"""

from collections.abc import Sequence

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

# What may follow a block; where nothing of it does, the block stays with the signature.
_AFTER_FUNDING = "fristen"
_AFTER_STAFF = f"foerderung or {_AFTER_FUNDING}"
_AFTER_SECTIONS = f"stellen or {_AFTER_STAFF}"
_AFTER_FINANCE = f"not (abschnitte|last).finanzen or {_AFTER_SECTIONS}"
_VOTES = 'abstimmung|selectattr("ergebnis")|list'
_RESULTS = f"empfehlungen or beschluss or {_VOTES}"


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
            *_route(),
            *_sections(),
            *_staff(),
            *_funding(),
            *_deadlines(),
            *_signature(),
            *_attachments(),
            *_results(),
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


def _block(condition: str, title: str, *inside: str) -> list[str]:
    return [tag(f"if {condition}"), paragraph(title, style="Heading2"), *inside, tag("endif")]


def _gap(follows: str) -> list[str]:
    """Return the thin paragraph below a table; it holds the signature if nothing else follows."""
    thin = '<w:spacing w:line="40" w:lineRule="exact"/>'
    if not follows:
        return [paragraph(look=thin, keep=True)]
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
    follows: str = "",
    total: str = "",
) -> str:
    """Return a table with a row for each item; the last `right` columns hold figures.

    With a `total` its last row is the sum. It may break between two items, but its last row stays
    with the signature if nothing else follows.
    """
    columns = len(heads)
    figures = columns - right

    def row(words: Sequence[str], *, keep: bool, head: bool = False) -> Row:
        at = enumerate(words)
        cells = [cell(w, bold=head, right=i >= figures, keep=keep) for i, w in at]
        return Row(cells, head=head)

    last = f"loop.last and not ({follows})" if follows else "loop.last"
    rows = [
        row(heads, keep=True, head=True),
        steer(f"for {loop}", columns),
        steer(f"if {'loop.last' if total else last}", columns),
        row(cells, keep=True),
        steer("else", columns),
        row(cells, keep=False),
        steer("endif", columns),
        steer("endfor", columns),
    ]
    if total:
        sums = [_sum(total, columns, keep=keep) for keep in (False, True)]
        rows += [
            *(steer(f"if {follows}", columns), sums[0]),
            *(steer("else", columns), sums[1], steer("endif", columns)),
        ]
    return table(widths, rows, caption=caption, description=", ".join(heads))


def _sum(total: str, columns: int, *, keep: bool) -> Row:
    """Return the last row of a table: one cell for the word, the others for the total."""
    cells = [cell("Summe", bold=True, keep=keep), cell(total, bold=True, right=True, keep=keep)]
    return Row(cells, spans=(1, columns - 1))


def _route() -> list[str]:
    return [
        tag("if beratungsfolge"),
        _list(
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
        *reservation(f"not ({_RESULTS})"),
        tag("endif"),
    ]


def _sections() -> list[str]:
    return [
        tag("for abschnitt in abschnitte"),
        paragraph("{{ abschnitt.titel }}", style="Heading2"),
        tag("if abschnitt.finanzen and finanzierung"),
        *_finance(),
        tag(f"elif loop.last and not ({_AFTER_SECTIONS})"),
        paragraph("{{p abschnitt.text }}", style="VorlageText", keep=True),
        tag("else"),
        paragraph("{{p abschnitt.text }}", style="VorlageText"),
        tag("endif"),
        tag("endfor"),
    ]


def _finance() -> list[str]:
    return [
        tag("if finanzierung.keine"),
        paragraph("Keine finanziellen Auswirkungen.", style="VorlageText", keep=True),
        tag("endif"),
        _overview(),
        *(tag("if finanzierung.positionen"), *_cost_items(), tag("endif")),
        *_gap(_AFTER_FINANCE),
    ]


def _overview() -> str:
    named = (
        *(("Gesamtkosten", "gesamtkosten"), ("Jährliche Folgekosten", "folgekosten")),
        *(("Objektbezogene Einnahmen", "einnahmen"), ("Produktkonto", "produktkonto")),
    )
    lines = (
        *((name, f"finanzierung.{key}", f"{{{{ finanzierung.{key} }}}}") for name, key in named),
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
        return _list(
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


def _staff() -> list[str]:
    return _block(
        "stellen",
        "Stellen",
        _list(
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


def _funding() -> list[str]:
    return _block(
        "foerderung",
        "Förderung",
        _list(
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
        *_gap(""),
    )


def _signature() -> list[str]:
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
        paragraph(
            "{{ unterschrift.zeichen }}{% if unterschrift.zeichen %} {% endif %}",
            text("{{ unterschrift.name }}", italic=True),
            *("{% if unterschrift.funktion %}", BREAK, "{{ unterschrift.funktion }}{% endif %}"),
            style=style,
            look='<w:keepNext w:val="0"/>',
        ),
        tag("endif"),
    ]


def _attachments() -> list[str]:
    return _block(
        "anlagen",
        "Anlagen",
        tag("for anlage in anlagen"),
        paragraph("{{ anlage.nummer }}.", TAB, "{{ anlage.titel }}", style="VorlageAnlage"),
        tag("endfor"),
    )


def _results() -> list[str]:
    """Return what became of the Vorlage; the head of the administration has not signed that."""
    return _block(
        _RESULTS,
        "Ergebnisse der Beratung",
        tag("for empfehlung in empfehlungen"),
        paragraph("{{ empfehlung.titel }}:", style="Heading3"),
        paragraph("{{p empfehlung.text }}", style="VorlageText"),
        tag("endfor"),
        *_decision(),
        *_votes(),
        *reservation(),
    )


def _decision() -> list[str]:
    return [
        tag("if beschluss"),
        paragraph(
            "Beschluss ({{ beschluss.gremium }}{% if beschluss.datum %}, "
            "{{ beschluss.datum|datum }}{% endif %}):",
            style="Heading3",
        ),
        paragraph("{{p beschluss.text }}", style="VorlageText"),
        tag("endif"),
    ]


def _votes() -> list[str]:
    heads = ("Gremium", "Datum", "Ergebnis", "Ja", "Nein", "Enth.")
    words = (
        *("{{ zeile.gremium }}", "{{ zeile.datum|datum }}", "{{ zeile.ergebnis }}"),
        *("{{ zeile.ja }}", "{{ zeile.nein }}", "{{ zeile.enthaltung }}"),
    )
    return [
        tag(f"if {_VOTES}"),
        tag("if empfehlungen or beschluss"),
        paragraph("Abstimmungsergebnisse:", style="Heading3"),
        tag("endif"),
        _list(
            heads,
            (3_054, 1_350, 2_650, 700, 750, 850),
            "zeile in abstimmung if zeile.ergebnis",
            words,
            right=3,
            caption="Abstimmungsergebnisse",
            follows="not vorbehalt",
        ),
        tag("endif"),
    ]
