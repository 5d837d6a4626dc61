"""Berichtigung: a later meeting accepts that approved minutes were wrong; their file stays."""

from collections.abc import Sequence

from ...documents.content_attendance import top_of
from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Meeting, Minutes, MinutesCorrection, Proposal, User, Vote
from ...rules.consultation import is_treated
from ...rules.documents import CorrectionFacts, correction_words, objection_to_accepting
from ...rules.errors import RuleViolation
from ..common import refuse_on
from ..deputies import require_keeper
from .answers import CorrectMinutesAnswer


def correct_minutes(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: CorrectMinutesAnswer
) -> MinutesCorrection:
    """Note with an item of this meeting that the body accepted a correction of earlier minutes.

    The item and the minutes name each other; it is printed in the minutes of this meeting.
    """
    item = _item(meeting, answer.item_id)
    vote = _vote(answer.vote_id)
    with event(actor, Act.MINUTES_CORRECTED, *_objects(item, vote, proposals)):
        require_keeper(
            actor, item.committee_id, f"Die Sitzungen von „{item.committee}“ führen Sie nicht."
        )
        minutes = Minutes.everything.filter(meeting=answer.meeting_id).first()
        text = answer.text.strip() or _words(vote)
        refuse_on(objection_to_accepting(_facts(meeting, item, minutes, vote, text)))
        assert minutes is not None

        correction = MinutesCorrection(minutes=minutes, agenda_item=item, vote=vote, text=text)
        correction.save()
    return correction


def _item(meeting: Meeting, pk: int) -> AgendaItem:
    rows = AgendaItem.everything.select_related("committee", "consultation__proposal")
    item: AgendaItem | None = rows.filter(meeting=meeting, pk=pk).first()
    if item is None:
        raise RuleViolation("Diesen Punkt gibt es in dieser Sitzung nicht.", field="item")
    return item


def _vote(pk: int | None) -> Vote | None:
    rows = Vote.everything.select_related("corrects", "agenda_item__consultation__proposal")
    vote: Vote | None = rows.filter(pk=pk or 0).first()
    if vote is None and pk is not None:
        raise RuleViolation("Diese Abstimmung gibt es nicht.", field="vote")
    return vote


def _objects(
    item: AgendaItem, vote: Vote | None, proposals: Sequence[Proposal]
) -> Sequence[Proposal | AgendaItem]:
    """Return what the journal names: both items, so that it tells nobody of a hidden count."""
    return (*proposals, item) if vote is None else (*proposals, item, vote.agenda_item)


def _facts(
    meeting: Meeting, item: AgendaItem, minutes: Minutes | None, vote: Vote | None, text: str
) -> CorrectionFacts:
    own = Minutes.everything.filter(meeting=meeting, approved_on__isnull=False)
    earlier = minutes.meeting if minutes is not None else None
    bodies = earlier.bodies.values_list("committee", flat=True) if earlier is not None else ()
    return CorrectionFacts(
        approved=minutes is not None and minutes.approved_on is not None,
        later=earlier is not None and earlier.starts_at < meeting.starts_at,
        same_body=item.committee_id in bodies,
        text=text,
        treated=not item.outcome or is_treated(item.outcome),
        of_meeting=vote is None or earlier is None or vote.agenda_item.meeting_id == earlier.pk,
        corrects=vote is None or vote.corrects_id is not None,
        accepted=vote is not None and MinutesCorrection.everything.filter(vote=vote).exists(),
        minutes_approved=own.exists(),
    )


def _words(vote: Vote | None) -> str:
    """Return the correction of a count in a sentence; "" for anything else."""
    if vote is None or vote.corrects is None:
        return ""
    old = vote.corrects
    return correction_words(
        top_of(vote.agenda_item),
        now=(vote.yes, vote.no, vote.abstained),
        before=(old.yes, old.no, old.abstained),
    )
