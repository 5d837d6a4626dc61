"""The motion that an agenda item votes on: its basis, as the votes so far have changed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..rules.clauses import ClauseOutcome, clause_outcome, clauses_of, without
from ..rules.voting import VoteKind, VoteResult
from .agenda import AgendaItem
from .version import Wording
from .voting import Vote

_CHANGING = (VoteKind.AMENDMENT, VoteKind.VARIANT)


@dataclass(frozen=True)
class Motion:
    """Antrag: the wording as it stands after the votes in `changed_by`, each of them carried.

    `wording` is None for an item without a Vorlage; `unwritten` says that the last change was
    carried without a wording. `clauses` are those voted on one by one, with what became of them.
    """

    wording: Wording | None
    changed_by: tuple[Vote, ...] = ()
    unwritten: bool = False
    clauses: Mapping[int, VoteResult] = field(default_factory=dict)

    @property
    def html(self) -> str:
        """Return what is left of the wording, without the clauses that were lost."""
        return without(self.wording.html, self.lost) if self.wording else ""

    @property
    def numbers(self) -> list[int]:
        """Return the numbers of the clauses of the wording."""
        clauses = clauses_of(self.wording.html) if self.wording else []
        return [clause.number for clause in clauses]

    @property
    def lost(self) -> frozenset[int]:
        """Return the numbers of the clauses that were lost."""
        return frozenset(n for n, result in self.clauses.items() if result == VoteResult.LOST)

    @property
    def changed(self) -> bool:
        """Answer whether what is adopted would differ from the basis."""
        return bool(self.changed_by or self.lost)

    @property
    def open_clauses(self) -> list[int]:
        """Return the numbers of the clauses that nobody has voted on by itself."""
        return [number for number in self.numbers if number not in self.clauses]

    @property
    def settled(self) -> ClauseOutcome | None:
        """Return what the votes on all clauses came to; None where they leave something open."""
        if not self.clauses or self.wording is None or self.open_clauses:
            return None
        return clause_outcome(self.clauses)


def motion_of(basis: Wording | None, votes: Iterable[Vote]) -> Motion:
    """Return the motion after the votes of an item; they come with their wordings."""
    holding = that_hold(votes)
    changes = [vote for vote in holding if vote.kind in _CHANGING and is_carried(vote)]
    written = [vote.wording for vote in changes if vote.wording is not None]
    return Motion(
        wording=written[-1] if written else basis,
        changed_by=tuple(changes),
        unwritten=bool(changes) and changes[-1].wording is None,
        clauses={
            vote.clause: VoteResult(vote.announced)
            for vote in holding
            if vote.kind == VoteKind.CLAUSE and vote.clause is not None
        },
    )


def that_hold(votes: Iterable[Vote]) -> list[Vote]:
    """Return the votes that were neither taken again nor corrected, in the order of the meeting.

    A correction stands in the place of the vote that it corrects.
    """
    by_pk = {vote.pk: vote for vote in votes}
    corrected = {vote.corrects_id for vote in by_pk.values()}
    rows = [v for v in by_pk.values() if not v.repeated and v.pk not in corrected]
    return sorted(rows, key=lambda vote: _first(vote, by_pk).position)


def _first(vote: Vote, by_pk: Mapping[int, Vote]) -> Vote:
    while vote.corrects_id is not None:
        vote = by_pk[vote.corrects_id]
    return vote


def chain_of(item: AgendaItem) -> list[Wording]:
    """Return the wording that an item carried and what it goes back to, that of a version first.

    Empty where it carried none; who asks for a person lets only those through that it may read.
    """
    carried = Wording.everything.filter(pk=item.result_wording_id or 0).first()
    if carried is None:
        return []
    rows = Wording.everything.filter(proposal=carried.proposal_id).select_related("committee")
    by_pk = {row.pk: row for row in rows}
    chain = [by_pk[carried.pk]]
    while chain[-1].parent_id is not None and chain[-1].version_id is None:
        chain.append(by_pk[chain[-1].parent_id])
    return chain[::-1]


def main_vote(votes: Iterable[Vote]) -> Vote | None:
    """Return the vote on the matter itself that holds; None where there was none."""
    return next((vote for vote in that_hold(votes) if vote.kind == VoteKind.MAIN), None)


def is_carried(vote: Vote) -> bool:
    """Answer whether the chair announced that the vote was carried."""
    return bool(vote.announced == VoteResult.CARRIED)
