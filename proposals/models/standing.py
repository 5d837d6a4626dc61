"""Where a user stands today: the roles and seats that visibility, policies and the inbox read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from ..rules.words import CommitteeKind
from .organization import Committee, Membership, valid_on
from .people import Absence, Person, Role, RoleAssignment

Held = tuple[Role, int]


@dataclass(frozen=True)
class Standing:
    """The roles and seats of one user on one day; empty for whoever has none.

    `reads_every_body`: the Land lets such a member of the council read the non-public papers of
    other bodies too. `excluded_person` is the person where the house takes the papers from those
    who are excluded for bias (§ 41, § 78 Abs. 2 Satz 3 NKomVG), None where it does not.
    """

    municipality_id: int | None = None
    name: str = ""
    function: str = ""
    roles: frozenset[tuple[Role, int]] = frozenset()
    seats: frozenset[int] = frozenset()
    reads_every_body: bool = False
    excluded_person: int | None = None
    acting_for: Mapping[Held, int] = field(default_factory=dict, hash=False)
    offices: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        of_office = {Role.CLERK, Role.CO_SIGNER, Role.OFFICE_HEAD}
        offices = frozenset(scope for role, scope in self.roles if role in of_office)
        object.__setattr__(self, "offices", offices)

    def has(self, role: Role, scope: int | None) -> bool:
        """Answer whether the user holds `role` for that office, committee or municipality."""
        return (role, scope) in self.roles

    def stands_in_for(self, role: Role, scope: int | None) -> int | None:
        """Return the person for whom the user holds `role` there; None where it is their own."""
        return None if scope is None else self.acting_for.get((role, scope))

    @property
    def is_staff(self) -> bool:
        """Answer whether the user works for the administration (a role, not just a seat)."""
        return bool(self.roles)

    @property
    def minuted(self) -> frozenset[int]:
        """Return the committees whose agenda and results the user keeps."""
        return frozenset(s for role, s in self.roles if role == Role.COMMITTEE_SECRETARY)

    def strings(self) -> frozenset[str]:
        """Return the permission strings that open tasks are matched with."""
        return frozenset(permission(role, scope) for role, scope in self.roles)


def permission(role: Role, scope: int) -> str:
    """Return the permission string of a role in its office, committee or municipality."""
    return f"proposals.{role.value}_{scope}"


def standing_of(user: Any) -> Standing:
    """Return the user's standing today; read once per user object."""
    known = getattr(user, "_standing", None)
    if known is None:
        known = _read(user)
        user._standing = known
    return known


def _read(user: Any) -> Standing:
    if not user.is_authenticated or not user.is_active:
        return Standing()
    person = Person.objects.select_related("municipality").filter(user_id=user.pk).first()
    if person is None:
        return Standing()
    today = timezone.localdate()
    acting = dict(_held_today(person, today))
    roles = frozenset(acting)
    seats = Membership.objects.filter(valid_on(today), person=person)
    kinds = list(seats.values_list("committee_id", "kind", "committee__kind"))
    law = person.municipality.law(today) if kinds else None  # a query that few need
    return Standing(
        municipality_id=person.municipality_id,
        name=str(person),
        function=person.function,
        roles=roles,
        seats=frozenset(committee for committee, _, _ in kinds),
        reads_every_body=law is not None
        and any(
            body == CommitteeKind.COUNCIL and law.reads_every_body(kind) for _, kind, body in kinds
        ),
        excluded_person=person.pk if law is not None and law.recusal.withdraws_papers else None,
        acting_for={held: absent for held, absent in acting.items() if absent is not None},
    )


def _held_today(person: Person, today: date) -> dict[Held, int | None]:
    """Return the roles of a person today, each with whom it is held for (None: oneself)."""
    held: dict[Held, int | None] = {}
    away = Absence.objects.filter(absent_on(today), substitute=person).values("person")
    rows = RoleAssignment.objects.filter(
        valid_on(today),
        Q(person=person) | Q(person__in=away),
        person__municipality=person.municipality_id,
    ).select_related("office", "committee", "deputy_for")
    for key, absent in _roles_of(rows, person):
        # a role of one's own beats the same one held for somebody
        held[key] = None if absent is None else held.get(key, absent)
    house = (Role.SECRETARY, person.municipality_id)
    if house in held:
        bodies = Committee.objects.filter(municipality=person.municipality_id)
        for pk in bodies.values_list("pk", flat=True):
            held.setdefault((Role.COMMITTEE_SECRETARY, pk), held[house])
    return held


def _roles_of(rows: Any, person: Person) -> Iterator[tuple[Held, int | None]]:
    for row in rows:
        absent = row.person_id if row.person_id != person.pk else None
        if absent is None and row.deputy_for is not None:
            absent = row.deputy_for.person_id
        scope = row.scope
        if scope is None:
            yield (Role(row.role), person.municipality_id), absent
        elif scope.municipality_id == person.municipality_id:
            yield (Role(row.role), scope.pk), absent


def absent_on(day: date) -> Q:
    """Return the condition that an absence holds on a day."""
    there = Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=day)
    return Q(starts_on__lte=day, ends_on__gte=day) & there
