"""The flows, wiring only: drafting and release, one station, and what waits beside them.

Gateways ask facts and hold none: were every engine row lost, the gate would rebuild them.
"""

from typing import Any

from viewflow import this
from viewflow.workflow import flow

from proposals.models import CoSignature, Proposal, Role
from proposals.models.facts import current_submission, open_requests
from proposals.models.standing import permission
from proposals.rules.words import ProposalKind

from .models import (
    ConsultationProcess,
    ExchangeProcess,
    ProposalProcess,
    ReviewProcess,
    StatementProcess,
)
from .nodes import Ask, ForEach, MeetingLock, ProposalLock, Stations, Step


def drafting_permission(proposal: Proposal) -> str:
    """Return whose turn drafting is: the lead office, of a motion the Sitzungsdienst."""
    if ProposalKind(proposal.kind).is_motion:
        return permission(Role.SECRETARY, proposal.municipality_id)
    return permission(Role.CLERK, proposal.lead_office_id)


def _drafters(activation: Any) -> str:
    return drafting_permission(activation.process.proposal)


def _asked_office(activation: Any) -> str:
    request = activation.task.seed
    return permission(request.role, request.office_id)


def _stating_office(activation: Any) -> str:
    return permission(Role.CO_SIGNER, activation.process.request.office_id)


def _head(activation: Any) -> str:
    return permission(Role.HEAD, activation.process.proposal.municipality_id)


def _secretary(activation: Any) -> str:
    return permission(Role.SECRETARY, activation.process.proposal.municipality_id)


def _committee_secretary(activation: Any) -> str:
    committee_id = activation.process.consultation.committee_id
    return permission(Role.COMMITTEE_SECRETARY, committee_id)


def _head_of_review(activation: Any) -> str:
    return permission(Role.HEAD, _house_of_review(activation))


def _head_of_exchange(activation: Any) -> str:
    return permission(Role.HEAD, activation.process.exchange.proposal.municipality_id)


def _legal(activation: Any) -> str:
    return permission(Role.LEGAL, _house_of_review(activation))


def _house_of_review(activation: Any) -> int:
    house: int = activation.process.review.agenda_item.committee.municipality_id
    return house


class _FlowOfRow(flow.Flow):
    """What all flows share: the row that a process is about, and the one lock."""

    lock_impl = ProposalLock()

    def attach(self, activation: Any, row: Any) -> Any:
        """Point the process at its row."""
        setattr(activation.process, activation.process.ABOUT, row)
        return activation.process

    @classmethod
    def proposal_id_of(cls, process_pk: int) -> Any:
        """Return the proposal of a process, as a sub-select."""
        about = cls.process_class.ABOUT
        path = about if about == "proposal" else f"{about}__proposal"
        rows = cls.process_class.objects.filter(pk=process_pk).order_by()
        return rows.values(path)[:1]


class ReviewFlow(_FlowOfRow):
    """Ergebnisprüfung: the Rechtsamt advises, the head decides; a stay leaves it open."""

    process_class = ReviewProcess
    process_title = "Ergebnisprüfung"
    lock_impl = MeetingLock()

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

    @classmethod
    def meeting_id_of(cls, process_pk: int) -> Any:
        """Return the meeting of the item of a process, as a sub-select."""
        rows = cls.process_class.objects.filter(pk=process_pk).order_by()
        return rows.values("review__agenda_item__meeting")[:1]

    def is_decided(self, activation: Any) -> bool:
        """Ask the fact: a stay of execution decides nothing yet."""
        return activation.process.review.decided_on is not None


class StatementFlow(_FlowOfRow):
    """Stellungnahme: an office says something on a change; nobody waits for it."""

    process_class = StatementProcess
    process_title = "Stellungnahme"

    start = flow.StartHandle(this.attach).Annotation(title="Stellungnahme erbeten").Next(this.state)
    state = Step().Annotation(title="Stellung nehmen").Permission(_stating_office).Next(this.stated)
    stated = flow.End().Annotation(title="Stellung genommen")


class ExchangeFlow(_FlowOfRow):
    """Austauschfassung: the head releases or refuses it; the stations go on meanwhile."""

    process_class = ExchangeProcess
    process_title = "Austauschfassung"

    start = (
        flow.StartHandle(this.attach)
        .Annotation(title="Austauschfassung vorgelegt")
        .Next(this.decide_exchange)
    )
    decide_exchange = (
        Step()
        .Annotation(title="Austauschfassung freigeben")
        .Permission(_head_of_exchange)
        .Next(this.decided)
    )
    decided = flow.End().Annotation(title="Über die Austauschfassung entschieden")


class ConsultationFlow(_FlowOfRow):
    """Beratung: from the agenda to the result, again while it is postponed."""

    process_class = ConsultationProcess
    process_title = "Beratung"

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

    def is_concluded(self, activation: Any) -> bool:
        """Ask the fact: postponed or removed leaves the station open."""
        return not activation.process.consultation.is_open


class ProposalFlow(_FlowOfRow):
    """Vorlage: draft, Mitzeichnung stage by stage, Freigabe, Formprüfung, then the stations."""

    process_class = ProposalProcess
    process_title = "Vorlage"

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
        .Annotation(title="Stufe vollständig")
        .Next(this.agreed)
    )
    agreed = (
        Ask(this.is_submitted)
        .Annotation(title="Noch bei der Verwaltung?")
        .Then(this.ask_offices)
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

    def open_co_signatures(self, activation: Any) -> list[CoSignature]:
        """Return the unanswered requests of the stage that is on."""
        return open_requests(current_submission(activation.process.proposal))

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
