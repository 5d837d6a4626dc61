"""Zählfehler: what people may make of a result that a correction calls in question."""

from .errors import RuleViolation
from .words import Labelled


class ReviewDecision(Labelled):
    """What the head of the administration decides; the software switches nothing by itself."""

    STAY = "stay", "Ausführung aussetzen"
    VOTE_AGAIN = "vote_again", "neu abstimmen lassen"
    STANDS = "stands", "Beschluss bleibt bestehen"


_DECIDED = "Über diesen Zählfehler ist schon entschieden."


def objection_to_advising(text: str, *, decided: bool) -> RuleViolation | None:
    """Refuse an opinion on what is decided, and an empty one."""
    if decided:
        return RuleViolation(_DECIDED)
    if not text.strip():
        return RuleViolation("Bitte geben Sie eine Stellungnahme ab.", field="text")
    return None


def objection_to_deciding(
    decision: ReviewDecision, reason: str, *, decided: bool, stayed: bool, is_resolution: bool
) -> RuleViolation | None:
    """Refuse to decide twice, to stay what nobody carries out, and to decide without a reason.

    `is_resolution`: the item is the one that decided; advice has no execution.
    """
    if decided:
        return RuleViolation(_DECIDED)
    if decision == ReviewDecision.STAY and stayed:
        return RuleViolation("Die Ausführung ist schon ausgesetzt.", field="decision")
    if decision == ReviewDecision.STAY and not is_resolution:
        return RuleViolation(
            "Ausgesetzt werden kann nur die Ausführung eines Beschlusses.", field="decision"
        )
    if not reason.strip():
        return RuleViolation("Bitte begründen Sie die Entscheidung.", field="reason")
    return None


def objection_to_voting_again(*, in_route: bool, waiting: bool) -> RuleViolation | None:
    """Refuse a further vote where the paper is no longer in the route, or one is to come anyway."""
    if not in_route:
        return RuleViolation(
            "Die Vorlage ist nicht mehr im Beratungsgang; neu abgestimmt wird erst über eine neue "
            "Fassung.",
            field="decision",
        )
    if waiting:
        return RuleViolation(
            "Dieses Gremium hat ohnehin noch über die Vorlage zu beraten.", field="decision"
        )
    return None
