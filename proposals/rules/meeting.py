"""Sitzung: its state, and what that allows."""

from datetime import date

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
