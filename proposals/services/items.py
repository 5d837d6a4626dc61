"""Items of an agenda: where they stand and what number they get.

Private to the use cases on meetings, agendas and results; everything runs inside their event.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Max
from django.utils import timezone

from ..history.records import create_all
from ..models import (
    AgendaItem,
    Committee,
    Invitation,
    Meeting,
    MeetingCommittee,
    Minutes,
    StandardItem,
)
from ..models.order import as_invited
from ..rules.agenda import Addition, AgendaNumbering, Delivery, ItemKind, Numbered, number_items
from ..rules.consultation import Outcome
from ..rules.errors import RuleViolation
from ..rules.meeting import objection_to_record
from ..rules.minutes import objection_to_changing
from ..rules.words import CommitteeKind
from .common import changed, refuse_on

NOT_KEEPING = "Die Tagesordnung „{}“ stellen Sie nicht auf."
NOT_RUNNING = "Diese Sitzung führt die Schriftführung ihrer Gremien."
RESUMABLE = (Outcome.POSTPONED, Outcome.NO_QUORUM)
# places from here on belong to the non-public part, and to the items that end a meeting
NON_PUBLIC, AT_END = 500, 1000


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Return the agenda of a meeting in the order of the invitation, without what was taken off."""
    rows = AgendaItem.everything.filter(meeting=meeting).exclude(outcome=Outcome.TAKEN_OFF)
    items = as_invited(rows.select_related("approves", "committee", "consultation"))
    for item in items:
        item.meeting = meeting
    return items


def item_of(meeting: Meeting, pk: int | None, field: str | None = None) -> AgendaItem:
    """Return an item of the meeting's agenda; raises RuleViolation where it has no such one."""
    rows = AgendaItem.everything.select_related("committee__municipality", "consultation")
    item = rows.filter(meeting=meeting, pk=pk or 0).first()
    if item is None:
        raise RuleViolation("Diesen Tagesordnungspunkt gibt es in der Sitzung nicht.", field=field)
    item.meeting = meeting
    return item


def seated(meeting: Meeting, committee_id: int) -> Committee:
    """Return a committee that sits in the meeting; raises RuleViolation for any other."""
    rows = MeetingCommittee.objects.filter(meeting=meeting, committee=committee_id)
    row = rows.select_related("committee__municipality").first()
    if row is None:
        raise RuleViolation("Dieses Gremium tagt in dieser Sitzung nicht.", field="committee")
    return row.committee


def refuse_settled(meeting: Meeting, reason: str = "") -> None:
    """Raise RuleViolation where the meeting is cancelled, or its minutes ask for a reason."""
    refuse_on(objection_to_record(meeting.state))
    minutes = Minutes.everything.filter(meeting=meeting).first()
    approved = minutes is not None and minutes.approved_on is not None
    refuse_on(objection_to_changing(signed=minutes is not None, approved=approved), reason=reason)


def named_items(meeting: Meeting) -> set[int]:
    """Return the items that an invitation to the meeting has named."""
    sent = Invitation.everything.filter(meeting=meeting).values_list("content", flat=True)
    return {row["item"] for content in sent for row in content}


def next_position(
    meeting: Meeting, committee_id: int, *, public: bool, at_end: bool = False
) -> int:
    """Return the place behind the last item of a part of the agenda: public, non-public, end."""
    first = AT_END if at_end else 1 if public else NON_PUBLIC
    rows = AgendaItem.everything.filter(
        meeting=meeting, committee=committee_id, position__gte=first
    )
    if not at_end:
        rows = rows.filter(position__lt=NON_PUBLIC if public else AT_END)
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return first if last is None else last + 1


def refuse_taken_number(
    meeting: Meeting, committee_id: int, number: str, but: AgendaItem | None = None
) -> None:
    """Raise RuleViolation where another item of the committee has the number; "" is nobody's."""
    rows = AgendaItem.everything.filter(meeting=meeting, committee=committee_id, number=number)
    if number and (rows.exclude(pk=but.pk) if but else rows).exists():
        raise RuleViolation(f"TOP {number} ist in dieser Sitzung schon vergeben.", field="number")


def arrival(meeting: Meeting, on: date) -> tuple[Addition, Delivery]:
    """Say how an item comes on the agenda on a day, and with that, when the members get it."""
    if meeting.invited_on is None and meeting.opened_at is None:
        return Addition.INVITATION, Delivery.IN_TIME
    if meeting.opened_at is not None:
        return Addition.EXTENSION, Delivery.TABLED
    on_time = on < timezone.localdate(meeting.starts_at)
    return Addition.SUPPLEMENT, Delivery.LATE if on_time else Delivery.TABLED


def may_be_public(committee: Committee, meeting: Meeting) -> bool:
    """Answer whether the body may deal with anything in public on that day.

    The law may close the doors, nothing opens them: § 78 Abs. 2 NKomVG for the Kreisausschuss.
    """
    law = committee.municipality.law(timezone.localdate(meeting.starts_at))
    return law.body(CommitteeKind(committee.kind)).public is not False


