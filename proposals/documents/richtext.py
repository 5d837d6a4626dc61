"""Formatted text (sanitised HTML) to WordprocessingML in the house's own styles.

Every ordered list gets a numbering of its own, so that it begins at its own start and never goes on
from the list before it. Text is never dropped: an element that is not known prints its text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from typing import Final

from lxml import etree

from proposals.documents.faults import TemplateFault
from proposals.documents.reading import parsed, texts, without_blanks
from proposals.documents.resources import House, Resources, link_id
from proposals.documents.table_grid import Slot, grid_of
from proposals.documents.wml import RELATIONSHIPS, Wml, escaped, legal

_BLOCKS: Final = frozenset({"p", "div", "blockquote", "h1", "h2", "h3", "h4", "ul", "ol", "table"})
_SILENT: Final = frozenset({"script", "style", "template", "head", "title"})
_ADDRESS: Final = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)
_BLANKS: Final = re.compile("[ \t\r\n\f]+")
_DEEPEST: Final = 8
_INDENT: Final = 397  # 7 mm per level, as in the list styles of the templates
_BREAK: Final = "\n"
_LONGEST_KEPT: Final = 30_000  # letters; what is kept in memory has its bounds
_MARKUP: Final = re.compile("<[^>]*>")
_TEXTS: Final = re.compile("<w:t(?: [^>]*)?>([^<]*)")
_FIRST_TEXT: Final = re.compile("<w:t(?: [^>]*)?>([^<]*)")

_FORMATS: Final = {
    **dict.fromkeys(("strong", "b"), "<w:b/><w:bCs/>"),
    **dict.fromkeys(("em", "i"), "<w:i/><w:iCs/>"),
    **dict.fromkeys(("s", "del"), "<w:strike/>"),
    "u": '<w:u w:val="single"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
}
_ORDER: Final = tuple(dict.fromkeys(_FORMATS.values()))
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE: Final = (
    '<w:tblPr>{style}<w:tblW w:w="5000" w:type="pct"/>{borders}'
    '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    ' w:noHBand="0" w:noVBand="1"/></w:tblPr>'
)


@dataclass(frozen=True, slots=True)
class RichText:
    """HTML on its way into one document; becomes paragraphs at the place that asks for it."""

    html: str
    resources: Resources

    def __bool__(self) -> bool:
        """Say whether there is anything to print."""
        return bool(unescape(_MARKUP.sub("", self.html)).strip())

    def paragraphs(self, style: str = "", *, keep_next: bool = False) -> Wml:
        """Return the paragraphs; `style` is for plain ones, `keep_next` holds the last to the next.

        Raises TemplateFault for text nested deeper than the parser reads.
        """
        resources = self.resources
        begin = (len(resources.numberings), tuple(resources.links))
        kept = len(self.html) <= _LONGEST_KEPT
        write = written if kept else written.__wrapped__
        wml, numberings, links = write(self.html, style, keep_next, resources.house, *begin)
        resources.numberings += numberings
        resources.links.update(links)
        return wml


@lru_cache(maxsize=128)
def written(
    html: str, style: str, keep_next: bool, house: House, lists: int, links: tuple[str, ...]
) -> tuple[Wml, list[str], dict[str, str]]:
    """Return the paragraphs of a text, and the lists and links that it adds to the package.

    A text that did not change is not worked out again; where it stands in the document (behind how
    many lists, which links) is part of the question. Raises TemplateFault as `paragraphs` does, and
    where a word of the text would be lost.
    """
    resources = Resources(
        house, [""] * lists, {address: link_id(n) for n, address in enumerate(links)}
    )
    tree = parsed(html)
    writer = _Writer(resources, keep_next=keep_next)
    own = style or house.text
    writer.blocks(tree, _Place(own, indent=dict(house.indents).get(own, 0)))
    xml = writer.xml()
    words = unescape("".join(_TEXTS.findall(xml)))
    if without_blanks(words) != without_blanks("".join(texts(tree, _SILENT))):
        raise TemplateFault("Beim Umsetzen des formatierten Textes ginge Text verloren.")
    fresh = {address: name for address, name in resources.links.items() if address not in links}
    return Wml(xml, words), resources.numberings[lists:], fresh


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph stands: its style, and its list (level from 0, or -1 outside of one).

    `indent`: how far the text around the list is set in, in twips.
    """

    style: str
    level: int = -1
    number: int = 0
    continues: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    formats: frozenset[str] = frozenset()
    address: str | None = None


