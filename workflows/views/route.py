"""Acts on the route besides the steps: withdraw, insert, skip, correct."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from proposals import policies
from proposals.forms.consultation import InsertForm, SkipForm, WithdrawForm
from proposals.forms.voting import ResultForm
from proposals.models import AgendaItem, Consultation, Proposal, Vote
from proposals.models.facts import facts, situation, was_released
from proposals.rules.consultation import ConsultationRole
from proposals.rules.errors import RuleViolation
from proposals.rules.lifecycle import objection_to_withdrawal
from proposals.rules.voting import VoteKind
from proposals.selectors.proposal_page import shown
from proposals.services.consultation import deciding_bodies, objection_to_skipping_station
from proposals.services.voting import CountedAnswer, Electorate, read
from proposals.views.common import (
    acting_user,
    conflict_page,
    visible_proposal,
)

from .. import gate
from .act_page import ActPage
from .step_pages import ResultPage, committees_of, is_readable
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a proposal before its deciding vote."""
    proposal = visible_proposal(request, pk)
    if not policies.can_withdraw(request.user, proposal, released=was_released(proposal)):
        raise PermissionDenied(
            "Vor der Freigabe zieht die Federführung zurück, danach die Verwaltungsleitung."
        )
    page = ActPage(
        proposal,
        "Vorlage zurückziehen",
        "workflows/step_withdraw.html",
        "Zurückziehen",
        lambda answer: gate.withdraw(actor=acting_user(request), proposal=proposal, answer=answer),
        "Die Vorlage ist zurückgezogen.",
        "Offene Beratungen entfallen; Protokolle und Abstimmungen bleiben.",
        objection=objection_to_withdrawal(facts(proposal)),
        danger=True,
    )
    return page.respond(request, WithdrawForm(request.POST or None))


@require_http_methods(METHODS)
def consultation_insert(request: HttpRequest, pk: int) -> HttpResponse:
    """Insert a station into a route under way."""
    proposal = visible_proposal(request, pk)
    _require_route_rights(request, proposal)
    page = ActPage(
        proposal,
        "Beratung einfügen",
        "workflows/step_insert.html",
        "Beratung einfügen",
        lambda answer: gate.insert(actor=acting_user(request), proposal=proposal, answer=answer),
        "Die Beratung ist eingefügt.",
    )
    form = InsertForm(
        request.POST or None,
        committees=committees_of(proposal),
        route=[row for row in situation(proposal).consultations if not row.lapse],
        deciding=deciding_bodies(proposal),
    )
    return page.respond(request, form)


@require_http_methods(METHODS)
def consultation_skip(request: HttpRequest, pk: int, consultation: int) -> HttpResponse:
    """Let an open station fall out of the route."""
    proposal = visible_proposal(request, pk)
    _require_route_rights(request, proposal)
    row = _visible_station(request, proposal, consultation)
    page = ActPage(
        proposal,
        f"Beratung überspringen: {row.committee}",
        "workflows/step_drop.html",
        "Überspringen",
        lambda answer: gate.drop(actor=acting_user(request), consultation=row, answer=answer),
        f"Die Beratung „{row.committee}“ entfällt.",
        danger=True,
    )
    form = SkipForm(
        request.POST or None,
        mandatory=objection_to_skipping_station(row),
        initial={"authority": proposal.municipality.head_title},
    )
    return page.respond(request, form)


@require_http_methods(METHODS)
def result_correct(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Correct a recorded result, as the stage of its minutes allows."""
    proposal = visible_proposal(request, pk)
    items = AgendaItem.objects.visible_to(request.user).filter(consultation__proposal=proposal)
    row = (
        items.select_related("meeting", "result_wording", "basis", "consultation__committee")
        .exclude(outcome="")
        .filter(pk=item)
        .first()
    )
    if row is None or row.consultation is None:
        raise Http404
    station = row.consultation
    if not policies.can_record(request.user, station):
        raise PermissionDenied(f"Ergebnisse für „{station.committee}“ berichtigen Sie nicht.")
    votes = Vote.objects.visible_to(request.user).filter(agenda_item=row, kind=VoteKind.MAIN)
    vote = votes.filter(repeated=False, corrected_by__isnull=True).first()
    page = ActPage(
        proposal,
        f"Ergebnis berichtigen: {station.committee}",
        "workflows/step_correct.html",
        "Berichtigung speichern",
        lambda answer: gate.correct(actor=acting_user(request), agenda_item=row, answer=answer),
        f"Das Ergebnis ist berichtigt: {station.committee}.",
        wording={"heading": "Abgestimmt wurde über", "html": shown(row.basis.html), "meta": ""}
        if row.basis and is_readable(row.basis, request.user)
        else None,
        preview_url=reverse("result-preview", args=[pk, station.pk]),
        preview={},
    )
    form = ResultForm(
        request.POST or None,
        role=ConsultationRole(station.role),
        committees=committees_of(proposal),
        initial=ResultForm.initial_of(row, vote),
    )
    return page.respond(request, form)


@require_POST
def result_preview(request: HttpRequest, pk: int, consultation: int) -> HttpResponse:
    """Say what the counts typed so far mean, without saving anything."""
    proposal = visible_proposal(request, pk)
    station = _visible_station(request, proposal, consultation)
    if not policies.can_record(request.user, station):
        raise PermissionDenied(f"Ergebnisse für „{station.committee}“ erfassen Sie nicht.")
    try:
        page = ResultPage(request.user, proposal, station)
    except RuleViolation as gone:
        return conflict_page(request, gone, proposal_url(pk))
    form = page.form(request.POST)
    form.is_valid()
    counts = {name: form.cleaned_data.get(name) for name in ("entitled", "yes", "no", "abstained")}
    typed = any(form.data.get(name) for name in ("yes", "no", "abstained"))
    context = _preview(station, page, form, counts) if typed else {}
    return render(request, "workflows/parts/result_preview.html", context)


def _preview(
    station: Consultation, page: ResultPage, form: ResultForm, counts: dict[str, Any]
) -> dict[str, Any]:
    wrong = [name for name in counts if name in form.errors]
    if wrong:
        return {"error": form.errors[wrong[0]][0]}
    known = {name: counts[name] or 0 for name in ("no", "abstained")}
    total = sum(known.values()) + (counts["yes"] or 0)
    shown_numbers = {"sum": total, "entitled": counts["entitled"], "tally": {**counts, **known}}
    if counts["entitled"] is None:
        return {**shown_numbers, "error": "Wie viele Stimmberechtigte sind anwesend?"}
    typed = CountedAnswer(counts["entitled"], counts["yes"], known["no"], known["abstained"])
    reading = read(Electorate(station.committee, page.day), typed)
    if reading.objection is not None:
        return {**shown_numbers, "error": str(reading.objection)}
    if reading.ruling is None:
        return shown_numbers
    ruling = reading.ruling
    return {**shown_numbers, "sentence": ruling.words, "paragraph": ruling.paragraph}


def _require_route_rights(request: HttpRequest, proposal: Proposal) -> None:
    if not policies.can_change_route(request.user, proposal):
        raise PermissionDenied(
            "Die Beratungsfolge ändern nur Verwaltungsleitung und Sitzungsdienst."
        )


def _visible_station(request: HttpRequest, proposal: Proposal, pk: int) -> Consultation:
    rows = Consultation.objects.visible_to(request.user).filter(proposal=proposal, pk=pk)
    row = rows.select_related("committee__municipality").first()
    if row is None:
        raise Http404
    row.proposal = proposal
    return row
