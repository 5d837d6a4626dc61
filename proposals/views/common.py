"""What the views share: the door, and a refusal said in the form that caused it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ..models import Municipality, Person, Proposal, User
from ..rules.errors import RuleViolation

CONFLICT, UNPROCESSABLE = 409, 422


def acting_user(request: HttpRequest) -> User:
    """Return who acts; the log-in is required for every page that asks."""
    assert isinstance(request.user, User)
    return request.user


def own_house(request: HttpRequest) -> Municipality:
    """Return the house of who acts; raises PermissionDenied for an account of none."""
    rows = Person.objects.select_related("municipality")
    person = rows.filter(user=acting_user(request)).first()
    if person is None:
        raise PermissionDenied("Ihr Konto gehört zu keiner Kommune.")
    return person.municipality


def visible_proposal(request: HttpRequest, pk: int) -> Proposal:
    """Return a proposal that the user may see; raises Http404 for any other."""
    rows = Proposal.objects.visible_to(request.user)
    proposal = rows.select_related("municipality", "lead_office", "author").filter(pk=pk).first()
    if proposal is None:
        raise Http404
    return proposal


def say_refusal(form: forms.Form, violation: RuleViolation, aliases: dict[str, str]) -> None:
    """Put a rule's objection where it belongs in the form: nothing typed is lost."""
    name = aliases.get(violation.field or "", violation.field)
    form.add_error(name if name in form.fields else None, str(violation))


def conflict_page(request: HttpRequest, violation: RuleViolation, back_url: str) -> HttpResponse:
    """Say what is in the way where there is no form to say it in."""
    context = {
        "message": violation.message,
        "paragraph": violation.paragraph,
        "back_url": back_url,
    }
    return render(request, "409.html", context, status=CONFLICT)


def crumbs(*parts: tuple[str, str]) -> list[dict[str, Any]]:
    """Return the way here, as (label, url) pairs; the last one is the page itself."""
    return [{"label": label, "url": url} for label, url in parts]
