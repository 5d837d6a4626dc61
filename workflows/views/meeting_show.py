"""The page of one meeting: what is known of it, and what can be done next."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals import policies
from proposals.rules.meeting import (
    MeetingState,
    objection_to_cancel,
    objection_to_close,
    objection_to_correct,
    objection_to_move,
    objection_to_open,
    objection_to_reopen,
    objection_to_resume,
    objection_to_suspend,
)
from proposals.selectors.meeting_page import MeetingPage, meeting_page

from .meeting_door import linked, meeting_crumbs, visible_meeting
from .paper_panels import papers_on_page

Action = dict[str, str]
BEFORE = (MeetingState.PLANNED, MeetingState.INVITED)
COURSE = (MeetingState.RUNNING, MeetingState.SUSPENDED)
OVER = (*COURSE, MeetingState.CLOSED)


@require_safe
def meeting_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one meeting."""
    meeting = visible_meeting(request, pk)
    page = meeting_page(meeting, request.user)
    actions = _Actions(page, request.user)
    context = {
        "page": page,
        "meeting": meeting,
        "parts": [replace(part, lines=linked(part.lines)) for part in page.parts],
        "next": actions.next(),
        "more": actions.more(),
        "is_actor": actions.keeps or actions.plans,
        "csv_url": reverse("attendance-csv", args=[pk]) if actions.keeps and page.rolls else "",
        "history_url": reverse("meeting-history", args=[pk]) if actions.may_read_history else "",
        "crumbs": meeting_crumbs(meeting),
        "papers": papers_on_page(
            meeting, request.user, has_results=any(line.outcome for line in page.lines)
        ),
    }
    return render(request, "workflows/meetings/show.html", context)


