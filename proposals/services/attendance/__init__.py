"""Attendance: who is there from which item on, who is excluded, and whether that is enough."""

from ...models.presence import entitled_at, presence_at
from .answers import (
    ArriveAnswer,
    LeaveAnswer,
    QuorumAnswer,
    RecuseAnswer,
    RollAnswer,
    RollEntry,
)
from .moves import arrive, leave
from .quorum import count_quorum
from .recusal import recuse
from .roll import call_roll

__all__ = [
    "ArriveAnswer",
    "LeaveAnswer",
    "QuorumAnswer",
    "RecuseAnswer",
    "RollAnswer",
    "RollEntry",
    "arrive",
    "call_roll",
    "count_quorum",
    "entitled_at",
    "leave",
    "presence_at",
    "recuse",
]
