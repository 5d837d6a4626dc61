"""What an agenda item comes to: its wording, its outcome, and the route that follows.

Private to the use cases on votes and results; everything runs inside their event.
"""

from ..models import AgendaItem, Consultation, Origin, Proposal, Wording
from ..models.facts import current_submission, voting_bases, voting_basis
from ..models.motion import Motion, main_vote
from ..models.voting import Vote
from ..rules.clauses import ClauseOutcome
from ..rules.consultation import (
    ConsultationRole,
    Outcome,
    as_changed,
    meaning_of,
    needs_vote,
    outcome_if,
)
from ..rules.errors import RuleViolation
from ..rules.voting import VoteResult
from .common import changed, settle_status
from .effects import apply_effects, route_stays, undo_effects
from .statements import follow_wording


def set_basis(item: AgendaItem, proposal: Proposal | None, chosen: int | None) -> None:
    """Fix the wording that an item votes on; the caller saves the row.

    The latest recommendation unless the chair chose another one (practice.md 1.7); what the first
    vote was about stays.
    """
    if proposal is None or (item.basis_id is not None and chosen in (None, item.basis_id)):
        return
    submission = current_submission(proposal)
    if chosen is None:
        item.basis = voting_basis(proposal, submission)
        return
    bases = {row.pk: row for row in voting_bases(proposal, submission)}
    if chosen not in bases:
        raise RuleViolation(
            "Über diesen Wortlaut kann hier nicht abgestimmt werden.", field="basis"
        )
    item.basis = bases[chosen]


def write_wording(
    item: AgendaItem, proposal: Proposal, html: str, parent: Wording | None
) -> Wording:
    """Store a wording of the committee; in the chain of what it changes."""
    wording = Wording(
        proposal=proposal,
        origin=Origin.COMMITTEE,
        committee=item.committee,
        parent=parent,
        html=html,
        public=item.public,
    )
    wording.save()
    return wording


def adopted_wording(
    item: AgendaItem, proposal: Proposal | None, outcome: Outcome, motion: Motion, typed: str = ""
) -> Wording | None:
    """Return the wording that the committee carried; None where it carried none.

    A public body that carries a wording from behind closed doors makes it public: its own row says
    so, the confidential one stays as it is (practice.md 1.5).
    """
    if proposal is None or not needs_vote(outcome) or meaning_of(outcome) == VoteResult.LOST:
        return None
    html, source = typed or motion.html, motion.wording
    if source is None and not html:
        return None
    if source is not None and source.html == html and (source.public or not item.public):
        return source
    present = item.result_wording
    if present is not None and present.html == html and present.public == item.public:
        return present
    return write_wording(item, proposal, html, source)


def follow_motion(item: AgendaItem, before: Motion, after: Motion, votes: list[Vote]) -> None:
    """Let a result that stands follow a vote on its motion that was entered or corrected later.

    What the committee wrote down itself with the result stays its own.
    """
    consultation = item.consultation
    if consultation is None or not item.outcome or not needs_vote(Outcome(item.outcome)):
        return
    outcome = Outcome(item.outcome)
    by_clauses = main_vote(votes) is None and after.settled is not None
    carried = item.result_wording is not None and item.result_wording.html != before.html
    if (before.html, before.changed) == (after.html, after.changed) or (carried and not by_clauses):
        return
    if after.unwritten and not before.unwritten and meaning_of(outcome) == VoteResult.CARRIED:
        raise RuleViolation(
            "Das Ergebnis zu diesem Punkt steht schon. Bitte den geänderten Wortlaut angeben.",
            field="wording",
        )
    if by_clauses:
        lost = after.settled == ClauseOutcome.NONE
        result = VoteResult.LOST if lost else VoteResult.CARRIED
        outcome = outcome_if(result, ConsultationRole(consultation.role), after.changed)
    wording = _move(item, consultation, as_changed(outcome, after.changed), after)
    main = main_vote(votes)
    if main is not None:
        changed(main, wording=wording or after.wording)


def _move(
    item: AgendaItem, consultation: Consultation, outcome: Outcome, motion: Motion
) -> Wording | None:
    """Give an item with a result another one that follows from its votes; return its wording."""
    proposal = consultation.proposal
    stays = route_stays(item, consultation, outcome)
    values = {} if stays else undo_effects(item, consultation, outcome)
    wording = adopted_wording(item, proposal, outcome, motion)
    changed(item, outcome=outcome, result_wording=wording, revision=item.revision + 1)
    follow_wording(item, consultation)
    if not stays:
        values |= apply_effects(item, consultation, outcome)
    settle_status(proposal, corrects=True, **values)
    return wording
