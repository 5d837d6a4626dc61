"""Drafting: begin a proposal, save the draft, hand it in."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from proposals.forms.drafting import PRESENT, draft_answer
from proposals.models import Proposal
from proposals.rules.errors import RuleViolation
from proposals.rules.words import ProposalKind
from proposals.services.drafting import StaleDraft, objection_to_editing, save_draft
from proposals.services.exchange import PresentAnswer
from proposals.services.submission import SubmitAnswer
from proposals.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    conflict_page,
    own_house,
    say_refusal,
    visible_proposal,
)

from .. import gate
from ..engine import Turn
from .annexes import change_annexes, without_annexes
from .beginning import asked_model
from .buffers import draft_desk, forget, is_resumed, kept_data
from .conflicts import chosen_data, conflict_of, has_choices
from .desk import Desk
from .draft_door import asked_base, asked_kind, editable_proposal, require_begin
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]
SUBMIT, MERGE = "submit", "merge"
SHOWS_AGAIN = {"add", "insert"}  # one line more, a text block: nothing is saved yet
ALIASES = {
    "no_financial_effect": "no_costs",
    "title": "attachment_title",
    "file": "attachment",
    "alt_text": "attachment_alt",
}


@require_http_methods(METHODS)
def proposal_create(request: HttpRequest) -> HttpResponse:
    """Begin a proposal; `?art=` chooses the kind.

    `?ergaenzt=` names the paper that it supplements, `?muster=` the one that it is a copy of.
    """
    house = own_house(request)
    base, model = asked_base(request), asked_model(request)
    named = base or model
    kind = ProposalKind(named.kind) if named else asked_kind(request)
    require_begin(request, kind)
    if is_resumed(request):
        data = kept_data(draft_desk(request, kind, None))
        return Desk(request, house, kind, None, data, supplements=base).show()
    desk = Desk(request, house, kind, None, supplements=base, copies=model)
    if request.method != "POST" or not SHOWS_AGAIN.isdisjoint(request.POST):
        return desk.show()
    if not desk.is_valid():
        return desk.show(UNPROCESSABLE)
    try:
        answer = draft_answer(desk.form, desk.drafts())
        if base is not None:
            answer = replace(answer, supplements_id=base.pk)
        proposal = gate.start(actor=acting_user(request), answer=answer)
    except RuleViolation as violation:
        say_refusal(desk.form, violation, ALIASES)
        return desk.show(CONFLICT)
    forget(request, draft_desk(request, kind, None))
    return _after_saving(request, desk, proposal)


@require_http_methods(METHODS)
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft that is in the lead office's hands, and hand it in."""
    proposal = editable_proposal(request, pk)
    kind = ProposalKind(proposal.kind)
    closed = objection_to_editing(proposal)
    if closed is not None and request.method != "POST":
        return conflict_page(request, closed, proposal_url(pk))
    if is_resumed(request):
        return _resume(request, proposal, kind)
    typed: QueryDict = request.POST
    desk = Desk(request, proposal.municipality, kind, proposal)
    if has_choices(typed):
        typed = chosen_data(proposal, desk, typed)
        desk = Desk(request, proposal.municipality, kind, proposal, typed)
    shows_again = not SHOWS_AGAIN.isdisjoint(request.POST)
    if request.method != "POST" or shows_again or request.POST.get("then") == MERGE:
        return desk.show()
    if not desk.is_valid():
        return desk.show(UNPROCESSABLE)
    try:
        answer = draft_answer(desk.form, desk.drafts())
        saved = save_draft(actor=acting_user(request), proposal=proposal, answer=answer)
    except StaleDraft:
        return _show_conflict(request, proposal, typed, CONFLICT)
    except RuleViolation as violation:
        say_refusal(desk.form, violation, ALIASES)
        return desk.show(CONFLICT)
    forget(request, draft_desk(request, kind, proposal))
    return _after_saving(request, desk, saved)


def _resume(request: HttpRequest, proposal: Proposal, kind: ProposalKind) -> HttpResponse:
    """Show what was kept; where somebody has saved since, beside what that changed."""
    data = kept_data(draft_desk(request, kind, proposal))
    if data is not None and data["revision"] != str(proposal.revision):
        return _show_conflict(request, proposal, data, 200)
    return Desk(request, proposal.municipality, kind, proposal, data).show()


def _show_conflict(
    request: HttpRequest, proposal: Proposal, typed: QueryDict, status: int
) -> HttpResponse:
    """Show both states; what is saved next is what the person chose, field by field."""
    fresh = visible_proposal(request, proposal.pk)
    data = typed.copy()
    data["revision"] = str(fresh.revision)
    again = Desk(request, fresh.municipality, ProposalKind(fresh.kind), fresh, data)
    return again.show(status, conflict_of(fresh, again, request.user))


def _after_saving(request: HttpRequest, desk: Desk, proposal: Proposal) -> HttpResponse:
    """Store annexes, hand in if asked, and say what happened."""
    try:
        change_annexes(request, desk, proposal)
        if request.POST.get("then") == SUBMIT:
            turn = Turn(proposal.pk, "draft")
            answer = SubmitAnswer(reason=desk.form.cleaned_data.get("route_reason", ""))
            gate.complete(actor=acting_user(request), turn=turn, answer=answer)
            messages.success(request, _handed_in(proposal))
            return redirect(proposal_url(proposal.pk))
        if request.POST.get("then") == PRESENT:
            return _present(request, desk, proposal)
    except RuleViolation as violation:
        messages.warning(request, f"Der Entwurf ist gespeichert. {violation}")
        return redirect("draft-edit", proposal.pk)
    messages.success(request, "Der Entwurf ist gespeichert.")
    return redirect("draft-edit", proposal.pk)


def _present(request: HttpRequest, desk: Desk, saved: Proposal) -> HttpResponse:
    """Present the saved draft for the place of what was issued; refused, nothing typed is lost."""
    try:
        answer = PresentAnswer(desk.form.cleaned_data.get("exchange_note", ""))
        gate.act(actor=acting_user(request), proposal=saved, answer=answer)
    except RuleViolation as violation:
        data = without_annexes(request.POST)
        data["revision"] = str(saved.revision)
        again = Desk(request, saved.municipality, desk.kind, saved, data)
        again.is_valid()
        say_refusal(again.form, violation, {"note": "exchange_note"})
        return again.show(CONFLICT)
    messages.success(request, "Die Austauschfassung liegt zur Freigabe vor.")
    return redirect(proposal_url(saved.pk))


def _handed_in(proposal: Proposal) -> str:
    kind = ProposalKind(proposal.kind)
    if kind.is_motion:
        return f"{kind.named} ist abgegeben; die Form ist noch zu prüfen."
    return "Die Vorlage ist zur Mitzeichnung gegeben."
