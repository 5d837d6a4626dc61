"""Who works on a draft: pages besides the steps."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.aids import HandOverForm, TakeLeadForm
from proposals.services.leading import (
    objection_to_handing_over,
    objection_to_taking_lead,
    offices_with_clerks,
)
from proposals.views.common import acting_user, conflict_page, visible_proposal

from .. import gate
from .act_page import ActPage
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def lead_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a colleague's draft over."""
    proposal = visible_proposal(request, pk)
    if not policies.can_take_lead(request.user, proposal):
        raise PermissionDenied(
            "Die Bearbeitung übernimmt, wer in der Federführung Vorlagen entwirft."
        )
    if (objection := objection_to_taking_lead(proposal, acting_user(request))) is not None:
        return conflict_page(request, objection, proposal_url(pk))
    page = ActPage(
        proposal,
        "Bearbeitung übernehmen",
        "workflows/step.html",
        "Bearbeitung übernehmen",
        lambda answer: gate.act(actor=acting_user(request), proposal=proposal, answer=answer),
        "Sie bearbeiten diese Vorlage jetzt.",
        f"Bisher bearbeitet sie {proposal.author.get_full_name() or 'jemand anderes'}. "
        "Der Wechsel steht im Verlauf.",
    )
    return page.respond(request, TakeLeadForm(request.POST or None))


@require_http_methods(METHODS)
def lead_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the lead of a draft to another office of the house."""
    proposal = visible_proposal(request, pk)
    if not policies.can_edit(request.user, proposal):
        raise PermissionDenied("Nur die Federführung gibt die Federführung ab.")
    if (objection := objection_to_handing_over(proposal)) is not None:
        return conflict_page(request, objection, proposal_url(pk))
    page = ActPage(
        proposal,
        "Federführung abgeben",
        "workflows/step.html",
        "Federführung abgeben",
        lambda answer: gate.act(actor=acting_user(request), proposal=proposal, answer=answer),
        "Die Federführung ist abgegeben.",
        "Der Entwurf wartet danach im gewählten Amt; Texte, Anlagen und Nummer gehen mit.",
        reverse("proposal-list"),  # the paper may be out of sight by then
    )
    offices = [
        row
        for row in offices_with_clerks(proposal.municipality_id)
        if row.pk != proposal.lead_office_id
    ]
    return page.respond(request, HandOverForm(request.POST or None, offices=offices))
