"""Fristen: deadlines that do not fit the planned decision."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .errors import RuleViolation
from .words import Labelled


class Extension(Labelled):
    """Whether an outside authority moved its deadline."""

    NONE = "", "nicht beantragt"
    REQUESTED = "requested", "beantragt"
    GRANTED = "granted", "bewilligt"
    REFUSED = "refused", "abgelehnt"


class DeadlineFact(NamedTuple):
    """A deadline of a proposal: the day that holds, and what became of an extension."""

    name: str
    due_on: dt.date
    external: bool
    extension: Extension = Extension.NONE


def deadline_facts(rows: Iterable[Mapping[str, Any]]) -> list[DeadlineFact]:
    """Return the deadlines of a proposal's content; a granted extension moves the day.

    Versions from before the extension was data of its own say it by its day alone.
    """
    return [
        DeadlineFact(row["name"], day_that_holds(row), row["external"], extension_of(row))
        for row in rows
    ]


def extension_of(row: Mapping[str, Any]) -> Extension:
    """Return what became of an extension, as the content of a version says it."""
    said = row.get("extension")
    if said is None:
        return Extension.GRANTED if row["extended_to"] else Extension.NONE
    return Extension(said)


def day_that_holds(row: Mapping[str, Any]) -> dt.date:
    """Return the day that holds: a granted extension's, else the first one."""
    granted = extension_of(row) == Extension.GRANTED and row["extended_to"]
    return dt.date.fromisoformat(row["extended_to"] if granted else row["due_on"])


def extension_words(row: Mapping[str, Any]) -> str:
    """Return what is known of an extension and its evidence; "" for none."""
    extension = extension_of(row)
    if extension == Extension.NONE:
        return ""
    until = ""
    if row["extended_to"]:
        until = f" bis {_day(dt.date.fromisoformat(row['extended_to']))}"
    evidence = f"; Nachweis: {row['evidence']}" if row.get("evidence") else ""
    return f"Verlängerung{until} {extension.label}{evidence}."


def objection_to_extension(
    extension: Extension, due_on: dt.date, extended_to: dt.date | None
) -> RuleViolation | None:
    """Refuse a granted extension without its day, and one that ends before the deadline."""
    if extension == Extension.GRANTED and extended_to is None:
        return RuleViolation(
            "Bitte angeben, bis wann die Frist verlängert ist.", field="extended_to"
        )
    if extension == Extension.NONE and extended_to is not None:
        return RuleViolation(
            "Bitte angeben, ob die Verlängerung beantragt oder bewilligt ist.", field="extension"
        )
    if extended_to is not None and extended_to <= due_on:
        return RuleViolation(
            "Die verlängerte Frist endet nicht nach der ursprünglichen.", field="extended_to"
        )
    return None


def deadline_notes(deadlines: Iterable[DeadlineFact], decision_on: dt.date | None) -> list[str]:
    """Return one sentence for each deadline that ends before the decision is planned.

    A conflict is shown, never refused: in Coesfeld the Land moved its deadline behind the council
    meeting. Without a planned decision only external deadlines are named.
    """
    ordered = sorted(deadlines, key=lambda deadline: (deadline.due_on, deadline.name))
    notes = (_note(deadline, decision_on) for deadline in ordered)
    return [note for note in notes if note]


def _note(deadline: DeadlineFact, decision_on: dt.date | None) -> str:
    due = f"Die Frist „{deadline.name}“ endet am {_day(deadline.due_on)}"
    if decision_on is None:
        return f"{due}; eine Sitzung für die Entscheidung fehlt noch." if deadline.external else ""
    if deadline.due_on >= decision_on:
        return ""
    before = f"{due}, vor der Sitzung für die Entscheidung am {_day(decision_on)}"
    return f"{before}; {_ABOUT[deadline.extension]}." if deadline.external else f"{before}."


_ABOUT = {
    Extension.NONE: "eine Verlängerung ist nicht beantragt",
    Extension.REQUESTED: "eine Verlängerung ist beantragt, aber nicht bewilligt",
    Extension.GRANTED: "auch die bewilligte Verlängerung reicht nicht",
    Extension.REFUSED: "eine Verlängerung ist abgelehnt",
}


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
