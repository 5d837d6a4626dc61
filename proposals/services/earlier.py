"""Earlier results: what committees made of a paper before it was taken over.

Private to the use case that takes over; everything runs inside its event.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import uuid4

from django.utils import timezone

from ..models import AgendaItem, Consultation, Meeting, Minutes, Submission, Vote
from ..models.facts import voting_basis
from ..rules.attendance import Presence
from ..rules.cleaning import clean_html
from ..rules.consultation import (
    ConsultationRole,
    Effect,
    Outcome,
    effect_of,
    meaning_of,
    needs_vote,
    objection_to_announcing,
    objection_to_outcome,
    outcome_if,
)
from ..rules.errors import RuleViolation
from ..rules.results import objection_to_result_wording
from ..rules.voting import VoteResult
from .common import changed, refuse_on
from .effects import apply_effects
from .items import may_be_public, next_position, refuse_taken_number, take_up
from .scheduling import create_meeting_of
from .treating import write_wording
from .voting import CountedAnswer, Electorate, Reading, read
from .voting.rows import save_vote


@dataclass(frozen=True)
class EarlierResult:
    """What a committee made of the paper on a day, as the minutes say.

    `outcome` None follows from the count, and is the opposite where the chair announced the
    `contrary`. Without a count the outcome stands alone. `remark` explains a difference, otherwise
    it is the note for the minutes.
    """

    committee_id: int
    role: ConsultationRole
    held_on: date
    top: str = ""
    outcome: Outcome | None = None
    counted: CountedAnswer | None = None
    contrary: bool = False
    wording: str = ""
    remark: str = ""


def enter(station: Consultation, earlier: EarlierResult, submission: Submission) -> AgendaItem:
    """Write an earlier treatment of a station: its item, wording and vote; the route follows."""
    meeting = _meeting(station, earlier.held_on)
    basis = voting_basis(station.proposal, submission)
    own = clean_html(earlier.wording)
    with _about(station):
        reading = _read(station, earlier)
        outcome = _judge(station, earlier, own, basis.html if basis else "", reading)
        item = _item(station, meeting, earlier, submission)

    item.outcome, item.basis = outcome, basis
    vote = reading if needs_vote(outcome) else None
    differs = vote is not None and vote.computed not in (None, meaning_of(outcome))
    item.note = "" if differs else earlier.remark.strip()
    if needs_vote(outcome) and meaning_of(outcome) == VoteResult.CARRIED:
        item.result_wording = write_wording(item, station.proposal, own, basis) if own else basis
    take_up(item)
    item.save()
    if vote is not None:
        _write_vote(item, earlier, vote)
    _follow(item, station, outcome)
    return item


@contextmanager
def _about(station: Consultation) -> Iterator[None]:
    """Let an objection say whose result it is about."""
    try:
        yield
    except RuleViolation as objection:
        raise RuleViolation(
            f"{station.committee}: {objection.message}",
            objection.paragraph,
            field="route",
            waivable=objection.waivable,
        ) from objection


def _meeting(station: Consultation, day: date) -> Meeting:
    """Return the body's meeting of that day; entered by its day alone where there is none."""
    rows = Meeting.everything.filter(
        bodies__committee=station.committee_id, starts_at__date=day, cancelled_on__isnull=True
    )
    meeting: Meeting | None = rows.order_by("starts_at").first()
    if meeting is None:
        begins = timezone.make_aware(datetime.combine(day, time()))  # the hour is not known
        return create_meeting_of(station.committee, begins, "")
    if Minutes.everything.filter(meeting=meeting).exists():
        raise RuleViolation(
            f"Das Protokoll der Sitzung von „{station.committee}“ am {day:%d.%m.%Y} ist schon "
            "unterschrieben; ein weiteres Ergebnis kommt nicht hinein.",
            field="route",
        )
    locked: Meeting = Meeting.everything.select_for_update(no_key=True).get(pk=meeting.pk)
    return locked


def _read(station: Consultation, earlier: EarlierResult) -> Reading | None:
    """Judge a count by the law of that day, None where there is none.

    Nobody knows any more who was there: as many as the minutes say, or as the body has members.
    """
    counted, committee = earlier.counted, station.committee
    if counted is None:
        return None
    sum_of_votes = sum(filter(None, (counted.yes, counted.no, counted.abstained, counted.invalid)))
    there = counted.entitled or committee.statutory_members or sum_of_votes
    presence = Presence(there, there, 0, frozenset(), frozenset())
    reading = read(Electorate(committee, earlier.held_on, presence=presence), counted)
    refuse_on(reading.objection)
    for doubt in reading.doubts:
        refuse_on(doubt, reason=earlier.remark)
    return replace(reading, counted=replace(reading.counted, entitled=counted.entitled))


def _judge(
    station: Consultation, earlier: EarlierResult, own: str, basis: str, reading: Reading | None
) -> Outcome:
    """Raise what stands against the result; return its outcome."""
    role = ConsultationRole(station.role)
    outcome = earlier.outcome or _outcome(role, earlier, reading)
    refuse_on(objection_to_outcome(outcome, role))
    refuse_on(objection_to_result_wording(outcome, own, basis))
    computed = reading.computed if reading and needs_vote(outcome) else None
    refuse_on(objection_to_announcing(outcome, computed, role), reason=earlier.remark)
    return outcome


def _outcome(role: ConsultationRole, earlier: EarlierResult, reading: Reading | None) -> Outcome:
    """Return what the count means for the role, or its contrary where that was announced."""
    result = reading.result if reading else None
    if result is None:
        raise RuleViolation("Bitte das Ergebnis angeben.")
    if earlier.contrary:
        result = VoteResult.LOST if result == VoteResult.CARRIED else VoteResult.CARRIED
    return outcome_if(result, role, bool(earlier.wording.strip()))


def _item(
    station: Consultation, meeting: Meeting, earlier: EarlierResult, submission: Submission
) -> AgendaItem:
    committee, head = station.committee, submission.version.content["head"]
    number = earlier.top.strip()
    refuse_taken_number(meeting, committee.pk, number)
    public = head["public"] and may_be_public(committee, meeting)
    return AgendaItem(
        meeting=meeting,
        committee=committee,
        consultation=station,
        position=next_position(meeting, committee.pk, public=public),
        number=number,
        title=head["subject"],
        public_title=head["public_subject"],
        public=public,
    )


def _write_vote(item: AgendaItem, earlier: EarlierResult, reading: Reading) -> None:
    wording = item.result_wording or item.basis
    vote = Vote(agenda_item=item, position=1, wording=wording, request_key=uuid4())
    save_vote(vote, reading, meaning_of(Outcome(item.outcome)), earlier.remark)


def _follow(item: AgendaItem, station: Consultation, outcome: Outcome) -> None:
    """Let the route follow; where a referral went, the stations that were entered say."""
    if effect_of(outcome) == Effect.REFERS:
        changed(station, concluded_by=item)
    else:
        apply_effects(item, station, outcome)
