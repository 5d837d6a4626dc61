"""When committees meet: plan a meeting, move it, cancel it."""

from collections.abc import Collection, Sequence

from django.utils import timezone

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import Committee, Meeting, Municipality, Proposal, Role, User
from ...rules.consultation import Outcome
from ...rules.errors import RuleViolation
from ...rules.meeting import objection_to_cancel, objection_to_meeting_day, objection_to_move
from ..carrying import carry_on, follow, is_carried, put_off, target_of
from ..common import changed, refuse_on, require
from ..deputies import note_deputy
from ..items import items_of
from ..scheduling import plan, refuse_same_time
from ..statement_dates import follow_meetings
from .answers import CancelAnswer, MoveAnswer, PlanAnswer

_WHO = "Sitzungen plant, verlegt und sagt der Sitzungsdienst ab."


def plan_meeting(*, actor: User, municipality: Municipality, answer: PlanAnswer) -> Meeting:
    """Plan a meeting of one committee, or of several together, with its standard items."""
    with event(actor, Act.MEETING_PLANNED) as planning:
        require(policies.can_plan_meetings(actor, municipality.pk), _WHO)
        note_deputy(actor, Role.SECRETARY, municipality.pk)
        if answer.number is not None and answer.number < 1:
            raise RuleViolation("Die Nummer der Sitzung beginnt bei 1.", field="number")
        committees = _committees(municipality, answer.committee_ids)

        meeting = plan(
            committees,
            answer.starts_at,
            answer.place,
            answer.number,
            standard=answer.standard,
            constituting=answer.constituting,
        )
        planning.objects.append(meeting)
    return meeting


def _committees(municipality: Municipality, ids: Collection[int]) -> list[Committee]:
    """Return the committees in the order given, each once."""
    rows = Committee.objects.filter(municipality=municipality, pk__in=ids)
    by_pk = {row.pk: row for row in rows}
    if not ids or set(ids) != set(by_pk):
        raise RuleViolation("Bitte ein Gremium dieser Kommune auswählen.", field="committees")
    for row in by_pk.values():
        row.municipality = municipality  # one instance, so that its house rules are read once
    return [by_pk[pk] for pk in dict.fromkeys(ids)]


def move_meeting(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: MoveAnswer
) -> Meeting:
    """Move a meeting to another time or place; what hangs on its day follows by itself."""
    with event(actor, Act.MEETING_MOVED, *proposals, meeting, reason=answer.reason):
        require(policies.can_plan_meetings(actor, meeting.municipality_id), _WHO)
        note_deputy(actor, Role.SECRETARY, meeting.municipality_id)
        refuse_on(objection_to_move(meeting.state))
        place = meeting.place if answer.place is None else answer.place.strip()
        if (answer.starts_at, place) == (meeting.starts_at, meeting.place):
            raise RuleViolation("Zeit und Ort sind unverändert.", field="starts_at")
        day = timezone.localdate(answer.starts_at)
        refuse_on(objection_to_meeting_day(day, meeting.invited_on))
        if meeting.invited_on is not None and not answer.reason.strip():
            raise RuleViolation(
                "Zu dieser Sitzung ist schon eingeladen. Bitte begründen Sie die Verlegung.",
                field="reason",
            )
        bodies = [row.committee for row in meeting.bodies.select_related("committee")]
        refuse_same_time(bodies, answer.starts_at, but=meeting)

        changed(meeting, starts_at=answer.starts_at, place=place)
        follow_meetings(proposals)
    return meeting


def cancel_meeting(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: CancelAnswer
) -> Meeting:
    """Cancel a meeting; its matters wait for another one, or go there in the same act."""
    with event(actor, Act.MEETING_CANCELLED, *proposals, meeting, reason=answer.reason) as act:
        require(policies.can_plan_meetings(actor, meeting.municipality_id), _WHO)
        note_deputy(actor, Role.SECRETARY, meeting.municipality_id)
        refuse_on(objection_to_cancel(meeting.state))
        if not answer.reason.strip():
            raise RuleViolation("Bitte einen Grund angeben.", field="reason")
        on = answer.on or timezone.localdate()
        items = [item for item in items_of(meeting) if not item.outcome]
        target = target_of(meeting, items, answer.to_meeting_id)
        there = items_of(target) if target else []

        for item in items:
            put_off(item, Outcome.NOT_HELD)
        act.objects.extend(item for item in items if item.consultation_id is None)
        if target is not None:
            going = [item for item in items if is_carried(item, there)]
            act.objects.extend([target, *carry_on(going, target, on, resuming=False)])
        changed(meeting, cancelled_on=on)
        follow(actor, proposals, items)
    return meeting
