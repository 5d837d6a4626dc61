"""Statements follow the route: due at its next meeting, lapsed at its end, back if it reopens.

Private to the use cases; everything runs inside their event.
"""

from collections.abc import Iterable

from django.utils import timezone

from ..models import AgendaItem, Proposal, ReturnedFrom, StatementRequest, Submission, Wording
from ..models.facts import open_consultations, situation
from ..models.signing import UNSTATED
from ..rules.consultation import Effect, Outcome, effect_of
from ..rules.reminding import Reminder
from ..rules.results import CHANGED
from ..rules.statements import DealsWithIt, due_day
from .mails import order_statement_mails


def follow_route(proposal: Proposal, *, corrects: bool) -> None:
    """Let what offices were asked for follow where the proposal stands after an act.

    It lapses once the route has ended; a correction that opens the route again (`corrects`) brings
    back what is asked still.
    """
    is_open = bool(open_consultations(proposal))
    if corrects and is_open:
        _bring_back(proposal)
    elif situation(proposal).asked and not is_open:
        proposal.moved_statements = True
        for row in StatementRequest.everything.filter(UNSTATED, proposal=proposal):
            _save(row, lapsed_on=timezone.localdate())
    if is_open and (situation(proposal).asked or proposal.moved_statements):
        follow_meetings([proposal])


def follow_meetings(proposals: Iterable[Proposal]) -> None:
    """Let open statements on a committee's wording be due at the next meeting as it is now.

    What another version asked has a deadline of its own, which no meeting moves.
    """
    asked: dict[int, list[StatementRequest]] = {}
    papers = [proposal.pk for proposal in proposals]
    rows = StatementRequest.everything.filter(UNSTATED, proposal__in=papers)
    for row in rows.filter(wording__isnull=False):
        asked.setdefault(row.proposal_id, []).append(row)
    for proposal_id, requests in asked.items():
        meetings = meetings_of(proposal_id)
        for row in requests:
            day = due_day(row.asked_on, meetings, row.due_on)
            if day != row.due_on:  # a reminder of the old day says nothing about the new one
                _save(row, due_on=day, reminded_on=None)


def meetings_of(proposal_id: int) -> list[DealsWithIt]:
    """Return the meetings that deal with a proposal, or have dealt with it."""
    items = AgendaItem.everything.filter(
        consultation__proposal=proposal_id, meeting__cancelled_on__isnull=True
    )
    return [
        DealsWithIt(timezone.localdate(starts_at), bool(outcome))
        for starts_at, outcome in items.values_list("meeting__starts_at", "outcome")
        if not outcome or effect_of(Outcome(outcome)) != Effect.STAYS_OPEN
    ]


def _bring_back(proposal: Proposal) -> None:
    """Ask again what had lapsed unanswered, where an item of this round still carries it."""
    items = AgendaItem.everything.filter(consultation__proposal=proposal, outcome__in=CHANGED)
    lapsed = StatementRequest.everything.filter(
        proposal=proposal,
        answered_on__isnull=True,
        lapsed_on__isnull=False,
        wording__in=items.values("result_wording"),
    )
    rows = list(lapsed)
    first = _first_wording(proposal) if rows else None
    back = [row for row in rows if first is not None and (row.wording_id or 0) > first]
    for row in back:
        proposal.moved_statements = True
        _save(row, lapsed_on=None, reminded_on=None)
    order_statement_mails(back, Reminder.ASKED)


def _first_wording(proposal: Proposal) -> int | None:
    """Return the wording with which this round came to the committees; later ones are theirs.

    A version that took the place of another in the route begins no round.
    """
    version = None
    for row in Submission.everything.filter(proposal=proposal).order_by("-number"):
        if version is not None and row.returned_from != ReturnedFrom.SUPERSEDED:
            break
        version = row.version_id
    rows = Wording.everything.filter(version=version).values_list("pk", flat=True)
    return rows.first() if version is not None else None


def _save(row: StatementRequest, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
