from decimal import Decimal

from proposals.rules.costs import CostKind, CostLine, Qualifier
from proposals.rules.finances import Finances
from proposals.rules.funding import FundingLine, FundingState
from proposals.rules.staffing import PositionSource, PostLine

NBSP = "\u00a0"
WITTMUND = Finances(
    lines=(
        CostLine("Personalkosten für eine Stelle", None, year=2019),
        CostLine("Budget", Decimal(10_000), year=2019),
    ),
    posts=(PostLine("Anlaufstelle", Decimal(1), plan_year=2019),),
    follow_up_words="keine",
    income_words="keine",
    drafted=2018,
)


def boxes(finances: Finances) -> list[str]:
    return [box.words.replace(NBSP, " ") for box in finances.boxes]


def test_wittmund_shows_its_three_boxes_and_never_10000_alone() -> None:
    assert boxes(WITTMUND) == ["mindestens 10.000 € (unvollständig)", "keine", "keine"]
    assert WITTMUND.budget_year == 2019
    assert WITTMUND.table is not None
    assert WITTMUND.table.operating is not None
    assert [cell.complete for cell in WITTMUND.table.operating.expenses[:2]] == [False, True]


def test_unknown_nothing_and_not_said_are_three_things() -> None:
    silent = Finances(drafted=2020)
    assert silent.is_empty
    assert boxes(silent) == ["keine Angabe"] * 3
    none = Finances(no_effect=True, drafted=2020)
    assert not none.is_empty
    assert boxes(none) == ["keine"] * 3
    zero = Finances(lines=(CostLine("Miete", Decimal(0)),), drafted=2020)
    assert boxes(zero)[0] == "0 €"
    unknown = Finances(lines=(CostLine("Miete", None),), drafted=2020)
    assert boxes(unknown)[0] == "nicht beziffert (unvollständig)"


def test_posts_count_by_themselves_until_a_cost_position_stands_for_them() -> None:
    posts = (PostLine("Leitung", Decimal(1), yearly_cost=Decimal(58_000)),)
    alone = Finances(posts=posts, drafted=2020)
    assert alone.total.known == Decimal(58_000)
    assert alone.follow_up.known == Decimal(58_000)
    named = CostLine("Stellen", Decimal(58_000), recurring=True, from_positions=True)
    assert Finances(lines=(named,), posts=posts, drafted=2020).total.known == Decimal(58_000)


def test_oelde_pays_33000_each_year_and_says_so_once() -> None:
    oelde = Finances(
        lines=(
            CostLine("Anlaufstelle", Decimal(33_000), Qualifier.ABOUT, recurring=True, year=2018),
        ),
        posts=(PostLine("Koordination", Decimal("0.5"), PositionSource.EXTERNAL),),
        follow_up_words="rd. 33.000 € jährlich",
        drafted=2017,
    )
    assert boxes(oelde) == ["rd. 33.000 €", "jährlich rd. 33.000 €", "keine Angabe"]
    assert oelde.follow_up.known == Decimal(33_000)
    assert oelde.table is not None
    assert oelde.table.operating is not None
    assert {cell.known for cell in oelde.table.operating.expenses} == {Decimal(33_000)}
    assert oelde.table.operating.onward is not None


def test_an_amount_in_a_box_alone_counts_where_no_position_says_the_same() -> None:
    boxed = Finances(follow_up_words="1.200 €", income_words="500", drafted=2020)
    assert boxed.follow_up.known == Decimal(1_200)
    assert boxed.income.known == Decimal(500)
    assert boxes(boxed) == ["keine Angabe", "1.200 €", "500 €"]
    listed = CostLine("Gebühren", Decimal(500), kind=CostKind.INCOME)
    both = Finances(lines=(listed,), income_words="500", drafted=2020)
    assert both.income.known == Decimal(500)


def test_only_secured_funding_stands_in_the_table_and_lowers_the_own_share() -> None:
    costs = (CostLine("Bau", Decimal(100_000), year=2020),)
    planned = FundingLine(1, Decimal(40_000), year=2020)
    open_grant = Finances(lines=costs, grants=(planned,), drafted=2020)
    assert open_grant.own_share is not None
    assert open_grant.own_share.secured.known == Decimal(100_000)
    assert open_grant.own_share.at_best is not None
    assert open_grant.own_share.at_best.known == Decimal(60_000)
    granted = FundingLine(1, Decimal(40_000), state=FundingState.GRANTED, year=2020)
    secured = Finances(lines=costs, grants=(granted,), drafted=2020)
    assert secured.table is not None
    assert secured.table.operating is not None
    assert secured.table.operating.balance[0].known == Decimal(-60_000)
