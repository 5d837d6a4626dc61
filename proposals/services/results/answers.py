"""What people answer about the result of an agenda item; the page's form makes one of these."""

from dataclasses import dataclass, field
from uuid import UUID

from ...rules.consultation import Outcome
from ..voting import CountedAnswer


@dataclass(frozen=True)
class ResultAnswer:
    """What was announced and counted.

    `wording` is the committee's own, "" where it carried the motion as it stood. `reason` serves an
    early decision, a difference between count and announcement, a doubtful quorum and a late
    correction. `refer_to` are committee ids; `refer_back` brings the matter back to the referring
    committee afterwards. `text` says who was elected or appointed, `note` None leaves the note for
    the minutes alone, `repeats` keeps the vote before as invalid, `basis_id` chooses the wording
    that was voted on (None: as it stands).
    """

    outcome: Outcome
    request_key: UUID
    counted: CountedAnswer = field(default_factory=CountedAnswer)
    wording: str = ""
    text: str = ""
    reason: str = ""
    note: str | None = None
    refer_to: tuple[int, ...] = ()
    refer_back: bool = True
    repeats: bool = False
    basis_id: int | None = None
    revision: int = 0


@dataclass(frozen=True)
class ItemResultAnswer:
    """The result of an item without a Vorlage."""

    item_id: int
    result: ResultAnswer


@dataclass(frozen=True)
class BlockAnswer:
    """One result for several items ("TOP 5 bis 9 einstimmig"), each with a key for its own vote.

    The outcome is that of one of them; the others have what it means for their role.
    """

    item_ids: tuple[int, ...]
    result: ResultAnswer
    request_keys: tuple[UUID, ...]
