"""Meetings: from the plan to the signature under the minutes."""

from .answers import (
    ApproveMinutesAnswer,
    CallFile,
    CancelAnswer,
    CloseAnswer,
    CorrectMinutesAnswer,
    CorrectSittingAnswer,
    InviteAnswer,
    KeepMinutesAnswer,
    MinutesFile,
    MoveAnswer,
    OpenAnswer,
    PlanAnswer,
    PostponeRestAnswer,
    ReopenAnswer,
    ResumeAnswer,
    SignMinutesAnswer,
    SupplementAnswer,
    SuspendAnswer,
)
from .calling import rendered_call
from .corrections import correct_minutes
from .course import correct_sitting, reopen_meeting
from .invitation import invite, supplement
from .minutes import approve_minutes, keep_minutes, sign_minutes
from .papers import (
    ExcerptFor,
    ExcerptsAnswer,
    SheetAnswer,
    issue_excerpts,
    issue_sheet,
    objection_to_sheet_of,
)
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
    "CallFile",
    "CancelAnswer",
    "CloseAnswer",
    "CorrectMinutesAnswer",
    "CorrectSittingAnswer",
    "ExcerptFor",
    "ExcerptsAnswer",
    "InviteAnswer",
    "KeepMinutesAnswer",
    "MinutesFile",
    "MoveAnswer",
    "OpenAnswer",
    "PlanAnswer",
    "PostponeRestAnswer",
    "ReopenAnswer",
    "ResumeAnswer",
    "SheetAnswer",
    "SignMinutesAnswer",
    "SupplementAnswer",
    "SuspendAnswer",
    "approve_minutes",
    "cancel_meeting",
    "close_meeting",
    "correct_minutes",
    "correct_sitting",
    "invite",
    "issue_excerpts",
    "issue_sheet",
    "keep_minutes",
    "move_meeting",
    "objection_to_sheet_of",
    "open_meeting",
    "plan_meeting",
    "postpone_rest",
    "rendered_call",
    "reopen_meeting",
    "resume_meeting",
    "sign_minutes",
    "supplement",
    "suspend_meeting",
]
