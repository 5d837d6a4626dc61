"""The agenda before the meeting: what waits, what stands on it, in which order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.agenda import AddItemForm, ChangeItemForm, OrderForm, TakeOffForm
from proposals.models import AgendaItem, Committee, Consultation, Meeting
from proposals.rules.agenda import ItemKind
from proposals.rules.errors import RuleViolation
from proposals.selectors.agenda_page import AgendaPage, agenda_page
from proposals.services.agenda import AddItemAnswer, NumberAnswer, StandardAnswer
from proposals.services.consultation import ScheduleAnswer
from proposals.views.common import CONFLICT, UNPROCESSABLE, acting_user, say_refusal

from .. import gate
from ..engine import Turn
from .meeting_door import MeetingAct, linked, meeting_crumbs, meeting_url, visible_meeting

METHODS = ["GET", "HEAD", "POST"]
ALIASES = {"committee_id": "committee"}
OF_ORDER = ("order", "number", "standard")  # the buttons of one form


@dataclass(frozen=True)
class OrderLine:
    """An item with the field of its place and the steps that it can take."""

    line: Any
    place: BoundField
    can_rise: bool
    can_sink: bool
    is_fixed: bool
    edit_url: str


class AgendaDesk:
    """The page on which an agenda is made, and what its buttons do."""

    def __init__(self, request: HttpRequest, meeting: Meeting) -> None:
        self.request, self.meeting, self.user = request, meeting, request.user
        self.bodies: list[Committee] = [
            row.committee
            for row in meeting.bodies.all()
            if policies.can_keep(request.user, row.committee_id)
        ]
        if not self.bodies:
            raise PermissionDenied("Diese Tagesordnung stellt auf, wer das Gremium betreut.")
        self.page: AgendaPage = agenda_page(meeting, request.user, self.bodies)
        self.signed = hasattr(meeting, "minutes")
        data = request.POST if request.method == "POST" else None
        self.wish = data.get("do", "") if data is not None else ""
        self.typed = data
        self.add_form = self._add_form(data if self.wish == "add" else None)
        self.orders = {body.pk: self._order_form(body, data) for body in self.bodies}

    def _add_form(self, data: Any) -> AddItemForm:
        return AddItemForm(
            data,
            committees=self.bodies,
            parents=[(line.id, line.label) for line in self.page.lines if not line.is_sub],
            minutes_of=self.page.earlier,
            opened=self.meeting.opened_at is not None or self.signed,
        )

    def _order_form(self, body: Committee, data: Any) -> OrderForm:
        is_sent = self.wish in OF_ORDER and data.get("committee") == str(body.pk)
        return OrderForm(
            data if is_sent else None,
            lines=self.page.lines_of(body),
            fixed=self.page.sent,
            signed=self.signed,
        )

    # --- what the buttons do

    def act(self) -> HttpResponse:
        """Do what was asked for and come back; a refusal is said where it was caused."""
        acts: dict[str, Callable[[], HttpResponse]] = {
            "add": self._add,
            "order": self._order,
            "number": self._renumber,
            "standard": self._standard,
            "paper": self._paper,
            "item": self._item,
        }
        return acts.get(self.wish, self._nothing)()

    def _nothing(self) -> HttpResponse:
        return self.show(UNPROCESSABLE, refusal="Bitte wählen Sie, was geschehen soll.")

    def _add(self) -> HttpResponse:
        form = self.add_form
        if not form.is_valid():
            return self.show(UNPROCESSABLE)
        try:
            self._complete(form.answer())
        except RuleViolation as violation:
            say_refusal(form, violation, ALIASES)
            return self.show(CONFLICT)
        messages.success(self.request, "Der Punkt steht auf der Tagesordnung.")
        return self._back()

    def _order(self) -> HttpResponse:
        form = self.orders.get(self._number("committee"))
        if form is None:
            raise Http404
        if not form.is_valid():
            return self.show(UNPROCESSABLE)
        moved = self._number("up") or self._number("down")
        if moved:
            line = next((row for row in form.lines if row.id == moved), None)
            step = -1 if self._number("up") else 1
            answer = form.step(line, step) if line is not None else None
        else:
            answer = form.answer()
        try:
            if answer is not None:
                self._complete(answer)
        except RuleViolation as violation:
            say_refusal(form, violation, {})
            return self.show(CONFLICT)
        return self._back(f"#top-{moved}" if moved else "")

    def _renumber(self) -> HttpResponse:
        return self._plain(NumberAnswer(self._reason()), "Die Nummern sind vergeben.")

    def _reason(self) -> str:
        form = self.orders.get(self._number("committee"))
        return form.reason if form is not None else ""

    def _standard(self) -> HttpResponse:
        answer = StandardAnswer(self._number("committee"), self._reason())
        return self._plain(answer, "Die Standardpunkte stehen auf der Tagesordnung.")

    def _paper(self) -> HttpResponse:
        """Put a station on the agenda: the step that waits for its secretary."""
        rows = Consultation.objects.visible_to(self.user).filter(committee__in=self.bodies)
        station = rows.filter(pk=self._number("point")).first()
        if station is None:
            raise Http404
        turn = Turn(station.proposal_id, "schedule", station.pk)
        answer = ScheduleAnswer(meeting_id=self.meeting.pk)
        return self._try(
            lambda: gate.complete(actor=acting_user(self.request), turn=turn, answer=answer),
            "Die Vorlage steht auf der Tagesordnung.",
        )

    def _item(self) -> HttpResponse:
        """Take up again an item without a Vorlage that was put off."""
        rows = AgendaItem.objects.visible_to(self.user).filter(committee__in=self.bodies)
        item = rows.filter(pk=self._number("point"), consultation__isnull=True).first()
        if item is None:
            raise Http404
        answer = AddItemAnswer(
            committee_id=item.committee_id,
            title=item.title,
            kind=ItemKind(item.kind),
            public=item.public,
            public_title=item.public_title,
            approves_id=item.approves_id,
            resumes_id=item.pk,
        )
        return self._plain(answer, "Der Punkt steht auf der Tagesordnung.")

    def _plain(self, answer: Any, done: str) -> HttpResponse:
        return self._try(lambda: self._complete(answer), done)

    def _try(self, act: Callable[[], Any], done: str) -> HttpResponse:
        try:
            act()
        except RuleViolation as violation:
            return self.show(CONFLICT, refusal=str(violation))
        messages.success(self.request, done)
        return self._back()

    def _complete(self, answer: Any) -> None:
        actor = acting_user(self.request)
        gate.complete_meeting(actor=actor, meeting=self.meeting, answer=answer)

    def _number(self, name: str) -> int:
        text = self.typed.get(name, "") if self.typed is not None else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def _back(self, place: str = "") -> HttpResponse:
        return redirect(reverse("agenda-edit", args=[self.meeting.pk]) + place)

    # --- what is shown

    def show(self, status: int = 200, refusal: str = "") -> HttpResponse:
        """Show the page with everything that was typed."""
        context = {
            "page": self.page,
            "meeting": self.meeting,
            "bodies": [self._body(body) for body in self.bodies],
            "is_joint": len(self.bodies) > 1,
            "add_form": self.add_form,
            "refusal": refusal,
            "back_url": meeting_url(self.meeting.pk),
            "crumbs": meeting_crumbs(self.meeting, ("Tagesordnung aufstellen", "")),
        }
        return render(self.request, "workflows/meetings/agenda_edit.html", context, status=status)

    def _body(self, body: Committee) -> dict[str, Any]:
        form = self.orders[body.pk]
        lines = {line.id: self._order_line(form, line) for line in linked(form.lines)}
        return {
            "id": body.pk,
            "name": body.name,
            "count": len(lines),
            "can_order": len(form.movable) > 1,
            "can_number": bool(form.movable),
            "is_numbered": any(line.number for line in form.lines),
            "form": form,
            "parts": [
                {"heading": part.heading, "lines": [lines[line.id] for line in part.lines]}
                for part in self.page.parts_of(body)
            ],
            "standard_missing": body.pk in self.page.standard_missing,
        }

    def _order_line(self, form: OrderForm, line: Any) -> OrderLine:
        own = next(row for row in form.lines if row.id == line.id)
        return OrderLine(
            line=line,
            place=form[f"place-{line.id}"],
            can_rise=form.neighbour(own, -1) is not None,
            can_sink=form.neighbour(own, 1) is not None,
            is_fixed=line.id in self.page.sent,
            edit_url=reverse("agenda-item", args=[self.meeting.pk, line.id]),
        )


@require_http_methods(METHODS)
def agenda_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the agenda of a meeting: one page, one button for each act."""
    desk = AgendaDesk(request, visible_meeting(request, pk))
    return desk.act() if request.method == "POST" else desk.show()


