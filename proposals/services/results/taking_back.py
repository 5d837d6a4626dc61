"""Takes the last entry back: an item whose result was typed by mistake is open again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Meeting, Minutes, Proposal, User
from ...models.facts import current_submission
from ...rules.consultation import Outcome, is_treated
from ...rules.errors import RuleViolation
from ...rules.voting import VoteKind
from ..common import settle_status
from ..deputies import require_keeper
from ..effects import undo_effects
from ..items import item_of
from ..statements import follow_wording
from ..submission import order_documents
from ..voting.rows import drop_votes, votes_of
from .minutes import take_back_approval


@dataclass(frozen=True)
class TakeBackAnswer:
    """The result of an item is taken back; `revision` is the state that its typist left."""

    item_id: int
    revision: int


def take_back_result(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: TakeBackAnswer
) -> AgendaItem:
    """Open an item again as if it had no result yet; history keeps what stood there.

    Raises RuleViolation once the minutes are signed, where somebody else has changed the result
    since, and where the route has gone on from it.
    """
    item = item_of(meeting, answer.item_id)
    locked = {proposal.pk: proposal for proposal in proposals}
    station = item.consultation
    proposal = locked[station.proposal_id] if station else None
    with event(actor, Act.CORRECTED, *proposals, item):
        require_keeper(
            actor, item.committee_id, f"Ergebnisse für „{item.committee}“ berichtigen Sie nicht."
        )
        _refuse_settled(item, answer)
        take_back_approval(item, Outcome.POSTPONED)
        values = {}
        if station is not None and proposal is not None:
            station.proposal = proposal
            values = undo_effects(item, station, Outcome.POSTPONED)

        votes = votes_of(item)
        drop_votes([vote for vote in votes if vote.kind == VoteKind.MAIN])
        _open(item, voted=any(vote.kind != VoteKind.MAIN for vote in votes))
        follow_wording(item, station)
        if proposal is not None:
            submission = current_submission(proposal)
            if submission is not None:
                order_documents(actor, proposal, submission)
            settle_status(proposal, corrects=True, **values)
    return item


def _refuse_settled(item: AgendaItem, answer: TakeBackAnswer) -> None:
    if Minutes.everything.filter(meeting=item.meeting_id).exists():
        raise RuleViolation(
            "Das Protokoll ist unterschrieben. Ein Ergebnis wird jetzt berichtigt, nicht "
            "zurückgenommen."
        )
    if not is_treated(item.outcome):
        raise RuleViolation(
            "Zu diesem Tagesordnungspunkt steht kein Ergebnis, das zurückgenommen werden könnte."
        )
    if item.revision != answer.revision:
        raise RuleViolation(
            f"TOP {item.number or item.title} wurde inzwischen geändert und wird nicht "
            "zurückgenommen."
        )
    again = Q(resumes=item)
    if item.consultation_id is not None:
        again |= Q(consultation=item.consultation_id, pk__gt=item.pk)
    if AgendaItem.everything.filter(again).exists():
        raise RuleViolation(
            "Die Beratung steht schon auf einer weiteren Tagesordnung; das Ergebnis kann nur noch "
            "berichtigt werden."
        )


def _open(item: AgendaItem, *, voted: bool) -> None:
    """Leave the item as it was before anybody dealt with it; its note for the minutes stays.

    `voted`: votes beside the one on the matter stand, and with them the wording they were about.
    """
    if not voted:
        item.basis = None
    item.outcome, item.result_wording = "", None
    item.result_text = item.early_reason = ""
    item.taken_up = None
    item.revision += 1
    item.save()
