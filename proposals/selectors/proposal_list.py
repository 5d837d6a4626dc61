"""The list of proposals, filtered and paged in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone

from ..models import Proposal
from ..models.known import KnownRoute
from ..rules.lifecycle import ProposalStatus
from .decisions import known, with_status
from .heads import known_heads, mentioning

PAGE_SIZE = 25
_IN_THE_HOUSE = {
    ProposalStatus.DRAFT: "Federführung",
    ProposalStatus.RETURNED: "Federführung",
    ProposalStatus.IN_CO_SIGNING: "Mitzeichnung",
    ProposalStatus.AWAITING_RELEASE: "Verwaltungsleitung",
    ProposalStatus.RELEASED: "Sitzungsdienst",
    ProposalStatus.WITHDRAWN: "",
}


@dataclass(frozen=True)
class ProposalRow:
    """One line of the list."""

    id: int
    number: str
    subject: str
    kind_label: str
    status: ProposalStatus
    lead_office: str
    next_stop: str
    updated: date
    url: str = ""


def proposal_list(
    user: Any, *, words: str = "", status: str = "", kind: str = "", page: str | None = None
) -> Page[Any]:
    """Return a page of the proposals that `user` may see, newest change first.

    `words` searches number, subject and file reference as the user may know them; an
    unknown page number is the nearest one.
    """
    rows = Proposal.objects.visible_to(user).select_related("lead_office", "municipality")
    for word in words.split():
        rows = rows.filter(mentioning(word, user))
    if status:
        rows = rows.filter(with_status(status, user))
    if kind:
        rows = rows.filter(kind=kind)
    found = Paginator(rows.order_by("-changed_at", "-pk"), PAGE_SIZE).get_page(page)
    routes, heads = known(found.object_list, user), known_heads(found.object_list, user)
    shown: Any = [_row(row, routes[row.pk], heads[row.pk]["subject"]) for row in found.object_list]
    found.object_list = shown
    return found


def _row(proposal: Proposal, route: KnownRoute, subject: str) -> ProposalRow:
    stop = route.waiting[0] if route.waiting else ""
    return ProposalRow(
        id=proposal.pk,
        number=proposal.number or "",
        subject=subject,
        kind_label=proposal.municipality.kind_name(proposal.kind),
        status=route.status,
        lead_office=proposal.lead_office.name,
        next_stop=_IN_THE_HOUSE.get(route.status, stop),
        updated=timezone.localdate(proposal.changed_at),
    )
