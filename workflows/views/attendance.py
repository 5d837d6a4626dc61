"""Who was there: the list of each body, late arrivals and early leave, the file for allowances."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from proposals import policies
from proposals.forms.attendance import Entry, Line, RollForm, StayForm, members_of
from proposals.models import Committee, Meeting
from proposals.rules.errors import RuleViolation
from proposals.selectors.agenda_lines import agenda_lines
from proposals.selectors.attendance import COLUMNS, attendance_table
from proposals.selectors.meeting_page import day_in_words
from proposals.selectors.meetings import title_of
from proposals.selectors.roll import Roll, roll_of, substitutes_of
from proposals.views.common import CONFLICT, UNPROCESSABLE, acting_user, say_refusal
from proposals.views.sheets import as_csv

from .. import gate
from .meeting_door import meeting_crumbs, meeting_url, require_keeper, visible_meeting

STAYS = ("arrive", "leave")


class Body:
    """One body's list on the page, with its two forms."""

    def __init__(
        self, request: HttpRequest, meeting: Meeting, committee: Committee, items: Any
    ) -> None:
        self.committee = committee
        self.roll: Roll = roll_of(meeting, committee, request.user)
        signed = hasattr(meeting, "minutes")
        entries = [_entry(row) for row in self.roll.entries]
        sent = request.POST if request.POST.get("committee") == str(committee.pk) else None
        wish = sent.get("do", "") if sent is not None else ""
        prefix = f"b{committee.pk}"
        self.roll_form = RollForm(
            sent if wish in ("roll", "all") else None,
            auto_id=f"{prefix}-%s",
            committee_id=committee.pk,
            entries=entries,
            others=substitutes_of(meeting, self.roll),
            signed=signed,
        )
        people = [(row.person_id, row.name) for row in entries]
        self.stay_form = StayForm(
            sent if wish in STAYS else None,
            auto_id=f"{prefix}-stay-%s",
            committee_id=committee.pk,
            people=people + substitutes_of(meeting, self.roll),
            members=members_of(entries),
            items=[(line.id, line.label) for line in items if line.committee_id == committee.pk],
            signed=signed,
            initial={"at": _now_at(meeting)},
        )

    @property
    def sections(self) -> list[dict[str, Any]]:
        """Return the lines of the list by Fraktion or Gruppe."""
        lines = {line.entry.person_id: line for line in self.roll_form.lines() if line.entry}
        return [
            {"heading": heading, "rows": [(row, lines[row.person_id]) for row in rows]}
            for heading, rows in self.roll.by_faction()
        ]

    @property
    def extra_lines(self) -> list[Line]:
        """Return the lines for people who are not on the list yet."""
        return list(self.roll_form.extra_lines())

    @property
    def moves(self) -> list[dict[str, Any]]:
        """Return who came later or left earlier; who comes at the item of leaving never left."""
        return [
            {
                "name": row.name,
                "person": row.person_id,
                "move": move,
                "undo": "leave" if move.came else "arrive",
            }
            for row in self.roll.entries
            for move in row.moves
        ]


def _entry(row: Any) -> Entry:
    first = row.beginning
    return Entry(
        person_id=row.person_id,
        name=row.name,
        stands_in=row.stands_in,
        kind=first.kind if first else None,
        substitutes_id=first.substitutes_id if first else None,
    )


def _now_at(meeting: Meeting) -> Any:
    """Return the time of day on the day of the meeting, nothing on any other."""
    now = timezone.localtime()
    return now.time() if now.date() == timezone.localdate(meeting.starts_at) else None


@require_http_methods(["GET", "HEAD", "POST"])
def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who is there: all at once, then the exceptions, then who comes and goes."""
    meeting = visible_meeting(request, pk)
    require_keeper(request, meeting)
    items = agenda_lines(meeting, request.user)
    bodies = [
        Body(request, meeting, row.committee, items)
        for row in meeting.bodies.all()
        if policies.can_keep(request.user, row.committee_id)
    ]
    if request.method != "POST":
        return _show(request, meeting, bodies)
    if "committee" not in request.POST:
        return _show(request, meeting, bodies, UNPROCESSABLE)
    body = next((b for b in bodies if request.POST["committee"] == str(b.committee.pk)), None)
    if body is None:
        raise Http404
    return _save(request, meeting, bodies, body)


def _save(request: HttpRequest, meeting: Meeting, bodies: list[Body], body: Body) -> HttpResponse:
    """Do what one of the body's forms asks for."""
    wish, form = request.POST.get("do", ""), body.stay_form
    if wish == "all":
        body.roll_form.everybody_here()
    if wish not in STAYS:
        roll = body.roll_form
        if not roll.is_valid():
            return _show(request, meeting, bodies, UNPROCESSABLE)
        answer: Any = roll.answer()
    elif not form.is_valid():
        return _show(request, meeting, bodies, UNPROCESSABLE)
    else:
        answer = form.arrival() if wish == "arrive" else form.leave()
    try:
        gate.complete_meeting(actor=acting_user(request), meeting=meeting, answer=answer)
    except RuleViolation as violation:
        refused = form if wish in STAYS else body.roll_form
        say_refusal(refused, violation, {"person_id": "person", "item_id": "item"})
        return _show(request, meeting, bodies, CONFLICT)
    messages.success(request, "Die Anwesenheit ist gespeichert.")
    return redirect(reverse("attendance-edit", args=[meeting.pk]))


def _show(
    request: HttpRequest, meeting: Meeting, bodies: list[Body], status: int = 200
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "title": title_of(meeting),
        "day": day_in_words(meeting),
        "bodies": bodies,
        "is_joint": len(bodies) > 1,
        "csv_url": reverse("attendance-csv", args=[meeting.pk]),
        "back_url": meeting_url(meeting.pk),
        "crumbs": meeting_crumbs(meeting, ("Anwesenheit", "")),
    }
    return render(request, "workflows/meetings/attendance.html", context, status=status)


@require_safe
def attendance_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the attendance for the allowances, as spreadsheets here read it."""
    meeting = visible_meeting(request, pk)
    if not policies.can_keep_meeting(request.user, meeting):
        raise PermissionDenied("Die Anwesenheit gibt aus, wer eines der Gremien betreut.")
    data = as_csv([COLUMNS, *attendance_table(meeting, request.user)])
    name = f"anwesenheit-{timezone.localdate(meeting.starts_at):%Y-%m-%d}-{meeting.pk}.csv"
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
