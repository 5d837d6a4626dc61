"""Whom a house asks to co-sign, who is away, and the acts on a round: plain functions for tests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from proposals.models import (
    Absence,
    CoSigningRule,
    Office,
    Person,
    Proposal,
    Role,
    RoleAssignment,
    User,
)
from proposals.rules.co_signing import Part, Stage, Trigger
from proposals.services.drafting import save_draft
from tests import factories as f
from tests.factories import House
from workflows import gate

MONEY = (Part.WORDING, Part.COSTS, Part.POSITIONS, Part.FUNDING)


def rule(
    house: House,
    office: str,
    trigger: Trigger = Trigger.ALWAYS,
    parts: Sequence[Part] = MONEY,
    days: int | None = None,
) -> None:
    """Let the house ask an office where the trigger holds."""
    with f.setting_up(house.municipality):
        CoSigningRule(
            municipality=house.municipality,
            trigger=trigger,
            office=house.office(office),
            parts=list(parts),
            days=days,
        ).save()


def stages(house: House, *wanted: Stage) -> None:
    """Let the house sign in stages; the heads of the lead office and its Dezernat sit there."""
    town = house.municipality
    with f.setting_up(town):
        town.co_signing_stages = list(wanted)
        town.save()
        top = Office(municipality=town, name="Dezernat II", short_name="top", number="2")
        top.save()
        lead = house.office("lead")
        lead.parent = top
        lead.save()
    f.make_user(house, "chief", Role.OFFICE_HEAD, office="lead")
    f.make_user(house, "director", Role.OFFICE_HEAD, office="top")


def absent(house: House, who: str, substitute: str, **days: date) -> Absence:
    """Note that somebody is away today, and who stands in."""
    today = timezone.localdate()
    with f.setting_up(house.municipality):
        row = Absence(
            person=person(house, who),
            substitute=person(house, substitute),
            **{"starts_on": today, "ends_on": today, **days},
        )
        row.save()
    return row


def deputy(house: House, who: str, principal: str) -> None:
    """Give somebody the first role of another one, as standing deputy."""
    own = RoleAssignment.objects.filter(person=person(house, principal)).order_by("pk")[0]
    with f.setting_up(house.municipality):
        RoleAssignment(
            person=person(house, who),
            role=own.role,
            office=own.office,
            deputy_for=own,
            valid_from=f.TERM_START,
        ).save()


def person(house: House, name: str) -> Person:
    """Return a person by the log-in."""
    found: Person = Person.objects.get(user=house.user(name))
    return found


def change(house: House, proposal: Proposal, **values: Any) -> None:
    """Save the draft anew, with other values than it had."""
    fresh = f.reread(proposal)
    answer = f.draft_answer(house, **{"revision": fresh.revision, **values})
    save_draft(actor=house.user("clerk"), proposal=fresh, answer=answer)


def act(actor: User, proposal: Proposal, answer: Any) -> Any:
    """Do an act on the Mitzeichnung of a proposal."""
    return gate.act(actor=actor, proposal=f.reread(proposal), answer=answer)
