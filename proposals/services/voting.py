"""Results: what a committee made of its agenda item, and their correction."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import AgendaItem, Committee, Consultation, Minutes, Origin, User, Vote, Wording
from ..models.facts import (
    current_submission,
    preparing_body,
    route_of,
    station_of,
    voting_basis,
)
from ..rules.cleaning import clean_html
from ..rules.consultation import (
    ConsultationRole,
    Outcome,
    needs_vote,
    objection_to_announcing,
    objection_to_early_decision,
    objection_to_outcome,
)
from ..rules.errors import RuleViolation
from ..rules.minutes import objection_to_late_result
from ..rules.results import CHANGED, objection_to_entitled, objection_to_result_wording
from ..rules.voting import (
    MajorityRule,
    Ruling,
    Tally,
    VoteKind,
    VoteResult,
    objection_to_tally,
    ruling,
)
from ..rules.words import CommitteeKind
from .common import refuse_on, require, settle_status
from .effects import apply_effects, route_stays, undo_effects
from .submission import order_documents


@dataclass(frozen=True)
class Counts:
    """Numbers as typed; None where nothing stands."""

    entitled: int | None = None
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None


@dataclass(frozen=True)
class ResultAnswer:
    """What was announced and counted; counts are None where the outcome needs no vote.

    `yes` None with a vote: only the counter-votes were counted. `reason` serves an early decision
    and a difference between count and announcement. `refer_to` are committee ids; `refer_back`
    brings the matter back to the referring committee afterwards.
    """

    outcome: Outcome
    request_key: UUID
    entitled: int | None = None
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    wording: str = ""
    reason: str = ""
    note: str = ""
    refer_to: tuple[int, ...] = ()
    refer_back: bool = True
    revision: int = 0


@dataclass(frozen=True)
class Reading:
    """What the rules make of a count: the ruling (None: no verdict) and the first objection.

    `early`: bodies ahead of a deciding one are still open.
    """

    ruling: Ruling | None
    objection: RuleViolation | None
    early: bool = False


def record_result(*, actor: User, consultation: Consultation, answer: ResultAnswer) -> AgendaItem:
    """Record what the committee made of the proposal; the route follows.

    Raises PermissionDenied, and RuleViolation for counts that cannot be, for an outcome the role
    does not know, and for a deciding result before an open predecessor without a reason.
    """
    proposal = consultation.proposal
    item = open_item(consultation)
    with event(actor, Act.TREATED, proposal, item, reason=answer.reason):
        require(
            policies.can_record(actor, consultation),
            f"Ergebnisse für „{consultation.committee}“ erfassen Sie nicht.",
        )
        if not consultation.is_open:
            raise RuleViolation("Diese Beratung ist schon abgeschlossen oder entfallen.")
        signed = getattr(item.meeting, "minutes", None) is not None
        refuse_on(objection_to_late_result(signed=signed), reason=answer.reason)
        submission = current_submission(proposal)
        item.basis = voting_basis(proposal, submission)
        reading = _refuse(item, consultation, answer)

        _write(item, consultation, answer, reading)
        apply_effects(item, consultation, answer.outcome, answer.refer_to, answer.refer_back)
        if submission is not None:
            order_documents(actor, proposal, submission)
        settle_status(proposal)
    return item


def correct_result(*, actor: User, agenda_item: AgendaItem, answer: ResultAnswer) -> AgendaItem:
    """Correct a recorded result as the stage of its minutes allows (practice.md 1.2, 1.15).

    Provisional: overwritten, history keeps both. Signed: with a reason. Approved: a new vote that
    names the one it corrects; the outcome and the route stay as they are.
    """
    consultation = agenda_item.consultation
    assert consultation is not None
    proposal = consultation.proposal
    with event(actor, Act.CORRECTED, proposal, agenda_item, reason=answer.reason):
        require(
            policies.can_record(actor, consultation),
            f"Ergebnisse für „{consultation.committee}“ berichtigen Sie nicht.",
        )
        refuse_on(objection_to_correcting(agenda_item, answer.revision, answer.reason))
        reading = _refuse(agenda_item, consultation, answer)
        if is_approved(agenda_item):
            _append_correction(agenda_item, answer, reading)
            _order_documents(actor, consultation)
            return agenda_item

        stays = route_stays(agenda_item, answer.outcome, answer.refer_to, answer.refer_back)
        if not stays:
            undo_effects(agenda_item, consultation, answer.outcome)
        _write(agenda_item, consultation, answer, reading)
        if not stays:
            apply_effects(
                agenda_item, consultation, answer.outcome, answer.refer_to, answer.refer_back
            )
        _order_documents(actor, consultation)
        settle_status(proposal, corrects=True)
    return agenda_item


def _order_documents(actor: User, consultation: Consultation) -> None:
    submission = current_submission(consultation.proposal)
    if submission is not None:
        order_documents(actor, consultation.proposal, submission)


def open_item(consultation: Consultation) -> AgendaItem:
    """Return the agenda item that waits for a result; raises RuleViolation where there is none."""
    rows = AgendaItem.everything.select_related("meeting__minutes")
    item = rows.filter(consultation=consultation, outcome="").first()
    if item is None:
        raise RuleViolation("Die Beratung steht auf keiner Tagesordnung.")
    return item


def objection_to_correcting(item: AgendaItem, revision: int, reason: str) -> RuleViolation | None:
    """Refuse a correction without a result, of an old state, or silent after the signature."""
    if not item.outcome:
        return RuleViolation("Zu diesem Tagesordnungspunkt ist noch kein Ergebnis erfasst.")
    if revision != item.revision:
        return RuleViolation(
            "Inzwischen hat jemand anders dieses Ergebnis geändert. Bitte prüfen Sie den neuen "
            "Stand; Ihre Eingaben stehen noch unten."
        )
    minutes = Minutes.everything.filter(meeting=item.meeting_id).first()
    if minutes is not None and minutes.signed_on and not reason.strip():
        return RuleViolation(
            "Das Protokoll ist unterschrieben. Bitte geben Sie den Grund der Berichtigung an.",
            field="reason",
        )
    return None


def is_approved(item: AgendaItem) -> bool:
    """Answer whether the minutes of the item's meeting are approved."""
    rows = Minutes.everything.filter(meeting=item.meeting_id, approved_on__isnull=False)
    return rows.exists()


