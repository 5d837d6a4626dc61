"""The acts on a meeting: invite, move, cancel, its course on the day, its minutes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.meeting import (
    CancelForm,
    InviteForm,
    MoveForm,
    PostponeRestForm,
    SupplementForm,
)
from proposals.forms.sitting import (
    CloseForm,
    CorrectSittingForm,
    OpenForm,
    ReopenForm,
    ResumeForm,
    SuspendForm,
)
from proposals.models import Meeting
from proposals.rules.meeting import MeetingState
from proposals.selectors.meeting_page import (
    chair_candidates,
    invitation_sheet,
    later_meetings,
    minute_takers,
    open_items,
)

from .desk import stored
from .meeting_door import MeetingAct, require_keeper, require_planner, visible_meeting

METHODS = ["GET", "HEAD", "POST"]
RUNNING = (MeetingState.RUNNING, MeetingState.SUSPENDED)


@require_http_methods(METHODS)
def meeting_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the invitation went out; its agenda is kept as it was sent."""
    meeting = _to_invite(request, pk)
    sheet = invitation_sheet(meeting, request.user)
    page = MeetingAct(
        request,
        meeting,
        "Erneut einladen" if sheet.again else "Einladung versenden",
        "Als versandt festhalten",
        "Die Einladung ist versandt; die Tagesordnung ist festgehalten.",
        template="workflows/meetings/invite.html",
        aliases={"sent_on": "on", "reason": "shortened_reason"},
        sheet=sheet,
    )
    initial = {"on": timezone.localdate(), "recipients": sheet.recipients}
    form = InviteForm(
        request.POST or None,
        request.FILES or None,
        with_hint=sheet.resumes_no_quorum,
        paragraph=sheet.hint_paragraph,
        initial=initial,
    )
    return page.respond(form, lambda: form.answer_with(stored))


