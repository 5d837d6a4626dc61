"""Stores a result that may be: the vote, the wording, the outcome.

Private to the use cases on results; everything runs inside their event.
"""

from ...models import AgendaItem, Consultation, Vote, Wording
from ...models.motion import main_vote
from ...rules.consultation import ConsultationRole, meaning_of, needs_vote
from ...rules.results import LATER
from ...rules.voting import VoteKind
from ..common import changed
from ..statements import follow_wording
from ..treating import adopted_wording
from ..voting import Reading
from ..voting.rows import drop_votes, next_position, save_vote
from .answers import ResultAnswer
from .judging import Judged


def write_result(
    item: AgendaItem,
    consultation: Consultation | None,
    answer: ResultAnswer,
    judged: Judged,
    votes: list[Vote],
) -> None:
    """Store wording, vote and outcome of the item, overwriting a provisional result."""
    proposal = consultation.proposal if consultation else None
    outcome = judged.outcome
    wording = adopted_wording(item, proposal, outcome, judged.motion, judged.wording)
    if judged.reading is None:
        drop_votes([vote for vote in votes if vote.kind == VoteKind.MAIN])
    else:
        voted_on = wording or judged.motion.wording
        _write_vote(item, answer, judged, judged.reading, voted_on, votes)
    item.outcome = outcome
    item.result_wording = wording
    item.result_text = answer.text.strip()
    if answer.note is not None:
        item.note = answer.note.strip()
    decides = consultation is not None and consultation.role == ConsultationRole.DECISION
    if not decides or not needs_vote(outcome):
        item.early_reason = ""
    elif judged.early and item.early_reason in ("", LATER):
        item.early_reason = answer.reason.strip()[:400] or item.early_reason
    item.revision += 1
    item.save()
    follow_wording(item, consultation)


def _write_vote(
    item: AgendaItem,
    answer: ResultAnswer,
    judged: Judged,
    reading: Reading,
    wording: Wording | None,
    votes: list[Vote],
) -> None:
    """Write the vote on the matter itself; one that was taken again stays, marked as invalid."""
    present = main_vote(votes)
    if present is not None and answer.repeats:
        changed(present, repeated=True)
        present = None
    vote = present or Vote(
        agenda_item=item,
        kind=VoteKind.MAIN,
        position=next_position(votes),
        request_key=answer.request_key,
    )
    vote.wording = wording
    save_vote(vote, reading, meaning_of(judged.outcome), answer.reason)
