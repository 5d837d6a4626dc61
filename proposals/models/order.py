"""The two orders of an agenda, as invited and as held, what it still holds, how it prints."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from ..rules.agenda import ItemKind
from .agenda import AgendaItem

OF_EVERY_MEETING = (ItemKind.OPENING, ItemKind.AGENDA, ItemKind.CLOSING)


def as_invited(items: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Return the items by their position, each followed by those that belong to it."""
    rows = sorted(items, key=lambda item: (item.position, item.pk))
    known = {item.pk for item in rows}
    below: dict[int, list[AgendaItem]] = {}
    roots = []
    for item in rows:
        if item.parent_id in known:
            below.setdefault(item.parent_id or 0, []).append(item)
        else:
            roots.append(item)
    return [row for root in roots for row in (root, *below.get(root.pk, ()))]


def as_held(items: Iterable[AgendaItem], *, over: bool) -> list[AgendaItem]:
    """Return the items in the order in which they were dealt with.

    While the meeting lasts those that nobody touched are still to come. Once it is `over` they
    were dealt with in their place: behind the last one that stands before them on the agenda.
    """
    rows = as_invited(items)
    rank = {item.pk: place for place, item in enumerate(rows)}
    held = sorted(
        (item for item in rows if item.taken_up is not None),
        key=lambda item: (item.taken_up or 0, rank[item.pk]),
    )
    untouched = [item for item in rows if item.taken_up is None]
    if not over:
        return held + untouched
    for item in untouched:
        before = [place for place, row in enumerate(held) if rank[row.pk] < rank[item.pk]]
        held.insert(before[-1] + 1 if before else 0, item)
    return held


def printed_title(item: AgendaItem) -> str:
    """Return the title as the agenda prints it: minutes with the day of their meeting."""
    if item.approves is None:
        return item.title
    day = f"{timezone.localdate(item.approves.starts_at):%d.%m.%Y}"
    return item.title if day in item.title else f"{item.title} vom {day}"


def untreated(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Return what an agenda still holds: papers without a result, and items nobody came to.

    An item without a Vorlage often gets no result; it is over once a later one of its part of the
    agenda was dealt with.
    """
    reached: dict[tuple[int, bool], int] = {}
    for item in items:
        if item.taken_up or item.outcome:
            part = (item.committee_id, item.public)
            reached[part] = max(item.position, reached.get(part, 0))
    return [
        item
        for item in items
        if not item.outcome
        and item.kind not in OF_EVERY_MEETING
        and (item.consultation_id is not None or not _is_over(item, reached))
    ]


def _is_over(item: AgendaItem, reached: Mapping[tuple[int, bool], int]) -> bool:
    passed = item.position < reached.get((item.committee_id, item.public), 0)
    return passed or bool(item.taken_up or item.note)
