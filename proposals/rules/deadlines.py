"""Fristen: deadlines that do not fit the planned decision."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class DeadlineFact(NamedTuple):
    """A deadline of a proposal; `extended` where its owner has granted an extension."""

    name: str
    due_on: dt.date
    external: bool
    extended: bool


def deadline_notes(
    deadlines: Iterable[tuple[str, dt.date, bool, bool]], decision_on: dt.date | None
) -> list[str]:
    """Return one sentence for each deadline that ends before the decision is planned.

    A conflict is shown, never refused: in Coesfeld the Land moved its deadline behind the council
    meeting. Without a planned decision only external deadlines are named.
    """
    notes = []
    for deadline in sorted(map(DeadlineFact._make, deadlines), key=lambda d: (d.due_on, d.name)):
        note = _note(deadline, decision_on)
        if note:
            notes.append(note)
    return notes


def _note(deadline: DeadlineFact, decision_on: dt.date | None) -> str:
    due = f"Die Frist „{deadline.name}“ endet am {_day(deadline.due_on)}"
    if decision_on is None:
        return f"{due}; eine Sitzung für die Entscheidung fehlt noch." if deadline.external else ""
    if deadline.due_on >= decision_on:
        return ""
    before = f"{due}, vor der Sitzung für die Entscheidung am {_day(decision_on)}"
    if deadline.extended:
        return f"{before}; bitte prüfen, ob die bewilligte Verlängerung reicht."
    if deadline.external:
        return f"{before}; eine Verlängerung ist nicht bewilligt."
    return f"{before}."


def _day(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"
