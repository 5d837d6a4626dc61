"""The course of a meeting set right: closed by mistake, another chair, another hour."""

from collections.abc import Sequence

from django.utils import timezone

from ...history.acts import Act
from ...history.journal import event
from ...models import Meeting, MeetingBreak, Proposal, User
from ...models.order import as_held
from ...rules.errors import RuleViolation
from ...rules.meeting import objection_to_correct, objection_to_reopen, objection_to_times
from ..attendance.chair import refuse_remote_chair
from ..common import changed, refuse_on
from ..deputies import require_runner
from ..items import NOT_RUNNING, items_of, refuse_settled
from .answers import CorrectSittingAnswer, ReopenAnswer
from .sitting import person_of


def reopen_meeting(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ReopenAnswer
) -> Meeting:
    """Take back that the meeting was closed: it goes on, and what it dealt with keeps its order.

    A break that ended with the meeting stays ended.
    """
    with event(actor, Act.MEETING_REOPENED, *proposals, meeting, reason=answer.reason):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_on(objection_to_reopen(meeting.state))
        refuse_settled(meeting, answer.reason)

        _keep_order(meeting)
        changed(meeting, closed_at=None)
    return meeting


def _keep_order(meeting: Meeting) -> None:
    """Number what has a result as it was held: while a meeting lasts the rest is still to come."""
    held = as_held(items_of(meeting), over=True)
    dealt_with = [item for item in held if item.taken_up or item.outcome]
    for place, item in enumerate(dealt_with, 1):
        if item.taken_up != place:
            item.taken_up = place
            item.save(update_fields=["taken_up"])  # somebody may be recording its result


def correct_sitting(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: CorrectSittingAnswer
) -> Meeting:
    """Set right who chaired the meeting and took its minutes, when it was opened and closed."""
    with event(actor, Act.MEETING_CORRECTED, meeting, reason=answer.reason):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_on(objection_to_correct(meeting.state))
        refuse_settled(meeting, answer.reason)
        _refuse_impossible(meeting, answer)
        values = {
            "opened_at": answer.opened_at,
            "closed_at": answer.closed_at,
            "chair": person_of(meeting, answer.chair_id, "chair"),
            "minute_taker": person_of(meeting, answer.minute_taker_id, "minute_taker"),
        }
        if all(getattr(meeting, name) == value for name, value in values.items()):
            raise RuleViolation("An diesen Angaben ändert sich nichts.")

        changed(meeting, **values)
        refuse_remote_chair(meeting)
    return meeting


def _refuse_impossible(meeting: Meeting, answer: CorrectSittingAnswer) -> None:
    """Raise RuleViolation for hours that cannot be; closing and reopening are acts of their own."""
    if (answer.closed_at is None) != (meeting.closed_at is None):
        raise RuleViolation(
            "Die Sitzung ist noch nicht geschlossen."
            if meeting.closed_at is None
            else "Bitte angeben, wann die Sitzung geschlossen wurde.",
            field="closed_at",
        )
    if timezone.localdate(answer.opened_at) < timezone.localdate(meeting.starts_at):
        raise RuleViolation(
            f"Die Sitzung war für den {timezone.localdate(meeting.starts_at):%d.%m.%Y} angesetzt; "
            "früher kann sie nicht eröffnet worden sein.",
            field="opened_at",
        )
    rows = MeetingBreak.objects.filter(meeting=meeting).values_list("began_at", "ended_at")
    refuse_on(objection_to_times(answer.opened_at, answer.closed_at, list(rows)))
