"""What stands against a result: by the role of the body, the wording, the votes and the law."""

from dataclasses import dataclass

from django.utils import timezone

from ...models import AgendaItem, Consultation, Vote
from ...models.facts import preparing_body, route_of, station_of
from ...models.motion import Motion, motion_of
from ...rules.ballots import objection_to_announced_vote
from ...rules.clauses import objection_to_settling
from ...rules.cleaning import clean_html
from ...rules.consultation import (
    REFERRALS,
    ConsultationRole,
    Outcome,
    as_changed,
    meaning_of,
    needs_vote,
    objection_to_announcing,
    objection_to_early_decision,
    objection_to_outcome,
    objection_to_result_text,
    referral,
)
from ...rules.errors import RuleViolation
from ...rules.results import objection_to_result_wording
from ...rules.voting import VoteResult
from ...rules.words import CommitteeKind
from ..common import refuse_on
from ..voting import Reading, read_at
from .answers import ResultAnswer


@dataclass(frozen=True)
class Judged:
    """A result that may be: its outcome in the words of the route, the motion, and how it reads.

    `reading` is None where nobody voted on the matter itself; `early`: bodies ahead of a deciding
    one are still open.
    """

    outcome: Outcome
    motion: Motion
    wording: str
    reading: Reading | None = None
    early: bool = False


def judge(
    item: AgendaItem, consultation: Consultation | None, answer: ResultAnswer, votes: list[Vote]
) -> Judged:
    """Raise what stands against the result of an item; return how it reads."""
    role = ConsultationRole(consultation.role) if consultation else None
    counted = not answer.counted.is_empty
    refuse_on(objection_to_outcome(answer.outcome, role))
    refuse_on(objection_to_result_text(answer.outcome, answer.text, counted=counted))
    if answer.outcome in REFERRALS and not answer.refer_to:
        raise RuleViolation("Bitte angeben, wohin verwiesen wird.", field="refer_to")
    motion, html = motion_of(item.basis, votes), clean_html(answer.wording)
    outcome = _outcome(consultation, answer, motion)
    refuse_on(_objection_to_wording(consultation, outcome, html, motion))
    if not needs_vote(outcome):
        return Judged(outcome, motion, html)
    law = item.committee.municipality.law(timezone.localdate(item.meeting.starts_at))
    refuse_on(law.objection_to_unwritten_motion(html or motion.html or _title(item)))
    reading = _reading(item, answer, role, outcome, motion)
    early = consultation is not None and _is_early(item, consultation, answer)
    return Judged(outcome, motion, html, reading, early)


def _outcome(consultation: Consultation | None, answer: ResultAnswer, motion: Motion) -> Outcome:
    """Return the outcome in the words of the route: an amended motion is carried as changed."""
    if consultation is None:
        return answer.outcome
    if answer.outcome not in REFERRALS:
        return as_changed(answer.outcome, True) if motion.changed else answer.outcome
    rows = Consultation.everything.filter(
        proposal=consultation.proposal_id,
        committee__in=answer.refer_to,
        concluded_by__isnull=False,
    ).exclude(pk=consultation.pk)
    sat = set(rows.values_list("committee", flat=True))
    return referral(answer.outcome, sat_before=sat == set(answer.refer_to))


def _title(item: AgendaItem) -> str:
    """Return what stands in for a wording: an item without a Vorlage has but its title."""
    return "" if item.consultation_id is not None else item.title


def _objection_to_wording(
    consultation: Consultation | None, outcome: Outcome, html: str, motion: Motion
) -> RuleViolation | None:
    """Refuse a wording that does not fit the result; a carried amendment brings its own."""
    if consultation is None:
        unfit = RuleViolation("Ein Wortlaut gehört zu einer Vorlage.", field="wording")
        return unfit if html else None
    if not motion.changed:
        basis = motion.wording.html if motion.wording else ""
        return objection_to_result_wording(outcome, html, basis)
    if motion.unwritten and not html and meaning_of(outcome) == VoteResult.CARRIED:
        return RuleViolation("Bitte den geänderten Wortlaut angeben.", field="wording")
    return None


def _reading(
    item: AgendaItem,
    answer: ResultAnswer,
    role: ConsultationRole | None,
    outcome: Outcome,
    motion: Motion,
) -> Reading | None:
    """Read the vote on the matter itself; None where the votes on its clauses settle it."""
    if answer.counted.is_empty and motion.clauses:
        refuse_on(objection_to_settling(outcome, motion.settled, motion.open_clauses))
        return None
    reading = read_at(item, answer.counted)
    refuse_on(reading.objection)
    for doubt in reading.doubts:
        refuse_on(doubt, reason=answer.reason)
    if reading.counted.word is not None and reading.computed is None and reading.ruling:
        said = reading.ruling.result
        refuse_on(objection_to_announced_vote(meaning_of(outcome), said, by_word=True))
    refuse_on(objection_to_announcing(outcome, reading.computed, role), reason=answer.reason)
    return reading


def _is_early(item: AgendaItem, consultation: Consultation, answer: ResultAnswer) -> bool:
    """Say whether bodies ahead are still open; asks for the reason once."""
    if consultation.role != ConsultationRole.DECISION:
        return False
    committee = consultation.committee
    law = committee.municipality.law(timezone.localdate(item.meeting.starts_at))
    mandatory = preparing_body(law, CommitteeKind(committee.kind))
    route = route_of(consultation.proposal, mandatory)
    objection = objection_to_early_decision(station_of(consultation, mandatory), route)
    refuse_on(objection, reason=answer.reason or item.early_reason)
    return objection is not None
