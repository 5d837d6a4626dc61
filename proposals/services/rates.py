"""Durchschnittssätze as master data: a new year replaces the one before, none is deleted."""

from dataclasses import dataclass
from decimal import Decimal

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Municipality, PersonnelRate, User
from ..rules.errors import RuleViolation
from ..rules.rates import objection_to_rate
from .common import changed, refuse_on, require


@dataclass(frozen=True)
class RateAnswer:
    """What a full post of a grade costs on average in a year, and where that is written.

    `corrects` says that a rate there is already was wrong.
    """

    grade: str
    year: int
    amount: Decimal
    source: str
    corrects: bool = False


def set_rate(*, actor: User, municipality: Municipality, answer: RateAnswer) -> PersonnelRate:
    """Add the average of a grade for a year, or correct it.

    What was computed with it stays as it is: a paper is not changed behind anybody's back.
    """
    grade = " ".join(answer.grade.split())
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(
            policies.can_set_rates(actor, municipality.pk),
            "Durchschnittssätze pflegt die Verwaltung der Stammdaten.",
        )
        rows = PersonnelRate.objects.filter(municipality=municipality, year=answer.year)
        present = rows.filter(grade__iexact=grade).first()
        refuse_on(objection_to_rate(grade, answer.year, answer.amount, answer.source))
        if present is not None and not answer.corrects:
            raise RuleViolation(
                f"Für {present.grade} steht {answer.year} schon ein Durchschnittssatz. Kreuzen Sie "
                "„vorhandenen Satz berichtigen“ an, wenn er falsch ist.",
                field="grade",
            )
        rate = present or PersonnelRate(municipality=municipality, grade=grade, year=answer.year)
        changed(rate, amount=answer.amount, source=answer.source.strip())
    return rate
