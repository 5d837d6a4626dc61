from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.budget import (
    PLAN_YEARS,
    Flow,
    YearTable,
    budget_year_of,
    flow_of,
    follow_up_total,
    year_table,
)
from proposals.rules.costs import CostKind, CostLine, CostNature, Qualifier, Total

NBSP = "\u00a0"
START = 2019


def table_of(*lines: CostLine) -> YearTable:
    return year_table([flow_of(line, START) for line in lines], START)


def known(cells: tuple[Total, ...]) -> list[int]:
    return [int(cell.known) for cell in cells]


def test_once_stands_in_its_year_and_what_recurs_in_each_until_its_end() -> None:
    table = table_of(
        CostLine("Möbel", Decimal(5_000), year=2020),
        CostLine("Projekt", Decimal(100), recurring=True, monthly=True, year=2019, until=2020),
        CostLine("Dienst", Decimal(33_000), Qualifier.ABOUT, recurring=True, year=2019),
        CostLine("Gebühren", Decimal(500), kind=CostKind.INCOME, year=2019),
    )
    assert table.years == (2019, 2020, 2021, 2022, 2023)
    assert table.operating is not None
    assert known(table.operating.expenses) == [34_200, 39_200, 33_000, 33_000, 33_000]
    assert known(table.operating.income) == [500, 0, 0, 0, 0]
    assert known(table.operating.balance) == [-33_700, -39_200, -33_000, -33_000, -33_000]
    assert table.operating.expenses[2].sentence == f"rd. 33.000{NBSP}€"
    assert table.operating.onward is not None
    assert table.operating.onward[0].known == Decimal(33_000)
    assert table.investment is None


def test_investment_stands_apart_and_what_lies_outside_is_named() -> None:
    table = table_of(
        CostLine("Umbau", Decimal(900), nature=CostNature.INVESTMENT, year=2021),
        CostLine("Zuweisung", Decimal(300), nature=CostNature.RECEIPT, year=2030),
        CostLine("Alt", Decimal(7), year=2017),
    )
    assert table.operating is not None
    assert known(table.operating.expenses) == [0, 0, 0, 0, 0]
    assert table.operating.onward is None
    assert table.investment is not None
    assert known(table.investment.expenses) == [0, 0, 900, 0, 0]
    assert (table.earlier.known, table.later.known) == (Decimal(7), Decimal(300))


def test_follow_up_costs_begin_in_the_year_after_and_come_every_year() -> None:
    line = CostLine("Wartung", Decimal(1_200), kind=CostKind.FOLLOW_UP)
    table = table_of(line)
    assert table.operating is not None
    assert known(table.operating.expenses) == [0, 1200, 1200, 1200, 1200]
    rent = CostLine("Miete", Decimal(100), recurring=True, monthly=True)
    ends = CostLine("Projekt", Decimal(50), recurring=True, until=START)
    flows = [flow_of(one, START) for one in (line, rent, ends)]
    assert follow_up_total(flows, START).known == Decimal(2_400)


def test_the_budget_year_is_the_first_one_named() -> None:
    lines = [CostLine("a", None, year=2021), CostLine("b", None, year=2020), CostLine("c", None)]
    assert budget_year_of(lines, 2019) == 2020
    assert budget_year_of([], 2019) == 2019


years = st.integers(START - 6, START + 12)


@st.composite
def flows(draw: st.DrawFn, *, ended: bool) -> Flow:
    first = draw(years)
    length = draw(st.integers(0, 15)) if ended else draw(st.none() | st.integers(0, 15))
    return Flow(
        yearly=draw(st.none() | st.decimals(min_value=0, max_value=10**9, places=2)),
        qualifier=draw(st.sampled_from(Qualifier)),
        first=first,
        last=None if length is None else first + length,
        income=draw(st.booleans()),
        investment=draw(st.booleans()),
    )


def cells_of(table: YearTable) -> list[Total]:
    rows = [row for row in (table.operating, table.investment) if row is not None]
    return [cell for row in rows for cell in (*row.expenses, *row.income)]


@given(st.lists(flows(ended=True)))
def test_no_cent_is_lost_between_the_lines_and_the_years(given_flows: list[Flow]) -> None:
    table = year_table(given_flows, START)
    whole = sum(
        ((flow.yearly or 0) * (flow.last - flow.first + 1) for flow in given_flows if flow.last),
        Decimal(0),
    )
    inside = sum((cell.known for cell in cells_of(table)), Decimal(0))
    assert inside + table.earlier.known + table.later.known == whole


@given(st.lists(flows(ended=False)))
def test_what_nobody_knows_is_marked_wherever_it_falls_due(given_flows: list[Flow]) -> None:
    table = year_table(given_flows, START)
    onward = [
        cell
        for row in (table.operating, table.investment)
        if row is not None and row.onward is not None
        for cell in row.onward
    ]
    shown = [*cells_of(table), table.earlier, table.later, *onward]
    some_open = any(flow.yearly is None for flow in given_flows)
    assert any(not cell.complete for cell in shown) == some_open
    assert len(table.years) == PLAN_YEARS


@given(st.lists(flows(ended=False)))
def test_the_balance_of_a_year_is_what_comes_less_what_goes(given_flows: list[Flow]) -> None:
    table = year_table(given_flows, START)
    for row in (table.operating, table.investment):
        if row is None:
            continue
        for gone, come, rest in zip(row.expenses, row.income, row.balance, strict=True):
            assert rest.known == come.known - gone.known
            assert rest.complete == (come.complete and gone.complete)
