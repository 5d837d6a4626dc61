"""How many rows there are of everything: what an act added, and that a refused one added none."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection

from proposals.rules.errors import RuleViolation


def census() -> dict[str, int]:
    """Return the number of rows of each table; a change in place shows in the histories."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})
    quote = connection.ops.quote_name
    parts = [f"SELECT '{name}', COUNT(*) FROM {quote(name)}" for name in tables]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def changes(before: dict[str, int]) -> dict[str, int]:
    """Return what has come and gone since, by table; what nothing happened to is left out."""
    now = census()
    return {name: now[name] - number for name, number in before.items() if now[name] != number}


@contextmanager
def refused(sentence: str) -> Iterator[None]:
    """Expect a refusal whose words contain `sentence`, which leaves every table as it was."""
    before = census()
    with pytest.raises(RuleViolation) as refusal:
        yield
    assert sentence in str(refusal.value)
    assert census() == before
