"""The runs of a paragraph of a Word file as formatted text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby
from typing import Final

from lxml import etree

from proposals.documents.wml import R, W, legal
from proposals.documents.word_fields import ADDRESS
from proposals.documents.word_losses import Losses, short
from proposals.documents.word_styles import Styles, value

BREAK: Final = "\n"
_SAFE: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_MARKS: Final = {"b": "strong", "i": "em", "strike": "s"}
_ALIGNED: Final = {"subscript": "sub", "superscript": "sup"}
_ORDER: Final = ("strong", "em", "u", "s", "sub", "sup")
_PROPERTIES: Final = frozenset({W + "pPr", W + "rPr", W + "sdtPr", W + "sdtEndPr", W + "tblPr"})
_BLANK: Final = {W + "tab": " ", W + "ptab": " ", W + "br": BREAK, W + "cr": BREAK}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look; `text` is BREAK for a new line."""

    text: str
    formats: frozenset[str] = frozenset()
    address: str = ""


class Runs:
    """Reads the runs of paragraphs."""

    def __init__(self, styles: Styles, links: Mapping[str, str], losses: Losses) -> None:
        self._styles, self._links, self._losses = styles, links, losses

    def of(self, paragraph: etree._Element) -> list[Piece]:
        """Return the words of a paragraph."""
        return list(self._inside(paragraph, paragraph, ""))

    def _inside(
        self, element: etree._Element, paragraph: etree._Element, address: str
    ) -> Iterator[Piece]:
        for child in element:
            if not isinstance(child.tag, str) or child.tag in _PROPERTIES:
                continue
            if child.tag == W + "r":
                yield from self._run(child, paragraph, address)
            elif child.tag == W + "hyperlink":
                target = self._links.get(child.get(R + "id", ""), "")
                yield from self._inside(child, paragraph, self._safe(target, child) or address)
            else:
                yield from self._inside(child, paragraph, address)

    def _run(self, run: etree._Element, paragraph: etree._Element, address: str) -> Iterator[Piece]:
        address = self._safe(run.get(ADDRESS, ""), run) or address
        formats = self._formats(run, paragraph, is_link=bool(address))
        for child in run:
            if child.tag == W + "t":
                yield Piece(legal(child.text or ""), formats, address)
            elif child.tag in _BLANK:
                yield Piece(_BLANK[child.tag], formats, address)
            elif isinstance(child.tag, str) and child.tag not in _PROPERTIES:
                yield from self._inside(child, paragraph, address)

    def _formats(
        self, run: etree._Element, paragraph: etree._Element, *, is_link: bool
    ) -> frozenset[str]:
        found = {tag for mark, tag in _MARKS.items() if self._styles.has(run, paragraph, mark)}
        line = value(run.find(f"{W}rPr/{W}u"))
        if line and line != "none" and not is_link:
            found.add("u")
        aligned = _ALIGNED.get(value(run.find(f"{W}rPr/{W}vertAlign")))
        return frozenset(found | {aligned} if aligned else found)

    def _safe(self, target: str, element: etree._Element) -> str:
        """Return an address that may stand in a text; name any other one."""
        if not target or _SAFE.match(target):
            return legal(target)
        words = "".join(text.text or "" for text in element.iter(W + "t"))
        self._losses.tell(
            f"Die Verknüpfung „{short(words)}“ führt zu „{short(target)}“ und wird nicht "
            "übernommen; ihre Worte bleiben stehen."
        )
        return ""


def plain(pieces: Iterable[Piece]) -> str:
    """Return the words alone, with blanks for line breaks and around them none."""
    return " ".join("".join(piece.text for piece in pieces).split())


def is_marked(pieces: Sequence[Piece]) -> bool:
    """Answer whether all the words are bold or underlined, as people write headings by hand."""
    shown = [piece for piece in pieces if piece.text.strip()]
    return bool(shown) and any(
        all(mark in piece.formats for piece in shown) for mark in ("strong", "u")
    )


def parted(pieces: Sequence[Piece], at: int) -> tuple[list[Piece], list[Piece]]:
    """Part the words at a place, counted in signs."""
    before: list[Piece] = []
    for number, piece in enumerate(pieces):
        if len(piece.text) >= at:
            rest = replace(piece, text=piece.text[at:])
            return [*before, replace(piece, text=piece.text[:at])], [rest, *pieces[number + 1 :]]
        at -= len(piece.text)
        before.append(piece)
    return before, []


def html_of(pieces: Iterable[Piece]) -> str:
    """Return the words as HTML; runs of one look become one element."""
    return "".join(
        _linked("".join(_formatted(group)), address)
        for address, group in groupby(pieces, key=lambda piece: piece.address)
    )


def _formatted(pieces: Iterable[Piece]) -> Iterator[str]:
    for formats, group in groupby(pieces, key=lambda piece: piece.formats):
        words = "".join(piece.text for piece in group)
        html = "<br>".join(escape(line, quote=False) for line in words.split(BREAK))
        for tag in reversed([tag for tag in _ORDER if tag in formats]):
            html = f"<{tag}>{html}</{tag}>"
        yield html


def _linked(html: str, address: str) -> str:
    return f'<a href="{escape(address)}">{html}</a>' if address else html
