"""Tables for spreadsheets: CSV as the German Excel opens it, and nothing in it that it computes."""

import csv
import io
from collections.abc import Iterable

SIGNS_OF_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Return rows as CSV with semicolons, in UTF-8 with a mark that Excel knows it by.

    A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(SIGNS_OF_A_FORMULA) else cell
