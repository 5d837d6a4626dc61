"""Setting up a house: municipality, offices, committees, people, in one event."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..history.acts import Act
from ..history.journal import event
from ..models import (
    ClosedDay,
    Committee,
    CoSigningRule,
    HouseRule,
    LegislativeTerm,
    Membership,
    MembershipKind,
    Municipality,
    NumberAt,
    NumberCounter,
    Office,
    Person,
    Role,
    RoleAssignment,
    StandardItem,
    User,
)
from ..models.drafting import DefaultStation, TextBlock
from ..rules.agenda import AgendaNumbering, ItemKind
from ..rules.boxes import objection_to_boxes
from ..rules.cleaning import clean_html
from ..rules.co_signing import Part, Trigger, objection_to_signing_rule
from ..rules.consultation import ConsultationRole
from ..rules.law import objection_to_house_rule
from ..rules.numbering import NumberPattern, objection_to_pattern
from ..rules.results import RecommendationAs
from ..rules.route import objection_to_role
from ..rules.sections import objection_to_sections
from ..rules.suffixes import objection_to_suffix_pattern
from ..rules.words import CommitteeKind, Land, MunicipalityKind, ProposalKind
from .common import refuse_on


@dataclass(frozen=True)
class OfficeDraft:
    """An office; `key` and `parent` are names within the draft."""

    key: str
    name: str
    short_name: str
    number: str = ""
    parent: str = ""


@dataclass(frozen=True)
class StandardDraft:
    """An item that every agenda of a committee begins or ends with."""

    kind: ItemKind
    title: str = ""
    public: bool = True
    at_end: bool = False


@dataclass(frozen=True)
class CommitteeDraft:
    """A committee with its statutory number of voting members and its advisory seats."""

    key: str
    name: str
    short_name: str
    kind: CommitteeKind
    seats: int
    advisory: int = 0
    standard: Sequence[StandardDraft] = ()


@dataclass(frozen=True)
class RoleDraft:
    """A role; `office` or `committee` name the scope where the role has one."""

    role: Role
    office: str = ""
    committee: str = ""


@dataclass(frozen=True)
class SigningRuleDraft:
    """Where a trigger holds, the office co-signs for parts; `days` None: the house's deadline."""

    trigger: Trigger
    office: str
    parts: Sequence[Part]
    days: int | None = None


@dataclass(frozen=True)
class SeatDraft:
    """A seat in a committee, where it is more than that of an elected member with a vote."""

    committee: str
    kind: MembershipKind = MembershipKind.ELECTED
    voting: bool = True
    faction: str = ""


@dataclass(frozen=True)
class PersonDraft:
    """A person; with `username` an account, with `seats` a member of these committees."""

    family_name: str
    given_name: str = ""
    function: str = ""
    username: str = ""
    email: str = ""
    roles: Sequence[RoleDraft] = ()
    seats: Sequence[str | SeatDraft] = ()


@dataclass(frozen=True)
class RouteDraft:
    """With which route papers of a kind begin: committees with their roles; "" is any office."""

    kind: ProposalKind
    stations: Sequence[tuple[str, ConsultationRole]]
    office: str = ""


@dataclass(frozen=True)
class BlockDraft:
    """A text block; without an office for the whole house, without a section for any."""

    title: str
    html: str
    section: str = ""
    office: str = ""


