"""Eilentscheidung: which organ may decide when the deciding body cannot meet in time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import RuleViolation
from .words import Labelled

if TYPE_CHECKING:
    from .law import UrgentRule


class UrgentOrgan(Labelled):
    """Organ einer Eil- oder Dringlichkeitsentscheidung."""

    MAIN_COMMITTEE = "main_committee", "Hauptausschuss"
    HEAD = "head", "Verwaltungsleitung"


@dataclass(frozen=True)
class UrgencyFacts:
    """What the rule asks: is it decided, decided urgently before, is the council still to decide.

    `in_place` says that the organ asked for exists in this house.
    """

    decided: bool
    urgent: bool
    council_decides: bool
    in_place: bool = True


def urgent_rule(organ: UrgentOrgan, rules: Sequence["UrgentRule"]) -> "UrgentRule":
    """Return what the law of the Land says about an organ; raises RuleViolation for nothing.

    The paragraphs stand in the law files (NI § 89 NKomVG: first the Hauptausschuss, then the head).
    """
    for rule in rules:
        if rule.organ == organ:
            return rule
    raise RuleViolation(
        f"Eine Eilentscheidung durch „{organ.label}“ ist im Recht dieses Landes nicht hinterlegt.",
        field="organ",
    )


def objection_to_deciding_urgently(facts: UrgencyFacts) -> RuleViolation | None:
    """Refuse where there is nothing left to decide, or nobody to decide in place of."""
    if facts.urgent:
        return RuleViolation("Zu dieser Vorlage ist schon eine Eilentscheidung vermerkt.")
    if facts.decided:
        return RuleViolation("Über die Vorlage ist schon entschieden.")
    if not facts.council_decides:
        return RuleViolation(
            "In der Beratungsfolge ist keine Entscheidung der Vertretung offen, an deren Stelle "
            "entschieden werden könnte."
        )
    if not facts.in_place:
        return RuleViolation("Ein solches Gremium gibt es hier nicht.", field="organ")
    return None


def objection_to_head_deciding(
    decided_on: dt.date | None, signers: str, today: dt.date, rule: "UrgentRule"
) -> RuleViolation | None:
    """Ask for the day and for whoever the law wants to agree or to sign; never in the future."""
    if decided_on is None:
        return RuleViolation("Bitte angeben, wann entschieden wurde.", field="decided_on")
    if decided_on > today:
        return RuleViolation("Dieser Tag liegt noch in der Zukunft.", field="decided_on")
    if not signers.strip():
        together = f" ({rule.with_words})" if rule.with_words else ""
        return RuleViolation(
            f"Bitte angeben, wer entschieden hat{together}.", rule.paragraph, field="signers"
        )
    return None
