"""Beratungsfolge: what is asked before a station is planned, inserted or skipped.

Nothing here is a wall: who confirms or gives a reason may go on (practice.md 1.11).
"""

from collections.abc import Sequence

from .consultation import ConsultationRole
from .errors import RuleViolation
from .words import ProposalKind


def usual_role(kind: ProposalKind) -> ConsultationRole:
    """Return what a body usually gets a paper of this kind for."""
    if kind.asks_for_a_decision:
        return ConsultationRole.PRELIMINARY
    return ConsultationRole.NOTE


def objection_to_role(kind: ProposalKind, role: ConsultationRole) -> RuleViolation | None:
    """Refuse a vote on a question and on its answer: bodies take note of them (domain.md 2.1)."""
    if not kind.is_never_voted_on or role == ConsultationRole.NOTE:
        return None
    return RuleViolation(
        f"Über eine {kind.label} wird nicht abgestimmt; sie geht den Gremien zur Kenntnis, nicht "
        f"zur {role.label}.",
        field="route",
    )


def objection_to_planned_route(roles: Sequence[ConsultationRole]) -> RuleViolation | None:
    """Ask for a reason where bodies advise and none decides, or more than one does.

    A route of Kenntnisnahmen or hearings alone needs no decision.
    """
    deciding = sum(role == ConsultationRole.DECISION for role in roles)
    if deciding > 1:
        return RuleViolation(
            "In der Beratungsfolge entscheiden mehrere Gremien; über jede Ziffer des Beschlusses "
            "kann nur eines entscheiden. Bitte begründen Sie diese Beratungsfolge.",
            field="reason",
            waivable=True,
        )
    if not deciding and ConsultationRole.PRELIMINARY in roles:
        return RuleViolation(
            "Ein Gremium berät vor, aber in der Beratungsfolge entscheidet keines. Bitte begründen "
            "Sie diese Beratungsfolge.",
            field="reason",
            waivable=True,
        )
    return None


def objection_to_second_decision(
    role: ConsultationRole, deciding: Sequence[str]
) -> RuleViolation | None:
    """Ask to confirm a further decision; `deciding` are the bodies that decide or have decided."""
    if role != ConsultationRole.DECISION or not deciding:
        return None
    return RuleViolation(
        f"Es ist schon eine Entscheidung vorgesehen: {', '.join(deciding)}. Über jede Ziffer des "
        "Beschlusses entscheidet nur ein Gremium. Bitte bestätigen Sie die weitere Entscheidung.",
        field="confirmed",
        waivable=True,
    )


def objection_to_skipping(
    committee: str, prepares: str | None, paragraph: str
) -> RuleViolation | None:
    """Ask to confirm that a mandatory preparation falls out of the route.

    `prepares` is the body whose decision the law wants prepared, None where it wants nothing
    (NI § 76 Abs. 1 Satz 1 NKomVG: the Hauptausschuss before the Vertretung).
    """
    if prepares is None:
        return None
    return RuleViolation(
        f"Die Vorbereitung durch „{committee}“ ist vor der Entscheidung von „{prepares}“ "
        "vorgeschrieben. Bitte bestätigen Sie, dass sie entfällt.",
        paragraph,
        field="confirmed",
        waivable=True,
    )
