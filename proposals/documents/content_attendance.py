"""Who was there, as minutes print it: by Fraktion, with substitutes, late comers and leavers.

Who has no seat and stands in for nobody is of the administration or a guest.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time

from ..models import (
    AgendaItem,
    Attendance,
    Committee,
    Meeting,
    Membership,
    MembershipKind,
    RoleAssignment,
)
from ..models.attendance import QuorumStatement
from ..models.minuted import attendance_of, quorum_statements_of
from ..models.organization import valid_on
from ..rules.attendance import AttendanceKind
from ..rules.quorum import QuorumCause
from .context_meeting import BodyRow, FactionRow, PersonRow

_AWAY = (AttendanceKind.EXCUSED, AttendanceKind.ABSENT)
_HOW = {AttendanceKind.REMOTE: "zugeschaltet", AttendanceKind.WITHOUT_VOTE: "ohne Stimmrecht"}
_USUAL = (MembershipKind.ELECTED, MembershipKind.SUBSTITUTE)
NO_FACTION = "ohne Fraktion oder Gruppe"


def attendance_rows(meeting: Meeting, bodies: Sequence[Committee], day: date) -> list[BodyRow]:
    """Return the attendance of each body of a meeting; four queries however many they are."""
    noted: dict[int, list[Attendance]] = {}
    for row in attendance_of(meeting):
        noted.setdefault(row.committee_id, []).append(row)
    seats: dict[int, dict[int, Membership]] = {}
    members = Membership.objects.filter(valid_on(day), committee__in=bodies)
    for seat in members.order_by("voting", "pk"):
        seats.setdefault(seat.committee_id, {})[seat.person_id] = seat
    stated: dict[int, list[str]] = {}
    for count in quorum_statements_of(meeting):
        stated.setdefault(count.committee_id, []).append(_stated(count))
    staff = _staff({row.person_id for rows in noted.values() for row in rows}, day)
    return [
        _body(
            body,
            noted.get(body.pk, []),
            seats.get(body.pk, {}),
            stated.get(body.pk, []),
            meeting.chair_id,
            staff,
        )
        for body in bodies
    ]


def _staff(persons: Iterable[int], day: date) -> frozenset[int]:
    """Return who of these holds a role in the administration on the day."""
    roles = RoleAssignment.objects.filter(valid_on(day), person__in=list(persons))
    return frozenset(roles.values_list("person", flat=True))


def top_of(item: AgendaItem) -> str:
    """Name an item by its number alone: its title may not be for every reader."""
    return f"TOP {item.number}" if item.number else f"{item.position}. Punkt"


def _stated(row: QuorumStatement) -> str:
    word = "beschlussfähig" if row.quorate else "nicht beschlussfähig"
    at = f" bei {top_of(row.agenda_item)}" if row.agenda_item else ""
    clock = f" um {row.at:%H:%M} Uhr" if row.at else ""
    return f"{QuorumCause(row.cause).label}{at}{clock}: {row.present} anwesend, {word}"


def _body(
    body: Committee,
    stays: Iterable[Attendance],
    seats: dict[int, Membership],
    stated: list[str],
    chair: int | None,
    staff: frozenset[int],
) -> BodyRow:
    by_person: dict[int, list[Attendance]] = {}
    for stay in sorted(stays, key=_name_key):
        by_person.setdefault(stay.person_id, []).append(stay)
    factions: dict[str, list[PersonRow]] = {}
    missing: dict[str, list[str]] = {}
    beside: dict[bool, list[str]] = {}
    for person, rows in by_person.items():
        there = [row for row in rows if row.kind not in _AWAY]
        if not there:
            missing.setdefault(rows[0].kind, []).append(str(rows[0].person))
            continue
        seat = seats.get(person) or seats.get(there[0].substitutes_id or 0)
        if seat is None and not any(row.voting or row.substitutes_id for row in there):
            beside.setdefault(person in staff, []).append(_beside(there))
            continue
        faction = seat.faction if seat and seat.faction else NO_FACTION
        entry: PersonRow = {
            "name": str(rows[0].person),
            "zusatz": _how(there, seats.get(person), is_chair=person == chair),
        }
        factions.setdefault(faction, []).append(entry)
    order = sorted(factions, key=lambda name: (name == NO_FACTION, name))
    rows_of: list[FactionRow] = [{"name": name, "personen": factions[name]} for name in order]
    return {
        "gremium": body.name,
        "fraktionen": rows_of,
        "verwaltung": "; ".join(beside.get(True, [])),
        "gaeste": "; ".join(beside.get(False, [])),
        "entschuldigt": ", ".join(missing.get(AttendanceKind.EXCUSED, [])),
        "unentschuldigt": ", ".join(missing.get(AttendanceKind.ABSENT, [])),
        "beschlussfaehigkeit": stated,
    }


def _name_key(row: Attendance) -> tuple[str, str, int, int]:
    person = row.person
    return (
        person.family_name,
        person.given_name,
        person.pk,
        row.since.position if row.since else -1,
    )


def _beside(stays: Sequence[Attendance]) -> str:
    """Return somebody without a seat: "Karla Kamp (Kämmerin, ab TOP Ö 5)"."""
    person = stays[0].person
    words = [person.function, _how(stays, None, is_chair=False, sits=False)]
    added = ", ".join(filter(None, words))
    return f"{person} ({added})" if added else str(person)


def _how(
    stays: Sequence[Attendance], seat: Membership | None, *, is_chair: bool, sits: bool = True
) -> str:
    """Return what is said of a person: chair, seat, for whom, from when to when."""
    words = ["Vorsitz"] if is_chair else []
    if seat is not None and seat.kind not in _USUAL:
        words.append(MembershipKind(seat.kind).label)
    for stay in stays:
        if stay.kind in _HOW and (sits or stay.kind != AttendanceKind.WITHOUT_VOTE):
            words.append(_HOW[AttendanceKind(stay.kind)])
        if stay.substitutes is not None:
            words.append(f"i. V. für {stay.substitutes}")
        if stay.since is not None:
            words.append(f"ab {_at(stay.since, stay.since_at)}")
        if stay.until is not None:
            words.append(f"bis vor {_at(stay.until, stay.until_at)}")
    return ", ".join(dict.fromkeys(words))


def _at(item: AgendaItem, at: time | None) -> str:
    return f"{top_of(item)} ({at:%H:%M} Uhr)" if at else top_of(item)
