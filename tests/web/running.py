"""A meeting of the Kreistag at the screen of its secretary: addresses, and what she types."""

from typing import Any

from proposals.models import AgendaItem, Meeting
from proposals.rules.agenda import ItemKind
from tests import factories as f
from tests import sittings as s
from tests.web.site import Page, Visitor

HTMX: dict[str, Any] = {"headers": {"HX-Request": "true"}}


def begin_evening() -> tuple[f.House, Meeting]:
    """Return a meeting with an opening and three papers, 29 of 43 members present."""
    house = f.make_house(seats={"council": 43})
    meeting = s.plan(house, "council")
    s.add_item(house, meeting, "council", "Eröffnung", ItemKind.OPENING)
    for number in range(3):
        s.paper(house, meeting, subject=f"Vorlage {number + 1}")
    s.number(house, meeting)
    s.call_roll(house, meeting, "council", 29)
    return house, meeting


def run(meeting: Meeting, *parts: object) -> str:
    return "/".join(["", "sitzungen", str(meeting.pk), "durchfuehren", *map(str, parts), ""])


def top(item: AgendaItem, *parts: object) -> str:
    return "/".join(
        ["", "sitzungen", str(item.meeting_id), "top", str(item.pk), *map(str, parts), ""]
    )


def typed(visitor: Visitor, item: AgendaItem, result: str, **more: Any) -> dict[str, Any]:
    """Return the form of an item on the run sheet with a result typed in."""
    page = visitor.get(top(item))
    hidden = {name: page.value(name) for name in ("request_key", "revision")}
    return {**hidden, "result": result, **more}


def enter(visitor: Visitor, item: AgendaItem, result: str, expect: int = 200, **more: Any) -> Page:
    """Type a result and press Enter."""
    values = typed(visitor, item, result, **more)
    return visitor.post(top(item, "ergebnis"), values, expect, **HTMX)


def papers(meeting: Meeting) -> list[AgendaItem]:
    return [item for item in s.items(meeting) if item.consultation_id]
