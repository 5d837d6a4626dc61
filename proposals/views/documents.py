"""Downloads: the Word file of a proposal, filled on the spot, its PDF, and its annexes."""

import re

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from .. import policies
from ..documents import store
from ..documents.faults import TemplateFault
from ..documents.pdf import pdf_of
from ..documents.uploads import DOCX, PDF
from ..models import Attachment, Audience, Proposal, ProposalVersion, Reissue, Wording
from ..models.version import handed_in
from ..rules.errors import RuleViolation
from ..services.documents import rendered, rendered_draft, rendered_reissue
from ..services.redlines import rendered_redline
from .common import conflict_page, visible_proposal

_WORDS = {Audience.INTERNAL: "intern", Audience.PUBLIC: "oeffentlich"}  # file names are ASCII


@require_safe
def document_download(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    """Send the Word file of a version: the newest the user may see, or `?fassung=` a number.

    Before the first version whoever may edit the draft gets it marked ENTWURF.
    """
    return _sent_copy(request, pk, audience, as_pdf=False)


@require_safe
def document_print(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    """Send the same copy as tagged PDF, or say in a sentence why there is none."""
    return _sent_copy(request, pk, audience, as_pdf=True)


def _sent_copy(request: HttpRequest, pk: int, audience: str, *, as_pdf: bool) -> HttpResponse:
    proposal = visible_proposal(request, pk)
    if audience not in _WORDS:
        raise Http404
    wanted = Audience(audience)
    if wanted == Audience.INTERNAL and not policies.can_read_internal_copy(request.user, proposal):
        raise PermissionDenied("Die interne Ausgabe ist für Sie nicht bestimmt.")
    version = _version(request, proposal)
    try:
        file = rendered(version, wanted) if version else rendered_draft(proposal, wanted)
        data = pdf_of(file.data) if as_pdf else file.data
    except (RuleViolation, TemplateFault) as refusal:
        said = RuleViolation(refusal.message)
        return conflict_page(request, said, reverse("proposal-show", args=[pk]))
    name = _file_name(file.number, version.number if version else None, wanted)
    return sent_file(data, f"{name}.pdf", PDF) if as_pdf else sent_file(data, f"{name}.docx", DOCX)


def _version(request: HttpRequest, proposal: Proposal) -> ProposalVersion | None:
    """Return the version asked for, None for the draft; raises Http404 for what is not to see."""
    versions = ProposalVersion.objects.visible_to(request.user).filter(proposal=proposal)
    number = request.GET.get("fassung", "")
    if number:
        versions = versions.filter(number=_whole(number))
    else:
        versions = versions.filter(handed_in("pk"))
    version: ProposalVersion | None = versions.order_by("-number").first()
    may_draft = not number and policies.can_edit(request.user, proposal)
    if version is None and not may_draft:
        raise Http404
    return version


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise Http404
    return int(text)


@require_safe
def reissue_download(request: HttpRequest, pk: int, suffix: int, audience: str) -> HttpResponse:
    """Send the Word file of a re-issue, with the wording of the committee that it carries."""
    proposal = visible_proposal(request, pk)
    if audience not in _WORDS:
        raise Http404
    wanted = Audience(audience)
    if wanted == Audience.INTERNAL and not policies.can_read_internal_copy(request.user, proposal):
        raise PermissionDenied("Die interne Ausgabe ist für Sie nicht bestimmt.")
    rows = Reissue.objects.visible_to(request.user).filter(proposal=proposal, suffix=suffix)
    reissue = rows.select_related("wording", "proposal__municipality").first()
    if reissue is None:
        raise Http404
    try:
        file = rendered_reissue(reissue, wanted)
    except (RuleViolation, TemplateFault) as refusal:
        said = RuleViolation(refusal.message)
        return conflict_page(request, said, reverse("proposal-show", args=[pk]))
    return sent_file(file.data, _file_name(file.number, None, wanted) + ".docx", DOCX)


@require_safe
def redline_download(request: HttpRequest, pk: int, wording: int, audience: str) -> HttpResponse:
    """Send the Word file with what a committee changed, to be accepted or rejected in Word."""
    proposal = visible_proposal(request, pk)
    if audience not in _WORDS:
        raise Http404
    wanted = Audience(audience)
    if wanted == Audience.INTERNAL and not policies.can_read_internal_copy(request.user, proposal):
        raise PermissionDenied("Die interne Ausgabe ist für Sie nicht bestimmt.")
    rows = Wording.objects.visible_to(request.user).filter(proposal=proposal, pk=wording)
    row = rows.select_related("committee", "proposal__municipality").first()
    if row is None:
        raise Http404
    try:
        file = rendered_redline(row, wanted)
    except (RuleViolation, TemplateFault) as refusal:
        said = RuleViolation(refusal.message)
        return conflict_page(request, said, reverse("proposal-show", args=[pk]))
    return sent_file(file.data, f"Aenderungen_{_file_name(file.number, None, wanted)}.docx", DOCX)


@require_safe
def attachment_download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an annex as it was attached; its bytes are checked against their SHA-256."""
    attachment = Attachment.objects.visible_to(request.user).filter(pk=pk).first()
    if attachment is None:
        raise Http404
    return sent_file(store.get(attachment.digest), attachment.file_name, attachment.media_type)


def _file_name(number: str, version_number: int | None, audience: Audience) -> str:
    """Return a name for every file system: "Vorlage_0085-2018_Fassung-1_intern"."""
    parts = ["Vorlage", re.sub(r"[^0-9A-Za-z.]+", "-", number).strip("-.") or "Entwurf"]
    if version_number is not None:
        parts.append(f"Fassung-{version_number}")
    return "_".join([*parts, _WORDS[audience]])


def sent_file(data: bytes, file_name: str, media_type: str) -> HttpResponse:
    """Return a file to be saved, never shown in place or kept by anybody on the way."""
    response = HttpResponse(data, content_type=media_type)
    disposition = content_disposition_header(as_attachment=True, filename=file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
