"""The neutral papers that call a meeting: Einladung, Nachtrag, öffentliche Bekanntmachung."""

from collections.abc import Sequence

from layout import (
    LINE,
    TAB,
    Row,
    cell,
    number,
    paragraph,
    running_line,
    steer,
    table,
    tag,
    text,
    written,
)

_ROOM = '<w:spacing w:before="200" w:after="120"/>'
_INK = '<w:spacing w:before="840" w:after="0"/>'
_TITLE = '<w:spacing w:before="0" w:after="200"/>'
_CALM = '<w:spacing w:before="0" w:after="0"/>'
_BELOW = '<w:spacing w:before="0" w:after="50"/>'  # as far from the line of the table as a title
_MEETING = (
    ("Gremium", "true", "{{ gremium }}"),
    ("Sitzung", "true", "{{ sitzung }}"),
    ("Tag", "true", "{{ wochentag }}, {{ datum|datum }}"),
    ("Beginn", "true", "{{ beginn }}"),
    ("Ort", "ort", "{{ ort }}"),
)


def invitation() -> bytes:
    """Return the template of the invitation to the members, with the whole agenda."""
    return _written(
        [
            *_recipients(),
            _day(),
            paragraph("{{ art }}", style="Heading1", look=_TITLE),
            *_salutation(),
            paragraph("zur folgenden Sitzung lade ich Sie ein:", style="VorlageText", keep=True),
            facts(_MEETING),
            tag("if einladung_vom"),
            paragraph(
                "Diese Einladung ersetzt die Einladung vom {{ einladung_vom|datum }}.",
                style="VorlageText",
                look=_ROOM,
            ),
            tag("endif"),
            paragraph("Tagesordnung", style="Heading2"),
            *_parts(),
            *_hints(),
            *_signature(greeting=True),
        ],
        foot="{{ art }}",
    )


def supplement() -> bytes:
    """Return the template of a Nachtrag: what came on the agenda after the invitation."""
    return _written(
        [
            *_recipients(),
            _day(),
            paragraph("{{ art }}", style="Heading1", look=_TITLE),
            *_salutation(),
            paragraph(
                "die Tagesordnung der folgenden Sitzung"
                "{% if einladung_vom %}, zu der mit Schreiben vom {{ einladung_vom|datum }} "
                "eingeladen ist,{% endif %} wird ergänzt:",
                style="VorlageText",
                keep=True,
            ),
            facts(_MEETING),
            paragraph("Ergänzung der Tagesordnung", style="Heading2"),
            *_parts(),
            *_hints(),
            *_signature(greeting=True),
        ],
        foot="{{ art }}",
    )


def notice() -> bytes:
    """Return the template of the public notice; of closed items it has what is for the public."""
    return _written(
        [
            paragraph("{{ art }}", style="Heading1", look=_TITLE),
            tag("if nachtrag"),
            paragraph(
                "Nachtrag zur Tagesordnung"
                "{% if einladung_vom %} vom {{ einladung_vom|datum }}{% endif %}",
                style="VorlageBetreff",
            ),
            tag("endif"),
            paragraph(
                "{% if nachtrag %}Die Tagesordnung der folgenden Sitzung wird ergänzt:"
                "{% else %}Hiermit wird bekannt gemacht, dass die folgende Sitzung "
                "stattfindet:{% endif %}",
                style="VorlageText",
                keep=True,
            ),
            facts(_MEETING),
            paragraph("Tagesordnung", style="Heading2"),
            *_part("Öffentlicher Teil", "oeffentlich", closed=False),
            *_public_end(),
            *_signature(greeting=False),
            *_posted(),
        ],
        foot="{{ art }}",
    )


def facts(lines: Sequence[tuple[str, str, str]], caption: str = "Angaben zur Sitzung") -> str:
    """Return a table of names and values; a line without a value vanishes."""
    rows: list[Row] = []
    for name, condition, value in lines:
        rows += [
            steer(f"if {condition}", 2),
            Row([cell(name, bold=True), cell(value)]),
            steer("endif", 2),
        ]
    return table((2_300, LINE - 2_300), rows, caption=caption, description="Bezeichnung, Angabe")


def head(right: str = "{{ betreff }}") -> list[str]:
    """Return the running head of the pages behind the first."""
    return [running_line("{{ art }}", TAB, TAB, right, style="Header")]


def letterhead() -> str:
    """Return the head of the first page."""
    return running_line(text("{{ kommune }}", bold=True), style="Header", rule="bottom")


def pages(words: str) -> list[str]:
    """Return the foot: what it is, and page x of y."""
    count = ("Seite ", number("PAGE"), " von ", number("NUMPAGES"))
    return [running_line(words, TAB, TAB, *count, style="Footer")]


