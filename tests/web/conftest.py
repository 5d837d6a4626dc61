from collections.abc import Iterator
from typing import Any

import pytest

from proposals.models import Proposal
from tests.factories import House, make_house, make_proposal
from tests.web.site import Site
from tests.web.world import Kept, World, make_world


@pytest.fixture(autouse=True)
def _no_office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take LibreOffice away: it takes seconds, and not every machine has it."""
    if request.node.get_closest_marker("office") is None:
        monkeypatch.setattr("proposals.documents.pdf.PROGRAMS", ("no-office-here",))


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.fixture
def site(house: House) -> Site:
    return Site(house)


@pytest.fixture
def draft(house: House) -> Proposal:
    return make_proposal(house)


@pytest.fixture
def in_route(house: House) -> Proposal:
    return make_proposal(house, "in_route")


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), Kept():
        yield make_world()


@pytest.fixture
def world(built: World, db: None) -> World:
    return built
