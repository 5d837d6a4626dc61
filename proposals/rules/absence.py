"""Abwesenheit: who may be entered as away, and who stands in."""

from dataclasses import dataclass
from datetime import date

from .errors import RuleViolation


@dataclass(frozen=True)
class AbsenceFacts:
    """What the rule asks about an absence that somebody enters.

    `overlaps` says that the person is entered as away in that time already.
    """

    starts_on: date
    ends_on: date
    same_person: bool
    substitute: str
    substitute_can_log_in: bool
    overlaps: bool = False


def objection_to_absence(facts: AbsenceFacts) -> RuleViolation | None:
    """Refuse an absence that ends before it begins, or in which nobody could act."""
    if facts.ends_on < facts.starts_on:
        return RuleViolation("Die Abwesenheit endet, bevor sie beginnt.", field="ends_on")
    if facts.same_person:
        return RuleViolation("Bitte eine andere Person als Vertretung wählen.", field="substitute")
    if not facts.substitute_can_log_in:
        return RuleViolation(
            f"{facts.substitute} hat kein Konto und könnte nichts zeichnen.", field="substitute"
        )
    if facts.overlaps:
        return RuleViolation(
            "In dieser Zeit ist schon eine Abwesenheit eingetragen. Heben Sie sie zuerst auf.",
            field="starts_on",
        )
    return None


def objection_to_cancelling(*, ends_on: date, cancelled: bool, on: date) -> RuleViolation | None:
    """Refuse to cancel what is over or cancelled already."""
    if cancelled:
        return RuleViolation("Diese Abwesenheit ist schon aufgehoben.")
    if ends_on < on:
        return RuleViolation("Diese Abwesenheit ist schon vorbei.")
    return None
