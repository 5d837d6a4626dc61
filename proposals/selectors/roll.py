"""The attendance of one body in one meeting, as a list with names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils import timezone

from ..models import AgendaItem, Attendance, Committee, Meeting, Membership, MembershipKind, Person
from ..models.organization import valid_on
from ..rules.attendance import AttendanceKind

THERE = (AttendanceKind.PRESENT, AttendanceKind.REMOTE, AttendanceKind.WITHOUT_VOTE)
AT_THE_TABLE = (AttendanceKind.PRESENT, AttendanceKind.REMOTE)
NO_FACTION = "ohne Fraktion oder Gruppe"
GUESTS = "in Vertretung und Gäste"
IN_PLACE, MOVED = "in Vertretung", "gekommen und gegangen"


@dataclass(frozen=True)
class Stretch:
    """A stretch of a person's attendance; `since` and `until` name items, "" for an end."""

    kind: AttendanceKind
    voting: bool
    substitutes_id: int | None
    since: str
    since_id: int | None
    since_at: time | None
    until: str
    until_id: int | None
    until_at: time | None

    @property
    def is_there(self) -> bool:
        """Answer whether the person takes part in it."""
        return self.kind in THERE


@dataclass(frozen=True)
class Move:
    """Somebody came at an item or left before it: "ab TOP Ö 5 (16:10 Uhr)"."""

    words: str
    came: bool
    item_id: int
    kind: AttendanceKind
    substitutes_id: int | None


@dataclass(frozen=True)
class RollEntry:
    """Somebody on the list, with every stretch that is noted, the beginning first."""

    person_id: int
    name: str
    faction: str
    seat: str
    voting: bool
    stands_in: bool
    stretches: Sequence[Stretch]

    @property
    def beginning(self) -> Stretch | None:
        """Return what is noted for the beginning, None where nothing is."""
        return next((row for row in self.stretches if not row.since), None)

    @property
    def moves(self) -> list["Move"]:
        """Return when the person came and went, in the order of the evening."""
        found = []
        for row in self.stretches:
            if row.is_there and row.since_id:
                words = f"ab {_with_clock(row.since, row.since_at)}"
                found.append(Move(words, True, row.since_id, row.kind, row.substitutes_id))
            if row.is_there and row.until_id:
                words = f"bis vor {_with_clock(row.until, row.until_at)}"
                found.append(Move(words, False, row.until_id, row.kind, row.substitutes_id))
        return found


@dataclass(frozen=True)
class Roll:
    """The list of one body; `names` knows everybody on it."""

    committee: Committee
    entries: Sequence[RollEntry]

    @property
    def is_noted(self) -> bool:
        """Answer whether anything is noted yet, as far as the user may know."""
        return any(row.stretches for row in self.entries)

    @property
    def words(self) -> str:
        """Return how many were there at the beginning: "29 von 43, davon 28 stimmberechtigt"."""
        first = [row.beginning for row in self.entries]
        there = [row for row in first if row is not None and row.is_there]
        voters = sum(row.voting and row.kind in AT_THE_TABLE for row in there)
        members = self.committee.statutory_members
        return f"{len(there)} von {members} anwesend, davon {voters} stimmberechtigt"

    @property
    def groups(self) -> list[tuple[str, list[str]]]:
        """Return the names of those who were not simply there, by what is noted of them."""
        names = {row.person_id: row.name for row in self.entries}
        found: dict[str, list[str]] = {}
        for row in self.entries:
            for label, words in _noted(row, names):
                found.setdefault(label, []).append(words)
        return sorted(found.items(), key=lambda group: _PLACES.get(group[0], len(_PLACES)))

    def by_faction(self) -> list[tuple[str, list[RollEntry]]]:
        """Return the list as houses print it: by Fraktion or Gruppe, who stands in at the end."""
        found: dict[str, list[RollEntry]] = {}
        for row in sorted(self.entries, key=_by_faction):
            heading = GUESTS if row.stands_in else row.faction or NO_FACTION
            found.setdefault(heading, []).append(row)
        return list(found.items())


