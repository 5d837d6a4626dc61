"""Meetings: the list, the calendar, a new one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from proposals import policies
from proposals.forms.meeting import FIRST_YEAR, LAST_YEAR, CalendarForm, MeetingFilter, PlanForm
from proposals.models import Committee, Meeting, Municipality
from proposals.models.standing import standing_of
from proposals.rules.errors import RuleViolation
from proposals.selectors import meetings as lists
from proposals.selectors.meetings import MeetingRow, Month
from proposals.views.common import CONFLICT, UNPROCESSABLE, acting_user, crumbs, say_refusal

from .. import gate
from .meeting_door import meeting_url


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Show the meetings of the house: those to come, then the others page by page."""
    form = MeetingFilter(
        request.GET, committees=_committees(request.user), years=lists.years(request.user)
    )
    form.is_valid()
    wanted = {name: form.cleaned_data.get(name) for name in ("committee", "year")}
    past = lists.past(request.user, page=request.GET.get("page"), **wanted)
    past.object_list = _linked(past.object_list)
    context = {
        "filter_form": form,
        "coming": _linked(lists.coming(request.user, **wanted)),
        "past": past,
        "create_url": _create_url(request.user),
        "calendar_url": reverse("meeting-calendar"),
    }
    return render(request, "workflows/meetings/list.html", context)


@require_safe
def meeting_calendar(request: HttpRequest) -> HttpResponse:
    """Show a year as its months, or one month as a sheet."""
    today = timezone.localdate()
    wanted = request.GET or {"year": str(today.year)}
    form = CalendarForm(wanted, committees=_committees(request.user))
    form.is_valid()
    year = form.cleaned_data.get("year") or today.year
    month, committee = form.cleaned_data.get("month"), form.cleaned_data.get("committee")
    context: dict[str, Any] = {
        "form": form,
        "today": today,
        "now_url": _calendar_url(today.year, today.month if month else None, committee),
        "crumbs": crumbs(("Sitzungen", reverse("meeting-list")), ("Sitzungskalender", "")),
    }
    if month:
        sheet = lists.month_of(request.user, year, month, committee=committee)
        context |= {"month": _linked_month(sheet, committee)}
    else:
        months = lists.months_of(request.user, year, committee=committee)
        context |= {"months": [_linked_month(row, committee) for row in months]}
    context |= _turning(year, month, committee)
    return render(request, "workflows/meetings/calendar.html", context)


def _turning(year: int, month: int | None, committee: int | None) -> dict[str, Any]:
    """Return the title of the page, and what lies before and behind it."""
    if month is None:
        return {
            "title": str(year),
            "before": _to(year - 1, None, committee, str(year - 1)),
            "after": _to(year + 1, None, committee, str(year + 1)),
        }
    first = date(year, month, 1)
    before = date(year - (month == 1), (month - 2) % 12 + 1, 1)
    after = date(year + (month == 12), month % 12 + 1, 1)
    return {
        "title": date_format(first, "F Y"),
        "before": _to(before.year, before.month, committee, date_format(before, "F")),
        "after": _to(after.year, after.month, committee, date_format(after, "F")),
    }


def _to(year: int, month: int | None, committee: int | None, label: str) -> dict[str, str] | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return {"label": label, "url": _calendar_url(year, month, committee)}


def _calendar_url(year: int, month: int | None, committee: int | None) -> str:
    wanted = {"year": year, "month": month, "committee": committee}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"{reverse('meeting-calendar')}?{query}"


def _linked(rows: Iterable[MeetingRow]) -> list[MeetingRow]:
    return [replace(row, url=meeting_url(row.id)) for row in rows]


def _linked_month(month: Month, committee: int | None) -> Month:
    weeks = [
        replace(week, days=[replace(day, meetings=_linked(day.meetings)) for day in week.days])
        for week in month.weeks
    ]
    url = _calendar_url(month.first.year, month.first.month, committee)
    return replace(month, weeks=weeks, meetings=_linked(month.meetings), url=url)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: HttpRequest) -> HttpResponse:
    """Plan a meeting of one body, or a joint one of several."""
    house = standing_of(request.user).municipality_id
    if house is None or not policies.can_plan_meetings(request.user, house):
        raise PermissionDenied("Sitzungen plant der Sitzungsdienst.")
    bodies = _committees(request.user)
    form = PlanForm(request.POST or None, committees=bodies, initial=_proposed(request, bodies))
    if request.method != "POST":
        return _show_plan(request, form)
    if not form.is_valid():
        return _show_plan(request, form, UNPROCESSABLE)
    municipality = Municipality.objects.get(pk=house)
    try:
        meeting = gate.plan(
            actor=acting_user(request), municipality=municipality, answer=form.answer()
        )
    except RuleViolation as violation:
        say_refusal(form, violation, {"starts_at": "date", "committee_ids": "committees"})
        return _show_plan(request, form, CONFLICT)
    messages.success(request, "Die Sitzung ist angelegt.")
    return redirect(meeting_url(meeting.pk))


def _proposed(request: HttpRequest, bodies: list[Committee]) -> dict[str, Any]:
    """Return the form for `?committee=`: where and when that body met the last time."""
    wanted = request.GET.get("committee", "")
    body = next((row for row in bodies if str(row.pk) == wanted), None)
    if body is None:
        return {}
    rows = Meeting.objects.visible_to(request.user).filter(bodies__committee=body)
    last = rows.order_by("-starts_at").first()
    known = {"committees": [body.pk]}
    if last is None:
        return known
    return {**known, "place": last.place, "time": timezone.localtime(last.starts_at).time()}


def _show_plan(request: HttpRequest, form: PlanForm, status: int = 200) -> HttpResponse:
    step = {
        "title": "Sitzung anlegen",
        "submit_label": "Sitzung anlegen",
        "cancel_url": reverse("meeting-list"),
        "crumbs": crumbs(("Sitzungen", reverse("meeting-list")), ("Sitzung anlegen", "")),
    }
    context = {"form": form, "step": step}
    return render(request, "workflows/meetings/create.html", context, status=status)


def _committees(user: Any) -> list[Committee]:
    """Return the bodies of the user's house, by name."""
    return list(Committee.objects.filter(municipality=standing_of(user).municipality_id))


def _create_url(user: Any) -> str:
    house = standing_of(user).municipality_id
    may = house is not None and policies.can_plan_meetings(user, house)
    return reverse("meeting-create") if may else ""
