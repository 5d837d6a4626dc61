from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.costs import (
    CostKind,
    CostLine,
    CostNature,
    Qualifier,
    Rhythm,
    Total,
    agreed_words,
    euro,
    objection_to_cost_line,
    total,
)

NBSP = "\u00a0"
POST = CostLine("Personalkosten für eine Stelle", None)
BUDGET = CostLine(
    "Budget der Koordinierungsstelle",
    Decimal(10_000),
    before=Decimal(10_000),
    after=Decimal(20_000),
)


def line(amount: str | None, qualifier: Qualifier = Qualifier.EXACT) -> CostLine:
    return CostLine("Position", None if amount is None else Decimal(amount), qualifier)


def test_wittmund_prints_what_was_agreed_and_shows_what_is_missing() -> None:
    wittmund = [POST, BUDGET]
    assert agreed_words(wittmund) == f"Personalkosten für eine Stelle + 10.000{NBSP}€"
    summed = total(wittmund)
    assert summed.sentence == f"mindestens 10.000{NBSP}€ (unvollständig)"
    assert (summed.known, summed.complete, summed.approximate) == (Decimal(10_000), False, False)


def test_known_amounts_stand_as_one_sum_behind_the_unknown_ones() -> None:
    lines = [line("33000", Qualifier.ABOUT), POST, line("500.50")]
    assert agreed_words(lines) == f"Personalkosten für eine Stelle + rd. 33.500,50{NBSP}€"
    assert agreed_words([POST]) == "Personalkosten für eine Stelle"
    assert agreed_words([]) == ""


def test_nothing_entered_is_zero_and_nothing_known_is_no_figure() -> None:
    nothing = total([])
    assert (nothing.known, nothing.complete, nothing.approximate) == (Decimal(0), True, False)
    assert nothing.sentence == f"0{NBSP}€"

    unknown = total([POST, POST])
    assert (unknown.known, unknown.complete) == (Decimal(0), False)
    assert unknown.sentence == "nicht beziffert (unvollständig)"


@pytest.mark.parametrize(
    ("qualifiers", "words"),
    [
        ("EXACT EXACT", "2"),
        ("EXACT ABOUT", "rd. 2"),
        ("EXACT UP_TO", "bis zu 2"),
        ("EXACT AT_LEAST", "mindestens 2"),
        ("ABOUT UP_TO", "bis zu rd. 2"),
        ("ABOUT AT_LEAST", "mindestens rd. 2"),
        ("UP_TO AT_LEAST", "rd. 2"),
    ],
)
def test_a_sum_is_as_firm_as_its_softest_amount(qualifiers: str, words: str) -> None:
    lines = [line("1", Qualifier[name]) for name in qualifiers.split()]
    assert total(lines).sentence == f"{words}{NBSP}€"


def test_an_incomplete_sum_never_says_at_least_twice() -> None:
    at_least = [line("1", Qualifier.AT_LEAST), POST]
    assert total(at_least).sentence == f"mindestens 1{NBSP}€ (unvollständig)"
    about = [line("1", Qualifier.ABOUT), POST]
    assert total(about).sentence == f"mindestens rd. 1{NBSP}€ (unvollständig)"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "0"),
        ("10000", "10.000"),
        ("10000.50", "10.000,50"),
        ("1234567.05", "1.234.567,05"),
        ("999.9", "999,90"),
        ("-5", "-5"),
    ],
)
def test_money_is_written_as_the_house_writes_it(amount: str, words: str) -> None:
    assert euro(Decimal(amount)) == f"{words}{NBSP}€"


