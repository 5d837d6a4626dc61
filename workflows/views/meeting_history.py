"""What was done about a meeting and its agenda, by whom and for whom."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals import policies
from proposals.selectors.journal import history_of_meeting
from proposals.selectors.meetings import title_of

from .meeting_door import meeting_crumbs, visible_meeting


@require_safe
def meeting_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what happened to a meeting, from the journal."""
    meeting = visible_meeting(request, pk)
    if not policies.can_read_meeting_history(request.user, meeting):
        raise PermissionDenied(
            "Den Verlauf einer Sitzung lesen Sitzungsdienst, Protokollführung, Leitung und "
            "Rechnungsprüfung."
        )
    context = {
        "title": f"{title_of(meeting)}, {timezone.localtime(meeting.starts_at):%d.%m.%Y}",
        "events": history_of_meeting(meeting, request.user),
        "crumbs": meeting_crumbs(meeting, ("Verlauf", "")),
    }
    return render(request, "workflows/meetings/history.html", context)
