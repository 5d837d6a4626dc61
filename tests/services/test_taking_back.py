"""The last entry is taken back: the item is open again, and so is what the result had closed."""

import pytest

from proposals.models import Vote
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.services.meeting import SignMinutesAnswer
from proposals.services.results import TakeBackAnswer
from tests import factories as f
from tests import sittings as s
from workflows import gate


@pytest.fixture
def house(db: None) -> f.House:
    return f.make_house()


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [
        (Outcome.DECIDED, (4, 1, 0)),
        (Outcome.REJECTED, (1, 4, 0)),
        (Outcome.POSTPONED, None),
        (Outcome.RETURNED, None),
        (Outcome.NOTED, None),
    ],
)
def test_a_result_is_taken_back_with_everything_it_did_to_the_route(
    house: f.House, outcome: Outcome, counts: s.Counts | None
) -> None:
    meeting = s.plan(house, "council")
    item = s.paper(house, meeting)
    proposal = s.proposal_of(item)
    before = (s.stations(proposal), proposal.status)
    item = s.record(house, item, outcome, counts, entitled=5 if counts else None)

    s.act(house, meeting, TakeBackAnswer(item.pk, item.revision))

    item, proposal = s.take(item), f.reread(proposal)
    assert (item.outcome, item.taken_up) == ("", None)
    open_or_decided = [row for row in s.stations(proposal) if row[2] != "corrected"]
    assert (open_or_decided, proposal.status) == before
    assert not Vote.everything.exists()
    assert gate.agrees(proposal)
    again = s.record(house, item, Outcome.DECIDED, (3, 2, 0), entitled=5)
    assert again.outcome == Outcome.DECIDED


def test_an_item_without_a_paper_is_opened_again(house: f.House) -> None:
    meeting = s.plan(house, "council")
    item = s.add_item(house, meeting, "council")
    item = s.record(house, item, Outcome.DECIDED, (5, 0, 0), entitled=5)
    s.act(house, meeting, TakeBackAnswer(item.pk, item.revision))
    assert not s.take(item).outcome


def test_what_somebody_changed_since_or_what_is_signed_stays(house: f.House) -> None:
    meeting = s.plan(house, "council")
    item = s.paper(house, meeting)
    with pytest.raises(RuleViolation, match="kein Ergebnis"):
        s.act(house, meeting, TakeBackAnswer(item.pk, item.revision))
    first = s.record(house, item, Outcome.DECIDED, (4, 1, 0), entitled=5)
    s.record(house, item, Outcome.DECIDED, (5, 0, 0), entitled=5)
    with pytest.raises(RuleViolation, match="inzwischen geändert"):
        s.act(house, meeting, TakeBackAnswer(item.pk, first.revision))
    s.act(house, meeting, SignMinutesAnswer(f.DAY))
    with pytest.raises(RuleViolation, match="berichtigt, nicht zurückgenommen"):
        s.act(house, meeting, TakeBackAnswer(item.pk, first.revision + 1))


def test_what_stands_on_a_later_agenda_already_stays(house: f.House) -> None:
    meeting = s.plan(house, "council")
    item = s.record(house, s.paper(house, meeting), Outcome.POSTPONED)
    s.add_paper(house, s.plan(house, "council", hour=19), s.proposal_of(item), "council")
    with pytest.raises(RuleViolation, match="weiteren Tagesordnung"):
        s.act(house, meeting, TakeBackAnswer(item.pk, item.revision))
