"""Who sits in a committee on the day of a meeting: private to the acts on attendance."""

from collections.abc import Collection

from django.utils import timezone

from ... import policies
from ...models import Attendance, Committee, Meeting, Membership, Person, User
from ...models.organization import valid_on
from ...models.presence import held_order, stays_of
from ...rules.attendance import objection_to_stays
from ...rules.errors import RuleViolation
from ..common import refuse_on, require
from ..items import seated
from .answers import RollEntry

NOT_KEEPING = "Die Anwesenheit „{}“ führen Sie nicht."


def kept(actor: User, meeting: Meeting, committee_id: int) -> Committee:
    """Return a committee of the meeting whose attendance the actor keeps."""
    committee = seated(meeting, committee_id)
    require(policies.can_keep(actor, committee.pk), NOT_KEEPING.format(committee.name))
    return committee


class Seats:
    """Who sits in a committee on the day of a meeting, with or without a vote; two queries."""

    def __init__(
        self, meeting: Meeting, committee: Committee, entries: Collection[RollEntry]
    ) -> None:
        self.committee = committee
        day = timezone.localdate(meeting.starts_at)
        rows = Membership.objects.filter(valid_on(day), committee=committee)
        self.voting: dict[int, bool] = {}
        for person, voting in rows.values_list("person", "voting"):
            self.voting[person] = self.voting.get(person, False) or voting
        wanted = {entry.person_id for entry in entries} | self.voting.keys()
        people = Person.objects.filter(municipality=meeting.municipality_id, pk__in=wanted)
        self.names = {person.pk: str(person) for person in people}

    def has_vote(self, entry: RollEntry) -> bool:
        """Answer whether a person votes: by its own seat, or by that of whom it represents.

        Raises RuleViolation for strangers, and for a seat that nobody has.
        """
        if entry.person_id not in self.names:
            raise RuleViolation("Diese Person gibt es hier nicht.", field="person")
        if entry.substitutes_id is None:
            return self.voting.get(entry.person_id, False)
        if entry.substitutes_id not in self.voting:
            raise RuleViolation(
                f"{self.names[entry.person_id]} kann nur ein Mitglied von "
                f"„{self.committee.name}“ vertreten.",
                field="substitutes",
            )
        return self.voting[entry.substitutes_id]


def new_stay(meeting: Meeting, committee: Committee, entry: RollEntry, seats: Seats) -> Attendance:
    """Return an unsaved stay from the beginning of a meeting."""
    return Attendance(
        meeting=meeting,
        committee=committee,
        person_id=entry.person_id,
        kind=entry.kind,
        voting=seats.has_vote(entry),
        substitutes_id=entry.substitutes_id,
        since_at=entry.at,
    )


def refuse_impossible(meeting: Meeting, committee: Committee, seats: Seats) -> None:
    """Raise RuleViolation for somebody who is there twice, or represents somebody who is there."""
    stays = stays_of(meeting.pk, committee.pk)
    moves = any(stay.since or stay.until for stay in stays)
    order = held_order(meeting.pk) if moves else []
    refuse_on(objection_to_stays(stays, order, seats.names))
