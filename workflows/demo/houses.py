"""Reads the demo's houses from their TOML files."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from proposals.models import MembershipKind, NumberAt, Role
from proposals.rules.agenda import AgendaNumbering, ItemKind
from proposals.rules.co_signing import Part, Trigger
from proposals.rules.consultation import ConsultationRole
from proposals.rules.numbering import NumberPattern
from proposals.rules.results import RecommendationAs
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind, ProposalKind
from proposals.services.organization import (
    BlockDraft,
    CommitteeDraft,
    HouseDraft,
    OfficeDraft,
    PersonDraft,
    RoleDraft,
    RouteDraft,
    SeatDraft,
    SigningRuleDraft,
    StandardDraft,
)
from proposals.services.rates import RateAnswer

SLUGS = ("wittmund", "oelde", "bergkamen", "coesfeld", "wedel")
PARTS = ("members", "sittings", "aids", "signing", "asked", "ready")


def load(slug: str) -> dict[str, Any]:
    """Return the data of one demo house: the house and its case, members, sittings, what is ready.

    `ready` stands under its own name, everything else side by side.
    """
    folder = Path(__file__).parent
    data = _read(folder / f"{slug}.toml")
    for part in PARTS:
        rows = _read(folder / part / f"{slug}.toml")
        data |= {part: rows} if part == "ready" else rows
    return data


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def house_of(data: dict[str, Any]) -> HouseDraft:
    """Return the house of a demo file as the use case takes it."""
    raw = data["municipality"]
    return HouseDraft(
        slug=raw["slug"],
        name=raw["name"],
        land=Land(raw["land"]),
        kind=MunicipalityKind(raw["kind"]),
        place=raw["place"],
        office_word=raw["office_word"],
        head_title=raw["head_title"],
        pattern=NumberPattern(raw["number_pattern"], raw["number_scope"]),
        number_at=NumberAt(raw["number_at"]),
        kind_prefixes=raw["kind_prefixes"],
        section_order=raw["section_order"],
        section_names=raw["section_names"],
        kind_names=raw.get("kind_names", {}),
        sections_of_kind=raw.get("sections_of_kind", {}),
        counted_sections=raw.get("counted_sections", []),
        finance_boxes=raw.get("finance_boxes", []),
        wording_per_committee=raw.get("wording_per_committee", False),
        routes=[_route(row) for row in data.get("default_routes", [])],
        blocks=[_block(row) for row in data.get("text_blocks", [])],
        agenda_numbering=AgendaNumbering(raw.get("agenda_numbering", "separate")),
        recommendation_as=RecommendationAs(raw.get("recommendation_as", "note")),
        suffix_pattern=raw.get("suffix_pattern", ""),
        closing_days=raw.get("closing_days", 14),
        closed_days=[(row["day"], row["name"]) for row in data.get("closed_days", [])],
        signing_rules=[_signing_rule(row) for row in data.get("signing_rules", [])],
        terms=[
            (term["number"], term["name"], term["starts_on"], term.get("ends_on"))
            for term in data["terms"]
        ],
        counters=[(row["series"], row["next"]) for row in data.get("counters", [])],
        rules=[
            (row["path"], row["value"], row["source"], row["valid_from"])
            for row in data.get("house_rules", [])
        ],
        offices=[_office(row) for row in data["offices"]],
        committees=[_committee(row) for row in data["committees"]],
        people=[*map(_person, data["people"]), *_members(data), *_outsiders(data)],
    )


def rates_of(data: dict[str, Any]) -> list[RateAnswer]:
    """Return the average personnel costs of a demo file as the use case takes them."""
    return [
        RateAnswer(row["grade"], row["year"], Decimal(row["amount"]), row["source"])
        for row in data.get("rates", [])
    ]


def _route(row: dict[str, Any]) -> RouteDraft:
    stations = [(body, ConsultationRole(role)) for body, role in row["stations"]]
    return RouteDraft(ProposalKind(row["kind"]), stations, row.get("office", ""))


def _block(row: dict[str, Any]) -> BlockDraft:
    return BlockDraft(row["title"], row["html"], row.get("section", ""), row.get("office", ""))


def _signing_rule(row: dict[str, Any]) -> SigningRuleDraft:
    parts = [Part(part) for part in row["parts"]]
    return SigningRuleDraft(Trigger(row["trigger"]), row["office"], parts, row.get("days"))


def _office(row: dict[str, Any]) -> OfficeDraft:
    return OfficeDraft(
        row["key"], row["name"], row["short"], row.get("number", ""), row.get("parent", "")
    )


def _committee(row: dict[str, Any]) -> CommitteeDraft:
    return CommitteeDraft(
        row["key"],
        row["name"],
        row["short"],
        CommitteeKind(row["kind"]),
        row["seats"],
        row.get("advisory", 0),
        [
            StandardDraft(ItemKind(item["kind"]), item["title"], at_end=item.get("at_end", False))
            for item in row.get("standard", [])
        ],
    )


def _person(row: dict[str, Any]) -> PersonDraft:
    return PersonDraft(
        family_name=row["family_name"],
        given_name=row["given_name"],
        function=row["function"],
        username=row["username"],
        email=row["email"],
        roles=[
            RoleDraft(Role(role["role"]), role.get("office", ""), role.get("committee", ""))
            for role in row["roles"]
        ],
        seats=[_seat(seat) for seat in row.get("seats", [])],
    )


def _seat(row: dict[str, Any]) -> SeatDraft:
    kind = MembershipKind(row.get("kind", "elected"))
    return SeatDraft(row["committee"], kind, row.get("voting", True), row.get("faction", ""))


def _members(data: dict[str, Any]) -> Iterator[PersonDraft]:
    """Yield the members of the council with their seats elsewhere, by Fraktion or Gruppe."""
    council = next(row["key"] for row in data["committees"] if row["kind"] == "council")
    for faction in data.get("factions", []):
        name = faction["name"]
        for row in faction["members"]:
            seats = [SeatDraft(key, faction=name) for key in (council, *row.get("seats", []))]
            seats += [
                SeatDraft(key, MembershipKind.SUBSTITUTE, False, name)
                for key in row.get("deputises", [])
            ]
            if "basic_mandate" in row:
                mandate = MembershipKind.BASIC_MANDATE
                seats.append(SeatDraft(row["basic_mandate"], mandate, False, name))
            yield _named(row["name"], data["municipality"]["member_word"], seats)


def _outsiders(data: dict[str, Any]) -> Iterator[PersonDraft]:
    """Yield who sits in a committee without a seat in the council."""
    for group in data.get("outside", []):
        kind = MembershipKind(group["kind"])
        for row in group["members"]:
            seat = SeatDraft(group["committee"], kind, group["voting"], row.get("faction", ""))
            yield _named(row["name"], row.get("for", group.get("word", "")), [seat])


def _named(name: str, function: str, seats: list[SeatDraft]) -> PersonDraft:
    given, _, family = name.partition(" ")
    return PersonDraft(family_name=family, given_name=given, function=function, seats=seats)
