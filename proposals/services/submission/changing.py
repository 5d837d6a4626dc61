"""Acts on a round under way: recall, one more office, handing on, going on without, taking on."""

from django.utils import timezone

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import (
    CoSignature,
    CoSigningOffice,
    Office,
    Proposal,
    ReturnedFrom,
    Submission,
    User,
)
from ...models.facts import current_submission
from ...rules.asking import CONTENT
from ...rules.co_signing import (
    AskedOffice,
    CoSigningFacts,
    Stage,
    Trigger,
    Verdict,
    objection_to_asking,
    objection_to_delegating,
    objection_to_expiry,
    objection_to_late_answer,
    objection_to_recall,
    objection_to_taking,
)
from ...rules.errors import RuleViolation
from ...rules.reminding import Reminder
from ..common import changed, refuse_on, require, settle_status
from ..mails import order_mails
from .answers import (
    AskMoreAnswer,
    DelegateAnswer,
    ExpireAnswer,
    LateAnswer,
    RecallAnswer,
    TakeAnswer,
)
from .asking import able_offices, begin_stage, due_after
from .returning import send_back
from .signing import write_answer

NOT_ASKED = "Ihr Amt ist nicht um Mitzeichnung gebeten."
NOT_LEADING = "Das entscheidet nur die Federführung."


def recall(*, actor: User, proposal: Proposal, answer: RecallAnswer) -> Proposal:
    """Take the draft back to change it; what was signed holds on where it stays the same."""
    on = answer.on or timezone.localdate()
    with event(actor, Act.RECALLED, proposal, reason=answer.note):
        require(policies.can_edit(actor, proposal), NOT_LEADING)
        submission = current_submission(proposal)
        released = submission is not None and submission.released_on is not None
        refuse_on(objection_to_recall(submitted=submission is not None, released=released))
        assert submission is not None

        send_back(submission, ReturnedFrom.LEAD_OFFICE, on)
        settle_status(proposal)
    return proposal


def ask_more(*, actor: User, proposal: Proposal, answer: AskMoreAnswer) -> CoSignature:
    """Ask another office in the running round, and in each that may follow."""
    on = answer.on or timezone.localdate()
    with event(actor, Act.CO_SIGNING_CHANGED, proposal):
        require(policies.can_ask_more(actor, proposal), NOT_LEADING)
        submission = current_submission(proposal)
        office = _office(proposal, answer.office_id)
        _refuse_asking(office, proposal, submission, Stage.OFFICES)
        assert submission is not None

        row = CoSignature(
            proposal=proposal,
            submission=submission,
            office=office,
            because=[Trigger.BY_HAND],
            parts=list(CONTENT),
            due_on=due_after(proposal.municipality, on, None),
        )
        row.save()
        order_mails(actor, [row], Reminder.ASKED)
        if not CoSigningOffice.everything.filter(proposal=proposal, office=office).exists():
            CoSigningOffice(proposal=proposal, office=office).save()
        settle_status(proposal)
    return row


def delegate(*, actor: User, proposal: Proposal, answer: DelegateAnswer) -> CoSignature:
    """Hand a request on to another office, which answers for the same parts by the same day."""
    on = answer.on or timezone.localdate()
    with event(actor, Act.CO_SIGNING_CHANGED, proposal, reason=answer.note):
        row = request_of(proposal, answer.co_signature_id)
        require(policies.can_co_sign(actor, row), NOT_ASKED)
        refuse_on(objection_to_delegating(is_open=row.is_open, note=answer.note))
        if row.stage != Stage.OFFICES:
            raise RuleViolation("Amtsleitung und Dezernat zeichnen selbst oder in Vertretung.")
        office = _office(proposal, answer.office_id)
        _refuse_asking(office, proposal, row.submission, Stage.OFFICES)

        note = answer.note.strip()
        changed(row, verdict=Verdict.DELEGATED, remark=note, answered_on=on, answered_by=actor)
        other = CoSignature(
            proposal=proposal,
            submission=row.submission,
            office=office,
            because=row.because,
            parts=row.parts,
            due_on=row.due_on,
            delegated_by=row,
        )
        other.save()
        order_mails(actor, [other], Reminder.ASKED)
        settle_status(proposal)
    return other