@dataclass(frozen=True)
class HouseDraft:
    """A whole house as it is set up; members without a name are entered by their seat."""

    slug: str
    name: str
    land: Land
    kind: MunicipalityKind
    place: str
    office_word: str
    head_title: str
    pattern: NumberPattern
    number_at: NumberAt
    kind_prefixes: dict[str, str]
    section_order: Sequence[str]
    section_names: dict[str, Any]
    terms: Sequence[tuple[int, str, date, date | None]]
    counters: Sequence[tuple[str, int]] = ()
    rules: Sequence[tuple[str, Any, str, date]] = ()
    offices: Sequence[OfficeDraft] = ()
    committees: Sequence[CommitteeDraft] = ()
    people: Sequence[PersonDraft] = field(default_factory=tuple)
    agenda_numbering: AgendaNumbering = AgendaNumbering.SEPARATE
    recommendation_as: RecommendationAs = RecommendationAs.NOTE
    suffix_pattern: str = ""
    closing_days: int = 14
    closed_days: Sequence[tuple[date, str]] = ()
    kind_names: dict[str, str] = field(default_factory=dict)
    sections_of_kind: dict[str, Sequence[str]] = field(default_factory=dict)
    counted_sections: Sequence[str] = ()
    finance_boxes: Sequence[Sequence[str]] = ()
    wording_per_committee: bool = False
    routes: Sequence[RouteDraft] = ()
    blocks: Sequence[BlockDraft] = ()
    signing_rules: Sequence[SigningRuleDraft] = ()


def set_up_house(*, house: HouseDraft, password: str | None) -> Municipality:
    """Create a house with everything in it; accounts get `password` (None: no log-in yet).

    Act of the system, before anybody has a role.
    """
    with event(None, Act.SET_UP) as set_up:
        municipality = _municipality(house)
        set_up.objects.append(municipality)
        offices: dict[str, Office] = {}
        for draft in house.offices:
            offices[draft.key] = Office(
                municipality=municipality,
                name=draft.name,
                short_name=draft.short_name,
                number=draft.number,
                parent=offices.get(draft.parent),
            )
            offices[draft.key].save()
        committees: dict[str, Committee] = {}
        for body in house.committees:
            committees[body.key] = Committee(
                municipality=municipality,
                name=body.name,
                short_name=body.short_name,
                kind=body.kind,
                statutory_members=body.seats,
            )
            committees[body.key].save()
            _standard_items(committees[body.key], body.standard)
        _aids(municipality, house, offices, committees)
        for rule in house.signing_rules:
            refuse_on(objection_to_signing_rule(rule.trigger, rule.parts))
            CoSigningRule(
                municipality=municipality,
                trigger=rule.trigger,
                office=offices[rule.office],
                parts=[part.value for part in rule.parts],
                days=rule.days,
            ).save()
        since = min(start for _, _, start, _ in house.terms)
        for person in house.people:
            _person(municipality, person, offices, committees, since, password)
        for body in house.committees:
            _fill_seats(municipality, committees[body.key], body, since)
    return municipality


def _municipality(house: HouseDraft) -> Municipality:
    municipality = Municipality(
        slug=house.slug,
        name=house.name,
        land=house.land,
        kind=house.kind,
        place=house.place,
        office_word=house.office_word,
        head_title=house.head_title,
        number_pattern=house.pattern.text,
        number_scope=house.pattern.scope,
        number_at=house.number_at,
        kind_prefixes=house.kind_prefixes,
        section_order=list(house.section_order),
        section_names=house.section_names,
        kind_names=house.kind_names,
        sections_of_kind={kind: list(names) for kind, names in house.sections_of_kind.items()},
        counted_sections=list(house.counted_sections),
        finance_boxes=[list(row) for row in house.finance_boxes],
        wording_per_committee=house.wording_per_committee,
        agenda_numbering=house.agenda_numbering,
        recommendation_as=house.recommendation_as,
        suffix_pattern=house.suffix_pattern,
        closing_days=house.closing_days,
    )
    _refuse_what_cannot_be(house)
    municipality.save()
    for day, name in house.closed_days:
        ClosedDay(municipality=municipality, day=day, name=name).save()
    for number, name, starts_on, ends_on in house.terms:
        LegislativeTerm(
            municipality=municipality,
            number=number,
            name=name,
            starts_on=starts_on,
            ends_on=ends_on,
        ).save()
    for series, following in house.counters:
        NumberCounter(municipality=municipality, series=series, next=following).save()
    for path, value, source, valid_from in house.rules:
        refuse_on(objection_to_house_rule(house.land, house.kind, valid_from, path, value))
        HouseRule(
            municipality=municipality, path=path, value=value, source=source, valid_from=valid_from
        ).save()
    return municipality


