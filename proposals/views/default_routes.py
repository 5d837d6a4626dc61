"""Standard-Beratungsfolge: the page on which the master data keeps it."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from .. import policies
from ..forms.aids import StationForm
from ..models import Committee, Municipality, Office
from ..models.drafting import DefaultStation
from ..rules.errors import RuleViolation
from ..rules.words import ProposalKind
from ..selectors.default_routes import stations_of
from ..services.default_routes import NOT_YOURS, add_station, move_station, remove_station
from .common import CONFLICT, UNPROCESSABLE, acting_user, crumbs, own_house, say_refusal


@require_http_methods(["GET", "HEAD", "POST"])
def default_route_list(request: HttpRequest) -> HttpResponse:
    """Show with which route new papers begin, and add a station."""
    house = _house(request)
    form = StationForm(
        request.POST or None,
        kinds=[(kind.value, house.kind_name(kind)) for kind in ProposalKind],
        offices=Office.objects.filter(municipality=house).order_by("name"),
        committees=Committee.objects.filter(municipality=house).order_by("name"),
    )
    if request.method != "POST":
        return _show(request, house, form)
    if not form.is_valid():
        return _show(request, house, form, UNPROCESSABLE)
    try:
        add_station(actor=acting_user(request), municipality=house, answer=form.answer())
    except RuleViolation as violation:
        say_refusal(form, violation, {"route": "role"})
        return _show(request, house, form, CONFLICT)
    messages.success(request, "Die Beratung ist aufgenommen; sie gilt für neue Vorlagen.")
    return redirect("default-route-list")


@require_POST
def default_station_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a station change places with its neighbour."""
    up = request.POST.get("to") == "up"
    move_station(actor=acting_user(request), station=_station(request, pk), up=up)
    return redirect("default-route-list")


@require_POST
def default_station_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a station out of a standard route."""
    remove_station(actor=acting_user(request), station=_station(request, pk))
    messages.success(request, "Die Beratung ist entfernt; angelegte Vorlagen behalten sie.")
    return redirect("default-route-list")


def _house(request: HttpRequest) -> Municipality:
    house = own_house(request)
    if not policies.can_set_routes(request.user, house.pk):
        raise PermissionDenied(NOT_YOURS)
    return house


def _station(request: HttpRequest, pk: int) -> DefaultStation:
    rows = DefaultStation.objects.filter(municipality=_house(request), pk=pk)
    row = rows.select_related("municipality").first()
    if row is None:
        raise Http404
    return row


def _show(
    request: HttpRequest, house: Municipality, form: StationForm, status: int = 200
) -> HttpResponse:
    lines = groupby(stations_of(house), key=lambda row: (row.kind, row.office))
    context = {
        "form": form,
        "routes": [
            {
                "kind": house.kind_name(kind),
                "office": office.name if office else "ganzes Haus",
                "stations": list(rows),
            }
            for (kind, office), rows in lines
        ],
        "crumbs": crumbs(("Vorlagen", reverse("proposal-list")), ("Standard-Beratungsfolge", "")),
    }
    return render(request, "proposals/default_routes.html", context, status=status)
