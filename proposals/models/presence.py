"""Who was there at an item and may vote on it, read from the attendance.

Shared by use cases and selectors; it runs inside every vote, hence the few queries.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from ..rules.attendance import AttendanceKind, Presence, Stay, present_at
from ..rules.consultation import Outcome
from ..rules.words import CommitteeKind
from .agenda import AgendaItem
from .attendance import Attendance, Recusal
from .meeting import Invitation
from .order import as_held
from .organization import Membership, MembershipKind, valid_on

# where a seat by office is that of the head of the administration (§ 74 Abs. 1 NKomVG)
_LED_BY_THE_HEAD = (CommitteeKind.COUNCIL, CommitteeKind.MAIN_COMMITTEE)


def presence_at(meeting_id: int, committee_id: int, item: AgendaItem | None) -> Presence | None:
    """Return who is there at `item` (None: the beginning); None where nobody noted it.

    Three queries at most, one less as long as nobody came late or left.
    """
    stays = stays_of(meeting_id, committee_id)
    if not stays:
        return None
    if item is None:
        return present_at(stays, [], None)
    moves = any(stay.since or stay.until for stay in stays)
    return present_at(
        stays,
        held_order(meeting_id) if moves else [item.pk],
        item.pk,
        recused_from(item),
        item.without_head,
    )


def entitled_at(item: AgendaItem) -> int:
    """Return how many may vote on an item: those there, or all voting members of that day.

    0 where neither attendance nor members are recorded.
    """
    presence = presence_at(item.meeting_id, item.committee_id, item)
    if presence is not None:
        return presence.entitled
    day = timezone.localdate(item.meeting.starts_at)
    seats = Membership.objects.filter(valid_on(day), committee=item.committee_id, voting=True)
    if item.without_head and item.committee.kind in _LED_BY_THE_HEAD:
        seats = seats.exclude(kind=MembershipKind.EX_OFFICIO)
    excluded = Recusal.everything.filter(agenda_item=item).values("person")
    return seats.exclude(person__in=excluded).values("person").distinct().count()


def stays_of(meeting_id: int, committee_id: int) -> list[Stay]:
    """Return the attendance of a committee in a meeting as the rules ask for it, in one query."""
    return [stay_of(row) for row in with_seats(meeting_id, committee_id)]


def with_seats(meeting_id: int, committee_id: int) -> Any:
    """Return attendance rows with `seat_kind`: how the person, or whom it represents, sits there.

    None for guests; `body` is the kind of the committee.
    """
    seat = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=OuterRef("held_on")),
        committee=OuterRef("committee"),
        person=Coalesce(OuterRef("substitutes"), OuterRef("person")),
        valid_from__lte=OuterRef("held_on"),
    )
    rows = Attendance.everything.filter(meeting=meeting_id, committee=committee_id)
    return rows.annotate(held_on=TruncDate("meeting__starts_at")).annotate(
        seat_kind=Subquery(seat.order_by("-voting", "pk").values("kind")[:1]),
        body=Subquery(seat.order_by("pk").values("committee__kind")[:1]),
    )


def stay_of(row: Any) -> Stay:
    """Return one row of `with_seats` as the rules ask for it."""
    by_office = row.seat_kind == MembershipKind.EX_OFFICIO
    return Stay(
        person=row.person_id,
        kind=AttendanceKind(row.kind),
        voting=row.voting,
        since=row.since_id,
        until=row.until_id,
        substitutes=row.substitutes_id,
        elected=row.seat_kind != MembershipKind.CO_OPTED,
        head=by_office and row.body in _LED_BY_THE_HEAD,
    )


def held_order(meeting_id: int) -> list[int]:
    """Return the items of a meeting in the order in which they were held, in one query."""
    rows = AgendaItem.everything.filter(meeting=meeting_id).select_related("meeting")
    columns = ("position", "parent", "taken_up", "meeting__closed_at")
    items: Iterable[AgendaItem] = rows.only(*columns)
    rows_in_hand = list(items)
    over = bool(rows_in_hand) and rows_in_hand[0].meeting.closed_at is not None
    return [item.pk for item in as_held(rows_in_hand, over=over)]


def recused_from(item: AgendaItem) -> frozenset[int]:
    """Return the persons who may not take part in an item."""
    rows = Recusal.everything.filter(agenda_item=item)
    return frozenset(rows.values_list("person", flat=True))


def is_called_again(item: AgendaItem) -> bool:
    """Answer whether an item was put off for want of a quorum and the second invitation says so.

    § 65 Abs. 2 NKomVG: any number is enough then, for these matters only (practice.md 1.12).
    """
    if item.resumes_id is None:
        return False
    put_off = AgendaItem.everything.filter(pk=item.resumes_id, outcome=Outcome.NO_QUORUM)
    hinted = Invitation.everything.filter(meeting=item.meeting_id, hint=True)
    return put_off.exists() and hinted.exists()
