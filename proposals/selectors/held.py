"""The order in which the items of a meeting were dealt with, as its page shows it."""

from typing import Any

from ..models import AgendaItem, Meeting
from .agenda_lines import AgendaLine, agenda_lines


def held_places(meeting: Meeting, user: Any) -> list[tuple[AgendaLine, int | None]]:
    """Return each item with its place in the order as held; None where nobody came to it yet.

    In a meeting that is over every item has a place.
    """
    rows = AgendaItem.objects.visible_to(user).filter(meeting=meeting, taken_up__isnull=False)
    touched = set(rows.values_list("pk", flat=True))
    over = meeting.closed_at is not None
    lines = agenda_lines(meeting, user, held=True)
    return [
        (line, place if over or line.id in touched else None) for place, line in enumerate(lines, 1)
    ]
