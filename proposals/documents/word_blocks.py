"""Paragraphs, items and tables of a Word file, one after the other, as HTML with nested lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, title, paragraph, table, item of a list, or a further paragraph of one (more).

    `kind` "form" has no text: behind it begins what a form prints below the sections. `level` is
    that of the heading or the list, `left` where the text of an item begins.
    """

    kind: str
    html: str
    level: int = 0
    tag: str = ""
    number: int = 0
    left: int = 0


@dataclass(slots=True)
class _Open:
    level: int
    tag: str
    following: int


def html_of_blocks(blocks: Iterable[Block]) -> str:
    """Return the blocks of one part as HTML."""
    return "".join(
        "".join(_lists(group) if is_list else (_written(block) for block in group))
        for is_list, group in groupby(blocks, key=lambda block: block.kind in ("item", "more"))
    )


def _written(block: Block) -> str:
    return f"<p>{block.html}</p>" if block.kind == "p" else block.html


def _lists(items: Iterable[Block]) -> Iterator[str]:
    """Yield nested lists; a number out of turn begins a list of its own."""
    opened: list[_Open] = []
    for item in items:
        while len(opened) > 1 and opened[-1].level > item.level:
            yield _end(opened)
        if item.kind == "more":
            yield f"<p>{item.html}</p>"
            continue
        if opened and not _goes_on(opened[-1], item) and opened[-1].level >= item.level:
            yield _end(opened)
        if opened and opened[-1].level >= item.level:
            opened[-1].level = item.level
            yield "</li><li>"
        else:
            start = f' start="{item.number}"' if item.tag == "ol" and item.number != 1 else ""
            yield f"<{item.tag}{start}><li>"
            opened.append(_Open(item.level, item.tag, item.number))
        opened[-1].following = item.number + 1
        yield f"<p>{item.html}</p>"
    while opened:
        yield _end(opened)


def _goes_on(last: _Open, item: Block) -> bool:
    """Answer whether an item of the same level is the next one of the open list."""
    return last.tag == item.tag and (item.tag == "ul" or last.following == item.number)


def _end(opened: list[_Open]) -> str:
    return f"</li></{opened.pop().tag}>"
