"""What leaves the house before a meeting: the invitation, and a Nachtrag with what came later."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import (
    AgendaItem,
    Committee,
    Invitation,
    InvitationKind,
    Meeting,
    Proposal,
    Role,
    User,
)
from ...models.calling import bodies_of, is_moved_since, last_called, notice_of
from ...models.order import printed_title
from ...rules.agenda import AgendaNumbering, ItemKind
from ...rules.errors import RuleViolation
from ...rules.meeting import (
    MeetingState,
    objection_to_invitation,
    objection_to_invite,
    objection_to_invite_again,
)
from ..common import changed, refuse_on, require, settle_status
from ..deputies import note_deputy
from ..items import items_of, numbers, set_numbers, to_approve
from .answers import InviteAnswer, SupplementAnswer
from .calling import keep_papers, to_call, unnamed
from .reserving import reservations

_WHO = "Einladungen vermerkt der Sitzungsdienst."


def invite(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: InviteAnswer
) -> Meeting:
    """Note that the invitation is out: the agenda is numbered and kept as it was sent.

    `proposals` are those on the agenda, locked by the gate. A short notice needs its reason. A
    meeting that was moved since is called again: the whole agenda, the notice counts anew.
    """
    with event(actor, Act.INVITED, *proposals, meeting, reason=answer.shortened_reason):
        require(policies.can_invite(actor, meeting.municipality_id), _WHO)
        note_deputy(actor, Role.SECRETARY, meeting.municipality_id)
        refuse_on(objection_to_invite(meeting.state))
        on, bodies = answer.on or timezone.localdate(), bodies_of(meeting)
        before = last_called(meeting)
        moved = is_moved_since(meeting, before)
        refuse_on(objection_to_invite_again(on, meeting.invited_on, moved=moved))
        held_on, notice = timezone.localdate(meeting.starts_at), notice_of(meeting)
        refuse_on(
            objection_to_invitation(
                on, held_on, notice.days, answer.shortened_reason, notice.paragraph
            )
        )
        items = to_call(meeting) if moved else unnamed(meeting)
        if not items:
            raise RuleViolation("Auf der Tagesordnung steht noch nichts.")

        _name_minutes(meeting, bodies, items)
        _number(meeting)
        changed(meeting, invited_on=on)
        sent = _keep(meeting, InvitationKind.INVITATION, on, answer, to_call(meeting))
        keep_papers(actor, sent, before, answer.files)
        for proposal in proposals:
            settle_status(proposal)
    return meeting


def supplement(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: SupplementAnswer
) -> Invitation:
    """Note that the Nachtrag is out, with everything that no invitation has named yet."""
    with event(actor, Act.SUPPLEMENTED, *proposals, meeting):
        require(policies.can_invite(actor, meeting.municipality_id), _WHO)
        note_deputy(actor, Role.SECRETARY, meeting.municipality_id)
        refuse_on(_objection_to_supplement(meeting))
        on, held_on = answer.on or timezone.localdate(), timezone.localdate(meeting.starts_at)
        refuse_on(objection_to_invitation(on, held_on, None))
        if not unnamed(meeting):
            raise RuleViolation("Seit der Einladung ist nichts auf die Tagesordnung gekommen.")

        _number(meeting)
        sent = _keep(meeting, InvitationKind.SUPPLEMENT, on, answer, unnamed(meeting))
        keep_papers(actor, sent, last_called(meeting), answer.files)
        for proposal in proposals:
            settle_status(proposal)
    return sent


def _objection_to_supplement(meeting: Meeting) -> RuleViolation | None:
    if meeting.state == MeetingState.PLANNED:
        return RuleViolation(
            "Zu dieser Sitzung ist noch nicht eingeladen; alles kommt in die Einladung."
        )
    if meeting.state != MeetingState.INVITED:
        return RuleViolation(
            f"Die Sitzung ist {meeting.state.label}; ein Nachtrag kann nicht mehr hinausgehen."
            if meeting.state in (MeetingState.CANCELLED, MeetingState.CLOSED)
            else "Die Sitzung ist eröffnet. Was jetzt noch dazukommt, ist eine Erweiterung."
        )
    return None


def _name_minutes(
    meeting: Meeting, bodies: Sequence[Committee], items: Sequence[AgendaItem]
) -> None:
    """Say which minutes are up for approval where that was open when the meeting was planned."""
    by_pk = {body.pk: body for body in bodies}
    for item in items:
        if item.kind == ItemKind.MINUTES and item.approves_id is None:
            last = to_approve(meeting, by_pk[item.committee_id])
            if last is not None:
                changed(item, approves=last)


def _number(meeting: Meeting) -> None:
    """Number what has no number yet; what has one keeps it."""
    every = items_of(meeting)
    set_numbers(every, numbers(every, AgendaNumbering(meeting.municipality.agenda_numbering)))


def _keep(
    meeting: Meeting,
    kind: InvitationKind,
    on: date,
    answer: InviteAnswer | SupplementAnswer,
    items: Sequence[AgendaItem],
) -> Invitation:
    """Keep for ever what was sent: the agenda as invited."""
    called = answer if isinstance(answer, InviteAnswer) else InviteAnswer()
    notes = reservations(items)
    sent = Invitation(
        meeting=meeting,
        number=Invitation.everything.filter(meeting=meeting).count() + 1,
        kind=kind,
        sent_on=on,
        called_for=meeting.starts_at,
        recipients=answer.recipients.strip()[:400],
        hint=called.hint,
        shortened_reason=called.shortened_reason.strip()[:400],
        content=[
            {
                "number": item.number,
                "title": printed_title(item),
                "public": item.public,
                "item": item.pk,
                **({"note": notes[item.pk]} if item.pk in notes else {}),
            }
            for item in items
        ],
    )
    sent.save()
    return sent