def expire(*, actor: User, proposal: Proposal, answer: ExpireAnswer) -> CoSignature:
    """Go on without an answer whose deadline is over, with a note of the lead office."""
    on = answer.on or timezone.localdate()
    with event(actor, Act.CO_SIGNING_CHANGED, proposal, reason=answer.note):
        require(policies.can_edit(actor, proposal), NOT_LEADING)
        row = request_of(proposal, answer.co_signature_id)
        refuse_on(
            objection_to_expiry(is_open=row.is_open, due_on=row.due_on, on=on, note=answer.note)
        )

        note = answer.note.strip()
        changed(row, verdict=Verdict.EXPIRED, expired_on=on, expiry_note=note)
        order_mails(actor, begin_stage(row.submission, on), Reminder.ASKED)
        settle_status(proposal)
    return row


def answer_late(*, actor: User, proposal: Proposal, answer: LateAnswer) -> CoSignature:
    """Record what an office says after it went on without it; it moves nothing."""
    on = answer.on or timezone.localdate()
    with event(actor, Act.CO_SIGNED, proposal, reason=answer.remark):
        row = request_of(proposal, answer.co_signature_id)
        require(policies.can_co_sign(actor, row), NOT_ASKED)
        objection = objection_to_late_answer(
            CoSigningFacts(
                open=True,
                remark=answer.remark,
                verdict=answer.verdict,
                own_proposal=row.submission.is_work_of(actor),
            ),
            expired=row.verdict == Verdict.EXPIRED,
            current=row.submission.returned_on is None,
        )
        refuse_on(objection, reason=answer.remark)

        write_answer(actor, row, answer, on)
        settle_status(proposal)
    return row


def take_on(*, actor: User, proposal: Proposal, answer: TakeAnswer) -> CoSignature:
    """Take a request of the office's inbox on, or give it back.

    Nothing happens where somebody else took it since the page was opened.
    """
    with event(actor, Act.CO_SIGNING_CHANGED, proposal):
        row = request_of(proposal, answer.co_signature_id)
        require(policies.can_co_sign(actor, row), NOT_ASKED)
        holder = row.taken_by.get_full_name() if row.taken_by else ""
        seen = row.taken_by_id == answer.seen_id
        refuse_on(objection_to_taking(is_open=row.is_open, seen=seen, holder=holder))
        if (row.taken_by_id == actor.pk) != answer.gives_back:
            raise RuleViolation(
                "Sie haben diese Mitzeichnung nicht übernommen."
                if answer.gives_back
                else "Sie haben diese Mitzeichnung schon übernommen."
            )

        changed(row, taken_by=None if answer.gives_back else actor)
    return row


def request_of(proposal: Proposal, pk: int) -> CoSignature:
    """Return a request of the proposal, fresh; raises RuleViolation where there is none."""
    rows = CoSignature.everything.select_related("submission__version", "office", "taken_by")
    row: CoSignature | None = rows.filter(proposal=proposal, pk=pk).first()
    if row is None:
        raise RuleViolation("Diese Mitzeichnung gibt es nicht.")
    row.proposal = row.submission.proposal = proposal
    return row


def _office(proposal: Proposal, pk: int) -> Office:
    office: Office | None = Office.objects.filter(
        municipality=proposal.municipality_id, pk=pk
    ).first()
    if office is None:
        raise RuleViolation("Diese Organisationseinheit gibt es hier nicht.", field="office")
    return office


def _refuse_asking(
    office: Office, proposal: Proposal, submission: Submission | None, stage: Stage
) -> None:
    asked = CoSignature.everything.filter(submission=submission, office=office, stage=stage)
    facts = AskedOffice(
        office.name,
        leads=office.pk == proposal.lead_office_id,
        asked=submission is not None and asked.exists(),
        somebody=office.pk in able_offices(stage),
    )
    released = submission is not None and submission.released_on is not None
    refuse_on(objection_to_asking(facts, submitted=submission is not None, released=released))
