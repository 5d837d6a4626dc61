"""Reminders: run by the clock, in the name of whoever handed the proposal in."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils import timezone

from ..history.acts import Act
from ..history.journal import event, transaction_of_record
from ..models import AgendaItem, ClosedDay, CoSignature, Municipality, StatementRequest
from ..models.facts import current_submission, open_requests
from ..models.signing import UNSTATED
from ..rules.co_signing import Verdict
from ..rules.reminding import Reminder, reminder_due
from .common import changed, lock
from .mails import order_mails, order_statement_mails

Request = CoSignature | StatementRequest


def remind(
    on: date | None = None, report: Callable[[Request, Reminder], None] = lambda row, why: None
) -> int:
    """Remind every office whose deadline is near or over; return how many were.

    Each is an event of its own; a second run on the same day reminds nobody twice.
    """
    on, count = on or timezone.localdate(), 0
    closed: dict[int, set[date]] = {}
    rows: list[Request] = [*_pending(), *_unstated()]
    for row in rows:
        house = row.proposal.municipality
        days = closed.setdefault(house.pk, _closed_days(house))
        if reminder_due(row.due_on, row.reminded_on, on, house.land, days) is None:
            continue
        remind_one = _remind if isinstance(row, CoSignature) else _remind_of_statement
        why = remind_one(row.proposal_id, row.pk, on, days)
        if why is not None:
            count += 1
            report(row, why)
    return count


def _pending() -> Iterable[CoSignature]:
    pending = CoSignature.everything.filter(
        verdict=Verdict.PENDING,
        due_on__isnull=False,
        submission__returned_on__isnull=True,
        proposal__withdrawn_on__isnull=True,
    )
    return pending.select_related("proposal__municipality").order_by("pk")


def _unstated() -> Iterable[StatementRequest]:
    asked = StatementRequest.everything.filter(UNSTATED, due_on__isnull=False)
    return asked.select_related("proposal__municipality").order_by("pk")


def _closed_days(house: Municipality) -> set[date]:
    return set(ClosedDay.objects.filter(municipality=house).values_list("day", flat=True))


def _remind(proposal_pk: int, pk: int, on: date, closed: set[date]) -> Reminder | None:
    """Remind one office, with its proposal held still; None where it has answered meanwhile."""
    with transaction_of_record():
        proposal = lock(proposal_pk)
        row = CoSignature.everything.select_related("submission__version__author").get(pk=pk)
        stage = {request.pk for request in open_requests(row.submission)}
        why = reminder_due(row.due_on, row.reminded_on, on, proposal.municipality.land, closed)
        if proposal.withdrawn_on is not None or pk not in stage or why is None:
            return None
        actor = row.submission.version.author or proposal.author
        with event(actor, Act.REMINDED, proposal):
            changed(row, reminded_on=on)
            order_mails(actor, [row], why)
    return why


def _remind_of_statement(proposal_pk: int, pk: int, on: date, closed: set[date]) -> Reminder | None:
    """Remind one office of its statement; None where it has answered, or nobody asks any more.

    The entry names the item whose wording it is about, so that it tells nobody else of that.
    """
    with transaction_of_record():
        proposal = lock(proposal_pk)
        row = StatementRequest.everything.filter(UNSTATED, pk=pk).first()
        if row is None:
            return None
        why = reminder_due(row.due_on, row.reminded_on, on, proposal.municipality.land, closed)
        if why is None:
            return None
        submission = current_submission(proposal)
        author = submission.version.author if submission is not None else None
        items = AgendaItem.everything.filter(result_wording=row.wording_id or 0)
        with event(author or proposal.author, Act.STATEMENT_REMINDED, proposal, *items[:1]):
            changed(row, reminded_on=on)
            order_statement_mails([row], why)
    return why