def add_standard_items(meeting: Meeting, committees: Sequence[Committee]) -> list[AgendaItem]:
    """Put the standard items on the agenda that are missing there.

    In a joint meeting those of the leading committee; the others approve their own minutes.
    """
    present = set(
        AgendaItem.everything.filter(meeting=meeting)
        .exclude(outcome=Outcome.TAKEN_OFF)
        .values_list("committee", "kind", "title")
    )
    rows: list[AgendaItem] = []
    for committee in committees:
        wanted = StandardItem.objects.filter(committee=committee)
        if committee != committees[0]:
            wanted = wanted.filter(kind=ItemKind.MINUTES)
        missing = [row for row in wanted if (committee.pk, row.kind, row.title) not in present]
        rows += _standing(meeting, committee, missing)
    create_all(rows)
    return rows


def _standing(
    meeting: Meeting, committee: Committee, wanted: Iterable[StandardItem]
) -> list[AgendaItem]:
    open_doors = may_be_public(committee, meeting)
    rows: list[AgendaItem] = []
    places: dict[tuple[bool, bool], int] = {}
    for row in wanted:
        part = (row.public and open_doors, row.at_end)
        if part not in places:
            places[part] = next_position(meeting, committee.pk, public=part[0], at_end=part[1])
        is_minutes = row.kind == ItemKind.MINUTES
        rows.append(
            AgendaItem(
                meeting=meeting,
                committee=committee,
                kind=row.kind,
                title=row.title,
                public=part[0],
                position=places[part],
                approves=to_approve(meeting, committee) if is_minutes else None,
            )
        )
        places[part] += 1
    return rows


def to_approve(meeting: Meeting, committee: Committee) -> Meeting | None:
    """Return the body's last meeting before this one, if it was held and waits for approval."""
    rows = Meeting.everything.filter(
        bodies__committee=committee, starts_at__lt=meeting.starts_at, cancelled_on__isnull=True
    )
    last: Meeting | None = rows.order_by("-starts_at").first()
    if last is None or last.pk == meeting.pk:
        return None
    minutes = Minutes.everything.filter(meeting=last).first()
    if minutes is not None:
        return None if minutes.approved_on else last
    return last if last.closed_at is not None or last.starts_at <= timezone.now() else None


def numbers(
    items: Sequence[AgendaItem], numbering: AgendaNumbering, kept: Collection[int] | None = None
) -> dict[int, str]:
    """Return the numbers of an agenda by item; those of `kept` (None: of all) stay.

    In a joint meeting the items of one paper share their number.
    """
    leading = [item for item in items if item.joint_with_id is None]
    parts = [
        Numbered(
            pk=item.pk or 0,
            public=item.public,
            parent=item.parent_id,
            fixed=item.number if kept is None or item.pk in kept else "",
            closing=item.position >= AT_END,
        )
        for item in leading
    ]
    found = number_items(parts, numbering)
    for item in items:
        if item.joint_with_id is not None:
            found[item.pk or 0] = found.get(item.joint_with_id, item.number)
    return found


def late_number(item: AgendaItem, others: Sequence[AgendaItem] | None = None) -> str:
    """Return the number of an item that is not saved yet; "" as long as the agenda has none.

    `others` is the agenda in hand (None: it is read).
    """
    if others is None:
        others = items_of(item.meeting)
    if not others or not all(other.number for other in others):
        return ""
    numbering = AgendaNumbering(item.committee.municipality.agenda_numbering)
    return numbers(in_its_place(item, others), numbering)[0]


def in_its_place(new: AgendaItem, others: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Return an agenda with an item that has no key yet, where it will stand."""
    rows = list(others)
    family = [place for place, row in enumerate(rows) if new.parent_id in (row.pk, row.parent_id)]
    later = [place for place, row in enumerate(rows) if row.position > new.position]
    if new.parent_id is not None and family:
        rows.insert(family[-1] + 1, new)
    else:
        rows.insert(later[0] if later else len(rows), new)
    return rows


def set_missing_numbers(meeting: Meeting, new: Sequence[AgendaItem]) -> None:
    """Number items that are saved already, where the others have numbers."""
    every, known = items_of(meeting), {item.pk for item in new}
    others = [item for item in every if item.pk not in known]
    if others and all(item.number for item in others):
        numbering = AgendaNumbering(meeting.municipality.agenda_numbering)
        set_numbers(every, numbers(every, numbering))


def set_numbers(items: Sequence[AgendaItem], wanted: dict[int, str]) -> None:
    """Give items their numbers; those that swap theirs are without one in between."""
    renumbered = [item for item in items if item.number != wanted[item.pk]]
    given = {wanted[item.pk] for item in renumbered}
    for item in renumbered:
        if item.number in given:
            changed(item, number="")
    for item in renumbered:
        changed(item, number=wanted[item.pk])


def take_up(item: AgendaItem) -> bool:
    """Note that an item is being dealt with: the next one in the order as held.

    Sets `taken_up` where it is not set, and says whether it did; the caller saves the row. What
    is entered after the meeting was closed keeps its place on the agenda. The meeting is locked,
    so that no two items of it are the next one: results of papers lock their proposal alone.
    """
    if item.taken_up is not None or item.meeting.closed_at is not None:
        return False
    list(Meeting.everything.select_for_update(no_key=True).filter(pk=item.meeting_id).values("pk"))
    rows = AgendaItem.everything.filter(meeting=item.meeting_id)
    item.taken_up = (rows.aggregate(last=Max("taken_up"))["last"] or 0) + 1
    return True
