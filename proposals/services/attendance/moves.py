"""Who comes and goes in the course of a meeting."""

from collections.abc import Mapping, Sequence
from datetime import time

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Attendance, Committee, Meeting, Proposal, User
from ...models.presence import held_order
from ...rules.errors import RuleViolation
from ..common import changed
from ..deputies import note_keeper
from ..items import item_of, refuse_settled, take_up
from .answers import ArriveAnswer, LeaveAnswer, RollEntry
from .chair import refuse_remote_chair
from .roll import AWAY
from .seats import Seats, kept, new_stay, refuse_impossible


def arrive(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ArriveAnswer
) -> Attendance:
    """Note that somebody comes at an item, or is there in another way from it on.

    Who left at that very item did not leave.
    """
    committee = kept(actor, meeting, answer.committee_id)
    with event(actor, Act.ATTENDANCE_NOTED, meeting, reason=answer.reason):
        note_keeper(actor, committee)
        refuse_settled(meeting, answer.reason)
        if answer.kind in AWAY:
            raise RuleViolation("Wer kommt, ist anwesend oder zugeschaltet.", field="kind")
        item = _touched(meeting, answer.item_id)
        entry = RollEntry(answer.person_id, answer.kind, answer.substitutes_id, answer.at)
        seats = Seats(meeting, committee, [entry])
        stays = Stays(meeting, committee, answer.person_id)
        row = stays.come(item, new_stay(meeting, committee, entry, seats))
        refuse_impossible(meeting, committee, seats)
        refuse_remote_chair(meeting)
    return row


def leave(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: LeaveAnswer
) -> None:
    """Note that somebody is not there any more from an item on."""
    committee = kept(actor, meeting, answer.committee_id)
    with event(actor, Act.ATTENDANCE_NOTED, meeting, reason=answer.reason):
        note_keeper(actor, committee)
        refuse_settled(meeting, answer.reason)
        item = _touched(meeting, answer.item_id)
        Stays(meeting, committee, answer.person_id).go(item, answer.at)


def _touched(meeting: Meeting, item_id: int) -> AgendaItem:
    """Return the item at which somebody comes or goes; the meeting has arrived at it then.

    Only its own column is written: somebody else may be recording its result at this moment.
    """
    item = item_of(meeting, item_id, "item")
    if meeting.opened_at is not None and take_up(item):
        item.save(update_fields=["taken_up"])
    return item


class Stays:
    """The stays of one person in a meeting, in the order in which the items were held."""

    def __init__(self, meeting: Meeting, committee: Committee, person_id: int) -> None:
        rows = Attendance.everything.filter(
            meeting=meeting, committee=committee, person=person_id
        ).select_related("person")
        order = held_order(meeting.pk)
        self.place: Mapping[int, int] = {pk: place for place, pk in enumerate(order)}
        self.rows: list[Attendance] = sorted(rows, key=self._begin)

    def come(self, item: AgendaItem, fresh: Attendance) -> Attendance:
        """Begin a stay at an item; what lasted until then ends there, what comes later stays."""
        begun = next((row for row in self.rows if row.since_id == item.pk), None)
        if begun is not None:
            return self._become(begun, fresh)
        before = self._at(item)
        if before is None:
            left = next((row for row in self.rows if row.until_id == item.pk), None)
            if left is not None and _same(left, fresh):
                return changed(left, until=None, until_at=None)
        elif _same(before, fresh):
            raise RuleViolation(f"{before.person} ist bei diesem TOP schon anwesend.")
        else:
            at = None if before.kind in AWAY else fresh.since_at
            changed(before, until=item, until_at=at)
        later = [row for row in self.rows if self._begin(row) > self.place[item.pk]]
        fresh.since = item
        if later:
            fresh.until = later[0].since
        fresh.save()
        return fresh

    def go(self, item: AgendaItem, at: time | None) -> None:
        """End the stay that lasts at an item; one that began there was a mistake."""
        row = self._at(item)
        if row is None or row.kind in AWAY:
            raise RuleViolation(
                f"{row.person if row else 'Diese Person'} ist bei diesem TOP nicht anwesend.",
                field="person",
            )
        if row.since_id == item.pk:
            row.delete()
        else:
            changed(row, until=item, until_at=at)

    def _become(self, row: Attendance, fresh: Attendance) -> Attendance:
        if _same(row, fresh) and row.since_at == fresh.since_at:
            raise RuleViolation(f"{row.person} ist bei diesem TOP schon anwesend.")
        return changed(
            row,
            kind=fresh.kind,
            voting=fresh.voting,
            substitutes_id=fresh.substitutes_id,
            since_at=fresh.since_at,
        )

    def _at(self, item: AgendaItem) -> Attendance | None:
        """Return the stay that lasts at an item, an absence as well."""
        here = self.place[item.pk]
        return next((row for row in self.rows if self._begin(row) <= here < self._end(row)), None)

    def _begin(self, row: Attendance) -> int:
        return -1 if row.since_id is None else self.place[row.since_id]

    def _end(self, row: Attendance) -> int:
        return len(self.place) if row.until_id is None else self.place[row.until_id]


def _same(row: Attendance, other: Attendance) -> bool:
    return (row.kind, row.substitutes_id) == (other.kind, other.substitutes_id)
