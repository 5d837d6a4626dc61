"""Who is there while a meeting lasts, and whether that is enough, for every item at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from ..models import AgendaItem, Committee, Meeting, Membership, Person, QuorumStatement
from ..models.order import as_held
from ..models.organization import valid_on
from ..models.presence import stays_of
from ..rules.attendance import Presence, Stay, present_at
from ..rules.law import Law
from ..rules.quorum import QuorumRuling, count_of, ruling_on_quorum
from ..rules.words import CommitteeKind


@dataclass(frozen=True)
class BodyNow:
    """A committee at one item: how many are there, and whether it may vote."""

    committee: Committee
    presence: Presence | None
    quorum: QuorumRuling | None
    stated: bool

    @property
    def words(self) -> str:
        """Return the number that is always in view: "29 von 43, davon 29 stimmberechtigt"."""
        return present_words(self.presence, self.committee.statutory_members)


def present_words(presence: Presence | None, members: int) -> str:
    """Return how many of a body are there, and how many of them may vote."""
    if presence is None:
        return "Anwesenheit noch nicht erfasst"
    words = f"{presence.present} von {members}, davon {presence.entitled} stimmberechtigt"
    return f"{words}, {presence.remote} zugeschaltet" if presence.remote else words


@dataclass(frozen=True)
class Candidate:
    """Somebody who may come, go or be excluded; `committee` None: of the house, no member here."""

    pk: int
    name: str
    faction: str
    committee: int | None
    is_member: bool
    is_present: bool

    @property
    def words(self) -> str:
        """Return the name with what tells it from others of the same name."""
        where = self.faction or ("" if self.is_member else "kein Mitglied")
        return f"{self.name} ({where})" if where else self.name


def candidates(meeting: Meeting, committee: Committee, there: Presence | None) -> list[Candidate]:
    """Return the members of a committee on the day, its guests, then everybody with a seat."""
    day = timezone.localdate(meeting.starts_at)
    seats = Membership.objects.filter(valid_on(day), committee__municipality=meeting.municipality)
    present = there.persons if there else frozenset()
    found: dict[int, Candidate] = {}
    rows = seats.select_related("person").order_by("person__family_name", "person__given_name")
    for row in sorted(rows, key=lambda seat: seat.committee_id != committee.pk):
        is_member = row.committee_id == committee.pk
        if row.person_id not in found:
            found[row.person_id] = Candidate(
                pk=row.person_id,
                name=str(row.person),
                faction=row.faction,
                committee=committee.pk if is_member else None,
                is_member=is_member,
                is_present=row.person_id in present,
            )
    return list(found.values())


@dataclass(frozen=True)
class Voter:
    """Somebody who may vote at an item, in the order in which they are called."""

    pk: int
    name: str
    faction: str
    choice: str = ""


def voters(
    meeting: Meeting, committee: Committee, there: Presence | None, choices: Mapping[int, str]
) -> list[Voter]:
    """Return who may vote, by name; `choices` are those of a roll call taken before.

    Without an attendance these are the voting members of that day.
    """
    day = timezone.localdate(meeting.starts_at)
    seats = Membership.objects.filter(valid_on(day), committee=committee).select_related("person")
    by_person = {row.person_id: row for row in seats}
    voting = [pk for pk, row in by_person.items() if row.voting]
    wanted = voting if there is None else there.voters
    people = Person.objects.filter(pk__in=wanted).order_by("family_name", "given_name", "pk")
    return [
        Voter(
            pk=row.pk,
            name=f"{row.family_name}, {row.given_name}".rstrip(", "),
            faction=by_person[row.pk].faction if row.pk in by_person else "",
            choice=choices.get(row.pk, ""),
        )
        for row in people
    ]


class Presences:
    """The attendance of a meeting, read once for each of its bodies."""

    def __init__(
        self,
        meeting: Meeting,
        items: Sequence[AgendaItem],
        committees: Iterable[int],
        recused: Mapping[int, Sequence[int]],
    ) -> None:
        self.recused = recused
        self.stays: dict[int, list[Stay]] = {pk: stays_of(meeting.pk, pk) for pk in committees}
        self.order = [item.pk for item in as_held(items, over=meeting.closed_at is not None)]

    def at(self, item: AgendaItem) -> Presence | None:
        """Return who is there at an item; None where nobody noted it."""
        stays = self.stays.get(item.committee_id, [])
        if not stays:
            return None
        recused = self.recused.get(item.pk, ())
        return present_at(stays, self.order, item.pk, recused, item.without_head)


def body_now(
    committee: Committee,
    presence: Presence | None,
    statements: Sequence[QuorumStatement],
    law: Law,
    *,
    seats: int | None = None,
    called_again: bool = False,
) -> BodyNow:
    """Return a committee as it stands at an item; `statements` are its counts, oldest first.

    `seats` is how many of them are filled (None: not recorded), `called_again`: any number is
    enough for this matter (§ 65 Abs. 2 NKomVG).
    """
    quorum = None
    if presence is not None:
        # once found quorate it is presumed to be, until somebody doubts it (§ 65 Abs. 1 NKomVG)
        found = bool(statements) and statements[-1].quorate
        quorum = ruling_on_quorum(
            count_of(presence, committee.statutory_members, seats=seats),
            law.body(CommitteeKind(committee.kind)).quorum,
            doubted=not found,
            second_meeting=called_again,
        )
    return BodyNow(committee, presence, quorum, bool(statements))
