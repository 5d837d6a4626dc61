"""Haushaltsjahre: what falls due when, over the budget year and the four years of the plan."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .costs import CostKind, CostLine, Qualifier, Rhythm, Total, total_of
from .funding import FundingLine
from .words import Labelled

PLAN_YEARS = 5  # the budget year and four years of the financial plan (§ 118 NKomVG)


class BudgetState(Labelled):
    """Stand einer Vorlage für den Haushalt."""

    UNDER_WAY = "under_way", "in Arbeit"
    DECIDED = "decided", "beschlossen"


@dataclass(frozen=True)
class Flow:
    """What comes or goes in each year from `first` to `last`; None as `last`: without an end."""

    yearly: Decimal | None
    qualifier: Qualifier
    first: int
    last: int | None
    income: bool = False
    investment: bool = False

    def falls_in(self, year: int) -> bool:
        """Answer whether it falls due in that budget year."""
        return self.first <= year and (self.last is None or year <= self.last)

    def years_within(self, first: int, last: int) -> int:
        """Return in how many of these years it falls due."""
        end = last if self.last is None else min(self.last, last)
        return max(0, end - max(self.first, first) + 1)

    def goes_on(self, year: int) -> bool:
        """Answer whether it recurs in that year or in a later one."""
        return self.first != self.last and (self.last is None or self.last >= year)

    def times(self, years: int) -> tuple[Decimal | None, Qualifier]:
        """Return what so many years make."""
        return (None if self.yearly is None else self.yearly * years), self.qualifier


@dataclass(frozen=True)
class YearRow:
    """Expenses, income and balance by year; `onward` is what goes on each year after them."""

    expenses: tuple[Total, ...]
    income: tuple[Total, ...]
    balance: tuple[Total, ...]
    onward: tuple[Total, Total, Total] | None


@dataclass(frozen=True)
class YearTable:
    """The table over the years; investment stands apart, None where there is none.

    `earlier` and `later` are what falls due outside, as far as it has an end.
    """

    years: tuple[int, ...]
    operating: YearRow | None
    investment: YearRow | None
    earlier: Total
    later: Total


def budget_year_of(lines: Iterable[CostLine], drafted: int) -> int:
    """Return the budget year a paper speaks of: the first that a line names, else its own."""
    return min((line.year for line in lines if line.year is not None), default=drafted)


def flow_of(line: CostLine, budget_year: int) -> Flow:
    """Return when a cost position falls due; follow-up costs begin in the year after."""
    follows = line.kind == CostKind.FOLLOW_UP
    first = line.year if line.year is not None else budget_year + follows
    return Flow(
        yearly=line.yearly,
        qualifier=line.qualifier,
        first=first,
        last=first if line.rhythm == Rhythm.ONCE else _end(first, line.until),
        income=line.is_income,
        investment=line.is_investment,
    )


def flow_of_funding(line: FundingLine, budget_year: int) -> Flow:
    """Return when a grant comes in."""
    first = line.year if line.year is not None else budget_year
    return Flow(
        yearly=line.amount,
        qualifier=line.firmness,
        first=first,
        last=_end(first, line.until) if line.recurring else first,
        income=True,
    )


def _end(first: int, until: int | None) -> int | None:
    """Return the last year; what has no year of its own may end before the paper's budget year."""
    return None if until is None else max(first, until)


def in_year(flows: Iterable[Flow], year: int) -> Total:
    """Return what falls due in one budget year."""
    return total_of((flow.yearly, flow.qualifier) for flow in flows if flow.falls_in(year))


def balance_of(income: Total, expenses: Total) -> Total:
    """Return income less expenses, a figure with a sign."""
    bounds = income.bounds | expenses.bounds
    complete = income.complete and expenses.complete
    return Total(income.known - expenses.known, complete, bounds, signed=True)


def year_table(flows: Sequence[Flow], budget_year: int) -> YearTable:
    """Return the table over the budget year and the years of the plan; no cent is lost."""
    years = tuple(range(budget_year, budget_year + PLAN_YEARS))
    last = years[-1]
    ended = [flow for flow in flows if flow.last is not None]
    return YearTable(
        years=years,
        operating=_row([flow for flow in flows if not flow.investment], years),
        investment=_row([flow for flow in flows if flow.investment], years),
        earlier=_outside(flows, lambda flow: flow.years_within(flow.first, budget_year - 1)),
        later=_outside(ended, lambda flow: flow.years_within(last + 1, flow.last or last)),
    )


def _outside(flows: Iterable[Flow], count: Callable[[Flow], int]) -> Total:
    return total_of(flow.times(count(flow)) for flow in flows if count(flow))


def _row(flows: Sequence[Flow], years: Sequence[int]) -> YearRow | None:
    if not flows:
        return None
    income = [flow for flow in flows if flow.income]
    expenses = [flow for flow in flows if not flow.income]
    cells = [(in_year(expenses, year), in_year(income, year)) for year in years]
    after = years[-1] + 1
    goes_on = [flow for flow in flows if flow.goes_on(after)]
    onward = None
    if goes_on:
        gone = total_of(flow.times(1) for flow in goes_on if not flow.income)
        come = total_of(flow.times(1) for flow in goes_on if flow.income)
        onward = (gone, come, balance_of(come, gone))
    return YearRow(
        expenses=tuple(cell[0] for cell in cells),
        income=tuple(cell[1] for cell in cells),
        balance=tuple(balance_of(cell[1], cell[0]) for cell in cells),
        onward=onward,
    )


def cell_words(cell: Total | None) -> str:
    """Return a cell of the table: its figure, "–" for nothing, and what is missing marked."""
    if cell is None or (cell.complete and not cell.known):
        return "–"
    if cell.complete:
        return cell.amount
    return f"{cell.amount} + offen" if cell.known else "offen"


def follow_up_total(flows: Iterable[Flow], budget_year: int) -> Total:
    """Return the yearly follow-up costs: what is still to be paid after the budget year, per year.

    Investments and income are none; of amounts that do not overlap each counts once.
    """
    return total_of(
        (flow.yearly, flow.qualifier)
        for flow in flows
        if not flow.income and not flow.investment and flow.goes_on(budget_year + 1)
    )
