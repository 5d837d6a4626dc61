"""Results of items without a Vorlage, the minutes that one of them approves, and blocks."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import AgendaItem, Entry, Meeting, Minutes, Vote
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome, allowed_outcomes
from proposals.rules.errors import RuleViolation
from proposals.rules.voting import VoteResult
from proposals.services.meeting import CancelAnswer
from proposals.services.results import BlockAnswer, ItemResultAnswer, ResultAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import DECISION, NOTE, PRELIMINARY, House

LATER = date(2024, 4, 12)


@pytest.fixture
def meeting(house: House) -> Meeting:
    return s.plan(house, "council")


@pytest.mark.parametrize("outcome", allowed_outcomes(None))
def test_an_item_without_a_paper_has_a_result_of_its_own(
    house: House, meeting: Meeting, outcome: Outcome
) -> None:
    item = s.add_item(house, meeting, "council")
    counted = outcome in (Outcome.DECIDED, Outcome.REJECTED)
    numbers = (1, 4, 0) if outcome == Outcome.REJECTED else (4, 1, 0)
    text = {"text": "Frau A."} if outcome in (Outcome.ELECTED, Outcome.APPOINTED) else {}
    s.record(house, item, outcome, numbers if counted else None, **text)
    done = s.take(item)
    assert (done.outcome, done.revision, done.taken_up) == (outcome, 1, 1)
    assert Vote.everything.filter(agenda_item=item).exists() == counted
    assert done.result_wording is None


def test_what_only_a_paper_can_come_to_is_refused(house: House, meeting: Meeting) -> None:
    item = s.add_item(house, meeting, "council")
    for outcome in (Outcome.RECOMMENDED, Outcome.WITHDRAWN, Outcome.NOT_ADMITTED):
        with pytest.raises(RuleViolation, match="kein Ergebnis eines Punktes ohne Vorlage"):
            s.record(house, item, outcome)
    with pytest.raises(RuleViolation, match="Ein Wortlaut gehört zu einer Vorlage"):
        s.record(house, item, Outcome.DECIDED, (4, 1, 0), wording="<p>Neu.</p>")
    with pytest.raises(PermissionDenied, match="„Kreistag“ erfassen Sie nicht"):
        s.record(house, item, Outcome.NOTED, actor="minutes")
    paper = s.paper(house, meeting)
    answer = ItemResultAnswer(paper.pk, ResultAnswer(Outcome.NOTED, uuid4()))
    with pytest.raises(RuleViolation, match="gehört zu einer Vorlage"):
        s.act(house, meeting, answer)


def test_a_cancelled_meeting_has_no_results(house: House, meeting: Meeting) -> None:
    item = s.add_item(house, meeting, "council")
    s.act(house, meeting, CancelAnswer("Zu wenige Punkte"))
    with pytest.raises(RuleViolation, match="abgesagt"):
        s.record(house, item, Outcome.NOTED)


def test_it_is_corrected_in_place_and_the_other_screen_is_told(
    house: House, meeting: Meeting
) -> None:
    item = s.add_item(house, meeting, "council")
    s.record(house, item, Outcome.DECIDED, (4, 1, 0))
    s.record(house, item, Outcome.REJECTED, (1, 4, 0))
    assert s.vote_of(item).announced == VoteResult.LOST
    assert s.take(item).taken_up == 1
    with pytest.raises(RuleViolation, match="Inzwischen hat jemand anders"):
        s.record(house, item, Outcome.DECIDED, (4, 1, 0), revision=1)


def approval(house: House, meeting: Meeting) -> tuple[AgendaItem, Meeting]:
    """Return an item of a later meeting that approves the minutes of `meeting`."""
    later = s.plan(house, "council", day=LATER)
    title = "Genehmigung des Protokolls"
    item = s.add_item(house, later, "council", title, ItemKind.MINUTES, approves_id=meeting.pk)
    return item, later


def test_carried_minutes_are_approved_on_that_day(house: House, meeting: Meeting) -> None:
    item, _ = approval(house, meeting)
    with pytest.raises(RuleViolation, match=r"Das Protokoll vom 01\.03\.2024 ist noch nicht"):
        s.record(house, item, Outcome.DECIDED, (4, 0, 1))
    f.sign(house, meeting)
    s.record(house, item, Outcome.REJECTED, (1, 4, 0))
    assert Minutes.everything.get().approved_on is None
    entries = Entry.everything.count()
    s.record(house, item, Outcome.DECIDED, (4, 0, 1))
    assert Minutes.everything.get().approved_on == LATER
    assert Entry.everything.count() == entries + 1


def test_an_approval_is_taken_back_only_while_nothing_rests_on_it(
    house: House, meeting: Meeting
) -> None:
    matter = s.add_item(house, meeting, "council")
    s.record(house, matter, Outcome.DECIDED, (4, 1, 0))
    item, _ = approval(house, meeting)
    f.sign(house, meeting)
    s.record(house, item, Outcome.DECIDED, (4, 0, 1))
    s.record(house, item, Outcome.POSTPONED)
    assert Minutes.everything.get().approved_on is None
    s.record(house, item, Outcome.DECIDED, (4, 0, 1))

    s.record(house, matter, Outcome.DECIDED, (3, 2, 0), reason="Verzählt")
    with pytest.raises(RuleViolation, match="wurde seit der Genehmigung berichtigt"):
        s.record(house, item, Outcome.POSTPONED)
    assert Minutes.everything.get().approved_on == LATER
    s.record(house, item, Outcome.DECIDED, (5, 0, 0))


def block(
    house: House, meeting: Meeting, items: list[AgendaItem], outcome: Outcome, **values: Any
) -> None:
    answer = BlockAnswer(
        tuple(item.pk for item in items),
        f.answer_of({"outcome": outcome, "request_key": uuid4(), **values}),
        tuple(uuid4() for _ in items),
    )
    s.act(house, meeting, answer)


def test_a_block_is_one_act_with_a_vote_for_each_item_and_its_own_word(
    house: House, meeting: Meeting
) -> None:
    s.call_roll(house, meeting, "council", 4)
    route = (("council", PRELIMINARY), ("social", DECISION))
    advised = f.make_proposal(house, "in_route", route=route)
    items = [
        s.paper(house, meeting),
        s.add_paper(house, meeting, advised, "council"),
        s.paper(house, meeting, role=NOTE),
        s.add_item(house, meeting, "council"),
    ]
    entries = Entry.everything.count()
    block(house, meeting, items, Outcome.DECIDED, yes=4, no=0, abstained=0)
    assert Entry.everything.count() == entries + 1
    assert [s.take(item).outcome for item in items] == [
        Outcome.DECIDED,
        Outcome.RECOMMENDED,
        Outcome.NOTED,
        Outcome.DECIDED,
    ]
    assert [s.take(item).taken_up for item in items] == [1, 2, 3, 4]
    votes = Vote.everything.order_by("agenda_item")
    assert [(vote.agenda_item_id, vote.entitled) for vote in votes] == [
        (items[0].pk, 4),
        (items[1].pk, 4),
        (items[3].pk, 4),
    ]
    assert s.status_of(items[0]) == "adopted"
    assert f.reread(advised).status == "in_consultation"


def test_a_block_is_recorded_whole_or_not_at_all(house: House, meeting: Meeting) -> None:
    items = [s.paper(house, meeting), s.add_item(house, meeting, "council", "Wünsche")]
    s.number(house, meeting)
    s.record(house, items[1], Outcome.NOTED)
    with pytest.raises(RuleViolation, match=r"TOP Ö 2: Zu diesem .* steht schon"):
        block(house, meeting, items, Outcome.DECIDED, yes=4, no=0, abstained=0)
    assert not Vote.everything.exists()
    assert s.take(items[0]).outcome == ""
    other = s.add_item(house, s.plan(house, "social"), "social")
    with pytest.raises(RuleViolation, match="gibt es in der Sitzung nicht"):
        block(house, meeting, [items[0], other], Outcome.POSTPONED)
