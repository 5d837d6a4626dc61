"""Versions of a paper on its way: compare, correct typing errors, hand an annex in late."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from proposals import policies
from proposals.forms.annexes import LateAnnexForm
from proposals.forms.exchange import EditorialForm
from proposals.models import Proposal, ProposalVersion
from proposals.rules.exchange import objection_to_editorial, objection_to_new_version
from proposals.selectors.comparison import comparison
from proposals.selectors.heads import known_head
from proposals.selectors.versions import version_lines, visible_versions
from proposals.services.issued import issued_facts
from proposals.views.common import acting_user, crumbs, visible_proposal

from .. import gate
from .act_page import ActPage
from .desk import kept, stored
from .proposal_links import redline_links
from .urls_of import proposal_url

METHODS = ["GET", "HEAD", "POST"]
MOST_FIGURES = 6


@require_safe
def version_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare two versions, `?von=` with `?mit=`; the two newest ones where none is named."""
    proposal = visible_proposal(request, pk)
    versions = visible_versions(proposal, request.user)
    if not versions:
        raise Http404
    new = _chosen(request, "mit", versions, versions[0])
    before = [row for row in versions if row.number < new.number]
    old = _chosen(request, "von", versions, before[0] if before else new)
    lines = version_lines(versions, proposal, request.user, set())
    by_number = {line.number: line for line in lines}
    subject = known_head(proposal, request.user)["subject"]
    address = proposal_url(pk)
    context = {
        "number": proposal.number or "",
        "subject": subject,
        "versions": lines,
        "old": by_number[old.number],
        "new": by_number[new.number],
        "choices": [
            ("von", "Von", by_number[old.number]),
            ("mit", "mit", by_number[new.number]),
        ],
        "difference": comparison(old.content, new.content, proposal, request.user),
        "redlines": list(redline_links(proposal, request.user).values()),
        "crumbs": crumbs(
            ("Vorlagen", reverse("proposal-list")),
            (proposal.number or subject, address),
            ("Fassungen vergleichen", ""),
        ),
    }
    return render(request, "workflows/versions.html", context)


def _chosen(
    request: HttpRequest, name: str, versions: list[ProposalVersion], usual: ProposalVersion
) -> ProposalVersion:
    """Return the version that the address names; raises Http404 for one that is not to see."""
    asked = request.GET.get(name, "")
    if not asked:
        return usual
    if not asked.isdecimal() or len(asked) > MOST_FIGURES:
        raise Http404
    found = next((row for row in versions if row.number == int(asked)), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(METHODS)
def editorial_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct typing errors of a released paper; no signature re-opens."""
    proposal = visible_proposal(request, pk)
    if not policies.can_check_form(request.user, proposal):
        raise PermissionDenied("Tippfehler korrigiert das Sitzungsbüro.")
    page = ActPage(
        proposal,
        "Redaktionell korrigieren",
        "workflows/step.html",
        "Korrektur speichern",
        _act(request, proposal),
        "Die korrigierte Fassung ist gespeichert.",
        "Nur Tippfehler: Es entsteht eine neue Fassung, keine Mitzeichnung wird neu erbeten, "
        "keine Beratung ändert sich. Was der Sache nach anders wird, braucht eine "
        "Austauschfassung.",
        objection=objection_to_editorial(issued_facts(proposal), {"texts"}, "–"),
    )
    annexes = list(kept(proposal))
    data = request.POST if request.method == "POST" else None
    return page.respond(request, EditorialForm(data, proposal=proposal, annexes=annexes))


@require_http_methods(METHODS)
def annex_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand an annex in for a paper that the committees have already."""
    proposal = visible_proposal(request, pk)
    user = request.user
    if not (policies.can_edit(user, proposal) or policies.can_check_form(user, proposal)):
        raise PermissionDenied("Nachreichen dürfen nur Federführung und Sitzungsdienst.")
    act = _act(request, proposal)
    page = ActPage(
        proposal,
        "Anlage nachreichen",
        "workflows/step.html",
        "Anlage nachreichen",
        lambda annex: act(annex.stored(stored(annex.upload))),
        "Die Anlage ist nachgereicht; alle sehen, seit wann sie dabei ist.",
        "Die Vorlage bekommt eine neue Fassung. Die Beratungen gehen weiter.",
        objection=objection_to_new_version(issued_facts(proposal)),
    )
    sent = request.method == "POST"
    form = LateAnnexForm(request.POST if sent else None, request.FILES if sent else None)
    return page.respond(request, form)


def _act(request: HttpRequest, proposal: Proposal) -> Any:
    return lambda answer: gate.act(actor=acting_user(request), proposal=proposal, answer=answer)
