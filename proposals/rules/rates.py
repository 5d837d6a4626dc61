"""Durchschnittssätze: what can be the average cost of a post."""

from decimal import Decimal

from .costs import objection_to_amount, objection_to_years
from .errors import RuleViolation


def objection_to_rate(
    grade: str, year: int, amount: Decimal | None, source: str
) -> RuleViolation | None:
    """Refuse an average without a grade, an amount or a source."""
    if not grade.strip():
        return RuleViolation("Bitte die Entgelt- oder Besoldungsgruppe angeben.", field="grade")
    if not amount:
        return RuleViolation("Bitte einen Betrag angeben.", field="amount")
    if not source.strip():
        return RuleViolation("Bitte angeben, woher der Betrag stammt.", field="source")
    return objection_to_amount(amount, "amount") or objection_to_years(year, None)
