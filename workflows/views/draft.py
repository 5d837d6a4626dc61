"""Drafting: begin a proposal, save the draft, hand it in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.drafting import ROWS, draft_answer
from proposals.models import Proposal
from proposals.models.people import Role
from proposals.models.standing import standing_of
from proposals.rules.errors import RuleViolation
from proposals.rules.words import ProposalKind
from proposals.services.attachments import attach, detach
from proposals.services.drafting import StaleDraft, objection_to_editing, save_draft
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
from .conflicts import conflict_of
from .desk import Desk, kept, stored
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]
SUBMIT = "submit"
ALIASES = {
    "no_financial_effect": "no_costs",
    "title": "attachment_title",
    "file": "attachment",
}


@require_http_methods(METHODS)
def proposal_create(request: HttpRequest) -> HttpResponse:
    """Begin a proposal; `?art=` chooses the kind."""
    house = own_house(request)
    kind = asked_kind(request)
    who = standing_of(request.user)
    role = Role.SECRETARY if kind.is_motion else Role.CLERK
    if not any(held == role for held, _ in who.roles):
        raise PermissionDenied(f"Sie dürfen keine {kind.label} anlegen.")
    desk = Desk(request, house, kind, None)
    if request.method != "POST":
        return desk.show()
    if "add" in request.POST:
        return desk.show()
    if not desk.is_valid():
        return desk.show(UNPROCESSABLE)
    try:
        answer = draft_answer(desk.form, desk.drafts())
        proposal = gate.start(actor=acting_user(request), answer=answer)
    except RuleViolation as violation:
        say_refusal(desk.form, violation, ALIASES)
        return desk.show(CONFLICT)
    return _after_saving(request, desk, proposal)


def asked_kind(request: HttpRequest) -> ProposalKind:
    """Return the kind of paper that the address asks for."""
    asked = request.GET.get("art", ProposalKind.BESCHLUSSVORLAGE.value)
    known = {kind.value: kind for kind in ProposalKind}
    return known.get(asked, ProposalKind.BESCHLUSSVORLAGE)


@require_http_methods(METHODS)
def draft_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft that is in the lead office's hands, and hand it in."""
    proposal = visible_proposal(request, pk)
    if not policies.can_edit(request.user, proposal):
        raise PermissionDenied("Nur die Federführung bearbeitet den Entwurf.")
    kind = ProposalKind(proposal.kind)
    closed = objection_to_editing(proposal)
    if closed is not None and request.method != "POST":
        return conflict_page(request, closed, proposal_url(pk))
    desk = Desk(request, proposal.municipality, kind, proposal)
    if request.method != "POST" or "add" in request.POST:
        return desk.show()
    if not desk.is_valid():
        return desk.show(UNPROCESSABLE)
    try:
        answer = draft_answer(desk.form, desk.drafts())
        saved = save_draft(actor=acting_user(request), proposal=proposal, answer=answer)
    except StaleDraft:
        return _show_conflict(request, proposal, kind, desk)
    except RuleViolation as violation:
        say_refusal(desk.form, violation, ALIASES)
        return desk.show(CONFLICT)
    return _after_saving(request, desk, saved)


def _show_conflict(
    request: HttpRequest, proposal: Proposal, kind: ProposalKind, desk: Desk
) -> HttpResponse:
    """Show both states; saving once more lets what was typed hold."""
    fresh = visible_proposal(request, proposal.pk)
    data = request.POST.copy()
    data["revision"] = str(fresh.revision)
    again = Desk(request, fresh.municipality, kind, fresh, data)
    lists = {name: (again.saved_lines(name), desk.lines(name)) for name in ROWS}
    conflict = conflict_of(fresh, desk.form, lists, request.user)
    return again.show(CONFLICT, conflict)


def _after_saving(request: HttpRequest, desk: Desk, proposal: Proposal) -> HttpResponse:
    """Store annexes, hand in if asked, and say what happened."""
    try:
        _change_attachments(request, desk, proposal)
        if request.POST.get("then") == SUBMIT:
            turn = Turn(proposal.pk, "draft")
            answer = SubmitAnswer(reason=desk.form.cleaned_data.get("route_reason", ""))
            gate.complete(actor=acting_user(request), turn=turn, answer=answer)
            messages.success(request, _handed_in(proposal))
            return redirect(proposal_url(proposal.pk))
    except RuleViolation as violation:
        messages.warning(request, f"Der Entwurf ist gespeichert. {violation}")
        return redirect("draft-edit", proposal.pk)
    messages.success(request, "Der Entwurf ist gespeichert.")
    return redirect("draft-edit", proposal.pk)


def _handed_in(proposal: Proposal) -> str:
    if ProposalKind(proposal.kind).is_motion:
        return "Der Antrag ist abgegeben; die Form ist noch zu prüfen."
    return "Die Vorlage ist zur Mitzeichnung gegeben."


def _change_attachments(request: HttpRequest, desk: Desk, proposal: Proposal) -> None:
    data = desk.form.cleaned_data
    for row in kept(proposal).filter(pk__in=data.get("detach") or []):
        detach(actor=acting_user(request), attachment=row)
    upload = data.get("attachment")
    if upload is not None:
        attach(
            actor=acting_user(request),
            proposal=proposal,
            title=data["attachment_title"],
            file_name=upload.name,
            file=stored(upload),
        )
