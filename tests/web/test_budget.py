"""The budget year over all papers: what counts, what does not, and the file for a spreadsheet."""

import csv
import io
from decimal import Decimal
from typing import Any

from proposals.models import Proposal
from proposals.rules.consultation import Outcome
from proposals.rules.costs import CostNature
from proposals.services.finance_drafts import CostDraft
from tests import factories as f
from tests.factories import DECISION
from tests.web.site import Page, Site
from tests.web.test_queries import queries

URL = "/haushalt/?jahr=2024"
ROUTE = (("council", DECISION),)


def words(page: Page) -> str:
    return page.words.replace("\xa0", " ")


def paper(house: f.House, at: str = "in_route", **values: Any) -> Proposal:
    costs = values.pop("costs", [CostDraft("Bau", Decimal(1_000), year=2024, product="111")])
    return f.make_proposal(house, at, route=ROUTE, costs=costs, **values)


def decide(house: f.House, proposal: Proposal, outcome: Outcome) -> None:
    f.treat(house, f.station(proposal, "council"), outcome)


def test_what_is_under_way_and_what_is_decided_stand_apart_by_product(site: Site) -> None:
    house = site.house
    paper(house)
    decide(house, paper(house), Outcome.DECIDED)
    decide(house, paper(house), Outcome.REJECTED)
    building = CostDraft("Umbau", Decimal(7), year=2024, nature=CostNature.INVESTMENT)
    paper(house, costs=[CostDraft("Miete", recurring=True, year=2023, product="222"), building])
    shown = words(site["secretary"].get(URL))
    assert "111 in Arbeit 1.000 € – – – beschlossen 1.000 € – – –" in shown
    assert "222 in Arbeit nicht beziffert (unvollständig) – – – beschlossen – – – –" in shown
    assert "ohne Produkt in Arbeit – – 7 € –" in shown
    assert "Summe in Arbeit mindestens 1.000 € (unvollständig) – 7 € –" in shown
    assert "Für dieses Haushaltsjahr ist nichts eingetragen." in words(
        site["secretary"].get("/haushalt/?jahr=1999")
    )


def test_filters_narrow_the_rows_and_a_year_that_is_none_is_told(site: Site) -> None:
    paper(site.house, subject="Erste Sache")
    decide(site.house, paper(site.house, subject="Zweite Sache"), Outcome.DECIDED)
    decided = words(site["secretary"].get(f"{URL}&stand=decided"))
    assert "Zweite Sache" in decided
    assert "Erste Sache" not in decided
    assert "nichts eingetragen" in words(site["secretary"].get(f"{URL}&produkt=999"))
    assert "Bitte das Jahr prüfen." in site["secretary"].get("/haushalt/?jahr=19", 422).words


def test_a_draft_counts_for_those_who_write_it_alone(site: Site) -> None:
    paper(site.house, at="draft", subject="Entwurf der Federführung")
    assert "Entwurf der Federführung" in site["clerk"].get(URL).words
    assert "Entwurf der Federführung" not in site["treasurer"].get(URL).words


def test_the_file_opens_in_a_spreadsheet_and_holds_no_formula(site: Site) -> None:
    cost = CostDraft("Bau", Decimal("1234.50"), year=2024, product="=HYPERLINK(1)")
    paper(site.house, subject="+Sache; mit Semikolon", costs=[cost])
    page = site["secretary"].get("/haushalt.csv?jahr=2024")
    assert page.body.startswith(b"\xef\xbb\xbf")
    text = page.body.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text), delimiter=";")
    assert head[:4] == ["Haushaltsjahr", "Produkt", "Nummer", "Betreff"]
    assert row[1] == "'=HYPERLINK(1)"
    assert row[3] == "'+Sache; mit Semikolon"
    assert row[6:] == ["1234,50", "0,00", "0,00", "0,00", "ja"]
    site["secretary"].get("/haushalt.csv?jahr=19", 422)


def test_the_budget_takes_a_constant_number_of_queries_and_pages(site: Site) -> None:
    def some(count: int) -> None:
        for _number in range(count):
            paper(site.house)
            paper(site.house, at="draft")

    some(1)
    few = {user: queries(site, URL, user) for user in ("secretary", "clerk")}
    some(13)
    assert {user: queries(site, URL, user) for user in few} == few
    assert max(few.values()) <= 30
    assert "14.000 €" in words(site["secretary"].get(URL))
    assert "28.000 €" in words(site["clerk"].get(URL))
    second = site["clerk"].get(f"{URL}&page=2")
    assert second.html.count("vl-subject") == 3
