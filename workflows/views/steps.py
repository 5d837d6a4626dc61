"""One page per human step; every POST goes through the gate once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from proposals.models import Proposal
from proposals.rules.errors import RuleViolation
from proposals.selectors.heads import known_head
from proposals.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    conflict_page,
    crumbs,
    say_refusal,
    visible_proposal,
)

from .. import engine, gate
from ..engine import Turn
from ..steps import BY_PATH, Step
from .exchange_pages import EXCHANGE_PAGES
from .review_pages import REVIEW_PAGES
from .signing_pages import SIGNING_PAGES
from .step_pages import PAGES, StepPage
from .urls_of import proposal_url


@require_http_methods(["GET", "HEAD", "POST"])
def step_do(request: HttpRequest, pk: int, path: str, subject: int | None = None) -> HttpResponse:
    """Show a step that waits for the user, or do it."""
    proposal = visible_proposal(request, pk)
    step = BY_PATH[path]
    turn = Turn(pk, step.node, subject)
    try:
        page = _page(request, turn, proposal)
    except RuleViolation as gone:
        return conflict_page(request, gone, proposal_url(pk))
    form = page.form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not form.is_valid():
            return _show(request, step, proposal, page, form, UNPROCESSABLE)
        try:
            gate.complete(actor=acting_user(request), turn=turn, answer=form.answer())
        except RuleViolation as violation:
            if page.is_replay(form):
                messages.info(request, page.done())
                return redirect(proposal_url(pk))
            say_refusal(form, violation, page.aliases)
            return _show(request, step, proposal, page, form, CONFLICT)
        messages.success(request, page.done())
        return redirect(proposal_url(pk))
    return _show(request, step, proposal, page, form)


def _page(request: HttpRequest, turn: Turn, proposal: Proposal) -> StepPage:
    """Return the page of a step; PermissionDenied where it is somebody else's.

    Raises TaskNotOpen where nothing waits, but to a form that comes too late: its sender sees it
    again with everything typed.
    """
    row = engine.subject_of(turn, proposal)
    if turn.subject_id is not None and row is proposal:
        raise Http404
    kind = (PAGES | REVIEW_PAGES | SIGNING_PAGES | EXCHANGE_PAGES)[turn.step]
    if not kind.is_for(request.user, row):
        raise PermissionDenied("Dieser Schritt wartet nicht auf Sie.")
    if request.method != "POST":
        engine.find(turn)
    return kind(request.user, proposal, row)


def _show(
    request: HttpRequest,
    step: Step,
    proposal: Proposal,
    page: StepPage,
    form: Any,
    status: int = 200,
) -> HttpResponse:
    title = page.title or step.title
    subject = known_head(proposal, request.user)["subject"]
    context = {
        "form": form,
        "step": {
            "title": title,
            "intro": page.intro,
            "number": proposal.number or "",
            "subject": subject,
            "submit_label": step.submit_label,
            "cancel_url": proposal_url(proposal.pk),
            "crumbs": crumbs(
                ("Vorlagen", reverse("proposal-list")),
                (proposal.number or subject, proposal_url(proposal.pk)),
                (title, ""),
            ),
        },
        **page.aside(),
    }
    return render(request, page.template, context, status=status)
