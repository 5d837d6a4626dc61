"""Writes votes: the row with its counts, the roll call and the table of factions beside it.

Private to the use cases on votes and results; everything runs inside their event.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from ...history.records import create_all
from ...models import AgendaItem, FactionVote, RollCallVote, Vote
from ...rules.errors import RuleViolation
from ...rules.voting import VoteResult
from ..common import changed
from .counts import Reading


def votes_of(item: AgendaItem, key: UUID | None = None) -> list[Vote]:
    """Return every vote of an item with its wording, in order; one statement.

    Refuses the key of a form that has recorded another item's vote.
    """
    wanted = Q(agenda_item=item) | Q(request_key=key) if key else Q(agenda_item=item)
    found = list(Vote.everything.filter(wanted).select_related("wording").order_by("position"))
    if any(vote.agenda_item_id != item.pk for vote in found):
        raise RuleViolation(
            "Dieses Formular gehört zu einem anderen Ergebnis. Bitte öffnen Sie die Seite neu."
        )
    return found


def next_position(votes: Iterable[Vote]) -> int:
    """Return the number of the next vote of an item."""
    return max((vote.position for vote in votes), default=0) + 1


def save_vote(vote: Vote, reading: Reading, announced: VoteResult, reason: str) -> Vote:
    """Store a vote with what was counted; `reason` is why the chair announced otherwise."""
    fresh = vote.pk is None
    counted, tally = reading.counted, reading.tally
    vote.entitled, vote.yes = counted.entitled, counted.yes
    vote.no, vote.abstained = counted.no, counted.abstained
    vote.word, vote.mode = counted.word or "", counted.mode
    vote.cast, vote.invalid = counted.cast, counted.invalid
    vote.not_voted = 0
    if tally is not None and tally.yes is not None and counted.entitled is not None:
        vote.not_voted = counted.entitled - tally.counted
    vote.computed, vote.announced = reading.computed or "", announced
    differs = reading.computed is not None and reading.computed != announced
    vote.difference_reason = reason.strip()[:400] if differs else ""
    vote.save()
    _save_names(vote, reading, fresh=fresh)
    return vote


def _save_names(vote: Vote, reading: Reading, *, fresh: bool) -> None:
    """Store who voted how, and how the factions did; what stands there is changed, not doubled."""
    choices = dict(reading.counted.roll)
    if not fresh:
        for row in RollCallVote.everything.filter(vote=vote):
            choice = choices.pop(row.person_id, None)
            if choice is None:
                row.delete()
            elif choice != row.choice:
                changed(row, choice=choice)
        for faction in FactionVote.everything.filter(vote=vote):
            faction.delete()
    create_all(
        [RollCallVote(vote=vote, person_id=pk, choice=choice) for pk, choice in choices.items()]
    )
    create_all(
        [
            FactionVote(
                vote=vote,
                faction=row.faction.strip(),
                yes=row.yes,
                no=row.no,
                abstained=row.abstained,
            )
            for row in reading.counted.factions
        ]
    )


def drop_votes(votes: Sequence[Vote]) -> None:
    """Delete votes that a corrected outcome does not have, with the names that hang on them."""
    for vote in votes:
        for row in [
            *RollCallVote.everything.filter(vote=vote),
            *FactionVote.everything.filter(vote=vote),
        ]:
            row.delete()
        vote.delete()


def append_correction(
    old: Vote, votes: Sequence[Vote], reading: Reading, key: UUID, reason: str
) -> Vote:
    """Add a vote that corrects one of approved minutes; what was announced stays.

    A count that now says something else makes a task for people and switches nothing by itself
    (practice.md 1.15).
    """
    vote = Vote(
        agenda_item=old.agenda_item,
        kind=old.kind,
        subject=old.subject,
        mover=old.mover,
        clause=old.clause,
        position=next_position(votes),
        corrects=old,
        wording=old.wording,
        request_key=key,
    )
    save_vote(vote, reading, VoteResult(old.announced), reason)
    return vote
