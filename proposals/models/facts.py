"""What the rules ask about a proposal, read from its rows; shared by use cases and selectors."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Subquery

from ..rules.co_signing import STAGES, Stage, Verdict
from ..rules.consultation import (
    DECIDING,
    UNTREATED,
    ConsultationRole,
    Outcome,
    Station,
)
from ..rules.law import Law
from ..rules.lifecycle import Facts, StationFact
from ..rules.words import CommitteeKind
from .agenda import AgendaItem
from .consultation import Consultation
from .proposal import Proposal
from .review import ResultReview
from .signing import UNSTATED, StatementRequest
from .submission import CoSignature, Submission
from .urgency import UrgentDecision
from .version import Origin, ProposalVersion, Wording, handed_in

# a decision that is not to be carried out for the time being; nothing else can be stayed
STAYED = Q(
    stayed_on__isnull=False,
    decided_on__isnull=True,
    agenda_item__consultation__role=ConsultationRole.DECISION,
    agenda_item__outcome__in=DECIDING,
)


@dataclass(frozen=True)
class Situation:
    """Where a proposal stands: its newest hand-in, what is open in it, and its stations.

    `urgent` is the decision that another organ took in place of the deciding body, `stayed` says
    that a decision is not to be carried out for the time being, `asked` that an office was asked
    for a statement.
    """

    submission: Submission | None
    open_co_signatures: int
    consultations: tuple[Consultation, ...]
    urgent: UrgentDecision | None = None
    stayed: bool = False
    asked: bool = False

    @property
    def current(self) -> Submission | None:
        """Return the hand-in under way; None while the lead office has the draft."""
        if self.submission is None or self.submission.returned_on is not None:
            return None
        return self.submission


def situation(proposal: Proposal) -> Situation:
    """Read where a proposal stands, once per act: `settle_status` leaves it on the instance."""
    if proposal.situation is not None:
        return proposal.situation
    stays = ResultReview.everything.filter(STAYED, proposal=OuterRef("proposal"))
    asked = StatementRequest.everything.filter(UNSTATED, proposal=OuterRef("proposal"))
    rounds = Submission.everything.filter(proposal=proposal)
    rounds = rounds.annotate(stayed=Exists(stays), asked=Exists(asked))
    # one statement for all four: none exists before the first hand-in
    newest = rounds.select_related("proposal__urgent_decision").order_by("-number").first()
    urgent, stayed, pending = None, False, 0
    if newest is not None:
        urgent, stayed = getattr(newest.proposal, "urgent_decision", None), newest.stayed
        newest.proposal = proposal
    if newest is not None and newest.returned_on is None and newest.released_on is None:
        requests = CoSignature.everything.filter(submission=newest, verdict=Verdict.PENDING)
        pending = requests.count()
    rows = Consultation.everything.filter(proposal=proposal).select_related("committee")
    route = tuple(rows.order_by("position", "pk"))
    asks = newest is not None and newest.asked
    return Situation(newest, pending, route, urgent, stayed, asks)


def current_submission(proposal: Proposal) -> Submission | None:
    """Return the hand-in under way; None while the lead office has the draft."""
    if proposal.situation is not None:
        return proposal.situation.current
    return Submission.everything.filter(proposal=proposal, returned_on__isnull=True).first()


def open_requests(submission: Submission | None) -> list[CoSignature]:
    """Return the unanswered requests of the stage that is on: the first that has any."""
    if submission is None or submission.returned_on is not None:
        return []
    pending = CoSignature.everything.filter(submission=submission, verdict=Verdict.PENDING)
    rows = list(pending.select_related("office").order_by("pk"))
    first = min((STAGES.index(Stage(row.stage)) for row in rows), default=0)
    return [row for row in rows if row.stage == STAGES[first]]


def facts(proposal: Proposal) -> Facts:
    """Return everything the status of a proposal is a function of."""
    where = situation(proposal)
    current = where.current
    items = AgendaItem.everything.filter(consultation__in=[row.pk for row in where.consultations])
    marks = items.order_by("meeting__starts_at", "pk").values_list(
        "consultation_id", "outcome", "meeting__invited_on"
    )
    decision, stations = on_the_route(
        where.consultations,
        ((pk, word, day is not None) for pk, word, day in marks),
        urgent=where.urgent,
    )
    return Facts(
        withdrawn=proposal.withdrawn_on is not None,
        submitted=current is not None,
        returned_before=where.submission is not None and current is None,
        open_co_signatures=where.open_co_signatures,
        released=current is not None and current.released_on is not None,
        form_checked=current is not None and current.form_checked_on is not None,
        decision=decision,
        stayed=where.stayed,
        stations=stations,
    )


@dataclass
class _Station:
    role: ConsultationRole
    is_open: bool
    lapsed: bool
    outcome: Outcome | None = None
    invited: bool = False
    turn: int = -1  # when it was dealt with, counted over all treatments

    def fact(self) -> StationFact:
        return StationFact(self.is_open, self.outcome, self.invited, self.lapsed)


def on_the_route(
    consultations: Iterable[Consultation],
    marks: Iterable[tuple[int | None, str, bool]],
    *,
    urgent: UrgentDecision | None = None,
) -> tuple[Outcome | None, tuple[StationFact, ...]]:
    """Return the outcome that decided last, and every station as the status asks for it.

    `marks` are the treatments, oldest first: the consultation, its outcome ("" while it is open)
    and whether the invitation is out. Those of other consultations are passed over, and those
    that came to nothing. `urgent` decided before them all where the head took it; where the
    Hauptausschuss refused to take it nothing is decided.
    """
    rows = {
        row.pk: _Station(ConsultationRole(row.role), row.is_open, bool(row.lapse))
        for row in consultations
    }
    for turn, (pk, outcome, invited) in enumerate(marks):
        station = rows.get(pk or 0)
        if station is None or outcome in UNTREATED:
            continue
        station.invited |= invited
        if outcome and not station.lapsed:
            station.outcome, station.turn = Outcome(outcome), turn
    by_head = urgent is not None and urgent.decided_on is not None
    untaken = urgent.consultation_id if urgent is not None else None
    deciding = [row for pk, row in rows.items() if pk != untaken or row.outcome != Outcome.REJECTED]
    return _decision(deciding, by_head), tuple(row.fact() for row in rows.values())


def _decision(stations: Iterable[_Station], decided_by_head: bool) -> Outcome | None:
    """Return what decided last; who must approve a decision overturns it by rejecting it."""
    decision = Outcome.DECIDED if decided_by_head else None
    for row in sorted(stations, key=lambda station: station.turn):
        decides = row.role == ConsultationRole.DECISION and row.outcome in DECIDING
        overturns = row.role == ConsultationRole.APPROVAL and row.outcome == Outcome.REJECTED
        if decides or (overturns and decision is not None):
            decision = row.outcome
    return decision


def preparing_body(law: Law, deciding: CommitteeKind) -> CommitteeKind | None:
    """Return the kind of body that the law wants heard before a deciding one, or None.

    NI: the main committee before the council (§ 76 Abs. 1 Satz 1 NKomVG).
    """
    kinds = (kind for kind in CommitteeKind if law.body(kind).mandatory_before == deciding)
    return next(kinds, None)


def route_of(proposal: Proposal, mandatory: CommitteeKind | None) -> list[Station]:
    """Return the stations of a proposal as the rules on the route ask for them.

    `mandatory` is the `preparing_body` of the deciding one, or None.
    """
    return [station_of(row, mandatory) for row in situation(proposal).consultations]


def station_of(row: Consultation, mandatory: CommitteeKind | None) -> Station:
    """Return one consultation as the rules on the route ask for it."""
    return Station(
        pk=row.pk,
        position=row.position,
        committee=row.committee.name,
        role=ConsultationRole(row.role),
        is_open=row.is_open,
        mandatory=row.committee.kind == mandatory,
    )


def voting_basis(proposal: Proposal, submission: Submission | None) -> Wording | None:
    """Return the wording the next committee votes on: the latest recommendation, else our own.

    `submission` is the hand-in under way. A recommendation on an earlier version does not outlive
    the new one.
    """
    bases = voting_bases(proposal, submission)
    return bases[-1] if bases else None


def voting_bases(proposal: Proposal, submission: Submission | None) -> list[Wording]:
    """Return the wordings that may be voted on, our own first: no merge of two recommendations.

    Our own is that of the version under way, or of the earlier one that it left as it was.
    """
    if submission is None:
        return []
    current = ProposalVersion.everything.filter(pk=submission.version_id).values("number")
    carried = AgendaItem.everything.filter(result_wording=OuterRef("pk"), concluded__isnull=False)
    latest = carried.order_by("-meeting__starts_at", "-pk")
    rows = (
        Wording.everything.filter(proposal=proposal)
        .annotate(carried_at=Subquery(latest.values("meeting__starts_at")[:1]))
        .annotate(carried_by=Subquery(latest.values("pk")[:1]))
        .filter(
            Q(handed_in(), version__number__lte=Subquery(current)) | Q(carried_at__isnull=False)
        )
        .order_by(F("carried_at").asc(nulls_first=True), "carried_by")
    )
    versions = [row for row in rows if row.version_id is not None]
    own = max(versions, key=lambda row: row.pk, default=None)
    since = own.pk if own else 0
    recommended = [row for row in rows if row.origin == Origin.COMMITTEE and row.pk > since]
    return [*([own] if own else []), *recommended]


def open_consultations(proposal: Proposal) -> list[Consultation]:
    """Return the stations that wait for a committee; none before the form check."""
    where = situation(proposal)
    if proposal.withdrawn_on or where.current is None or where.current.form_checked_on is None:
        return []
    return [row for row in where.consultations if row.is_open]


def was_released(proposal: Proposal) -> bool:
    """Answer whether any round of the proposal was released: from then on it is the head's."""
    rounds = Submission.everything.filter(proposal=proposal, released_on__isnull=False)
    return rounds.exists()


def is_on_agenda(consultation: Consultation) -> bool:
    """Answer whether an agenda item of the consultation waits for its result."""
    return AgendaItem.everything.filter(consultation=consultation, outcome="").exists()
