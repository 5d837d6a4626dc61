"""Neue Fassung nach der Freigabe: exchange, editorial correction, late annex (practice.md 2)."""

from collections.abc import Collection
from dataclasses import dataclass

from .errors import RuleViolation

OVER = "Die Beratung ist abgeschlossen; was danach kommt, ist eine Ergänzungsvorlage."


@dataclass(frozen=True)
class IssuedFacts:
    """Where a paper stands that somebody wants to change after its release.

    `over` says that no committee has it before it any more, `treated` that one has dealt with it,
    `exchange_open` that an Austauschfassung waits for its release, `draft_differs` that the
    working draft says something else than what was issued.
    """

    released: bool
    in_consultation: bool
    decided: bool = False
    over: bool = False
    treated: bool = False
    exchange_open: bool = False
    draft_differs: bool = False


def objection_to_exchange(facts: IssuedFacts, note: str) -> RuleViolation | None:
    """Refuse an Austauschfassung of what is not with the committees, or that changes nothing."""
    objection = objection_to_new_version(facts)
    if objection is not None:
        return objection
    if not facts.draft_differs:
        return RuleViolation("Der Entwurf sagt dasselbe wie die ausgegebene Fassung.")
    if not note.strip():
        return RuleViolation("Bitte schreiben Sie, was an der Fassung neu ist.", field="note")
    return None


def objection_to_new_version(facts: IssuedFacts) -> RuleViolation | None:
    """Refuse a new version of what is no longer, or not yet, the committees' to decide."""
    if not facts.in_consultation:
        return RuleViolation(
            "Die Vorlage ist noch nicht in der Beratung; ändern Sie den Entwurf selbst."
        )
    if facts.decided:
        return RuleViolation(
            "Über die Vorlage ist beschlossen; was danach kommt, ist eine Ergänzungsvorlage."
        )
    if facts.over:
        return RuleViolation(OVER)
    if facts.exchange_open:
        return RuleViolation("Eine Austauschfassung liegt schon zur Freigabe vor.")
    return None


def objection_to_editorial(
    facts: IssuedFacts, changed: Collection[str], reason: str
) -> RuleViolation | None:
    """Refuse a correction of typing errors that is more than one, or of what is not released.

    `changed` names the parts that change. Once a committee has dealt with the wording, its letters
    are no longer the Kreistagsbüro's to touch.
    """
    if not facts.released:
        return RuleViolation("Korrigiert wird hier erst nach der Freigabe.")
    if facts.decided:
        return RuleViolation("Über die Vorlage ist beschlossen; sie wird nicht mehr korrigiert.")
    if facts.over:
        return RuleViolation(OVER)
    if facts.exchange_open or facts.draft_differs:
        return RuleViolation(
            "Die Federführung bereitet gerade eine Austauschfassung vor; bitte dort korrigieren."
        )
    if not changed:
        return RuleViolation("Es ist nichts geändert.")
    if "wording" in changed and facts.treated:
        return RuleViolation(
            "Über den Beschlussvorschlag hat schon ein Gremium beraten. Ein anderer Wortlaut "
            "braucht eine Austauschfassung oder einen Änderungsantrag.",
            field="wording",
        )
    if not reason.strip():
        return RuleViolation("Bitte schreiben Sie, was Sie korrigiert haben.", field="reason")
    return None


def objection_to_reclassifying(*, was_public: bool, public: bool) -> RuleViolation | None:
    """Refuse to open or to close by an Austauschfassung what the committees have already."""
    if was_public != public:
        return RuleViolation(
            "Ob eine Vorlage öffentlich ist, ändert sich nicht durch eine Austauschfassung.",
            field="public",
        )
    return None
