"""The list of proposals and the history of one."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .. import policies
from ..forms.search import ProposalFilter
from ..models.people import Role
from ..models.standing import standing_of
from ..rules.words import ProposalKind
from ..selectors.heads import known_head
from ..selectors.journal import history_of
from ..selectors.proposal_list import proposal_list
from .common import crumbs, own_house, visible_proposal


@require_safe
def proposal_index(request: HttpRequest) -> HttpResponse:
    """Show the proposals the user may see, filtered and paged."""
    form = ProposalFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    page = proposal_list(
        request.user,
        words=wanted.get("q", ""),
        status=wanted.get("status", ""),
        kind=wanted.get("kind", ""),
        page=request.GET.get("page"),
    )
    page.object_list = [
        replace(row, url=reverse("proposal-show", args=[row.id])) for row in page.object_list
    ]
    context = {
        "filter_form": form,
        "page": page,
        "total": page.paginator.count,
        "create_links": _create_links(request),
    }
    return render(request, "proposals/list.html", context)


def _create_links(request: HttpRequest) -> list[dict[str, str]]:
    """Return the kinds of proposals the user may begin, the most usual one first."""
    held = {role for role, _ in standing_of(request.user).roles}
    address = reverse("proposal-create")
    kinds = []
    if Role.CLERK in held:
        kinds += [kind for kind in ProposalKind if not kind.is_motion]
    if Role.SECRETARY in held:
        kinds += [kind for kind in ProposalKind if kind.is_motion]
    house = own_house(request) if kinds else None
    links = [
        {
            "url": f"{address}?art={kind}",
            "label": f"{house.kind_name(kind)} {'erfassen' if kind.is_motion else 'entwerfen'}",
        }
        for kind in kinds
        if house is not None
    ]
    if Role.SECRETARY in held:
        url = reverse("proposal-take-over")
        links.append({"url": url, "label": "Laufende Vorlage übernehmen"})
    if held & {Role.SECRETARY, Role.ADMINISTRATOR}:
        links.append({"url": reverse("counter-list"), "label": "Nummernkreise"})
    if Role.ADMINISTRATOR in held:
        url = reverse("default-route-list")
        links.append({"url": url, "label": "Standard-Beratungsfolge"})
        links.append({"url": reverse("paper-kind-list"), "label": "Vorlagenarten"})
    if held & {Role.CLERK, Role.ADMINISTRATOR}:
        links.append({"url": reverse("text-block-list"), "label": "Textbausteine"})
    return links


@require_safe
def proposal_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what happened to a proposal, from the journal."""
    proposal = visible_proposal(request, pk)
    if not policies.can_read_history(request.user, proposal):
        raise PermissionDenied("Den Verlauf liest die Verwaltung.")
    subject = known_head(proposal, request.user)["subject"]
    title = proposal.number or subject
    context = {
        "page": {"number": proposal.number or "", "subject": subject},
        "events": history_of(proposal, request.user),
        "crumbs": crumbs(
            ("Vorlagen", reverse("proposal-list")),
            (title, reverse("proposal-show", args=[pk])),
            ("Verlauf", ""),
        ),
    }
    return render(request, "proposals/history.html", context)
