"""The two orders of an agenda, as invited and as held, and how it prints a title."""

from collections.abc import Iterable

from django.utils import timezone

from .agenda import AgendaItem


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
