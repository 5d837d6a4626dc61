"""Hausregeln: what Hauptsatzung and Geschäftsordnung may set beside the law of the Land."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ..errors import RuleViolation
from .data import LawRow
from .rows import Rows, row_at, table
from .values import STATUTORY, WrongValue, check_value, is_table_key, rule_of


def overridden(rows: Rows, path: str, value: Any) -> dict[str, LawRow]:
    """Return the rows with the house's value at `path`, a rule or one entry of a rule's table.

    Raises RuleViolation where there is no such rule or the law leaves the house no choice.
    """
    row_path, _, key = path.rpartition(".")
    if is_table_key(row_path, key):
        path, value = row_path, {**table(_basis(rows, row_path)), key: value}
    if value is None and path.endswith(".public"):
        value = "house"
    try:
        rule = rule_of(path)
        check_value(path, value)
    except WrongValue as error:
        raise RuleViolation(f"Diese Hausregel ist nicht möglich: {path}.", field="path") from error
    old = row_at(rows, path)
    if rule in STATUTORY or (old and _binds(old, value)):
        raise RuleViolation(
            "Hier lässt das Gesetz keine Hausregel zu.", old.paragraph if old else "", field="value"
        )
    return {**rows, path: _house_row(old, path, value)}


def _basis(rows: Rows, path: str) -> LawRow | None:
    """Return the row whose table a single entry changes; procedure starts from the majority."""
    row = row_at(rows, path)
    if row is None and path.endswith(".procedural_majority"):
        return row_at(rows, path.replace(".procedural_majority", ".majority"))
    return row


def _binds(row: LawRow, value: Any) -> bool:
    """Say whether the value changes what the law does not leave to the house."""
    if row.fixed:
        return bool(row.value != value)
    old = table(row) if row.fixed_keys else {}
    return any(old.get(key) != value.get(key) for key in row.fixed_keys)


def _house_row(old: LawRow | None, path: str, value: Any) -> LawRow:
    return LawRow(
        path=path,
        value=value,
        paragraph=old.paragraph if old else "Hausregel",
        source="Hausregel",
        checked_on=old.checked_on if old else dt.date.min,
        read=True,
        valid_from=old.valid_from if old else dt.date.min,
        fixed_keys=old.fixed_keys if old else (),
    )


def laid_over(rows: Rows, rules: Mapping[str, Any]) -> dict[str, LawRow]:
    """Return the rows with all rules of a house laid over them, in their order."""
    for path, value in rules.items():
        rows = overridden(rows, path, value)
    return dict(rows)
