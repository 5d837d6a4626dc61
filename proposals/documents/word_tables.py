"""The rows of a table of a Word file, with cells that reach over several columns or rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from proposals.documents.wml import W
from proposals.documents.word_styles import figure, value

_HOLDERS: Final = frozenset(W + name for name in ("sdt", "sdtContent", "customXml"))
_MOST_SPANNED: Final = 60


@dataclass(slots=True)
class Cell:
    """A cell; `holders` are the elements with its text, several where Word has merged them."""

    holders: list[etree._Element] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Row:
    """A row of a table."""

    cells: list[Cell] = field(default_factory=list)
    is_head: bool = False


def rows_of(table: etree._Element) -> Iterator[Row]:
    """Yield the rows; a cell that goes on from above is part of the one above."""
    above: dict[int, Cell] = {}
    for number, element in enumerate(_inside(table, W + "tr")):
        row = Row(is_head=number == 0 and _is_head(element))
        here: dict[int, Cell] = {}
        column = _count(element, "trPr", "gridBefore", usual=0)
        if column:
            row.cells.append(Cell(columns=column))
        for one in _inside(element, W + "tc"):
            columns = _count(one, "tcPr", "gridSpan", usual=1)
            merge = one.find(f"{W}tcPr/{W}vMerge")
            origin = above.get(column)
            if merge is not None and value(merge) != "restart" and origin is not None:
                origin.holders.append(one)
                origin.rows += 1
                here[column] = origin
            else:
                cell = Cell([one], columns)
                row.cells.append(cell)
                if merge is not None:
                    here[column] = cell
            column += columns
        above = here
        yield row


def _inside(holder: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _HOLDERS:
            yield from _inside(child, tag)


def _is_head(row: etree._Element) -> bool:
    mark = row.find(f"{W}trPr/{W}tblHeader")
    return mark is not None and mark.get(W + "val", "1") not in ("0", "false", "off")


def _count(element: etree._Element, properties: str, name: str, *, usual: int) -> int:
    said = value(element.find(f"{W}{properties}/{W}{name}"))
    return min(figure(said), _MOST_SPANNED) or usual
