"""The Vorlagen of the Stadt Wedel: a cover, a running head from page 2, the annexes by themselves.

A Beschlussvorlage has other sections than a Mitteilungsvorlage; both come from the house's data.
Its questions about money and the table over the years are assumed.
"""

from collections.abc import Sequence

import neutral
import outcomes
from layout import (
    BREAK,
    LINE,
    NBSP,
    TAB,
    Annex,
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
from styles import Look, paragraph_style

_NUMBER = "{% if entwurf %}Entwurf{% else %}{{ nummer }}{% endif %}"
_OF = f"{{% if entwurf %}}(Entwurf){{% else %}}Nr.{NBSP}{{{{ nummer }}}}{{% endif %}}"
_BIG = '<w:b/><w:bCs/><w:sz w:val="24"/><w:szCs w:val="24"/>'
_LOOK = Look(
    justified=True,
    further=paragraph_style(
        *("VorlageStatus", "Vorlage Status"), '<w:spacing w:after="240"/>', '<w:u w:val="single"/>'
    )
    + paragraph_style(
        "VorlageArt", "Vorlage Art", '<w:spacing w:before="40"/><w:jc w:val="right"/>', _BIG
    )
    + paragraph_style(
        "VorlageNummer",
        "Vorlage Nummer",
        '<w:spacing w:before="40" w:after="40"/><w:jc w:val="center"/>',
        _BIG,
    ),
)
_GAP = paragraph(look='<w:spacing w:line="320" w:lineRule="exact"/>')
_SMALL_GAP = paragraph(look='<w:spacing w:line="160" w:lineRule="exact"/>', keep=True)
_THIRD = LINE // 3


def information() -> bytes:
    """Return the template of the Mitteilungsvorlage: no money, no votes, nobody signs."""
    return _written([*_cover(), *neutral.sections(":", apart=True)])


def decision() -> bytes:
    """Return the template of the Beschlussvorlage."""
    body = [
        *_cover(),
        *neutral.sections(":", apart=True, asked=_asked(), years=_years()),
        *_unanswered(),
        *neutral.staff(),
        *neutral.funding(),
        *neutral.deadlines(),
        *outcomes.recommendations(),
        *outcomes.decision(),
        *outcomes.votes(apart=True),
        *reservation(),
    ]
    return _written(body)


def _written(body: Sequence[str]) -> bytes:
    return written(
        body=body,
        first_head=[
            running_line(text("{{ kommune }}", bold=True), style="Header"),
            running_line("{{ verwaltungsleitung }}", style="Header", rule="bottom"),
            *draft_mark(),
        ],
        head=[
            running_line(f"Fortsetzung der Vorlage {_OF}", style="Header", rule="bottom"),
            *draft_mark(),
        ],
        foot=foot(),
        look=_LOOK,
        annex=Annex(
            body=[
                tag("if anlagen"),
                paragraph("Anlage/n", style="Heading2"),
                tag("for anlage in anlagen"),
                paragraph("{{ anlage.nummer }}", TAB, "{{ anlage.titel }}", style="VorlageAnlage"),
                tag("endfor"),
                tag("endif"),
                paragraph(look='<w:spacing w:line="20" w:lineRule="exact"/>'),
            ],
            head=[
                running_line(f"Anlage/n zur Vorlage {_OF}", style="Header", rule="bottom"),
                *draft_mark(),
            ],
        ),
    )


def _cover() -> list[str]:
    return [
        paragraph("{{ oeffentlichkeit }}", style="VorlageStatus"),
        table(
            (LINE // 2, LINE - LINE // 2),
            [
                Row(
                    [
                        cell("Verantwortlich:", BREAK, "{{ federfuehrung }}"),
                        paragraph("{{ art_gross }}", style="VorlageArt"),
                    ]
                )
            ],
            caption="Verantwortlich und Art der Vorlage",
            description="Federführender Fachdienst und Art der Vorlage",
            bordered=False,
            flush=True,
        ),
        _GAP,
        _identity(),
        _GAP,
        *_route(),
        paragraph(
            "{{ betreff }}", style="Heading1", look='<w:spacing w:before="480" w:after="120"/>'
        ),
        *(tag("if bezug"), paragraph("{{ bezug }}", style="VorlageText"), tag("endif")),
    ]


def _identity() -> str:
    number = paragraph(_NUMBER, style="VorlageNummer")
    return table(
        [_THIRD] * 3,
        [
            Row(
                [cell("Geschäftszeichen", bold=True), cell("Datum", bold=True), number],
                down={2: "restart"},
            ),
            Row(
                [cell("{{ aktenzeichen }}"), cell("{{ datum|datum }}"), cell()],
                down={2: "continue"},
            ),
        ],
        caption="Angaben zur Vorlage",
        description="Geschäftszeichen, Datum und Nummer",
    )


def _route() -> list[str]:
    heads = ("Beratungsfolge", "Zuständigkeit", "Termine")
    step = ("{{ beratung.gremium }}", "{{ beratung.zustaendigkeit }}")
    return [
        tag("if beratungsfolge"),
        table(
            (LINE - 5_000, 2_800, 2_200),
            [
                Row([cell(words, bold=True, keep=True) for words in heads], head=True),
                steer("for beratung in beratungsfolge", 3),
                Row([*(cell(words) for words in step), cell("{{ beratung.termin|datum }}")]),
                steer("endfor", 3),
            ],
            caption="Beratungsfolge",
            description="Gremien in der Reihenfolge der Beratung, Zuständigkeit, Termine",
        ),
        tag("endif"),
    ]


def _asked() -> list[str]:
    """Return the house's questions about money, ticked as far as somebody has said something.

    Nobody says whether the task is a voluntary one, nor whether others pay for it: these boxes are
    ticked by hand.
    """
    some = "finanzierung and not finanzierung.keine"
    none = "finanzierung and finanzierung.keine"
    budget = "finanzierung and finanzierung.veranschlagt"
    questions = (
        (
            "Mittel sind im Haushalt bereits veranschlagt:",
            [(word, f'{budget} == "{word}"') for word in ("ja", "teilweise", "nein")],
        ),
        (
            "Es liegt eine Ausweitung oder Neuaufnahme von freiwilligen Leistungen vor:",
            [("ja", "false"), ("nein", "false")],
        ),
        (
            "Die Maßnahme oder Aufgabe ist durch Dritte gegenfinanziert:",
            [("vollständig", "false"), ("teilweise", "false"), ("nicht", "false")],
        ),
    )
    form = table(
        (LINE - 3_900, 3_900),
        [
            _question(
                "Der Beschluss hat finanzielle Auswirkungen:", [("ja", some), ("nein", none)]
            ),
            steer(f"if not ({none})", 2),
            *(_question(words, answers) for words, answers in questions),
            steer("endif", 2),
        ],
        caption="Fragen zu den finanziellen Auswirkungen",
        description="Frage und Antwort zum Ankreuzen",
    )
    return [form, _SMALL_GAP]


def _question(words: str, answers: Sequence[tuple[str, str]]) -> Row:
    last, _ = answers[-1]
    ticks = [
        run
        for word, said in answers
        for run in (box(said), text(f"{NBSP}{word}{'' if word == last else '   '}"))
    ]
    return Row([cell(words, keep=True), cell(*ticks, keep=True)])


def _years() -> list[str]:
    """Return a table over the budget year and the plan: result and investment apart."""
    columns = ("jahr_1", "jahr_2", "jahr_3", "jahr_4", "jahr_5", "danach")
    width = 1_210

    def line(name: str, first: str, *, head: bool = False, last: bool = False) -> Row:
        cells = [cell(first, bold=head, keep=not last)]
        cells += [
            cell(f"{{{{ {name}.{column} }}}}", bold=head, right=True, keep=not last)
            for column in columns
        ]
        return Row(cells, head=head)

    return [
        tag("if finanzierung.jahre"),
        tag("for teil in finanzierung.jahre.teile"),
        _SMALL_GAP,
        table(
            (LINE - 6 * width, *[width] * 6),
            [
                line("finanzierung.jahre.kopf", "{{ teil.titel }}", head=True),
                steer("for zeile in teil.zeilen", 7),
                steer("if loop.last", 7),
                line("zeile", "{{ zeile.text }}", last=True),
                steer("else", 7),
                line("zeile", "{{ zeile.text }}"),
                *(steer("endif", 7), steer("endfor", 7)),
            ],
            caption="Finanzielle Auswirkungen nach Jahren",
            description="Erträge, Aufwendungen und Saldo in jedem Jahr der Planung",
        ),
        tag("endfor"),
        tag("if finanzierung.jahre.hinweis"),
        paragraph("{{ finanzierung.jahre.hinweis }}", style="VorlageVermerk"),
        tag("endif"),
        tag("endif"),
    ]


def _unanswered() -> list[str]:
    """Return the questions where nobody has answered, behind the cover as any other text."""
    title = "Finanzielle Auswirkungen:"
    return [
        tag("if not finanzierung"),
        tag("if abschnitte"),
        paragraph(title, style="Heading2"),
        tag("else"),
        paragraph(title, style="Heading2", look="<w:pageBreakBefore/>"),
        tag("endif"),
        *_asked(),
        tag("endif"),
    ]
