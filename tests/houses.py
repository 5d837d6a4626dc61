"""Municipalities for tests: offices, committees and people with the dullest legal values."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models import Model

from proposals.history.acts import Act
from proposals.history.journal import event
from proposals.models import (
    Committee,
    Membership,
    MembershipKind,
    Municipality,
    NumberAt,
    Office,
    Person,
    Role,
    RoleAssignment,
    User,
)
from proposals.rules.numbering import NumberPattern
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind
from proposals.services.organization import (
    CommitteeDraft,
    HouseDraft,
    OfficeDraft,
    PersonDraft,
    RoleDraft,
    set_up_house,
)
from tests.snapshots import once

TERM_START = date(2021, 11, 1)
OFFICES = (
    OfficeDraft("lead", "Sozialamt", "lead", "50"),
    OfficeDraft("treasury", "Kämmerei", "treasury", "20"),
    OfficeDraft("staff", "Personalamt", "staff", "10"),
)
COMMITTEES = (
    CommitteeDraft("council", "Kreistag", "council", CommitteeKind.COUNCIL, 5),
    CommitteeDraft("main", "Kreisausschuss", "main", CommitteeKind.MAIN_COMMITTEE, 3),
    CommitteeDraft("social", "Sozialausschuss", "social", CommitteeKind.COMMITTEE, 3),
    CommitteeDraft("board", "Beirat", "board", CommitteeKind.ADVISORY_BOARD, 3),
)
# the seats of a Landkreis of some size: the council of 42 with its Landrat
COUNTY = {"council": 43, "main": 11, "social": 11}
# log-in: roles and seats
PEOPLE: dict[str, tuple[Sequence[RoleDraft], Sequence[str]]] = {
    "clerk": ([RoleDraft(Role.CLERK, office="lead")], ()),
    "treasurer": ([RoleDraft(Role.CO_SIGNER, office="treasury")], ()),
    "staffer": ([RoleDraft(Role.CO_SIGNER, office="staff")], ()),
    "head": ([RoleDraft(Role.HEAD)], ()),
    "secretary": ([RoleDraft(Role.SECRETARY)], ()),
    "minutes": ([RoleDraft(Role.COMMITTEE_SECRETARY, committee="social")], ()),
    "auditor": ([RoleDraft(Role.AUDITOR)], ()),
    "administrator": ([RoleDraft(Role.ADMINISTRATOR)], ()),
    "deputy": ((), ("council", "social")),
}


@dataclass(frozen=True)
class House:
    """A municipality with offices `lead`, `treasury`, `staff` and one committee of each kind.

    People by their log-in: clerk, treasurer, staffer (both co-sign), head, secretary, minutes
    (of the social committee), auditor, administrator, deputy (council and social committee).
    """

    municipality: Municipality

    def user(self, name: str) -> User:
        """Return a person's account, fresh: what it may do is read anew."""
        return User.objects.get(username=f"{self.municipality.slug}.{name}")

    def users(self) -> list[User]:
        """Return all accounts of the house."""
        return list(User.objects.filter(person__municipality=self.municipality).order_by("pk"))

    def office(self, name: str) -> Office:
        """Return an office by its short name."""
        return Office.objects.get(municipality=self.municipality, short_name=name)

    def committee(self, name: str) -> Committee:
        """Return a committee by its short name."""
        return Committee.objects.get(municipality=self.municipality, short_name=name)


def make_house(
    slug: str = "muster",
    land: Land = Land.NI,
    number_at: NumberAt = NumberAt.RELEASE,
    pattern: str = "{LFD:4}/{JJJJ}",
    scope: str = "year",
    seats: Mapping[str, int] | None = None,
) -> House:
    """Return a Landkreis with five council seats and three in every other committee.

    `seats` names other numbers, such as `COUNTY`.
    """
    county = MunicipalityKind.LANDKREIS if land == Land.NI else MunicipalityKind.KREIS
    draft = HouseDraft(
        slug=slug,
        name=f"Landkreis {slug.title()}",
        land=land,
        kind=county,
        place="Musterstadt",
        office_word="Amt",
        head_title="Der Landrat",
        pattern=NumberPattern(pattern, scope),
        number_at=number_at,
        kind_prefixes={"beschlussvorlage": "BV", "mitteilungsvorlage": "MV", "antrag": "AN"},
        section_order=["facts", "wording"],
        section_names={},
        terms=[(19, "19. Wahlperiode", TERM_START, None)],
        offices=OFFICES,
        committees=[
            replace(body, seats=(seats or {}).get(body.key, body.seats)) for body in COMMITTEES
        ],
        people=[
            PersonDraft(name.title(), username=f"{slug}.{name}", roles=roles, seats=seats)
            for name, (roles, seats) in PEOPLE.items()
        ],
    )
    return House(once(repr(draft), Municipality, partial(set_up_house, house=draft, password=None)))


@contextmanager
def setting_up(*objects: Model) -> Iterator[None]:
    """Run a change of master data in an event of the system."""
    with event(None, Act.SET_UP, *objects):
        yield


def make_user(
    house: House,
    name: str,
    role: Role | None = None,
    *,
    office: str = "",
    committee: str = "",
    valid_to: date | None = None,
) -> User:
    """Return a further account of the house, with one role or none."""
    user = User.objects.create_user(f"{house.municipality.slug}.{name}")
    with setting_up(house.municipality):
        person = Person(municipality=house.municipality, user=user, family_name=name.title())
        person.save()
        if role is not None:
            RoleAssignment(
                person=person,
                role=role,
                office=house.office(office) if office else None,
                committee=house.committee(committee) if committee else None,
                valid_from=TERM_START,
                valid_to=valid_to,
            ).save()
    return user


def make_member(
    house: House,
    name: str,
    committee: str,
    kind: MembershipKind = MembershipKind.ELECTED,
    *,
    voting: bool = True,
) -> User:
    """Return a further account with a seat in a committee."""
    user = make_user(house, name)
    with setting_up(house.municipality):
        Membership(
            committee=house.committee(committee),
            person=Person.objects.get(user=user),
            kind=kind,
            voting=voting,
            valid_from=TERM_START,
        ).save()
    return user
