"""What a user may know of a decision: a body that sat behind closed doors shows no result."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from .. import policies
from ..models import Proposal
from ..models.known import KnownRoute, known_routes, partly_hidden
from ..rules.lifecycle import ProposalStatus


def known(proposals: Iterable[Proposal], user: Any) -> dict[int, KnownRoute]:
    """Return where visible proposals stand as `user` may know it, in four queries."""
    return known_routes(proposals, user, lambda row: policies.can_edit(user, row))


def known_route(proposal: Proposal, user: Any) -> KnownRoute:
    """Return where one visible proposal stands as `user` may know it."""
    return known([proposal], user)[proposal.pk]


def with_status(status: str, user: Any) -> Q:
    """Return the condition on a visible proposal that has this status for `user`."""
    hidden = partly_hidden(user)
    # what is withdrawn stays so for everybody
    rows = Proposal.objects.visible_to(user).filter(hidden)
    routes = known(rows.exclude(status=ProposalStatus.WITHDRAWN), user)
    told = [pk for pk, route in routes.items() if route.status == status]
    as_stored = Q(status=status) & (~hidden | Q(status=ProposalStatus.WITHDRAWN))
    return as_stored | Q(pk__in=told)