class _Writer:
    def __init__(
        self,
        resources: Resources,
        *,
        keep_next: bool = False,
        formats: frozenset[str] = frozenset(),
    ) -> None:
        self.resources = resources
        self.keep_next = keep_next
        self.formats = formats
        self.out: list[tuple[str, str]] = []  # properties and content of a paragraph; or a table
        self.pieces: list[_Piece] = []

    def xml(self) -> str:
        """Return everything written so far; a footnote ("*Beide …") stays with its paragraph."""
        holds = [*(_is_footnote(body) for _, body in self.out[1:]), self.keep_next]
        return "".join(
            f"<w:p><w:pPr>{_held(properties) if hold else properties}</w:pPr>{body}</w:p>"
            if properties
            else body
            for (properties, body), hold in zip(self.out, holds, strict=False)
        )

    def blocks(self, parent: etree._Element, place: _Place) -> None:
        """Write what stands in an element that holds paragraphs."""
        self._text(parent.text)
        for child in parent:
            name = child.tag if isinstance(child.tag, str) else ""
            if name in _BLOCKS or name == "li":
                place = self._flush(place)
                place = self._block(child, name, place)
            elif name and name not in _SILENT:
                self._inline(child, self.formats, None)
            self._text(child.tail)
        self._flush(place)

    def _block(self, element: etree._Element, name: str, place: _Place) -> _Place:
        house = self.resources.house
        if name in ("ul", "ol"):
            self._list(element, place)
            return _continued(place)
        if name == "table":
            self._table(element, place)
        elif name in ("h1", "h2", "h3", "h4"):
            self.blocks(element, _Place(house.headings[name == "h4"]))
        else:
            mark = len(self.out)
            self.blocks(element, place)
            return _continued(place) if len(self.out) > mark else place
        return place

    def _list(self, element: etree._Element, above: _Place) -> None:
        house = self.resources.house
        level = min(above.level + 1, _DEEPEST)
        if element.tag == "ul":
            place = _Place(house.bullet, level, house.bullet_number, indent=above.indent)
        else:
            number = self.resources.numbering(level, _start(element))
            place = _Place(house.ordered, level, number, indent=above.indent)
        self._text(element.text)
        for item in element:
            self._flush(place)
            if item.tag in ("ul", "ol"):  # a list directly in a list, as some editors write it
                self._list(item, place)
            elif isinstance(item.tag, str) and item.tag not in _SILENT:
                self.blocks(item, place)
            self._text(item.tail)
        self._flush(place)

    def _table(self, element: etree._Element, place: _Place) -> None:
        rows = [
            [cell for cell in row if cell.tag in ("td", "th")]
            for row in element.iter("tr")
            if next(row.iterancestors("table"), None) is element
        ]
        grid = grid_of(rows)
        columns = max((sum(slot.columns for slot in row) for row in grid), default=0)
        if not columns:
            self.blocks(element, place)
            return
        for caption in element.iterchildren("caption"):
            self.blocks(caption, place)
        width = self.resources.house.text_width // columns
        body = "".join(self._row(row, columns, width) for row in grid)
        lines = f'<w:gridCol w:w="{width}"/>' * columns
        self.out.append(("", f"<w:tbl>{self._look()}<w:tblGrid>{lines}</w:tblGrid>{body}</w:tbl>"))
        # Two tables without a paragraph between them become one in Word.
        gap = '<w:spacing w:after="0" w:line="160" w:lineRule="exact"/>'
        self.out.append((_style(place.style) + gap, ""))

    def _look(self) -> str:
        house = self.resources.house
        if house.table is None:
            return _TABLE.format(style="", borders=f"<w:tblBorders>{_BORDERS}</w:tblBorders>")
        return _TABLE.format(style=f'<w:tblStyle w:val="{escaped(house.table)}"/>', borders="")

    def _row(self, slots: list[Slot], columns: int, width: int) -> str:
        cells = [slot.cell for slot in slots if slot.cell is not None]
        head = "<w:tblHeader/>" if cells and all(cell.tag == "th" for cell in cells) else ""
        lacking = columns - sum(slot.columns for slot in slots)
        filled = [*slots, *[Slot(None)] * lacking]
        written = "".join(
            f"<w:tc><w:tcPr>{slot.properties(width)}</w:tcPr>"
            f"{'<w:p/>' if slot.cell is None else self._cell(slot.cell)}</w:tc>"
            for slot in filled
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{written}</w:tr>"

    def _cell(self, cell: etree._Element) -> str:
        bold = {_FORMATS["strong"]} if cell.tag == "th" else set()
        writer = _Writer(self.resources, formats=frozenset(bold))
        writer.blocks(cell, _Place(self.resources.house.cell))
        return writer.xml() or "<w:p/>"

    def _inline(
        self, element: etree._Element, formats: frozenset[str], address: str | None
    ) -> None:
        name = str(element.tag)
        if name == "br":
            self.pieces.append(_Piece(_BREAK))
            return
        if name in _BLOCKS and self.pieces:  # a paragraph within a word: keep its text apart
            self.pieces.append(_Piece(_BREAK))
        formats = formats | ({_FORMATS[name]} if name in _FORMATS else set())
        href = element.get("href", "").strip() if name == "a" else ""
        address = legal(href) if _ADDRESS.match(href) else address
        self._text(element.text, formats, address)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                self._inline(child, formats, address)
            self._text(child.tail, formats, address)

    def _text(
        self,
        text: str | None,
        formats: frozenset[str] | None = None,
        address: str | None = None,
    ) -> None:
        if text:
            formats = self.formats if formats is None else formats
            self.pieces.append(_Piece(_BLANKS.sub(" ", text), formats, address))

    def _flush(self, place: _Place) -> _Place:
        """Write the collected text as a paragraph, if there is any."""
        pieces = list(_trimmed(self.pieces))
        self.pieces = []
        if not pieces:
            return place
        self.out.append((self._properties(place), "".join(self._runs(pieces))))
        return _continued(place)

    def _properties(self, place: _Place) -> str:
        style = _style(place.style)
        if place.level < 0:
            return style
        left = place.indent + _INDENT * (place.level + 1)
        if place.continues:  # a second paragraph of the same item has its indent but no number
            none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
            return f'{style}{none}<w:ind w:left="{left}" w:firstLine="0"/>'
        number = f'<w:ilvl w:val="{place.level}"/><w:numId w:val="{place.number}"/>'
        # where the text around it begins at the margin, the list styles of the house say how far
        set_in = f'<w:ind w:left="{left}" w:hanging="{_INDENT}"/>' if place.indent else ""
        return f"{style}<w:numPr>{number}</w:numPr>{set_in}"

    def _runs(self, pieces: list[_Piece]) -> Iterator[str]:
        linked: str | None = None
        for piece in pieces:
            if piece.address != linked:
                if linked is not None:
                    yield "</w:hyperlink>"
                linked = piece.address
                if linked is not None:
                    relation = self.resources.link(linked)
                    yield f'<w:hyperlink xmlns:r="{RELATIONSHIPS}" r:id="{relation}" w:history="1">'
            yield self._run(piece)
        if linked is not None:
            yield "</w:hyperlink>"

    def _run(self, piece: _Piece) -> str:
        if piece.text == _BREAK:
            return "<w:r><w:br/></w:r>"
        look = "".join(mark for mark in _ORDER if mark in piece.formats)
        if piece.address is not None and self.resources.house.link:
            look = f'<w:rStyle w:val="{self.resources.house.link}"/>{look}'
        look = f"<w:rPr>{look}</w:rPr>" if look else ""
        return f'<w:r>{look}<w:t xml:space="preserve">{escaped(piece.text)}</w:t></w:r>'


def _continued(place: _Place) -> _Place:
    """Return the place for a further paragraph; outside of lists it is the same."""
    return place if place.continues or place.level < 0 else replace(place, continues=True)


def _is_footnote(body: str) -> bool:
    first = _FIRST_TEXT.search(body)
    return first is not None and first[1].lstrip().startswith("*")


def _held(properties: str) -> str:
    style, end, rest = properties.partition("/>")
    return f"{style}{end}<w:keepNext/>{rest}"


def _style(style: str) -> str:
    return f'<w:pStyle w:val="{escaped(style)}"/>'


def _start(element: etree._Element) -> int:
    start = element.get("start", "1").strip()
    return min(int(start), 32_767) if start.isascii() and start.isdigit() else 1


def _trimmed(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces without blanks at the ends of a line, and without breaks at the end."""
    before = " "
    kept: list[_Piece] = []
    for piece in pieces:
        text = piece.text
        if text == _BREAK:
            kept.append(piece)
            before = " "
            continue
        if before.endswith(" "):
            text = text.lstrip(" ")
        if text:
            same = text == piece.text
            kept.append(piece if same else _Piece(text, piece.formats, piece.address))
            before = text
    while kept and not (kept[-1].text.rstrip(" \n")):
        kept.pop()
    if kept and kept[-1].text.endswith(" "):
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    yield from kept
