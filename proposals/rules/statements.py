"""Stellungnahmen: which change asks an office for a word without holding anybody up."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .difference import Op, word_difference
from .errors import RuleViolation
from .text import html_to_paragraphs

# in what was changed: an amount, or what costs money by its name
_MONEY = re.compile(
    r"€|\beuro\b|\bT€|haushalt|kosten|finanz|mittel\b|mitteln\b|förder|zuschuss|zuschüss|zuwendung"
    r"|stelle\b|stellen\b|vollzeit|teilzeit|wochenstunden|personal|dienstleist|entgelt|gebühr"
    r"|verpflichtungsermächtigung|sperrvermerk",
    re.IGNORECASE,
)


def touches_money(before_html: str, after_html: str, *, has_money: bool) -> bool:
    """Say whether a committee's wording changes what the paper costs, as far as words can tell.

    Where the paper costs money (`has_money`), every change of its wording may; elsewhere one that
    speaks of money or posts (practice.md 1.13: asked for until the next meeting, never a lock).
    """
    before, after = html_to_paragraphs(before_html), html_to_paragraphs(after_html)
    moved = [piece.text for piece in word_difference(before, after) if piece.op != Op.SAME]
    changed = any(any(letter.isalnum() for letter in text) for text in moved)
    return changed and (has_money or any(_MONEY.search(text) for text in moved))


@dataclass(frozen=True)
class DealsWithIt:
    """A meeting that deals with a paper; `done` where it has."""

    day: date
    done: bool


def due_day(
    asked_on: date, meetings: Iterable[DealsWithIt], present: date | None = None
) -> date | None:
    """Return the day by which a statement is due: the next meeting that deals with the paper.

    None where no meeting is known yet. A day on which the paper was dealt with (`present`) stays:
    a statement that was not there then is late.
    """
    found = list(meetings)
    if any(meeting.done and meeting.day == present for meeting in found):
        return present
    days = (meeting.day for meeting in found if not meeting.done and meeting.day > asked_on)
    return min(days, default=None)


def objection_to_stating(text: str, *, is_open: bool) -> RuleViolation | None:
    """Refuse a statement that says nothing, comes twice, or comes after the route's end."""
    if not is_open:
        return RuleViolation("Diese Stellungnahme ist schon abgegeben oder entfallen.")
    if not text.strip():
        return RuleViolation("Bitte schreiben Sie Ihre Stellungnahme.", field="text")
    return None
