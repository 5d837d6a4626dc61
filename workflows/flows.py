"""The flows, wiring only: drafting and release, one station, one result whose count was wrong.

Gateways ask facts and hold none: were every engine row lost, the gate would rebuild them.
"""

from typing import Any

from viewflow import this
from viewflow.workflow import flow

from proposals.models import Consultation, CoSignature, Proposal, ResultReview, Role
from proposals.models.facts import current_submission
from proposals.models.standing import permission
from proposals.rules.co_signing import Verdict
from proposals.rules.words import ProposalKind

from .models import ConsultationProcess, ProposalProcess, ReviewProcess
from .nodes import Ask, ForEach, ProposalLock, Stations, Step


def drafting_permission(proposal: Proposal) -> str:
    """Return whose turn drafting is: the lead office, of a motion the Sitzungsdienst."""
    if ProposalKind(proposal.kind).is_motion:
        return permission(Role.SECRETARY, proposal.municipality_id)
    return permission(Role.CLERK, proposal.lead_office_id)


def _drafters(activation: Any) -> str:
    return drafting_permission(activation.process.proposal)


def _asked_office(activation: Any) -> str:
    return permission(Role.CO_SIGNER, activation.task.seed.office_id)


def _head(activation: Any) -> str:
    return permission(Role.HEAD, activation.process.proposal.municipality_id)


def _secretary(activation: Any) -> str:
    return permission(Role.SECRETARY, activation.process.proposal.municipality_id)


def _committee_secretary(activation: Any) -> str:
    committee_id = activation.process.consultation.committee_id
    return permission(Role.COMMITTEE_SECRETARY, committee_id)


def _head_of_review(activation: Any) -> str:
    return permission(Role.HEAD, activation.process.review.proposal.municipality_id)


def _legal(activation: Any) -> str:
    return permission(Role.LEGAL, activation.process.review.proposal.municipality_id)


class ReviewFlow(flow.Flow):
    """Ergebnisprüfung: the Rechtsamt advises, the head decides; a stay leaves it open."""

    process_class = ReviewProcess
    process_title = "Ergebnisprüfung"
    lock_impl = ProposalLock()

    start = flow.StartHandle(this.attach).Annotation(title="Zählfehler").Next(this.begin)
    begin = (
        flow.Split()
        .Annotation(title="Prüfung offen")
        .Next(this.advise_review)
        .Next(this.decide_review)
    )
    advise_review = Step().Annotation(title="Stellung nehmen").Permission(_legal).Next(this.advised)
    advised = flow.End().Annotation(title="Stellungnahme liegt vor")
    decide_review = (
        Step().Annotation(title="Entscheiden").Permission(_head_of_review).Next(this.decided)
    )
    decided = (
        Ask(this.is_decided)
        .Annotation(title="Entschieden?")
        .Then(this.finished)
        .Else(this.decide_review)
    )
    finished = flow.TerminateEnd().Annotation(title="Prüfung beendet")

    def attach(self, activation: Any, review: ResultReview) -> Any:
        """Point the process at its row."""
        activation.process.review = review
        return activation.process

    def is_decided(self, activation: Any) -> bool:
        """Ask the fact: a stay of execution decides nothing yet."""
        return activation.process.review.decided_on is not None

    @staticmethod
    def proposal_id_of(process_pk: int) -> Any:
        """Return the proposal of a process, as a sub-select."""
        rows = ReviewProcess.objects.filter(pk=process_pk).order_by()
        return rows.values("review__proposal")[:1]


class ConsultationFlow(flow.Flow):
    """Beratung: from the agenda to the result, again while it is postponed."""

    process_class = ConsultationProcess
    process_title = "Beratung"
    lock_impl = ProposalLock()

    start = flow.StartHandle(this.attach).Annotation(title="Beratung eröffnet").Next(this.schedule)
    schedule = (
        Step()
        .Annotation(title="Auf die Tagesordnung setzen")
        .Permission(_committee_secretary)
        .Next(this.treat)
    )
    treat = (
        Step()
        .Annotation(title="Ergebnis erfassen")
        .Permission(_committee_secretary)
        .Next(this.concluded)
    )
    concluded = (
        Ask(this.is_concluded)
        .Annotation(title="Abgeschlossen?")
        .Then(this.closed)
        .Else(this.schedule)
    )
    closed = flow.End().Annotation(title="Beratung abgeschlossen")

    def attach(self, activation: Any, consultation: Consultation) -> Any:
        """Point the process at its row."""
        activation.process.consultation = consultation
        return activation.process

    def is_concluded(self, activation: Any) -> bool:
        """Ask the fact: postponed or removed leaves the station open."""
        return not activation.process.consultation.is_open

    @staticmethod
    def proposal_id_of(process_pk: int) -> Any:
        """Return the proposal of a process, as a sub-select."""
        rows = ConsultationProcess.objects.filter(pk=process_pk).order_by()
        return rows.values("consultation__proposal")[:1]


