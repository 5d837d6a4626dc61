"""An urgent decision as the page of its proposal shows it, with the law it rests on."""

from typing import Any

from ..models import Lapse, Proposal, UrgentDecision
from ..models.known import KnownRoute
from ..rules.consultation import Outcome
from ..rules.urgency import UrgentOrgan


def urgent_decision(proposal: Proposal, where: KnownRoute, user: Any) -> UrgentDecision | None:
    """Return the urgent decision of a visible proposal; asks only where a station lapsed for it."""
    if not any(row.lapse == Lapse.URGENT for row in where.consultations):
        return None
    rows = UrgentDecision.objects.visible_to(user).filter(proposal=proposal)
    return rows.select_related("instead_of__committee", "consultation__committee").first()


def urgent_words(decision: UrgentDecision, where: KnownRoute) -> str:
    """Say who decides in place of whom, since when, and by which paragraph.

    `where` is what the user knows of the route: whether the body refused to decide.
    """
    instead = f"anstelle von {decision.instead_of.committee.name} ({decision.paragraph})"
    if decision.organ == UrgentOrgan.HEAD and decision.decided_on is not None:
        return f"{decision.signers} am {decision.decided_on:%d.%m.%Y} {instead}"
    body = decision.consultation.committee.name if decision.consultation else ""
    station = next((row for row in where.consultations if row.pk == decision.consultation_id), None)
    ended_by = station.concluded_by if station is not None else None
    refused = ended_by is not None and ended_by.outcome == Outcome.REJECTED
    return f"{body} {instead}{': nicht getroffen' if refused else ''}"
