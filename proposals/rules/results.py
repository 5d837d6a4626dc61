"""What a recorded result must fit: the members of the body, and the wording it was voted on."""

from .consultation import Outcome, is_treated
from .errors import RuleViolation
from .words import Labelled

LATER = "wird nachgetragen"
"""The reason that an evening does not wait for; a later one takes its place."""


class RecommendationAs(Labelled):
    """How a house hands a committee's own wording on (practice.md 1.7)."""

    NOTE = "note", "als Hinweis"
    SHEET = "sheet", "als Einzelblatt"
    REISSUE = "reissue", "als neue Fassung mit Zusatz zur Nummer"


CHANGED = (Outcome.RECOMMENDED_CHANGED, Outcome.DECIDED_CHANGED)


def objection_to_entitled(entitled: int, members: int) -> RuleViolation | None:
    """Refuse more members present than the body has; `members` 0 means they are not recorded."""
    if members and entitled > members:
        return RuleViolation(
            f"Das Gremium hat nur {members} stimmberechtigte Mitglieder, angegeben sind "
            f"{entitled}.",
            field="entitled",
        )
    return None


def objection_to_result_wording(outcome: Outcome, html: str, basis: str) -> RuleViolation | None:
    """Refuse a changed result without its wording, and a wording without a changed result.

    `html` is the committee's own wording ("" for none), `basis` the one it voted on.
    """
    if outcome in CHANGED and not html:
        return RuleViolation("Bitte den geänderten Wortlaut angeben.", field="wording")
    if outcome in CHANGED and html == basis:
        return RuleViolation(
            "Der angegebene Wortlaut ist unverändert. Bitte ändern Sie ihn oder wählen Sie das "
            "Ergebnis ohne Änderung.",
            field="wording",
        )
    if html and outcome not in CHANGED and html != basis:
        return RuleViolation(
            f"Ein geänderter Wortlaut ist eingetragen, das Ergebnis lautet aber „{outcome.label}“.",
            field="wording",
        )
    return None


def objection_to_correcting(
    outcome: str, *, seen: int, revision: int, signed: bool
) -> RuleViolation | None:
    """Refuse a correction without a result or of an old state; after the signature ask why.

    `seen` is the revision that its typist had before her, `revision` the one that stands.
    """
    if not outcome:
        return RuleViolation("Zu diesem Tagesordnungspunkt ist noch kein Ergebnis erfasst.")
    if not is_treated(outcome):
        label = Outcome(outcome).label
        return RuleViolation(f"Dieser Tagesordnungspunkt wurde nicht behandelt: {label}.")
    if seen != revision:
        return RuleViolation(
            "Inzwischen hat jemand anders dieses Ergebnis geändert. Bitte prüfen Sie den neuen "
            "Stand; Ihre Eingaben stehen noch unten."
        )
    if signed:
        return RuleViolation(
            "Das Protokoll ist unterschrieben. Bitte geben Sie den Grund der Berichtigung an.",
            field="reason",
            waivable=True,
        )
    return None
