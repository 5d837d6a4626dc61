"""Textbausteine: the pages on which an office and the house keep them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import policies
from ..forms.aids import BlockForm
from ..models import Municipality
from ..models.drafting import TextBlock
from ..rules.errors import RuleViolation
from ..rules.sections import Section
from ..selectors.proposal_page import shown
from ..selectors.text_blocks import kept_blocks, offices_to_keep_for
from ..services.text_blocks import NOT_YOURS, change_block, create_block, retire_block
from .common import CONFLICT, UNPROCESSABLE, acting_user, crumbs, own_house, say_refusal

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def text_block_list(request: HttpRequest) -> HttpResponse:
    """Show the blocks of the house and of the user's offices."""
    house = _house(request)
    names = house.section_names
    context = {
        "blocks": [
            {
                "pk": row.pk,
                "title": row.title,
                "section": _section_name(row.section, names),
                "office": row.office.name if row.office else "ganzes Haus",
                "html": shown(row.html),
                "retired_on": row.retired_on,
                "may_keep": policies.can_keep_blocks(request.user, house.pk, row.office_id),
            }
            for row in kept_blocks(house, request.user)
        ],
        "crumbs": crumbs(("Vorlagen", reverse("proposal-list")), ("Textbausteine", "")),
    }
    return render(request, "proposals/text_blocks.html", context)


@require_http_methods(METHODS)
def text_block_create(request: HttpRequest) -> HttpResponse:
    """Keep a new block."""
    house = _house(request)
    form = _form(request, house)
    return _respond(
        request,
        form,
        "Textbaustein anlegen",
        lambda: create_block(actor=acting_user(request), municipality=house, answer=form.answer()),
    )


@require_http_methods(METHODS)
def text_block_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a block."""
    house, block = _house(request), _block(request, pk)
    form = _form(request, house, BlockForm.initial_of(block))
    return _respond(
        request,
        form,
        "Textbaustein ändern",
        lambda: change_block(actor=acting_user(request), block=block, answer=form.answer()),
    )


@require_POST
def text_block_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a block out of use, or back into it."""
    block = retire_block(actor=acting_user(request), block=_block(request, pk))
    word = "außer Gebrauch" if block.retired_on else "wieder in Gebrauch"
    messages.success(request, f"Der Baustein „{block.title}“ ist {word}.")
    return redirect("text-block-list")


def _house(request: HttpRequest) -> Municipality:
    """Return the house; raises PermissionDenied for somebody who keeps no blocks."""
    house = own_house(request)
    offices, whole_house = offices_to_keep_for(house, request.user)
    if not offices and not whole_house:
        raise PermissionDenied(NOT_YOURS)
    return house


def _block(request: HttpRequest, pk: int) -> TextBlock:
    """Return a block that the user keeps; one of the house only for the master data."""
    house = _house(request)
    row = TextBlock.objects.filter(municipality=house, pk=pk).select_related("municipality").first()
    if row is None:
        raise Http404
    if not policies.can_keep_blocks(request.user, house.pk, row.office_id):
        raise PermissionDenied(NOT_YOURS)
    return row


def _form(request: HttpRequest, house: Municipality, initial: Any = None) -> BlockForm:
    offices, whole_house = offices_to_keep_for(house, request.user)
    return BlockForm(
        request.POST or None,
        offices=offices,
        whole_house=whole_house,
        sections=[(one.value, _section_name(one.value, house.section_names)) for one in Section],
        initial=initial,
    )


def _section_name(section: str, names: dict[str, Any]) -> str:
    if not section:
        return "alle Abschnitte"
    return str(names.get(section, Section(section).label))


def _respond(request: HttpRequest, form: BlockForm, title: str, act: Any) -> HttpResponse:
    if request.method != "POST":
        return _show(request, form, title)
    if not form.is_valid():
        return _show(request, form, title, UNPROCESSABLE)
    try:
        block = act()
    except RuleViolation as violation:
        say_refusal(form, violation, {})
        return _show(request, form, title, CONFLICT)
    messages.success(request, f"Der Baustein „{block.title}“ ist gespeichert.")
    return redirect("text-block-list")


def _show(request: HttpRequest, form: BlockForm, title: str, status: int = 200) -> HttpResponse:
    back = reverse("text-block-list")
    trail = (("Vorlagen", reverse("proposal-list")), ("Textbausteine", back), (title, ""))
    context = {"form": form, "title": title, "back_url": back, "crumbs": crumbs(*trail)}
    return render(request, "proposals/text_block.html", context, status=status)
