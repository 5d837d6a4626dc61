"""Durchschnittssätze: read by the administration, set by who keeps the master data."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from .. import policies
from ..forms.rates import RateForm
from ..models import Municipality
from ..rules.errors import RuleViolation
from ..selectors.rates import in_force, rates_of
from ..services.rates import set_rate
from .common import CONFLICT, UNPROCESSABLE, acting_user, own_house, say_refusal


@require_http_methods(["GET", "HEAD", "POST"])
def rate_list(request: HttpRequest) -> HttpResponse:
    """Show the averages of the house; add one, or correct it."""
    house = own_house(request)
    if not policies.can_read_rates(request.user, house.pk):
        raise PermissionDenied("Die Durchschnittssätze liest die Verwaltung.")
    may_set = policies.can_set_rates(request.user, house.pk)
    form = RateForm(request.POST or None, initial={"year": timezone.localdate().year})
    if request.method != "POST":
        return _show(request, house, form if may_set else None)
    if not may_set:
        raise PermissionDenied("Durchschnittssätze pflegt die Verwaltung der Stammdaten.")
    if not form.is_valid():
        return _show(request, house, form, UNPROCESSABLE)
    try:
        rate = set_rate(actor=acting_user(request), municipality=house, answer=form.answer())
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return _show(request, house, form, CONFLICT)
    messages.success(request, f"Der Durchschnittssatz {rate} ist eingetragen.")
    return redirect("rate-list")


def _show(
    request: HttpRequest, house: Municipality, form: RateForm | None, status: int = 200
) -> HttpResponse:
    rates = list(rates_of(house))
    context = {"rates": rates, "in_force": in_force(rates), "form": form}
    return render(request, "proposals/rates.html", context, status=status)
