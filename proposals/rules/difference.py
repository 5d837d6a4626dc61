"""Unterschied zweier Wortlaute, word by word, as a reader would mark it."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple, TypeVar

# A word or sign with the blanks before it; the last one may be blanks only.
_TOKEN = re.compile(r"(\s*)(\d+(?:[.,]\d+)+|\w+|[^\w\s]|$)")
# A paragraph with the blank lines behind it: taken for lines, these are alike everywhere.
_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+$")
_TINY = 4  # letters; a shorter match between two changes is chance ("und", "der") and hard to read
_LONG = 60_000  # letters of both texts; ten pages each
_Row = TypeVar("_Row")


class Op(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A run of text that stayed, came or went."""

    op: Op
    text: str


class _Run(NamedTuple):
    """A stretch of the old text beside the stretch of the new one that stands in its place."""

    old: str
    new: str


def word_difference(old: str, new: str) -> list[Piece]:
    """Return the pieces that turn `old` into `new`, what goes before what comes in its place.

    Same and removed pieces joined give `old`, same and added ones `new`; no two neighbours have
    the same op, and none is empty.
    """
    runs = _joined(_runs(old, new))
    last = len(runs) - 1
    changed = [
        run.old != run.new or (0 < index < last and _is_tiny(run.old))
        for index, run in enumerate(runs)
    ]
    pieces = []
    for is_change, group in groupby(zip(changed, runs, strict=True), key=lambda pair: pair[0]):
        gone, come = _texts(run for _, run in group)
        if is_change:
            pieces += [Piece(Op.REMOVED, gone), Piece(Op.ADDED, come)]
        else:
            pieces.append(Piece(Op.SAME, gone))
    return [piece for piece in pieces if piece.text]


def text_difference(old: str, new: str) -> list[Piece]:
    """Return the pieces for texts of any length: long ones are compared by paragraphs first.

    So two hundred pages with a few changes take no longer than those changes do.
    """
    if len(old) + len(new) < _LONG:
        return word_difference(old, new)
    before, after = _PARAGRAPH.findall(old), _PARAGRAPH.findall(new)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        pieces += [Piece(Op.SAME, gone)] if tag == "equal" else word_difference(gone, come)
    return [
        Piece(op, "".join(piece.text for piece in group))
        for op, group in groupby(pieces, key=lambda piece: piece.op)
    ]


def _runs(old: str, new: str) -> Iterator[_Run]:
    """Pair the tokens by their words; blanks that differ before equal words are a run of their own.

    In a long text difflib takes frequent words for no anchors, which keeps it quick.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, [word for _, word in before], [word for _, word in after])
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for (gap_before, word), (gap_after, _) in zip(before[i1:i2], after[j1:j2], strict=True):
                yield _Run(gap_before, gap_after)
                yield _Run(word, word)
        else:
            gone = "".join(gap + word for gap, word in before[i1:i2])
            come = "".join(gap + word for gap, word in after[j1:j2])
            # a blank that stands before both belongs to neither
            both = gone and come and before[i1][0] == after[j1][0]
            blank = before[i1][0] if both else ""
            yield _Run(blank, blank)
            yield _Run(gone[len(blank) :], come[len(blank) :])


def _joined(runs: Iterator[_Run]) -> list[_Run]:
    """Join neighbours that are both the same, or both changed, and leave out empty ones."""
    filled = (run for run in runs if run.old or run.new)
    groups = groupby(filled, key=lambda run: run.old == run.new)
    return [_Run(*_texts(group)) for _, group in groups]


def _texts(runs: Iterator[_Run]) -> tuple[str, str]:
    stretches = list(runs)
    return "".join(run.old for run in stretches), "".join(run.new for run in stretches)


def _is_tiny(text: str) -> bool:
    return sum(letter.isalnum() for letter in text) < _TINY


def pairs(
    old: Sequence[_Row], new: Sequence[_Row], name: Callable[[_Row], object]
) -> list[tuple[_Row | None, _Row | None]]:
    """Lay the rows of two lists side by side: equal ones, then those of one name, then the rest.

    In the order of the new list; what went without anything in its place comes last.
    """
    left = list(old)
    partners: list[_Row | None] = [None] * len(new)
    for alike in (lambda one, other: one == other, lambda one, other: name(one) == name(other)):
        for index, row in enumerate(new):
            if partners[index] is not None:
                continue
            found = next((other for other in left if alike(other, row)), None)
            if found is not None:
                partners[index] = found
                left.remove(found)
    return [*zip(partners, new, strict=True), *((row, None) for row in left)]
