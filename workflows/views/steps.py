"""One page per human step; every POST goes through the gate once."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from proposals.models import AgendaItem, Proposal
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
from ..steps import BY_PATH, STEPS
from .exchange_pages import EXCHANGE_PAGES
from .meeting_door import meeting_crumbs, meeting_url, visible_meeting
from .review_pages import REVIEW_PAGES
from .signing_pages import SIGNING_PAGES
from .step_pages import PAGES, StepPage
from .urls_of import proposal_url


@dataclass(frozen=True)
class Matter:
    """What a step is about, as its page names it: a proposal, or an item without one."""

    proposal: Proposal | None
    number: str
    subject: str
    url: str
    way: list[tuple[str, str]]


@require_http_methods(["GET", "HEAD", "POST"])
def step_do(request: HttpRequest, pk: int, path: str, subject: int | None = None) -> HttpResponse:
    """Show a step that waits for the user, or do it."""
    proposal = visible_proposal(request, pk)
    number, url = proposal.number or "", proposal_url(pk)
    words = known_head(proposal, request.user)["subject"]
    way = [("Vorlagen", reverse("proposal-list")), (number or words, url)]
    matter = Matter(proposal, number, words, url, way)
    return _respond(request, Turn(pk, BY_PATH[path].node, subject), matter)


@require_http_methods(["GET", "HEAD", "POST"])
def review_do(request: HttpRequest, pk: int, item: int, path: str, subject: int) -> HttpResponse:
    """Show a step on a count error in an item without a proposal, or do it."""
    meeting = visible_meeting(request, pk)
    rows = AgendaItem.objects.visible_to(request.user)
    row = rows.filter(meeting=meeting, reviews=subject, reviews__proposal__isnull=True, pk=item)
    listed = row.first()
    if listed is None:
        raise Http404
    number = f"TOP {listed.number}" if listed.number else ""
    way = [(one["label"], one["url"]) for one in meeting_crumbs(meeting, ("", ""))][:-1]
    matter = Matter(None, number, listed.title, meeting_url(pk), way)
    return _respond(request, Turn(None, BY_PATH[path].node, subject), matter)


def _respond(request: HttpRequest, turn: Turn, matter: Matter) -> HttpResponse:
    try:
        page = _page(request, turn, matter.proposal)
    except RuleViolation as gone:
        return conflict_page(request, gone, matter.url)
    form = page.form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not form.is_valid():
            return _show(request, turn, matter, page, form, UNPROCESSABLE)
        try:
            gate.complete(actor=acting_user(request), turn=turn, answer=form.answer())
        except RuleViolation as violation:
            if page.is_replay(form):
                messages.info(request, page.done())
                return redirect(matter.url)
            say_refusal(form, violation, page.aliases)
            return _show(request, turn, matter, page, form, CONFLICT)
        messages.success(request, page.done())
        return redirect(matter.url)
    return _show(request, turn, matter, page, form)


def _page(request: HttpRequest, turn: Turn, proposal: Proposal | None) -> StepPage:
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
    turn: Turn,
    matter: Matter,
    page: StepPage,
    form: Any,
    status: int = 200,
) -> HttpResponse:
    step = STEPS[turn.step]
    title = page.title or step.title
    context = {
        "form": form,
        "step": {
            "title": title,
            "intro": page.intro,
            "number": matter.number,
            "subject": matter.subject,
            "submit_label": step.submit_label,
            "cancel_url": matter.url,
            "crumbs": crumbs(*matter.way, (title, "")),
        },
        **page.aside(),
    }
    return render(request, page.template, context, status=status)
