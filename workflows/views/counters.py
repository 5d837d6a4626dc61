"""Where the numbers of the house go on, and how it numbers from now on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.numbering import CounterForm, PatternForm
from proposals.models import Municipality
from proposals.rules.errors import RuleViolation
from proposals.selectors.counters import counters_of, numbering_of
from proposals.services.numbering import series_of, set_counter, set_pattern
from proposals.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    crumbs,
    own_house,
    say_refusal,
)

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def counter_list(request: HttpRequest) -> HttpResponse:
    """Show how the house numbers and where its numbers go on, and set one of them."""
    house = own_house(request)
    if not policies.can_set_counter(request.user, house.pk):
        raise PermissionDenied(
            "Nummernkreise setzen der Sitzungsdienst und die Verwaltung der Stammdaten."
        )
    series = series_of(house, timezone.localdate())
    form = CounterForm(request.POST or None, series=series)
    if request.method != "POST":
        return _show_counters(request, house, form)
    if not form.is_valid():
        return _show_counters(request, house, form, UNPROCESSABLE)
    try:
        set_counter(actor=acting_user(request), municipality=house, answer=form.answer())
    except RuleViolation as violation:
        say_refusal(form, violation, {"next": "following"})
        return _show_counters(request, house, form, CONFLICT)
    messages.success(request, "Der Nummernkreis ist gesetzt.")
    return redirect("counter-list")


@require_http_methods(METHODS)
def pattern_change(request: HttpRequest) -> HttpResponse:
    """Change how the house numbers from now on."""
    house = own_house(request)
    if not policies.can_set_pattern(request.user, house.pk):
        raise PermissionDenied("Das Nummernmuster ändert die Verwaltung der Stammdaten.")
    form = PatternForm(request.POST or None, initial=PatternForm.initial_of(house))
    if request.method != "POST":
        return _show_pattern(request, form)
    if not form.is_valid():
        return _show_pattern(request, form, UNPROCESSABLE)
    try:
        set_pattern(actor=acting_user(request), municipality=house, answer=form.answer())
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return _show_pattern(request, form, CONFLICT)
    messages.success(request, "Das Nummernmuster ist geändert; es gilt für neue Nummern.")
    return redirect("counter-list")


def _show_counters(
    request: HttpRequest, house: Municipality, form: CounterForm, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    context: dict[str, Any] = {
        "form": form,
        "counters": counters_of(house, today),
        "numbering": numbering_of(house, today),
        "may_change": policies.can_set_pattern(request.user, house.pk),
        "crumbs": crumbs(("Vorlagen", reverse("proposal-list")), ("Nummernkreise", "")),
    }
    return render(request, "workflows/counters.html", context, status=status)


def _show_pattern(request: HttpRequest, form: PatternForm, status: int = 200) -> HttpResponse:
    back = reverse("counter-list")
    trail = (("Vorlagen", reverse("proposal-list")), ("Nummernkreise", back), ("Muster", ""))
    context = {"form": form, "crumbs": crumbs(*trail), "back_url": back}
    return render(request, "workflows/number_pattern.html", context, status=status)