def read(committee: Committee, on: date, answer: ResultAnswer | Counts) -> Reading:
    """Judge a typed count by the law of the Land on the day of the meeting; writes nothing.

    The page's preview and the use case ask this one.
    """
    if answer.entitled is None or answer.no is None or answer.abstained is None:
        return Reading(
            None,
            RuleViolation("Bitte Stimmberechtigte und Stimmen vollständig angeben.", field="yes"),
        )
    law = committee.municipality.law(on)
    majority: MajorityRule = law.body(CommitteeKind(committee.kind)).majority
    tally = Tally(answer.yes, answer.no, answer.abstained)
    # where the Land gives no verdict its majority rule is unread, and no wall
    known = majority if law.verdicts else None
    objection = objection_to_tally(tally, answer.entitled, known) or objection_to_entitled(
        answer.entitled, committee.voting_members(on)
    )
    if objection is not None or not law.verdicts:
        return Reading(None, objection)
    return Reading(ruling(tally, majority, members=committee.statutory_members), None)


def _refuse(item: AgendaItem, consultation: Consultation, answer: ResultAnswer) -> Reading:
    """Raise what stands against the result; return how its count reads."""
    role = ConsultationRole(consultation.role)
    refuse_on(objection_to_outcome(answer.outcome, role))
    if answer.outcome == Outcome.WITHDRAWN:
        raise RuleViolation("Zurückziehen ist kein Ergebnis einer Beratung.", field="outcome")
    if answer.outcome == Outcome.REFERRED and not answer.refer_to:
        raise RuleViolation("Bitte angeben, wohin verwiesen wird.", field="refer_to")
    basis = item.basis.html if item.basis else ""
    refuse_on(objection_to_result_wording(answer.outcome, clean_html(answer.wording), basis))
    if not needs_vote(answer.outcome):
        return Reading(None, None)
    _refuse_used_key(item, answer.request_key)
    law = consultation.committee.municipality.law(_day(item))
    refuse_on(law.objection_to_unwritten_motion(clean_html(answer.wording) or basis))
    reading = read(consultation.committee, _day(item), answer)
    refuse_on(reading.objection)
    computed = reading.ruling.result if reading.ruling else None
    refuse_on(objection_to_announcing(answer.outcome, computed, role), reason=answer.reason)
    if role == ConsultationRole.DECISION:
        mandatory = preparing_body(law, CommitteeKind(consultation.committee.kind))
        route = route_of(consultation.proposal, mandatory)
        objection = objection_to_early_decision(station_of(consultation, mandatory), route)
        refuse_on(objection, reason=answer.reason or item.early_reason)
        return replace(reading, early=objection is not None)
    return reading


def _refuse_used_key(item: AgendaItem, key: UUID) -> None:
    """Refuse a form that has recorded another item's vote; for its own item it is a repetition."""
    if Vote.everything.filter(request_key=key).exclude(agenda_item=item).exists():
        raise RuleViolation(
            "Dieses Formular gehört zu einem anderen Ergebnis. Bitte öffnen Sie die Seite neu."
        )


def _day(item: AgendaItem) -> date:
    return timezone.localdate(item.meeting.starts_at)


