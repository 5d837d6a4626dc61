"""What people answer in the acts on a whole meeting; the page's form makes one of these."""

from dataclasses import dataclass
from datetime import date, datetime

from ...rules.documents import MeetingDocumentKind
from ..attachments import StoredFile


@dataclass(frozen=True)
class PlanAnswer:
    """A new meeting; several committees sit together, the first one leads.

    `number` None takes the next one of the leading committee in its Wahlperiode; `standard` puts
    the standard items on the agenda. `constituting` None: the council's first one in its
    Wahlperiode, which has a notice period of its own.
    """

    committee_ids: tuple[int, ...]
    starts_at: datetime
    place: str = ""
    number: int | None = None
    standard: bool = True
    constituting: bool | None = None


@dataclass(frozen=True)
class MoveAnswer:
    """Another time, another place (None: it stays); a meeting that was called needs a reason."""

    starts_at: datetime
    place: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class CancelAnswer:
    """Why the meeting does not take place, and to which one its matters go (None: they wait)."""

    reason: str
    to_meeting_id: int | None = None
    on: date | None = None


@dataclass(frozen=True)
class InviteAnswer:
    """The invitation is out since `on` (today if None); after a move it is a further one.

    `hint`: it says that the body is quorate with any number for what lacked a quorum before.
    """

    on: date | None = None
    recipients: str = ""
    shortened_reason: str = ""
    hint: bool = False
    files: tuple["CallFile", ...] = ()


@dataclass(frozen=True)
class SupplementAnswer:
    """The Nachtrag with everything that came later is out since `on` (today if None)."""

    on: date | None = None
    recipients: str = ""
    files: tuple["CallFile", ...] = ()


@dataclass(frozen=True)
class CallFile:
    """An invitation or notice as it really went out, edited by hand; it lies in the store."""

    kind: MeetingDocumentKind
    file: StoredFile


@dataclass(frozen=True)
class OpenAnswer:
    """The meeting is opened `at` (None: now, an old one as planned); who chairs, who minutes it."""

    at: datetime | None = None
    chair_id: int | None = None
    minute_taker_id: int | None = None


@dataclass(frozen=True)
class SuspendAnswer:
    """The meeting is suspended `at` (None: now)."""

    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class ResumeAnswer:
    """The meeting goes on `at` (None: now)."""

    at: datetime | None = None


@dataclass(frozen=True)
class CloseAnswer:
    """The meeting is closed `at` (None: now); a reason lets items without a result stay open."""

    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class ReopenAnswer:
    """The meeting was closed by mistake and goes on; once its minutes are signed with a reason."""

    reason: str = ""


@dataclass(frozen=True)
class CorrectSittingAnswer:
    """Who chaired a meeting and took its minutes, and when it was opened and closed, as it was.

    `closed_at` is None as long as the meeting is not closed. Once the minutes are signed it needs
    a reason.
    """

    opened_at: datetime
    closed_at: datetime | None = None
    chair_id: int | None = None
    minute_taker_id: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class PostponeRestAnswer:
    """ "Rest vertagt": `item_ids` (None: all that were not dealt with) are put off in one act.

    `to_meeting_id` puts them on the agenda of that meeting at once, `no_quorum` says that they
    were put off for want of a quorum, `close` closes the meeting (`at`, None: now) as well.
    """

    reason: str = ""
    to_meeting_id: int | None = None
    no_quorum: bool = False
    item_ids: tuple[int, ...] | None = None
    close: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class MinutesFile:
    """A scan of one part of the signed minutes; it lies in the store already."""

    kind: MeetingDocumentKind
    file: StoredFile


@dataclass(frozen=True)
class SignMinutesAnswer:
    """The minutes are signed since `on`; of a part without a file the program makes one."""

    on: date
    files: tuple[MinutesFile, ...] = ()


@dataclass(frozen=True)
class ApproveMinutesAnswer:
    """The minutes are approved since `on`."""

    on: date


@dataclass(frozen=True)
class KeepMinutesAnswer:
    """A further file of signed minutes: the scans in `files`, or each part made anew."""

    files: tuple[MinutesFile, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class CorrectMinutesAnswer:
    """With the item of this meeting the body accepted that earlier minutes were wrong.

    `vote_id` is the count that corrects the one in the minutes of `meeting_id`; it says the text
    where that is empty. None: something else was wrong.
    """

    item_id: int
    meeting_id: int
    text: str = ""
    vote_id: int | None = None
