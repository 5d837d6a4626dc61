"""The page of one proposal: facts from the selectors, whose turn it is from the engine."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals import policies
from proposals.models import AgendaItem, Attachment, Audience, Office, Proposal
from proposals.models.facts import facts, situation, was_released
from proposals.models.people import Role
from proposals.rules.consultation import Outcome
from proposals.rules.lifecycle import objection_to_withdrawal
from proposals.selectors.comments import comments_of
from proposals.selectors.proposal_page import ProposalPage, proposal_page
from proposals.selectors.route import Result
from proposals.selectors.voting import changes_in_words, review_in_words, reviews_of
from proposals.views.common import crumbs, visible_proposal

from .. import engine, inbox
from ..beside import EXCHANGES, STATEMENTS
from ..steps import STEPS
from .proposal_links import (
    drafting_links,
    link_reissues,
    linked_relations,
    relation_links,
    route_links,
)
from .signing_links import link_signatures, signing_links
from .urls_of import turn_url
from .version_links import link_versions, version_links

# what waits beside the route, in the administration alone
_HOLDING_NOBODY_UP = (*STATEMENTS.steps, *EXCHANGES.steps)
_WAITING = {Role.CLERK: "Federführung", Role.HEAD: "Verwaltungsleitung"}


@require_safe
def proposal_show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one proposal."""
    proposal = visible_proposal(request, pk)
    proposal.situation = situation(proposal)  # read once for this page
    page = proposal_page(proposal, request.user)
    page.tasks = _tasks(proposal, request.user)
    page.waiting_for = [] if page.tasks else _waiting_for(page)
    page.actions = _actions(page, request.user)
    page.votes = [_vote(result, request.user, proposal) for result in page.results]
    _explain(page.votes, request.user)
    page.downloads = _downloads(page)
    page.related = linked_relations(page, request.user)
    link_reissues(page, request.user)
    link_signatures(page.co_signatures, proposal, request.user)
    link_versions(page)
    _link_attachments(page, request.user)
    page.history_url = reverse("proposal-history", args=[pk]) if page.may_read_history else ""
    title = page.number or page.subject
    context = {
        "page": page,
        "comments": comments_of(proposal, request.user),
        "crumbs": crumbs(("Vorlagen", reverse("proposal-list")), (title, "")),
    }
    return render(request, "proposals/detail.html", context)


def _tasks(proposal: Proposal, user: Any) -> list[dict[str, Any]]:
    names = {row.pk: row.committee.name for row in situation(proposal).consultations}
    tasks = []
    for index, turn in enumerate(inbox.turns_for(user, proposal)):
        step = STEPS[turn.step]
        at_station = turn.step in engine.STATION_STEPS and turn.subject_id is not None
        body = names.get(turn.subject_id or 0, "") if at_station else ""
        tasks.append(
            {
                "title": step.title,
                "url": turn_url(turn),
                "hint": f"{body}: {step.hint}" if body else step.hint,
                "primary": index == 0,
            }
        )
    return tasks


def _waiting_for(page: ProposalPage) -> list[str]:
    """Return whose turn it is, in words: the offices asked, the committees that are open."""
    proposal, known = page.proposal, page.route_known
    if not known.tells_all and known.current is not None and known.current.form_checked_on:
        return sorted(set(known.waiting))
    names = {row.pk: row.committee.name for row in situation(proposal).consultations}
    tasks = list(engine.turns(engine.open_tasks_of(proposal)))
    offices = Office.objects.in_bulk(
        [_scope(task) for task, turn in tasks if turn.step == "co_sign"]
    )
    words = []
    for task, turn in tasks:
        if turn.step in engine.STATION_STEPS:
            words.append(names.get(turn.subject_id or 0, ""))
        elif turn.step == "co_sign":
            words.append(offices[_scope(task)].name)
        elif turn.step not in _HOLDING_NOBODY_UP:
            role = task.owner_permission.removeprefix("proposals.").rsplit("_", 1)[0]
            words.append(_WAITING.get(Role(role), Role(role).label))
    return sorted(set(filter(None, words)))


def _scope(task: Any) -> int:
    """Return the key in a permission string: of the office that an open task is for."""
    return int(task.owner_permission.rsplit("_", 1)[1])


