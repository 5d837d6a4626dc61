"""What the minutes make final: a count error after their approval, and their approval itself."""

import pytest
from django.urls import reverse

from proposals.models import AgendaItem, Minutes, ResultReview, Role, Vote
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.review import ReviewDecision
from proposals.rules.voting import VoteResult
from proposals.services.review import DecisionAnswer, OpinionAnswer
from tests import factories as f
from tests import sittings as s
from tests.census import refused
from tests.web.site import Visitor
from workflows import gate, inbox
from workflows.engine import Turn


@pytest.fixture
def recounted(county: f.House) -> AgendaItem:
    """An item decided 21:20 whose minutes are approved, and which a recount puts at 20:21."""
    f.make_user(county, "lawyer", Role.LEGAL)
    item = s.paper(county, s.plan(county, "council"))
    s.record(county, item, Outcome.DECIDED, (21, 20, 0))
    f.sign(county, item.meeting, approve=True)
    with refused("Bitte geben Sie den Grund der Berichtigung an"):
        s.record(county, item, Outcome.DECIDED, (20, 21, 0))
    return s.record(county, item, Outcome.DECIDED, (20, 21, 0), reason="Eine Stimme doppelt")


def steps(house: f.House, user: str) -> list[str]:
    """Return the steps that wait for somebody."""
    return [task.turn.step for task in inbox.tasks_for(house.user(user))]


def decide(house: f.House, item: AgendaItem, decision: ReviewDecision) -> None:
    review = ResultReview.everything.get(agenda_item=item)
    turn = Turn(s.proposal_of(item).pk, "decide_review", review.pk)
    answer = DecisionAnswer(decision, "Nach Anhörung des Rechtsamtes")
    gate.complete(actor=house.user("head"), turn=turn, answer=answer)


def test_scenario_15_a_recount_switches_nothing_by_itself(
    county: f.House, recounted: AgendaItem
) -> None:
    old, new = Vote.everything.filter(agenda_item=recounted).order_by("position")

    assert (old.yes, old.no, old.announced) == (21, 20, VoteResult.CARRIED), "approved: unchanged"
    assert (new.corrects, old.corrected_by) == (old, new), "linked both ways"
    assert (new.computed, new.announced) == (VoteResult.LOST, VoteResult.CARRIED)
    assert recounted.outcome == Outcome.DECIDED
    assert s.status_of(recounted) == "adopted"
    review = ResultReview.everything.get(agenda_item=recounted)
    assert (review.vote, review.decision) == (new, "")
    for url in (
        reverse("proposal-show", args=[s.proposal_of(recounted).pk]),
        reverse("item-show", args=[recounted.meeting_id, recounted.pk]),
    ):
        words = Visitor(county.user("secretary")).get(url).words
        assert "Zählfehler festgestellt, ergebnisrelevant; noch nicht entschieden" in words


def test_scenario_15_the_rechtsamt_advises_and_the_head_decides(
    county: f.House, recounted: AgendaItem
) -> None:
    review = ResultReview.everything.get(agenda_item=recounted)
    assert steps(county, "lawyer") == ["advise_review"]
    assert steps(county, "head") == ["decide_review"]

    turn = Turn(s.proposal_of(recounted).pk, "advise_review", review.pk)
    answer = OpinionAnswer("Der Beschluss ist nicht zustande gekommen.")
    gate.complete(actor=county.user("lawyer"), turn=turn, answer=answer)
    decide(county, recounted, ReviewDecision.STAY)

    assert s.status_of(recounted) == "execution_stayed"
    assert (steps(county, "lawyer"), steps(county, "head")) == ([], ["decide_review"])
    decide(county, recounted, ReviewDecision.STANDS)
    assert s.status_of(recounted) == "adopted"
    assert steps(county, "head") == []
    assert gate.examine(s.proposal_of(recounted).pk) == []


def test_scenario_15_the_body_may_have_to_vote_again(
    county: f.House, recounted: AgendaItem
) -> None:
    decide(county, recounted, ReviewDecision.VOTE_AGAIN)
    proposal = s.proposal_of(recounted)
    assert s.stations(proposal) == [
        ("council", "decision", "decided"),
        ("council", "decision", "open"),
    ]
    item = s.add_paper(
        county, s.plan(county, "council", day=f.DAY.replace(day=20)), proposal, "council"
    )
    s.record(county, item, Outcome.REJECTED, (20, 23, 0))
    assert s.status_of(item) == "rejected"


def test_scenario_22_an_item_without_a_vorlage_is_voted_on(county: f.House) -> None:
    first = s.plan(county, "social", day=f.DAY.replace(month=2))
    s.add_item(county, first, "social", "Bericht")
    second = s.plan(county, "social")
    item = s.add_item(county, second, "social", "", ItemKind.MINUTES, approves_id=first.pk)
    f.sign(county, first)

    item = s.record(county, item, Outcome.DECIDED, (9, 0, 2))

    vote = s.vote_of(item)
    assert (vote.yes, vote.no, vote.abstained, vote.computed) == (9, 0, 2, VoteResult.CARRIED)
    assert s.words_of(item).startswith("einstimmig bei 2 Enthaltungen")
    assert item.consultation is None
    assert Minutes.everything.get(meeting=first).approved_on == f.DAY
