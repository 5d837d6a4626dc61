"""What all benchmarks share: statements, time, and a table on the terminal."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection

# what the driver sends to open, part and close transactions is no work on data
_NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA")


@dataclass
class Measured:
    """Statements without savepoints, and milliseconds."""

    statements: int = 0
    ms: float = 0.0


@contextmanager
def measured() -> Iterator[Measured]:
    """Count the statements of a block and take its time."""
    result = Measured()

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result.statements += not sql.startswith(_NOT_COUNTED)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        started = time.perf_counter()
        yield result
        result.ms = (time.perf_counter() - started) * 1000


def times(act: Callable[[], object], rounds: int) -> float:
    """Return the median of an act's milliseconds, after one round that does not count."""
    act()
    taken = []
    for _ in range(rounds):
        with measured() as one:
            act()
        taken.append(one.ms)
    return median(taken)


missed: list[str] = []
"""The figures that are not met; with any of them the run ends with an error."""


def at_least(name: str, found: float, limit: float) -> None:
    """Print a figure with what it has to reach."""
    _judge(name, found, f"mindestens {limit:g}", found >= limit)


def at_most(name: str, found: float, limit: float) -> None:
    """Print a figure with what it may not pass."""
    _judge(name, found, f"höchstens {limit:g}", found <= limit)


def _judge(name: str, found: float, limit: str, is_met: bool) -> None:
    print(f"{name}: {found:.1f} ({limit}{'' if is_met else ', VERFEHLT'})")
    if not is_met:
        missed.append(name)


def heading(words: str) -> None:
    """Print the heading of a benchmark."""
    print(f"\n{words}")


def rows(*lines: Sequence[str]) -> None:
    """Print a table: words to the left, figures to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for first, *figures in lines:
        cells = (cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))
        print(f"  {first.ljust(widths[0])}  {'  '.join(cells)}")
