"""Acts on a Mitzeichnung besides its steps: recall, one more office, hand on, go on without."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from proposals import policies
from proposals.forms.signing import (
    AskMoreForm,
    DelegateForm,
    ExpireForm,
    LateForm,
    RecallForm,
    TakeForm,
)
from proposals.models import CoSignature, Office, Proposal
from proposals.models.facts import current_submission
from proposals.rules.co_signing import objection_to_recall
from proposals.rules.errors import RuleViolation
from proposals.views.common import acting_user, conflict_page, visible_proposal

from .. import gate
from ..engine import Turn
from .act_page import ActPage
from .urls_of import proposal_url, turn_url

METHODS = ["GET", "HEAD", "POST"]
NOT_LEADING = "Das entscheidet nur die Federführung."
NOT_ASKED = "Ihr Amt ist nicht um Mitzeichnung gebeten."


@require_http_methods(METHODS)
def signing_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the draft back to change it."""
    proposal = visible_proposal(request, pk)
    _require(policies.can_edit(request.user, proposal), NOT_LEADING)
    submission = current_submission(proposal)
    released = submission is not None and submission.released_on is not None
    page = ActPage(
        proposal,
        "Aus der Mitzeichnung zurückholen",
        "workflows/step.html",
        "Zurückholen",
        _act(request, proposal),
        "Der Entwurf liegt wieder bei Ihnen.",
        "Offene Mitzeichnungen entfallen. Was gezeichnet ist, gilt bei der nächsten Abgabe fort, "
        "soweit die gezeichneten Teile gleich bleiben.",
        objection=objection_to_recall(submitted=submission is not None, released=released),
    )
    return page.respond(request, RecallForm(request.POST or None))


@require_http_methods(METHODS)
def signing_ask_more(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask one more office in the round under way."""
    proposal = visible_proposal(request, pk)
    _require(policies.can_ask_more(request.user, proposal), NOT_LEADING)
    page = ActPage(
        proposal,
        "Weitere Stelle um Mitzeichnung bitten",
        "workflows/step.html",
        "Um Mitzeichnung bitten",
        _act(request, proposal),
        "Die Stelle ist um Mitzeichnung gebeten.",
    )
    form = AskMoreForm(request.POST or None, offices=_other_offices(proposal))
    return page.respond(request, form)


@require_http_methods(METHODS)
def signing_delegate(request: HttpRequest, pk: int, signature: int) -> HttpResponse:
    """Hand a request on to another office."""
    proposal, row = _asked(request, pk, signature)
    page = ActPage(
        proposal,
        f"Mitzeichnung weitergeben: {row.office}",
        "workflows/step.html",
        "Weitergeben",
        _act(request, proposal),
        "Die Mitzeichnung ist weitergegeben.",
        "Die andere Stelle zeichnet für dieselben Teile und bis zu demselben Tag.",
    )
    form = DelegateForm(request.POST or None, request=row, offices=_other_offices(proposal))
    return page.respond(request, form)


@require_http_methods(METHODS)
def signing_late(request: HttpRequest, pk: int, signature: int) -> HttpResponse:
    """Record an answer that comes after the paper went on without it."""
    proposal, row = _asked(request, pk, signature)
    page = ActPage(
        proposal,
        f"Antwort nachtragen: {row.office}",
        "workflows/step.html",
        "Antwort speichern",
        _act(request, proposal),
        f"Die Antwort von „{row.office}“ ist nachgetragen.",
        "Die Frist ist abgelaufen, die Vorlage ging ohne Beitrag weiter. Ihre Antwort wird "
        "festgehalten; sie hält die Vorlage nicht mehr auf.",
    )
    return page.respond(request, LateForm(request.POST or None, request=row))


@require_http_methods(METHODS)
def signing_expire(request: HttpRequest, pk: int, signature: int) -> HttpResponse:
    """Go on without an answer whose deadline is over."""
    proposal = visible_proposal(request, pk)
    row = _signature(request, proposal, signature)
    _require(policies.can_edit(request.user, proposal), NOT_LEADING)
    page = ActPage(
        proposal,
        f"Ohne Beitrag weiter: {row.office}",
        "workflows/step.html",
        "Ohne Beitrag weiter",
        _act(request, proposal),
        f"Die Vorlage geht ohne Beitrag von „{row.office}“ weiter.",
    )
    return page.respond(request, ExpireForm(request.POST or None, request=row))


@require_POST
def signing_take(request: HttpRequest, pk: int, signature: int) -> HttpResponse:
    """Take a request of the office's inbox on, or give it back."""
    proposal, row = _asked(request, pk, signature)
    address = turn_url(Turn(pk, "co_sign", row.pk))
    form = TakeForm(request.POST)
    if not form.is_valid():
        unclear = RuleViolation("Bitte öffnen Sie die Seite neu. Es wurde nichts geändert.")
        return conflict_page(request, unclear, proposal_url(pk))
    answer = form.answer_for(row)
    try:
        gate.act(actor=acting_user(request), proposal=proposal, answer=answer)
    except RuleViolation as violation:
        return conflict_page(request, violation, proposal_url(pk))
    given_back = "Zurückgegeben." if answer.gives_back else "Sie haben die Mitzeichnung übernommen."
    messages.success(request, given_back)
    return redirect(address)


def _act(request: HttpRequest, proposal: Proposal) -> Callable[[Any], Any]:
    return lambda answer: gate.act(actor=acting_user(request), proposal=proposal, answer=answer)


def _asked(request: HttpRequest, pk: int, signature: int) -> tuple[Proposal, CoSignature]:
    """Return the proposal and a request that the user may answer."""
    proposal = visible_proposal(request, pk)
    row = _signature(request, proposal, signature)
    _require(policies.can_co_sign(request.user, row), NOT_ASKED)
    return proposal, row


def _signature(request: HttpRequest, proposal: Proposal, pk: int) -> CoSignature:
    rows = CoSignature.objects.visible_to(request.user).select_related("office")
    row: CoSignature | None = rows.filter(proposal=proposal, pk=pk).first()
    if row is None:
        raise Http404
    return row


def _other_offices(proposal: Proposal) -> list[Office]:
    offices = Office.objects.that_can_sign().filter(municipality=proposal.municipality_id)
    return list(offices.exclude(pk=proposal.lead_office_id))


def _require(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise PermissionDenied(sentence)
