"""The neutral papers of a meeting: minutes, Beschlussauszug, Beschlusstext nach Beratung."""

from layout import (
    BREAK,
    LINE,
    TAB,
    Row,
    cell,
    number,
    paragraph,
    reservation,
    running_line,
    steer,
    table,
    tag,
    text,
    written,
)

_NAMES = (
    "{% for person in fraktion.personen %}{{ person.name }}"
    "{% if person.zusatz %} ({{ person.zusatz }}){% endif %}"
    "{% if not loop.last %}; {% endif %}{% endfor %}"
)
_PRESENT = " or ".join(
    f'anwesenheit|selectattr("{name}")|list'
    for name in (
        *("fraktionen", "verwaltung", "gaeste", "entschuldigt", "unentschuldigt"),
        "beschlussfaehigkeit",
    )
)
_IS_LAST = "punkt == punkte|last"  # what ends the minutes stays with the signatures
_INK = '<w:spacing w:before="840" w:after="0"/>'
_SPACE = '<w:spacing w:before="200" w:after="0"/>'


def minutes() -> bytes:
    """Return the template of minutes: one part, public or not."""
    return written(
        body=[
            paragraph("{{ art }}", style="Heading1"),
            paragraph(text("{{ gremium }}", bold=True), style="VorlageBetreff"),
            paragraph("{{ sitzung }}, {{ teil }}", style="VorlageText"),
            _facts(),
            *_attendance(),
            *_agenda(),
            *_items(),
            *_end(),
            *_signatures(),
        ],
        first_head=[_letterhead(), *_draft_mark()],
        head=[
            running_line(
                "{{ gremium }}", TAB, TAB, "{{ datum|datum }}, {{ teil }}", style="Header"
            ),
            *_draft_mark(),
        ],
        foot=_foot("{{ art }}, {{ teil }}"),
    )


def excerpt() -> bytes:
    """Return the template of a Beschlussauszug."""
    return written(
        body=[
            paragraph("{{ art }}", style="Heading1"),
            tag("if vorbehalt"),
            paragraph("{{ vorbehalt }}", style="VorlageBetreff"),
            tag("endif"),
            paragraph("{{ quelle }} der {{ oeffentlichkeit }}en Beratung", style="VorlageText"),
            _fields(
                ("Gremium", "true", "{{ gremium }}"),
                ("Sitzung", "true", "{{ sitzung }} am {{ datum|datum }}"),
                ("Ort", "ort", "{{ ort }}"),
                ("TOP", "top", "{{ top }}"),
                ("Vorlage", "vorlage", "{{ vorlage }}"),
                ("Federführung", "federfuehrung", "{{ federfuehrung }}"),
                caption="Angaben zur Sitzung",
            ),
            paragraph("{{ titel }}", style="Heading2"),
            *_lines("mitwirkung"),
            *_resolution(""),
            paragraph("Dieser Auszug geht an:", style="Heading3"),
            tag("for name in empfaenger"),
            paragraph("{{ name }}", style="VorlageUnterschrift"),
            tag("endfor"),
            paragraph(
                "Für die Richtigkeit des Auszuges: {{ ausgegeben_am|datum }}",
                style="VorlageUnterschrift",
                look=_SPACE,
            ),
            *_signer("unterschrift"),
            paragraph("{{ ausgabe }}. Ausgabe", style="VorlageVermerk"),
        ],
        first_head=[_letterhead()],
        head=[running_line("{{ art }}", TAB, TAB, "{{ betreff }}", style="Header")],
        foot=_foot("{{ betreff }}"),
    )


def sheet() -> bytes:
    """Return the template of the sheet with the wording that a committee recommends."""
    return written(
        body=[
            paragraph("{{ art }}", style="VorlageText"),
            paragraph("{{ betreff }}", style="Heading1", look='<w:spacing w:after="200"/>'),
            tag("if nummer"),
            paragraph("Vorlage: {{ nummer }}", style="VorlageText"),
            tag("endif"),
            paragraph("{{ titel }}:", style="Heading2"),
            paragraph("{{p text }}", style="VorlageBeschluss", keep=True),
            paragraph(
                "{{ gremium }}, {{ datum|datum }}", style="VorlageText", look=_SPACE, keep=True
            ),
            tag("if abstimmung"),
            _labelled("Abstimmungsergebnis:", "{{ abstimmung }}"),
            tag("endif"),
            *reservation(),
        ],
        first_head=[_letterhead()],
        head=[running_line("{{ art }}", TAB, TAB, "{{ nummer }}", style="Header")],
        foot=_foot("{{ art }}"),
    )


