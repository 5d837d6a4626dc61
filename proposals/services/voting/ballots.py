"""Records the votes beside the one on the matter itself, in the order in which they are taken."""

from collections.abc import Sequence
from dataclasses import replace

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Proposal, User, Vote, Wording
from ...models.facts import current_submission
from ...models.motion import Motion, motion_of, that_hold
from ...models.voting import has_approved_minutes, minutes_of
from ...rules.ballots import (
    WRITTEN,
    BallotFacts,
    objection_to_announced_vote,
    objection_to_ballot,
    objection_to_late_ballot,
)
from ...rules.cleaning import clean_html
from ...rules.errors import RuleViolation
from ...rules.meeting import MeetingState, objection_to_record
from ...rules.minutes import objection_to_late_result
from ...rules.voting import MajorityRule, VoteKind, VoteResult
from ..common import changed, refuse_on, require
from ..deputies import note_keeper
from ..effects import day_of
from ..items import take_up
from ..review import open_review
from ..submission import order_documents
from ..treating import follow_motion, set_basis, write_wording
from .answers import BallotAnswer
from .counts import Reading, read_at
from .rows import append_correction, next_position, save_vote, votes_of


def record_ballot(*, actor: User, item: AgendaItem, answer: BallotAnswer) -> Vote:
    """Record a vote on an amendment, a clause, a variant or a motion on procedure.

    What is carried changes the motion, and with it a result that stands already. Sent twice it is
    recorded once. Raises PermissionDenied, and RuleViolation for what cannot be voted on so.
    """
    require(
        policies.can_keep(actor, item.committee_id),
        f"Abstimmungen für „{item.committee}“ erfassen Sie nicht.",
    )
    votes = votes_of(item, answer.request_key)
    sent = [vote for vote in votes if vote.request_key == answer.request_key]
    if sent:
        return sent[0]
    proposal = item.consultation.proposal if item.consultation else None
    objects = (item,) if proposal is None else (proposal, item)
    with event(actor, Act.VOTED, *objects, reason=answer.reason):
        note_keeper(actor, item.committee)
        _refuse_closed(item, answer)
        set_basis(item, proposal, answer.basis_id)
        before = motion_of(item.basis, votes)
        if has_approved_minutes(item.meeting):
            vote = _correct_approved(item, proposal, answer, votes)
        else:
            vote = vote_on(item, answer, votes)
        fresh = [*(row for row in votes if row.pk != vote.pk), vote]

        take_up(item)
        changed(item)
        follow_motion(item, before, motion_of(item.basis, fresh), fresh)
        submission = current_submission(proposal) if proposal and item.outcome else None
        if proposal is not None and submission is not None:
            order_documents(actor, proposal, submission)
    return vote


def vote_on(
    item: AgendaItem,
    answer: BallotAnswer,
    votes: Sequence[Vote] = (),
    majority: MajorityRule | None = None,
) -> Vote:
    """Write a vote of an item whose other votes are `votes`, inside the event of its caller.

    `majority` stands in for that of the body, as for an extension of the agenda.
    """
    old = _old_vote(answer, votes)
    if old is not None:
        answer = _filled_in(answer, old)
    motion = motion_of(item.basis, [row for row in votes if row is not old])
    html = clean_html(answer.wording)
    refuse_on(objection_to_ballot(_facts(item, answer, motion, html)))
    if answer.kind in WRITTEN:
        law = item.committee.municipality.law(day_of(item))
        refuse_on(law.objection_to_unwritten_motion(html or _title(item, answer)))
    reading, announced = _read(item, answer, majority)

    if old is not None and answer.repeats_id is not None:
        changed(old, repeated=True)
    vote = old if answer.corrects_id is not None else None
    vote = vote or _fresh(item, answer, votes)
    vote.subject, vote.mover = answer.subject.strip(), answer.mover.strip()
    vote.clause, vote.request_key = answer.clause, answer.request_key
    vote.wording = _wording(item, answer, motion, html, old)
    return save_vote(vote, reading, announced, answer.reason)


