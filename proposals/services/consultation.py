"""The route under way: put on an agenda, insert and skip consultations, withdraw the proposal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    AgendaItem,
    Committee,
    Consultation,
    Lapse,
    Meeting,
    MeetingCommittee,
    Proposal,
    User,
)
from ..models.consultation import OPEN
from ..models.facts import (
    current_submission,
    facts,
    is_on_agenda,
    open_consultations,
    was_released,
)
from ..rules.consultation import ConsultationRole
from ..rules.errors import RuleViolation
from ..rules.lifecycle import objection_to_withdrawal
from ..rules.words import CommitteeKind
from .common import changed, refuse_on, require, settle_status
from .route import next_position


@dataclass(frozen=True)
class ScheduleAnswer:
    """Which meeting takes it up: an existing one, or a new one at `starts_at` in `place`.

    `number` is the TOP ("" while the agenda is not fixed); `public` None takes the rule of the
    Land and the proposal's own publicity.
    """

    meeting_id: int | None = None
    starts_at: datetime | None = None
    place: str = ""
    number: str = ""
    public: bool | None = None


@dataclass(frozen=True)
class InsertAnswer:
    """A further consultation, behind the station `after_id` (None: at the end)."""

    committee_id: int
    role: ConsultationRole
    reason: str
    after_id: int | None = None


@dataclass(frozen=True)
class SkipAnswer:
    """Why a consultation will not take place."""

    reason: str
    on: date | None = None


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
        head = _issued_head(consultation)
        if is_on_agenda(consultation):
            raise RuleViolation("Die Beratung steht schon auf einer Tagesordnung.")

        meeting = _meeting(committee, answer)
        if answer.number and _number_taken(meeting, committee, answer.number):
            raise RuleViolation(
                f"TOP {answer.number} ist in dieser Sitzung schon vergeben.", field="number"
            )
        taken = AgendaItem.everything.filter(meeting=meeting, committee=committee)
        last = taken.order_by("-position").values_list("position", flat=True).first()
        item = AgendaItem(
            meeting=meeting,
            committee=committee,
            consultation=consultation,
            position=(last or 0) + 1,
            number=answer.number,
            title=head["subject"],
            public_title=head["public_subject"],
            public=_publicity(head["public"], committee, meeting, answer.public),
        )
        item.save()
        scheduling.objects.append(item)
        settle_status(proposal)
    return item


def _issued_head(consultation: Consultation) -> dict[str, Any]:
    """Return the head of the version in the route; raises RuleViolation for a closed station."""
    submission = current_submission(consultation.proposal)
    if consultation.proposal.withdrawn_on is not None:
        raise RuleViolation("Die Vorlage ist zurückgezogen.")
    if submission is None or submission.form_checked_on is None:
        raise RuleViolation("Die Vorlage ist noch nicht im Beratungsgang.")
    if not consultation.is_open:
        raise RuleViolation("Diese Beratung ist schon abgeschlossen oder entfallen.")
    head: dict[str, Any] = submission.version.content["head"]
    return {**head, "public": head["public"] and consultation.proposal.public}


def _meeting(committee: Committee, answer: ScheduleAnswer) -> Meeting:
    """Return the chosen meeting, or the one at that time: created where there is none."""
    of_committee = Meeting.everything.filter(bodies__committee=committee)
    if answer.meeting_id is not None:
        meeting = of_committee.filter(pk=answer.meeting_id).first()
        if meeting is None:
            raise RuleViolation(
                f"Diese Sitzung ist keine Sitzung von „{committee.name}“.", field="meeting"
            )
        return _locked(meeting)
    if answer.starts_at is None:
        raise RuleViolation(
            "Bitte eine Sitzung auswählen oder Datum und Uhrzeit einer neuen angeben.",
            field="meeting",
        )
    # two first matters of a meeting: the committee's row decides who creates it
    Committee.objects.select_for_update(no_key=True).get(pk=committee.pk)
    meeting = of_committee.filter(starts_at=answer.starts_at).first()
    if meeting is not None:
        return _locked(meeting)
    return create_meeting_of(committee, answer.starts_at, answer.place)


def _locked(meeting: Meeting) -> Meeting:
    """Lock a meeting, so that the places on its agenda are given one after the other."""
    rows = Meeting.everything.select_for_update(no_key=True)
    locked: Meeting = rows.get(pk=meeting.pk)
    return locked


def create_meeting_of(committee: Committee, starts_at: datetime, place: str) -> Meeting:
    """Create a committee's meeting; inside the event of its caller."""
    meeting = Meeting(
        municipality_id=committee.municipality_id, starts_at=starts_at, place=place.strip()
    )
    meeting.save()
    MeetingCommittee(meeting=meeting, committee=committee).save()
    return meeting