def _letterhead() -> str:
    return running_line(text("{{ kommune }}", bold=True), style="Header", rule="bottom")


def _draft_mark() -> list[str]:
    mark = paragraph("ENTWURF vom {{ erstellt_am|datum }}", style="VorlageEntwurf")
    return [tag("if entwurf"), mark, tag("endif")]


def _foot(words: str) -> list[str]:
    pages = ("Seite ", number("PAGE"), " von ", number("NUMPAGES"))
    return [running_line(words, TAB, TAB, *pages, style="Footer")]


def _fields(*lines: tuple[str, str, str], caption: str) -> str:
    rows: list[Row] = []
    for name, condition, value in lines:
        rows += [
            steer(f"if {condition}", 2),
            Row([cell(name, bold=True), cell(value)]),
            steer("endif", 2),
        ]
    return table((2_900, LINE - 2_900), rows, caption=caption, description="Bezeichnung und Angabe")


def _facts() -> str:
    pauses = (
        "{% for pause in unterbrechungen %}{{ pause.von }}{% if pause.bis %} bis {{ pause.bis }}"
        "{% endif %}{% if pause.grund %} ({{ pause.grund }}){% endif %}"
        "{% if not loop.last %}; {% endif %}{% endfor %}"
    )
    return _fields(
        ("Datum", "true", "{{ wochentag }}, {{ datum|datum }}"),
        ("Ort", "ort", "{{ ort }}"),
        ("Beginn", "beginn", "{{ beginn }}"),
        ("Unterbrechungen", "unterbrechungen", pauses),
        ("Ende", "ende", "{{ ende }}"),
        ("Vorsitz", "vorsitz", "{{ vorsitz }}"),
        ("Protokollführung", 'art == "Protokoll" and protokollfuehrung', "{{ protokollfuehrung }}"),
        ("Schriftführung", 'art != "Protokoll" and protokollfuehrung', "{{ protokollfuehrung }}"),
        ("Eingeladen am", "eingeladen_am", "{{ eingeladen_am|datum }}"),
        caption="Angaben zur Sitzung",
    )


def _attendance() -> list[str]:
    return [
        *(tag(f"if {_PRESENT}"), paragraph("Anwesenheit", style="Heading2"), tag("endif")),
        tag("for body in anwesenheit"),
        tag("if anwesenheit|length > 1"),
        paragraph("{{ body.gremium }}", style="Heading3"),
        tag("endif"),
        tag("for fraktion in body.fraktionen"),
        _labelled("{{ fraktion.name }}:", _NAMES),
        tag("endfor"),
        *_if("body.verwaltung", "Verwaltung:", "{{ body.verwaltung }}"),
        *_if("body.gaeste", "Gäste:", "{{ body.gaeste }}"),
        *_if("body.entschuldigt", "Entschuldigt:", "{{ body.entschuldigt }}"),
        *_if("body.unentschuldigt", "Unentschuldigt:", "{{ body.unentschuldigt }}"),
        tag("for satz in body.beschlussfaehigkeit"),
        _labelled("Beschlussfähigkeit:", "{{ satz }}"),
        tag("endfor"),
        tag("endfor"),
    ]


def _agenda() -> list[str]:
    return [
        tag("if tagesordnung"),
        paragraph("Tagesordnung", style="Heading2"),
        table(
            (1_100, LINE - 1_100),
            [
                Row([cell("TOP", bold=True, keep=True), cell("Bezeichnung", bold=True)], head=True),
                steer("for punkt in tagesordnung", 2),
                Row([cell("{{ punkt.top }}"), cell("{{ punkt.titel }}")]),
                steer("endfor", 2),
            ],
            caption="Tagesordnung",
            description="TOP, Bezeichnung",
        ),
        tag("endif"),
    ]


