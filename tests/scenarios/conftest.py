import pytest

from tests.factories import COUNTY, House, make_house


@pytest.fixture
def county(db: None) -> House:
    """A Landkreis in Niedersachsen: Kreistag 42 + Landrat, Kreisausschuss and Ausschuss 11."""
    return make_house(seats=COUNTY)
