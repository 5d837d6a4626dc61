"""From hand-in to form check: submit, co-sign, release, check the form, and every way back."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    CoSignature,
    CoSigningOffice,
    NumberAt,
    Proposal,
    Relation,
    ReturnedFrom,
    SignatureMode,
    Submission,
    User,
)
from ..models.consultation import OPEN, Consultation
from ..models.facts import current_submission, situation
from ..rules.co_signing import Verdict, objection_to_co_signing, sends_back
from ..rules.consultation import ConsultationRole
from ..rules.drafting import DraftFacts, objection_to_submission
from ..rules.errors import RuleViolation
from ..rules.relations import RelationKind
from ..rules.route import objection_to_planned_route
from ..rules.sections import SECTIONS_OF, is_required
from ..rules.words import ProposalKind
from .common import changed, order, refuse_on, require, settle_status
from .numbering import issue_number
from .versions import freeze


@dataclass(frozen=True)
class SubmitAnswer:
    """Hand in; `on` is the business date (today if None).

    `reason` explains a route without a deciding body, or with more than one.
    """

    on: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class CoSignAnswer:
    """What an office answers."""

    verdict: Verdict
    remark: str = ""
    on: date | None = None


@dataclass(frozen=True)
class ReleaseAnswer:
    """Release with a signature, or send back with a remark."""

    released: bool
    remark: str = ""
    signature_mode: SignatureMode = SignatureMode.OWN
    signature_name: str = ""
    signature_function: str = ""
    on: date | None = None


@dataclass(frozen=True)
class FormCheckAnswer:
    """Pass the form check, or send back with a remark."""

    passed: bool
    remark: str = ""
    on: date | None = None


def submit(*, actor: User, proposal: Proposal, answer: SubmitAnswer) -> Proposal:
    """Freeze a version and ask every chosen office; the draft is closed from here on."""
    on = answer.on or timezone.localdate()
    with event(actor, Act.SUBMITTED, proposal, reason=answer.reason):
        require(policies.can_edit(actor, proposal), "Nur die Federführung gibt die Vorlage ab.")
        refuse_on(objection_to_submission(draft_facts(proposal)))
        refuse_on(objection_to_route(proposal), reason=answer.reason)

        version = freeze(proposal)
        newest = situation(proposal).submission
        is_motion = ProposalKind(proposal.kind).is_motion
        submission = Submission(
            proposal=proposal,
            number=newest.number + 1 if newest else 1,
            version=version,
            submitted_on=on,
            # a motion has a mover and needs nobody's release
            released_on=on if is_motion else None,
        )
        submission.save()
        asked = CoSigningOffice.everything.filter(proposal=proposal).order_by("office")
        for request in () if is_motion else asked:
            CoSignature(
                proposal=proposal, submission=submission, office_id=request.office_id
            ).save()
        due = {NumberAt.SUBMISSION, NumberAt.RELEASE} if is_motion else {NumberAt.SUBMISSION}
        if proposal.number is None and proposal.municipality.number_at in due:
            settle_status(proposal, number=issue_number(proposal, on))
        else:
            settle_status(proposal)
    return proposal


def draft_facts(proposal: Proposal) -> DraftFacts:
    """Return what the rule on handing in asks."""
    kind = ProposalKind(proposal.kind)
    filled = {row.section for row in proposal.texts.all() if row.html}
    names = proposal.municipality.section_names
    missing = [
        str(names.get(section.value, section.label))
        for section in SECTIONS_OF[kind]
        if is_required(kind, section) and section not in filled
    ]
    return DraftFacts(
        kind=kind,
        subject=proposal.subject,
        missing_sections=tuple(missing),
        stations=Consultation.everything.filter(OPEN, proposal=proposal).count(),
        cost_items=proposal.cost_items.count(),
        no_financial_effect=proposal.no_financial_effect,
        under_way=current_submission(proposal) is not None,
        withdrawn=proposal.withdrawn_on is not None,
        mover=proposal.mover,
        amends=Relation.everything.filter(proposal=proposal, kind=RelationKind.AMENDS).exists(),
    )


def objection_to_route(proposal: Proposal) -> RuleViolation | None:
    """Ask for a reason where the planned route lacks a decision or has more than one."""
    rows = Consultation.everything.filter(OPEN, proposal=proposal)
    roles = [ConsultationRole(role) for role in rows.values_list("role", flat=True)]
    return objection_to_planned_route(roles)


def co_sign(*, actor: User, co_signature: CoSignature, answer: CoSignAnswer) -> CoSignature:
    """Record an office's answer to the version it was asked about.

    A change requested or a refusal sends the draft back to the lead office.
    """
    proposal, on = co_signature.proposal, answer.on or timezone.localdate()
    with event(actor, Act.CO_SIGNED, proposal, reason=answer.remark):
        require(
            policies.can_co_sign(actor, co_signature), "Ihr Amt ist nicht um Mitzeichnung gebeten."
        )
        facts = co_signature.facts(actor, answer.verdict, answer.remark)
        refuse_on(objection_to_co_signing(facts), reason=answer.remark)

        changed(
            co_signature,
            verdict=answer.verdict,
            remark=answer.remark.strip(),
            covered=co_signature.submission.version.part_digests,
            answered_on=on,
            answered_by=actor,
        )
        if sends_back(answer.verdict):
            _send_back(co_signature.submission, ReturnedFrom.CO_SIGNING, on)
        settle_status(proposal)
    return co_signature


def release(*, actor: User, proposal: Proposal, answer: ReleaseAnswer) -> Proposal:
    """Release as head of the administration, or send back with a remark."""
    on = answer.on or timezone.localdate()
    act = Act.RELEASED if answer.released else Act.RELEASE_REFUSED
    with event(actor, act, proposal, reason=answer.remark):
        require(policies.can_release(actor, proposal), "Freigeben darf nur die Verwaltungsleitung.")
        where = situation(proposal)
        refuse_on(objection_to_release(where.current, where.open_co_signatures))
        submission = where.current
        assert submission is not None

        if not answer.released:
            _refuse_silent_return(answer.remark)
            _send_back(submission, ReturnedFrom.RELEASE, on)
            settle_status(proposal)
            return proposal
        changed(
            submission,
            released_on=on,
            released_by=actor,
            signature_mode=answer.signature_mode,
            signature_name=answer.signature_name.strip(),
            signature_function=answer.signature_function.strip(),
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


def check_form(*, actor: User, proposal: Proposal, answer: FormCheckAnswer) -> Proposal:
    """Open the route after a look at the form, or send back "formal zurück"."""
    on = answer.on or timezone.localdate()
    act = Act.FORM_CHECKED if answer.passed else Act.FORMALLY_RETURNED
    with event(actor, act, proposal, reason=answer.remark):
        require(policies.can_check_form(actor, proposal), "Die Form prüft nur der Sitzungsdienst.")
        submission = current_submission(proposal)
        if submission is None or submission.released_on is None:
            raise RuleViolation("Die Vorlage ist noch nicht freigegeben.")
        if submission.form_checked_on is not None:
            raise RuleViolation("Die Form ist schon geprüft.")

        if answer.passed:
            changed(submission, form_checked_on=on)
            order_documents(actor, proposal, submission)
        else:
            _refuse_silent_return(answer.remark)
            _send_back(submission, ReturnedFrom.FORM_CHECK, on)
        settle_status(proposal)
    return proposal


def order_documents(actor: User, proposal: Proposal, submission: Submission) -> None:
    """Ask for the Word files of the issued version, for both audiences."""
    order("documents", actor, proposal=proposal.pk, version=submission.version_id)


def _send_back(submission: Submission, source: ReturnedFrom, on: date) -> None:
    changed(submission, returned_on=on, returned_from=source)


def _refuse_silent_return(remark: str) -> None:
    if not remark.strip():
        raise RuleViolation(
            "Bitte schreiben Sie der Federführung, was zu ändern ist.", field="remark"
        )