def _actions(page: ProposalPage, user: Any) -> list[dict[str, Any]]:
    """Return what the user may do besides the step that waits."""
    proposal = page.proposal
    actions: list[dict[str, Any]] = [*route_links(proposal, user), *signing_links(proposal, user)]
    where = facts(proposal)
    actions += version_links(page, user, decided=where.decision is not None)
    actions += _meetings(page, user)
    may = policies.can_withdraw(user, proposal, released=was_released(proposal))
    if may and objection_to_withdrawal(where) is None:
        address = reverse("proposal-withdraw", args=[proposal.pk])
        actions.append({"title": "Vorlage zurückziehen", "url": address})
    return [*actions, *relation_links(proposal, user), *drafting_links(proposal, user)]


def _meetings(page: ProposalPage, user: Any) -> list[dict[str, str]]:
    """Return the meetings that deal with the paper: those of stations that the user may know."""
    known = [row.pk for row in page.route_known.consultations]
    rows = AgendaItem.objects.visible_to(user).filter(consultation__in=known)
    rows = rows.select_related("meeting", "committee").order_by("meeting__starts_at", "pk")
    return [
        {
            "title": f"Sitzung {item.committee}, {_day(item):%d.%m.%Y}",
            "url": reverse("meeting-show", args=[item.meeting_id]),
        }
        for item in {item.meeting_id: item for item in rows}.values()
    ]


def _day(item: AgendaItem) -> date:
    return timezone.localdate(item.meeting.starts_at)


def _vote(result: Result, user: Any, proposal: Proposal) -> dict[str, Any]:
    shown: dict[str, Any] = {**vars(result), "correct_url": ""}
    if result.item_id is not None:
        rows = situation(proposal).consultations
        station = next(row for row in rows if row.pk == result.consultation_id)
        if policies.can_record(user, station):
            shown["correct_url"] = reverse("result-correct", args=[proposal.pk, result.item_id])
    return shown


def _explain(votes: list[dict[str, Any]], user: Any) -> None:
    """Say of a decision whose changes it carries, and of any result that its count was wrong."""
    rows = AgendaItem.objects.visible_to(user).filter(pk__in=[vote["item_id"] for vote in votes])
    items = {row.pk: row for row in rows.select_related("result_wording")}
    reviews = reviews_of(items.values(), user)
    for vote in votes:
        item = items.get(vote["item_id"])
        decided = item is not None and item.outcome == Outcome.DECIDED_CHANGED
        vote["changes"] = changes_in_words(item, user) if item is not None and decided else ""
        vote["reviews"] = [review_in_words(row) for row in reviews.get(vote["item_id"], [])]


def _downloads(page: ProposalPage) -> list[dict[str, str]]:
    kinds = (("Word-Datei", "document-download"), ("PDF-Datei", "document-print"))
    return [
        {
            "label": f"{label} ({audience.label})",
            "url": reverse(name, args=[page.proposal.pk, audience.value]),
        }
        for audience in page.audiences
        if audience == Audience.INTERNAL or page.public
        for label, name in kinds
    ]


def _link_attachments(page: ProposalPage, user: Any) -> None:
    """Give the annexes of the shown version their addresses."""
    annexes = Attachment.objects.visible_to(user).filter(proposal=page.proposal)
    rows = {row.digest: row for row in annexes.order_by("removed_on", "pk")}
    page.attachments = [_linked(entry, rows.get(entry["digest"])) for entry in page.attachments]


def _linked(entry: dict[str, Any], row: Attachment | None) -> dict[str, Any]:
    late = date.fromisoformat(entry["late"]) if entry.get("late") else None
    shown = {
        **entry,
        "late": f"nachgereicht am {late:%d.%m.%Y}" if late else "",
        "closed": "" if entry.get("public", True) else "nichtöffentlich",
        "kind": "",
    }
    if row is None:
        return {**shown, "url": "", "size": ""}
    url = reverse("attachment-download", args=[row.pk])
    return {**shown, "url": url, "size": _size(row.size)}


def _size(count: int) -> str:
    return f"{count / 1024:.0f} KB".replace(".", ",") if count >= 1024 else f"{count} Byte"
