"""Votes: what was counted, what it means, and the votes beside the one on the matter itself."""

from ...rules.voting import FactionCount
from .answers import BallotAnswer, CountedAnswer
from .ballots import record_ballot, vote_on
from .counts import Reading, read, read_at
from .electorate import Electorate, electorate_of

__all__ = [
    "BallotAnswer",
    "CountedAnswer",
    "Electorate",
    "FactionCount",
    "Reading",
    "electorate_of",
    "read",
    "read_at",
    "record_ballot",
    "vote_on",
]