@require_http_methods(METHODS)
def meeting_supplement(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a Nachtrag went out for what was added after the invitation."""
    meeting = _to_invite(request, pk)
    sheet = invitation_sheet(meeting, request.user)
    page = MeetingAct(
        request,
        meeting,
        "Nachtrag versenden",
        "Als versandt festhalten",
        "Der Nachtrag ist versandt.",
        template="workflows/meetings/invite.html",
        aliases={"sent_on": "on"},
        sheet=sheet,
    )
    initial = {"on": timezone.localdate(), "recipients": sheet.recipients}
    form = SupplementForm(request.POST or None, request.FILES or None, initial=initial)
    return page.respond(form, lambda: form.answer_with(stored))


def _to_invite(request: HttpRequest, pk: int) -> Meeting:
    meeting = visible_meeting(request, pk)
    if not policies.can_invite(request.user, meeting.municipality_id):
        raise PermissionDenied("Einladungen versendet der Sitzungsdienst.")
    return meeting


@require_http_methods(METHODS)
def meeting_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a meeting to another day, time or place."""
    meeting = visible_meeting(request, pk)
    require_planner(request, meeting)
    page = MeetingAct(
        request,
        meeting,
        "Sitzung verlegen",
        "Verlegen",
        "Die Sitzung ist verlegt.",
        template="workflows/meetings/move.html",
        aliases={"starts_at": "date"},
    )
    return page.respond(MoveForm(request.POST or None, initial=MoveForm.initial_of(meeting)))


@require_http_methods(METHODS)
def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting; its open items go to another one or wait."""
    meeting = visible_meeting(request, pk)
    require_planner(request, meeting)
    page = MeetingAct(
        request,
        meeting,
        "Sitzung absagen",
        "Absagen",
        "Die Sitzung ist abgesagt.",
        aliases={"to_meeting_id": "to_meeting"},
        intro="Was noch offen ist, kommt auf eine andere Tagesordnung oder wartet auf eine. "
        "Die Sitzung bleibt im Kalender als abgesagt stehen.",
        danger=True,
    )
    meetings = later_meetings(meeting, request.user)
    return page.respond(CancelForm(request.POST or None, meetings=meetings))


@require_http_methods(METHODS)
def meeting_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a meeting was opened, by whom, and who keeps its minutes."""
    page = _course(request, pk, "Sitzung eröffnen", "Eröffnen", "Die Sitzung ist eröffnet.")
    meeting = page.meeting
    form = OpenForm(
        request.POST or None,
        meeting=meeting,
        members=chair_candidates(meeting),
        staff=minute_takers(meeting),
        initial={
            "at": _now_or(meeting),
            "chair": meeting.chair_id,
            "minute_taker": meeting.minute_taker_id,
        },
    )
    return page.respond(form)


@require_http_methods(METHODS)
def meeting_suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a meeting breaks off for a while."""
    page = _course(
        request, pk, "Sitzung unterbrechen", "Unterbrechen", "Die Sitzung ist unterbrochen."
    )
    initial = {"at": _now_or(page.meeting)}
    return page.respond(SuspendForm(request.POST or None, meeting=page.meeting, initial=initial))


@require_http_methods(METHODS)
def meeting_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a suspended meeting goes on."""
    page = _course(request, pk, "Sitzung fortsetzen", "Fortsetzen", "Die Sitzung geht weiter.")
    initial = {"at": _now_or(page.meeting)}
    return page.respond(ResumeForm(request.POST or None, meeting=page.meeting, initial=initial))


@require_http_methods(METHODS)
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a meeting ended; what has no result yet is named."""
    page = _course(
        request,
        pk,
        "Sitzung schließen",
        "Schließen",
        "Die Sitzung ist geschlossen.",
        template="workflows/meetings/close.html",
    )
    page.context["left"] = [
        line.label for line in open_items(page.meeting, request.user) if not line.is_over
    ]
    initial = {"at": _now_or(page.meeting)}
    return page.respond(CloseForm(request.POST or None, meeting=page.meeting, initial=initial))


@require_http_methods(METHODS)
def meeting_postpone_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Postpone in one act what a meeting did not come to."""
    page = _course(
        request,
        pk,
        "Rest vertagen",
        "Vertagen",
        "Die übrigen Punkte sind vertagt.",
        aliases={"to_meeting_id": "to_meeting", "item_ids": "items"},
    )
    form = PostponeRestForm(
        request.POST or None,
        items=open_items(page.meeting, request.user),
        meetings=later_meetings(page.meeting, request.user),
        running=page.meeting.state in RUNNING,
    )
    return page.respond(form)


def _course(
    request: HttpRequest, pk: int, title: str, submit_label: str, done: str, **options: Any
) -> MeetingAct:
    """Return the page of an act on the day, for who keeps one of the bodies."""
    meeting = visible_meeting(request, pk)
    require_keeper(request, meeting)
    return MeetingAct(request, meeting, title, submit_label, done, **options)


def _now_or(meeting: Meeting) -> Any:
    """Return the time of day on the day of the meeting, its announced beginning on any other."""
    now, begin = timezone.localtime(), timezone.localtime(meeting.starts_at)
    return now.time() if now.date() == begin.date() else begin.time()


@require_http_methods(METHODS)
def meeting_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that a meeting was closed."""
    page = _course(
        request,
        pk,
        "Sitzung wieder öffnen",
        "Wieder öffnen",
        "Die Sitzung ist wieder geöffnet.",
        intro="Für eine Sitzung, die versehentlich geschlossen wurde. Ergebnisse und Anwesenheit "
        "bleiben, wie sie sind.",
    )
    data = request.POST if request.method == "POST" else None  # no field is needed
    return page.respond(ReopenForm(data, signed=hasattr(page.meeting, "minutes")))


@require_http_methods(METHODS)
def meeting_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Set right who chaired a meeting and kept its minutes, and when it took place."""
    page = _course(
        request,
        pk,
        "Vorsitz und Zeiten berichtigen",
        "Berichtigen",
        "Die Angaben sind berichtigt.",
        aliases={"chair_id": "chair", "minute_taker_id": "minute_taker"},
    )
    form = CorrectSittingForm(
        request.POST or None,
        meeting=page.meeting,
        members=chair_candidates(page.meeting),
        staff=minute_takers(page.meeting),
        signed=hasattr(page.meeting, "minutes"),
    )
    return page.respond(form)
