"""Meetings: from the plan to the signature under the minutes."""

from .answers import (
    ApproveMinutesAnswer,
    CancelAnswer,
    CloseAnswer,
    InviteAnswer,
    MoveAnswer,
    OpenAnswer,
    PlanAnswer,
    PostponeRestAnswer,
    ResumeAnswer,
    SignMinutesAnswer,
    SupplementAnswer,
    SuspendAnswer,
)
from .invitation import invite, supplement
from .minutes import approve_minutes, sign_minutes
from .planning import cancel_meeting, move_meeting, plan_meeting
from .sitting import (
    close_meeting,
    open_meeting,
    postpone_rest,
    resume_meeting,
    suspend_meeting,
)

__all__ = [
    "ApproveMinutesAnswer",
    "CancelAnswer",
    "CloseAnswer",
    "InviteAnswer",
    "MoveAnswer",
    "OpenAnswer",
    "PlanAnswer",
    "PostponeRestAnswer",
    "ResumeAnswer",
    "SignMinutesAnswer",
    "SupplementAnswer",
    "SuspendAnswer",
    "approve_minutes",
    "cancel_meeting",
    "close_meeting",
    "invite",
    "move_meeting",
    "open_meeting",
    "plan_meeting",
    "postpone_rest",
    "resume_meeting",
    "sign_minutes",
    "supplement",
    "suspend_meeting",
]
