"""The rows that hold on one day, and how one is found: at a body, or at the one it is like."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..errors import RuleViolation
from ..words import Land, MunicipalityKind
from .data import LawRow
from .loader import Group, LawDataError, Statute, land_file

Rows = Mapping[str, LawRow]
_INHERITED = (
    "majority",
    "procedural_majority",
    "vote_mode",
    "quorum",
    "second_meeting",
    "mass_bias",
    "notice",
    "called_by",
    "public",
)


def group_of(kind: MunicipalityKind) -> Group:
    """Return whose statute applies: that of counties or that of towns."""
    return "county" if MunicipalityKind(kind).is_county else "town"


def rows_on(land: Land, group: Group, on: dt.date) -> tuple[Statute, dict[str, LawRow]]:
    """Return the statute and its rows of that day by path.

    Raises RuleViolation where no law is stored for it.
    """
    statute = next(s for s in land_file(land).statutes if group in s.names)
    rows = {row.path: row for row in statute.rows if row.holds_on(on)}
    if on < statute.valid_from or not rows:
        raise RuleViolation(f"Für {land.label} ist am {on:%d.%m.%Y} kein Recht hinterlegt.")
    return statute, rows


def row_at(rows: Rows, path: str) -> LawRow | None:
    """Return the row at `path`, the body's own or the one it inherits."""
    if path in rows:
        return rows[path]
    head, _, leaf = path.rpartition(".")
    parent = rows.get(f"{head}.inherits")
    if parent is None or leaf not in _INHERITED:
        return None
    return row_at(rows, f"bodies.{parent.value}.{leaf}")


def needed(rows: Rows, path: str) -> LawRow:
    """Return the row at `path`; raises LawDataError where the Land has none."""
    row = row_at(rows, path)
    if row is None:
        raise LawDataError(f"no rule for {path}")
    return row


def value_at(rows: Rows, path: str) -> Any:
    """Return the value at `path`, None where the Land has no such rule."""
    row = row_at(rows, path)
    return row.value if row else None


def table(row: LawRow | None) -> dict[str, Any]:
    """Return the entries of a rule that is a table; none where there is no row."""
    if row is None:
        return {}
    assert isinstance(row.value, Mapping), row.path  # check_value has seen to it
    return dict(row.value)


def keyed(rows: Rows, group: str) -> list[tuple[str, LawRow]]:
    """Return the rows of a group by their key, such as `urgent.head` by "head"."""
    return [
        (path.partition(".")[2], row)
        for path, row in rows.items()
        if path.partition(".")[0] == group and "." in path
    ]
