"""Earlier results: what committees made of a paper before it was taken over.

Private to the use case that takes over; everything runs inside its event.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid4

from django.utils import timezone

from ..models import (
    AgendaItem,
    Consultation,
    Lapse,
    Meeting,
    Minutes,
    Origin,
    Submission,
    Vote,
    Wording,
)
from ..models.consultation import OPEN
from ..models.facts import voting_basis
from ..rules.cleaning import clean_html
from ..rules.consultation import (
    ConsultationRole,
    Effect,
    Outcome,
    effect_of,
    lapses_on_rejection,
    meaning_of,
    needs_vote,
    objection_to_announcing,
    objection_to_outcome,
    outcome_if,
)
from ..rules.errors import RuleViolation
from ..rules.law import ruling_for
from ..rules.results import objection_to_result_wording
from ..rules.voting import Tally, VoteResult, objection_to_tally, word_ruling
from ..rules.words import CommitteeKind
from .common import changed, refuse_on
from .items import may_be_public, next_position, take_up
from .scheduling import create_meeting_of
from .voting import CountedAnswer


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


@dataclass(frozen=True)
class _Count:
    """How a count reads: what it means, and what the law computes (None: no verdict)."""

    result: VoteResult
    computed: VoteResult | None
    tally: Tally | None


def enter(station: Consultation, earlier: EarlierResult, submission: Submission) -> AgendaItem:
    """Write an earlier treatment of a station: its item, wording and vote; the route follows."""
    role = ConsultationRole(station.role)
    meeting = _meeting(station, earlier.held_on)
    basis = voting_basis(station.proposal, submission)
    own = clean_html(earlier.wording)
    count = _read(station, earlier) if earlier.counted is not None else None
    outcome = earlier.outcome or _outcome(station, earlier, count)
    refuse_on(_named(station, objection_to_outcome(outcome, role)))
    html = basis.html if basis else ""
    refuse_on(_named(station, objection_to_result_wording(outcome, own, html)))
    computed = count.computed if count and needs_vote(outcome) else None
    refuse_on(
        _named(station, objection_to_announcing(outcome, computed, role)), reason=earlier.remark
    )

    item = _item(station, meeting, earlier, submission)
    item.outcome, item.basis = outcome, basis
    differs = computed is not None and computed != meaning_of(outcome)
    item.note = "" if differs else earlier.remark.strip()
    if needs_vote(outcome) and meaning_of(outcome) == VoteResult.CARRIED:
        item.result_wording = _own_wording(item, own) if own else basis
    take_up(item)
    item.save()
    if count is not None and needs_vote(outcome):
        _write_vote(item, earlier, count)
    _follow(item, station, outcome)
    return item


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


def _read(station: Consultation, earlier: EarlierResult) -> _Count:
    """Judge a count by the law of that day; raises RuleViolation for one that cannot be."""
    counted, committee = earlier.counted, station.committee
    assert counted is not None
    if counted.no is None or counted.abstained is None:
        if counted.word is None:
            raise _of(station, RuleViolation("Bitte die Stimmen vollständig angeben."))
        return _Count(word_ruling(counted.word).result, None, None)
    law, kind = committee.municipality.law(earlier.held_on), CommitteeKind(committee.kind)
    tally = Tally(counted.yes, counted.no, counted.abstained, invalid=counted.invalid or 0)
    majority = law.body(kind).majority if law.verdicts else None
    members = committee.statutory_members
    entitled = counted.entitled or members or tally.counted
    refuse_on(_named(station, objection_to_tally(tally, entitled, majority)))
    ruling = ruling_for(law, kind, tally, members=members)
    carried = tally.yes is None or tally.yes > tally.no
    larger = VoteResult.CARRIED if carried else VoteResult.LOST
    return _Count(ruling.result if ruling else larger, ruling.result if ruling else None, tally)


def _outcome(station: Consultation, earlier: EarlierResult, count: _Count | None) -> Outcome:
    """Return what the count means for the role, or its contrary where that was announced."""
    if count is None:
        raise _of(station, RuleViolation("Bitte das Ergebnis angeben."))
    result = count.result
    if earlier.contrary:
        result = VoteResult.LOST if result == VoteResult.CARRIED else VoteResult.CARRIED
    return outcome_if(result, ConsultationRole(station.role), bool(earlier.wording.strip()))


def _item(
    station: Consultation, meeting: Meeting, earlier: EarlierResult, submission: Submission
) -> AgendaItem:
    committee, head = station.committee, submission.version.content["head"]
    number = earlier.top.strip()
    present = AgendaItem.everything.filter(meeting=meeting, committee=committee, number=number)
    if number and present.exists():
        taken = RuleViolation(f"TOP {number} ist in dieser Sitzung schon vergeben.")
        raise _of(station, taken)
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


def _own_wording(item: AgendaItem, html: str) -> Wording:
    assert item.consultation is not None
    wording = Wording(
        proposal=item.consultation.proposal,
        origin=Origin.COMMITTEE,
        committee=item.committee,
        parent=item.basis,
        html=html,
        public=item.public,
    )
    wording.save()
    return wording


def _write_vote(item: AgendaItem, earlier: EarlierResult, count: _Count) -> None:
    counted = earlier.counted
    assert counted is not None
    announced = meaning_of(Outcome(item.outcome))
    differs = count.computed is not None and count.computed != announced
    not_voted = 0
    if counted.entitled is not None and count.tally is not None and counted.yes is not None:
        not_voted = counted.entitled - count.tally.counted
    Vote(
        agenda_item=item,
        position=1,
        wording=item.result_wording or item.basis,
        mode=counted.mode,
        entitled=counted.entitled,
        yes=counted.yes,
        no=counted.no,
        abstained=counted.abstained,
        cast=counted.cast,
        invalid=counted.invalid,
        word=counted.word or "",
        not_voted=not_voted,
        computed=count.computed or "",
        announced=announced,
        difference_reason=earlier.remark.strip()[:400] if differs else "",
        request_key=uuid4(),
    ).save()


def _follow(item: AgendaItem, station: Consultation, outcome: Outcome) -> None:
    """Let the route follow: the station closes unless it was put off, a rejection ends the rest."""
    if effect_of(outcome) == Effect.STAYS_OPEN:
        return
    changed(station, concluded_by=item)
    if outcome != Outcome.REJECTED or station.role != ConsultationRole.DECISION:
        return
    held_on = timezone.localdate(item.meeting.starts_at)
    for row in Consultation.everything.filter(OPEN, proposal=station.proposal_id):
        if lapses_on_rejection(ConsultationRole(row.role)):
            changed(row, lapse=Lapse.REJECTED, lapsed_on=held_on, lapsed_by=item)


def _named(station: Consultation, objection: RuleViolation | None) -> RuleViolation | None:
    return _of(station, objection) if objection is not None else None


def _of(station: Consultation, objection: RuleViolation) -> RuleViolation:
    """Return the objection with the body whose result it is about."""
    return RuleViolation(
        f"{station.committee}: {objection.message}",
        objection.paragraph,
        field="route",
        waivable=objection.waivable,
    )
