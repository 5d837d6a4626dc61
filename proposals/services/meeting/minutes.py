"""The stages of the minutes, and the files that say what was signed."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from ... import policies
from ...documents.uploads import PDF
from ...history.acts import Act
from ...history.journal import event
from ...models import Meeting, MeetingDocument, Minutes, Proposal, Role, User
from ...models.minuted import minutes_parts
from ...rules.documents import (
    MeetingDocumentKind,
    objection_to_keeping_file,
    objection_to_parts,
)
from ...rules.errors import RuleViolation
from ...rules.meeting import objection_to_record
from ...rules.minutes import objection_to_approval, objection_to_signing
from ..common import changed, refuse_on, require
from ..deputies import note_deputy
from ..meeting_documents import order_minutes
from .answers import ApproveMinutesAnswer, KeepMinutesAnswer, MinutesFile, SignMinutesAnswer


def sign_minutes(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: SignMinutesAnswer
) -> Minutes:
    """Note that the minutes are signed: from here on a correction needs a reason.

    What was signed is kept: the scan of a part, or a file of it as it stands in this event.
    """
    with event(actor, Act.MINUTES_SIGNED, *proposals, meeting):
        require(
            policies.can_sign_minutes(actor, meeting.municipality_id),
            "Das Protokoll vermerkt der Sitzungsdienst.",
        )
        note_deputy(actor, Role.SECRETARY, meeting.municipality_id)
        refuse_on(objection_to_record(meeting.state))
        if Minutes.everything.filter(meeting=meeting).exists():
            raise RuleViolation("Das Protokoll ist schon unterschrieben.")
        held_on = timezone.localdate(meeting.starts_at)
        refuse_on(objection_to_signing(held_on, answer.on))

        parts = _parts(meeting, answer.files)

        minutes = Minutes(meeting=meeting, signed_on=answer.on)
        minutes.save()
        _keep(actor, meeting, parts, answer.files, answer.on)
    return minutes


def keep_minutes(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: KeepMinutesAnswer
) -> None:
    """Keep a further file of signed minutes; what was approved is never added to.

    A scan comes when it comes; to make a part anew needs a reason: it says something else now.
    """
    with event(actor, Act.MINUTES_KEPT, *proposals, meeting, reason=answer.reason):
        require(
            policies.can_sign_minutes(actor, meeting.municipality_id),
            "Die Datei des Protokolls nimmt der Sitzungsdienst auf.",
        )
        note_deputy(actor, Role.SECRETARY, meeting.municipality_id)
        minutes = Minutes.everything.filter(meeting=meeting).first()
        refuse_on(
            objection_to_keeping_file(
                signed=minutes is not None,
                approved=minutes is not None and minutes.approved_on is not None,
                again=not answer.files,
                reason=answer.reason,
            )
        )
        parts = _parts(meeting, answer.files)

        if answer.files:
            parts = [file.kind for file in answer.files]
        _keep(actor, meeting, parts, answer.files, timezone.localdate())


def _parts(meeting: Meeting, files: Sequence[MinutesFile]) -> list[MeetingDocumentKind]:
    """Return the parts of the minutes; refuses a file of another one, and of another type."""
    parts = minutes_parts(meeting)
    refuse_on(objection_to_parts(parts, [file.kind for file in files]))
    for file in files:
        if file.file.media_type != PDF:
            raise RuleViolation(
                "Das unterschriebene Protokoll wird als PDF aufgenommen.", field=str(file.kind)
            )
    return parts


def _keep(
    actor: User,
    meeting: Meeting,
    parts: Sequence[MeetingDocumentKind],
    files: Sequence[MinutesFile],
    on: date,
) -> None:
    """Keep the scan of each part; ask for a file of those that were not uploaded."""
    scans = {file.kind: file.file for file in files}
    for kind in parts:
        scan = scans.get(kind)
        if scan is None:
            order_minutes(actor, meeting, kind, on)
            continue
        MeetingDocument(
            meeting=meeting,
            kind=kind,
            digest=scan.digest,
            media_type=scan.media_type,
            size=scan.size,
            made_at=timezone.now(),
        ).save()


def approve_minutes(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ApproveMinutesAnswer
) -> Minutes:
    """Note that the minutes are approved: from here on a correction is a row of its own."""
    with event(actor, Act.MINUTES_APPROVED, *proposals, meeting):
        require(
            policies.can_sign_minutes(actor, meeting.municipality_id),
            "Das Protokoll vermerkt der Sitzungsdienst.",
        )
        note_deputy(actor, Role.SECRETARY, meeting.municipality_id)
        minutes = Minutes.everything.filter(meeting=meeting).first()
        if minutes is None:
            raise RuleViolation("Das Protokoll ist noch nicht unterschrieben.")
        if minutes.approved_on is not None:
            raise RuleViolation("Das Protokoll ist schon genehmigt.")
        assert minutes.signed_on is not None
        refuse_on(objection_to_approval(minutes.signed_on, answer.on))

        changed(minutes, approved_on=answer.on)
    return minutes
