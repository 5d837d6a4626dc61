"""Getrennte Abstimmung: the numbered clauses of a wording, and what is left of it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

from .consultation import Outcome, meaning_of
from .errors import RuleViolation
from .text import NUMBERED
from .voting import VoteResult

_TAG = re.compile(r"<[^>]*>")
_START = re.compile(r"[1-9][0-9]{0,4}")
_VOID = ("br",)
_INLINE = ("a", "br", "em", "s", "strong", "sub", "sup", "u")
_PARAGRAPHS = ("p", "h3", "h4", "")


class ClauseOutcome(StrEnum):
    """How much of a wording was carried when its clauses were voted on one by one."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True)
class Clause:
    """Ziffer: one numbered clause, as HTML that stands alone and shows its number."""

    number: int
    html: str


def clauses_of(html: str) -> list[Clause]:
    """Return the clauses: items of a numbered list, or paragraphs that begin "1." or "1)".

    `html` is cleaned (rules/cleaning.py). Numbers rise; what stands between two clauses belongs to
    the first of them, a list or table behind the last one to the last.
    """
    clauses: dict[int, list[_Piece]] = {}
    for piece in _pieces(html):
        if piece.clause:
            clauses.setdefault(piece.clause, []).append(piece)
    return [Clause(number, _joined(pieces)) for number, pieces in clauses.items()]


def without(html: str, lost: Collection[int]) -> str:
    """Return the wording without the clauses that were lost; the others keep their numbers."""
    if not lost:
        return html
    kept = (piece for piece in _pieces(html) if not piece.clause or piece.clause not in lost)
    return _joined(kept)


def clause_outcome(
    results: Mapping[int, VoteResult], rest: VoteResult | None = None
) -> ClauseOutcome:
    """Say how much was carried; `rest` is the vote on what was not voted on by itself."""
    votes = [*results.values(), *([] if rest is None else [rest])]
    if all(vote == VoteResult.CARRIED for vote in votes):
        return ClauseOutcome.ALL
    some = any(vote == VoteResult.CARRIED for vote in votes)
    return ClauseOutcome.SOME if some else ClauseOutcome.NONE


def objection_to_settling(
    outcome: Outcome, settled: ClauseOutcome | None, still_open: Sequence[int]
) -> RuleViolation | None:
    """Refuse a result without a vote of its own where it is not what its clauses say.

    `settled` is what the votes on all clauses came to, None where those `still_open` have none.
    """
    if settled is None:
        numbers = ", ".join(str(number) for number in still_open)
        return RuleViolation(
            f"Über Ziffer {numbers} ist noch nicht abgestimmt. Bitte die Abstimmung nachtragen "
            "oder die Stimmen der Schlussabstimmung angeben.",
            field="yes",
        )
    lost = settled == ClauseOutcome.NONE
    if lost == (meaning_of(outcome) == VoteResult.LOST):
        return None
    words = "alle abgelehnt" if lost else "mindestens eine angenommen"
    return RuleViolation(
        f"Über alle Ziffern ist einzeln abgestimmt, {words}; das Ergebnis kann nicht "
        f"„{outcome.label}“ lauten.",
        field="outcome",
    )


@dataclass(frozen=True)
class _Block:
    """A piece of the text in its place: a top-level element, or one item of a top-level list.

    `number` is the one it shows (0: none). `item` needs a list around it, `leads` begins one.
    """

    html: str
    number: int = 0
    item: bool = False
    leads: bool = False
    paragraph: bool = False


class _Piece(NamedTuple):
    """A block, and the clause it belongs to (0: none)."""

    block: _Block
    clause: int


def _pieces(html: str) -> list[_Piece]:
    """Give every block to its clause; a list that counts from the beginning again is no clause."""
    blocks = _Reader.blocks_of(html)
    begins, newest, counts = [], 0, False
    for block in blocks:
        rises = block.number > newest
        counts = rises if block.leads else counts
        begins.append(rises and (counts or not block.item))
        newest = block.number if begins[-1] else newest
    last = max((place for place, begin in enumerate(begins) if begin), default=-1)

    pieces, clause = [], 0
    for place, (block, begin) in enumerate(zip(blocks, begins, strict=True)):
        if begin:
            clause = block.number
        elif place > last and block.paragraph:
            clause = 0
        pieces.append(_Piece(block, clause))
    return pieces


def _joined(pieces: Iterable[_Piece]) -> str:
    """Put the blocks together again; items that follow each other share a list."""
    text, following = "", 0
    for block in (piece.block for piece in pieces):
        continues = block.item and block.number == following
        if following and not continues:
            text += "</ol>"
        if block.item and not continues:
            text += "<ol>" if block.number == 1 else f'<ol start="{block.number}">'
        text += block.html
        following = block.number + 1 if block.item else 0
    return f"{text}</ol>" if following else text


class _Reader(HTMLParser):
    """Cuts HTML into its top-level elements, and top-level numbered lists into their items."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._blocks: list[_Block] = []
        self._open: list[str] = []
        self._html: list[str] = []
        self._next = 0  # the number of the next item, while a top-level list is read
        self._leads = False

    @classmethod
    def blocks_of(cls, html: str) -> list[_Block]:
        """Return the pieces of the text in their order."""
        reader = cls()
        reader.feed(html)
        reader.close()
        reader._end_block("")
        return reader._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._open and tag not in _INLINE:
            self._end_block("")
        if not self._open and tag == "ol":
            start = dict(attrs).get("start") or ""
            self._next, self._leads = int(start) if _START.fullmatch(start) else 1, True
        else:
            self._html.append(self.get_starttag_text() or "")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if self._next and not self._open:
            self._next = 0
            self._html.clear()
            return
        self._html.append(f"</{tag}>")
        if self._next and len(self._open) == 1:
            self._end_item()
        elif not self._open and tag not in _INLINE:
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        if len(self._open) == 1 and self._next:
            return  # blanks between the items of a list
        self._html.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _end_item(self) -> None:
        html = "".join(self._html)
        self._blocks.append(_Block(html, self._next, item=True, leads=self._leads))
        self._html.clear()
        self._next, self._leads = self._next + 1, False

    def _end_block(self, tag: str) -> None:
        """Close the element `tag`, or the bare text in front of one ("")."""
        html = "".join(self._html)
        self._html.clear()
        if html:
            text = unescape(_TAG.sub("", html)).replace("\xa0", " ").strip()
            numbered = NUMBERED.fullmatch(text)
            is_text = tag in _PARAGRAPHS and bool(text)
            number = int(numbered[1]) if numbered and is_text else 0
            self._blocks.append(_Block(html, number, paragraph=is_text))
