"""The page of an urgent decision: what the law of the Land allows, and what was decided."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from proposals import policies
from proposals.forms.urgency import UrgentForm
from proposals.models import Committee, Proposal
from proposals.rules.errors import RuleViolation
from proposals.rules.urgency import UrgentOrgan
from proposals.rules.words import CommitteeKind
from proposals.services.urgency import objection_to_urgency
from proposals.views.common import acting_user, visible_proposal

from .. import gate
from .act_page import ActPage


@require_http_methods(["GET", "HEAD", "POST"])
def urgent_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another organ decide in place of the council, where the law names one."""
    proposal = visible_proposal(request, pk)
    if not policies.can_decide_urgently(request.user, proposal):
        raise PermissionDenied(
            "Eilentscheidungen vermerken nur Verwaltungsleitung und Sitzungsdienst."
        )
    rules = proposal.municipality.law(timezone.localdate()).urgent
    page = ActPage(
        proposal,
        "Eilentscheidung",
        "workflows/urgent_decision.html",
        "Eilentscheidung vermerken",
        lambda answer: gate.urgent(actor=acting_user(request), proposal=proposal, answer=answer),
        "Die Eilentscheidung ist vermerkt.",
        objection=_objection(proposal, [rule.organ for rule in rules]),
        notes=[rule.sentence for rule in rules],
    )
    organs = [(rule.organ.value, _name(proposal, rule.organ)) for rule in rules]
    form = UrgentForm(request.POST or None, organs=organs)
    return page.respond(request, form)


def _objection(proposal: Proposal, organs: list[UrgentOrgan]) -> RuleViolation | None:
    if not organs:
        return RuleViolation("Für dieses Land ist keine Regel über Eilentscheidungen hinterlegt.")
    objections = [objection_to_urgency(proposal, organ) for organ in organs]
    return objections[0] if all(objections) else None


def _name(proposal: Proposal, organ: UrgentOrgan) -> str:
    """Return the organ under its proper name."""
    house = proposal.municipality
    if organ == UrgentOrgan.HEAD:
        return str(house.head_title)
    bodies = Committee.objects.filter(municipality=house, kind=CommitteeKind.MAIN_COMMITTEE)
    body = bodies.order_by("pk").first()
    return body.name if body else organ.label


def may_decide_urgently(proposal: Proposal, user: Any) -> bool:
    """Answer whether the user may let somebody decide urgently, now."""
    if not policies.can_decide_urgently(user, proposal):
        return False
    rules = proposal.municipality.law(timezone.localdate()).urgent
    return bool(rules) and _objection(proposal, [rule.organ for rule in rules]) is None
