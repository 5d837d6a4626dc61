"""The attendance of a meeting as a table for the allowances (Entschädigungssatzung)."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from ..models import AgendaItem, Attendance, Meeting, Membership, MembershipKind
from ..models.organization import valid_on
from ..rules.attendance import AttendanceKind

COLUMNS = (
    "Gremium",
    "Datum",
    "Nachname",
    "Vorname",
    "Fraktion/Gruppe",
    "Funktion",
    "Anwesenheit",
    "stimmberechtigt",
    "in Vertretung für",
    "Beginn",
    "Ende",
    "ab TOP",
    "bis vor TOP",
)
_AWAY = (AttendanceKind.EXCUSED, AttendanceKind.ABSENT)


def attendance_table(meeting: Meeting, user: Any) -> list[Sequence[str]]:
    """Return one line for each stay that the user may see, by body and name; four queries.

    Where nobody noted a time the stay lasts from the opening to the closing of the meeting.
    """
    rows = Attendance.objects.visible_to(user).filter(meeting=meeting)
    rows = rows.select_related("committee", "person", "substitutes", "since", "until")
    seats = _seats(meeting)
    ordered = sorted(rows, key=_by_name)
    return [_line(meeting, row, seats.get((row.committee_id, row.person_id))) for row in ordered]


def _seats(meeting: Meeting) -> dict[tuple[int, int], Membership]:
    day = timezone.localdate(meeting.starts_at)
    bodies = [body.committee_id for body in meeting.bodies.all()]
    rows = Membership.objects.filter(valid_on(day), committee__in=bodies).order_by("voting", "pk")
    return {(row.committee_id, row.person_id): row for row in rows}


def _by_name(row: Attendance) -> tuple[str, str, str, int, int]:
    person = row.person
    return (
        row.committee.name,
        person.family_name,
        person.given_name,
        person.pk,
        row.since.position if row.since else -1,
    )


def _line(meeting: Meeting, row: Attendance, seat: Membership | None) -> Sequence[str]:
    there = row.kind not in _AWAY
    begin = row.since_at or (None if row.since else _clock(meeting.opened_at or meeting.starts_at))
    end = row.until_at or (None if row.until else _clock(meeting.closed_at))
    return (
        row.committee.name,
        f"{timezone.localdate(meeting.starts_at):%d.%m.%Y}",
        row.person.family_name,
        row.person.given_name,
        seat.faction if seat else "",
        MembershipKind(seat.kind).label if seat else row.person.function,
        AttendanceKind(row.kind).label,
        "ja" if row.voting and there and row.kind != AttendanceKind.WITHOUT_VOTE else "nein",
        str(row.substitutes or ""),
        f"{begin:%H:%M}" if there and begin else "",
        f"{end:%H:%M}" if there and end else "",
        _top(row.since) if there else "",
        _top(row.until) if there else "",
    )


def _clock(when: datetime | None) -> time | None:
    return timezone.localtime(when).time() if when else None


def _top(item: AgendaItem | None) -> str:
    """Name an item by its number alone: its title may not be for everybody."""
    if item is None:
        return ""
    return item.number or f"{item.position}. Punkt"
