"""Downloads of a meeting: its papers as stored, drafts, and lists for the evening."""

import re
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import policies
from ..documents import store
from ..documents.faults import TemplateFault
from ..documents.pdf import pdf_of
from ..documents.uploads import DOCX, PDF
from ..models import Meeting, MeetingDocument
from ..rules.documents import MeetingDocumentKind
from ..rules.errors import RuleViolation
from ..services.meeting import rendered_call
from ..services.meeting_documents import rendered_minutes
from ..services.meeting_lists import MeetingList, rendered_list
from ..services.rendering import Rendered
from .common import acting_user, conflict_page
from .documents import sent_file

_PARTS = {
    "oeffentlich": MeetingDocumentKind.MINUTES_PUBLIC,
    "nichtoeffentlich": MeetingDocumentKind.MINUTES_NON_PUBLIC,
}
_CALLS = {
    "einladung": MeetingDocumentKind.INVITATION,
    "nachtrag": MeetingDocumentKind.SUPPLEMENT,
    "bekanntmachung": MeetingDocumentKind.NOTICE,
}
_ENDINGS = {DOCX: "docx", PDF: "pdf"}
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@require_safe
def meeting_document_download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a paper of a meeting as it was made; its bytes are checked against their SHA-256."""
    document = _document(request, pk)
    name = _name_of(document, _ENDINGS[document.media_type])
    return sent_file(store.get(document.digest), name, document.media_type)


@require_safe
def meeting_document_print(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the same paper as PDF to the same readers, or say in a sentence why there is none."""
    document = _document(request, pk)
    data = store.get(document.digest)
    if document.media_type != PDF:
        try:
            data = pdf_of(data)
        except RuleViolation as violation:
            back = reverse("meeting-show", args=[document.meeting_id])
            return conflict_page(request, violation, back)
    return sent_file(data, _name_of(document, "pdf"), PDF)


@require_safe
def minutes_draft(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Send one part of the minutes as they stand, marked ENTWURF, to who writes them."""
    meeting = _meeting(request, pk)
    if part not in _PARTS:
        raise Http404
    if not policies.can_write_minutes(request.user, meeting):
        raise PermissionDenied("Den Entwurf liest, wer jedes Gremium dieser Sitzung betreut.")
    kind = _PARTS[part]
    name = _file_name(_word_of(meeting, kind), _day_of(meeting), "Entwurf", ending="docx")
    return _made(request, meeting, name, lambda: rendered_minutes(meeting, kind))


@require_safe
def call_draft(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """Send an invitation, a Nachtrag or a public notice as it would go out today, as ENTWURF."""
    meeting = _meeting(request, pk)
    if paper not in _CALLS:
        raise Http404
    if not policies.can_invite(request.user, meeting.municipality_id):
        raise PermissionDenied("Einladungen entwirft der Sitzungsdienst.")
    kind = _CALLS[paper]
    name = _file_name(kind.label, _day_of(meeting), "Entwurf", ending="docx")
    return _made(request, meeting, name, lambda: rendered_call(meeting, kind))


@require_safe
def meeting_list_download(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """Send a list for the evening, or all excerpts of one part, to who keeps the meeting."""
    meeting = _meeting(request, pk)
    if paper not in list(MeetingList):
        raise Http404
    if not policies.can_write_minutes(request.user, meeting):
        raise PermissionDenied("Listen druckt, wer jedes Gremium dieser Sitzung betreut.")
    wanted, user = MeetingList(paper), acting_user(request)
    name = _file_name(wanted.value.capitalize(), _day_of(meeting), ending="docx")
    return _made(request, meeting, name, lambda: rendered_list(user, meeting, wanted))


def _document(request: HttpRequest, pk: int) -> MeetingDocument:
    rows = MeetingDocument.objects.visible_to(request.user).filter(pk=pk)
    document: MeetingDocument | None = rows.select_related(
        "meeting__municipality", "excerpt", "agenda_item"
    ).first()
    if document is None:
        raise Http404
    return document


def _name_of(document: MeetingDocument, ending: str) -> str:
    kind = MeetingDocumentKind(document.kind)
    parts = [_word_of(document.meeting, kind), _day_of(document.meeting)]
    if document.agenda_item is not None and document.agenda_item.number:
        parts.append(f"TOP-{document.agenda_item.number}")
    if document.excerpt is not None:
        parts.append(f"Ausgabe-{document.excerpt.number}")
    return _file_name(*parts, ending=ending)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related(
        "municipality", "chair", "minute_taker"
    )
    meeting: Meeting | None = meetings.filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting


def _made(
    request: HttpRequest, meeting: Meeting, name: str, make: Callable[[], Rendered]
) -> HttpResponse:
    """Send a file made on the spot, or the sentence why there is none."""
    try:
        file = make()
    except (RuleViolation, TemplateFault) as refusal:
        said = RuleViolation(refusal.message)
        return conflict_page(request, said, reverse("meeting-show", args=[meeting.pk]))
    return sent_file(file.data, name, DOCX)


def _word_of(meeting: Meeting, kind: MeetingDocumentKind) -> str:
    law = meeting.municipality.law(timezone.localdate(meeting.starts_at))
    return kind.named(law.minutes_word).replace(", ", "_")


def _day_of(meeting: Meeting) -> str:
    return f"{timezone.localdate(meeting.starts_at):%Y-%m-%d}"


def _file_name(*parts: str, ending: str) -> str:
    """Return a name for every file system: "Protokoll_oeffentlicher-Teil_2018-12-17.docx"."""
    plain = (part.replace("Ö", "Oe").translate(_ASCII) for part in parts)
    clean = (re.sub(r"[^0-9A-Za-z_.]+", "-", part).strip("-") for part in plain)
    return f"{'_'.join(clean)}.{ending}"
