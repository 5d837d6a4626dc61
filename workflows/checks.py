"""Do the engine's rows and the status agree with the facts? The independent second description."""

from proposals.models import CoSignature, Proposal, Role
from proposals.models.consultation import Consultation
from proposals.models.facts import current_submission, is_on_agenda, open_consultations
from proposals.models.standing import permission
from proposals.rules.co_signing import Verdict

from .engine import Turn
from .flows import drafting_permission

Expected = tuple[Turn, str]


def expected_turns(proposal: Proposal) -> list[Expected]:
    """Return whose turn it is by the facts alone: (turn, permission string)."""
    house = proposal.municipality_id
    if proposal.withdrawn_on is not None:
        return []
    submission = current_submission(proposal)
    if submission is None:
        return [(Turn(proposal.pk, "draft"), drafting_permission(proposal))]
    if submission.form_checked_on is not None:
        return [_station_turn(row) for row in open_consultations(proposal)]
    if submission.released_on is not None:
        return [(Turn(proposal.pk, "check_form"), permission(Role.SECRETARY, house))]
    pending = CoSignature.everything.filter(submission=submission, verdict=Verdict.PENDING)
    asked = [
        (Turn(proposal.pk, "co_sign", row.pk), permission(Role.CO_SIGNER, row.office_id))
        for row in pending
    ]
    return asked or [(Turn(proposal.pk, "release"), permission(Role.HEAD, house))]


def _station_turn(row: Consultation) -> Expected:
    step = "treat" if is_on_agenda(row) else "schedule"
    secretary = permission(Role.COMMITTEE_SECRETARY, row.committee_id)
    return Turn(row.proposal_id, step, row.pk), secretary