def _write(
    item: AgendaItem, consultation: Consultation, answer: ResultAnswer, reading: Reading
) -> None:
    """Store wording, vote and outcome of the item, overwriting a provisional result."""
    wording = _wording(item, consultation, answer)
    if needs_vote(answer.outcome):
        _write_vote(item, answer, reading, wording or item.basis)
    else:
        for vote in Vote.everything.filter(agenda_item=item):
            vote.delete()
    item.outcome = answer.outcome
    item.result_wording = wording
    item.note = answer.note.strip()
    if consultation.role != ConsultationRole.DECISION or not needs_vote(answer.outcome):
        item.early_reason = ""
    elif reading.early and not item.early_reason:
        item.early_reason = answer.reason.strip()[:400]
    item.revision += 1
    item.save()


def _wording(item: AgendaItem, consultation: Consultation, answer: ResultAnswer) -> Wording | None:
    """Return the wording that the committee carried; None where it carried none.

    A public body that carries a wording from behind closed doors makes it public: its own row says
    so, the confidential one stays as it is (practice.md 1.5).
    """
    if not needs_vote(answer.outcome) or announced(answer.outcome) == VoteResult.LOST:
        return None
    changed_html = clean_html(answer.wording) if answer.outcome in CHANGED else ""
    basis = item.basis
    if not changed_html and (basis is None or basis.public or not item.public):
        return basis
    html = changed_html or (basis.html if basis else "")
    present = item.result_wording
    if present is not None and present.html == html and present.public == item.public:
        return present
    wording = Wording(
        proposal=consultation.proposal,
        origin=Origin.COMMITTEE,
        committee=consultation.committee,
        parent=basis,
        html=html,
        public=item.public,
    )
    wording.save()
    return wording


def announced(outcome: Outcome) -> VoteResult:
    """Return what the announced outcome says of the vote: carried, or lost."""
    lost = (Outcome.NOT_RECOMMENDED, Outcome.REJECTED)
    return VoteResult.LOST if outcome in lost else VoteResult.CARRIED


def _write_vote(
    item: AgendaItem, answer: ResultAnswer, reading: Reading, wording: Wording | None
) -> None:
    if item.outcome:
        present = Vote.everything.filter(
            agenda_item=item, kind=VoteKind.MAIN, repeated=False, corrects__isnull=True
        ).first()
    else:
        present = None
    vote = present or Vote(
        agenda_item=item, kind=VoteKind.MAIN, position=1, request_key=answer.request_key
    )
    vote.wording = wording
    _count(vote, answer, reading)
    vote.announced = announced(answer.outcome)
    differs = bool(vote.computed) and vote.computed != vote.announced
    vote.difference_reason = answer.reason.strip()[:400] if differs else ""
    vote.save()


def _count(vote: Vote, answer: ResultAnswer, reading: Reading) -> None:
    assert answer.entitled is not None
    assert answer.no is not None
    assert answer.abstained is not None
    vote.entitled, vote.yes = answer.entitled, answer.yes
    vote.no, vote.abstained = answer.no, answer.abstained
    counted = answer.no + answer.abstained + (answer.yes or 0)
    vote.not_voted = 0 if answer.yes is None else answer.entitled - counted
    vote.computed = reading.ruling.result if reading.ruling else ""


def _append_correction(item: AgendaItem, answer: ResultAnswer, reading: Reading) -> None:
    """Add a vote that corrects the newest one of approved minutes; nothing else moves."""
    newest = Vote.everything.filter(agenda_item=item, corrected_by__isnull=True, kind=VoteKind.MAIN)
    old = newest.order_by("-position").first()
    if old is None or not needs_vote(answer.outcome) or answer.outcome != item.outcome:
        raise RuleViolation(
            "Das Protokoll ist genehmigt. Berichtigt werden können nur noch die Stimmen; das "
            "festgestellte Ergebnis bleibt, bis das Gremium neu entscheidet."
        )
    carried = item.result_wording.html if item.result_wording else ""
    wording, note = clean_html(answer.wording), answer.note.strip()
    if (wording and wording != carried) or note != item.note:
        raise RuleViolation(
            "Das Protokoll ist genehmigt. Wortlaut und Vermerk werden hier nicht mehr geändert."
        )
    last = Vote.everything.filter(agenda_item=item).aggregate(last=Max("position"))["last"]
    vote = Vote(
        agenda_item=item,
        kind=VoteKind.MAIN,
        position=last + 1,
        corrects=old,
        wording=old.wording,
        request_key=answer.request_key,
        announced=old.announced,
        difference_reason=answer.reason.strip()[:400],
    )
    _count(vote, answer, reading)
    vote.save()
    item.revision += 1
    item.save()