def _written(body: Sequence[str], foot: str) -> bytes:
    mark = [
        tag("if entwurf"),
        paragraph("ENTWURF vom {{ erstellt_am|datum }}", style="VorlageEntwurf"),
        tag("endif"),
    ]
    return written(
        body=body,
        first_head=[letterhead(), *mark],
        head=[*head(), *mark],
        foot=pages(foot),
    )


def _recipients() -> list[str]:
    return [
        tag("if empfaenger"),
        paragraph("An: {{ empfaenger }}", style="VorlageText"),
        tag("endif"),
    ]


def _day() -> str:
    return paragraph(
        "{{ ort_der_verwaltung }}, den {{ versandt_am|datum }}",
        style="VorlageText",
        look='<w:spacing w:before="120" w:after="320"/><w:jc w:val="right"/>',
    )


def _salutation() -> list[str]:
    return [paragraph("Sehr geehrte Damen und Herren,", style="VorlageText", keep=True)]


def _parts() -> list[str]:
    return [
        *_part("Öffentlicher Teil", "oeffentlich", closed=False, last="not nichtoeffentlich"),
        *_part("Nichtöffentlicher Teil", "nichtoeffentlich", closed=True),
    ]


def _part(title: str, name: str, *, closed: bool, last: str = "true") -> list[str]:
    """Return one part of the agenda as a table: its number, and under the title what belongs to it.

    No line breaks over two pages. The last one stays with the signature where `last` holds: that
    never stands alone.
    """
    confidential = paragraph(
        "Was im nichtöffentlichen Teil beraten wird, ist vertraulich.",
        style="VorlageVermerk",
        keep=True,
    )
    heads = [cell("TOP", bold=True, keep=True), cell("Bezeichnung", bold=True, keep=True)]
    return [
        tag(f"if {name}"),
        paragraph(title, style="Heading3"),
        *([confidential] if closed else []),
        table(
            (1_100, LINE - 1_100),
            [
                Row(heads, head=True),
                steer(f"for punkt in {name}", 2),
                steer(f"if loop.last and ({last})", 2),
                _line(keep=True),
                steer("else", 2),
                _line(keep=False),
                steer("endif", 2),
                steer("endfor", 2),
            ],
            caption=f"Tagesordnung, {title}",
            description="TOP, Bezeichnung",
        ),
        tag("endif"),
    ]


def _line(*, keep: bool) -> Row:
    """Return an item: number and title, below it body, paper and reservation where it has them."""
    beside = (
        tag(f"if punkt.{name}")
        + paragraph(f"{{{{ punkt.{name} }}}}", style="VorlageVermerk", look=_BELOW, keep=keep)
        + tag("endif")
        for name in ("gremium", "vorlage", "hinweis")
    )
    title = paragraph("{{ punkt.titel }}", style="VorlageZelle", keep=keep)
    return Row([cell("{{ punkt.top }}", keep=keep), title + "".join(beside)])


def _public_end() -> list[str]:
    """Return what the public learns of the closed part: that there is one, and public titles."""
    return [
        tag("if geschlossen"),
        paragraph("Nichtöffentlicher Teil", style="Heading3"),
        tag("for punkt in nichtoeffentlich"),
        paragraph("–", TAB, "{{ punkt.titel }}", style="VorlageAnlage", keep=True),
        tag("endfor"),
        tag("if not nichtoeffentlich"),
        paragraph(
            "Die Sitzung hat auch einen nichtöffentlichen Teil.",
            style="VorlageText",
            look=_CALM,
            keep=True,
        ),
        tag("endif"),
        tag("endif"),
    ]


def _hints() -> list[str]:
    return [
        tag("for satz in hinweise"),
        paragraph("{{ satz }}", style="VorlageText", look=_ROOM, keep=True),
        tag("endfor"),
    ]


def _signature(*, greeting: bool) -> list[str]:
    """Return day or greeting, room for ink, name and function: together on one page."""
    style = "VorlageUnterschrift"
    words = (
        "Mit freundlichen Grüßen"
        if greeting
        else ("{{ ort_der_verwaltung }}, den {{ versandt_am|datum }}")
    )
    return [
        paragraph(words, style=style, look='<w:spacing w:before="400" w:after="0"/>'),
        tag("if unterschrift.name"),
        paragraph("{{ unterschrift.name }}", style=style, look=_INK),
        paragraph("{{ unterschrift.funktion }}", style=style, look='<w:keepNext w:val="0"/>'),
        tag("else"),
        paragraph(
            "{{ unterschrift.funktion }}",
            style=style,
            look='<w:keepNext w:val="0"/>' + _INK,
        ),
        tag("endif"),
    ]


def _posted() -> list[str]:
    """Return the lines that somebody fills in by hand when the notice is put up."""
    return [
        paragraph(
            "Bekannt gemacht am: " + "_" * 18 + "   durch: " + "_" * 26,
            style="VorlageVermerk",
            look='<w:spacing w:before="600" w:after="60"/>',
        ),
    ]
