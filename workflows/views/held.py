"""The order in which items were dealt with, where the results do not tell it right."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from proposals.forms.held import HeldForm
from proposals.selectors.held import held_places

from .meeting_door import MeetingAct, require_keeper, visible_meeting


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_held(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in which order the items of a meeting were dealt with."""
    meeting = visible_meeting(request, pk)
    require_keeper(request, meeting)
    form = HeldForm(
        request.POST or None,
        places=held_places(meeting, request.user),
        signed=hasattr(meeting, "minutes"),
    )
    page = MeetingAct(
        request,
        meeting,
        "Reihenfolge, wie behandelt",
        "Reihenfolge übernehmen",
        "Die Reihenfolge ist festgehalten.",
        template="workflows/meetings/held.html",
        rows=form.rows(),
    )
    return page.respond(form)
