"""What the pages of a running meeting share: its sheet, its forms, a page or a part of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from proposals.forms.run_attendance import AttendanceForm
from proposals.forms.run_sheet import BlockForm, LineForm, NoteForm
from proposals.rules.shorthand import HELP
from proposals.selectors.run_items import Row
from proposals.selectors.run_sheet import Sheet, run_sheet

from .meeting_door import require_keeper, visible_meeting
from .run_acts import offered_acts

LAST = "run-sheet-last-"
PART = "X-Run-Sheet"  # tells the script that the answer is a part, and no page of the log-in


def sheet_of(request: HttpRequest, pk: int) -> Sheet:
    """Return the sheet of a meeting that the user runs; 404 or 403 for anybody else."""
    meeting = visible_meeting(request, pk)
    require_keeper(request, meeting)
    return run_sheet(meeting, request.user)


def row_of(sheet: Sheet, item: int) -> Row:
    """Return the line of an item; raises Http404 where the meeting has no such one."""
    row = sheet.row(item)
    if row is None:
        raise Http404
    return row


def with_forms(sheet: Sheet, *rows: Row) -> None:
    """Give lines their forms; those that were bound before stay."""
    for row in rows:
        row.forms.setdefault("line", LineForm(row=row, sheet=sheet))
        row.forms.setdefault("note", NoteForm(row=row))


def show_sheet(
    request: HttpRequest,
    sheet: Sheet,
    *,
    focus: int | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Show the whole run sheet; `focus` is the item whose field has the cursor."""
    start = focus or sheet.start
    with_forms(sheet, *sheet.rows)
    row = sheet.row(start or 0)
    if row is not None and "attendance" not in context:
        row.forms["line"].fields["result"].widget.attrs["autofocus"] = True
    opening, closing = offered_acts(sheet, context.pop("refused", None))
    return render(
        request,
        "workflows/run/sheet.html",
        {
            "sheet": sheet,
            "acts": opening,
            "closing": closing,
            "attendance": AttendanceForm(sheet=sheet, item=start),
            "block_form": BlockForm(sheet=sheet),
            "help": HELP,
            "focus": f"top-{start}-result" if start else "",
            "last": last_entry(request, sheet),
            **context,
        },
        status=status,
    )


def wants_part(request: HttpRequest) -> bool:
    """Answer whether the page's script asks for a part of the page; without it for all of it."""
    return bool(getattr(request, "htmx", False))


def part(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Answer with a part of the run sheet."""
    response = render(request, f"workflows/run/{template}", context, status=status)
    response.headers[PART] = "1"
    return response


def last_entry(request: HttpRequest, sheet: Sheet) -> tuple[Row, str] | None:
    """Return the item that the user entered last on this sheet, and what had stood there.

    None where there is nothing to take back: nothing entered, or changed again since.
    """
    stored = request.session.get(f"{LAST}{sheet.meeting.pk}")
    if not stored:
        return None
    item, before, revision = stored
    row = sheet.row(item)
    if row is None or row.item.revision != revision:
        return None
    return row, before


def remember(request: HttpRequest, row: Row, before: str) -> None:
    """Remember an entry, so that it can be taken back with one key."""
    entry = [row.item.pk, before, row.item.revision]
    request.session[f"{LAST}{row.item.meeting_id}"] = entry


def run_url(meeting_id: int, focus: int | None = None) -> str:
    """Return the run sheet, at an item where one is named."""
    url = reverse("meeting-run", args=[meeting_id])
    return f"{url}?top={focus}#top-{focus}" if focus else url


def back_to(meeting_id: int, focus: int | None = None) -> HttpResponse:
    """Lead back to the run sheet after an act."""
    return redirect(run_url(meeting_id, focus))
