"""Haushaltsübersicht: one budget year over all papers of the house, as a page and as a file."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from .. import policies
from ..forms.budget import BudgetFilter
from ..models import Municipality
from ..selectors.budget import COLUMNS, Budget, budget_of, budget_table
from .common import UNPROCESSABLE, own_house
from .sheets import as_csv


@require_safe
def budget_show(request: HttpRequest) -> HttpResponse:
    """Show the budget year `?jahr=`, filtered by product and state, and paged."""
    house = _readable_house(request)
    form, budget = _asked(request)
    if budget is None:
        context = {"filter_form": form, "house": house}
        return render(request, "proposals/budget.html", context, status=UNPROCESSABLE)
    page = budget.page(request.GET.get("page"))
    page.object_list = [
        replace(row, url=reverse("proposal-show", args=[row.proposal_id]))
        for row in page.object_list
    ]
    query = {name: value for name, value in form.cleaned_data.items() if value}
    context = {
        "filter_form": form,
        "house": house,
        "budget": budget,
        "page": page,
        "csv_url": f"{reverse('budget-csv')}?{urlencode({**query, 'jahr': budget.year})}",
    }
    return render(request, "proposals/budget.html", context)


@require_safe
def budget_csv(request: HttpRequest) -> HttpResponse:
    """Send the same rows, all of them, as spreadsheets here read them."""
    _readable_house(request)
    _, budget = _asked(request)
    if budget is None:
        return HttpResponse("Bitte das Haushaltsjahr prüfen.", status=UNPROCESSABLE)
    data = as_csv([COLUMNS, *budget_table(budget)])
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    name = f"haushalt-{budget.year}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _readable_house(request: HttpRequest) -> Municipality:
    house = own_house(request)
    if not policies.can_read_budget(request.user, house.pk):
        raise PermissionDenied("Die Haushaltsübersicht liest die Verwaltung.")
    return house


def _asked(request: HttpRequest) -> tuple[BudgetFilter, Budget | None]:
    """Return the filter with the budget that it asks for; None where the year is none."""
    this_year = timezone.localdate().year
    form = BudgetFilter({"jahr": this_year, **request.GET.dict()})
    if not form.is_valid():
        return form, None
    wanted = form.cleaned_data
    year = wanted["jahr"] or this_year
    return form, budget_of(
        request.user, year, product=wanted["produkt"].strip(), state=wanted["stand"]
    )
