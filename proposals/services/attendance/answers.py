"""What people answer about who is there; the page's form makes one of these."""

from dataclasses import dataclass
from datetime import time

from ...rules.attendance import AttendanceKind
from ...rules.quorum import QuorumCause


@dataclass(frozen=True)
class RollEntry:
    """One person at the beginning of a meeting; `substitutes_id` for whom ("i. V. für")."""

    person_id: int
    kind: AttendanceKind
    substitutes_id: int | None = None
    at: time | None = None


@dataclass(frozen=True)
class RollAnswer:
    """The attendance list of one committee as it is at the beginning, whole."""

    committee_id: int
    entries: tuple[RollEntry, ...]
    reason: str = ""


@dataclass(frozen=True)
class ArriveAnswer:
    """Somebody comes at an item, or is there in another way from it on."""

    committee_id: int
    person_id: int
    item_id: int
    at: time | None = None
    kind: AttendanceKind = AttendanceKind.PRESENT
    substitutes_id: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class LeaveAnswer:
    """Somebody leaves before an item: it is the first that he or she does not attend."""

    committee_id: int
    person_id: int
    item_id: int
    at: time | None = None
    reason: str = ""


@dataclass(frozen=True)
class RecuseAnswer:
    """Who may not take part in an item, and why; `lift` takes that back.

    `decided_by_id` is the vote by which the body found that out.
    """

    item_id: int
    person_id: int
    reason: str = ""
    left_room: bool = True
    lift: bool = False
    decided_by_id: int | None = None


@dataclass(frozen=True)
class QuorumAnswer:
    """Somebody counted; `present` None takes the attendance at the item (None: the beginning).

    `quorate` is what the chair said, for a Land whose law gives no verdict.
    """

    committee_id: int
    cause: QuorumCause
    item_id: int | None = None
    present: int | None = None
    at: time | None = None
    quorate: bool | None = None
    reason: str = ""
