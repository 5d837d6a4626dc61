"""The route under way: put on an agenda, insert and skip consultations, withdraw the proposal."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
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
    Role,
    User,
)
from ..models.consultation import OPEN
from ..models.facts import (
    facts,
    is_on_agenda,
    situation,
    was_released,
)
from ..models.standing import standing_of
from ..rules.consultation import DECIDING, ConsultationRole
from ..rules.errors import RuleViolation
from ..rules.lifecycle import objection_to_withdrawal
from ..rules.route import (
    objection_to_role,
    objection_to_second_decision,
    objection_to_skipping,
)
from ..rules.words import CommitteeKind, ProposalKind
from .common import changed, refuse_on, require, settle_status
from .deputies import note_deputy, note_route_deputy
from .route import next_position, refuse_closed_route
from .scheduling import issued_head, list_paper, meeting_for


@dataclass(frozen=True)
class ScheduleAnswer:
    """Which meeting takes it up: an existing one, or a new one at `starts_at` in `place`.

    `number` is the TOP ("" while the agenda is not fixed); `public` None takes the rule of the
    Land and the proposal's own publicity. `on` is the day it is put there (None: today).
    """

    meeting_id: int | None = None
    starts_at: datetime | None = None
    place: str = ""
    number: str = ""
    public: bool | None = None
    on: date | None = None


@dataclass(frozen=True)
class InsertAnswer:
    """A further consultation, behind the station `after_id` (None: at the end).

    `confirmed` overcomes the rule that one body decides.
    """

    committee_id: int
    role: ConsultationRole
    reason: str
    after_id: int | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class SkipAnswer:
    """Why a consultation will not take place, and who ordered that ("": who enters it).

    `inform` lets the committee know afterwards; `confirmed` overcomes that it is mandatory.
    """

    reason: str
    on: date | None = None
    authority: str = ""
    inform: bool = False
    confirmed: bool = False


@dataclass(frozen=True)
class WithdrawAnswer:
    """Why the proposal is withdrawn."""

    reason: str
    on: date | None = None


def schedule(*, actor: User, consultation: Consultation, answer: ScheduleAnswer) -> AgendaItem:
    """Put a consultation on the agenda of a meeting of its committee.

    Free for every open station from the form check on (practice.md 1.1).
    """
    proposal, committee = consultation.proposal, consultation.committee
    with event(actor, Act.SCHEDULED, proposal) as scheduling:
        require(
            policies.can_schedule(actor, consultation),
            f"Die Tagesordnung „{committee.name}“ stellen Sie nicht auf.",
        )
        note_deputy(actor, Role.COMMITTEE_SECRETARY, committee.pk)
        head = issued_head(consultation)

        meeting = meeting_for(committee, answer.meeting_id, answer.starts_at, answer.place)
        on = answer.on or timezone.localdate()
        item = list_paper(
            consultation, meeting, head, on=on, number=answer.number.strip(), public=answer.public
        )
        scheduling.objects.append(item)
        settle_status(proposal)
    return item


def insert_consultation(*, actor: User, proposal: Proposal, answer: InsertAnswer) -> Consultation:
    """Insert a station into the route: any time from the form check on, also after the decision."""
    with event(actor, Act.CONSULTATION_INSERTED, proposal, reason=answer.reason):
        require(
            policies.can_change_route(actor, proposal),
            "Die Beratungsfolge ändern nur Verwaltungsleitung und Sitzungsdienst.",
        )
        note_route_deputy(actor, proposal.municipality_id)
        refuse_closed_route(proposal, answer.reason)
        committee = Committee.objects.filter(
            pk=answer.committee_id, municipality=proposal.municipality_id
        ).first()
        if committee is None:
            raise RuleViolation("Dieses Gremium gibt es hier nicht.", field="committee")
        refuse_on(objection_to_role(ProposalKind(proposal.kind), answer.role))
        refuse_on(
            objection_to_second_decision(answer.role, deciding_bodies(proposal)),
            reason=answer.reason if answer.confirmed else "",
        )

        after = None
        if answer.after_id is not None:
            after = Consultation.everything.get(proposal=proposal, pk=answer.after_id).position
        row = Consultation(
            proposal=proposal,
            committee=committee,
            role=answer.role,
            position=next_position(proposal, after),
        )
        row.save()
        settle_status(proposal)
    return row


def skip_consultation(
    *, actor: User, consultation: Consultation, answer: SkipAnswer
) -> Consultation:
    """Let an open consultation fall out of the route, with its reason."""
    proposal = consultation.proposal
    with event(actor, Act.CONSULTATION_SKIPPED, proposal, reason=answer.reason):
        require(
            policies.can_change_route(actor, proposal),
            "Die Beratungsfolge ändern nur Verwaltungsleitung und Sitzungsdienst.",
        )
        note_route_deputy(actor, proposal.municipality_id)
        refuse_closed_route(proposal, answer.reason)
        if not consultation.is_open:
            raise RuleViolation("Diese Beratung ist schon abgeschlossen oder entfallen.")
        if is_on_agenda(consultation):
            raise RuleViolation(
                "Die Beratung steht auf einer Tagesordnung; dort kann sie nur das Gremium absetzen."
            )

        refuse_on(
            objection_to_skipping_station(consultation),
            reason=answer.reason if answer.confirmed else "",
        )

        who = standing_of(actor)
        authority = answer.authority.strip() or who.function or who.name
        changed(
            consultation,
            lapse=Lapse.SKIPPED,
            lapsed_on=answer.on or timezone.localdate(),
            lapse_reason=answer.reason.strip(),
            lapse_authority=authority[:120],
        )
        if answer.inform:
            Consultation(
                proposal=proposal,
                committee=consultation.committee,
                role=ConsultationRole.NOTE,
                position=next_position(proposal),
                replaces=consultation,
            ).save()
        settle_status(proposal)
    return consultation


def deciding_bodies(proposal: Proposal) -> list[str]:
    """Return the committees that are still to decide or have decided, by name."""
    rows = Consultation.everything.filter(proposal=proposal, role=ConsultationRole.DECISION)
    rows = rows.filter(OPEN | Q(concluded_by__outcome__in=DECIDING))
    return list(rows.order_by("position").values_list("committee__name", flat=True))


def objection_to_skipping_station(consultation: Consultation) -> RuleViolation | None:
    """Ask to confirm where the law wants this body heard before the one that still decides.

    Not where another station of the same kind of body prepares it or has prepared it.
    """
    proposal, kind = consultation.proposal, CommitteeKind(consultation.committee.kind)
    body = proposal.municipality.law(timezone.localdate()).body(kind)
    route = [row for row in situation(proposal).consultations if not row.lapse]
    others = [
        row
        for row in route
        if row.pk != consultation.pk
        and row.committee.kind == kind
        and row.role != ConsultationRole.NOTE
    ]
    if others or consultation.role == ConsultationRole.NOTE:
        return None
    decides = next(
        (
            row.committee.name
            for row in route
            if row.is_open
            and row.role == ConsultationRole.DECISION
            and row.committee.kind == body.mandatory_before
        ),
        None,
    )
    return objection_to_skipping(
        consultation.committee.name, decides, body.mandatory_before_paragraph
    )


def withdraw(*, actor: User, proposal: Proposal, answer: WithdrawAnswer) -> Proposal:
    """Withdraw the proposal before its deciding vote; what was voted stays."""
    on = answer.on or timezone.localdate()
    with event(actor, Act.WITHDRAWN, proposal, reason=answer.reason):
        released = was_released(proposal)
        is_motion = ProposalKind(proposal.kind).is_motion
        require(
            policies.can_withdraw(actor, proposal, released=released),
            "Einen Antrag zieht der Sitzungsdienst zurück."
            if is_motion
            else "Vor der Freigabe zieht die Federführung zurück, danach die Verwaltungsleitung.",
        )
        if is_motion or released:
            role = Role.SECRETARY if is_motion else Role.HEAD
            note_deputy(actor, role, proposal.municipality_id)
        refuse_on(objection_to_withdrawal(facts(proposal)))
        if not answer.reason.strip():
            raise RuleViolation("Bitte einen Grund angeben.", field="reason")

        rows = list(Consultation.everything.filter(OPEN, proposal=proposal))
        for row in rows:
            changed(row, lapse=Lapse.WITHDRAWN, lapsed_on=on)
        settle_status(proposal, withdrawn_on=on)
    return proposal
