"""One item of a running meeting: its result in one line, its votes, its note, who is excluded."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from proposals.forms.lines import read_line
from proposals.forms.run_sheet import LineForm, NoteForm
from proposals.forms.voting import BallotForm
from proposals.rules.errors import RuleViolation
from proposals.rules.results import LATER
from proposals.selectors.run_items import Row, Said
from proposals.selectors.run_sheet import Sheet
from proposals.services.agenda import NoteConflict
from proposals.services.voting import read_at
from proposals.views.common import CONFLICT, UNPROCESSABLE, acting_user, say_refusal

from .. import gate
from .run_parts import (
    back_to,
    last_entry,
    part,
    remember,
    row_of,
    sheet_of,
    show_sheet,
    wants_part,
    with_forms,
)

ASKED = ("reason", "text", "wording")  # fields that appear when a rule asks for them


@require_POST
def item_record(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Record or correct a result; the next item has the cursor then."""
    sheet = sheet_of(request, pk)
    row = row_of(sheet, item)
    form = LineForm(request.POST, row=row, sheet=sheet)
    if not form.is_valid():
        return _refused(request, sheet, form, UNPROCESSABLE)
    try:
        answer = form.answer()
    except RuleViolation as violation:
        return _refused(request, sheet, form, UNPROCESSABLE, violation)
    if not wants_part(request) and form.cleaned_data["seen"] != form.cleaned_data["result"]:
        return _confirm(request, sheet, form)
    try:
        gate.record(actor=acting_user(request), agenda_item=row.item, answer=answer)
    except RuleViolation as violation:
        fresh = sheet_of(request, pk)
        if not is_replay(form, row_of(fresh, item)):
            return _refused(request, fresh, form, CONFLICT, violation)
    return recorded(request, pk, item, row.abbreviation)


def recorded(request: HttpRequest, pk: int, item: int, before: str) -> HttpResponse:
    """Show an item that has just changed: its line alone, or the sheet at the next item.

    `before` is what stood in its field, for whoever takes the entry back.
    """
    fresh = sheet_of(request, pk)
    row = row_of(fresh, item)
    remember(request, row, before)
    if not wants_part(request):
        messages.success(request, f"{row.name}: {row.said.told}")
        return back_to(pk, fresh.next_open(item))
    return _line(request, fresh, row)


def _line(request: HttpRequest, sheet: Sheet, row: Row, status: int = 200) -> HttpResponse:
    """Answer with the line of one item, as the page shows it, and what stands around it."""
    with_forms(sheet, row)
    context = {"sheet": sheet, "row": row, "last": last_entry(request, sheet)}
    return part(request, "saved.html", context, status)


def _refused(
    request: HttpRequest,
    sheet: Sheet,
    form: LineForm,
    status: int,
    violation: RuleViolation | None = None,
) -> HttpResponse:
    """Show the same form again with what is in the way; nothing typed is lost."""
    row = row_of(sheet, form.row.item.pk)
    asks = violation is not None and violation.waivable and violation.field in ASKED
    if violation is not None:
        name = violation.field if violation.field in form.fields else "result"
        if name in ASKED:
            form.ask_for(name, LATER if asks and name == "reason" else "")
        form.add_error(None if name in ASKED else name, str(violation))
    form.know(row)
    row.forms["line"], row.forms["error"] = form, True
    words = " ".join(dict.fromkeys(form.complaints))
    row.said = Said(asks=words) if asks else Said(error=words)
    if wants_part(request):
        return _line(request, sheet, row, status)
    return show_sheet(request, sheet, focus=row.item.pk, status=status)


def _confirm(request: HttpRequest, sheet: Sheet, form: LineForm) -> HttpResponse:
    """Show what was typed as a sentence; the same again saves it. Only without a script."""
    form.row.said = said_at(form)
    form.confirm()
    form.row.forms["line"] = form
    return show_sheet(request, sheet, focus=form.row.item.pk)


def is_replay(form: LineForm, fresh: Row) -> bool:
    """Answer whether a refused form is the second half of a double click."""
    data = form.cleaned_data
    if fresh.main is not None and fresh.main.request_key == data["request_key"]:
        return True
    if fresh.item.revision != data["revision"] + 1:
        return False
    try:
        same = read_line(data["result"], fresh, form.sheet)
        return same.typed == read_line(fresh.abbreviation, fresh, form.sheet).typed
    except RuleViolation:
        return False


