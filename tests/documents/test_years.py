"""The table over the years that a form may print: what was entered, year by year."""

from decimal import Decimal

from proposals.documents.content import draft_content
from proposals.documents.context import Finance
from proposals.models import Audience
from proposals.rules.costs import Budgeted, CostKind, CostNature
from proposals.services.finance_drafts import CostDraft
from tests import factories as f
from tests.documents.samples import year_line

YEAR = f.DAY.year


def block(house: f.House, *costs: CostDraft) -> Finance:
    """Return the finance block of a draft with these costs."""
    paper = f.make_proposal(house, costs=list(costs))
    finance = draft_content(paper, audience=Audience.INTERNAL)["finanzierung"]
    assert finance is not None
    return finance


def test_result_and_investment_stand_apart_and_what_goes_on_has_a_column(house: f.House) -> None:
    invest = CostNature.INVESTMENT
    years = block(
        house,
        CostDraft("Miete", Decimal(1_000), recurring=True, year=YEAR),
        CostDraft("Umbau", Decimal(500), year=YEAR + 1, nature=invest),
        CostDraft("Entgelte", Decimal(200), kind=CostKind.INCOME, year=YEAR),
    )["jahre"]
    assert years is not None
    columns = [*(str(YEAR + n) for n in range(5)), f"{YEAR + 5}\xa0ff."]
    assert years["kopf"] == year_line("", *columns)
    result, investment = years["teile"]
    assert result["titel"] == "Ergebnisplan"
    assert result["zeilen"] == [
        year_line("Erträge", "200\xa0€", *["–"] * 5),
        year_line("Aufwendungen", *["1.000\xa0€"] * 6),
        year_line("Saldo", "-800\xa0€", *["-1.000\xa0€"] * 5),
    ]
    assert investment["titel"] == "Investition"
    assert investment["zeilen"][1] == year_line("Auszahlungen", "–", "500\xa0€", *["–"] * 4)


def test_an_amount_that_nobody_knows_is_open_and_what_falls_due_later_is_said(
    house: f.House,
) -> None:
    years = block(
        house,
        CostDraft("Gutachten", year=YEAR),
        CostDraft("Rückbau", Decimal(300), year=YEAR + 8),
    )["jahre"]
    assert years is not None
    assert years["teile"][0]["zeilen"][1]["jahr_1"] == "offen"
    assert years["hinweis"] == "nach diesen Jahren 300\xa0€"


def test_there_is_no_table_without_an_amount_in_any_year(house: f.House) -> None:
    paper = f.make_proposal(house, no_financial_effect=True)
    finance = draft_content(paper, audience=Audience.INTERNAL)["finanzierung"]
    assert finance is not None
    assert finance["jahre"] is None


def test_the_budget_holds_the_money_only_where_that_was_said_of_every_item(
    house: f.House,
) -> None:
    def answer(*said: Budgeted) -> str:
        items = [CostDraft(f"Posten {n}", Decimal(1), budgeted=b) for n, b in enumerate(said)]
        return block(house, *items)["veranschlagt"]

    assert answer(Budgeted.YES, Budgeted.YES) == "ja"
    assert answer(Budgeted.NO) == "nein"
    assert answer(Budgeted.PARTLY) == "teilweise"
    assert answer(Budgeted.YES, Budgeted.NO) == "teilweise"
    assert answer(Budgeted.YES, Budgeted.UNKNOWN) == ""
