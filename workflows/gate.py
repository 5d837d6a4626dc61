"""The one way in: every act that moves a route passes here, from pages, commands and tests.

One transaction: lock the proposal's row, find the task, run the use case (which asks the policy),
walk the engine on, let it follow the facts. Raises PermissionDenied, RuleViolation (TaskNotOpen
where somebody was faster); nothing is changed then.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from proposals.history.journal import transaction_of_record
from proposals.models import AgendaItem, Consultation, Meeting, Proposal, User
from proposals.rules.errors import RuleViolation
from proposals.services import consultation as route
from proposals.services.common import lock
from proposals.services.drafting import DraftAnswer, create_proposal
from proposals.services.meeting import (
    ApproveMinutesAnswer,
    InviteAnswer,
    SignMinutesAnswer,
    approve_minutes,
    invite,
    sign_minutes,
)
from proposals.services.voting import ResultAnswer, correct_result

from . import engine
from .checks import wrong_status, wrong_tasks
from .engine import TaskNotOpen, Turn
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


def complete(*, actor: User, turn: Turn, answer: Any) -> Any:
    """Do one human step and return what its use case does; `answer` is its frozen dataclass."""
    step = STEPS[turn.step]
    with _locked(turn.proposal_id) as proposal:
        if proposal.withdrawn_on is not None:
            raise TaskNotOpen(withdrawn=True)
        subject = engine.subjects(turn, proposal)
        task = engine.find(turn)
        result = step.use_case(actor=actor, **{step.argument: subject}, answer=answer)
        engine.finish(task, proposal, subject, actor)
        if step.moves_stations:
            engine.follow_facts(proposal)
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
        row = Consultation.everything.get(pk=consultation.pk)
        row.proposal = proposal
        route.skip_consultation(actor=actor, consultation=row, answer=answer)
        engine.follow_facts(proposal)
    return row


def correct(*, actor: User, agenda_item: AgendaItem, answer: ResultAnswer) -> AgendaItem:
    """Correct a result; what it had closed reopens, what it had opened falls away."""
    assert agenda_item.consultation is not None
    with _locked(agenda_item.consultation.proposal_id) as proposal:
        rows = AgendaItem.everything.select_related(
            "meeting", "basis", "result_wording", "consultation__committee__municipality"
        )
        item = rows.get(pk=agenda_item.pk)
        assert item.consultation is not None
        item.consultation.proposal = proposal
        correct_result(actor=actor, agenda_item=item, answer=answer)
        _follow_correction(proposal)
    return item


def _follow_correction(proposal: Proposal) -> None:
    """Follow the facts; rebuild where the parent's place no longer fits (a return taken back)."""
    engine.follow_facts(proposal)
    if not agrees(proposal):
        _rebuild(proposal)


def _on_agenda(meeting: Meeting) -> list[int]:
    """Return the proposals on a meeting's agenda, in the order in which they are locked."""
    items = AgendaItem.everything.filter(meeting=meeting, consultation__isnull=False)
    ids = items.values_list("consultation__proposal", flat=True)
    return sorted({pk for pk in ids if pk is not None})


MEETING_ACTS: dict[type, Callable[..., Any]] = {
    InviteAnswer: invite,
    SignMinutesAnswer: sign_minutes,
    ApproveMinutesAnswer: approve_minutes,
}


def complete_meeting(*, actor: User, meeting: Meeting, answer: Any) -> Meeting:
    """Do one act on a meeting: lock the proposals on its agenda by key, then the meeting.

    `answer` is the frozen dataclass of the act and says which one it is.
    """
    with transaction_of_record():
        proposals = [lock(pk) for pk in _on_agenda(meeting)]
        meeting = Meeting.everything.select_for_update(no_key=True).get(pk=meeting.pk)
        if _on_agenda(meeting) != [proposal.pk for proposal in proposals]:
            raise RuleViolation(
                "Die Tagesordnung hat sich gerade geändert. Bitte wiederholen Sie den Schritt."
            )
        act = MEETING_ACTS[type(answer)]
        act(actor=actor, meeting=meeting, proposals=proposals, answer=answer)
        for proposal in proposals:
            engine.follow_facts(proposal)
    return meeting


def agrees(proposal: Proposal) -> bool:
    """Answer whether the open tasks are those the facts demand."""
    return not wrong_tasks(proposal)


@dataclass(frozen=True)
class Finding:
    """A contradiction between a proposal's facts and what was derived from them."""

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


def rebuild(proposal: Proposal) -> None:
    """Throw the engine's rows of a proposal away and make them anew from the facts."""
    with transaction_of_record():
        _rebuild(lock(proposal.pk))


def _rebuild(proposal: Proposal) -> None:
    engine.forget(proposal)
    engine.rebuild(proposal)
