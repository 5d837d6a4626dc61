"""Count errors: approved minutes are corrected, people decide what follows (scenario 15)."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.models import AgendaItem, Consultation, Proposal, ResultReview, Role, Vote
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.review import ReviewDecision
from proposals.rules.voting import VoteKind
from proposals.selectors.decisions import known_route, with_status
from proposals.selectors.voting import reviews_of
from proposals.services.consultation import InsertAnswer
from proposals.services.meeting import ApproveMinutesAnswer
from proposals.services.review import DecisionAnswer, OpinionAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import DECISION, PRELIMINARY, House
from workflows import gate, inbox
from workflows.engine import TaskNotOpen, Turn
from workflows.models import ReviewProcess

LATER = f.DAY.replace(month=5)
OPINION = "Der Beschluss ist rechtswidrig."
STAY, AGAIN, STANDS = ReviewDecision.STAY, ReviewDecision.VOTE_AGAIN, ReviewDecision.STANDS


def corrected(
    house: House, committee: str = "council", role: ConsultationRole = DECISION
) -> AgendaItem:
    """Return an item whose approved minutes said 2:1 and whose recount says 1:2."""
    item = s.paper(house, s.plan(house, committee), committee, role)
    outcome = Outcome.RECOMMENDED if role == PRELIMINARY else Outcome.DECIDED
    s.record(house, item, outcome, (2, 1, 0))
    f.sign(house, item.meeting, approve=True)
    s.record(house, item, outcome, (1, 2, 0), reason="Nachgezählt")
    return item


def lawyer(house: House) -> None:
    f.make_user(house, "legal", Role.LEGAL)


def turn_of(review: ResultReview, step: str) -> Turn:
    return Turn(review.proposal_id, step, review.pk)


def advise(
    house: House, text: str = "Der Beschluss ist rechtswidrig.", actor: str = "legal"
) -> None:
    turn = turn_of(ResultReview.everything.get(), "advise_review")
    gate.complete(actor=house.user(actor), turn=turn, answer=OpinionAnswer(text))


def decide(
    house: House, decision: ReviewDecision, reason: str = "Nach Beratung", actor: str = "head"
) -> ResultReview:
    turn = turn_of(ResultReview.everything.get(), "decide_review")
    gate.complete(actor=house.user(actor), turn=turn, answer=DecisionAnswer(decision, reason))
    return ResultReview.everything.get()


def agreed(item: AgendaItem) -> Proposal:
    """Return the proposal, whose tasks are those that its facts demand."""
    proposal = s.proposal_of(item)
    assert gate.agrees(proposal)
    return proposal


def test_a_recount_that_says_something_else_opens_a_review_and_moves_nothing(
    house: House,
) -> None:
    item = corrected(house)
    review = ResultReview.everything.get()
    assert (review.agenda_item_id, review.vote.yes) == (item.pk, 1)
    assert review.opened_on == timezone.localdate()
    assert (s.take(item).outcome, agreed(item).status) == (Outcome.DECIDED, "adopted")

    s.record(house, item, Outcome.DECIDED, (1, 4, 0), reason="Noch einmal")
    assert ResultReview.everything.get() == review
    assert Vote.everything.count() == 3


def test_a_recount_that_comes_to_the_same_opens_none(house: House) -> None:
    item = s.paper(house, s.plan(house, "council"))
    s.record(house, item, Outcome.DECIDED, (3, 2, 0))
    f.sign(house, item.meeting, approve=True)
    s.record(house, item, Outcome.DECIDED, (4, 1, 0), reason="Nachgezählt")
    assert not ResultReview.everything.exists()


def test_the_lawyer_advises_and_the_head_decides(house: House) -> None:
    item = corrected(house)
    lawyer(house)
    for actor in ("head", "secretary"):
        with pytest.raises(PermissionDenied, match="Rechtsamt"):
            advise(house, actor=actor)
    with pytest.raises(RuleViolation, match="geben Sie eine Stellungnahme ab"):
        advise(house, " ")
    advise(house)
    assert ResultReview.everything.get().opinion == OPINION
    with pytest.raises(PermissionDenied, match="entscheidet die Verwaltungsleitung"):
        decide(house, STANDS, actor="legal")
    with pytest.raises(RuleViolation, match="begründen Sie die Entscheidung"):
        decide(house, STANDS, " ")
    review = decide(house, STANDS)
    assert (review.decision, review.decided_on) == (STANDS, timezone.localdate())
    assert agreed(item).status == "adopted"


def test_a_stay_shows_as_the_status_and_keeps_the_review_open(house: House) -> None:
    item = corrected(house)
    review = decide(house, STAY)
    assert (review.stayed_on, review.decided_on) == (timezone.localdate(), None)
    assert agreed(item).status == "execution_stayed"
    with pytest.raises(RuleViolation, match="schon ausgesetzt"):
        decide(house, STAY)
    lawyer(house)
    advise(house)
    decide(house, STANDS)
    assert agreed(item).status == "adopted"


def test_voting_again_inserts_a_station_and_its_decision_is_the_one_that_holds(
    house: House,
) -> None:
    item = corrected(house)
    decide(house, STAY)
    decide(house, AGAIN)
    proposal = agreed(item)
    again = f.station(proposal, "council")
    assert (again.role, again.replaces_id, again.inserted_by_id) == (
        DECISION,
        item.consultation_id,
        item.pk,
    )
    assert proposal.status == "adopted"
    later = f.schedule(house, again, f.DAY.replace(month=5))
    s.record(house, later, Outcome.REJECTED, (1, 4, 0))
    assert agreed(item).status == "rejected"


def test_advice_has_no_execution_that_could_be_stayed(house: House) -> None:
    item = corrected(house, "social", PRELIMINARY)
    with pytest.raises(RuleViolation, match="nur die Ausführung eines Beschlusses"):
        decide(house, STAY)
    decide(house, AGAIN)
    assert Consultation.everything.get(replaces=item.consultation_id).role == PRELIMINARY


def test_no_second_vote_waits_where_the_body_deals_with_it_anyway(house: House) -> None:
    item = corrected(house)
    answer = InsertAnswer(item.committee_id, DECISION, "Noch einmal", confirmed=True)
    gate.insert(actor=house.user("secretary"), proposal=s.proposal_of(item), answer=answer)
    with pytest.raises(RuleViolation, match="ohnehin noch über die Vorlage zu beraten"):
        decide(house, AGAIN)


def test_a_count_error_waits_for_its_people_also_while_the_paper_is_back_in_the_house(
    house: House,
) -> None:
    lawyer(house)
    item = corrected(house, "social", PRELIMINARY)
    f.insert(house, s.proposal_of(item), "council", DECISION)
    listed = f.schedule(house, f.station(s.proposal_of(item), "council"), LATER)
    s.record(house, listed, Outcome.RETURNED)
    assert agreed(item).status == "returned"
    advise(house)
    assert decide(house, STANDS).decided_on == timezone.localdate()
    assert agreed(item).status == "returned"


def test_a_withdrawn_paper_leaves_no_count_error_to_decide_until_that_is_taken_back(
    house: House,
) -> None:
    lawyer(house)
    item = corrected(house, "social", PRELIMINARY)
    f.insert(house, s.proposal_of(item), "council", DECISION)
    listed = f.schedule(house, f.station(s.proposal_of(item), "council"), LATER)
    advise(house)
    s.record(house, listed, Outcome.WITHDRAWN)
    assert agreed(item).status == "withdrawn"
    with pytest.raises(TaskNotOpen):
        decide(house, STANDS)

    s.record(house, listed, Outcome.DECIDED, (3, 2, 0))
    assert agreed(item).status == "adopted"
    with pytest.raises(TaskNotOpen):  # its opinion is there
        advise(house)
    assert decide(house, STANDS).decided_on == timezone.localdate()


def recounted(house: House, committee: str = "council") -> AgendaItem:
    """Return an item without a paper whose approved minutes said 3:2 and whose recount 2:3."""
    meeting = s.plan(house, committee)
    item = s.add_item(house, meeting, committee)
    s.record(house, item, Outcome.DECIDED, (3, 2, 0))
    f.sign(house, meeting)
    s.act(house, meeting, ApproveMinutesAnswer(f.DAY))
    s.record(house, item, Outcome.DECIDED, (2, 3, 0), reason="Nachgezählt")
    return item


def steps_of(house: House, user: str) -> list[tuple[str, AgendaItem | None]]:
    return [(task.turn.step, task.item) for task in inbox.tasks_for(house.user(user))]


def test_an_item_without_a_paper_gives_the_same_people_the_same_tasks(house: House) -> None:
    lawyer(house)
    item = recounted(house)
    review = ResultReview.everything.get()
    assert (review.proposal, review.agenda_item_id) == (None, item.pk)
    assert steps_of(house, "legal") == [("advise_review", item)]
    assert steps_of(house, "head") == [("decide_review", item)]
    assert steps_of(house, "secretary") == []
    assert gate.agrees(item.meeting)

    with pytest.raises(PermissionDenied, match="Rechtsamt"):
        advise(house, actor="secretary")
    advise(house)
    assert (steps_of(house, "legal"), gate.agrees(item.meeting)) == ([], True)
    decide(house, STAY)
    assert steps_of(house, "head") == [("decide_review", item)], "a stay is no end"
    assert decide(house, AGAIN).decided_on == timezone.localdate()
    assert (steps_of(house, "head"), gate.agrees(item.meeting)) == ([], True)
    with pytest.raises(TaskNotOpen):
        decide(house, STANDS)


def test_a_recounted_ballot_of_an_item_without_a_paper_asks_them_as_well(
    house: House,
) -> None:
    meeting = s.plan(house, "council")
    item = s.add_item(house, meeting, "council")
    s.record(house, item, Outcome.DECIDED, (3, 2, 0))
    motion = s.ballot(house, item, VoteKind.PROCEDURAL, (3, 2, 0))
    f.sign(house, meeting)
    s.act(house, meeting, ApproveMinutesAnswer(f.DAY))
    late: dict[str, Any] = {"reason": "Nachgezählt", "corrects_id": motion.pk}
    s.ballot(house, item, VoteKind.PROCEDURAL, (2, 3, 0), **late)
    assert steps_of(house, "head") == [("decide_review", item)]
    assert gate.agrees(meeting)


def test_the_tasks_of_an_item_without_a_paper_are_made_anew_from_the_facts(house: House) -> None:
    lawyer(house)
    item = recounted(house)
    advise(house)
    ReviewProcess.objects.all().delete()
    assert [one.repaired for one in gate.examine_meeting(item.meeting_id)] == [False]
    assert [one.repaired for one in gate.examine_meeting(item.meeting_id, repair=True)] == [True]
    assert (steps_of(house, "legal"), gate.examine_meeting(item.meeting_id)) == ([], [])
    assert steps_of(house, "head") == [("decide_review", item)]


def test_a_review_of_what_happened_behind_closed_doors_tells_others_nothing(house: House) -> None:
    item = corrected(house, "main")
    decide(house, STAY)
    proposal, outsider = s.proposal_of(item), house.user("staffer")
    assert proposal.status == "execution_stayed"
    assert known_route(proposal, house.user("secretary")).status == "execution_stayed"
    assert known_route(proposal, outsider).status not in ("execution_stayed", "adopted")
    stayed = Proposal.objects.visible_to(outsider).filter(with_status("execution_stayed", outsider))
    assert not stayed.exists()
    assert reviews_of([item], house.user("secretary"))[item.pk]
    assert reviews_of([item], outsider) == {}
