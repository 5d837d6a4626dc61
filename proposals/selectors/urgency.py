"""An urgent decision as the page of its proposal shows it, with the law it rests on."""

from typing import Any

from ..models import Lapse, Proposal, UrgentDecision
from ..models.known import KnownRoute
from ..rules.urgency import UrgentOrgan


def urgent_decision(proposal: Proposal, where: KnownRoute, user: Any) -> UrgentDecision | None:
    """Return the urgent decision of a visible proposal; asks only where a station lapsed for it."""
    if not any(row.lapse == Lapse.URGENT for row in where.consultations):
        return None
    rows = UrgentDecision.objects.visible_to(user).filter(proposal=proposal)
    return rows.select_related("instead_of__committee", "consultation__committee").first()


def urgent_words(decision: UrgentDecision) -> str:
    """Say who decides in place of whom, since when, and by which paragraph."""
    instead = f"anstelle von {decision.instead_of.committee.name} ({decision.paragraph})"
    if decision.organ == UrgentOrgan.HEAD and decision.decided_on is not None:
        return f"{decision.signers} am {decision.decided_on:%d.%m.%Y} {instead}"
    body = decision.consultation.committee.name if decision.consultation else ""
    return f"{body} {instead}"
