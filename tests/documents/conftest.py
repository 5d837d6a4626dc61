"""The demo cases and an empty house, for tests that render what the database holds."""

from collections.abc import Iterator
from typing import Any

import pytest

from proposals.models import ProposalVersion
from tests import factories as f
from tests.documents import demo


@pytest.fixture(scope="module")
def cases(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, ProposalVersion]]:
    with django_db_blocker.unblock(), demo.played() as versions:
        yield versions


@pytest.fixture
def house(db: None) -> f.House:
    return f.make_house()
