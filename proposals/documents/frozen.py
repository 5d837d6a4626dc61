"""The data of a document as JSON: what an event saw is rendered later just as it was."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from .context import bare, fields, item_type


def freeze(value: object) -> Any:
    """Return the data of a document as JSON holds it; raises TypeError for what is not plain."""
    if isinstance(value, Mapping):
        return {str(key): freeze(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [freeze(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"{type(value).__name__} is not plain data")


def thaw(frozen: Any, hint: Any) -> Any:
    """Return the data of a document again; `hint` is its type of context."""
    inner = bare(hint)
    if frozen is None:
        return None
    if (row := item_type(inner)) is not None:
        return [thaw(item, row) for item in frozen]
    if (names := fields(inner)) is not None:
        return {key: thaw(frozen[key], names[key]) for key in frozen}
    if inner is date:
        return date.fromisoformat(frozen)
    return Decimal(frozen) if inner is Decimal else frozen