def test_a_line_without_a_figure_is_fine_and_so_is_one_whose_budgets_do_not_add_up() -> None:
    assert objection_to_cost_line(BUDGET) is None
    assert objection_to_cost_line(POST) is None
    half_a_year = CostLine("Budget", Decimal(9_000), before=Decimal(10_000), after=Decimal(20_000))
    assert objection_to_cost_line(half_a_year) is None


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (CostLine(" ", Decimal(1)), "text"),
        (line("-1"), "amount"),
        (line("1.005"), "amount"),
        (line("1e12"), "amount"),
        (line("NaN"), "amount"),
        (line("Infinity"), "amount"),
        (line(None, Qualifier.UP_TO), "amount"),
        (CostLine("x", None, before=Decimal(-1)), "before"),
        (CostLine("x", None, after=Decimal(-1)), "after"),
        (CostLine("x", None, until=2020), "until"),
        (CostLine("x", None, year=2020, until=2019, recurring=True), "until"),
        (CostLine("x", None, year=19), "year"),
    ],
)
def test_an_impossible_line_is_refused_at_its_field(bad: CostLine, field: str) -> None:
    refused = objection_to_cost_line(bad)
    assert refused is not None
    assert refused.field == field
    assert not refused.waivable


def test_a_monthly_amount_counts_twelve_times_and_follow_up_costs_come_every_year() -> None:
    rent = CostLine("Miete", Decimal("812.50"), recurring=True, monthly=True)
    assert (rent.rhythm, rent.yearly) == (Rhythm.MONTHLY, Decimal(9_750))
    assert total([rent, BUDGET]).sentence == f"19.750{NBSP}€"
    follow_up = CostLine("Wartung", Decimal(500), kind=CostKind.FOLLOW_UP)
    assert (follow_up.rhythm, follow_up.yearly) == (Rhythm.YEARLY, Decimal(500))
    assert BUDGET.rhythm == Rhythm.ONCE


def test_box_and_nature_say_whether_money_comes_or_goes() -> None:
    assert CostLine("Gebühren", Decimal(1), kind=CostKind.INCOME).is_income
    assert CostLine("Gebühren", Decimal(1), nature=CostNature.INCOME).is_income
    grant = CostLine("Zuweisung", Decimal(1), nature=CostNature.RECEIPT)
    assert (grant.is_income, grant.is_investment) == (True, True)
    building = CostLine("Umbau", Decimal(1), nature=CostNature.INVESTMENT)
    assert (building.is_income, building.is_investment) == (False, True)


def test_what_is_taken_away_at_most_leaves_at_least_the_rest() -> None:
    costs = Total(Decimal(200_000))
    granted = Total(Decimal(170_000), bounds=frozenset({Qualifier.UP_TO}))
    assert costs.minus(granted).sentence == f"mindestens 30.000{NBSP}€"
    open_costs = Total(Decimal(200_000), complete=False)
    assert open_costs.minus(granted).sentence == f"mindestens 30.000{NBSP}€ (unvollständig)"
    balance = Total(Decimal(-33_000), complete=False, signed=True)
    assert balance.sentence == f"-33.000{NBSP}€ (unvollständig)"
    rough = Total(Decimal(-33_000), bounds=frozenset({Qualifier.UP_TO}), signed=True)
    assert rough.sentence == f"rd. -33.000{NBSP}€"


def test_an_incomplete_sum_of_upper_bounds_never_says_at_least() -> None:
    mixed = [line("1", Qualifier.UP_TO), line("1", Qualifier.AT_LEAST), POST]
    assert total(mixed).sentence == (f"rd. 2{NBSP}€ und nicht bezifferte Beträge (unvollständig)")


amounts = st.decimals(min_value=0, max_value=10**9, places=2)
lines = st.lists(st.builds(CostLine, st.just("x"), st.none() | amounts, st.sampled_from(Qualifier)))


@given(lines)
def test_a_total_is_complete_exactly_when_every_amount_is_known(
    given_lines: list[CostLine],
) -> None:
    summed = total(given_lines)
    assert summed.complete == all(each.amount is not None for each in given_lines)
    assert summed.complete != ("unvollständig" in summed.sentence)
    assert summed.known == sum((each.amount or Decimal(0)) for each in given_lines)
    assert summed.approximate == bool(summed.prefix)


@given(lines)
def test_the_order_of_lines_does_not_change_the_total(given_lines: list[CostLine]) -> None:
    assert total(given_lines) == total(given_lines[::-1])


@given(amounts)
def test_money_reads_back_to_the_same_amount(amount: Decimal) -> None:
    text = euro(amount).removesuffix(f"{NBSP}€").replace(".", "").replace(",", ".")
    assert Decimal(text) == amount
