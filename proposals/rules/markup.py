"""One way to write a formatted text: two that read alike are the same bytes.

Co-signatures hold on to the digest of a text. Whatever wrote it (an area of plain lines, an editor
that wraps every item of a list into a paragraph, Word), what is stored must not differ where
nothing a reader sees differs.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import Final

BLOCKS: Final = frozenset({"p", "h3", "h4", "ul", "ol", "table", "blockquote"})
_LISTS: Final = frozenset({"ul", "ol"})
_HOLDS_BLOCKS: Final = frozenset({"", "blockquote", "li", "td", "th"})
_HOLDS_PARTS: Final = frozenset({"ul", "ol", "table", "thead", "tbody", "tr"})  # no text of its own
_PARTS_OF: Final = {
    **dict.fromkeys(_LISTS, ("li", "ul", "ol")),
    **dict.fromkeys(("table", "thead", "tbody"), ("thead", "tbody", "tr")),
    "tr": ("td", "th"),
}
_VOID: Final = "br"
_DEEPEST: Final = 40  # further in, text stays and its markup goes
_BLANKS: Final = re.compile("[ \t\r\n\f]+")
_LINES: Final = re.compile("\r\n|\r|\n")
_NUMBER: Final = re.compile("[1-9][0-9]{0,4}")


@dataclass
class Element:
    """An element of a text; the text as a whole is one without a tag."""

    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)


def canonical(html: str) -> str:
    """Return cleaned HTML in its one form.

    Text beside the blocks becomes paragraphs, empty paragraphs go, an item or cell of one paragraph
    is that paragraph's text, a table is rows of one body whose head cells say what they head.
    """
    return written(_settled(tree(html)))


def tree(html: str) -> Element:
    """Return the elements of cleaned, and so well-formed, HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]


def written(element: Element) -> str:
    """Return the HTML of an element, or of a whole text."""
    inside = "".join(
        escape(child, quote=False).replace("\u00a0", "&nbsp;")
        if isinstance(child, str)
        else written(child)
        for child in element.children
    )
    if not element.tag:
        return inside
    attributes = "".join(
        f' {name}="{escape(value)}"' for name, value in sorted(element.attributes.items())
    )
    if element.tag == _VOID:
        return "<br>"
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


def text_of(element: Element) -> str:
    """Return the text alone."""
    return "".join(
        child if isinstance(child, str) else text_of(child) for child in element.children
    )


