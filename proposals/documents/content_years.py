"""The money of a version over the years of the budget, as some houses print it in a table."""

from collections.abc import Sequence
from typing import Final

from ..rules.budget import YearRow, YearTable, cell_words
from ..rules.costs import Total
from ..rules.finances import Finances
from .context import YearLine, YearPart, Years

_RESULT: Final = "Ergebnisplan"
_INVESTMENT: Final = "Investition"


def years(finances: Finances) -> Years | None:
    """Return the table over the budget year and the plan; None where nothing falls due at all."""
    table = finances.table
    if table is None:
        return None
    last = table.years[-1] + 1
    secured = any(line.is_secured for line in finances.grants)
    income = "Erträge (mit gesicherter Förderung)" if secured else "Erträge"
    found = (
        _part(_RESULT, table.operating, (income, "Aufwendungen")),
        _part(_INVESTMENT, table.investment, ("Einzahlungen", "Auszahlungen")),
    )
    return {
        "kopf": _line("", [*map(str, table.years), f"{last}\N{NO-BREAK SPACE}ff."]),
        "teile": [part for part in found if part is not None],
        "hinweis": _outside(table),
    }


def _part(title: str, row: YearRow | None, names: tuple[str, str]) -> YearPart | None:
    if row is None:
        return None
    gone, come, rest = row.onward or (None, None, None)
    income, expenses = names
    return {
        "titel": title,
        "zeilen": [
            _figures(income, row.income, come),
            _figures(expenses, row.expenses, gone),
            _figures("Saldo", row.balance, rest),
        ],
    }


def _figures(name: str, cells: Sequence[Total], onward: Total | None) -> YearLine:
    return _line(name, [cell_words(cell) for cell in (*cells, onward)])


def _line(text: str, cells: Sequence[str]) -> YearLine:
    first, second, third, fourth, fifth, after = cells
    return {
        "text": text,
        "jahr_1": first,
        "jahr_2": second,
        "jahr_3": third,
        "jahr_4": fourth,
        "jahr_5": fifth,
        "danach": after,
    }


def _outside(table: YearTable) -> str:
    """Return what the columns do not hold: "vor diesen Jahren 5.000 €"."""
    parts = ((table.earlier, "vor diesen Jahren"), (table.later, "nach diesen Jahren"))
    said = [f"{words} {cell_words(total)}" for total, words in parts if cell_words(total) != "–"]
    return "; ".join(said)
