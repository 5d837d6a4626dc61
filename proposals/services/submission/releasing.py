"""Release by the head of the administration, over what the offices said."""

from django.utils import timezone

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import (
    CoSignature,
    NumberAt,
    Proposal,
    ReturnedFrom,
    Role,
    SignatureMode,
    Submission,
    User,
    VersionOrigin,
)
from ...models.facts import situation
from ...rules.co_signing import Verdict, objection_to_overriding
from ...rules.errors import RuleViolation
from ..common import changed, refuse_on, require, settle_status
from ..deputies import note_deputy
from ..numbering import issue_number
from ..versions import freeze
from .answers import ReleaseAnswer
from .returning import refuse_silent_return, send_back


def release(*, actor: User, proposal: Proposal, answer: ReleaseAnswer) -> Proposal:
    """Release as head of the administration, or send back with a remark.

    A refusal, or the head's own work, asks for a reason (four eyes); both are kept.
    """
    on = answer.on or timezone.localdate()
    act = Act.RELEASED if answer.released else Act.RELEASE_REFUSED
    with event(actor, act, proposal, reason=answer.remark):
        require(policies.can_release(actor, proposal), "Freigeben darf nur die Verwaltungsleitung.")
        deputy = note_deputy(actor, Role.HEAD, proposal.municipality_id)
        where = situation(proposal)
        refuse_on(objection_to_release(where.current, where.open_co_signatures))
        submission = where.current
        assert submission is not None

        if not answer.released:
            refuse_silent_return(answer.remark)
            send_back(submission, ReturnedFrom.RELEASE, on)
            settle_status(proposal)
            return proposal
        own = submission.is_work_of(actor)
        refusing = _refusing(submission)
        refuse_on(objection_to_overriding(refusing, own=own), reason=answer.remark)
        changed(
            submission,
            version=freeze(proposal, origin=VersionOrigin.RELEASE, author=actor),
            released_on=on,
            released_by=actor,
            released_own_work=own,
            release_reason=answer.remark.strip() if own or refusing else "",
            signature_mode=_mode(answer, deputy=deputy),
            signature_name=answer.signature_name.strip(),
            signature_function=answer.signature_function.strip(),
            signed_by_word=answer.signed_by_word,
        )
        if proposal.number is None and proposal.municipality.number_at == NumberAt.RELEASE:
            settle_status(proposal, number=issue_number(proposal, on))
        else:
            settle_status(proposal)
    return proposal


def objection_to_release(submission: Submission | None, pending: int) -> RuleViolation | None:
    """Refuse a release of what is not handed in, already released or not yet co-signed."""
    if submission is None:
        return RuleViolation("Die Vorlage liegt noch bei der Federführung.")
    if submission.released_on is not None:
        return RuleViolation("Die Vorlage ist schon freigegeben.")
    if pending:
        return RuleViolation(f"Es fehlen noch Mitzeichnungen: {pending}.")
    return None


def _mode(answer: ReleaseAnswer, *, deputy: bool) -> SignatureMode:
    """Return how it is signed: nobody releases for somebody else as themselves."""
    mode = SignatureMode(answer.signature_mode)
    return SignatureMode.DEPUTY if deputy and mode == SignatureMode.OWN else mode


def _refusing(submission: Submission) -> list[str]:
    """Return the offices that refused to co-sign the version."""
    rows = CoSignature.everything.filter(submission=submission, verdict=Verdict.REFUSED)
    return list(rows.order_by("office__name").values_list("office__name", flat=True))
