"""Rückfragen: when somebody may write one, and when one is dealt with."""

from dataclasses import dataclass

from .errors import RuleViolation

MOST_LETTERS = 4000


@dataclass(frozen=True)
class CommentFacts:
    """What the rule asks of a comment."""

    text: str
    withdrawn: bool


def objection_to_comment(facts: CommentFacts) -> RuleViolation | None:
    """Refuse one that says nothing, or on a paper that nobody works on any more."""
    if facts.withdrawn:
        return RuleViolation("Die Vorlage ist zurückgezogen; Rückfragen sind nicht mehr möglich.")
    if not facts.text.strip():
        return RuleViolation("Bitte schreiben Sie, worum es geht.", field="text")
    if len(facts.text) > MOST_LETTERS:
        return RuleViolation(
            f"Eine Rückfrage hat höchstens {MOST_LETTERS} Zeichen. Längeres gehört in den Entwurf.",
            field="text",
        )
    return None


def objection_to_settling(*, settled: bool) -> RuleViolation | None:
    """Refuse to settle what is settled."""
    return RuleViolation("Diese Rückfrage ist schon erledigt.") if settled else None
