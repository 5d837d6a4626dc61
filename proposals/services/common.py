"""What every use case leans on: may they, may it be now, and what the status is afterwards."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models

from ..models import Proposal
from ..models.facts import Situation, facts, situation
from ..rules.errors import RuleViolation
from ..rules.lifecycle import ProposalStatus, objection_to_status, status
from .statement_dates import follow_route

_M = TypeVar("_M", bound=models.Model)


def require(allowed: bool, sentence: str) -> None:
    """Raise PermissionDenied with a German sentence unless `allowed`."""
    if not allowed:
        raise PermissionDenied(sentence)


def refuse_on(objection: RuleViolation | None, *, reason: str = "") -> None:
    """Raise the objection; a reason overcomes one that is waivable (warnings are not walls)."""
    if objection is not None and not (objection.waivable and reason.strip()):
        raise objection


def changed(row: _M, **values: object) -> _M:
    """Set the values and save the row, which was read under the proposal's lock; return it.

    All columns are written: with `update_fields` the history would have to read the row again.
    """
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def lock(proposal_pk: int) -> Proposal:
    """Lock and return a proposal's row: the one lock of everything that belongs to it."""
    rows = Proposal.everything.select_for_update(no_key=True)
    return rows.get(pk=proposal_pk)


def settle_status(
    proposal: Proposal,
    *,
    corrects: bool = False,
    known: Situation | None = None,
    **values: object,
) -> None:
    """Let the facts say the status and save it with `values`; the only place that writes it.

    The last act of a use case: what it reads here the engine reads again from the instance.
    An act of the route may only take an allowed step (rules/lifecycle.py); a correction
    (`corrects`) may set whatever the facts demand. `known` is the situation where the act has it
    at hand, with all it changed.
    """
    for name, value in values.items():
        setattr(proposal, name, value)
    proposal.situation = known
    proposal.situation = situation(proposal)
    follow_route(proposal, corrects=corrects)
    demanded = status(facts(proposal))
    if demanded != proposal.status:
        if not corrects:
            refuse_on(objection_to_status(ProposalStatus(proposal.status), demanded))
        values["status"] = proposal.status = demanded
    if values:
        proposal.save()