def _refuse_what_cannot_be(house: HouseDraft) -> None:
    """Refuse numbers, sections and boxes that no paper could be written with."""
    refuse_on(objection_to_pattern(house.pattern.text, house.pattern.scope))
    for kind, names in house.sections_of_kind.items():
        refuse_on(objection_to_sections(ProposalKind(kind), names))
    if house.finance_boxes:
        refuse_on(objection_to_boxes(house.finance_boxes))
    if house.suffix_pattern:
        refuse_on(objection_to_suffix_pattern(house.suffix_pattern))


def _aids(
    municipality: Municipality,
    house: HouseDraft,
    offices: dict[str, Office],
    committees: dict[str, Committee],
) -> None:
    """Write what helps to draft: standard routes and text blocks."""
    for route in house.routes:
        for position, (body, role) in enumerate(route.stations, start=1):
            refuse_on(objection_to_role(route.kind, role))
            DefaultStation(
                municipality=municipality,
                kind=route.kind,
                office=offices.get(route.office),
                position=position,
                committee=committees[body],
                role=role,
            ).save()
    for block in house.blocks:
        TextBlock(
            municipality=municipality,
            office=offices.get(block.office),
            section=block.section,
            title=block.title,
            html=clean_html(block.html),
        ).save()


def _person(
    municipality: Municipality,
    draft: PersonDraft,
    offices: dict[str, Office],
    committees: dict[str, Committee],
    since: date,
    password: str | None,
) -> None:
    user = None
    if draft.username:
        user = User.objects.create_user(draft.username, draft.email, password)
    person = Person(
        municipality=municipality,
        user=user,
        given_name=draft.given_name,
        family_name=draft.family_name,
        function=draft.function,
    )
    person.save()
    for role in draft.roles:
        RoleAssignment(
            person=person,
            role=role.role,
            office=offices.get(role.office),
            committee=committees.get(role.committee),
            valid_from=since,
        ).save()
    for seat in draft.seats:
        given = SeatDraft(seat) if isinstance(seat, str) else seat
        _seat(committees[given.committee], person, since, given)


def _standard_items(committee: Committee, drafts: Sequence[StandardDraft]) -> None:
    for position, draft in enumerate(drafts, start=1):
        StandardItem(
            committee=committee,
            position=position,
            kind=draft.kind,
            title=draft.title or draft.kind.label,
            public=draft.public,
            at_end=draft.at_end,
        ).save()


def _seat(committee: Committee, person: Person, since: date, seat: SeatDraft) -> None:
    Membership(
        committee=committee,
        person=person,
        kind=seat.kind,
        voting=seat.voting,
        faction=seat.faction,
        valid_from=since,
    ).save()


def _fill_seats(
    municipality: Municipality, committee: Committee, draft: CommitteeDraft, since: date
) -> None:
    """Enter the seats that nobody named holds yet, so that presence can be counted."""
    named = committee.memberships.exclude(kind=MembershipKind.SUBSTITUTE)
    with_vote = named.filter(voting=True).count()
    advisory = named.filter(voting=False).count()
    open_seats = [*range(with_vote, draft.seats)]
    open_seats += range(draft.seats + advisory, draft.seats + draft.advisory)
    for seat in open_seats:
        voting = seat < draft.seats
        word = "Mitglied" if voting else "Beratendes Mitglied"
        person = Person(municipality=municipality, family_name=f"{word} {seat + 1:02d}")
        person.function = committee.name
        person.save()
        kind = MembershipKind.ELECTED if voting else MembershipKind.CO_OPTED
        _seat(committee, person, since, SeatDraft(draft.key, kind, voting))
