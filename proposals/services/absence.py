"""Abwesenheiten: entered by whoever is away or by who keeps the master data."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Absence, Municipality, Person, User
from ..rules.absence import AbsenceFacts, objection_to_absence, objection_to_cancelling
from ..rules.errors import RuleViolation
from .common import changed, refuse_on, require

NOT_YOURS = "Abwesenheiten anderer trägt die Verwaltung der Stammdaten ein."


@dataclass(frozen=True)
class AbsenceAnswer:
    """Who is away, from when to when, and who stands in."""

    person_id: int
    substitute_id: int
    starts_on: date
    ends_on: date


def note_absence(*, actor: User, municipality: Municipality, answer: AbsenceAnswer) -> Absence:
    """Enter an absence: the substitute acts "i. V." as long as it lasts."""
    with event(actor, Act.ABSENCE_NOTED, municipality):
        person = _person(municipality, answer.person_id)
        require(policies.can_note_absence(actor, person), NOT_YOURS)
        substitute = _person(municipality, answer.substitute_id)
        refuse_on(
            objection_to_absence(
                AbsenceFacts(
                    starts_on=answer.starts_on,
                    ends_on=answer.ends_on,
                    same_person=person == substitute,
                    substitute=str(substitute),
                    substitute_can_log_in=bool(substitute.user and substitute.user.is_active),
                    overlaps=_overlapping(person, answer).exists(),
                )
            )
        )

        absence = Absence(
            person=person,
            substitute=substitute,
            starts_on=answer.starts_on,
            ends_on=answer.ends_on,
        )
        absence.save()
    return absence


def cancel_absence(*, actor: User, municipality: Municipality, absence_id: int) -> Absence:
    """Cancel an absence: from today on nobody stands in any more."""
    with event(actor, Act.ABSENCE_NOTED, municipality):
        absence = (
            Absence.objects.select_for_update(no_key=True)
            .filter(person__municipality=municipality, pk=absence_id)
            .first()
        )
        if absence is None:
            raise RuleViolation("Diese Abwesenheit gibt es nicht.")
        require(policies.can_note_absence(actor, absence.person), NOT_YOURS)
        today = timezone.localdate()
        cancelled = absence.cancelled_on is not None
        refuse_on(objection_to_cancelling(ends_on=absence.ends_on, cancelled=cancelled, on=today))

        changed(absence, cancelled_on=today)
    return absence


def _person(municipality: Municipality, pk: int) -> Person:
    rows = Person.objects.filter(municipality=municipality, pk=pk).select_related("user")
    person = rows.first()
    if person is None:
        raise RuleViolation("Diese Person gibt es hier nicht.")
    return person


def _overlapping(person: Person, answer: AbsenceAnswer) -> "models.QuerySet[Absence]":
    return Absence.objects.filter(
        person=person,
        cancelled_on__isnull=True,
        starts_on__lte=answer.ends_on,
        ends_on__gte=answer.starts_on,
    )
