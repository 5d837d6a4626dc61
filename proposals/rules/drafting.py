"""When a draft may be handed in."""

from dataclasses import dataclass

from .errors import RuleViolation
from .words import ProposalKind


@dataclass(frozen=True)
class DraftFacts:
    """What the rule asks of a draft; `missing_sections` are the German names of empty ones."""

    kind: ProposalKind
    subject: str
    missing_sections: tuple[str, ...]
    stations: int
    cost_items: int
    no_financial_effect: bool
    under_way: bool
    withdrawn: bool


def objection_to_submission(draft: DraftFacts) -> RuleViolation | None:
    """Name the first thing that keeps a draft from being handed in (domain.md 4.1)."""
    if draft.withdrawn:
        return RuleViolation("Die Vorlage ist zurückgezogen.")
    if draft.under_way:
        return RuleViolation("Die Vorlage ist schon abgegeben.")
    if not draft.subject.strip():
        return RuleViolation("Bitte einen Betreff angeben.", field="subject")
    if draft.missing_sections:
        return RuleViolation(f"Es fehlt noch: {', '.join(draft.missing_sections)}.")
    if draft.stations == 0:
        return RuleViolation("Bitte mindestens ein Gremium in die Beratungsfolge aufnehmen.")
    if draft.no_financial_effect and draft.cost_items:
        return RuleViolation(
            "„Keine finanziellen Auswirkungen“ ist angekreuzt, es sind aber Kosten eingetragen.",
            field="no_financial_effect",
        )
    return None
