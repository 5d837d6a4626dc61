"""How papers relate, and a recommended wording issued anew: pages besides the steps."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.relations import ReissueForm, RelateForm, UnrelateForm
from proposals.models import Proposal, Relation, Wording
from proposals.rules.relations import RelationKind
from proposals.services.relations import (
    objection_to_reissuing,
    reissue,
    relate,
    unrelate,
)
from proposals.services.suffixes import next_reissue
from proposals.views.common import acting_user, visible_proposal

from .act_page import ActPage
from .step_pages import wording_panel

METHODS = ["GET", "HEAD", "POST"]
WHO_RELATES = "Bezüge stellen nur die Federführung und der Sitzungsdienst her."


@require_http_methods(METHODS)
def relation_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Relate a paper to an earlier one."""
    proposal = visible_proposal(request, pk)
    if not policies.can_relate(request.user, proposal):
        raise PermissionDenied(WHO_RELATES)
    page = ActPage(
        proposal,
        "Bezug herstellen",
        "workflows/step.html",
        "Bezug herstellen",
        lambda answer: relate(actor=acting_user(request), proposal=proposal, answer=answer),
        "Der Bezug ist hergestellt.",
        "Der Bezug steht danach auf den Seiten beider Vorlagen.",
    )
    papers = Proposal.objects.visible_to(request.user).filter(municipality=proposal.municipality_id)
    return page.respond(request, RelateForm(request.POST or None, papers=papers))


@require_http_methods(METHODS)
def relation_delete(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Take a relation back that was made by mistake."""
    proposal = visible_proposal(request, pk)
    if not policies.can_relate(request.user, proposal):
        raise PermissionDenied(WHO_RELATES)
    rows = Relation.objects.visible_to(request.user).filter(proposal=proposal, pk=relation)
    row = rows.select_related("proposal", "to").first()
    if row is None:
        raise Http404
    page = ActPage(
        proposal,
        "Bezug lösen",
        "workflows/step.html",
        "Bezug lösen",
        lambda answer: unrelate(actor=acting_user(request), relation=row),
        "Der Bezug ist gelöst.",
        f"{RelationKind(row.kind).label} {row.to.number or 'einer Vorlage ohne Nummer'}",
        danger=True,
    )
    return page.respond(request, UnrelateForm(request.POST or None))


@require_http_methods(METHODS)
def wording_reissue(request: HttpRequest, pk: int, wording: int) -> HttpResponse:
    """Issue the paper anew with a committee's wording, in a house that does so."""
    proposal = visible_proposal(request, pk)
    if not policies.can_reissue(request.user, proposal):
        raise PermissionDenied("Eine neue Fassung mit Zusatz gibt nur der Sitzungsdienst heraus.")
    rows = Wording.objects.visible_to(request.user).filter(proposal=proposal, pk=wording)
    row = rows.select_related("committee", "version").first()
    if row is None:
        raise Http404
    number = next_reissue(proposal)
    page = ActPage(
        proposal,
        f"Als {number} neu herausgeben",
        "workflows/step.html",
        "Neu herausgeben",
        lambda answer: reissue(actor=acting_user(request), wording=row, answer=answer),
        f"Der Wortlaut ist als {number} herausgegeben.",
        objection=objection_to_reissuing(row, proposal),
        wording=wording_panel(row),
    )
    form = ReissueForm(request.POST or None, initial={"on": timezone.localdate()})
    return page.respond(request, form)
