import pytest

from proposals.rules.boxes import USUAL, HouseBoxes, objection_to_boxes
from proposals.rules.costs import CostKind, CostLine
from proposals.rules.finances import Finances
from proposals.rules.plausibility import NoteCode
from tests.rules.test_plausibility import WITTMUND_PAPER, changed, notes_of

OELDE = HouseBoxes.of([["expense", "Kosten"], ["follow_up", "Kosten im Jahr"]])


def labels(finances: Finances) -> list[str]:
    return [box.label for box in finances.boxes]


def test_a_house_that_says_nothing_has_the_three_usual_boxes() -> None:
    assert [USUAL.name(kind) for kind in USUAL.shown()] == [kind.label for kind in CostKind]
    assert labels(Finances(drafted=2020)) == [kind.label for kind in CostKind]


def test_the_boxes_have_the_names_and_the_order_of_the_house() -> None:
    house = HouseBoxes.of([["income", "Erträge"], ["expense", "Aufwendungen"]])
    paper = Finances(lines=(CostLine("Bau", None),), house=house, drafted=2020)
    assert labels(paper) == ["Erträge", "Aufwendungen"]
    assert paper.total_words == paper.boxes[1].words == "nicht beziffert (unvollständig)"
    assert HouseBoxes.of([["expense", "gesamte Kosten"]]).title(CostKind.EXPENSE) == (
        "Gesamte Kosten"
    )


def test_a_box_that_was_given_up_is_shown_while_something_is_said_in_it() -> None:
    assert labels(Finances(house=OELDE, drafted=2020)) == ["Kosten", "Kosten im Jahr"]
    said = Finances(income_words="500", house=OELDE, drafted=2020)
    assert labels(said) == ["Kosten", "Kosten im Jahr", "objektbezogene Einnahmen"]
    listed = CostLine("Gebühren", None, kind=CostKind.INCOME)
    assert len(labels(Finances(lines=(listed,), house=OELDE, drafted=2020))) == 3


def test_an_amount_in_a_box_alone_and_a_note_have_the_name_of_the_house() -> None:
    paper = Finances(follow_up_words="1.200 €", house=OELDE, drafted=2020)
    assert [line.text for line in paper.counted] == ["Kosten im Jahr"]
    (note,) = notes_of(changed(WITTMUND_PAPER, house=OELDE), NoteCode.UNQUANTIFIED)
    assert "; Kosten mindestens" in note.sentence


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([["expense", "Kosten"], ["gift", "Spende"]], "Das Finanzfeld „gift“ gibt es nicht."),
        ([["expense", "Kosten"], ["expense", "Mehr"]], "zweimal"),
        ([["income", "Erträge"]], "braucht jedes Formular"),
        ([], "braucht jedes Formular"),
        ([["expense", "Kosten"], ["income", "kosten"]], "Zwei Finanzfelder heißen „kosten“."),
        ([["expense", ""], ["income", "Gesamtkosten"]], "Zwei Finanzfelder heißen"),
    ],
)
def test_boxes_that_nobody_could_fill_in_are_refused(rows: list[list[str]], word: str) -> None:
    objection = objection_to_boxes(rows)
    assert objection is not None
    assert word in str(objection)
    assert objection_to_boxes([["expense", "Kosten"], ["income", ""]]) is None
