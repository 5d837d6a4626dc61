"""What every test needs: append-only tables that survive the flush, and a key for the journal."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import TestCase, TransactionTestCase

from proposals.history import journal, keys, triggers

_cases: Any = TransactionTestCase  # the stubs of Django do not know the hook
_original_teardown = _cases._fixture_teardown


def _teardown(case: TransactionTestCase) -> None:
    """Lift the triggers for the flush, then put the triggers and the journal's head back.

    Replaced on the class itself, since LiveServerTestCase inherits from it and pytest-django
    builds a subclass of its own for `transaction=True`.
    """
    if isinstance(case, TestCase):
        _original_teardown(case)
        return
    triggers.remove()
    try:
        _original_teardown(case)
    finally:
        triggers.install()
        journal.ensure_head()


_cases._fixture_teardown = _teardown


@pytest.fixture(scope="session", autouse=True)
def signing_key() -> None:
    """Make the key that signs the journal of this run."""
    keys.make_key(Path(settings.SIGNING_KEY_FILE))
