"""System checks: what would make the record worthless must be seen at start."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from .history import triggers


@register(Tags.database)
def append_only_triggers(databases: Any = None, **_options: Any) -> list[CheckMessage]:
    """Name every table of the record that lacks its append-only trigger."""
    if not databases or "proposals_entry" not in connection.introspection.table_names():
        return []
    return [
        Error(f"append-only trigger missing on {table}", id="proposals.E001")
        for table in triggers.missing()
    ]
