"""An office answers: its signature covers its parts of the version it was asked about."""

from datetime import date

from django.utils import timezone

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import CoSignature, ReturnedFrom, User
from ...models.standing import standing_of
from ...rules.co_signing import Verdict, objection_to_co_signing, sends_back, signs
from ...rules.reminding import Reminder
from ..common import changed, refuse_on, require, settle_status
from ..deputies import note_deputy
from ..mails import order_mails
from .answers import CoSignAnswer, LateAnswer
from .asking import begin_stage
from .returning import send_back


def co_sign(*, actor: User, co_signature: CoSignature, answer: CoSignAnswer) -> CoSignature:
    """Record an office's answer to the version it was asked about.

    A change requested sends the draft back to the lead office at once; a refusal goes up to whoever
    releases. Raises PermissionDenied for another office, RuleViolation for an answer that cannot
    be.
    """
    proposal, on = co_signature.proposal, answer.on or timezone.localdate()
    submission = co_signature.submission
    submission.proposal = proposal
    with event(actor, Act.CO_SIGNED, proposal, reason=answer.remark):
        require(
            policies.can_co_sign(actor, co_signature), "Ihr Amt ist nicht um Mitzeichnung gebeten."
        )
        facts = co_signature.facts(actor, answer.verdict, answer.remark)
        refuse_on(objection_to_co_signing(facts), reason=answer.remark)

        write_answer(actor, co_signature, answer, on)
        if sends_back(answer.verdict):
            send_back(submission, ReturnedFrom.CO_SIGNING, on)
        else:
            order_mails(actor, begin_stage(submission, on), Reminder.ASKED)
        settle_status(proposal)
    return co_signature


def write_answer(
    actor: User, co_signature: CoSignature, answer: CoSignAnswer | LateAnswer, on: date
) -> None:
    """Write what an office answered: the verdict, the parts it covers, and in whose place."""
    version = co_signature.submission.version
    note_deputy(actor, co_signature.role, co_signature.office_id)
    own = co_signature.submission.is_work_of(actor) and signs(answer.verdict)
    changed(
        co_signature,
        verdict=Verdict(answer.verdict),
        remark=answer.remark.strip(),
        version=version,
        covered={part: version.part_digests[part] for part in co_signature.parts},
        answered_on=on,
        answered_by=actor,
        on_behalf_of_id=standing_of(actor).stands_in_for(co_signature.role, co_signature.office_id),
        own_work=own,
    )
