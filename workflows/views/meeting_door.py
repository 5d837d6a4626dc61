"""What every page of a meeting shares: the door, the way here, one act with its form."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from proposals import policies
from proposals.models import Meeting
from proposals.rules.errors import RuleViolation
from proposals.selectors.agenda_lines import AgendaLine
from proposals.selectors.meeting_page import day_in_words
from proposals.selectors.meetings import bodies_in_order, title_of
from proposals.views.common import CONFLICT, UNPROCESSABLE, acting_user, crumbs, say_refusal

from .. import gate
from .urls_of import proposal_url

RUN = "durchfuehren"  # `?zurueck=`: the act was begun on the run sheet and ends there


def visible_meeting(request: HttpRequest, pk: int) -> Meeting:
    """Return a meeting that the user may see; raises Http404 for any other."""
    rows = Meeting.objects.visible_to(request.user).select_related(
        "municipality", "chair", "minute_taker"
    )
    meeting = rows.prefetch_related(bodies_in_order(), "breaks").filter(pk=pk).first()
    if meeting is None:
        raise Http404
    for row in meeting.bodies.all():  # one instance, so that its house rules are read once
        row.committee.municipality = meeting.municipality
    return meeting


def require_keeper(request: HttpRequest, meeting: Meeting) -> None:
    """Let in who keeps one of the bodies; raises PermissionDenied for anybody else."""
    if not policies.can_keep_meeting(request.user, meeting):
        raise PermissionDenied("Diese Sitzung führt, wer eines ihrer Gremien betreut.")


def require_planner(request: HttpRequest, meeting: Meeting) -> None:
    """Let in who plans meetings; raises PermissionDenied for anybody else."""
    if not policies.can_plan_meetings(request.user, meeting.municipality_id):
        raise PermissionDenied("Sitzungen plant der Sitzungsdienst.")


def meeting_url(meeting_id: int) -> str:
    """Return the page of a meeting."""
    return reverse("meeting-show", args=[meeting_id])


def linked(lines: Sequence[AgendaLine]) -> list[AgendaLine]:
    """Return the lines of an agenda with the addresses of their papers."""
    return [
        replace(line, url=proposal_url(line.proposal_id)) if line.proposal_id else line
        for line in lines
    ]


def meeting_crumbs(meeting: Meeting, *parts: tuple[str, str]) -> list[dict[str, Any]]:
    """Return the way to a page of a meeting; `parts` come behind the meeting itself."""
    when = timezone.localtime(meeting.starts_at)
    return crumbs(
        ("Sitzungen", reverse("meeting-list")),
        (f"{title_of(meeting)}, {when:%d.%m.%Y}", meeting_url(meeting.pk) if parts else ""),
        *parts,
    )


class MeetingAct:
    """The page of one act on a meeting: its words, its form; the gate does it once."""

    def __init__(
        self,
        request: HttpRequest,
        meeting: Meeting,
        title: str,
        submit_label: str,
        done: str,
        *,
        template: str = "workflows/meetings/act.html",
        aliases: dict[str, str] | None = None,
        back: str = "",
        **context: Any,
    ) -> None:
        self.request, self.meeting, self.title = request, meeting, title
        self.submit_label, self.done, self.template = submit_label, done, template
        self.aliases, self.back, self.context = aliases or {}, back or self._origin(), context

    def _origin(self) -> str:
        """Return where the act began: the meeting's page or its run sheet."""
        name = "meeting-run" if self.request.GET.get("zurueck") == RUN else "meeting-show"
        return reverse(name, args=[self.meeting.pk])

    def respond(self, form: Any, answer: Callable[[], Any] | None = None) -> HttpResponse:
        """Show the form, or do the act once; `answer` instead of the form's own."""
        if self.request.method != "POST":
            return self.show(form)
        if not form.is_valid():
            return self.show(form, UNPROCESSABLE)
        try:
            self._complete((answer or form.answer)())
        except RuleViolation as violation:
            say_refusal(form, violation, self.aliases)
            return self.show(form, CONFLICT)
        messages.success(self.request, self.done)
        return redirect(self.back)

    def _complete(self, answer: Any) -> None:
        actor = acting_user(self.request)
        gate.complete_meeting(actor=actor, meeting=self.meeting, answer=answer)

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """Show the page with its form."""
        step = {
            "title": self.title,
            "submit_label": self.submit_label,
            "cancel_url": self.back,
            "crumbs": meeting_crumbs(self.meeting, (self.title, "")),
        }
        context = {
            "form": form,
            "step": step,
            "meeting": self.meeting,
            "meeting_title": title_of(self.meeting),
            "meeting_day": day_in_words(self.meeting),
            **self.context,
        }
        return render(self.request, self.template, context, status=status)