def _number_taken(meeting: Meeting, committee: Committee, number: str) -> bool:
    items = AgendaItem.everything.filter(meeting=meeting, committee=committee)
    return items.filter(number=number).exists()


def _publicity(is_public: bool, committee: Committee, meeting: Meeting, asked: bool | None) -> bool:
    """Return whether the treatment is public; the law may close the doors, nothing opens them.

    § 78 Abs. 2 NKomVG for the Kreisausschuss; a non-public proposal stays non-public.
    """
    law = committee.municipality.law(timezone.localdate(meeting.starts_at))
    by_law = law.body(CommitteeKind(committee.kind)).public
    allowed = is_public and by_law is not False
    return allowed if asked is None else allowed and asked


def insert_consultation(*, actor: User, proposal: Proposal, answer: InsertAnswer) -> Consultation:
    """Insert a station into the route: any time from the form check on, also after the decision."""
    with event(actor, Act.CONSULTATION_INSERTED, proposal, reason=answer.reason):
        require(
            policies.can_change_route(actor, proposal),
            "Die Beratungsfolge ändern nur Verwaltungsleitung und Sitzungsdienst.",
        )
        _refuse_no_route(proposal, answer.reason)
        committee = Committee.objects.filter(
            pk=answer.committee_id, municipality=proposal.municipality_id
        ).first()
        if committee is None:
            raise RuleViolation("Dieses Gremium gibt es hier nicht.", field="committee")
        decisions = open_consultations(proposal)
        if answer.role == ConsultationRole.DECISION and any(
            row.role == ConsultationRole.DECISION for row in decisions
        ):
            raise RuleViolation("Es ist schon eine Entscheidung vorgesehen.", field="role")

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
        _refuse_no_route(proposal, answer.reason)
        if not consultation.is_open:
            raise RuleViolation("Diese Beratung ist schon abgeschlossen oder entfallen.")
        if is_on_agenda(consultation):
            raise RuleViolation(
                "Die Beratung steht auf einer Tagesordnung; dort kann sie nur das Gremium absetzen."
            )

        changed(
            consultation,
            lapse=Lapse.SKIPPED,
            lapsed_on=answer.on or timezone.localdate(),
            lapse_reason=answer.reason.strip(),
        )
        settle_status(proposal)
    return consultation


def _refuse_no_route(proposal: Proposal, reason: str) -> None:
    submission = current_submission(proposal)
    if proposal.withdrawn_on is not None:
        raise RuleViolation("Die Vorlage ist zurückgezogen.")
    if submission is None or submission.form_checked_on is None:
        raise RuleViolation("Die Beratungsfolge steht noch im Entwurf und wird dort geändert.")
    if not reason.strip():
        raise RuleViolation("Bitte einen Grund angeben.", field="reason")


def withdraw(*, actor: User, proposal: Proposal, answer: WithdrawAnswer) -> Proposal:
    """Withdraw the proposal before its deciding vote; what was voted stays."""
    on = answer.on or timezone.localdate()
    with event(actor, Act.WITHDRAWN, proposal, reason=answer.reason):
        require(
            policies.can_withdraw(actor, proposal, released=was_released(proposal)),
            "Vor der Freigabe zieht die Federführung zurück, danach die Verwaltungsleitung.",
        )
        refuse_on(objection_to_withdrawal(facts(proposal)))
        if not answer.reason.strip():
            raise RuleViolation("Bitte einen Grund angeben.", field="reason")

        rows = list(Consultation.everything.filter(OPEN, proposal=proposal))
        for row in rows:
            changed(row, lapse=Lapse.WITHDRAWN, lapsed_on=on)
        settle_status(proposal, withdrawn_on=on)
    return proposal
