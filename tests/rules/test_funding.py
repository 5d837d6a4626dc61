from decimal import Decimal

import pytest

from proposals.rules.costs import Qualifier, Total
from proposals.rules.funding import (
    FundingKind,
    FundingLine,
    FundingState,
    funding_total,
    objection_to_funding_line,
    own_share,
)

NBSP = "\u00a0"
COESFELD = [
    FundingLine(3, Decimal(50_000), Qualifier.UP_TO),
    FundingLine(1, Decimal(20_000), Qualifier.UP_TO),
]


def test_coesfeld_gets_up_to_170000_euros() -> None:
    assert funding_total(COESFELD).sentence == f"bis zu 170.000{NBSP}€"
    assert funding_total(COESFELD).approximate
    assert funding_total([*COESFELD, FundingLine(1, None)]).sentence == (
        f"bis zu 170.000{NBSP}€ und nicht bezifferte Beträge (unvollständig)"
    )


def test_a_maximum_stays_one_whatever_word_stands_before_it() -> None:
    granted = FundingLine(1, Decimal(20_000), kind=FundingKind.MAXIMUM, state=FundingState.GRANTED)
    assert funding_total([granted]).sentence == f"bis zu 20.000{NBSP}€"
    assert not granted.is_secured


@pytest.mark.parametrize("state", FundingState)
def test_only_promised_or_granted_money_lowers_the_own_share(state: FundingState) -> None:
    costs = Total(Decimal(100_000))
    grant = FundingLine(1, Decimal(40_000), state=state)
    shares = own_share(costs, [grant])
    if state in (FundingState.PROMISED, FundingState.GRANTED):
        assert (shares.secured.known, shares.at_best) == (Decimal(60_000), None)
    else:
        assert shares.secured.known == Decimal(100_000)
        assert shares.at_best is not None
        assert shares.at_best.known == Decimal(60_000)


def test_maxima_count_in_full_only_beside_the_own_share() -> None:
    shares = own_share(Total(Decimal(250_000), complete=False), COESFELD)
    assert shares.secured.sentence == f"mindestens 250.000{NBSP}€ (unvollständig)"
    assert shares.at_best is not None
    assert shares.at_best.sentence == f"mindestens 80.000{NBSP}€ (unvollständig)"


def test_an_own_share_that_may_be_anything_is_no_figure() -> None:
    shares = own_share(Total(complete=False), COESFELD)
    assert shares.at_best is not None
    assert shares.at_best.sentence == "nicht beziffert (unvollständig)"


def test_a_grant_needs_a_count_a_possible_amount_and_an_end_behind_its_beginning() -> None:
    assert objection_to_funding_line(FundingLine(3, Decimal(50_000))) is None
    for wrong, field in [
        (FundingLine(0, Decimal(1)), "count"),
        (FundingLine(1, Decimal(-1)), "amount_each"),
        (FundingLine(99_999, Decimal(999_999_999)), "amount_each"),
        (FundingLine(1, Decimal(1), until=2020), "until"),
        (FundingLine(1, Decimal(1), recurring=True, year=2021, until=2020), "until"),
    ]:
        refused = objection_to_funding_line(wrong)
        assert refused is not None
        assert refused.field == field
