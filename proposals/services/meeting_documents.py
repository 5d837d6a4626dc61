"""The Word files of a meeting: what an event saw is frozen with its order and rendered after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ..documents import store
from ..documents.content_minutes import minutes_content
from ..documents.context_calling import CallContext
from ..documents.context_meeting import ExcerptContext, MinutesContext, SheetContext
from ..documents.frozen import freeze, thaw
from ..documents.uploads import DOCX
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    AgendaItem,
    Excerpt,
    Invitation,
    Meeting,
    MeetingDocument,
    Municipality,
    Outbox,
    User,
)
from ..models.minuted import is_approved, minutes_parts
from ..rules.documents import MINUTES, MeetingDocumentKind
from ..rules.errors import RuleViolation
from .orders import order
from .rendering import Rendered, fill_whole

MEETING_DOCUMENTS = "meeting_documents"
# the name of the template, and what it may print
FORMS: Mapping[MeetingDocumentKind, tuple[str, Any]] = {
    **dict.fromkeys(MINUTES, ("protokoll", MinutesContext)),
    MeetingDocumentKind.EXCERPT: ("beschlussauszug", ExcerptContext),
    MeetingDocumentKind.SHEET: ("beschlusstext", SheetContext),
    MeetingDocumentKind.INVITATION: ("einladung", CallContext),
    MeetingDocumentKind.SUPPLEMENT: ("nachtrag", CallContext),
    MeetingDocumentKind.NOTICE: ("bekanntmachung", CallContext),
}


def rendered_minutes(meeting: Meeting, kind: MeetingDocumentKind) -> Rendered:
    """Fill the template with one part of the minutes as they stand, marked ENTWURF.

    Raises RuleViolation where there is no such part or the minutes are approved: then their file
    says what they say. TemplateFault where the template cannot be used.
    """
    if is_approved(meeting):
        raise RuleViolation(
            "Das Protokoll dieser Sitzung ist genehmigt; es gilt die Datei, die genehmigt wurde."
        )
    if kind not in minutes_parts(meeting):
        raise RuleViolation("Diese Sitzung hat keinen Punkt in diesem Teil.")
    content = minutes_content(meeting, kind, made_on=timezone.localdate(), signed=False)
    return filled(meeting.municipality, kind, content)


def order_minutes(actor: User, meeting: Meeting, kind: MeetingDocumentKind, on: date) -> None:
    """Ask for the file of one part of the signed minutes, as they stand in this very event."""
    content = minutes_content(meeting, kind, made_on=on, signed=True)
    order_document(actor, meeting, kind, content)


def order_document(
    actor: User,
    meeting: Meeting,
    kind: MeetingDocumentKind,
    content: Mapping[str, object],
    *,
    item: AgendaItem | None = None,
    excerpt: Excerpt | None = None,
    invitation: Invitation | None = None,
) -> None:
    """Ask for a file with this content; runs inside the event that causes it."""
    order(
        MEETING_DOCUMENTS,
        actor,
        meeting=meeting.pk,
        document=kind.value,
        item=item.pk if item else None,
        excerpt=excerpt.pk if excerpt else None,
        **({"invitation": invitation.pk} if invitation else {}),
        content=freeze(content),
    )


@dataclass(frozen=True)
class StoredDocument:
    """A file that lies in the store already, and what its row will say."""

    meeting: Meeting
    kind: MeetingDocumentKind
    item_id: int | None
    excerpt_id: int | None
    invitation_id: int | None
    digest: str
    template_digest: str
    size: int


def stored_document(asked: Outbox) -> StoredDocument:
    """Render what was asked for and put it into the store; raises TemplateFault."""
    payload = asked.payload
    kind = MeetingDocumentKind(payload["document"])
    meeting = Meeting.everything.select_related("municipality").get(pk=payload["meeting"])
    content = thaw(payload["content"], FORMS[kind][1])
    file = filled(meeting.municipality, kind, content)
    return StoredDocument(
        meeting=meeting,
        kind=kind,
        item_id=payload["item"],
        excerpt_id=payload["excerpt"],
        invitation_id=payload.get("invitation"),
        digest=store.put(file.data),
        template_digest=file.template_digest,
        size=len(file.data),
    )


def record_document(actor: User, made: StoredDocument) -> MeetingDocument:
    """Make the file a fact, in the name of whoever asked for it."""
    objects: tuple[Any, ...] = (made.meeting,)
    if made.item_id is not None:
        rows = AgendaItem.everything.select_related("consultation__proposal")
        item = rows.get(pk=made.item_id)
        paper = (item.consultation.proposal,) if item.consultation else ()
        objects = (*paper, item)
    with event(actor, Act.DOCUMENT_MADE, *objects):
        document = MeetingDocument(
            meeting=made.meeting,
            agenda_item_id=made.item_id,
            excerpt_id=made.excerpt_id,
            invitation_id=made.invitation_id,
            kind=made.kind,
            digest=made.digest,
            template_digest=made.template_digest,
            media_type=DOCX,
            size=made.size,
            made_at=timezone.now(),
        )
        document.save()
    return document


def lock_meeting(pk: int) -> None:
    """Hold a meeting's row still: what hangs on it is written under this lock."""
    Meeting.everything.select_for_update(no_key=True).get(pk=pk)


def filled(
    house: Municipality, kind: MeetingDocumentKind, content: Mapping[str, object]
) -> Rendered:
    """Fill the house's template of a paper of a meeting; raises TemplateFault."""
    name, context_type = FORMS[kind]
    return fill_whole(house.slug, name, content, context_type)
