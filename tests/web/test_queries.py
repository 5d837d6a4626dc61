"""A page costs as many queries for thirty rows as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import Proposal
from proposals.rules.consultation import ConsultationRole, Outcome
from tests import factories as f
from tests.web.site import Site, address

MOST = {"inbox": 40, "list": 40, "page": 60, "history": 40}


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


@pytest.mark.parametrize(("url", "most"), [("/", MOST["inbox"]), ("/vorlagen/", MOST["list"])])
def test_lists_take_a_constant_number_of_queries(site: Site, url: str, most: int) -> None:
    in_route(site.house, 3)
    few = queries(site, url)
    in_route(site.house, 21)
    assert queries(site, url) == few <= most


@pytest.mark.parametrize("user", ["secretary", "deputy"])
def test_the_page_of_a_proposal_takes_a_constant_number_of_queries(
    site: Site, user: str
) -> None:
    proposal = f.make_proposal(site.house, "in_route")
    stations(site.house, proposal, 1)
    few = queries(site, address(proposal), user)
    stations(site.house, proposal, 10)
    assert proposal.consultations.count() > 20
    assert queries(site, address(proposal), user) == few <= MOST["page"]


def test_a_history_takes_a_constant_number_of_queries(site: Site) -> None:
    proposal = f.make_proposal(site.house, "in_route")
    stations(site.house, proposal, 1)
    few = queries(site, address(proposal, "verlauf"))
    stations(site.house, proposal, 8)
    page = site["secretary"].get(address(proposal, "verlauf"))
    assert page.html.count('class="vl-history__when"') > 30
    assert queries(site, address(proposal, "verlauf")) == few <= MOST["history"]


def test_zz(site: Site) -> None:
    from collections import Counter
    import re
    proposal = f.make_proposal(site.house, "in_route")
    url = address(proposal)
    out = []
    for n in (1, 5):
        stations(site.house, proposal, n)
        site["secretary"].get(url)
        with CaptureQueriesContext(connection) as taken:
            site["secretary"].get(url)
        out.append(Counter(re.sub(r"\d+", "N", q["sql"])[:3000] for q in taken))
    for k, v in (out[1] - out[0]).items():
        print("MORE", v, k[:600])
