"""Where a user stands today: the roles and seats that visibility, policies and the inbox read."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ..rules.words import CommitteeKind
from .organization import Committee, Membership, valid_on
from .people import Person, Role, RoleAssignment


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
    offices: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        of_office = {Role.CLERK, Role.CO_SIGNER}
        offices = frozenset(scope for role, scope in self.roles if role in of_office)
        object.__setattr__(self, "offices", offices)

    def has(self, role: Role, scope: int | None) -> bool:
        """Answer whether the user holds `role` for that office, committee or municipality."""
        return (role, scope) in self.roles

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
    roles: set[tuple[Role, int]] = set()
    held = RoleAssignment.objects.filter(valid_on(today), person=person)
    for row in held.select_related("office", "committee"):
        scope = row.scope
        if scope is None:
            roles.add((Role(row.role), person.municipality_id))
        elif scope.municipality_id == person.municipality_id:
            roles.add((Role(row.role), scope.pk))
    if (Role.SECRETARY, person.municipality_id) in roles:
        bodies = Committee.objects.filter(municipality=person.municipality_id)
        roles |= {(Role.COMMITTEE_SECRETARY, pk) for pk in bodies.values_list("pk", flat=True)}
    seats = Membership.objects.filter(valid_on(today), person=person)
    kinds = list(seats.values_list("committee_id", "kind", "committee__kind"))
    law = person.municipality.law(today) if kinds else None  # a query that few need
    return Standing(
        municipality_id=person.municipality_id,
        name=str(person),
        function=person.function,
        roles=frozenset(roles),
        seats=frozenset(committee for committee, _, _ in kinds),
        reads_every_body=law is not None
        and any(
            body == CommitteeKind.COUNCIL and law.reads_every_body(kind) for _, kind, body in kinds
        ),
        excluded_person=person.pk if law is not None and law.recusal.withdraws_papers else None,
    )
