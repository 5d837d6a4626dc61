"""The stages of the minutes."""

from collections.abc import Sequence

from django.utils import timezone

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import Meeting, Minutes, Proposal, User
from ...rules.errors import RuleViolation
from ...rules.meeting import objection_to_record
from ...rules.minutes import objection_to_approval, objection_to_signing
from ..common import changed, refuse_on, require
from .answers import ApproveMinutesAnswer, SignMinutesAnswer


def sign_minutes(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: SignMinutesAnswer
) -> Minutes:
    """Note that the minutes are signed: from here on a correction needs a reason."""
    with event(actor, Act.MINUTES_SIGNED, *proposals, meeting):
        require(
            policies.can_sign_minutes(actor, meeting.municipality_id),
            "Das Protokoll vermerkt der Sitzungsdienst.",
        )
        refuse_on(objection_to_record(meeting.state))
        if Minutes.everything.filter(meeting=meeting).exists():
            raise RuleViolation("Das Protokoll ist schon unterschrieben.")
        held_on = timezone.localdate(meeting.starts_at)
        refuse_on(objection_to_signing(held_on, answer.on))

        minutes = Minutes(meeting=meeting, signed_on=answer.on)
        minutes.save()
    return minutes


def approve_minutes(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ApproveMinutesAnswer
) -> Minutes:
    """Note that the minutes are approved: from here on a correction is a row of its own."""
    with event(actor, Act.MINUTES_APPROVED, *proposals, meeting):
        require(
            policies.can_sign_minutes(actor, meeting.municipality_id),
            "Das Protokoll vermerkt der Sitzungsdienst.",
        )
        minutes = Minutes.everything.filter(meeting=meeting).first()
        if minutes is None:
            raise RuleViolation("Das Protokoll ist noch nicht unterschrieben.")
        if minutes.approved_on is not None:
            raise RuleViolation("Das Protokoll ist schon genehmigt.")
        assert minutes.signed_on is not None
        refuse_on(objection_to_approval(minutes.signed_on, answer.on))

        changed(minutes, approved_on=answer.on)
    return minutes
