"""The route while it is planned: private to the use cases that change it."""

from collections.abc import Sequence

from django.db.models import Max

from ..models import Consultation, Proposal
from ..models.consultation import OPEN
from ..models.facts import current_submission
from ..rules.consultation import ConsultationRole
from ..rules.errors import RuleViolation
from ..rules.route import objection_to_role
from ..rules.words import ProposalKind
from .common import refuse_on

STEP = 10  # room between two stations, for those that are inserted later


def plan_route(proposal: Proposal, wanted: Sequence[tuple[int, ConsultationRole]]) -> None:
    """Make the open stations of a draft say `wanted` (committee, role), in order.

    Stations that are concluded or lapsed stay as they are, before the planned ones. Raises
    RuleViolation for a vote on a paper that is never voted on.
    """
    for _, role in wanted:
        refuse_on(objection_to_role(ProposalKind(proposal.kind), role))
    rows = Consultation.everything.filter(proposal=proposal)
    present = list(rows.filter(OPEN).order_by("position", "pk"))
    closed = rows.exclude(pk__in=[row.pk for row in present])
    start: int = closed.aggregate(last=Max("position"))["last"] or 0
    for index, (committee_id, role) in enumerate(wanted):
        position = start + STEP * (index + 1)
        row = present[index] if index < len(present) else Consultation(proposal=proposal)
        if (row.committee_id, row.role, row.position) == (committee_id, role, position):
            continue
        row.committee_id, row.role, row.position = committee_id, role, position
        row.save()
    for row in present[len(wanted) :]:
        row.delete()


def next_position(proposal: Proposal, after: int | None = None) -> int:
    """Return the position behind `after` (a position), or behind the last station."""
    rows = Consultation.everything.filter(proposal=proposal)
    if after is not None:
        # behind what was inserted there before, ahead of the next planned station
        gap = rows.filter(position__gte=after, position__lt=after - after % STEP + STEP)
        return (gap.aggregate(last=Max("position"))["last"] or after) + 1
    last: int = rows.aggregate(last=Max("position"))["last"] or 0
    return last + STEP


def refuse_closed_route(proposal: Proposal, reason: str) -> None:
    """Raise RuleViolation where the route cannot be changed: not begun, withdrawn, no reason."""
    submission = current_submission(proposal)
    if proposal.withdrawn_on is not None:
        raise RuleViolation("Die Vorlage ist zurückgezogen.")
    if submission is None or submission.form_checked_on is None:
        raise RuleViolation("Die Beratungsfolge steht noch im Entwurf und wird dort geändert.")
    if not reason.strip():
        raise RuleViolation("Bitte einen Grund angeben.", field="reason")
