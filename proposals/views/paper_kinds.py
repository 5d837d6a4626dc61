"""Vorlagenarten und Abschnitte: the pages on which the master data keeps them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from .. import policies
from ..forms.paper_kinds import CommonForm, KindForm, PlacedForm
from ..models import Municipality
from ..rules.errors import RuleViolation
from ..rules.paper_kinds import titles_of
from ..rules.words import ProposalKind
from ..services.paper_kinds import NOT_YOURS, set_common, set_kind
from .common import CONFLICT, UNPROCESSABLE, acting_user, crumbs, own_house, say_refusal

METHODS = ["GET", "HEAD", "POST"]
_TITLE = "Vorlagenarten und Abschnitte"


@require_safe
def paper_kind_list(request: HttpRequest) -> HttpResponse:
    """Show each kind of paper with its sections, and what all kinds have in common."""
    house = _house(request)
    sections, boxes = house.sections, house.boxes
    context = {
        "kinds": [
            {
                "code": kind.value,
                "name": house.kind_name(kind),
                "usual": kind.label if house.kind_name(kind) != kind.label else "",
                "titles": titles_of(sections, kind),
                "joined": sections.joined_title(kind) if sections.counted_in(kind) else "",
            }
            for kind in ProposalKind
        ],
        "boxes": [boxes.title(kind) for kind in boxes.shown()],
        "house": house,
        "crumbs": crumbs(("Vorlagen", reverse("proposal-list")), (_TITLE, "")),
    }
    return render(request, "proposals/paper_kinds.html", context)


@require_http_methods(METHODS)
def paper_kind_edit(request: HttpRequest, kind: str) -> HttpResponse:
    """Change the name, the order and the headings of a kind of paper."""
    house = _house(request)
    if kind not in {known.value for known in ProposalKind}:
        raise Http404
    form = KindForm(request.POST or None, house=house, kind=ProposalKind(kind))
    return _respond(
        request,
        form,
        (house.kind_name(kind), "proposals/paper_kind.html"),
        lambda: set_kind(actor=acting_user(request), municipality=house, answer=form.answer()),
        "place",
    )


@require_http_methods(METHODS)
def paper_kind_common(request: HttpRequest) -> HttpResponse:
    """Change the boxes about money, and whether a resolution is worded for each committee."""
    house = _house(request)
    form = CommonForm(request.POST or None, house=house)
    return _respond(
        request,
        form,
        ("Für alle Arten", "proposals/paper_kinds_common.html"),
        lambda: set_common(actor=acting_user(request), municipality=house, answer=form.answer()),
        "name",
    )


def _house(request: HttpRequest) -> Municipality:
    house = own_house(request)
    if not policies.can_set_kinds(request.user, house.pk):
        raise PermissionDenied(NOT_YOURS)
    return house


def _respond(
    request: HttpRequest,
    form: PlacedForm,
    page: tuple[str, str],
    act: Callable[[], Any],
    part: str,
) -> HttpResponse:
    """Do what the form asks for; an objection to a row stands at the field `part` of the row."""
    title, template = page
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                act()
            except RuleViolation as violation:
                row = f"{part}_{violation.field}"
                aliases = {violation.field or "": row} if row in form.fields else {}
                say_refusal(form, violation, aliases)
                status = CONFLICT
            else:
                messages.success(request, f"„{title}“ ist gespeichert und gilt ab sofort.")
                return redirect("paper-kind-list")
    back = reverse("paper-kind-list")
    trail = (("Vorlagen", reverse("proposal-list")), (_TITLE, back), (title, ""))
    context = {"form": form, "title": title, "back_url": back, "crumbs": crumbs(*trail)}
    return render(request, template, context, status=status)