def _items() -> list[str]:
    return [
        paragraph("Beratung", style="Heading2"),
        tag("for punkt in punkte"),
        paragraph(
            "{% if punkt.top %}TOP {{ punkt.top }}: {% endif %}{{ punkt.titel }}", style="Heading3"
        ),
        tag("if punkt.gremium"),
        paragraph("{{ punkt.gremium }}", style="VorlageVermerk", keep=True),
        tag("endif"),
        tag("if punkt.vorlage"),
        paragraph("{{ punkt.vorlage }}", style="VorlageVermerk", keep=True),
        tag("endif"),
        *_lines("punkt.vermerk", ends=_IS_LAST),
        *_lines("punkt.mitwirkung", ends=_IS_LAST),
        tag("for andere in punkt.abstimmungen"),
        paragraph(text("{{ andere.titel }}", bold=True), style="VorlageText", keep=True),
        tag("if andere.wortlaut"),
        paragraph("{{p andere.wortlaut }}", style="VorlageBeschluss", keep=True),
        tag("endif"),
        *_held(_IS_LAST, text("Abstimmungsergebnis:", bold=True), " ", "{{ andere.satz }}"),
        tag("endfor"),
        *_resolution("punkt.", ends=_IS_LAST),
        *_details(),
        tag("endfor"),
    ]


def _details() -> list[str]:
    """Return what few items have behind their result: who voted how, and what was set right."""
    counts = "Ja {{ zeile.ja }}, Nein {{ zeile.nein }}, Enthaltungen {{ zeile.enthaltung }}"
    loops = (
        ("zeile in punkt.namentlich", "{{ zeile.stimme }}:", "{{ zeile.namen }}"),
        ("zeile in punkt.nach_fraktionen", "{{ zeile.fraktion }}:", counts),
        (
            *("berichtigung in punkt.berichtigungen", "{{ berichtigung.titel }}:"),
            "{{ berichtigung.text }}",
        ),
    )
    return [
        line
        for loop, label, value in loops
        for line in (
            tag(f"for {loop}"),
            *_held(_IS_LAST, text(label, bold=True), " ", value),
            tag("endfor"),
        )
    ]


def _held(ends: str, *runs: str) -> list[str]:
    """Return a paragraph that stays with the next one where `ends` holds, "" for never."""
    if not ends:
        return [paragraph(*runs, style="VorlageText")]
    return [
        *(tag(f"if {ends}"), paragraph(*runs, style="VorlageText", keep=True)),
        *(tag("else"), paragraph(*runs, style="VorlageText"), tag("endif")),
    ]


def _lines(name: str, *, ends: str = "") -> list[str]:
    return [tag(f"for zeile in {name}"), *_held(ends, "{{ zeile }}"), tag("endfor")]


def _resolution(above: str, *, ends: str = "") -> list[str]:
    """Return wording and vote: "Beschluss:" indented, "Abstimmungsergebnis:" in one line."""
    results = (("ergebnis", "Ergebnis:"), ("abstimmung", "Abstimmungsergebnis:"))
    return [
        tag(f"if {above}beschluss"),
        paragraph(
            text(f"{{{{ {above}beschluss_titel }}}}:", bold=True), style="VorlageText", keep=True
        ),
        paragraph(f"{{{{p {above}beschluss }}}}", style="VorlageBeschluss", keep=True),
        tag("endif"),
        *(
            line
            for name, label in results
            for line in (
                tag(f"if {above}{name}"),
                *_held(ends, text(label, bold=True), " ", f"{{{{ {above}{name} }}}}"),
                tag("endif"),
            )
        ),
    ]


def _if(condition: str, label: str, value: str) -> list[str]:
    return [tag(f"if {condition}"), _labelled(label, value), tag("endif")]


def _labelled(label: str, value: str) -> str:
    return paragraph(text(label, bold=True), " ", value, style="VorlageText")


def _end() -> list[str]:
    """Return the end of the meeting, which holds the signatures: they never stand alone."""
    style = "VorlageUnterschrift"
    return [
        tag("if ende"),
        paragraph("Ende der Sitzung: {{ ende }}", style=style, look=_SPACE),
        tag("else"),
        paragraph("Ende der Sitzung: ", style=style, look=_SPACE),
        tag("endif"),
    ]


def _signatures() -> list[str]:
    return [
        tag("for zeile in unterschriften"),
        tag("if loop.last"),
        *_signer("zeile", last=True),
        tag("else"),
        *_signer("zeile"),
        tag("endif"),
        tag("endfor"),
    ]


def _signer(name: str, *, last: bool = False) -> list[str]:
    """Return room for ink, the name under the line and the function."""
    words = f"{{% if {name}.name %}}{{{{ {name}.name }}}}{{% endif %}}"
    loose = '<w:keepNext w:val="0"/>' if last else ""
    return [
        paragraph("_" * 36, style="VorlageUnterschrift", look=_INK),
        paragraph(
            words,
            f"{{% if {name}.name %}}",
            BREAK,
            f"{{% endif %}}{{{{ {name}.funktion }}}}",
            style="VorlageUnterschrift",
            look=loose,
        ),
    ]
