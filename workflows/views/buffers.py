"""Zwischenstand: the draft form saves itself while somebody types, and offers it again."""

import re
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from proposals.models import Proposal
from proposals.rules.words import ProposalKind
from proposals.selectors.journal import last_change
from proposals.services import buffers
from proposals.views.common import acting_user

from .draft_door import asked_base, asked_kind, editable_proposal, require_begin

ASKED = "zwischenstand"  # in the address: show what is kept instead of what is saved
TOKEN, DISCARD = "buffer", "discard"
_LEFT_OUT = {"csrfmiddlewaretoken", "then", "add", "attachment", TOKEN, DISCARD}
_CHOICE = "keep-"  # of a conflict, see conflicts.py
_SPENT, _MOST_SPENT = "spent-buffers", 20
_TOKEN = re.compile("[0-9a-f]{32}")
_FIGURES = re.compile("[0-9]{1,9}")


def draft_desk(request: HttpRequest, kind: ProposalKind, proposal: Proposal | None) -> buffers.Desk:
    """Return whose draft this is about."""
    return buffers.Desk(acting_user(request), kind, proposal)


def kept_data(desk: buffers.Desk) -> QueryDict | None:
    """Return what is kept as a browser would send it."""
    kept = buffers.buffered(desk)
    if kept is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept.typed.items():
        data.setlist(name, list(values))
    data[TOKEN] = kept.token
    data["revision"] = str(kept.revision)
    return data


def is_resumed(request: HttpRequest) -> bool:
    """Answer whether the page is asked to go on with what is kept."""
    return request.method != "POST" and ASKED in request.GET


def forget(request: HttpRequest, desk: buffers.Desk) -> None:
    """Drop what this window keeps, for its form is saved; what is still on its way comes too late.

    What another window of the same person keeps stays.
    """
    token = request.POST.get(TOKEN, "")
    if not _TOKEN.fullmatch(token):
        return
    buffers.drop(desk, token)
    request.session[_SPENT] = [*request.session.get(_SPENT, []), token][-_MOST_SPENT:]


def buffer_context(request: HttpRequest, desk: buffers.Desk, data: Any) -> dict[str, Any]:
    """Return what the form needs to keep itself, and what is there to be offered.

    `data` is what the form shows if that was typed; a window that shows it goes on with its token.
    """
    token = data.get(TOKEN, "") if data is not None else ""
    kept = buffers.buffered(desk)
    return {
        "token": token if _TOKEN.fullmatch(token) else uuid4().hex,
        "url": _url(request, desk),
        "offered": kept if kept is not None and kept.token != token else None,
        "go_on_url": _page(desk, kept.base if kept else "", asked=True),
        "is_resumed": request.method != "POST" and data is not None,
        "saved_at": kept.saved_at if kept is not None and kept.token == token else None,
    }


@require_POST
def new_draft_keep(request: HttpRequest) -> HttpResponse:
    """Keep what is typed of a paper that is not begun, or forget it."""
    base = asked_base(request)
    kind = ProposalKind(base.kind) if base else asked_kind(request)
    require_begin(request, kind)
    return _keep(request, draft_desk(request, kind, None), str(base.pk) if base else "")


@require_POST
def draft_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed in a draft, or forget it; nothing of it is a fact."""
    proposal = editable_proposal(request, pk)
    return _keep(request, draft_desk(request, ProposalKind(proposal.kind), proposal), "")


def _keep(request: HttpRequest, desk: buffers.Desk, base: str) -> HttpResponse:
    if DISCARD in request.POST:
        buffers.drop(desk)
        messages.success(request, "Der Zwischenstand ist verworfen.")
        return redirect(_page(desk, base))
    token = request.POST.get(TOKEN, "")
    revision = _revision(request)
    by, at, is_stale = "", None, False
    if desk.proposal is not None and revision < desk.proposal.revision:
        is_stale = True
        by, at = last_change(desk.proposal, request.user)
    kept = None
    is_spent = token in request.session.get(_SPENT, [])
    if _TOKEN.fullmatch(token) and not is_spent:
        kept = buffers.keep(desk, token=token, typed=_typed(request), revision=revision, base=base)
    context = {
        "kept": kept,
        "is_spent": is_spent,
        "is_stale": is_stale and not is_spent,
        "by": by,
        "at": at,
        "difference_url": _page(desk, base, asked=True),
        "now": timezone.localtime(),
    }
    return render(request, "workflows/parts/kept.html", context)


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    return {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in _LEFT_OUT and not name.startswith(_CHOICE)
    }


def _revision(request: HttpRequest) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if _FIGURES.fullmatch(typed) else 0


def _url(request: HttpRequest, desk: buffers.Desk) -> str:
    if desk.proposal is not None:
        return reverse("draft-keep", args=[desk.proposal.pk])
    base = request.GET.get("ergaenzt", "")
    return f"{reverse('new-draft-keep')}?{_query(desk, base)}"


def _page(desk: buffers.Desk, base: str, *, asked: bool = False) -> str:
    more = f"{ASKED}=1" if asked else ""
    if desk.proposal is not None:
        address = reverse("draft-edit", args=[desk.proposal.pk])
        return f"{address}?{more}" if more else address
    query = "&".join(filter(None, [_query(desk, base), more]))
    return f"{reverse('proposal-create')}?{query}"


def _query(desk: buffers.Desk, base: str) -> str:
    return urlencode({"ergaenzt": base} if base else {"art": desk.kind.value})
