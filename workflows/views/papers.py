"""The papers of a meeting: its minutes with their files, corrections, excerpts, sheets."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.excerpts import ExcerptsForm, SheetForm
from proposals.forms.meeting import APPROVED, SIGNED
from proposals.forms.minutes import CorrectForm, KeepForm, SignForm
from proposals.models import AgendaItem, Meeting, Minutes, Office
from proposals.rules.documents import MINUTES
from proposals.selectors.agenda_lines import agenda_lines
from proposals.selectors.meeting_documents import (
    correctable_minutes,
    excerptable_items,
    parts_of,
)

from .desk import stored
from .meeting_door import MeetingAct, require_keeper, visible_meeting

METHODS = ["GET", "HEAD", "POST"]
FIELDS = {str(kind): kind.value for kind in MINUTES}


@require_http_methods(METHODS)
def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the minutes are signed, or, where they are, that they are approved."""
    meeting = _to_sign(request, pk)
    minutes = Minutes.objects.visible_to(request.user).filter(meeting=meeting).first()
    word = _word(meeting)
    done = APPROVED if minutes else SIGNED
    page = MeetingAct(
        request,
        meeting,
        f"{word} als {done} vermerken",
        f"Als {done} vermerken",
        f"{word} {done}: vermerkt.",
        aliases=FIELDS,
        intro="Bis zur Unterschrift werden Ergebnisse frei berichtigt, danach mit Begründung. "
        "Die unterschriebene Datei bleibt mit ihrer Prüfsumme erhalten."
        if done == SIGNED
        else "Nach der Genehmigung ist jede Änderung eine Berichtigung mit eigenem Eintrag.",
    )
    form = SignForm(
        *_sent(request),
        parts=[row.kind for row in parts_of(meeting)] if done == SIGNED else [],
        word=word,
        initial={"on": timezone.localdate(), "stage": done},
    )
    return page.respond(form, lambda: form.answer_with(stored))


@require_http_methods(METHODS)
def minutes_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the scan of signed minutes, or have their files made anew, with a reason."""
    meeting = _to_sign(request, pk)
    word = _word(meeting)
    page = MeetingAct(
        request,
        meeting,
        f"{word}: Datei aufnehmen",
        "Aufnehmen",
        "Die Datei ist aufgenommen.",
        aliases=FIELDS,
        intro="Frühere Dateien bleiben erhalten. Nach der Genehmigung kommt keine mehr dazu.",
    )
    parts = [row.kind for row in parts_of(meeting)]
    form = KeepForm(*_sent(request), parts=parts, word=word)
    return page.respond(form, lambda: form.answer_with(stored))


@require_http_methods(METHODS)
def minutes_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Note with an item of this meeting that earlier minutes were wrong."""
    meeting = visible_meeting(request, pk)
    require_keeper(request, meeting)
    page = MeetingAct(
        request,
        meeting,
        "Berichtigung vermerken",
        "Vermerken",
        "Die Berichtigung ist vermerkt.",
        aliases={"vote": "correction", "minutes": "correction"},
        intro="Was das Gremium an dem berichtigt, was über eine frühere Sitzung genehmigt ist. "
        "Die genehmigte Datei bleibt, wie sie ist.",
    )
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        items=[line for line in agenda_lines(meeting, request.user, held=True) if not line.gone],
        corrections=correctable_minutes(meeting, request.user),
    )
    return page.respond(form)


@require_http_methods(METHODS)
def excerpts_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the excerpts of a whole meeting in one act."""
    meeting = visible_meeting(request, pk)
    require_keeper(request, meeting)
    return _excerpts(request, meeting, None)


@require_http_methods(METHODS)
def excerpt_issue(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Issue the excerpt of one item."""
    meeting = visible_meeting(request, pk)
    return _excerpts(request, meeting, _item(request, meeting, item))


def _excerpts(request: HttpRequest, meeting: Meeting, item: AgendaItem | None) -> HttpResponse:
    kept = [
        row.committee_id
        for row in meeting.bodies.all()
        if policies.can_keep(request.user, row.committee_id)
    ]
    items = excerptable_items(meeting, request.user, kept)
    if item is not None:
        items = [row for row in items if row.id == item.pk]
    page = MeetingAct(
        request,
        meeting,
        "Auszüge ausgeben" if item is None else "Auszug ausgeben",
        "Ausgeben",
        "Die Auszüge sind ausgegeben; die Dateien entstehen gleich.",
        aliases={"item_ids": "items"},
        back=reverse("item-show", args=[meeting.pk, item.pk]) if item is not None else "",
        intro="" if items else "Auszüge gibt es, sobald ein Punkt ein Ergebnis hat.",
    )
    form = ExcerptsForm(
        request.POST if request.method == "POST" else None,
        items=items,
        offices=Office.objects.filter(municipality=meeting.municipality_id),
        initial={"on": timezone.localdate()},
    )
    return page.respond(form)


@require_http_methods(METHODS)
def sheet_issue(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Issue the sheet "Beschlusstext nach Beratung" of an item."""
    meeting = visible_meeting(request, pk)
    row = _item(request, meeting, item)
    page = MeetingAct(
        request,
        meeting,
        "Beschlusstext nach Beratung ausgeben",
        "Ausgeben",
        "Der Beschlusstext ist ausgegeben; die Datei entsteht gleich.",
        back=reverse("item-show", args=[meeting.pk, row.pk]),
        intro="Ein Einzelblatt mit dem Wortlaut, den das Gremium empfiehlt.",
    )
    form = SheetForm(
        request.POST if request.method == "POST" else None,
        item_id=row.pk,
        initial={"on": timezone.localdate()},
    )
    return page.respond(form)


def _item(request: HttpRequest, meeting: Meeting, pk: int) -> AgendaItem:
    """Return an item of the meeting that the user keeps; raises Http404 or PermissionDenied."""
    rows = AgendaItem.objects.visible_to(request.user).select_related("committee")
    item: AgendaItem | None = rows.filter(meeting=meeting, pk=pk).first()
    if item is None:
        raise Http404
    if not policies.can_keep(request.user, item.committee_id):
        raise PermissionDenied(f"Ergebnisse von „{item.committee}“ geben Sie nicht weiter.")
    return item


def _to_sign(request: HttpRequest, pk: int) -> Meeting:
    meeting = visible_meeting(request, pk)
    if not policies.can_sign_minutes(request.user, meeting.municipality_id):
        raise PermissionDenied("Das Protokoll vermerkt der Sitzungsdienst.")
    return meeting


def _word(meeting: Meeting) -> str:
    return meeting.municipality.law(timezone.localdate(meeting.starts_at)).minutes_word


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
