"""Urgent decisions: another organ decides in place of the council, which is told or approves."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    AgendaItem,
    Committee,
    Consultation,
    Lapse,
    Proposal,
    UrgentDecision,
    User,
)
from ..models.facts import facts, open_consultations, situation
from ..rules.consultation import ConsultationRole, Outcome
from ..rules.errors import RuleViolation
from ..rules.law import UrgentRule
from ..rules.urgency import (
    UrgencyFacts,
    UrgentOrgan,
    objection_to_deciding_urgently,
    objection_to_head_deciding,
    urgent_rule,
)
from ..rules.words import CommitteeKind
from .common import changed, refuse_on, require, settle_status
from .deputies import note_route_deputy
from .effects import insert_follow_up
from .route import refuse_closed_route


@dataclass(frozen=True)
class UrgentAnswer:
    """Which organ decides, and why the council cannot.

    `decided_on` and `signers` are those of a decision by the head; the Hauptausschuss decides in
    its meeting, on whose agenda the paper comes.
    """

    organ: UrgentOrgan
    reason: str
    decided_on: date | None = None
    signers: str = ""


@dataclass(frozen=True)
class _Stations:
    """The open stations that an urgent decision is about; None where there is none."""

    council: Consultation | None
    main: Consultation | None
    main_committee: Committee | None


def decide_urgently(*, actor: User, proposal: Proposal, answer: UrgentAnswer) -> UrgentDecision:
    """Let the organ that the law of the Land names decide in place of the council.

    The Hauptausschuss gets a deciding station, and what follows for the council is inserted with
    its decision; the head has decided, so it is inserted at once. Raises RuleViolation where the
    law knows no such organ, where it is decided already, and for a decision without its signers.
    """
    with event(actor, Act.DECIDED_URGENTLY, proposal, reason=answer.reason):
        require(
            policies.can_decide_urgently(actor, proposal),
            "Eilentscheidungen vermerken nur Verwaltungsleitung und Sitzungsdienst.",
        )
        note_route_deputy(actor, proposal.municipality_id)
        refuse_closed_route(proposal, answer.reason)
        today = timezone.localdate()
        law = proposal.municipality.law(answer.decided_on or today)
        rule = urgent_rule(answer.organ, law.urgent)
        stations = _stations(proposal)
        refuse_on(objection_to_urgency(proposal, answer.organ, stations))
        if answer.organ == UrgentOrgan.HEAD:
            refuse_on(objection_to_head_deciding(answer.decided_on, answer.signers, today, rule))
        assert stations.council is not None

        on = answer.decided_on or today
        changed(
            stations.council,
            lapse=Lapse.URGENT,
            lapsed_on=on,
            lapse_reason=answer.reason.strip()[:400],
        )
        if answer.organ == UrgentOrgan.HEAD:
            decision = _by_head(proposal, stations.council, answer, rule)
        else:
            decision = _by_main_committee(proposal, stations, rule, on)
        settle_status(proposal)
    return decision


def objection_to_urgency(
    proposal: Proposal, organ: UrgentOrgan, stations: _Stations | None = None
) -> RuleViolation | None:
    """Say what keeps an organ from deciding in place of the council; facts are read here."""
    stations = stations or _stations(proposal)
    return objection_to_deciding_urgently(
        UrgencyFacts(
            decided=facts(proposal).decision is not None,
            urgent=situation(proposal).urgent is not None,
            council_decides=stations.council is not None,
            in_place=organ == UrgentOrgan.HEAD or stations.main_committee is not None,
        )
    )


def _stations(proposal: Proposal) -> _Stations:
    rows = open_consultations(proposal)
    council = main = None
    for row in rows:
        deciding = row.role == ConsultationRole.DECISION
        if deciding and row.committee.kind == CommitteeKind.COUNCIL:
            council = council or row
        elif row.committee.kind == CommitteeKind.MAIN_COMMITTEE and (
            row.role == ConsultationRole.PRELIMINARY
        ):
            main = main or row
    bodies = Committee.objects.filter(
        municipality=proposal.municipality_id, kind=CommitteeKind.MAIN_COMMITTEE
    )
    return _Stations(council, main, main.committee if main else bodies.order_by("pk").first())


def _by_main_committee(
    proposal: Proposal, stations: _Stations, rule: UrgentRule, on: date
) -> UrgentDecision:
    """Let the Hauptausschuss decide where it would have advised; its place on an agenda stays."""
    council, advice = stations.council, stations.main
    assert council is not None
    station = Consultation(
        proposal=proposal,
        committee=stations.main_committee,
        role=ConsultationRole.DECISION,
        position=(advice or council).position,
        replaces=advice,
    )
    station.save()
    if advice is not None:
        changed(advice, lapse=Lapse.URGENT, lapsed_on=on)
        _hand_over(advice, station)
    _take_off(council)
    decision = UrgentDecision(
        proposal=proposal,
        organ=UrgentOrgan.MAIN_COMMITTEE,
        consultation=station,
        instead_of=council,
        paragraph=rule.paragraph,
    )
    decision.save()
    return decision


def _by_head(
    proposal: Proposal, council: Consultation, answer: UrgentAnswer, rule: UrgentRule
) -> UrgentDecision:
    """Note what the head decided; advice comes too late, the council is told or approves."""
    assert answer.decided_on is not None
    for row in open_consultations(proposal):
        if row.pk != council.pk and row.role != ConsultationRole.NOTE:
            _take_off(row)
            changed(row, lapse=Lapse.URGENT, lapsed_on=answer.decided_on)
    decision = UrgentDecision(
        proposal=proposal,
        organ=UrgentOrgan.HEAD,
        instead_of=council,
        decided_on=answer.decided_on,
        signers=answer.signers.strip()[:400],
        paragraph=rule.paragraph,
    )
    decision.save()
    following = insert_follow_up(decision, None)
    if following is not None:
        _hand_over(council, following)
    return decision


def _hand_over(old: Consultation, new: Consultation) -> None:
    """Let the open place that a station has on an agenda be the one of its successor."""
    for item in AgendaItem.everything.filter(consultation=old, outcome=""):
        changed(item, consultation=new)


def _take_off(row: Consultation) -> None:
    """Take a station that falls away off the agenda on which it stands."""
    for item in AgendaItem.everything.filter(consultation=row, outcome=""):
        changed(item, outcome=Outcome.TAKEN_OFF, revision=item.revision + 1)
