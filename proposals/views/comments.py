"""Rückfragen: questions and remarks on a paper, their answers, and what is settled."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ..forms.aids import CommentForm
from ..models import Proposal
from ..rules.errors import RuleViolation
from ..rules.words import ProposalKind
from ..selectors.comments import Comments, comments_of
from ..selectors.heads import known_head
from ..services.comments import NOT_INVOLVED, SettleAnswer, comment, settle_comment
from .common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    conflict_page,
    crumbs,
    say_refusal,
    visible_proposal,
)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the comments on a paper, and write one."""
    proposal = visible_proposal(request, pk)
    comments = _comments(request, proposal)
    form = CommentForm(request.POST or None, sections=_sections(proposal))
    if request.method != "POST":
        return _show(request, proposal, comments, form)
    if not form.is_valid():
        return _show(request, proposal, comments, form, UNPROCESSABLE)
    try:
        comment(actor=acting_user(request), proposal=proposal, answer=form.answer())
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return _show(request, proposal, comments, form, CONFLICT)
    messages.success(request, "Ihre Rückfrage ist gespeichert.")
    return redirect("comment-list", pk)


@require_POST
def comment_settle(request: HttpRequest, pk: int, comment: int) -> HttpResponse:
    """Note that a comment is dealt with."""
    proposal = visible_proposal(request, pk)
    _comments(request, proposal)
    try:
        answer = SettleAnswer(comment)
        settle_comment(actor=acting_user(request), proposal=proposal, answer=answer)
    except RuleViolation as violation:
        return conflict_page(request, violation, reverse("comment-list", args=[pk]))
    messages.success(request, "Die Rückfrage ist erledigt.")
    return redirect("comment-list", pk)


def _comments(request: HttpRequest, proposal: Proposal) -> Comments:
    comments = comments_of(proposal, request.user)
    if comments is None:
        raise PermissionDenied(NOT_INVOLVED)
    return comments


def _sections(proposal: Proposal) -> list[tuple[str, str]]:
    house, kind = proposal.municipality.sections, ProposalKind(proposal.kind)
    return [(one.value, house.title(one, kind)) for one in house.of(kind)]


def _show(
    request: HttpRequest,
    proposal: Proposal,
    comments: Comments,
    form: CommentForm,
    status: int = 200,
) -> HttpResponse:
    subject = known_head(proposal, request.user)["subject"]
    address = reverse("proposal-show", args=[proposal.pk])
    context = {
        "comments": comments,
        "form": form,
        "answering": str(form["answers"].value() or ""),
        "proposal_id": proposal.pk,
        "number": proposal.number or "",
        "subject": subject,
        "cancel_url": address,
        "crumbs": crumbs(
            ("Vorlagen", reverse("proposal-list")),
            (proposal.number or subject, address),
            ("Rückfragen", ""),
        ),
    }
    return render(request, "proposals/comments.html", context, status=status)