class _Reader(HTMLParser):
    """Builds the tree."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element()]
        self._ignored: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if tag == _VOID:
            self.open[-1].children.append(element)
        elif len(self.open) > _DEEPEST:
            self._ignored.append(tag)
        else:
            self.open[-1].children.append(element)
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self._ignored:
            self._ignored.pop()
        elif len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _settled(element: Element) -> Element:
    """Return an element in its one form, from the inside out."""
    children = list(_joined(element))
    if element.tag in _HOLDS_PARTS:
        children = [_part(element.tag, child) for child in children if child not in ("", " ")]
    elif element.tag in _HOLDS_BLOCKS:
        children = _blocks(element.tag, children)
    elif element.tag in BLOCKS:
        children = _trimmed(children)
    else:
        children = _listed(children)
    settled = Element(element.tag, _attributes(element), children)
    return _table(settled) if element.tag == "table" else settled


def _joined(element: Element) -> Iterator[Element | str]:
    """Yield the settled children: neighbouring texts as one, nothing that shows nothing."""
    for is_text, group in groupby(element.children, key=lambda child: isinstance(child, str)):
        if is_text:
            text = "".join(str(child) for child in group)
            # beside the blocks a line end parts paragraphs; elsewhere it is a blank
            yield text if not element.tag else _BLANKS.sub(" ", text)
            continue
        for child in group:
            assert isinstance(child, Element)
            yield from filter(_stays, _lifted(_settled(child)))


def _stays(element: Element) -> bool:
    """Answer whether an element shows anything, or holds its place in a list or a table."""
    if element.tag in (_VOID, "li", "td", "th"):
        return True
    return bool(element.children) and (element.tag not in BLOCKS or _shows(element))


def _lifted(element: Element) -> Iterator[Element]:
    """Take blocks out of what runs within a line: `<em><p>x</p></em>` is `<p><em>x</em></p>`."""
    if not _runs(element) or not any(_is_block(child) for child in element.children):
        yield element
        return
    for child in element.children:
        if isinstance(child, Element) and _is_block(child):
            yield _within(child, element)
        else:
            yield Element(element.tag, element.attributes, [child])


def _within(block: Element, mark: Element) -> Element:
    """Put a mark around every run of text in a block."""
    children: list[Element | str] = []
    for runs, group in groupby(block.children, key=_runs):
        if runs:
            children.append(Element(mark.tag, mark.attributes, list(group)))
        else:
            children += [_within(child, mark) for child in group if isinstance(child, Element)]
    return Element(block.tag, block.attributes, children)


def _runs(child: Element | str) -> bool:
    return isinstance(child, str) or child.tag not in _HOLDS_BLOCKS | _HOLDS_PARTS | BLOCKS


def _part(tag: str, child: Element | str) -> Element:
    """Return a part of a list or a table; what stands there and is none gets one around it."""
    if isinstance(child, Element) and child.tag in _PARTS_OF[tag]:
        return child
    if tag in _LISTS:
        return _settled(Element("li", {}, [child]))
    cell = _settled(Element("td", {}, [child]))
    return cell if tag == "tr" else Element("tr", {}, [cell])


def _shows(element: Element) -> bool:
    """Answer whether a block has anything in it that a reader sees."""
    return element.tag in _LISTS | {"table"} or bool(text_of(element).strip())


def _blocks(tag: str, children: list[Element | str]) -> list[Element | str]:
    """Wrap what stands beside blocks into paragraphs; unwrap the one paragraph of an item."""
    children = _listed(children)
    if tag in ("li", "td", "th"):
        children = _unwrapped(children)
    if tag not in ("", "blockquote") and not any(_is_block(child) for child in children):
        return _trimmed(children)
    found: list[Element | str] = []
    for is_block, group in groupby(children, key=_is_block):
        if is_block:
            found += group
        elif tag in ("", "blockquote") or found:
            found += _paragraphs(group, by_line=not tag)
        else:
            found += _trimmed(list(group))  # what an item says before the list within it
    return found


def _listed(children: list[Element | str]) -> list[Element | str]:
    """Put items that stand in no list into one."""
    found: list[Element | str] = []
    for is_item, group in groupby(children, key=_is_item):
        run = list(group)
        found += [Element("ul", {}, run)] if is_item else run
    return found


def _unwrapped(children: list[Element | str]) -> list[Element | str]:
    """Return the children of an item or a cell without its first paragraph where that is the only
    one: an editor writes it around every text, a reader sees no difference.
    """
    solid = [child for child in children if not isinstance(child, str) or child.strip(" ")]
    match solid:
        case [Element(tag="p") as first, *rest] if all(
            isinstance(child, Element) and child.tag in _LISTS for child in rest
        ):
            return [*first.children, *rest]
    return children


def _paragraphs(run: Iterable[Element | str], *, by_line: bool) -> Iterator[Element]:
    """Make paragraphs of text that has none."""
    lines: list[list[Element | str]] = [[]]
    for child in run:
        if by_line and isinstance(child, str):
            first, *more = _LINES.split(child)
            lines[-1].append(_BLANKS.sub(" ", first))
            lines += [[_BLANKS.sub(" ", line)] for line in more]
        else:
            lines[-1].append(child)
    for line in lines:
        paragraph = Element("p", {}, _trimmed(line))
        if _shows(paragraph):
            yield paragraph


def _trimmed(children: list[Element | str]) -> list[Element | str]:
    """Return inline children without blanks and line breaks at either end."""
    kept = [child for child in children if child != ""]
    for end in (0, -1):
        while kept:
            child = kept[end]
            if isinstance(child, str):
                kept[end] = child.lstrip(" ") if end == 0 else child.rstrip(" ")
                if kept[end]:
                    break
            elif child.tag != _VOID:
                break
            del kept[end]
    return kept


def _is_item(child: Element | str) -> bool:
    return isinstance(child, Element) and child.tag == "li"


def _is_block(child: Element | str) -> bool:
    return isinstance(child, Element) and child.tag in BLOCKS


def _attributes(element: Element) -> dict[str, str]:
    """Keep what says something: an address, a start other than 1, a span of several cells."""
    return {
        name: value
        for name, value in element.attributes.items()
        if name == "href" or (name != "scope" and value != "1" and _NUMBER.fullmatch(value))
    }


def _table(table: Element) -> Element:
    """Return the rows in one body; a head cell heads its column in the first row, else its row."""
    rows = list(_rows(table))
    for place, row in enumerate(rows):
        for cell in row.children:
            if isinstance(cell, Element) and cell.tag == "th":
                cell.attributes["scope"] = "row" if place else "col"
    return Element("table", {}, [Element("tbody", {}, [*rows])] if rows else [])


def _rows(part: Element) -> Iterator[Element]:
    for child in part.children:
        if isinstance(child, Element):
            if child.tag == "tr":
                yield child
            else:
                yield from _rows(child)
