"""What people answer about a vote; the page's form makes one of these."""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from ...rules.shorthand import Shorthand
from ...rules.voting import Choice, FactionCount, VoteKind, VoteMode, VoteResult, VoteWord


@dataclass(frozen=True)
class CountedAnswer:
    """Votes as typed; None where nothing stands.

    `entitled` None takes the attendance at the item. `yes` None: only counter-votes were counted;
    no counts at all: the house keeps the `word` alone. `cast` and `invalid` belong to a secret
    vote, `roll` (person and choice) to a roll call, which is counted by itself.
    """

    entitled: int | None = None
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    word: VoteWord | None = None
    mode: VoteMode = VoteMode.OPEN
    cast: int | None = None
    invalid: int | None = None
    roll: tuple[tuple[int, Choice], ...] = ()
    factions: tuple[FactionCount, ...] = ()

    @classmethod
    def of(cls, typed: Shorthand, **more: Any) -> Self:
        """Return what was typed in short; `more` are the fields that it does not say."""
        tally = typed.tally
        return cls(
            yes=tally.yes if tally else None,
            no=tally.no if tally else None,
            abstained=tally.abstained if tally else None,
            word=typed.word,
            mode=typed.mode,
            cast=typed.cast,
            invalid=typed.invalid,
            **more,
        )

    @property
    def is_empty(self) -> bool:
        """Answer whether nothing was counted and no word was said."""
        counts = (self.yes, self.no, self.abstained, self.cast, self.invalid)
        return not (self.word or self.roll or any(number is not None for number in counts))


@dataclass(frozen=True)
class BallotAnswer:
    """A vote beside the one on the matter itself: amendment, clause, variant or procedural motion.

    `wording` is the whole wording as it would be then ("": nobody wrote it down), `announced` None
    follows the count. `repeats_id` is the doubtful vote that was taken again, `corrects_id` the one
    whose numbers were mistyped; `basis_id` the wording the item votes on (None: as it stands).
    """

    item_id: int
    kind: VoteKind
    subject: str
    request_key: UUID
    counted: CountedAnswer
    wording: str = ""
    clause: int | None = None
    mover: str = ""
    announced: VoteResult | None = None
    reason: str = ""
    repeats_id: int | None = None
    corrects_id: int | None = None
    basis_id: int | None = None
