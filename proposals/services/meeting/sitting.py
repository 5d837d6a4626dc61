"""The meeting itself: opened, suspended, resumed, closed, and what it did not get to."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Meeting, MeetingBreak, Minutes, Person, Proposal, User
from ...models.order import untreated
from ...rules.agenda import ItemKind
from ...rules.consultation import Outcome
from ...rules.errors import RuleViolation
from ...rules.meeting import (
    objection_to_close,
    objection_to_open,
    objection_to_record,
    objection_to_resume,
    objection_to_suspend,
)
from ...rules.minutes import objection_to_late_result
from ..attendance.chair import refuse_remote_chair
from ..carrying import carry_on, follow, put_off, target_of
from ..common import changed, refuse_on
from ..deputies import require_runner
from ..items import NOT_RUNNING, items_of
from .answers import CloseAnswer, OpenAnswer, PostponeRestAnswer, ResumeAnswer, SuspendAnswer

_NAMED = 5  # as many items as a sentence can name


def open_meeting(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: OpenAnswer
) -> Meeting:
    """Note that the meeting is opened, who chairs it and who takes the minutes."""
    with event(actor, Act.MEETING_OPENED, meeting):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_on(objection_to_open(meeting.state))
        planned = timezone.localdate(meeting.starts_at)
        today = planned >= timezone.localdate()
        at = answer.at or (_now() if today else meeting.starts_at)
        if timezone.localdate(at) < planned:
            raise RuleViolation(
                f"Die Sitzung ist für den {planned:%d.%m.%Y} angesetzt; bitte verlegen Sie sie, "
                "wenn sie früher stattfindet.",
                field="at",
            )

        changed(
            meeting,
            opened_at=at,
            chair=person_of(meeting, answer.chair_id, "chair"),
            minute_taker=person_of(meeting, answer.minute_taker_id, "minute_taker"),
        )
        refuse_remote_chair(meeting)
    return meeting


def person_of(meeting: Meeting, pk: int | None, field: str) -> Person | None:
    """Return somebody of the house; None stays None. Raises RuleViolation for a stranger."""
    if pk is None:
        return None
    person = Person.objects.filter(municipality=meeting.municipality_id, pk=pk).first()
    if person is None:
        raise RuleViolation("Diese Person gibt es hier nicht.", field=field)
    return person


def suspend_meeting(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: SuspendAnswer
) -> MeetingBreak:
    """Note that the meeting is suspended."""
    with event(actor, Act.MEETING_SUSPENDED, meeting, reason=answer.reason):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_on(objection_to_suspend(meeting.state))
        at = _not_before(answer.at, meeting.opened_at, "eröffnet")

        pause = MeetingBreak(meeting=meeting, began_at=at, reason=answer.reason.strip()[:400])
        pause.save()
    return pause


def resume_meeting(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ResumeAnswer
) -> MeetingBreak:
    """Note that a suspended meeting goes on."""
    with event(actor, Act.MEETING_RESUMED, meeting):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_on(objection_to_resume(meeting.state))
        pause = MeetingBreak.objects.get(meeting=meeting, ended_at__isnull=True)

        changed(pause, ended_at=_not_before(answer.at, pause.began_at, "unterbrochen"))
    return pause


def close_meeting(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: CloseAnswer
) -> Meeting:
    """Note that the meeting is closed; what has no result yet is named, never a wall."""
    with event(actor, Act.MEETING_CLOSED, meeting, reason=answer.reason):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_on(objection_to_close(meeting.state))
        refuse_on(objection_to_open_items(untreated(items_of(meeting))), reason=answer.reason)

        _close(meeting, answer.at)
    return meeting


def objection_to_open_items(items: Sequence[AgendaItem]) -> RuleViolation | None:
    """Ask why a meeting closes with items that nobody dealt with; it names them."""
    if not items:
        return None
    names = [f"TOP {item.number}" if item.number else f"„{item.title}“" for item in items]
    more = len(names) - _NAMED
    listed = ", ".join(names[:_NAMED]) + (f" und {more} weitere" if more > 0 else "")
    return RuleViolation(
        f"Noch ohne Ergebnis: {listed}. Bitte vertagen Sie den Rest oder begründen Sie, warum die "
        "Sitzung so geschlossen wird.",
        field="reason",
        waivable=True,
    )


def _close(meeting: Meeting, at: datetime | None) -> None:
    end = _not_before(at, meeting.opened_at, "eröffnet")
    for pause in MeetingBreak.objects.filter(meeting=meeting, ended_at__isnull=True):
        changed(pause, ended_at=_not_before(end, pause.began_at, "unterbrochen"))
    changed(meeting, closed_at=end)


def _not_before(at: datetime | None, earlier: datetime | None, word: str) -> datetime:
    """Return the time of an act (None: now); raises RuleViolation before the one it follows."""
    at = at or _now()
    if earlier is not None and at < earlier:
        raise RuleViolation(
            f"Die Sitzung wurde um {timezone.localtime(earlier):%H:%M} Uhr {word}.", field="at"
        )
    return at


def _now() -> datetime:
    """Return the time as people type it: what follows in the same minute is not before it."""
    return timezone.now().replace(second=0, microsecond=0)


def postpone_rest(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: PostponeRestAnswer
) -> Meeting:
    """Put off what the meeting did not get to ("Rest vertagt"), in one act.

    The station of each paper waits for its next meeting, or goes on the agenda of the one named.
    """
    with event(actor, Act.REST_POSTPONED, *proposals, meeting, reason=answer.reason) as act:
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_on(objection_to_record(meeting.state))
        signed = Minutes.everything.filter(meeting=meeting).exists()
        refuse_on(objection_to_late_result(signed=signed), reason=answer.reason)
        items = _rest(meeting, answer.item_ids)
        target = target_of(meeting, items, answer.to_meeting_id)
        if target is not None and target.starts_at <= meeting.starts_at:
            raise RuleViolation("Vertagt wird auf eine spätere Sitzung.", field="to_meeting")

        outcome = Outcome.NO_QUORUM if answer.no_quorum else Outcome.POSTPONED
        for item in items:
            put_off(item, outcome)
        act.objects.extend(item for item in items if item.consultation_id is None)
        if target is not None:
            on = timezone.localdate(meeting.starts_at)
            act.objects.extend([target, *carry_on(items, target, on, resuming=True)])
        if answer.close:
            refuse_on(objection_to_close(meeting.state))
            left = untreated(items_of(meeting))
            refuse_on(objection_to_open_items(left), reason=answer.reason)
            _close(meeting, answer.at)
        follow(actor, proposals, items)
    return meeting


def _rest(meeting: Meeting, item_ids: Sequence[int] | None) -> list[AgendaItem]:
    """Return the items to put off; raises RuleViolation where one cannot be, or where none is."""
    every = items_of(meeting)
    if item_ids is None:
        rest = untreated(every)
    else:
        rest = [item for item in every if item.pk in item_ids]
        if len(rest) != len(set(item_ids)):
            raise RuleViolation("Diesen Tagesordnungspunkt gibt es in der Sitzung nicht.")
    for item in rest:
        if item.outcome or item.kind == ItemKind.CLOSING:
            top = f"TOP {item.number}" if item.number else f"„{item.title}“"
            word = "hat schon ein Ergebnis" if item.outcome else "beendet die Sitzung"
            raise RuleViolation(f"{top} {word} und wird nicht vertagt.")
    if not rest:
        raise RuleViolation("Es ist nichts mehr offen, das vertagt werden könnte.")
    return rest