def roll_of(meeting: Meeting, committee: Committee, user: Any) -> Roll:
    """Return the members of a body on the day of a meeting and everybody noted as there.

    Names of who was there only where the user may see the attendance; three queries.
    """
    day = timezone.localdate(meeting.starts_at)
    seats = Membership.objects.filter(valid_on(day), committee=committee).select_related("person")
    noted: dict[int, list[Attendance]] = {}
    rows = Attendance.objects.visible_to(user).filter(meeting=meeting, committee=committee)
    for row in rows.select_related("person", "since", "until").order_by("pk"):
        noted.setdefault(row.person_id, []).append(row)
    entries: dict[int, RollEntry] = {}
    for seat in seats.order_by("person__family_name", "person__given_name", "-voting"):
        if seat.person_id not in entries:
            stretches = noted.pop(seat.person_id, [])
            entries[seat.person_id] = _entry(seat.person, stretches, seat)
    for rows_of_guest in noted.values():
        guest = rows_of_guest[0].person
        entries[guest.pk] = _entry(guest, rows_of_guest, None)
    return Roll(committee, list(entries.values()))


def substitutes_of(meeting: Meeting, roll: Roll) -> list[tuple[int, str]]:
    """Return who may be added to the list: everybody with a seat in the house, by name."""
    day = timezone.localdate(meeting.starts_at)
    seats = Membership.objects.filter(
        valid_on(day), committee__municipality=meeting.municipality_id
    )
    listed = [row.person_id for row in roll.entries]
    people = Person.objects.filter(pk__in=seats.values("person")).exclude(pk__in=listed)
    return [(row.pk, str(row)) for row in people.order_by("family_name", "given_name")]


def _entry(person: Person, rows: Iterable[Attendance], seat: Membership | None) -> RollEntry:
    ordered = sorted(rows, key=lambda row: row.since_id is not None)
    is_substitute = seat is None or seat.kind == MembershipKind.SUBSTITUTE
    is_usual = seat is None or seat.kind == MembershipKind.ELECTED
    return RollEntry(
        person_id=person.pk,
        name=str(person),
        faction=seat.faction if seat else "",
        seat="" if is_usual or seat is None else MembershipKind(seat.kind).label,
        voting=seat is not None and seat.voting,
        stands_in=is_substitute,
        stretches=[_stretch(row) for row in ordered],
    )


def _stretch(row: Attendance) -> Stretch:
    return Stretch(
        kind=AttendanceKind(row.kind),
        voting=row.voting,
        substitutes_id=row.substitutes_id,
        since=_top(row.since),
        since_id=row.since_id,
        since_at=row.since_at,
        until=_top(row.until),
        until_id=row.until_id,
        until_at=row.until_at,
    )


def _top(item: AgendaItem | None) -> str:
    """Name an item by its number alone: its title may not be for everybody."""
    if item is None:
        return ""
    return f"TOP {item.number}" if item.number else f"{item.position}. Punkt"


def _with_clock(top: str, at: time | None) -> str:
    return f"{top} ({at:%H:%M} Uhr)" if at else top


_ORDER = (
    AttendanceKind.REMOTE.label,
    AttendanceKind.WITHOUT_VOTE.label,
    IN_PLACE,
    MOVED,
    AttendanceKind.EXCUSED.label,
    AttendanceKind.ABSENT.label,
)
_PLACES = {label: place for place, label in enumerate(_ORDER)}


def _noted(row: RollEntry, names: dict[int, str]) -> Iterator[tuple[str, str]]:
    first = row.beginning
    if first is not None and first.kind != AttendanceKind.PRESENT:
        yield first.kind.label, row.name
    for stretch in row.stretches:
        if stretch.substitutes_id is not None and stretch.is_there:
            missing = names.get(stretch.substitutes_id, "")
            yield IN_PLACE, f"{row.name} i. V. für {missing}".removesuffix(" i. V. für ")
    if row.moves:
        yield MOVED, f"{row.name} {', '.join(move.words for move in row.moves)}"


def _by_faction(row: RollEntry) -> tuple[bool, bool, str]:
    return row.stands_in, not row.faction, row.faction
