"""Rechtsstand: the rules that hold for the house, and which of them somebody has to check."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from .. import policies
from ..forms.law import LawDayForm
from ..models.standing import standing_of
from ..rules.errors import RuleViolation
from ..selectors.law import law_page
from .common import CONFLICT, UNPROCESSABLE, say_refusal


@require_safe
def law_show(request: HttpRequest) -> HttpResponse:
    """Show the law of the house's Land on a day, `?am=` or today, with the house's own rules."""
    house = standing_of(request.user).municipality_id
    if house is None or not policies.can_read_law(request.user, house):
        raise PermissionDenied("Den Rechtsstand lesen Sitzungsdienst, Leitung und Stammdaten.")
    today = timezone.localdate()
    form = LawDayForm(request.GET if "am" in request.GET else {"am": today.isoformat()})
    page, status = None, 200
    if not form.is_valid():
        status = UNPROCESSABLE
    else:
        try:
            page = law_page(house, form.cleaned_data["am"] or today)
        except RuleViolation as violation:
            say_refusal(form, violation, {"path": "am", "value": "am"})
            status = CONFLICT
    return render(request, "proposals/law.html", {"day_form": form, "page": page}, status=status)
