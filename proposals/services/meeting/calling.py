"""The papers that call a meeting: kept as they went out, or made as the agenda stands.

Private to the use cases of the invitation, but for the drafts.
"""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from ...documents.content_calling import Call, call_content, call_kinds
from ...documents.uploads import DOCX, PDF
from ...models import AgendaItem, Invitation, InvitationKind, Meeting, MeetingDocument, User
from ...models.calling import is_moved_since, last_called
from ...models.minuted import items_to_call
from ...rules.agenda import Addition, AgendaNumbering
from ...rules.documents import CALLS, MeetingDocumentKind
from ...rules.errors import RuleViolation
from ..items import items_of, named_items, numbers
from ..meeting_documents import filled, order_document
from ..rendering import Rendered
from .answers import CallFile
from .reserving import reservations


def keep_papers(
    actor: User, sent: Invitation, before: Invitation | None, files: Sequence[CallFile]
) -> None:
    """Keep what went out: the file that somebody edited, or one made of this very agenda.

    `before` is the invitation that was out already. The public notice is made where an item is for
    the public. Raises RuleViolation for a file that this call does not have.
    """
    meeting = sent.meeting
    items = items_to_call(meeting, [row["item"] for row in sent.content])
    supplements = sent.kind == InvitationKind.SUPPLEMENT
    kinds = call_kinds(items, supplements=supplements)
    uploads = {file.kind: file.file for file in files}
    for kind, file in uploads.items():
        if file.media_type not in (PDF, DOCX):
            raise RuleViolation("Bitte eine Word-Datei oder ein PDF aufnehmen.", field=kind.value)
    for kind in sorted(uploads.keys() - set(kinds)):
        raise RuleViolation(
            "Kein Punkt ist öffentlich; eine Bekanntmachung gibt es dazu nicht."
            if kind == MeetingDocumentKind.NOTICE
            else f"Zu diesem Versand gehört keine Datei „{kind.label}“.",
            field=kind.value,
        )
    call = Call(
        on=sent.sent_on,
        recipients=sent.recipients,
        shortened_reason=sent.shortened_reason,
        hint=sent.hint,
        again=before is not None and not supplements,
        supplements=supplements,
        invited_on=before.sent_on if before is not None else None,
        notes={row["item"]: row["note"] for row in sent.content if "note" in row},
    )
    for kind in kinds:
        upload = uploads.get(kind)
        if upload is None:
            content = call_content(meeting, kind, items, call)
            order_document(actor, meeting, kind, content, invitation=sent)
            continue
        MeetingDocument(
            meeting=meeting,
            invitation=sent,
            kind=kind,
            digest=upload.digest,
            media_type=upload.media_type,
            size=upload.size,
            made_at=timezone.now(),
        ).save()


def to_call(meeting: Meeting) -> list[AgendaItem]:
    """Return what an invitation names: the whole agenda but for extensions in the meeting."""
    return [item for item in items_of(meeting) if item.added != Addition.EXTENSION]


def unnamed(meeting: Meeting) -> list[AgendaItem]:
    """Return what no invitation has named yet."""
    named = named_items(meeting)
    return [item for item in to_call(meeting) if item.pk not in named]


def rendered_call(meeting: Meeting, kind: MeetingDocumentKind) -> Rendered:
    """Fill the template of an invitation, a Nachtrag or a notice as it would go out today.

    It is marked ENTWURF. Raises RuleViolation where there is nothing to call, TemplateFault where
    the template cannot be used.
    """
    assert kind in CALLS
    before = last_called(meeting)
    again = is_moved_since(meeting, before)
    supplements = before is not None and not again
    going = unnamed(meeting) if supplements else to_call(meeting)
    items = items_to_call(meeting, [item.pk for item in going])
    if kind not in call_kinds(items, supplements=supplements) or not items:
        raise RuleViolation(_nothing_to_call(kind, supplements=supplements, empty=not items))
    call = Call(
        on=timezone.localdate(),
        again=again,
        supplements=supplements,
        invited_on=before.sent_on if before is not None else None,
        draft=True,
        notes=reservations(items),
        numbers=_numbers(meeting),
    )
    return filled(meeting.municipality, kind, call_content(meeting, kind, items, call))


def _numbers(meeting: Meeting) -> Mapping[int, str]:
    numbering = AgendaNumbering(meeting.municipality.agenda_numbering)
    return numbers(items_of(meeting), numbering)


def _nothing_to_call(kind: MeetingDocumentKind, *, supplements: bool, empty: bool) -> str:
    if empty and supplements:
        return "Seit der Einladung ist nichts auf die Tagesordnung gekommen."
    if empty:
        return "Auf der Tagesordnung steht noch nichts."
    if kind == MeetingDocumentKind.NOTICE:
        return "Kein Punkt ist öffentlich; eine Bekanntmachung gibt es dazu nicht."
    if supplements:
        return "Die Einladung ist schon versandt; was dazukommt, ist ein Nachtrag."
    return "Zu dieser Sitzung ist noch nicht eingeladen; alles kommt in die Einladung."
