"""The one way in: every act that moves a route passes here, from pages, commands and tests.

One transaction: lock the proposal's row, find the task, run the use case (which asks the policy),
walk the engine on, let it follow the facts. Raises PermissionDenied, RuleViolation (TaskNotOpen
where somebody was faster); nothing is changed then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from proposals.history.journal import transaction_of_record
from proposals.models import (
    AgendaItem,
    Consultation,
    Meeting,
    Municipality,
    Proposal,
    ResultReview,
    User,
)
from proposals.rules.errors import RuleViolation
from proposals.services import consultation as route
from proposals.services import takeover, urgency
from proposals.services.common import lock
from proposals.services.drafting import DraftAnswer, create_proposal
from proposals.services.meeting import PlanAnswer, plan_meeting
from proposals.services.results import ItemResultAnswer, ResultAnswer, correct_result
from proposals.services.voting import BallotAnswer, record_ballot

from . import engine
from .beside import STATEMENTS, Owner
from .checks import wrong_status, wrong_tasks
from .engine import TaskNotOpen, Turn
from .meeting_acts import MEETING_ACTS
from .paper_acts import PAPER_ACTS
from .steps import STEPS


@contextmanager
def _locked(proposal_id: int) -> Iterator[Proposal]:
    with transaction_of_record():
        yield lock(proposal_id)


def start(*, actor: User, answer: DraftAnswer, on: Any = None) -> Proposal:
    """Begin a proposal and its flow."""
    with transaction_of_record():
        proposal = create_proposal(actor=actor, answer=answer, on=on)
        engine.start(proposal)
    return proposal


def take_over(*, actor: User, answer: takeover.TakeOverAnswer) -> Proposal:
    """Enter a proposal that is under way already; its flow begins where the facts are."""
    with transaction_of_record():
        proposal = takeover.take_over(actor=actor, answer=answer)
        engine.rebuild(proposal)
    return proposal


def complete(*, actor: User, turn: Turn, answer: Any) -> Any:
    """Do one human step and return what its use case does; `answer` is its frozen dataclass."""
    if turn.proposal_id is None:
        return _do_step_of_item(actor, turn, answer)
    with _locked(turn.proposal_id) as proposal:
        return _do_step(actor, proposal, turn, answer)


def _do_step_of_item(actor: User, turn: Turn, answer: Any) -> Any:
    """Do a step on an item without a proposal: the one lock is that of its meeting."""
    step = STEPS[turn.step]
    with transaction_of_record():
        reviews = ResultReview.everything.filter(pk=turn.subject_id or 0)
        meetings = Meeting.everything.select_for_update(no_key=True)
        list(meetings.filter(pk__in=reviews.values("agenda_item__meeting")))
        subject = engine.subject_of(turn, None)
        task = engine.find(turn)
        result = step.use_case(actor=actor, **{step.argument: subject}, answer=answer)
        engine.finish(task, None, subject, actor)
    return result


def _do_step(actor: User, proposal: Proposal, turn: Turn, answer: Any) -> Any:
    step = STEPS[turn.step]
    if proposal.withdrawn_on is not None:
        raise TaskNotOpen(withdrawn=True)
    subject = engine.subject_of(turn, proposal)
    task = engine.find(turn)
    result = step.use_case(actor=actor, **{step.argument: subject}, answer=answer)
    if proposal.withdrawn_on is not None:  # the result of an item: the whole flow ends with it
        engine.withdraw(proposal)
    else:
        engine.finish(task, proposal, subject, actor)
    if step.moves_stations:
        engine.follow_facts(proposal)
    if proposal.moved_statements:  # two statements less in nearly every act
        engine.follow_beside(proposal, STATEMENTS)
    return result


def act(*, actor: User, proposal: Proposal, answer: Any) -> Any:
    """Do one act on a paper besides its steps; the answer's type says which one it is.

    The tasks are made anew where they no longer are what the facts demand.
    """
    use_case = PAPER_ACTS[type(answer)]
    with _locked(proposal.pk) as proposal:
        if proposal.withdrawn_on is not None:
            raise TaskNotOpen(withdrawn=True)
        result = use_case(actor=actor, proposal=proposal, answer=answer)
        engine.follow_beside(proposal)
        if not agrees(proposal):
            _rebuild(proposal)
    return result


def withdraw(*, actor: User, proposal: Proposal, answer: route.WithdrawAnswer) -> Proposal:
    """Withdraw a proposal, at any time before its deciding vote."""
    with _locked(proposal.pk) as proposal:
        route.withdraw(actor=actor, proposal=proposal, answer=answer)
        engine.withdraw(proposal)
        engine.follow_facts(proposal)
    return proposal


def insert(*, actor: User, proposal: Proposal, answer: route.InsertAnswer) -> Consultation:
    """Insert a station into a route under way."""
    with _locked(proposal.pk) as proposal:
        row = route.insert_consultation(actor=actor, proposal=proposal, answer=answer)
        engine.follow_facts(proposal)
    return row


def drop(*, actor: User, consultation: Consultation, answer: route.SkipAnswer) -> Consultation:
    """Let an open station fall out of a route under way."""
    with _locked(consultation.proposal_id) as proposal:
        row = Consultation.everything.select_related("committee__municipality").get(
            pk=consultation.pk
        )
        row.proposal = proposal
        route.skip_consultation(actor=actor, consultation=row, answer=answer)
        engine.follow_facts(proposal)
        engine.follow_beside(proposal, STATEMENTS)
    return row


def urgent(*, actor: User, proposal: Proposal, answer: urgency.UrgentAnswer) -> Proposal:
    """Let another organ decide in place of the council."""
    with _locked(proposal.pk) as proposal:
        urgency.decide_urgently(actor=actor, proposal=proposal, answer=answer)
        engine.follow_facts(proposal)
        engine.follow_beside(proposal, STATEMENTS)
    return proposal


def record(*, actor: User, agenda_item: AgendaItem, answer: ResultAnswer) -> AgendaItem:
    """Record the result of an item, whether it is the first one or stands already.

    A first result of a station is its step "treat", one that stands is corrected; an item without
    a proposal is an act on its meeting.
    """
    station = agenda_item.consultation
    if station is None:
        answer_of_item = ItemResultAnswer(agenda_item.pk, answer)
        _, item = _do_act(actor, agenda_item.meeting, answer_of_item)
        return cast(AgendaItem, item)
    with _locked(station.proposal_id) as proposal:
        if AgendaItem.everything.filter(pk=agenda_item.pk).exclude(outcome="").exists():
            return _correct(actor, proposal, _of_proposal(agenda_item.pk, proposal), answer)
        turn = Turn(proposal.pk, "treat", station.pk)
        recorded: AgendaItem = _do_step(actor, proposal, turn, answer)
    return recorded


def ballot(*, actor: User, agenda_item: AgendaItem, answer: BallotAnswer) -> None:
    """Record a vote besides the main one; where a result stands already, it may change that."""
    station = agenda_item.consultation
    if station is None:
        complete_meeting(actor=actor, meeting=agenda_item.meeting, answer=answer)
        return
    with _locked(station.proposal_id) as proposal:
        item = _of_proposal(agenda_item.pk, proposal)
        record_ballot(actor=actor, item=item, answer=answer)
        if item.outcome:
            _follow_correction(proposal)


def correct(*, actor: User, agenda_item: AgendaItem, answer: ResultAnswer) -> AgendaItem:
    """Correct a result; what it had closed reopens, what it had opened falls away."""
    assert agenda_item.consultation is not None
    with _locked(agenda_item.consultation.proposal_id) as proposal:
        return _correct(actor, proposal, _of_proposal(agenda_item.pk, proposal), answer)


def _correct(actor: User, proposal: Proposal, item: AgendaItem, answer: ResultAnswer) -> AgendaItem:
    correct_result(actor=actor, agenda_item=item, answer=answer)
    _follow_correction(proposal)
    return item


def _item(pk: int) -> AgendaItem:
    rows = AgendaItem.everything.select_related(
        "meeting",
        "basis",
        "result_wording",
        "committee__municipality",
        "consultation__committee__municipality",
    )
    item: AgendaItem = rows.get(pk=pk)
    return item


def _of_proposal(pk: int, proposal: Proposal) -> AgendaItem:
    item = _item(pk)
    assert item.consultation is not None
    item.consultation.proposal = proposal
    return item


def _follow_correction(proposal: Proposal) -> None:
    """Follow the facts; rebuild where the parent's place no longer fits (a return taken back)."""
    engine.follow_facts(proposal)
    engine.follow_beside(proposal)
    if not agrees(proposal):
        _rebuild(proposal)


