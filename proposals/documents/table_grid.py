"""The grid of a table: cells that reach over several columns or rows, as Word wants them."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

_MOST_SPANNED: Final = 20  # columns or rows that one cell may reach over


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a row of a table: a cell, or where one from above goes on (`merge`)."""

    cell: etree._Element | None
    columns: int = 1
    merge: str = ""

    def properties(self, width: int) -> str:
        """Return what Word wants to know of the place."""
        span = f'<w:gridSpan w:val="{self.columns}"/>' if self.columns > 1 else ""
        merge = f'<w:vMerge w:val="{self.merge}"/>' if self.merge else ""
        return f'<w:tcW w:w="{width * self.columns}" w:type="dxa"/>{span}{merge}'


def grid_of(rows: list[list[etree._Element]]) -> list[list[Slot]]:
    """Lay the cells out, with those that reach over several columns or rows."""
    reaching: dict[int, tuple[int, int]] = {}  # by column: rows still to go, columns
    grid = []
    for row in rows:
        slots: list[Slot] = []
        column, cells = 0, iter(row)
        while True:
            if column in reaching:
                left, columns = reaching.pop(column)
                slots.append(Slot(None, columns, "continue"))
                if left > 1:
                    reaching[column] = (left - 1, columns)
            elif (cell := next(cells, None)) is not None:
                columns, down = _span(cell, "colspan"), _span(cell, "rowspan")
                slots.append(Slot(cell, columns, "restart" if down > 1 else ""))
                if down > 1:
                    reaching[column] = (down - 1, columns)
            elif any(place > column for place in reaching):
                columns = 1
                slots.append(Slot(None))
            else:
                break
            column += columns
        grid.append(slots)
    return grid


def _span(cell: etree._Element, name: str) -> int:
    typed = cell.get(name, "1").strip()
    return min(max(int(typed), 1), _MOST_SPANNED) if typed.isascii() and typed.isdigit() else 1
