"""What a user may know of a decision: a body that sat behind closed doors shows no result."""

from typing import Any

from django.db.models import Q

from ..models import AgendaItem, Proposal
from ..models.facts import DECIDING
from ..rules.consultation import ConsultationRole, Outcome
from ..rules.lifecycle import ProposalStatus

# what one body's result has made of the status
TOLD_BY_RESULT = (
    ProposalStatus.ADOPTED,
    ProposalStatus.ADOPTED_CHANGED,
    ProposalStatus.REJECTED,
    ProposalStatus.NOTED,
)


def known(user: Any) -> Q:
    """Return the condition on a proposal whose deciding or noting result `user` may know."""
    decided = Q(outcome__in=DECIDING, consultation__role=ConsultationRole.DECISION)
    items = AgendaItem.objects.visible_to(user).filter(decided | Q(outcome=Outcome.NOTED))
    return Q(pk__in=items.values("consultation__proposal"))


def with_status(status: str, user: Any) -> Q:
    """Return the condition on a proposal that has this status for `user`."""
    if status in TOLD_BY_RESULT:
        return Q(status=status) & known(user)
    if status == ProposalStatus.IN_CONSULTATION:
        return Q(status=status) | (Q(status__in=TOLD_BY_RESULT) & ~known(user))
    return Q(status=status)


def status_for(proposal: Proposal, user: Any) -> ProposalStatus:
    """Return the status of a visible proposal as `user` may know it."""
    status = ProposalStatus(proposal.status)
    if status not in TOLD_BY_RESULT:
        return status
    rows = Proposal.objects.visible_to(user).filter(known(user), pk=proposal.pk)
    return status if rows.exists() else ProposalStatus.IN_CONSULTATION
