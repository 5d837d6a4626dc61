"""Stellungnahmen: offices are asked about a change after their signature, and nobody waits."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    AgendaItem,
    Consultation,
    CoSigningRule,
    Office,
    Proposal,
    StatementReason,
    StatementRequest,
    User,
    Wording,
)
from ..models.facts import current_submission, situation
from ..models.signing import UNSTATED
from ..rules.co_signing import Trigger
from ..rules.results import CHANGED
from ..rules.statements import objection_to_stating, touches_money
from .common import changed, refuse_on, require

MONEY = (Trigger.COSTS, Trigger.POSITIONS)


@dataclass(frozen=True)
class StateAnswer:
    """What an office says on a change."""

    text: str
    on: date | None = None


def state(*, actor: User, request: StatementRequest, answer: StateAnswer) -> StatementRequest:
    """Record what an office says on a change; it moves nothing."""
    with event(actor, Act.STATED, request.proposal):
        require(policies.can_state(actor, request), "Ihr Amt ist nicht um Stellungnahme gebeten.")
        is_open = request.answered_on is None and request.lapsed_on is None
        refuse_on(objection_to_stating(answer.text, is_open=is_open))

        changed(
            request,
            text=answer.text.strip(),
            answered_on=answer.on or timezone.localdate(),
            answered_by=actor,
        )
    return request


def follow_wording(item: AgendaItem, consultation: Consultation | None) -> None:
    """Ask about a committee's wording that touches money; what it no longer words falls away.

    Private to the use cases on results. Nobody is asked once no other station is open: there is no
    next meeting.
    """
    if consultation is None:
        return
    wording = item.result_wording if item.outcome in CHANGED else None
    if item.revision > 1:  # a correction: an earlier wording may have been asked about
        _drop_superseded(item, consultation.proposal)
    if wording is None:
        return
    proposal = consultation.proposal
    if not any(row.is_open and row != consultation for row in situation(proposal).consultations):
        return
    offices = _money_offices(proposal)
    if offices and _touches_money(proposal, wording):
        _ask(proposal, offices, timezone.localdate(item.meeting.starts_at), wording)


def _ask(proposal: Proposal, offices: list[int], on: date, wording: Wording) -> None:
    """Write a request for each office that has none on this wording yet, due at the next meeting.

    One that had fallen away with the wording is asked for again.
    """
    proposal.moved_statements = True
    able = set(Office.objects.that_can_sign().values_list("pk", flat=True))
    asked = {row.office_id: row for row in StatementRequest.everything.filter(wording=wording)}
    due_on = next_meeting(proposal, on)
    for office in dict.fromkeys(offices):
        old = asked.get(office)
        if old is not None and old.lapsed_on is not None and old.answered_on is None:
            changed(old, lapsed_on=None, due_on=due_on)
        elif old is None and office in able and office != proposal.lead_office_id:
            StatementRequest(
                proposal=proposal,
                office_id=office,
                reason=StatementReason.COMMITTEE_WORDING,
                wording=wording,
                asked_on=on,
                due_on=due_on,
            ).save()


def next_meeting(proposal: Proposal, on: date) -> date | None:
    """Return the day of the next meeting that deals with the proposal, where it is known."""
    items = AgendaItem.everything.filter(
        consultation__proposal=proposal, outcome="", meeting__cancelled_on__isnull=True
    )
    starts = items.order_by("meeting__starts_at").values_list("meeting__starts_at", flat=True)
    days = [timezone.localdate(start) for start in starts]
    return next((day for day in days if day > on), None)


def _drop_superseded(item: AgendaItem, proposal: Proposal) -> None:
    """Let requests lapse on wordings of the committee that no item carries any more."""
    items = AgendaItem.everything.filter(consultation__proposal=proposal, outcome__in=CHANGED)
    standing = set(items.exclude(pk=item.pk).values_list("result_wording", flat=True))
    if item.outcome in CHANGED and item.result_wording_id is not None:
        standing.add(item.result_wording_id)
    asked = StatementRequest.everything.filter(
        UNSTATED, proposal=proposal, wording__committee=item.committee_id
    )
    proposal.moved_statements = True
    for row in asked:
        if row.wording_id not in standing:
            changed(row, lapsed_on=timezone.localdate())


def _touches_money(proposal: Proposal, wording: Wording) -> bool:
    submission = current_submission(proposal)
    if submission is None or wording.parent is None:
        return False
    content = submission.version.content
    has_money = content["costs"]["items"] or content["positions"] or content["funding"]
    return touches_money(wording.parent.html, wording.html, has_money=bool(has_money))


def _money_offices(proposal: Proposal) -> list[int]:
    rules = CoSigningRule.objects.filter(
        municipality=proposal.municipality_id, retired_on__isnull=True, trigger__in=MONEY
    )
    return list(rules.order_by("office__number", "pk").values_list("office", flat=True))