def _filled_in(answer: BallotAnswer, old: Vote) -> BallotAnswer:
    """Return the answer with what it leaves out of the vote that it corrects or repeats."""
    return replace(
        answer,
        subject=answer.subject.strip() or old.subject,
        mover=answer.mover.strip() or old.mover,
        clause=answer.clause or old.clause,
    )


def _fresh(item: AgendaItem, answer: BallotAnswer, votes: Sequence[Vote]) -> Vote:
    return Vote(
        agenda_item=item,
        kind=answer.kind,
        position=next_position(votes),
    )


def _read(
    item: AgendaItem, answer: BallotAnswer, majority: MajorityRule | None
) -> tuple[Reading, VoteResult]:
    """Return how the count reads and what was announced; raises what stands against it."""
    reading = read_at(item, answer.counted, kind=answer.kind, majority=majority)
    refuse_on(reading.objection)
    for doubt in reading.doubts:
        refuse_on(doubt, reason=answer.reason)
    assert reading.result is not None
    announced = answer.announced or reading.result
    known = reading.ruling.result if reading.ruling else None
    by_word = reading.computed is None
    refuse_on(objection_to_announced_vote(announced, known, by_word=by_word), reason=answer.reason)
    return reading, announced


def _refuse_closed(item: AgendaItem, answer: BallotAnswer) -> None:
    """Refuse a vote of a meeting that does not take place or of a station that is over."""
    if item.meeting.cancelled_on is not None:
        refuse_on(objection_to_record(MeetingState.CANCELLED))
    consultation = item.consultation
    if consultation is not None and not item.outcome and not consultation.is_open:
        raise RuleViolation("Diese Beratung ist schon abgeschlossen oder entfallen.")
    signed = minutes_of(item.meeting) is not None
    refuse_on(objection_to_late_result(signed=signed), reason=answer.reason)


def _correct_approved(
    item: AgendaItem, proposal: Proposal | None, answer: BallotAnswer, votes: Sequence[Vote]
) -> Vote:
    """Add a vote that corrects one of approved minutes; everything else stays as it was."""
    old = _old_vote(answer, votes)
    refuse_on(objection_to_late_ballot(corrects=answer.corrects_id is not None))
    assert old is not None
    reading = read_at(item, answer.counted, kind=VoteKind(old.kind))
    refuse_on(reading.objection)
    vote = append_correction(old, votes, reading, answer.request_key, answer.reason)
    open_review(item, proposal, old, vote)
    return vote


def _old_vote(answer: BallotAnswer, votes: Sequence[Vote]) -> Vote | None:
    """Return the vote that is corrected or taken again; raises RuleViolation for another one."""
    wanted = answer.corrects_id or answer.repeats_id
    if wanted is None:
        return None
    found = [vote for vote in that_hold(votes) if vote.pk == wanted and vote.kind == answer.kind]
    if not found:
        raise RuleViolation("Diese Abstimmung gilt nicht mehr. Bitte öffnen Sie die Seite neu.")
    return found[0]


def _facts(item: AgendaItem, answer: BallotAnswer, motion: Motion, html: str) -> BallotFacts:
    return BallotFacts(
        kind=answer.kind,
        subject=answer.subject.strip() or answer.mover.strip(),
        wording=html,
        motion=motion.wording.html if motion.wording else "",
        on_paper=item.consultation_id is not None,
        clause=answer.clause,
        clauses=tuple(motion.numbers),
        voted=frozenset(motion.clauses),
    )


def _title(item: AgendaItem, answer: BallotAnswer) -> str:
    """Return what stands in for a wording: an item without a Vorlage has but words of its own."""
    return "" if item.consultation_id is not None else answer.subject


def _wording(
    item: AgendaItem, answer: BallotAnswer, motion: Motion, html: str, old: Vote | None
) -> Wording | None:
    """Return the wording that was voted on, a row of its own also where it was lost."""
    if answer.kind == VoteKind.CLAUSE:
        return motion.wording
    if not html or item.consultation is None:
        return old.wording if old is not None else None
    if old is not None and old.wording is not None and old.wording.html == html:
        return old.wording
    return write_wording(item, item.consultation.proposal, html, motion.wording)
