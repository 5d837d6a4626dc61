"""Erinnerungen: when an office hears again of a Mitzeichnung or statement it has not answered."""

from collections.abc import Collection
from datetime import date

from .words import Labelled
from .workdays import working_days_before


class Reminder(Labelled):
    """Anlass einer Nachricht."""

    ASKED = "asked", "liegt zur Mitzeichnung vor"
    DUE = "due", "ist bis morgen mitzuzeichnen"
    EXPIRED = "expired", "die Frist zur Mitzeichnung ist abgelaufen"


def words_on_statement(why: Reminder) -> str:
    """Return what a mail says where a statement is asked for, not a Mitzeichnung."""
    return {
        Reminder.ASKED: "liegt zur Stellungnahme vor",
        Reminder.DUE: "braucht bis morgen Ihre Stellungnahme",
        Reminder.EXPIRED: "wartet noch auf Ihre Stellungnahme, die Frist ist abgelaufen",
    }[why]


def reminder_due(
    due_on: date | None,
    reminded_on: date | None,
    on: date,
    land: str,
    closed: Collection[date] = (),
) -> Reminder | None:
    """Return which reminder is due on a day: the working day before the deadline, and after it.

    Each once: `reminded_on` is the last one. None where nothing is due.
    """
    if due_on is None:
        return None
    if on > due_on:
        return Reminder.EXPIRED if reminded_on is None or reminded_on <= due_on else None
    before = working_days_before(due_on, 1, land, closed)
    return Reminder.DUE if reminded_on is None and on >= before else None
