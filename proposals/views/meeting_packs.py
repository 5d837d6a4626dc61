"""Download of a Sitzungsmappe: all papers of one meeting as one PDF."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import policies
from ..documents.faults import TemplateFault
from ..documents.uploads import PDF
from ..models import Audience, Meeting
from ..rules.errors import RuleViolation
from ..selectors.meetings import bodies_in_order, reads_agenda
from ..services.meeting_pack import meeting_pack
from .common import conflict_page
from .documents import sent_file

_WORDS = {Audience.INTERNAL: "intern", Audience.PUBLIC: "oeffentlich"}


@require_safe
def meeting_pack_download(request: HttpRequest, pk: int, audience: str) -> HttpResponse:
    """Send the Mappe for an audience, or say in a sentence why there is none."""
    meetings = Meeting.objects.visible_to(request.user).select_related("municipality")
    meeting = meetings.prefetch_related(bodies_in_order()).filter(pk=pk).first()
    if meeting is None or audience not in _WORDS:
        raise Http404
    wanted = Audience(audience)
    if wanted == Audience.INTERNAL and not policies.can_read_internal_pack(request.user, meeting):
        raise PermissionDenied("Die interne Sitzungsmappe ist für Sie nicht bestimmt.")
    try:
        if not reads_agenda(meeting, request.user):
            raise RuleViolation("Die Sitzungsmappe gibt es, sobald die Einladung verschickt ist.")
        data = meeting_pack(meeting, wanted)
    except (RuleViolation, TemplateFault) as refusal:
        said = RuleViolation(refusal.message)
        return conflict_page(request, said, reverse("meeting-show", args=[pk]))
    day = timezone.localdate(meeting.starts_at)
    return sent_file(data, f"Sitzungsmappe_{day:%Y-%m-%d}_{_WORDS[wanted]}.pdf", PDF)
