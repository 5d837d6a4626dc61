"""Entering what is under way already: a running paper, and where the numbers go on."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.takeover import (
    TAKEN_ROWS,
    CounterForm,
    TakeOverForm,
    short_names,
    take_over_answer,
)
from proposals.models import Committee, Municipality, Office
from proposals.rules.errors import RuleViolation
from proposals.rules.shorthand import HELP
from proposals.selectors.counters import counters_of
from proposals.services.numbering import series_of, set_counter
from proposals.services.takeover import NewAttachment
from proposals.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    crumbs,
    own_house,
    say_refusal,
)

from .. import gate
from .desk import Desk, stored
from .draft import asked_kind
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]
ALIASES = {"no_financial_effect": "no_costs", "reason": "route_reason", "file": "annex"}


class TakeOverDesk(Desk):
    """The draft form with the results that the paper has had elsewhere."""

    form: TakeOverForm
    form_class = TakeOverForm
    row_forms: ClassVar[Any] = TAKEN_ROWS
    template = "workflows/take_over.html"

    def leading(self) -> list[Office]:
        """Return every office of the house."""
        return list(Office.objects.filter(municipality=self.house))

    def title(self) -> str:
        """Return the heading of the page."""
        return "Laufende Vorlage übernehmen"

    def row_options(self, name: str) -> dict[str, Any]:
        """Add the short names of the committees to the lines of the route."""
        options = super().row_options(name)
        if name == "route":
            bodies = list(Committee.objects.filter(municipality=self.house))
            options["short_names"] = short_names(bodies)
        return options

    def context(self) -> dict[str, Any]:
        """Add what the abbreviations mean."""
        return {**super().context(), "abbreviations": HELP, "kind": self.kind}

    def stations(self) -> list[Any]:
        """Return the lines of the route as the use case takes them."""
        return [row.station() for row in self.lines("route")]

    def annexes(self) -> list[NewAttachment]:
        """Put the uploaded files into the store; raises RuleViolation for one that is none."""
        files = [row.cleaned_data for row in self.lines("annex")]
        return [NewAttachment(row["title"], row["file"].name, stored(row["file"])) for row in files]

    def drafts(self) -> dict[str, list[Any]]:
        """Return the lines of each list of the draft, and the stations in place of its route."""
        names = [name for name in self.rows if name not in ("route", "annex")]
        drafts = {name: [row.draft() for row in self.lines(name)] for name in names}
        return {**drafts, "route": self.stations()}


@require_http_methods(METHODS)
def proposal_take_over(request: HttpRequest) -> HttpResponse:
    """Enter a paper that is under way already; `?art=` chooses the kind."""
    house = own_house(request)
    if not policies.can_take_over(request.user, house.pk):
        raise PermissionDenied("Laufende Vorlagen übernimmt der Sitzungsdienst.")
    desk = TakeOverDesk(request, house, asked_kind(request), None)
    if request.method != "POST" or "add" in request.POST:
        return desk.show()
    if not desk.is_valid():
        return desk.show(UNPROCESSABLE)
    try:
        answer = take_over_answer(desk.form, desk.drafts(), desk.annexes())
        proposal = gate.take_over(actor=acting_user(request), answer=answer)
    except RuleViolation as violation:
        say_refusal(desk.form, violation, ALIASES)
        return desk.show(CONFLICT)
    messages.success(request, f"Die Vorlage {proposal.number} ist übernommen.")
    return redirect(proposal_url(proposal.pk))


@require_http_methods(METHODS)
def counter_list(request: HttpRequest) -> HttpResponse:
    """Show where the numbers of the house go on, and set one of them."""
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


def _show_counters(
    request: HttpRequest, house: Municipality, form: CounterForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "counters": counters_of(house, timezone.localdate()),
        "pattern": house.number_pattern,
        "crumbs": crumbs(("Vorlagen", reverse("proposal-list")), ("Nummernkreise", "")),
    }
    return render(request, "workflows/counters.html", context, status=status)