@require_http_methods(METHODS)
def agenda_item(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Change what the agenda says about an item."""
    meeting = visible_meeting(request, pk)
    row = _item_of(request, meeting, item)
    page = MeetingAct(
        request,
        meeting,
        f"{_name_of(row)} ändern",
        "Speichern",
        "Der Punkt ist geändert.",
        template="workflows/meetings/agenda_item.html",
        aliases={"parent_id": "parent", "debated_with_id": "debated_with"},
        back=reverse("agenda-edit", args=[pk]) + f"#top-{row.pk}",
        item=row,
        take_off_url=reverse("agenda-item-remove", args=[pk, item]),
    )
    form = ChangeItemForm(
        request.POST or None,
        item=row,
        law=meeting.municipality.law(timezone.localdate(meeting.starts_at)),
        others=_others(request, meeting, row),
        signed=hasattr(meeting, "minutes"),
    )
    return page.respond(form)


@require_http_methods(METHODS)
def agenda_item_remove(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Take an item off an agenda that has not left the house."""
    meeting = visible_meeting(request, pk)
    row = _item_of(request, meeting, item)
    page = MeetingAct(
        request,
        meeting,
        f"{_name_of(row)} von der Tagesordnung nehmen",
        "Von der Tagesordnung nehmen",
        "Der Punkt ist von der Tagesordnung genommen.",
        back=reverse("agenda-edit", args=[pk]),
        intro=f"„{row.title}“ bleibt offen und kann auf eine andere Tagesordnung gesetzt werden.",
        danger=True,
    )
    form = TakeOffForm(request.POST or None)
    return page.respond(form, answer=lambda: form.answer_for(row.pk))


def _item_of(request: HttpRequest, meeting: Meeting, pk: int) -> AgendaItem:
    """Return a visible item of the meeting; raises Http404, or PermissionDenied for others'."""
    rows = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting, pk=pk)
    row = rows.select_related("committee").first()
    if row is None:
        raise Http404
    if not policies.can_keep(request.user, row.committee_id):
        raise PermissionDenied("Diese Tagesordnung stellt auf, wer das Gremium betreut.")
    return row


def _others(request: HttpRequest, meeting: Meeting, own: AgendaItem) -> Sequence[tuple[int, str]]:
    page = agenda_page(meeting, request.user, [own.committee])
    lines = page.lines_of(own.committee)
    return [(line.id, line.label) for line in lines if line.id != own.pk and not line.is_sub]


def _name_of(item: AgendaItem) -> str:
    return f"TOP {item.number}" if item.number else "Punkt"
