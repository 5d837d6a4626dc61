"""The neutral lists of a meeting: who signs in, what is put to the vote, all its excerpts."""

from calling import facts, head, letterhead, pages
from layout import (
    BOX,
    NBSP,
    TAB,
    Row,
    cell,
    paragraph,
    reservation,
    running_line,
    steer,
    table,
    tag,
    text,
    written,
)

_TALL = '<w:spacing w:before="120" w:after="120"/>'
_INK = '<w:spacing w:before="840" w:after="0"/>'
_MEETING = (
    ("Sitzung", "true", "{{ gremium }}, {{ sitzung }}"),
    ("Tag", "true", "{{ wochentag }}, {{ datum|datum }}, {{ beginn }}"),
    ("Ort", "ort", "{{ ort }}"),
    ("Vorsitz", "vorsitz", "{{ vorsitz }}"),
)
_SIGNING = (3_900, 3_354, 1_050, 1_050)
_BALLOT = (850, 3_254, 650, 700, 850, 3_050)


def signing_list() -> bytes:
    """Return the template of the Anwesenheitsliste, with room for who is on no list."""
    return written(
        body=[
            paragraph(
                "{{ art }}", style="Heading1", look='<w:spacing w:before="0" w:after="160"/>'
            ),
            facts((*_MEETING, ("{{ protokollwort }}", "true", "{{ protokollfuehrung }}"))),
            tag("for body in gremien"),
            paragraph("{{ body.gremium }}", style="Heading2"),
            tag("for fraktion in body.fraktionen"),
            paragraph("{{ fraktion.name }}", style="Heading3"),
            _to_sign("Mitglieder der Fraktion oder Gruppe", "fraktion.personen"),
            tag("endfor"),
            tag("endfor"),
            *_blank("Vertretungen", "Name, in Vertretung für", 4),
            *_blank("Verwaltung", "Name, Funktion", 5),
            *_blank("Gäste", "Name, Einrichtung", 3),
            paragraph("", style="VorlageVermerk"),
        ],
        first_head=[letterhead()],
        head=head(),
        foot=pages("{{ art }}"),
    )


def _to_sign(caption: str, names: str) -> str:
    person = paragraph(
        "{{ person.name }}{% if person.zusatz %} ({{ person.zusatz }}){% endif %}",
        style="VorlageZelle",
        look=_TALL,
    )
    return table(
        _SIGNING,
        [
            _signing_head("Name"),
            steer(f"for person in {names}", 4),
            Row([person, cell(), cell(), cell()]),
            steer("endfor", 4),
        ],
        caption=caption,
        description="Name, Unterschrift, gekommen um, gegangen um",
    )


def _signing_head(name: str) -> Row:
    words = (name, "Unterschrift", "von", "bis")
    return Row([cell(word, bold=True, keep=True) for word in words], head=True)


def _blank(title: str, name: str, lines: int) -> list[str]:
    empty = paragraph("", style="VorlageZelle", look=_TALL)
    return [
        paragraph(title, style="Heading2"),
        table(
            _SIGNING,
            [_signing_head(name), *(Row([empty, cell(), cell(), cell()]) for _ in range(lines))],
            caption=title,
            description=f"{name}, Unterschrift, gekommen um, gegangen um",
        ),
    ]


def ballot_list() -> bytes:
    """Return the template of the Abstimmungsliste: one row an item, boxes to write into."""
    return written(
        body=[
            paragraph(
                "{{ art }}", style="Heading1", look='<w:spacing w:before="0" w:after="160"/>'
            ),
            facts(_MEETING),
            paragraph(
                text("☐", font=BOX),
                " Ladung ordnungsgemäß   ",
                text("☐", font=BOX),
                " Tagesordnung festgestellt   stimmberechtigt anwesend: _____",
                style="VorlageText",
                look='<w:spacing w:before="200" w:after="120"/>',
            ),
            tag("for teil in teile"),
            paragraph(
                "{% if teil.gremium %}{{ teil.gremium }}, {% endif %}{{ teil.teil }}",
                style="Heading2",
            ),
            paragraph(
                "Stimmberechtigte nach Besetzung: {{ teil.stimmberechtigte }}",
                style="VorlageVermerk",
                keep=True,
            ),
            _ballots(),
            tag("endfor"),
            paragraph(
                "Beginn: ________   Ende: ________   Unterbrechungen: ______________________",
                style="VorlageText",
                look='<w:spacing w:before="320" w:after="120"/>',
            ),
        ],
        first_head=[letterhead()],
        head=head(),
        foot=pages("{{ art }}, nur für Vorsitz und Schriftführung"),
    )


