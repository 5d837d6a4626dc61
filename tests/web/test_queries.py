"""A page costs as many queries for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.models import Proposal
from proposals.rules.consultation import ConsultationRole, Outcome
from tests import factories as f
from tests import sittings as s
from tests.web.site import Site, address

MOST = {"list": 25, "page": 48, "history": 30}


def queries(site: Site, url: str, user: str = "secretary") -> int:
    """Return how many queries a page takes, the log-in and the frame included."""
    site[user].get(url)  # what is read once in the life of a process
    with CaptureQueriesContext(connection) as taken:
        site[user].get(url)
    return len(taken)


def in_route(house: f.House, count: int) -> None:
    """Bring proposals as far as an open result in the first of three committees."""
    for _number in range(count):
        f.schedule(house, f.station(f.make_proposal(house, "in_route"), "social"))


def stations(house: f.House, proposal: Proposal, count: int) -> None:
    """Insert committees into a route, each with a result and a vote."""
    for _number in range(count):
        f.insert(house, proposal, "board", ConsultationRole.HEARING)
        f.treat(house, f.station(proposal, "board"), Outcome.NOTED)
        f.insert(house, proposal, "social")
    for row in proposal.consultations.filter(committee__short_name="social", concluded_by=None):
        f.treat(house, row, Outcome.RECOMMENDED)


def test_lists_take_a_constant_number_of_queries(site: Site) -> None:
    in_route(site.house, 3)
    few = {url: queries(site, url) for url in ("/", "/vorlagen/")}
    in_route(site.house, 9)
    assert {url: queries(site, url) for url in few} == few
    assert max(few.values()) <= MOST["list"]


@pytest.mark.parametrize("user", ["secretary", "deputy"])
def test_the_page_of_a_proposal_takes_a_constant_number_of_queries(site: Site, user: str) -> None:
    proposal = f.make_proposal(site.house, "in_route")
    stations(site.house, proposal, 1)
    few = queries(site, address(proposal), user)
    stations(site.house, proposal, 5)
    assert proposal.consultations.count() > 12
    assert queries(site, address(proposal), user) == few <= MOST["page"]


def test_a_history_takes_a_constant_number_of_queries(site: Site) -> None:
    proposal = f.make_proposal(site.house, "in_route")
    stations(site.house, proposal, 1)
    few = queries(site, address(proposal, "verlauf"))
    stations(site.house, proposal, 8)
    page = site["secretary"].get(address(proposal, "verlauf"))
    assert page.html.count('class="vl-history__when"') > 30
    assert queries(site, address(proposal, "verlauf")) == few <= MOST["history"]


def test_the_history_of_a_meeting_takes_a_constant_number_of_queries(site: Site) -> None:
    meeting = s.plan(site.house, "social")
    url = reverse("meeting-history", args=[meeting.pk])
    s.record(site.house, s.paper(site.house, meeting, "social"), Outcome.DECIDED, (3, 0, 0))
    few = queries(site, url)
    for _number in range(4):
        s.record(site.house, s.paper(site.house, meeting, "social"), Outcome.DECIDED, (3, 0, 0))
    page = site["secretary"].get(url)
    assert page.html.count('class="vl-history__when"') > 8
    assert "Ja 3, Nein 0" in page.words
    assert f'href="{url}"' in site["secretary"].get(f"/sitzungen/{meeting.pk}/").html
    assert f'href="{url}"' not in site["clerk"].get(f"/sitzungen/{meeting.pk}/").html
    assert queries(site, url) == few <= MOST["history"]
