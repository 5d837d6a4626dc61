"""Sitzung: its state, and what that allows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from .errors import RuleViolation
from .words import Labelled


class MeetingState(Labelled):
    """Stand einer Sitzung, a function of its facts."""

    PLANNED = "planned", "terminiert"
    INVITED = "invited", "eingeladen"
    RUNNING = "running", "läuft"
    SUSPENDED = "suspended", "unterbrochen"
    CLOSED = "closed", "geschlossen"
    CANCELLED = "cancelled", "abgesagt"


_NOT_OPENED = "Die Sitzung ist noch nicht eröffnet."
_RUNNING = "Die Sitzung läuft schon."
_OPENED = "Die Sitzung ist schon eröffnet; beenden Sie sie mit „Sitzung schließen“."
_CLOSED = "Die Sitzung ist schon geschlossen."
_CANCELLED = "Die Sitzung ist abgesagt."

_S = MeetingState
_MOVE = {
    _S.RUNNING: "Die Sitzung läuft; verlegt wird nur eine Sitzung, die noch bevorsteht.",
    _S.SUSPENDED: "Die Sitzung ist eröffnet und unterbrochen; sie wird fortgesetzt, nicht verlegt.",
    _S.CLOSED: _CLOSED,
    _S.CANCELLED: f"{_CANCELLED} Bitte setzen Sie eine neue an.",
}
_CANCEL = {
    _S.RUNNING: _OPENED,
    _S.SUSPENDED: _OPENED,
    _S.CLOSED: _CLOSED,
    _S.CANCELLED: "Die Sitzung ist schon abgesagt.",
}
_INVITE = {_S.CANCELLED: _CANCELLED}
_OPEN = {
    _S.RUNNING: _RUNNING,
    _S.SUSPENDED: "Die Sitzung ist unterbrochen; bitte setzen Sie sie fort.",
    _S.CLOSED: _CLOSED,
    _S.CANCELLED: _CANCELLED,
}
_SUSPEND = {
    _S.PLANNED: _NOT_OPENED,
    _S.INVITED: _NOT_OPENED,
    _S.SUSPENDED: "Die Sitzung ist schon unterbrochen.",
    _S.CLOSED: _CLOSED,
    _S.CANCELLED: _CANCELLED,
}
_RESUME = {
    _S.PLANNED: _NOT_OPENED,
    _S.INVITED: _NOT_OPENED,
    _S.RUNNING: "Die Sitzung ist nicht unterbrochen.",
    _S.CLOSED: _CLOSED,
    _S.CANCELLED: _CANCELLED,
}
_CLOSE = {
    _S.PLANNED: _NOT_OPENED,
    _S.INVITED: _NOT_OPENED,
    _S.CLOSED: _CLOSED,
    _S.CANCELLED: _CANCELLED,
}
_REOPEN = {
    _S.PLANNED: _NOT_OPENED,
    _S.INVITED: _NOT_OPENED,
    _S.RUNNING: _RUNNING,
    _S.SUSPENDED: "Die Sitzung ist unterbrochen, nicht geschlossen; bitte setzen Sie sie fort.",
    _S.CANCELLED: _CANCELLED,
}
_CORRECT = {_S.PLANNED: _NOT_OPENED, _S.INVITED: _NOT_OPENED, _S.CANCELLED: _CANCELLED}
_RECORD = {_S.CANCELLED: "Die Sitzung ist abgesagt; sie hat keine Ergebnisse."}


def objection_to_move(state: MeetingState) -> RuleViolation | None:
    """Refuse to move a meeting that has begun or does not take place."""
    return _objection(_MOVE, state)


def objection_to_cancel(state: MeetingState) -> RuleViolation | None:
    """Refuse to cancel a meeting that has begun: it is closed, with its open items put off."""
    return _objection(_CANCEL, state)


def objection_to_invite(state: MeetingState) -> RuleViolation | None:
    """Refuse to invite to a cancelled meeting; old invitations are entered at any time."""
    return _objection(_INVITE, state)


def objection_to_open(state: MeetingState) -> RuleViolation | None:
    """Refuse to open a meeting twice; the invitation may have gone out elsewhere."""
    return _objection(_OPEN, state)


def objection_to_suspend(state: MeetingState) -> RuleViolation | None:
    """Refuse to interrupt a meeting that is not under way."""
    return _objection(_SUSPEND, state)


def objection_to_resume(state: MeetingState) -> RuleViolation | None:
    """Refuse to continue a meeting that was not interrupted."""
    return _objection(_RESUME, state)


def objection_to_close(state: MeetingState) -> RuleViolation | None:
    """Refuse to close a meeting that nobody opened; a break ends with the meeting."""
    return _objection(_CLOSE, state)


def objection_to_reopen(state: MeetingState) -> RuleViolation | None:
    """Refuse to go on with a meeting that was not closed; only a closing by mistake is undone."""
    return _objection(_REOPEN, state)


def objection_to_correct(state: MeetingState) -> RuleViolation | None:
    """Refuse to set right who chaired a meeting, and when, that nobody has opened."""
    return _objection(_CORRECT, state)


def objection_to_times(
    opened_at: datetime,
    closed_at: datetime | None,
    breaks: Sequence[tuple[datetime, datetime | None]] = (),
) -> RuleViolation | None:
    """Refuse a meeting that closes before it opens, or whose breaks lie outside of it."""
    if closed_at is not None and closed_at < opened_at:
        return RuleViolation(
            "Die Sitzung kann nicht geschlossen worden sein, bevor sie eröffnet war.",
            field="closed_at",
        )
    for began_at, ended_at in breaks:
        if began_at < opened_at:
            return RuleViolation(
                "Die Sitzung war schon unterbrochen, bevor sie nach dieser Angabe eröffnet wurde.",
                field="opened_at",
            )
        if closed_at is not None and (ended_at or began_at) > closed_at:
            return RuleViolation(
                "Die Sitzung war noch unterbrochen, als sie nach dieser Angabe geschlossen wurde.",
                field="closed_at",
            )
    return None


def objection_to_invite_again(
    sent_on: date, last_sent_on: date | None, *, moved: bool
) -> RuleViolation | None:
    """Refuse a second invitation to the same date, and one that went out before the first.

    `last_sent_on` is the day of the invitation before (None: there is none), `moved` says that the
    meeting does not begin any more when that one says.
    """
    if last_sent_on is None:
        return None
    if not moved:
        return RuleViolation("Zu dieser Sitzung ist schon eingeladen.")
    if sent_on < last_sent_on:
        return RuleViolation(
            f"Die vorige Einladung ging am {last_sent_on:%d.%m.%Y} hinaus; die neue kann nicht "
            "früher versandt sein.",
            field="on",
        )
    return None


FIRST_MEETING_WITHIN = timedelta(days=60)


def is_first_of_term(
    starts_on: date, term_starts_on: date | None, *, is_council: bool, met_before: bool
) -> bool:
    """Say whether a meeting opens the Wahlperiode: the council's first one, soon after it began.

    Later than two months after the beginning it is only the first one that this program knows.
    """
    if term_starts_on is None or not is_council or met_before:
        return False
    return term_starts_on <= starts_on <= term_starts_on + FIRST_MEETING_WITHIN


def objection_to_remote_chair(chair: str, paragraph: str) -> RuleViolation | None:
    """Refuse a chair who takes part from elsewhere where the law wants the chair in the room.

    `chair` names the person ("" where the chair is in the room), `paragraph` is the law's ("" where
    it does not say so).
    """
    if not chair or not paragraph:
        return None
    return RuleViolation(
        f"{chair} hat den Vorsitz und ist nur zugeschaltet. Den Vorsitz führt, wer im Raum ist; "
        "bitte tragen Sie die Vertretung als Vorsitz ein.",
        paragraph,
        field="chair",
    )


def objection_to_record(state: MeetingState) -> RuleViolation | None:
    """Refuse results of a cancelled meeting only: old cases and next mornings need no opening."""
    return _objection(_RECORD, state)


def objection_to_invitation(
    sent_on: date,
    held_on: date,
    notice_days: int | None,
    shortened_reason: str = "",
    paragraph: str = "",
) -> RuleViolation | None:
    """Refuse an invitation after the meeting, and ask why where the notice is short.

    `notice_days` is the house's Ladungsfrist (None: not known); neither the day of dispatch nor
    that of the meeting counts. `paragraph` is where it stands: the Land's law or the house's
    Geschäftsordnung.
    """
    if sent_on > held_on:
        return RuleViolation(
            f"Die Sitzung ist am {held_on:%d.%m.%Y}; die Einladung kann nicht erst am "
            f"{sent_on:%d.%m.%Y} versandt sein.",
            field="on",
        )
    free_days = max((held_on - sent_on).days - 1, 0)
    if notice_days is None or free_days >= notice_days or shortened_reason.strip():
        return None
    return RuleViolation(
        f"Zwischen Versand und Sitzung {_days_lie(free_days)}, die Ladungsfrist beträgt "
        f"{_days(notice_days)}. Bitte begründen Sie die verkürzte Ladung.",
        paragraph,
        field="shortened_reason",
        waivable=True,
    )


def objection_to_meeting_day(starts_on: date, invited_on: date | None) -> RuleViolation | None:
    """Refuse a meeting dated before the day on which it was called (None: not yet)."""
    if invited_on is None or starts_on >= invited_on:
        return None
    return RuleViolation(
        f"Zu dieser Sitzung wurde am {invited_on:%d.%m.%Y} eingeladen; sie kann nicht schon am "
        f"{starts_on:%d.%m.%Y} stattfinden.",
        field="starts_at",
    )


def _objection(sentences: dict[MeetingState, str], state: MeetingState) -> RuleViolation | None:
    sentence = sentences.get(state)
    return RuleViolation(sentence) if sentence else None


def _days(number: int) -> str:
    return "einen Tag" if number == 1 else f"{number} Tage"


def _days_lie(number: int) -> str:
    if number == 0:
        return "liegt kein voller Tag"
    return "liegt ein voller Tag" if number == 1 else f"liegen {number} volle Tage"
