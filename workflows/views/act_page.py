"""One page for every act on a proposal that is not a step of its flow."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from proposals.models import Proposal
from proposals.rules.errors import RuleViolation
from proposals.selectors.heads import known_head
from proposals.views.common import CONFLICT, UNPROCESSABLE, crumbs, say_refusal

from .urls_of import proposal_url


class ActPage:
    """The page of one act besides the steps: its words, its form, what it calls."""

    def __init__(
        self,
        proposal: Proposal,
        title: str,
        template: str,
        submit_label: str,
        act: Callable[[Any], Any],
        done: str,
        intro: str = "",
        done_url: str = "",
        **context: Any,
    ) -> None:
        self.proposal, self.title, self.template = proposal, title, template
        self.submit_label, self.act, self.done, self.intro = submit_label, act, done, intro
        self.done_url = done_url or proposal_url(proposal.pk)
        self.context = context

    def respond(self, request: HttpRequest, form: Any) -> HttpResponse:
        """Show the form, or do the act once."""
        if request.method != "POST":
            return self._show(request, form)
        if not form.is_valid():
            return self._show(request, form, UNPROCESSABLE)
        try:
            self.act(form.answer())
        except RuleViolation as violation:
            say_refusal(form, violation, {})
            return self._show(request, form, CONFLICT)
        messages.success(request, self.done)
        return redirect(self.done_url)

    def _show(self, request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
        address = proposal_url(self.proposal.pk)
        subject = known_head(self.proposal, request.user)["subject"]
        step = {
            "title": self.title,
            "intro": self.intro,
            "number": self.proposal.number or "",
            "subject": subject,
            "submit_label": self.submit_label,
            "cancel_url": address,
            "crumbs": crumbs(
                ("Vorlagen", reverse("proposal-list")),
                (self.proposal.number or subject, address),
                (self.title, ""),
            ),
        }
        context = {"form": form, "step": step, **self.context}
        return render(request, self.template, context, status=status)
