"""Counts drawn by lot, entered through the gate: what carries a motion and what never does."""

from random import Random

import pytest

from proposals.models import AgendaItem
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.voting import VoteResult
from proposals.rules.words import Land
from tests import factories as f
from tests import sittings as s

MEMBERS, DRAWS = 43, 12


def carries(house: f.House, item: AgendaItem, numbers: s.Counts) -> bool:
    """Enter a count as a decision; return whether it is one, or refused as lost."""
    refusal = ""
    try:
        s.record(house, item, Outcome.DECIDED, numbers)
    except RuleViolation as raised:
        refusal = str(raised)
    if refusal:
        assert "Nach den gezählten Stimmen: „abgelehnt“" in refusal
        return False
    assert s.vote_of(item).computed == VoteResult.CARRIED
    return True


@pytest.mark.parametrize("land", [Land.NI, Land.NW, Land.SH])
def test_only_more_yes_than_no_decides_whoever_abstains(db: None, land: Land) -> None:
    house = f.make_house(land=land, seats=f.COUNTY)
    item = s.paper(house, s.plan(house, "council"))
    rnd = Random(land.value)  # noqa: S311  # drawn by lot, not secret
    for draw in range(DRAWS):
        yes = rnd.randint(1, MEMBERS // 2)
        no = yes if draw % 3 == 0 else rnd.randint(0, MEMBERS // 2)
        abstained = rnd.randint(1, MEMBERS - yes - no)
        for number in (0, abstained):
            assert carries(house, item, (yes, no, number)) == (yes > no), (yes, no, number)


@pytest.mark.parametrize("number", [1, MEMBERS])
def test_abstentions_alone_decide_nothing(db: None, number: int) -> None:
    house = f.make_house(seats=f.COUNTY)
    item = s.paper(house, s.plan(house, "council"))
    assert not carries(house, item, (0, 0, number))
    item = s.record(house, item, Outcome.REJECTED, (0, 0, number))
    assert s.status_of(item) == "rejected"
