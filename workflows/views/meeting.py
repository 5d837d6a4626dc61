"""What is noted about a meeting from a proposal's page: invitation and minutes."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.meeting import APPROVED, SIGNED, InviteForm, MinutesForm
from proposals.models import AgendaItem, Minutes, Proposal
from proposals.views.common import acting_user, visible_proposal

from .. import gate
from .act_page import ActPage

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def meeting_invite(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Note that the invitation to a meeting went out."""
    proposal = visible_proposal(request, pk)
    if not policies.can_invite(request.user, proposal.municipality_id):
        raise PermissionDenied("Einladungen vermerkt der Sitzungsdienst.")
    row = _item(request, proposal, item)
    page = ActPage(
        proposal,
        f"Einladung vermerken: {row.committee}",
        "workflows/step.html",
        "Einladung vermerken",
        lambda answer: gate.complete_meeting(
            actor=acting_user(request), meeting=row.meeting, answer=answer
        ),
        "Die Einladung ist vermerkt.",
        _when(row),
    )
    form = InviteForm(request.POST or None, initial={"on": timezone.localdate()})
    return page.respond(request, form)


@require_http_methods(METHODS)
def minutes_note(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Note that the minutes are signed, or, where they are, that they are approved."""
    proposal = visible_proposal(request, pk)
    if not policies.can_sign_minutes(request.user, proposal.municipality_id):
        raise PermissionDenied("Das Protokoll vermerkt der Sitzungsdienst.")
    row = _item(request, proposal, item)
    minutes = Minutes.objects.visible_to(request.user).filter(meeting=row.meeting_id).first()
    word = proposal.municipality.law(timezone.localdate(row.meeting.starts_at)).minutes_word
    done = APPROVED if minutes else SIGNED

    page = ActPage(
        proposal,
        f"{word} {done}: {row.committee}",
        "workflows/step.html",
        f"Als {done} vermerken",
        lambda answer: gate.complete_meeting(
            actor=acting_user(request), meeting=row.meeting, answer=answer
        ),
        f"{word} {done}: vermerkt.",
        _when(row),
    )
    form = MinutesForm(request.POST or None, initial={"on": timezone.localdate(), "stage": done})
    return page.respond(request, form)


def _item(request: HttpRequest, proposal: Proposal, pk: int) -> AgendaItem:
    rows = AgendaItem.objects.visible_to(request.user).filter(consultation__proposal=proposal)
    row = rows.select_related("meeting", "committee").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _when(row: AgendaItem) -> str:
    return f"Sitzung vom {timezone.localdate(row.meeting.starts_at):%d.%m.%Y}"