def plan(*, actor: User, municipality: Municipality, answer: PlanAnswer) -> Meeting:
    """Plan a meeting of one committee or, as a joint one, of several."""
    with transaction_of_record():
        return plan_meeting(actor=actor, municipality=municipality, answer=answer)


def complete_meeting(*, actor: User, meeting: Meeting, answer: Any) -> Meeting:
    """Do one act on a meeting: lock the proposals it concerns by key, then the meeting.

    `answer` is the frozen dataclass of the act and says which one it is.
    """
    return _do_act(actor, meeting, answer)[0]


def _do_act(actor: User, meeting: Meeting, answer: Any) -> tuple[Meeting, Any]:
    """Do one act on a meeting; return the meeting as locked, and what the use case returned."""
    act = MEETING_ACTS[type(answer)]
    with transaction_of_record():
        proposals = _lock_all(act.concerns(meeting, answer))
        meeting = Meeting.everything.select_for_update(no_key=True).get(pk=meeting.pk)
        if act.concerns(meeting, answer) != [proposal.pk for proposal in proposals]:
            raise RuleViolation(
                "Die Tagesordnung hat sich gerade geändert. Bitte wiederholen Sie den Schritt."
            )
        result = act.use_case(actor=actor, meeting=meeting, proposals=proposals, answer=answer)
        if act.moves_stations:
            for proposal in proposals:
                _follow_meeting(proposal)
        if act.corrects:
            for proposal in proposals:
                _follow_correction(proposal)
        if meeting.moved_reviews:  # two statements less in every other act
            engine.follow_reviews(meeting)
    return meeting, result