def _ballots() -> str:
    item = (
        paragraph("{{ punkt.titel }}", style="VorlageZelle")
        + _small("punkt.vorlage")
        + _small("punkt.zustaendigkeit")
        + _small("punkt.hinweis")
    )
    heads = ("TOP", "Bezeichnung", "Ja", "Nein", "Enth.", "Ergebnis")
    ways = [
        *(("einstimmig", "mehrheitlich"), ("abgelehnt", "geändert")),
        *(("zur Kenntnis", "ohne Empf."), ("vertagt", "abgesetzt")),
    ]
    ticks = "".join(
        paragraph(
            text("☐", font=BOX),
            f"{NBSP}{first}",
            TAB,
            text("☐", font=BOX),
            f"{NBSP}{second}",
            style="VorlageVermerk",
            look='<w:tabs><w:tab w:val="left" w:pos="1420"/></w:tabs>'
            '<w:spacing w:before="30" w:after="30"/>',
        )
        for first, second in ways
    )
    return table(
        _BALLOT,
        [
            Row([cell(word, bold=True, keep=True) for word in heads], head=True),
            steer("for punkt in teil.punkte", 6),
            Row([cell("{{ punkt.top }}"), item, cell(), cell(), cell(), ticks]),
            steer("endfor", 6),
        ],
        caption="Abstimmungen",
        description=", ".join(heads),
    )


def _small(name: str) -> str:
    return (
        tag(f"if {name}")
        + paragraph(
            f"{{{{ {name} }}}}",
            style="VorlageVermerk",
            look='<w:spacing w:before="0" w:after="50"/>',
        )
        + tag("endif")
    )


def excerpts() -> bytes:
    """Return the template of the excerpts of a meeting: each on a page of its own."""
    return written(
        body=[
            tag("for auszug in auszuege"),
            tag("if loop.first"),
            paragraph("Beschlussauszug", style="Heading1"),
            tag("else"),
            paragraph("Beschlussauszug", style="Heading1", look="<w:pageBreakBefore/>"),
            tag("endif"),
            *reservation(),
            paragraph("{{ quelle }}, {{ teil }}", style="VorlageText"),
            _excerpt_facts(),
            paragraph("{{ auszug.titel }}", style="Heading2"),
            tag("for zeile in auszug.mitwirkung"),
            paragraph("{{ zeile }}", style="VorlageText"),
            tag("endfor"),
            tag("if auszug.beschluss"),
            paragraph(
                text("{{ auszug.beschluss_titel }}:", bold=True), style="VorlageText", keep=True
            ),
            paragraph("{{p auszug.beschluss }}", style="VorlageBeschluss", keep=True),
            tag("endif"),
            *_labelled("auszug.ergebnis", "Ergebnis:"),
            *_labelled("auszug.abstimmung", "Abstimmungsergebnis:"),
            *_correct(),
            tag("endfor"),
        ],
        first_head=[letterhead()],
        head=[running_line("{{ kommune }}", TAB, TAB, "{{ betreff }}", style="Header")],
        foot=pages("{{ art }}, {{ teil }}"),
    )


def _excerpt_facts() -> str:
    return facts(
        (
            (
                "Gremium",
                "true",
                "{% if auszug.gremium %}{{ auszug.gremium }}{% else %}{{ gremium }}{% endif %}",
            ),
            ("Sitzung", "true", "{{ sitzung }} am {{ datum|datum }}"),
            ("Ort", "ort", "{{ ort }}"),
            ("TOP", "auszug.top", "{{ auszug.top }}"),
            ("Vorlage", "auszug.vorlage", "{{ auszug.vorlage }}"),
            ("Federführung", "auszug.federfuehrung", "{{ auszug.federfuehrung }}"),
        )
    )


def _labelled(name: str, label: str) -> list[str]:
    value = f"{{{{ {name} }}}}"
    return [
        tag(f"if {name}"),
        paragraph(text(label, bold=True), " ", value, style="VorlageText", keep=True),
        tag("endif"),
    ]


def _correct() -> list[str]:
    style = "VorlageUnterschrift"
    return [
        paragraph(
            "Für die Richtigkeit des Auszuges: {{ erstellt_am|datum }}",
            style=style,
            look='<w:spacing w:before="320" w:after="0"/>',
        ),
        paragraph("_" * 36, style=style, look=_INK),
        tag("if unterschrift.name"),
        paragraph("{{ unterschrift.name }}", style=style),
        tag("endif"),
        paragraph("{{ unterschrift.funktion }}", style=style, look='<w:keepNext w:val="0"/>'),
    ]
