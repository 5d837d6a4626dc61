"""Entering what is under way already."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.takeover import (
    TAKEN_ROWS,
    TakeOverForm,
    short_names,
    take_over_answer,
)
from proposals.models import Committee, Office
from proposals.rules.errors import RuleViolation
from proposals.rules.shorthand import HELP
from proposals.services.attachments import NewAnnex
from proposals.views.common import (
    CONFLICT,
    UNPROCESSABLE,
    acting_user,
    own_house,
    say_refusal,
)

from .. import gate
from .desk import Desk, stored
from .draft_door import asked_kind
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]
ALIASES = {"no_financial_effect": "no_costs", "reason": "route_reason", "file": "annex"}


class TakeOverDesk(Desk):
    """The draft form with the results that the paper has had elsewhere."""

    form: TakeOverForm
    form_class = TakeOverForm
    row_forms: ClassVar[Any] = TAKEN_ROWS
    template = "workflows/take_over.html"
    keeps_itself = False

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

    def annexes(self) -> list[NewAnnex]:
        """Put the uploaded files into the store; raises RuleViolation for one that is none."""
        files = [row.cleaned_data for row in self.lines("annex")]
        return [NewAnnex(row["title"], row["file"].name, stored(row["file"])) for row in files]

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
