"""Mitzeichnungsregeln and Schließtage: set by who keeps the master data."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import policies
from ..forms.house_signing import ClosedDayForm, SigningRuleForm
from ..models import ClosedDay, CoSigningRule, Municipality, Office
from ..rules.co_signing import Part
from ..rules.errors import RuleViolation
from ..selectors.four_eyes import own_work
from ..services.signing_rules import (
    add_closed_day,
    remove_closed_day,
    retire_signing_rule,
    set_signing_rule,
)
from .common import CONFLICT, UNPROCESSABLE, acting_user, conflict_page, own_house, say_refusal

METHODS = ["GET", "HEAD", "POST"]
PAGE_SIZE = 50


@require_http_methods(METHODS)
def signing_rule_list(request: HttpRequest) -> HttpResponse:
    """Show whom the house asks to co-sign; add a rule, or change one."""
    house = _house(request)
    offices = list(Office.objects.filter(municipality=house))
    form = SigningRuleForm(request.POST or None, offices=offices)
    status = _entered(
        request,
        form,
        lambda: set_signing_rule(
            actor=acting_user(request), municipality=house, answer=form.answer()
        ),
    )
    if status is None:
        messages.success(request, "Die Regel gilt ab der nächsten Abgabe.")
        return redirect("signing-rule-list")
    rows = CoSigningRule.objects.filter(municipality=house, retired_on__isnull=True)
    rules = [
        {"rule": row, "parts": ", ".join(Part(part).label for part in row.parts)}
        for row in rows.select_related("office").order_by("trigger", "office__name")
    ]
    context = {"form": form, "rules": rules, "house": house}
    return render(request, "proposals/signing_rules.html", context, status=status)


@require_POST
def signing_rule_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a rule end."""
    house = _house(request)
    try:
        retire_signing_rule(actor=acting_user(request), municipality=house, rule_id=pk)
    except RuleViolation as violation:
        return conflict_page(request, violation, reverse("signing-rule-list"))
    messages.success(request, "Die Regel gilt nicht mehr.")
    return redirect("signing-rule-list")


@require_http_methods(METHODS)
def closed_day_list(request: HttpRequest) -> HttpResponse:
    """Show the days on which the house is closed; add one."""
    house = _house(request)
    form = ClosedDayForm(request.POST or None)
    status = _entered(
        request,
        form,
        lambda: add_closed_day(
            actor=acting_user(request), municipality=house, answer=form.answer()
        ),
    )
    if status is None:
        messages.success(request, "Der Schließtag ist eingetragen.")
        return redirect("closed-day-list")
    rows = ClosedDay.objects.filter(municipality=house).order_by("-day")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "land": house.get_land_display()}
    return render(request, "proposals/closed_days.html", context, status=status)


@require_POST
def closed_day_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a closed day back."""
    house = _house(request)
    try:
        remove_closed_day(actor=acting_user(request), municipality=house, day_id=pk)
    except RuleViolation as violation:
        return conflict_page(request, violation, reverse("closed-day-list"))
    messages.success(request, "Der Schließtag ist entfernt.")
    return redirect("closed-day-list")


@require_safe
def four_eyes_list(request: HttpRequest) -> HttpResponse:
    """Show who signed or released what they had written."""
    house = own_house(request)
    if not policies.can_audit_signing(request.user, house.pk):
        raise PermissionDenied("Die Vier-Augen-Ausnahmen liest die Rechnungsprüfung.")
    page = own_work(request.user, request.GET.get("page"))
    return render(request, "proposals/four_eyes.html", {"page": page})


def _house(request: HttpRequest) -> Municipality:
    house = own_house(request)
    if not policies.can_set_signing(request.user, house.pk):
        raise PermissionDenied("Das pflegt die Verwaltung der Stammdaten.")
    return house


def _entered(request: HttpRequest, form: Any, act: Callable[[], Any]) -> int | None:
    """Do what a form asks for; return None where it is done, else the status of the page."""
    if request.method != "POST":
        return 200
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        act()
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return CONFLICT
    return None
