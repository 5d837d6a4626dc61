"""Reads the demo's houses from their TOML files."""

import tomllib
from pathlib import Path
from typing import Any

from proposals.models import NumberAt, Role
from proposals.rules.numbering import NumberPattern
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind
from proposals.services.organization import (
    CommitteeDraft,
    HouseDraft,
    OfficeDraft,
    PersonDraft,
    RoleDraft,
)

SEAT = "deputy_member"
SLUGS = ("wittmund", "oelde", "bergkamen", "coesfeld", "wedel")


def load(slug: str) -> dict[str, Any]:
    """Return the data of one demo house."""
    path = Path(__file__).parent / f"{slug}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


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
        people=[_person(row) for row in data["people"]],
    )


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
            if role["role"] != SEAT
        ],
        seats=[role["committee"] for role in row["roles"] if role["role"] == SEAT],
    )
