"""Whom the house asks to co-sign, and on which days it is closed: master data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import ClosedDay, CoSigningRule, Municipality, Office, User
from ..rules.asking import PARTS
from ..rules.co_signing import Part, Trigger, objection_to_signing_rule
from ..rules.errors import RuleViolation
from .common import changed, refuse_on, require

NOT_YOURS = "Das ändert die Verwaltung der Stammdaten."


@dataclass(frozen=True)
class SigningRuleAnswer:
    """Where `trigger` holds, the office is asked for `parts`, within `days` working days."""

    trigger: Trigger
    office_id: int
    parts: Sequence[Part]
    days: int | None = None


@dataclass(frozen=True)
class ClosedDayAnswer:
    """A day on which the house does not work, and why."""

    day: date
    name: str


def set_signing_rule(
    *, actor: User, municipality: Municipality, answer: SigningRuleAnswer
) -> CoSigningRule:
    """Add a rule, or change the one of that trigger and office; it holds from the next hand-in."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(policies.can_set_signing(actor, municipality.pk), NOT_YOURS)
        refuse_on(objection_to_signing_rule(answer.trigger, answer.parts))
        office = Office.objects.filter(municipality=municipality, pk=answer.office_id).first()
        if office is None:
            raise RuleViolation("Diese Organisationseinheit gibt es hier nicht.", field="office")

        rows = CoSigningRule.objects.filter(municipality=municipality, trigger=answer.trigger)
        rule = rows.filter(office=office).first() or CoSigningRule(
            municipality=municipality, trigger=answer.trigger, office=office
        )
        parts = [part.value for part in PARTS if part in answer.parts]
        changed(rule, parts=parts, days=answer.days, retired_on=None)
    return rule


def retire_signing_rule(*, actor: User, municipality: Municipality, rule_id: int) -> CoSigningRule:
    """Let a rule end: the next hand-in does not ask by it any more."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(policies.can_set_signing(actor, municipality.pk), NOT_YOURS)
        rules = CoSigningRule.objects.filter(municipality=municipality, retired_on__isnull=True)
        rule = rules.filter(pk=rule_id).first()
        if rule is None:
            raise RuleViolation("Diese Regel gilt nicht mehr.")

        changed(rule, retired_on=timezone.localdate())
    return rule


def add_closed_day(
    *, actor: User, municipality: Municipality, answer: ClosedDayAnswer
) -> ClosedDay:
    """Add a day on which the house does not work; deadlines are counted without it."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(policies.can_set_signing(actor, municipality.pk), NOT_YOURS)
        days = ClosedDay.objects.filter(municipality=municipality)
        if days.filter(day=answer.day).exists():
            raise RuleViolation(
                f"Der {answer.day:%d.%m.%Y} steht schon als Schließtag da.", field="day"
            )

        closed = ClosedDay(municipality=municipality, day=answer.day, name=answer.name.strip())
        closed.save()
    return closed


def remove_closed_day(*, actor: User, municipality: Municipality, day_id: int) -> None:
    """Take a closed day back; the history keeps that it stood there."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(policies.can_set_signing(actor, municipality.pk), NOT_YOURS)
        closed = ClosedDay.objects.filter(municipality=municipality, pk=day_id).first()
        if closed is None:
            raise RuleViolation("Diesen Schließtag gibt es nicht mehr.")

        closed.delete()
