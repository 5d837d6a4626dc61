"""Count errors: the Rechtsamt advises, the head of the administration decides what follows."""

from dataclasses import dataclass

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import AgendaItem, Consultation, Proposal, ResultReview, Role, User, Vote
from ..models.facts import open_consultations, situation
from ..rules.consultation import DECIDING, ConsultationRole
from ..rules.review import (
    ReviewDecision,
    objection_to_advising,
    objection_to_deciding,
    objection_to_voting_again,
)
from .common import changed, refuse_on, require, settle_status
from .deputies import note_deputy
from .route import next_position


@dataclass(frozen=True)
class OpinionAnswer:
    """What the Rechtsamt says about a count error."""

    text: str


@dataclass(frozen=True)
class DecisionAnswer:
    """What the head of the administration decides, and why."""

    decision: ReviewDecision
    reason: str


def open_review(
    item: AgendaItem, proposal: Proposal | None, old: Vote, new: Vote
) -> ResultReview | None:
    """Open a review where a correction of approved minutes makes the count say something else.

    Private to the corrections. A review that is open already goes on with the newest count.
    """
    before, after = old.computed or old.announced, new.computed
    if not after or after == before:
        return None
    if ResultReview.everything.filter(agenda_item=item, decided_on__isnull=True).exists():
        return None
    review = ResultReview(
        agenda_item=item, proposal=proposal, vote=new, opened_on=timezone.localdate()
    )
    review.save()
    item.meeting.moved_reviews = proposal is None
    return review


def advise_review(*, actor: User, review: ResultReview, answer: OpinionAnswer) -> ResultReview:
    """Record what the Rechtsamt makes of a count error; it decides nothing."""
    with event(actor, Act.REVIEWED, *_objects(review)):
        require(
            policies.can_advise_review(actor, review.agenda_item.committee.municipality_id),
            "Zu Zählfehlern nimmt das Rechtsamt Stellung.",
        )
        note_deputy(actor, Role.LEGAL, review.agenda_item.committee.municipality_id)
        decided = review.decided_on is not None
        refuse_on(objection_to_advising(answer.text, decided=decided))

        changed(review, opinion=answer.text.strip(), opinion_on=timezone.localdate())
    return review


def decide_review(*, actor: User, review: ResultReview, answer: DecisionAnswer) -> ResultReview:
    """Let the head of the administration stay the execution, have it voted again, or let it stand.

    A stay leaves the review open. Voting again inserts a station; until then the decision stands.
    """
    with event(actor, Act.REVIEWED, *_objects(review), reason=answer.reason):
        require(
            policies.can_decide_review(actor, review.agenda_item.committee.municipality_id),
            "Über Zählfehler entscheidet die Verwaltungsleitung.",
        )
        note_deputy(actor, Role.HEAD, review.agenda_item.committee.municipality_id)
        refuse_on(
            objection_to_deciding(
                answer.decision,
                answer.reason,
                decided=review.decided_on is not None,
                stayed=review.stayed_on is not None,
                is_resolution=_is_resolution(review),
            )
        )

        today = timezone.localdate()
        if answer.decision == ReviewDecision.STAY:
            changed(review, decision=answer.decision, stayed_on=today)
        else:
            changed(review, decision=answer.decision, decided_on=today)
        if answer.decision == ReviewDecision.VOTE_AGAIN:
            _insert_station(review)
        if review.proposal is not None:
            settle_status(review.proposal)
    return review


def _objects(review: ResultReview) -> tuple[AgendaItem | Proposal, ...]:
    item = review.agenda_item
    return (item,) if review.proposal is None else (review.proposal, item)


def _is_resolution(review: ResultReview) -> bool:
    """Answer whether the item decided, so that there is something to be carried out."""
    item = review.agenda_item
    deciding = item.consultation is None or item.consultation.role == ConsultationRole.DECISION
    return deciding and item.outcome in DECIDING


def _insert_station(review: ResultReview) -> None:
    """Put the matter before the same body once more; an item without a Vorlage is just listed."""
    proposal, replaced = review.proposal, review.agenda_item.consultation
    if proposal is None or replaced is None:
        return
    current = situation(proposal).current
    in_route = current is not None and current.form_checked_on is not None
    waiting = any(
        (row.committee_id, row.role) == (replaced.committee_id, replaced.role)
        for row in open_consultations(proposal)
    )
    in_route = in_route and proposal.withdrawn_on is None
    refuse_on(objection_to_voting_again(in_route=in_route, waiting=waiting))
    Consultation(
        proposal=proposal,
        committee_id=replaced.committee_id,
        role=replaced.role,
        position=next_position(proposal, replaced.position),
        inserted_by=review.agenda_item,
        replaces=replaced,
    ).save()
