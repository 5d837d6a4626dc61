"""Fassungen vergleichen: tables with old and new, and who may compare what."""

from datetime import date
from decimal import Decimal

import pytest

from proposals.models import Proposal
from proposals.rules.costs import Qualifier
from proposals.services.drafting import DeadlineDraft
from proposals.services.finance_drafts import CostDraft, FundingDraft, PositionDraft
from tests import factories as f
from tests import versions as v
from tests.web.site import Site, address
from tests.web.test_queries import queries

ROAD = CostDraft("Planung", Decimal(12000), qualifier=Qualifier.EXACT)


@pytest.fixture
def paper(site: Site) -> Proposal:
    return f.make_proposal(
        site.house,
        "in_route",
        costs=[ROAD, CostDraft("Bau", Decimal(900000))],
        positions=[PositionDraft("Bauleitung", share=Decimal("0.5"))],
        funding=[FundingDraft("Straßenbau", count=1, amount_each=Decimal(5000))],
        deadlines=[DeadlineDraft("Antrag", date(2024, 5, 1))],
    )


def compared(site: Site, paper: Proposal, old: int, new: int, user: str = "deputy") -> str:
    url = f"{address(paper, 'fassungen')}?von={old}&mit={new}"
    return site[user].get(url).words


def test_costs_posts_funding_and_deadlines_stand_with_old_and_new(
    site: Site, paper: Proposal
) -> None:
    v.exchange(
        site.house,
        paper,
        subject="Ausbau der Kreisstraße",
        costs=[CostDraft("Planung", Decimal(15500)), CostDraft("Grunderwerb", Decimal(40000))],
        positions=[PositionDraft("Bauleitung", share=Decimal("1.0"))],
        funding=[FundingDraft("Straßenbau", count=2, amount_each=Decimal(5000))],
        deadlines=[DeadlineDraft("Antrag", date(2024, 6, 1))],
    )
    words = compared(site, paper, 1, 2).replace("\N{NO-BREAK SPACE}", " ")
    for told in (
        "Betreff Neubau der Kreisstraße Ausbau der Kreisstraße",
        "Planung geändert",
        "12.000 € 15.500 €",
        "Grunderwerb neu",
        "– 40.000 €",
        "Bau entfällt",
        "900.000 € –",
        "01.05.2024 01.06.2024",
        "Stellenanteil 0,5 1",
    ):
        assert told in words, words
    assert "nein" not in words


def test_the_same_version_and_unknown_ones(site: Site, paper: Proposal) -> None:
    assert "es gibt nichts zu vergleichen" in compared(site, paper, 1, 1)
    for query in ("?von=1&mit=9", "?mit=x", "?von=-1", "?mit=99999999999999999999"):
        site["deputy"].get(f"{address(paper, 'fassungen')}{query}", 404)
    v.exchange(site.house, paper, texts=v.NEW_FACTS)
    assert "Fassung 1 vom" in site["deputy"].get(address(paper, "fassungen")).words


def test_a_comparison_takes_a_constant_number_of_queries(site: Site, paper: Proposal) -> None:
    v.exchange(site.house, paper, texts=v.NEW_FACTS)
    few = queries(site, address(paper, "fassungen"))
    v.exchange(site.house, paper, texts=v.NEW_WORDING)
    v.exchange(site.house, paper, texts=v.NEW_FACTS)
    assert queries(site, address(paper, "fassungen")) == few <= 20
