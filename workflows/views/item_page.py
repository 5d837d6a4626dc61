"""The page of one item: the ways to a result that need more than one field."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from proposals.forms.counting import WAYS, CountingForm
from proposals.forms.head import words_on_the_head
from proposals.forms.items import ExclusionForm, VotingRulesForm
from proposals.forms.voting import BallotForm
from proposals.models import RollCallVote
from proposals.rules.errors import RuleViolation
from proposals.selectors.frames import frame_of_item
from proposals.selectors.run_items import Row
from proposals.selectors.run_presence import Voter, candidates, voters
from proposals.selectors.run_sheet import Sheet
from proposals.selectors.signing import statements_of
from proposals.selectors.voting import changes_of, review_in_words, reviews_of
from proposals.views.common import CONFLICT, UNPROCESSABLE, acting_user, say_refusal

from .. import gate
from .items import recorded
from .meeting_door import meeting_crumbs
from .paper_panels import papers_on_item_page
from .run_parts import row_of, run_url, sheet_of, with_forms

LABELS = {
    "namentlich": "Namentliche Abstimmung",
    "geheim": "Geheime Abstimmung",
    "fraktionen": "Stimmen nach Fraktionen",
    "verweisung": "Verweisung",
}


@require_safe
def item_show(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Show an item with all its votes and every way to a result."""
    sheet = sheet_of(request, pk)
    return _show(request, sheet, row_of(sheet, item))


@require_POST
def item_count(request: HttpRequest, pk: int, item: int, way: str) -> HttpResponse:
    """Record a result that was counted by name, in secret or by faction, or a referral."""
    sheet = sheet_of(request, pk)
    row = row_of(sheet, item)
    if way not in WAYS:
        raise Http404
    _require_keeper(row)
    form = WAYS[way](request.POST, row=row, sheet=sheet, voters=_voters(request, row))
    if not form.is_valid():
        return _show(request, sheet, row, UNPROCESSABLE, form)
    try:
        answer = form.answer()
        ballot = form.ballot(answer)
        if ballot is None:
            gate.record(actor=acting_user(request), agenda_item=row.item, answer=answer)
        else:
            gate.ballot(actor=acting_user(request), agenda_item=row.item, answer=ballot)
    except RuleViolation as violation:
        fresh = row_of(sheet_of(request, pk), item)
        key = form.cleaned_data["request_key"]
        if fresh.main is None or fresh.main.request_key != key:
            form.asks_reason |= violation.field == "reason"
            say_refusal(form, violation, {})
            return _show(request, sheet, row, CONFLICT, form)
    return recorded(request, pk, item, row.abbreviation)


@require_POST
def item_exclude(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Note who may not take part in an item, or take that back."""
    sheet = sheet_of(request, pk)
    row = row_of(sheet, item)
    people = candidates(sheet.meeting, row.item.committee, row.presence)
    form = ExclusionForm(request.POST, row=row, people=people)
    return _act(request, sheet, row, form, "exclusion", "Das Mitwirkungsverbot ist vermerkt.")


@require_POST
def item_head(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Note that the head of the administration has no vote on an item, or has one."""
    sheet = sheet_of(request, pk)
    row = row_of(sheet, item)
    return _act(request, sheet, row, VotingRulesForm(request.POST, row=row), "head", "Gespeichert.")


def _act(
    request: HttpRequest, sheet: Sheet, row: Row, form: Any, name: str, done: str
) -> HttpResponse:
    _require_keeper(row)
    if not form.is_valid():
        return _show(request, sheet, row, UNPROCESSABLE, **{name: form})
    try:
        gate.complete_meeting(
            actor=acting_user(request), meeting=sheet.meeting, answer=form.answer()
        )
    except RuleViolation as violation:
        say_refusal(form, violation, {"person_id": "person"})
        return _show(request, sheet, row, CONFLICT, **{name: form})
    messages.success(request, done)
    return redirect(reverse("item-show", args=[sheet.meeting.pk, row.item.pk]))


def _require_keeper(row: Row) -> None:
    if not row.may_keep:
        raise PermissionDenied(f"Ergebnisse für „{row.item.committee}“ erfassen Sie nicht.")


def _voters(request: HttpRequest, row: Row) -> list[Voter]:
    rows = RollCallVote.objects.visible_to(request.user).filter(vote=row.main)
    choices = dict(rows.values_list("person", "choice")) if row.main else {}
    return voters(row.item.meeting, row.item.committee, row.presence, choices)


def _show(
    request: HttpRequest,
    sheet: Sheet,
    row: Row,
    status: int = 200,
    form: CountingForm | None = None,
    **forms: Any,
) -> HttpResponse:
    with_forms(sheet, row)
    who = _voters(request, row)
    people = candidates(sheet.meeting, row.item.committee, row.presence)
    ways = []
    for way, kind in WAYS.items():
        same = form is not None and form.way == way
        one = form if same else kind(row=row, sheet=sheet, voters=who)
        ways.append(
            {
                "way": way,
                "label": LABELS[way],
                "form": one,
                "open": same,
                "template": f"workflows/run/way_{way}.html",
            }
        )
    context = {
        "sheet": sheet,
        "row": row,
        "ways": ways,
        "ballot": BallotForm(row=row),
        "frame": frame_of_item(row.item, request.user),
        "changes": changes_of(row.item, request.user),
        "reviews": [
            review_in_words(one)
            for one in reviews_of([row.item], request.user).get(row.item.pk, [])
        ],
        "papers": papers_on_item_page(row.item, request.user),
        "statements": _statements(row, request.user),
        "exclusion": ExclusionForm(row=row, people=people),
        "head": VotingRulesForm(row=row),
        "why_head": words_on_the_head(row.item, row.law),
        "back_url": run_url(sheet.meeting.pk, row.item.pk),
        "neighbours": _neighbours(sheet, row),
        "crumbs": meeting_crumbs(
            sheet.meeting,
            ("Sitzung durchführen", run_url(sheet.meeting.pk)),
            (row.name, ""),
        ),
        **forms,
    }
    return render(request, "workflows/run/item.html", context, status=status)


def _statements(row: Row, user: Any) -> list[dict[str, Any]]:
    """Return what offices were asked about the paper on its way, a line each."""
    station = row.item.consultation
    return statements_of(station.proposal, user) if station is not None else []


def _neighbours(sheet: Sheet, row: Row) -> list[tuple[str, Row]]:
    """Return the items before and behind one, with the word for each."""
    place = sheet.rows.index(row)
    before = [("Zurück", one) for one in sheet.rows[max(place - 1, 0) : place]]
    return before + [("Weiter", one) for one in sheet.rows[place + 1 : place + 2]]
