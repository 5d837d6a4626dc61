"""What the forms share: a block that vanishes when empty, a table with a row for each item."""

from collections.abc import Sequence
from typing import Final

from layout import Row, cell, paragraph, steer, table, tag

VOTES: Final = 'abstimmung|selectattr("ergebnis")|list'
RESULTS: Final = f"empfehlungen or beschluss or {VOTES}"


def block(condition: str, title: str, *inside: str) -> list[str]:
    """Return a heading and what stands under it; both vanish without the condition."""
    return [tag(f"if {condition}"), paragraph(title, style="Heading2"), *inside, tag("endif")]


def rows_of(
    heads: Sequence[str],
    widths: Sequence[int],
    loop: str,
    cells: Sequence[str],
    *,
    right: int,
    caption: str,
    follows: str = "",
    total: str = "",
) -> str:
    """Return a table with a row for each item; the last `right` columns hold figures.

    With a `total` its last row is the sum. It may break between two items, but its last row stays
    with the signature if nothing else follows.
    """
    columns = len(heads)
    figures = columns - right

    def row(words: Sequence[str], *, keep: bool, head: bool = False) -> Row:
        at = enumerate(words)
        cells = [cell(w, bold=head, right=i >= figures, keep=keep) for i, w in at]
        return Row(cells, head=head)

    last = f"loop.last and not ({follows})" if follows else "loop.last"
    rows = [
        row(heads, keep=True, head=True),
        steer(f"for {loop}", columns),
        steer(f"if {'loop.last' if total else last}", columns),
        row(cells, keep=True),
        steer("else", columns),
        row(cells, keep=False),
        steer("endif", columns),
        steer("endfor", columns),
    ]
    if total:
        sums = [_sum(total, columns, keep=keep) for keep in (False, True)]
        rows += [
            *(steer(f"if {follows}", columns), sums[0]),
            *(steer("else", columns), sums[1], steer("endif", columns)),
        ]
    return table(widths, rows, caption=caption, description=", ".join(heads))


def _sum(total: str, columns: int, *, keep: bool) -> Row:
    """Return the last row of a table: one cell for the word, the others for the total."""
    cells = [cell("Summe", bold=True, keep=keep), cell(total, bold=True, right=True, keep=keep)]
    return Row(cells, spans=(1, columns - 1))
