""" "Sitzung durchführen": one page from opening to closing, and the acts on the meeting itself."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from proposals.forms.lines import read_line
from proposals.forms.run_attendance import AttendanceForm
from proposals.forms.run_sheet import BlockForm
from proposals.rules.errors import RuleViolation
from proposals.selectors.run_presence import candidates
from proposals.selectors.run_sheet import Sheet
from proposals.services.results import TakeBackAnswer
from proposals.views.common import CONFLICT, UNPROCESSABLE, acting_user, say_refusal

from .. import gate
from .run_acts import BY_PATH
from .run_parts import (
    back_to,
    last_entry,
    part,
    sheet_of,
    show_sheet,
    wants_part,
    with_forms,
)

ALIASES = {"person_id": "who", "substitutes_id": "who", "item_id": "item"}


@require_safe
def meeting_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the run sheet; `?top=` names the item that has the cursor.

    Its script asks now and then for the lines that somebody else has changed.
    """
    sheet = sheet_of(request, pk)
    if wants_part(request):
        return _changes(request, sheet)
    wanted = request.GET.get("top", "")
    row = sheet.row(int(wanted)) if wanted.isdecimal() and len(wanted) < 10 else None
    return show_sheet(request, sheet, focus=row.item.pk if row else None)


def _changes(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Answer with the lines whose state is another one than the page has: `revision`, in order."""
    known = request.GET.getlist("revision")
    same_agenda = len(known) == len(sheet.rows)
    pairs = zip(sheet.rows, known, strict=True) if same_agenda else ()
    rows = [row for row, revision in pairs if str(row.item.revision) != revision]
    with_forms(sheet, *rows)
    context = {"sheet": sheet, "rows": rows, "last": last_entry(request, sheet)}
    return part(request, "changes.html", context)


@require_POST
def meeting_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do one act on the meeting, or say in its form why it cannot be."""
    sheet = sheet_of(request, pk)
    if act == "anwesenheit":
        return _attendance(request, sheet)
    if act == "block":
        return _block(request, sheet)
    if act == "rueckgaengig":
        return _undo(request, sheet)
    if act not in BY_PATH:
        raise Http404
    return _sitting(request, sheet, act)


def _sitting(request: HttpRequest, sheet: Sheet, path: str) -> HttpResponse:
    act = BY_PATH[path]
    form = act.form(request.POST, sheet=sheet, name=path)
    if not form.is_valid():
        return show_sheet(request, sheet, status=UNPROCESSABLE, refused=(path, form))
    try:
        _complete(request, sheet, form.answer())
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return show_sheet(request, sheet, status=CONFLICT, refused=(path, form))
    messages.success(request, act.done)
    return back_to(sheet.meeting.pk)


def _complete(request: HttpRequest, sheet: Sheet, answer: Any) -> None:
    gate.complete_meeting(actor=acting_user(request), meeting=sheet.meeting, answer=answer)


def _attendance(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Note who comes, goes or is excluded; where several fit, let the user choose."""
    form = _attendance_form(request, sheet)
    if not form.is_valid():
        return _show_attendance(request, sheet, form, UNPROCESSABLE)
    item, said = form.cleaned_data["item"], form.said()
    try:
        _complete(request, sheet, form.answer())
    except RuleViolation as violation:
        form.asks_reason = violation.field == "reason"
        say_refusal(
            form, violation, {"person_id": "who", "substitutes_id": "who", "item_id": "item"}
        )
        return _show_attendance(request, sheet, form, CONFLICT)
    if not wants_part(request):
        messages.success(request, said)
        return back_to(sheet.meeting.pk, item)
    fresh = sheet_of(request, sheet.meeting.pk)
    context = {
        "sheet": fresh,
        "attendance": AttendanceForm(sheet=fresh, item=item),
        "others": fresh.rows,
        "status": said,
    }
    return part(request, "attendance_saved.html", context)


def _attendance_form(request: HttpRequest, sheet: Sheet) -> AttendanceForm:
    """Return the bound form with everybody who may be meant at the item that was chosen."""
    wanted = request.POST.get("item", "")
    row = sheet.row(int(wanted)) if wanted.isdecimal() and len(wanted) < 10 else None
    people = candidates(sheet.meeting, row.item.committee, row.presence) if row else []
    return AttendanceForm(request.POST, sheet=sheet, candidates=people)


def _show_attendance(
    request: HttpRequest, sheet: Sheet, form: AttendanceForm, status: int
) -> HttpResponse:
    if not wants_part(request):
        return show_sheet(request, sheet, status=status, attendance=form)
    return part(request, "attendance_saved.html", {"sheet": sheet, "attendance": form}, status)


def _block(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Record one result for several items."""
    form = BlockForm(request.POST, sheet=sheet)
    if not form.is_valid():
        return show_sheet(request, sheet, status=UNPROCESSABLE, block_form=form)
    try:
        answer = form.answer()
    except RuleViolation as violation:
        say_refusal(form, violation, {"result": "block"})
        return show_sheet(request, sheet, status=UNPROCESSABLE, block_form=form)
    try:
        _complete(request, sheet, answer)
    except RuleViolation as violation:
        say_refusal(form, violation, {"result": "block", "reason": "block"})
        return show_sheet(request, sheet, status=CONFLICT, block_form=form)
    messages.success(request, f"Erfasst: {len(answer.item_ids)} Tagesordnungspunkte.")
    return back_to(sheet.meeting.pk)


def _undo(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Take back what the user entered last: the item is open again, or says what it said."""
    last = last_entry(request, sheet)
    pk = sheet.meeting.pk
    if last is None:
        messages.info(request, "Es gibt keine Eingabe, die noch zurückgenommen werden könnte.")
        return back_to(pk)
    row, before = last
    try:
        if before:
            line = read_line(before, row, sheet)
            answer = line.answer(request_key=uuid4(), revision=row.item.revision)
            gate.record(actor=acting_user(request), agenda_item=row.item, answer=answer)
        else:
            _complete(request, sheet, TakeBackAnswer(row.item.pk, row.item.revision))
    except RuleViolation as violation:
        messages.error(request, str(violation))
        return back_to(pk, row.item.pk)
    messages.success(request, f"Zurückgenommen: {row.name}.")
    return back_to(pk, row.item.pk)
