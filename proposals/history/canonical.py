"""The one byte form of a record, so that a digest means the same everywhere and for ever."""

import hashlib
import json
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import models

from .context import RecordError


def plain(value: Any, decimal_places: int = 2) -> Any:
    """Return `value` as JSON can hold it without loss.

    Decimals as text with `decimal_places`, moments in UTC and times of day with microseconds.
    Raises RecordError for anything without one canonical form (floats among them).
    """
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return f"{value:.{decimal_places}f}"
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case time():
            return value.isoformat(timespec="microseconds")
        case date() | uuid.UUID():
            return str(value)
        case dict():
            return {str(key): plain(item, decimal_places) for key, item in value.items()}
        case list() | tuple():
            return [plain(item, decimal_places) for item in value]
    raise RecordError(f"no canonical form for {type(value)}")


def canonical(value: Any) -> str:
    """Return the canonical JSON text: sorted keys, no spaces, no escapes (RFC 8785 subset)."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(plain(value)).encode()).hexdigest()


def columns_of(model: type[models.Model]) -> list[str]:
    """Return the names of the columns a row digest covers, sorted."""
    return sorted(field.attname for field in model._meta.concrete_fields)


def row_digest(row: models.Model, columns: list[str]) -> str:
    """Return the SHA-256 of a row over the named columns, in hex.

    The journal stores the columns with the digest: a column that a later migration adds does not
    break old digests.
    """
    places = {
        field.attname: getattr(field, "decimal_places", None) or 0
        for field in row._meta.concrete_fields
    }
    pairs = [[name, plain(getattr(row, name), places[name])] for name in columns]
    return hashlib.sha256(canonical(pairs).encode()).hexdigest()