def _lock_all(ids: list[int]) -> list[Proposal]:
    """Lock proposals in the order of their keys, so that two acts never wait for each other."""
    if not ids:
        return []
    rows = Proposal.everything.select_for_update(no_key=True).filter(pk__in=ids)
    return list(rows.order_by("pk"))


def _follow_meeting(proposal: Proposal) -> None:
    if proposal.withdrawn_on is not None:
        engine.withdraw(proposal)
    engine.follow_facts(proposal)
    engine.follow_agenda(proposal)
    engine.follow_beside(proposal, STATEMENTS)


def agrees(owner: Owner) -> bool:
    """Answer whether the open tasks of a proposal, or of a meeting, are those the facts demand."""
    return not wrong_tasks(owner)


@dataclass(frozen=True)
class Finding:
    """A contradiction between facts and what was derived from them."""

    sentence: str
    repaired: bool


def examine(proposal_id: int, *, repair: bool = False) -> list[Finding]:
    """Return what contradicts a proposal's facts, held still by its lock while it is looked at.

    `repair` makes the tasks anew from the facts. A wrong status is only named: it is tracked, so
    an act of somebody has to set it right.
    """
    with _locked(proposal_id) as proposal:
        tasks, word = wrong_tasks(proposal), wrong_status(proposal)
        if repair and tasks:
            _rebuild(proposal)
        mended = repair and agrees(proposal)
    findings = [Finding(sentence, mended) for sentence in tasks]
    return [*findings, Finding(word, repaired=False)] if word else findings


def examine_meeting(meeting_id: int, *, repair: bool = False) -> list[Finding]:
    """Return which tasks on a meeting's items without a proposal contradict the facts."""
    with transaction_of_record():
        meeting = Meeting.everything.select_for_update(no_key=True).get(pk=meeting_id)
        tasks = wrong_tasks(meeting)
        if repair and tasks:
            engine.forget_reviews(meeting)
            engine.follow_reviews(meeting)
        mended = repair and agrees(meeting)
    return [Finding(sentence, mended) for sentence in tasks]


def rebuild(proposal: Proposal) -> None:
    """Throw the engine's rows of a proposal away and make them anew from the facts."""
    with transaction_of_record():
        _rebuild(lock(proposal.pk))


def _rebuild(proposal: Proposal) -> None:
    engine.forget(proposal)
    engine.rebuild(proposal)