@require_POST
def item_preview(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Say what was typed so far means, without saving anything."""
    sheet = sheet_of(request, pk)
    row = row_of(sheet, item)
    form = BallotForm(request.POST, row=row) if "count" in request.POST else None
    if form is not None:
        return part(request, "said.html", {"said": _said_of_ballot(form)})
    line = LineForm(request.POST, row=row, sheet=sheet)
    typed = (request.POST.get("result") or "").strip()
    said = said_at(line) if typed and typed != row.abbreviation else row.said
    return part(request, "said.html", {"said": said, "hints": row.hints})


def said_at(form: LineForm) -> Said:
    """Return what a line means, or the first thing that stands against it."""
    form.is_valid()
    if "result" in form.errors:
        return Said(error=" ".join(map(str, form.errors["result"])))
    form.cleaned_data.setdefault("wording", "")
    try:
        line = form.read()
    except RuleViolation as violation:
        return Said(error=str(violation))
    if line.typed.outcome is not None:
        return line.said
    counted = line.answer(request_key=uuid4(), revision=0).counted
    reading = read_at(form.row.item, counted)
    return Said(error=str(reading.objection)) if reading.objection else line.said


def _said_of_ballot(form: BallotForm) -> Said:
    form.is_valid()
    if not (form.data.get("count") or "").strip():
        return Said()
    try:
        return form.said()
    except RuleViolation as violation:
        return Said(error=str(violation))


@require_POST
def item_note(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Save the text line for the minutes; two typists see both texts and choose."""
    sheet = sheet_of(request, pk)
    row = row_of(sheet, item)
    form = NoteForm(request.POST, row=row)
    if not form.is_valid():
        return _note(request, sheet, form, UNPROCESSABLE)
    try:
        answer = form.answer()
        gate.complete_meeting(actor=acting_user(request), meeting=sheet.meeting, answer=answer)
    except NoteConflict as conflict:
        return _note(request, sheet_of(request, pk), form, CONFLICT, conflict=conflict.stored)
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return _note(request, sheet, form, CONFLICT)
    fresh = sheet_of(request, pk)
    row = row_of(fresh, item)
    if not wants_part(request):
        messages.success(request, f"Der Vermerk zu {row.name} ist gespeichert.")
        return back_to(pk, item)
    context = {
        "sheet": fresh,
        "row": row,
        "note": NoteForm(row=row),
        "saved_at": timezone.localtime(),
        "merged": bool(form.cleaned_data["keep"]),
    }
    return part(request, "note_state.html", context)


def _note(
    request: HttpRequest, sheet: Sheet, form: NoteForm, status: int, conflict: str = ""
) -> HttpResponse:
    row = row_of(sheet, form.row.item.pk)
    row.forms["note"], row.forms["conflict"] = form, conflict
    if not wants_part(request):
        return show_sheet(request, sheet, focus=row.item.pk, status=status)
    context = {"sheet": sheet, "row": row, "note": form, "conflict": conflict}
    return part(request, "note_state.html", context, status)


@require_http_methods(["GET", "HEAD", "POST"])
def item_vote(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Record a vote before the one on the matter itself, above it on the sheet."""
    sheet = sheet_of(request, pk)
    row = row_of(sheet, item)
    if not row.may_keep:
        raise Http404
    if request.method != "POST":
        if not wants_part(request):
            return redirect(reverse("item-show", args=[pk, item]) + "#abstimmung")
        context = {"sheet": sheet, "row": row, "ballot": BallotForm(row=row)}
        return part(request, "ballot.html", context)
    form = BallotForm(request.POST, row=row)
    if not form.is_valid():
        return _ballot(request, sheet, form, UNPROCESSABLE)
    try:
        answer = form.answer()
    except RuleViolation as violation:
        say_refusal(form, violation, BALLOT_FIELDS)
        return _ballot(request, sheet, form, UNPROCESSABLE)
    try:
        gate.ballot(actor=acting_user(request), agenda_item=row.item, answer=answer)
    except RuleViolation as violation:
        form.asks_reason = violation.field == "reason"
        say_refusal(form, violation, BALLOT_FIELDS)
        return _ballot(request, sheet, form, CONFLICT)
    if not wants_part(request):
        messages.success(request, "Die Abstimmung ist erfasst.")
        return back_to(pk, item)
    fresh = sheet_of(request, pk)
    return _line(request, fresh, row_of(fresh, item))


BALLOT_FIELDS: dict[str, str] = {
    "result": "count",
    "yes": "count",
    "no": "count",
    "abstained": "count",
    "entitled": "count",
    "word": "count",
    "repeats_id": "repeats",
}


def _ballot(request: HttpRequest, sheet: Sheet, form: BallotForm, status: int) -> HttpResponse:
    row = row_of(sheet, form.row.item.pk)
    row.forms["ballot"] = form
    context: dict[str, Any] = {"sheet": sheet, "row": row, "ballot": form}
    if wants_part(request):
        response = part(request, "ballot.html", context, status)
        # saved, it becomes a line of its item; refused, it stays where it is typed
        return reswap(retarget(response, f"#ballot-{row.item.pk}"), "innerHTML")
    return show_sheet(request, sheet, focus=row.item.pk, status=status)
