"""What the demo's files name: offices and committees by key, persons by name."""

from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import QuerySet
from django.utils import timezone

from proposals.models import (
    Committee,
    LegislativeTerm,
    Membership,
    MembershipKind,
    Municipality,
    Office,
    Person,
    Role,
    RoleAssignment,
    User,
)
from proposals.models.organization import valid_on


class Names:
    """The names of one house.

    `secretary` is the account that runs its meetings, `head` a name, `hall` where committees meet.
    """

    def __init__(self, municipality: Municipality, data: dict[str, Any]) -> None:
        self.municipality = municipality
        self.hall: str = data["municipality"]["hall"]
        self.offices = {
            row["key"]: Office.objects.get(municipality=municipality, name=row["name"])
            for row in data["offices"]
        }
        self.committees = {
            row["key"]: Committee.objects.get(municipality=municipality, name=row["name"])
            for row in data["committees"]
        }
        people = Person.objects.filter(municipality=municipality)
        self._people = {str(person): person.pk for person in people}
        self.secretary: User = self._holders(Role.SECRETARY).get()
        self.head = self._holders(Role.HEAD).order_by("pk")[0].get_full_name()

    def _holders(self, role: Role) -> QuerySet[User]:
        rows = RoleAssignment.objects.filter(role=role, person__municipality=self.municipality)
        return User.objects.filter(person__in=rows.values("person"))

    def person(self, name: str) -> int:
        """Return the key of the person with that name."""
        return self._people[name]

    def members(self, committee: Committee, day: date) -> list[int]:
        """Return who sits in a committee on a day; who only represents others is left out."""
        rows = Membership.objects.filter(valid_on(day), committee=committee)
        rows = rows.exclude(kind=MembershipKind.SUBSTITUTE).order_by("pk")
        return list(rows.values_list("person", flat=True))

    def holders(self, name: str) -> set[int]:
        """Return everybody of a Fraktion or Gruppe, or the one person of that name."""
        if name in self._people:
            return {self._people[name]}
        rows = Membership.objects.filter(committee__municipality=self.municipality, faction=name)
        return set(rows.values_list("person", flat=True))

    def term(self, day: date) -> int:
        """Return the number of the Wahlperiode that a day lies in, 0 before the first."""
        rows = LegislativeTerm.objects.filter(
            municipality=self.municipality, starts_on__lte=day
        ).order_by("-starts_on")
        return rows.values_list("number", flat=True).first() or 0

    def request_key(self, *parts: object) -> UUID:
        """Return the key of an answer that is the same in every run."""
        return uuid5(NAMESPACE_URL, "/".join([self.municipality.slug, *map(str, parts)]))


def moment(day: date, clock: str) -> datetime:
    """Return a time of day such as "15:10" as a moment."""
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))
