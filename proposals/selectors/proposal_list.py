"""The list of proposals, filtered and paged in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils import timezone

from ..models import Consultation, Proposal, ProposalVersion
from ..models.consultation import OPEN
from ..models.standing import standing_of
from ..rules.lifecycle import ProposalStatus
from ..rules.words import ProposalKind
from .decisions import TOLD_BY_RESULT, known, with_status

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

    `words` searches number, subject and file reference; an unknown page number is the nearest one.
    """
    rows = Proposal.objects.visible_to(user).select_related("lead_office")
    for word in words.split():
        rows = rows.filter(
            Q(subject__icontains=word)
            | Q(number__icontains=word)
            | Q(file_reference__icontains=word)
        )
    if status:
        rows = rows.filter(with_status(status, user))
    if kind:
        rows = rows.filter(kind=kind)
    found = Paginator(rows.order_by("-changed_at", "-pk"), PAGE_SIZE).get_page(page)
    ids = [row.pk for row in found.object_list]
    stops, subjects, told = _next_stops(ids, user), _subjects(ids, user), _told(ids, user)
    shown: Any = []
    for row in found.object_list:
        row.subject = subjects.get(row.pk, row.subject)
        status_word = ProposalStatus(row.status)
        if status_word in TOLD_BY_RESULT and row.pk not in told:
            status_word = ProposalStatus.IN_CONSULTATION
        shown.append(_row(row, status_word, stops.get(row.pk, "")))
    found.object_list = shown
    return found


def _told(ids: list[int], user: Any) -> set[int]:
    """Return the proposals whose result the user may know."""
    rows = Proposal.objects.visible_to(user).filter(known(user), pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _subjects(ids: list[int], user: Any) -> dict[int, str]:
    """Return the subjects of drafts that came back, as last handed in, where others see them."""
    offices = standing_of(user).offices
    rows = ProposalVersion.objects.visible_to(user).filter(
        proposal__in=ids, proposal__status=ProposalStatus.RETURNED
    )
    others = rows.exclude(proposal__lead_office__in=offices).order_by("number")
    return dict(others.values_list("proposal", "content__head__subject"))


def _next_stops(ids: list[int], user: Any) -> dict[int, str]:
    """Return the first open committee of each proposal."""
    rows = Consultation.objects.visible_to(user).filter(OPEN, proposal__in=ids)
    stops: dict[int, str] = {}
    names = rows.order_by("position", "pk").values_list("proposal", "committee__name")
    for proposal_id, committee in names:
        stops.setdefault(proposal_id, committee)
    return stops


def _row(proposal: Proposal, status: ProposalStatus, stop: str) -> ProposalRow:
    return ProposalRow(
        id=proposal.pk,
        number=proposal.number or "",
        subject=proposal.subject,
        kind_label=ProposalKind(proposal.kind).label,
        status=status,
        lead_office=proposal.lead_office.name,
        next_stop=_IN_THE_HOUSE.get(status, stop),
        updated=timezone.localdate(proposal.changed_at),
    )