class ProposalFlow(flow.Flow):
    """Vorlage: draft, parallel Mitzeichnung, Freigabe, Formprüfung, then the stations."""

    process_class = ProposalProcess
    process_title = "Vorlage"
    lock_impl = ProposalLock()

    start = flow.StartHandle(this.attach).Annotation(title="Angelegt").Next(this.begin)
    begin = flow.Split().Annotation(title="Vorgang offen").Next(this.draft).Next(this.withdraw)
    withdraw = flow.Handle().Annotation(title="Zurückziehen").Next(this.withdrawn)
    withdrawn = flow.TerminateEnd().Annotation(title="zurückgezogen")

    draft = (
        Step()
        .Annotation(title="Entwurf bearbeiten und abgeben")
        .Permission(_drafters)
        .Next(this.ask_offices)
    )
    ask_offices = (
        ForEach(this.open_co_signatures)
        .Annotation(title="Mitzeichnung anfordern")
        .Next(this.co_sign)
        .IfNone(this.to_release)
    )
    co_sign = Step().Annotation(title="Mitzeichnen").Permission(_asked_office).Next(this.co_signed)
    co_signed = (
        flow.Join(continue_on_condition=this.was_sent_back)
        .Annotation(title="Mitzeichnung vollständig")
        .Next(this.agreed)
    )
    agreed = (
        Ask(this.is_submitted)
        .Annotation(title="Alle einverstanden?")
        .Then(this.to_release)
        .Else(this.draft)
    )
    to_release = (
        Ask(this.is_released)
        .Annotation(title="Ohne Freigabe?")
        .Then(this.check_form)
        .Else(this.release)
    )
    release = Step().Annotation(title="Freigeben").Permission(_head).Next(this.released)
    released = (
        Ask(this.is_released)
        .Annotation(title="Freigegeben?")
        .Then(this.check_form)
        .Else(this.draft)
    )
    check_form = (
        Step().Annotation(title="Form prüfen").Permission(_secretary).Next(this.form_checked)
    )
    form_checked = (
        Ask(this.is_form_checked)
        .Annotation(title="Form in Ordnung?")
        .Then(this.in_consultation)
        .Else(this.draft)
    )
    in_consultation = (
        Stations("id_process_consultation").Annotation(title="In Beratung").Next(this.returned)
    )
    returned = (
        Ask(this.is_submitted)
        .Annotation(title="Beratung zu Ende?")
        .Then(this.finished)
        .Else(this.draft)
    )
    finished = flow.TerminateEnd().Annotation(title="Beratung abgeschlossen")

    def attach(self, activation: Any, proposal: Proposal) -> Any:
        """Point the process at its row."""
        activation.process.proposal = proposal
        return activation.process

    def open_co_signatures(self, activation: Any) -> list[CoSignature]:
        """Return the unanswered requests of the hand-in under way."""
        submission = current_submission(activation.process.proposal)
        if submission is None:
            return []
        rows = CoSignature.everything.filter(submission=submission, verdict=Verdict.PENDING)
        return list(rows.order_by("pk"))

    def was_sent_back(self, activation: Any, active_tasks: Any) -> bool:
        """Ask the fact: one objection ends the round, the other requests lapse."""
        return current_submission(activation.process.proposal) is None

    def is_submitted(self, activation: Any) -> bool:
        """Ask the fact: is a hand-in under way?"""
        return current_submission(activation.process.proposal) is not None

    def is_released(self, activation: Any) -> bool:
        """Ask the fact: is it released?"""
        submission = current_submission(activation.process.proposal)
        return submission is not None and submission.released_on is not None

    def is_form_checked(self, activation: Any) -> bool:
        """Ask the fact: is the route open?"""
        submission = current_submission(activation.process.proposal)
        return submission is not None and submission.form_checked_on is not None

    @staticmethod
    def proposal_id_of(process_pk: int) -> Any:
        """Return the proposal of a process, as a sub-select."""
        return ProposalProcess.objects.filter(pk=process_pk).order_by().values("proposal")[:1]
