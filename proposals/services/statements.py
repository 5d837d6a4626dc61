"""Stellungnahmen: offices are asked about a change after their signature, and nobody waits."""

from collections.abc import Iterable
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
    Role,
    StatementReason,
    StatementRequest,
    User,
    Wording,
)
from ..models.facts import current_submission, situation
from ..models.signing import UNSTATED
from ..rules.co_signing import Trigger
from ..rules.reminding import Reminder
from ..rules.results import CHANGED
from ..rules.statements import due_day, objection_to_stating, touches_money
from .common import changed, refuse_on, require
from .deputies import note_deputy
from .mails import order_statement_mails
from .statement_dates import meetings_of

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
        note_deputy(actor, Role.CO_SIGNER, request.office_id)
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

    One that had fallen away with the wording is asked for again; who has answered is not.
    """
    proposal.moved_statements = True
    able = set(Office.objects.that_can_sign().values_list("pk", flat=True))
    asked = {row.office_id: row for row in _on_the_same(proposal, wording)}
    due_on, new = due_day(on, meetings_of(proposal.pk)), list[StatementRequest]()
    for office in dict.fromkeys(offices):
        old = asked.get(office)
        if old is not None and old.lapsed_on is not None and old.answered_on is None:
            values = {"wording": wording, "asked_on": on, "due_on": due_on}
            new.append(changed(old, lapsed_on=None, reminded_on=None, **values))
        elif old is None and office in able and office != proposal.lead_office_id:
            row = StatementRequest(
                proposal=proposal,
                office_id=office,
                reason=StatementReason.COMMITTEE_WORDING,
                wording=wording,
                asked_on=on,
                due_on=due_on,
            )
            row.save()
            new.append(row)
    order_statement_mails(new, Reminder.ASKED)


def _on_the_same(proposal: Proposal, wording: Wording) -> Iterable[StatementRequest]:
    """Return the requests on the same words of the same body, also where they were typed again."""
    return StatementRequest.everything.filter(
        proposal=proposal,
        wording__committee=wording.committee_id,
        wording__parent=wording.parent_id,
        wording__html=wording.html,
    ).order_by("pk")


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
