"""The attendance list: who is there at the beginning."""

from collections.abc import Sequence
from typing import Any

from ...history.acts import Act
from ...history.journal import event
from ...history.records import create_all
from ...models import Attendance, Meeting, Proposal, User
from ...rules.attendance import AttendanceKind
from ...rules.errors import RuleViolation
from ..common import changed
from ..deputies import note_keeper
from ..items import refuse_settled
from .answers import RollAnswer, RollEntry
from .chair import refuse_remote_chair
from .seats import Seats, kept, new_stay, refuse_impossible

AWAY = (AttendanceKind.EXCUSED, AttendanceKind.ABSENT)


def call_roll(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: RollAnswer
) -> list[Attendance]:
    """Note who is there at the beginning: the list replaces the one before it.

    Whoever is not on it any more was entered by mistake; those who came later stay.
    """
    committee = kept(actor, meeting, answer.committee_id)
    with event(actor, Act.ATTENDANCE_NOTED, meeting, reason=answer.reason):
        note_keeper(actor, committee)
        refuse_settled(meeting, answer.reason)
        _refuse_doubled(answer.entries)
        seats = Seats(meeting, committee, answer.entries)
        rows = Attendance.everything.filter(meeting=meeting, committee=committee)
        present = {row.person_id: row for row in rows.filter(since__isnull=True)}
        listed = {entry.person_id for entry in answer.entries}
        for pk in present.keys() - listed:
            present[pk].delete()
        new = []
        for entry in answer.entries:
            row = present.get(entry.person_id)
            if row is None:
                new.append(new_stay(meeting, committee, entry, seats))
            else:
                _change(row, entry, seats)
        create_all(new)
        refuse_impossible(meeting, committee, seats)
        refuse_remote_chair(meeting)
    return new


def _refuse_doubled(entries: Sequence[RollEntry]) -> None:
    if not entries:
        raise RuleViolation("Bitte mindestens eine Person eintragen.", field="entries")
    if len({entry.person_id for entry in entries}) != len(entries):
        raise RuleViolation("Eine Person steht zweimal auf der Liste.", field="entries")


def _change(row: Attendance, entry: RollEntry, seats: Seats) -> None:
    """Let a row say what the list says now; whoever is not there at all does not leave either."""
    wanted: dict[str, Any] = {
        "kind": entry.kind,
        "voting": seats.has_vote(entry),
        "substitutes_id": entry.substitutes_id,
        "since_at": entry.at,
    }
    if entry.kind in AWAY and row.kind not in AWAY:
        wanted |= {"until_id": None, "until_at": None}
    if any(getattr(row, name) != value for name, value in wanted.items()):
        changed(row, **wanted)
