"""Meetings as lists and as a calendar, read through the door of one user."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, Prefetch
from django.utils import timezone

from .. import policies
from ..models import AgendaItem, Meeting, MeetingCommittee, Minutes
from ..rules.consultation import Outcome
from ..rules.meeting import MeetingState

PAGE_SIZE = 25


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in a list or a calendar; `items` counts what the user may see of its agenda."""

    id: int
    title: str
    short_title: str
    starts_at: datetime
    place: str
    number: int | None
    state: MeetingState
    items: int = 0
    minutes: str = ""
    url: str = ""

    @property
    def is_settled(self) -> bool:
        """Answer whether something became of it: a day that passed says nothing by itself."""
        return self.state not in (MeetingState.PLANNED, MeetingState.INVITED)

    @property
    def day(self) -> date:
        """Return the day on which it takes place."""
        return self.starts_at.date()


@dataclass(frozen=True)
class Day:
    """One day of a month's sheet; those of the neighbouring months fill its first and last week."""

    date: date
    in_month: bool
    meetings: list[MeetingRow]


@dataclass(frozen=True)
class Week:
    """One line of a month's sheet."""

    number: int
    days: list[Day]


@dataclass(frozen=True)
class Month:
    """One month of the calendar."""

    first: date
    weeks: list[Week]
    meetings: list[MeetingRow] = field(default_factory=list)
    url: str = ""


def joined_names(names: Iterable[str]) -> str:
    """Write the bodies of a meeting in one line: "A und B", "A, B und C"."""
    every = list(names)
    return " und ".join(filter(None, (", ".join(every[:-1]), every[-1]))) if every else ""


def bodies_in_order() -> Any:
    """Return what reads the bodies of meetings beforehand, the leading one first."""
    bodies = MeetingCommittee.objects.order_by("pk").select_related("committee")
    return Prefetch("bodies", bodies)


def title_of(meeting: Meeting) -> str:
    """Return the bodies that sit in a meeting, by their proper names."""
    return joined_names(row.committee.name for row in meeting.bodies.all())


def coming(user: Any, *, committee: int | None = None, year: int | None = None) -> list[MeetingRow]:
    """Return the meetings from today on, the next one first."""
    rows = _meetings(user, committee, year).filter(starts_at__gte=_midnight(timezone.localdate()))
    return _rows(rows.order_by("starts_at", "pk"), user)


def past(
    user: Any, *, committee: int | None = None, year: int | None = None, page: str | None = None
) -> Page[Any]:
    """Return a page of the meetings before today, the last one first."""
    rows = _meetings(user, committee, year).filter(starts_at__lt=_midnight(timezone.localdate()))
    found = Paginator(rows.order_by("-starts_at", "-pk"), PAGE_SIZE).get_page(page)
    shown: Any = _rows(found.object_list, user)
    found.object_list = shown
    return found


def years(user: Any) -> list[int]:
    """Return the years in which there are meetings, and this one; the last one first."""
    span = Meeting.objects.visible_to(user).aggregate(first=Min("starts_at"), last=Max("starts_at"))
    known = [timezone.localtime(when).year for when in span.values() if when is not None]
    known.append(timezone.localdate().year)
    return list(range(max(known), min(known) - 1, -1))


def months_of(user: Any, year: int, *, committee: int | None = None) -> list[Month]:
    """Return the twelve months of a year with their meetings, in a constant number of queries."""
    rows = _rows(_meetings(user, committee, year).order_by("starts_at", "pk"), user)
    return [_month(date(year, number, 1), rows) for number in range(1, 13)]


def month_of(user: Any, year: int, month: int, *, committee: int | None = None) -> Month:
    """Return one month; its sheet shows the meetings of the neighbouring days as well."""
    first = date(year, month, 1)
    days = [day for week in _sheet(first) for day in week]
    rows = _meetings(user, committee, None).filter(
        starts_at__gte=_midnight(days[0]), starts_at__lt=_midnight(days[-1] + timedelta(days=1))
    )
    return _month(first, _rows(rows.order_by("starts_at", "pk"), user))


def _meetings(user: Any, committee: int | None, year: int | None) -> Any:
    rows = Meeting.objects.visible_to(user).select_related("municipality")
    rows = rows.prefetch_related(bodies_in_order(), "breaks")
    if committee is not None:
        rows = rows.filter(bodies__committee=committee)
    if year is not None:
        begin, end = _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))
        rows = rows.filter(starts_at__gte=begin, starts_at__lt=end)
    return rows


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _rows(meetings: Iterable[Meeting], user: Any) -> list[MeetingRow]:
    found = list(meetings)
    counts, minutes = _items(found, user), _minutes(found, user)
    return [
        MeetingRow(
            id=meeting.pk,
            title=title_of(meeting),
            short_title=" / ".join(row.committee.short_name for row in meeting.bodies.all()),
            starts_at=timezone.localtime(meeting.starts_at),
            place=meeting.place,
            number=meeting.number,
            state=meeting.state,
            items=counts.get(meeting.pk, 0),
            minutes=minutes.get(meeting.pk, ""),
        )
        for meeting in found
    ]


def _items(meetings: list[Meeting], user: Any) -> dict[int, int]:
    """Return how many items each agenda has, of those that the user may read."""
    told = [row.pk for row in meetings if reads_agenda(row, user)]
    items = AgendaItem.objects.visible_to(user).filter(meeting__in=told)
    items = items.exclude(outcome=Outcome.TAKEN_OFF)
    counted = items.order_by().values_list("meeting").annotate(Count("pk", distinct=True))
    return dict(counted)


def reads_agenda(meeting: Meeting, user: Any) -> bool:
    """Say whether the agenda is for the user: before it leaves the house for those who make it."""
    return meeting.invited_on is not None or policies.can_read_draft_agenda(user, meeting)


def _minutes(meetings: list[Meeting], user: Any) -> dict[int, str]:
    """Return how far the minutes of each meeting are."""
    rows = Minutes.objects.visible_to(user).filter(meeting__in=[row.pk for row in meetings])
    stages = rows.values_list("meeting", "meeting__starts_at", "approved_on")
    houses = {row.pk: row.municipality for row in meetings}
    return {
        pk: f"{houses[pk].law(timezone.localdate(when)).minutes_word} "
        f"{'genehmigt' if approved_on else 'unterschrieben'}"
        for pk, when, approved_on in stages
    }


def _sheet(first: date) -> list[list[date]]:
    return calendar.Calendar(calendar.MONDAY).monthdatescalendar(first.year, first.month)


def _month(first: date, rows: list[MeetingRow]) -> Month:
    by_day: dict[date, list[MeetingRow]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    weeks = [
        Week(
            days[0].isocalendar().week,
            [Day(day, day.month == first.month, by_day.get(day, [])) for day in days],
        )
        for days in _sheet(first)
    ]
    own = [row for row in rows if (row.day.year, row.day.month) == (first.year, first.month)]
    return Month(first, weeks, own)
