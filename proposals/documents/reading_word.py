"""Read a Word file: its parts by their headings as formatted text, and what cannot be taken over.

Never a lost word: what is read is compared, sign by sign, with what the file shows. A difference
is a fault of this module and stops the reading.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from lxml import etree

from proposals.documents.faults import TemplateFault
from proposals.documents.wml import W
from proposals.documents.word_blocks import Block, html_of_blocks
from proposals.documents.word_file import opened, refused
from proposals.documents.word_losses import Losses, letters, prepared
from proposals.documents.word_runs import Piece, Runs, html_of, is_marked, parted, plain
from proposals.documents.word_styles import TITLE, Lists, Styles, left_of
from proposals.documents.word_tables import Cell, Row, rows_of
from proposals.rules.cleaning import clean_html
from proposals.rules.errors import RuleViolation
from proposals.rules.from_word import Found
from proposals.rules.markup import text_of, tree

MOST_LETTERS: Final = 1_500_000  # of formatted text: what one form can carry
_LONGEST_TITLE: Final = 80
_MOST_HEADING: Final = 300
_RUN_IN: Final = re.compile(r"[^:]{2,80}:")
# what the forms of a house print behind the sections, in styles of their own
_OF_FORMS: Final = frozenset(
    f"vorlage {name}" for name in ("unterschrift", "vermerk", "anlage", "entwurf", "beschluss")
)
_HOLDERS: Final = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag"))


@dataclass(frozen=True)
class WordText:
    """What was read: the parts in their order, and sentences about what was not."""

    found: tuple[Found, ...]
    notes: tuple[str, ...]


def read_word(file_name: str, data: bytes, names_a_section: Callable[[str], bool]) -> WordText:
    """Return the parts of a Word file; `names_a_section` knows headings written by hand.

    Raises RuleViolation with the reason where it cannot be read.
    """
    file = opened(file_name, data)
    try:
        styles = Styles(file.one("styles"))
        root, words, losses = prepared(file, styles)
        reader = _Reader(styles, Lists(file.one("numbering"), styles), file.links(), losses)
        reader.knows = names_a_section
        body = root.find(W + "body")
        assert body is not None
        found = tuple(reader.parts(body))
    except TemplateFault as fault:
        raise refused(file_name, "ist beschädigt") from fault
    except RecursionError as deep:
        raise refused(file_name, "ist zu tief verschachtelt") from deep
    said = [*losses.notes, *(one.html for one in found)]
    if sum(map(len, said)) > MOST_LETTERS:
        raise refused(file_name, "enthält zu viel Text für einen Entwurf")
    _refuse_losses(file_name, words, found, losses)
    return WordText(found, tuple(losses.notes))


def _refuse_losses(file_name: str, words: str, found: tuple[Found, ...], losses: Losses) -> None:
    """Raise RuleViolation where a sign of the file is neither in a part nor named."""
    read = Counter[str]()
    for said in (*losses.words, *(one.heading for one in found)):
        read.update(letters(said))
    for one in found:
        read.update(letters(text_of(tree(one.html))))
    if read != letters(words):
        raise RuleViolation(
            f"Beim Lesen der Datei „{file_name}“ ginge Text verloren. Es wird nichts übernommen; "
            "bitte kopieren Sie den Text in den Entwurf.",
            field="file",
        )


class _Reader:
    knows: Callable[[str], bool]

    def __init__(self, styles: Styles, lists: Lists, links: dict[str, str], losses: Losses) -> None:
        self._styles, self._lists, self._losses = styles, lists, losses
        self._runs = Runs(styles, links, losses)

    def parts(self, body: etree._Element) -> Iterator[Found]:
        """Yield what stands under each heading, and before the first one."""
        heading, level, blocks = "", 0, list[Block]()
        for block in self._blocks(body):
            if block.kind in ("heading", "form", "title"):
                yield from _found(heading, level, blocks)
                heading, level, blocks = "", 0, []
            if block.kind == "heading":
                heading, level = block.html, block.level
            elif block.kind == "title":
                html = clean_html(f"<p>{escape(block.html, quote=False)}</p>")
                yield Found("", TITLE, html, is_title=True)
            else:
                blocks.append(block)
        yield from _found(heading, level, blocks)

    def _blocks(self, holder: etree._Element, *, flows: bool = True) -> Iterator[Block]:
        """Yield the paragraphs and tables; `flows`: headings part the text."""
        items: dict[int, int] = {}  # of the open items by level: where their text begins
        is_form = False
        for child in _children(holder):
            if child.tag == W + "tbl":
                read = list(self._table(child, flows=flows))
            else:
                read = list(self._paragraph(child, items, flows=flows))
                names = self._styles.names(child)[:1]
                begins = flows and not is_form and bool(_OF_FORMS.intersection(names))
                if begins and read and read[0].kind == "p":
                    yield Block("form", "")
                    is_form = True
            for block in read:
                is_form = is_form and block.kind != "heading"
                if block.kind not in ("item", "more"):
                    items.clear()
                elif block.kind == "item":
                    for deeper in [level for level in items if level > block.level]:
                        del items[deeper]
                    items[block.level] = block.left
                yield block

    def _paragraph(
        self, paragraph: etree._Element, items: dict[int, int], *, flows: bool
    ) -> Iterator[Block]:
        pieces = self._runs.of(paragraph)
        words = plain(pieces)
        place = self._lists.place(paragraph)
        number = self._lists.count(place) if place is not None else 0
        if not words:
            return
        if flows:
            level = self._styles.heading_level(paragraph)
            if level == TITLE:
                yield Block("title", words)
                return
            if level is not None and len(words) <= _MOST_HEADING:
                yield Block("heading", words, level)
                return
            if by_hand := self._heading_by_hand(pieces, words):
                heading, rest = by_hand
                yield Block("heading", heading, 1)
                if plain(rest):
                    yield Block("p", html_of(rest))
                return
        html = html_of(pieces)
        if place is not None and place.level.tag:
            if place.level.in_letters:
                self._losses.tell(
                    "Aufzählungen mit Buchstaben oder römischen Ziffern zählen hier mit Zahlen."
                )
            left = left_of(paragraph, self._styles) or place.level.left
            yield Block("item", html, place.depth, place.level.tag, number, left)
            return
        left = left_of(paragraph, self._styles) if items else 0
        below = [level for level, indent in items.items() if 0 < indent <= left]
        # a paragraph that is set in below an item is a further one of it
        yield Block("more", html, max(below)) if below else Block("p", html)

    def _heading_by_hand(self, pieces: list[Piece], words: str) -> tuple[str, list[Piece]] | None:
        """Return a heading that is only bold or underlined, with what follows in its line."""
        if len(words) <= _LONGEST_TITLE and is_marked(pieces) and self.knows(words):
            return words, []
        whole = "".join(piece.text for piece in pieces)
        beginning = _RUN_IN.match(whole)
        if beginning is None or not self.knows(beginning.group()):
            return None
        first, rest = parted(pieces, beginning.end())
        is_subject = plain(first).casefold() in ("betreff:", "betr.:")
        return (plain(first), rest) if is_subject or is_marked(first) else None

    def _table(self, table: etree._Element, *, flows: bool) -> Iterator[Block]:
        rows = list(rows_of(table))
        if flows and self._is_frame(table, rows):
            for row in rows:
                for cell in row.cells:
                    for holder in cell.holders:
                        yield from self._blocks(holder)
            return
        written = "".join(
            f"<tr>{''.join(self._cell(cell, is_head=row.is_head) for cell in row.cells)}</tr>"
            for row in rows
        )
        if written:
            yield Block("table", f"<table>{written}</table>")

    def _is_frame(self, table: etree._Element, rows: Sequence[Row]) -> bool:
        """Answer whether a table only draws lines around sections."""
        is_box = all(len(row.cells) == 1 for row in rows)
        for paragraph in table.iter(W + "p"):
            pieces = self._runs.of(paragraph)
            if self.knows(plain(pieces)) and (
                self._styles.heading_level(paragraph) is not None or (is_box and is_marked(pieces))
            ):
                return True
        return False

    def _cell(self, cell: Cell, *, is_head: bool) -> str:
        tag = "th" if is_head else "td"
        spans = "".join(
            f' {name}="{count}"'
            for name, count in (("colspan", cell.columns), ("rowspan", cell.rows))
            if count > 1
        )
        blocks = [b for holder in cell.holders for b in self._blocks(holder, flows=False)]
        html = html_of_blocks(blocks)
        if is_head:  # what heads a table is bold anyway
            html = re.sub("</?strong>", "", html)
        return f"<{tag}{spans}>{html}</{tag}>"


def _found(heading: str, level: int, blocks: list[Block]) -> Iterator[Found]:
    html = clean_html(html_of_blocks(blocks))
    if heading or html:
        yield Found(heading, level, html)


def _children(holder: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, also those in content controls."""
    for child in holder:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in _HOLDERS:
            yield from _children(child)
