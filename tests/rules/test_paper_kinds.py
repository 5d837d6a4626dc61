from dataclasses import replace

import pytest

from proposals.rules.paper_kinds import (
    KindLayout,
    layout_of,
    objection_to_kind_name,
    objection_to_layout,
    titles_of,
    with_layout,
)
from proposals.rules.sections import HouseSections
from proposals.rules.words import ProposalKind
from tests.rules.test_sections import BERGKAMEN, COESFELD, WEDEL, WITTMUND

BV, MV = ProposalKind.BESCHLUSSVORLAGE, ProposalKind.MITTEILUNGSVORLAGE
ORDER = ["wording", "problem", "solution", "finance"]


@pytest.mark.parametrize("house", [HouseSections(), COESFELD, WEDEL, WITTMUND, BERGKAMEN])
@pytest.mark.parametrize("kind", ProposalKind)
def test_what_is_shown_and_saved_unchanged_changes_nothing_that_is_printed(
    house: HouseSections, kind: ProposalKind
) -> None:
    saved = with_layout(house, kind, layout_of(house, kind))
    for other in ProposalKind:
        assert layout_of(saved, other) == layout_of(house, other)
    assert with_layout(HouseSections(), kind, layout_of(HouseSections(), kind)) == HouseSections()


def test_a_layout_is_that_of_its_kind_alone() -> None:
    layout = KindLayout(ORDER, {"problem": "Anlass"}, ["problem", "solution"], "Gründe")
    house = with_layout(BERGKAMEN, BV, layout)
    assert titles_of(house, BV) == [
        *("Beschlussvorschlag", "I. Anlass", "II. Lösung", "Finanzielle Auswirkungen"),
    ]
    assert house.joined_title(BV) == house.reasons_title(BV) == "Gründe"
    assert [block.under for block in house.blocks(BV, ["wording", "problem"])] == ["", "Gründe"]
    assert titles_of(house, MV) == titles_of(BERGKAMEN, MV)
    assert house.joined_title(MV) == ""


def test_counting_and_the_joined_heading_can_be_given_up_for_one_kind() -> None:
    layout = replace(layout_of(COESFELD, BV), counted=(), joined="")
    house = with_layout(COESFELD, BV, layout)
    assert (house.counted_in(BV), house.joined_title(BV)) == ([], "")
    assert house.reasons_title(BV) == "Problem"
    again = with_layout(house, BV, layout_of(COESFELD, BV))
    assert again == COESFELD


@pytest.mark.parametrize(
    ("layout", "field", "word"),
    [
        (KindLayout(["facts", "finance"]), "sections", "braucht den Abschnitt"),
        (KindLayout(["wording"], counted=["goals"]), "goals", "„Ziele“ kommt in dieser Art nicht"),
        (KindLayout(ORDER, counted=["finance"]), "finance", "wird nicht gezählt"),
        (
            KindLayout(["problem", "wording", "solution"], counted=["problem", "solution"]),
            "wording",
            "stehen hintereinander; „Beschlussvorschlag“",
        ),
    ],
)
def test_a_layout_that_cannot_be_printed_is_refused(
    layout: KindLayout, field: str, word: str
) -> None:
    objection = objection_to_layout(BV, layout)
    assert objection is not None
    assert objection.field == field
    assert word in str(objection)
    between = ["wording", "problem", "finance", "solution"]
    assert objection_to_layout(BV, KindLayout(between, counted=["problem", "solution"])) is None


def test_two_kinds_cannot_have_one_name() -> None:
    names = {BV: "Sitzungsvorlage", MV: "Bericht"}
    objection = objection_to_kind_name(MV, "sitzungsvorlage", names)
    assert str(objection) == "Eine andere Art heißt hier schon „Sitzungsvorlage“."
    assert objection_to_kind_name(BV, "Sitzungsvorlage", names) is None
