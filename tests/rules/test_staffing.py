from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.costs import CostLine
from proposals.rules.staffing import (
    PositionSource,
    PostLine,
    cost_by_rate,
    fits_hours,
    hours_of,
    objection_to_post,
    personnel_lines,
    personnel_total,
    share_of,
    shares_words,
    split_posts,
    staff_total,
    staff_words,
)

NBSP = "\u00a0"
SECONDED, ESTABLISHMENT = PositionSource.SECONDED, PositionSource.ESTABLISHMENT
COESFELD = [
    PostLine("Lehrkräfte", Decimal(2), SECONDED),
    PostLine("Fachkräfte der Sozialarbeit", Decimal(2)),
    PostLine("Verwaltungswirt", Decimal(1)),
    PostLine("Verwaltungsassistenz", Decimal("0.5")),
]
KOMMAN = PostLine("KommAn-NRW", Decimal("1.5"), PositionSource.THIRD_PARTY)


def test_posts_are_added_as_decimals_and_written_with_a_comma() -> None:
    assert staff_total(post.share for post in COESFELD) == Decimal("5.5")
    assert shares_words(staff_total(post.share for post in COESFELD)) == "5,5"
    assert shares_words(Decimal("0.430")) == "0,43"
    assert shares_words(Decimal("142.600")) == "142,6"
    assert shares_words(Decimal("10.000")) == "10"
    assert shares_words(staff_total([])) == "0"


def test_seconded_posts_are_named_and_additional_ones_stand_apart() -> None:
    assert staff_words(COESFELD) == "5,5 (davon 2 abgeordnet)"
    assert staff_words([*COESFELD, KOMMAN]) == "5,5 (davon 2 abgeordnet), zusätzlich 1,5"
    limited = PostLine("Projekt", Decimal(1), limited_until=date(2016, 12, 31))
    assert split_posts([*COESFELD, limited])[1] == [limited]
    assert split_posts([KOMMAN]) == ([KOMMAN], [])
    assert staff_words([KOMMAN]) == "1,5"


def test_hours_and_share_say_the_same() -> None:
    assert share_of(Decimal("19.5"), Decimal(39)) == Decimal("0.5")
    assert hours_of(Decimal("0.5"), Decimal(39)) == Decimal("19.5")
    assert share_of(Decimal("20.5"), Decimal(41)) == Decimal("0.5")
    assert fits_hours(PostLine("x", Decimal("0.5"), hours=Decimal("19.5")))
    assert not fits_hours(PostLine("x", Decimal("0.6"), hours=Decimal("19.5")))
    assert fits_hours(PostLine("x", Decimal("0.333"), hours=Decimal(13)))


def test_seconded_posts_cost_nothing_and_an_unknown_one_keeps_the_sum_open() -> None:
    paid = PostLine("x", Decimal(1), yearly_cost=Decimal(58_000))
    assert personnel_total([paid, COESFELD[0]]).sentence == f"58.000{NBSP}€"
    assert personnel_total([paid, COESFELD[1]]).sentence == (
        f"mindestens 58.000{NBSP}€ (unvollständig)"
    )


def test_a_post_counts_by_itself_unless_a_cost_position_stands_for_it() -> None:
    posts = [*COESFELD, PostLine("Dienst", Decimal(1), PositionSource.EXTERNAL)]
    assert [line.text for line in personnel_lines(posts, [])] == [
        "Personalkosten: Fachkräfte der Sozialarbeit",
        "Personalkosten: Verwaltungswirt",
        "Personalkosten: Verwaltungsassistenz",
    ]
    named = CostLine("Personalkosten für 3,5 Stellen", None)
    assert personnel_lines(posts, [named]) == []
    assert personnel_lines(posts, [CostLine("Löhne", None, from_positions=True)]) == []


@pytest.mark.parametrize(
    ("post", "field"),
    [
        (PostLine("x", Decimal(0)), "share"),
        (PostLine("x", Decimal(1), hours=Decimal(0)), "hours"),
        (PostLine("x", Decimal(1), full_hours=Decimal(169)), "full_hours"),
        (PostLine("x", Decimal(1), yearly_cost=Decimal(-1)), "yearly_cost"),
        (PostLine("x", Decimal(1), SECONDED, yearly_cost=Decimal(1)), "yearly_cost"),
        (PostLine("x", Decimal(1), plan_year=20_199), "year"),
    ],
)
def test_an_impossible_post_is_refused_at_its_field(post: PostLine, field: str) -> None:
    refused = objection_to_post(post)
    assert refused is not None
    assert refused.field == field
    assert objection_to_post(COESFELD[0]) is None


@given(
    st.decimals(min_value="0.001", max_value=20, places=3),
    st.decimals(min_value=1, max_value=200_000, places=2),
)
def test_a_share_of_an_average_is_exact_to_the_cent(share: Decimal, rate: Decimal) -> None:
    cost = cost_by_rate(share, rate)
    assert abs(cost - share * rate) <= Decimal("0.005")
    assert cost == cost.quantize(Decimal("0.01"))
