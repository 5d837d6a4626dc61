"""Form check by the Sitzungsdienst: into the route, or "formal zurück"."""

from django.utils import timezone

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import Proposal, ReturnedFrom, Role, Submission, User
from ...models.facts import current_submission
from ...rules.errors import RuleViolation
from ..common import changed, require, settle_status
from ..deputies import note_deputy
from ..orders import order
from .answers import FormCheckAnswer
from .returning import refuse_silent_return, send_back


def check_form(*, actor: User, proposal: Proposal, answer: FormCheckAnswer) -> Proposal:
    """Open the route after a look at the form, or send back "formal zurück"."""
    on = answer.on or timezone.localdate()
    act = Act.FORM_CHECKED if answer.passed else Act.FORMALLY_RETURNED
    with event(actor, act, proposal, reason=answer.remark):
        require(policies.can_check_form(actor, proposal), "Die Form prüft nur der Sitzungsdienst.")
        note_deputy(actor, Role.SECRETARY, proposal.municipality_id)
        submission = current_submission(proposal)
        if submission is None or submission.released_on is None:
            raise RuleViolation("Die Vorlage ist noch nicht freigegeben.")
        if submission.form_checked_on is not None:
            raise RuleViolation("Die Form ist schon geprüft.")

        if answer.passed:
            changed(submission, form_checked_on=on)
            order_documents(actor, proposal, submission)
        else:
            refuse_silent_return(answer.remark)
            send_back(submission, ReturnedFrom.FORM_CHECK, on)
        settle_status(proposal)
    return proposal


def order_documents(actor: User, proposal: Proposal, submission: Submission) -> None:
    """Ask for the Word files of the issued version, for both audiences."""
    order("documents", actor, proposal=proposal.pk, version=submission.version_id)
