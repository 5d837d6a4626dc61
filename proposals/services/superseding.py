"""A new version in the place of an issued one: private to the use cases, inside their event."""

from datetime import date
from typing import Any

from ..models import (
    CoSignature,
    Proposal,
    ProposalVersion,
    ReturnedFrom,
    StatementReason,
    StatementRequest,
    Submission,
)
from ..models.facts import open_requests
from ..models.signing import UNSTATED
from ..rules.asking import changed_parts
from ..rules.co_signing import Stage, Verdict
from ..rules.reminding import Reminder
from .common import changed
from .mails import order_statement_mails
from .submission.asking import ask_offices

# what the new round takes over from the one that it follows
_KEPT = (
    "submitted_on",
    "released_on",
    "released_by_id",
    "signature_mode",
    "signature_name",
    "signature_function",
    "signed_by_word",
    "release_reason",
    "released_own_work",
    "form_checked_on",
)
_SAID = (
    "verdict",
    "remark",
    "version_id",
    "answered_on",
    "answered_by_id",
    "on_behalf_of_id",
    "own_work",
    "expired_on",
    "expiry_note",
)
_SIGNED = ("office_id", "stage", "because", "parts", "due_on", *_SAID)


def supersede(
    proposal: Proposal, submission: Submission, version: ProposalVersion, on: date, **values: Any
) -> Submission:
    """End a round that is on its way and put one with a new version in its place.

    The stations stay as they are: the new round is released and checked as the old one was, but
    for what `values` says otherwise.
    """
    kept = {name: getattr(submission, name) for name in _KEPT}
    changed(submission, returned_on=on, returned_from=ReturnedFrom.SUPERSEDED)
    following = Submission(
        proposal=proposal,  # the instance of the gate
        number=submission.number + 1,
        version=version,
        **{**kept, **values},
    )
    following.save()
    return following


def ask_for_statements(
    following: Submission, replaced: Submission, on: date
) -> list[StatementRequest]:
    """Carry on the signatures that still hold; who covered what is new is asked for a statement.

    Where nothing of an office's parts changed since the replaced round, its row says again what it
    said there: an exchange of something else asks nobody twice, and hides no refusal.
    """
    ask_offices(following.proposal, following, on, only=(Stage.OFFICES,))
    rows = CoSignature.everything.filter(submission=replaced, stage=Stage.OFFICES)
    earlier = {row.office_id: row for row in rows}
    old, new = replaced.version.part_digests, following.version.part_digests
    asked: list[StatementRequest] = []
    for row in open_requests(following):
        before = earlier.get(row.office_id)
        if before is not None and not changed_parts(row.parts, old, new):
            said = {name: getattr(before, name) for name in _SAID}
            changed(row, carried_from_id=before.carried_from_id or before.pk, **said)
        else:
            changed(row, verdict=Verdict.STATEMENT)
            asked.append(_ask(following, row, on))
    order_statement_mails(asked, Reminder.ASKED)
    return asked


def _ask(following: Submission, row: CoSignature, on: date) -> StatementRequest:
    request = StatementRequest(
        proposal=following.proposal,
        office_id=row.office_id,
        reason=StatementReason.EXCHANGE,
        version=following.version,
        asked_on=on,
        due_on=row.due_on,
    )
    _lapse_earlier(request, on)
    request.save()
    following.proposal.moved_statements = True
    return request


def _lapse_earlier(request: StatementRequest, on: date) -> None:
    """Let lapse what the office has not answered on versions that are replaced by now."""
    rows = StatementRequest.everything.filter(
        UNSTATED, proposal=request.proposal, office=request.office_id, version__isnull=False
    )
    for row in rows:
        changed(row, lapsed_on=on)


def keep_signatures(submission: Submission, following: Submission) -> None:
    """Let every signature stand: a typing error re-opens none. They now cover the new letters."""
    digests = following.version.part_digests
    copies: dict[int, CoSignature] = {}
    for row in CoSignature.everything.filter(submission=submission).order_by("pk"):
        values = {name: getattr(row, name) for name in _SIGNED}
        covered = {part: digests[part] for part in row.covered}
        copies[row.pk] = CoSignature(
            proposal=following.proposal,
            submission=following,
            covered=covered,
            carried_from_id=row.carried_from_id or row.pk,
            delegated_by=copies.get(row.delegated_by_id or 0),
            **values,
        )
        copies[row.pk].save()