class _Actions:
    """What the user may do with a meeting now: one thing first, then all the others."""

    def __init__(self, page: MeetingPage, user: Any) -> None:
        self.page, self.meeting = page, page.meeting
        house = self.meeting.municipality_id
        self.keeps = policies.can_keep_meeting(user, self.meeting)
        self.plans = policies.can_plan_meetings(user, house)
        self.invites = policies.can_invite(user, house)
        self.signs = policies.can_sign_minutes(user, house)
        self.may_read_history = policies.can_read_meeting_history(user, self.meeting)
        self.has_come = timezone.localdate(self.meeting.starts_at) <= timezone.localdate()

    def next(self) -> Action | None:
        """Return the one thing to do next, None where it is not the user's or nothing is."""
        state = self.page.state
        if state in BEFORE:
            return self._before()
        if state == MeetingState.RUNNING:
            return self._run("Die Sitzung läuft.")
        if state == MeetingState.SUSPENDED:
            return self._to("fortsetzen") if self.keeps else None
        return self._after() if state == MeetingState.CLOSED else None

    def _before(self) -> Action | None:
        page = self.page
        if not page.lines:
            return self._agenda("Noch steht nichts auf der Tagesordnung.")
        if self.has_come:
            return self._run("Die Sitzung ist heute." if self._is_today() else "")
        if page.state == MeetingState.PLANNED:
            return self._invite() or self._agenda("")
        if page.is_moved and self.invites:
            return self._to("einladung", "Seit der Einladung ist die Sitzung verlegt.")
        if page.unsent and self.invites:
            more = "Ein Punkt ist" if page.unsent == 1 else f"{page.unsent} Punkte sind"
            return self._to("nachtrag", f"{more} seit der Einladung dazugekommen.")
        return None

    def _after(self) -> Action | None:
        page = self.page
        if page.without_result and self.keeps:
            count = page.without_result
            more = "Eine Vorlage hat" if count == 1 else f"{count} Vorlagen haben"
            return self._run(f"{more} noch kein Ergebnis.")
        if page.approved_on is None and self.signs:
            return self._to("protokoll")
        return None

    def _is_today(self) -> bool:
        return timezone.localdate(self.meeting.starts_at) == timezone.localdate()

    def _agenda(self, hint: str) -> Action | None:
        address = reverse("agenda-edit", args=[self.meeting.pk])
        action = {"title": "Tagesordnung aufstellen", "url": address, "hint": hint}
        return action if self.keeps else None

    def _invite(self) -> Action | None:
        by = self.page.invite_by
        hint = f"Spätestens am {by:%d.%m.%Y}; Ladungsfrist: {self.page.notice}." if by else ""
        if by is not None and by < timezone.localdate():
            hint = f"Die Ladungsfrist ist am {by:%d.%m.%Y} abgelaufen ({self.page.notice})."
        return self._to("einladung", hint) if self.invites else None

    def _run(self, hint: str) -> Action | None:
        address = reverse("meeting-run", args=[self.meeting.pk])
        is_over = self.page.state == MeetingState.CLOSED
        title = "Ergebnisse bearbeiten" if is_over else "Sitzung durchführen"
        action = {"title": title, "url": address, "hint": hint}
        return action if self.keeps else None

    def more(self) -> list[Action]:
        """Return everything else that can be done, the usual first."""
        state, page = self.page.state, self.page
        found = [
            self._agenda("") if state in (*BEFORE, *COURSE) else None,
            self._run("") if state != MeetingState.CANCELLED and page.lines else None,
            self._extend() if state in COURSE else None,
            self._attendance() if state != MeetingState.CANCELLED else None,
            self._to("einladung") if self._may_invite() else None,
            self._to("nachtrag") if self._may_supplement() else None,
            *(self._to(name) for name in self._course()),
            self._to("protokoll") if self._may_sign() else None,
            *(self._to(name) for name in self._planning()),
        ]
        first = self.next()
        return [row for row in found if row and (first is None or row["url"] != first["url"])]

    def _extend(self) -> Action | None:
        address = reverse("agenda-extend", args=[self.meeting.pk])
        action = {"title": "Tagesordnung erweitern", "url": address, "hint": ""}
        return action if self.keeps else None

    def _attendance(self) -> Action | None:
        address = reverse("attendance-edit", args=[self.meeting.pk])
        return {"title": "Anwesenheit", "url": address, "hint": ""} if self.keeps else None

    def _may_invite(self) -> bool:
        is_due = self.meeting.invited_on is None or self.page.is_moved
        is_due &= self.page.state != MeetingState.CANCELLED
        return self.invites and is_due and bool(self.page.lines)

    def _may_supplement(self) -> bool:
        return self.invites and self.page.state == MeetingState.INVITED and bool(self.page.unsent)

    def _may_sign(self) -> bool:
        is_over = self.has_come and not self._is_today()
        is_held = self.page.state == MeetingState.CLOSED or is_over
        is_off = self.page.state == MeetingState.CANCELLED
        return self.signs and is_held and not is_off and self.page.approved_on is None

    def _course(self) -> list[str]:
        """Return the acts on the day that the state of the meeting allows."""
        state = self.page.state
        if not self.keeps:
            return []
        acts = {
            "eroeffnen": objection_to_open(state) is None and self.has_come,
            "unterbrechen": objection_to_suspend(state) is None,
            "fortsetzen": objection_to_resume(state) is None,
            "rest-vertagen": state in OVER and bool(self.page.without_result),
            "schliessen": objection_to_close(state) is None,
            "reihenfolge": state in OVER and self._is_changeable() and len(self.page.lines) > 1,
            "angaben": objection_to_correct(state) is None and self._is_changeable(),
            "wieder-oeffnen": objection_to_reopen(state) is None and self._is_changeable(),
        }
        return [name for name, may in acts.items() if may]

    def _is_changeable(self) -> bool:
        """Answer whether the minutes leave room: once approved only a Berichtigung does."""
        return self.page.approved_on is None

    def _planning(self) -> list[str]:
        state = self.page.state
        if not self.plans:
            return []
        acts = {"verlegen": objection_to_move(state), "absagen": objection_to_cancel(state)}
        return [name for name, objection in acts.items() if objection is None]

    def _to(self, name: str, hint: str = "") -> Action:
        url_name, title = ACTS[name]
        if name == "einladung" and self.page.is_moved:
            title = "Erneut einladen"
        if name == "protokoll":
            done = "unterschrieben" if self.page.signed_on is None else "genehmigt"
            title = f"{self.page.minutes_word} als {done} vermerken"
        return {"title": title, "url": reverse(url_name, args=[self.meeting.pk]), "hint": hint}


ACTS = {
    "einladung": ("meeting-send", "Einladung versenden"),
    "nachtrag": ("meeting-supplement", "Nachtrag versenden"),
    "eroeffnen": ("meeting-open", "Sitzung eröffnen"),
    "unterbrechen": ("meeting-suspend", "Sitzung unterbrechen"),
    "fortsetzen": ("meeting-resume", "Sitzung fortsetzen"),
    "rest-vertagen": ("meeting-postpone-rest", "Rest vertagen"),
    "schliessen": ("meeting-close", "Sitzung schließen"),
    "reihenfolge": ("agenda-held", "Reihenfolge, wie behandelt"),
    "angaben": ("meeting-correct", "Vorsitz und Zeiten berichtigen"),
    "wieder-oeffnen": ("meeting-reopen", "Sitzung wieder öffnen"),
    "protokoll": ("meeting-minutes", ""),
    "verlegen": ("meeting-move", "Sitzung verlegen"),
    "absagen": ("meeting-cancel", "Sitzung absagen"),
}
