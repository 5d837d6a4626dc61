import pytest

from proposals.rules.recusal import decides_the_result
from proposals.rules.voting import MajorityRule, Tally

NI = MajorityRule("cast", "lost", "allowed", "§ 66 Abs. 1 Satz 1 NKomVG")


def test_an_excluded_vote_matters_only_where_it_was_decisive() -> None:
    assert decides_the_result(Tally(21, 20, 0), NI, yes=1)
    assert not decides_the_result(Tally(22, 20, 0), NI, yes=1)
    assert not decides_the_result(Tally(21, 20, 0), NI, no=1)
    assert decides_the_result(Tally(20, 20, 0), NI, no=1)
    assert not decides_the_result(Tally(None, 3, 0), NI, no=1)


def test_more_excluded_votes_than_votes_cannot_be() -> None:
    with pytest.raises(ValueError, match="more excluded votes"):
        decides_the_result(Tally(1, 0, 0), NI, yes=2)
