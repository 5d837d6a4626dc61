import pytest

from proposals.rules.sections import (
    REQUIRED_SECTIONS_OF,
    SECTIONS_OF,
    HouseSections,
    Section,
    objection_to_sections,
)
from proposals.rules.words import ProposalKind

BV, MV = ProposalKind.BESCHLUSSVORLAGE, ProposalKind.MITTEILUNGSVORLAGE
PARTS = ["problem", "solution", "alternatives", "effects", "competence"]
COESFELD = HouseSections(
    of_kind={"beschlussvorlage": ["wording", *PARTS, "finance"]},
    order=["wording", "facts", "finance"],
    names={"facts": "Begründung", "counted": "Begründung"},
    counted=PARTS,
)
WEDEL = HouseSections(
    of_kind={"beschlussvorlage": ["goals", "facts", "finance", "wording"]},
    names={
        "mitteilungsvorlage": {"facts": "Inhalt der Mitteilung"},
        "beschlussvorlage": {"facts": "Darstellung des Sachverhalts"},
    },
)
WITTMUND = HouseSections(of_kind={"beschlussvorlage": ["facts", "finance", "wording"]})
BERGKAMEN = HouseSections(order=["wording", "facts"], names={"facts": "Sachdarstellung"})


def titles(house: HouseSections, kind: ProposalKind, *filled: str) -> list[str]:
    return [block.title for block in house.blocks(kind, filled, with_finance=True)]


def test_every_kind_has_sections_and_the_required_ones_are_among_them() -> None:
    assert set(SECTIONS_OF) == set(REQUIRED_SECTIONS_OF) == set(ProposalKind)
    for kind in ProposalKind:
        assert REQUIRED_SECTIONS_OF[kind] <= set(SECTIONS_OF[kind])
        assert REQUIRED_SECTIONS_OF[kind]
        assert HouseSections().of(kind) == SECTIONS_OF[kind]
        assert HouseSections().required(kind) == REQUIRED_SECTIONS_OF[kind]


def test_a_mitteilung_proposes_nothing_and_alternatives_are_free() -> None:
    assert SECTIONS_OF[MV] == (Section.FACTS,)
    assert Section.ALTERNATIVES in SECTIONS_OF[BV]
    assert Section.ALTERNATIVES not in REQUIRED_SECTIONS_OF[BV]


def test_a_question_has_questions_and_an_answer_an_answer() -> None:
    assert REQUIRED_SECTIONS_OF[ProposalKind.ANFRAGE] == {Section.QUESTIONS}
    assert REQUIRED_SECTIONS_OF[ProposalKind.ANTWORT] == {Section.ANSWER}


def test_each_house_prints_its_own_order_and_headings() -> None:
    assert titles(WITTMUND, BV, "facts", "wording") == [
        *("Sachverhalt", "Finanzielle Auswirkungen", "Beschlussvorschlag"),
    ]
    assert titles(BERGKAMEN, BV, "facts", "wording") == [
        *("Beschlussvorschlag", "Sachdarstellung", "Finanzielle Auswirkungen"),
    ]
    assert titles(WEDEL, MV, "facts") == ["Inhalt der Mitteilung", "Finanzielle Auswirkungen"]
    assert titles(WEDEL, BV, "facts", "wording")[0] == "Darstellung des Sachverhalts"


@pytest.mark.parametrize(
    ("filled", "expected"),
    [
        (PARTS, ["I. Problem", "II. Lösung", "III. Alternativen"]),
        (["problem"], ["I.–V. Problem, Lösung, Alternativen, Auswirkungen/Zusammenhänge"]),
        (["problem", "competence"], ["I.–IV. Problem", "V. Zuständigkeit"]),
        (["solution", "competence"], ["I.–IV. Problem, Lösung", "V. Zuständigkeit"]),
        (["problem", "solution", "alternatives"], ["I. Problem", "II. Lösung", "III.–V. "]),
    ],
)
def test_an_empty_counted_section_goes_under_its_neighbours_heading(
    filled: list[str], expected: list[str]
) -> None:
    found = [block for block in COESFELD.blocks(BV, [*filled, "wording"]) if block.under]
    assert {block.under for block in found} == {"Begründung"}
    assert [block.title[: len(start)] for block, start in zip(found, expected, strict=False)] == (
        expected
    )
    assert [block.section for block in found] == [name for name in PARTS if name in filled]


def test_the_figures_stand_on_the_draft_too() -> None:
    assert COESFELD.title(Section.EFFECTS, BV) == "IV. Auswirkungen/Zusammenhänge"
    assert COESFELD.title(Section.WORDING, BV) == "Beschlussvorschlag"
    assert COESFELD.title(Section.FACTS, MV) == "Begründung"
    assert COESFELD.reasons_title(BV) == "Begründung"
    assert WITTMUND.reasons_title(BV) == "Sachverhalt"


def test_a_house_without_sachverhalt_needs_the_section_in_its_place() -> None:
    assert COESFELD.required(BV) == {Section.WORDING, Section.PROBLEM}
    assert WEDEL.required(BV) == {Section.WORDING, Section.FACTS}


def test_a_text_of_a_section_that_was_given_up_is_still_printed() -> None:
    assert titles(COESFELD, BV, "wording", "facts")[-1] == "Begründung"
    assert Section.FACTS not in COESFELD.of(BV)


@pytest.mark.parametrize(
    ("kind", "sections", "word"),
    [
        (BV, ["wording", "nonsense"], "gibt es nicht"),
        (BV, ["wording", "facts", "facts"], "zweimal"),
        (BV, ["facts"], "braucht den Abschnitt „Beschlussvorschlag“"),
        (ProposalKind.ANFRAGE, ["questions", "wording"], "hat keinen Beschlussvorschlag"),
        (MV, ["finance"], "braucht einen Abschnitt"),
    ],
)
def test_a_house_cannot_do_without_what_a_kind_is_made_of(
    kind: ProposalKind, sections: list[str], word: str
) -> None:
    objection = objection_to_sections(kind, sections)
    assert objection is not None
    assert word in str(objection)
    assert objection_to_sections(BV, ["facts", "finance", "wording"]) is None
    assert objection_to_sections(MV, ["facts", "wording"]) is None
