import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.recusal import Decisive, decides_the_result, ruling_on_recusal
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
    with pytest.raises(ValueError, match="more excluded votes"):
        ruling_on_recusal(Tally(1, 0, 0), NI, yes=2)
    with pytest.raises(ValueError, match="more excluded votes"):
        ruling_on_recusal(Tally(1, 1, 0), NI, unknown=3)
    with pytest.raises(ValueError, match="more excluded votes"):
        ruling_on_recusal(Tally(1, 1, 0), NI, no=2)


def test_a_vote_nobody_remembers_may_have_been_decisive() -> None:
    paragraph = "§ 41 Abs. 6 NKomVG"
    close = ruling_on_recusal(Tally(21, 20, 0), NI, unknown=1, paragraph=paragraph)
    assert close.decisive == Decisive.POSSIBLY
    assert close.sentence == (
        "Die Stimme eines ausgeschlossenen Mitglieds war möglicherweise ergebnisrelevant "
        "(§ 41 Abs. 6 NKomVG)."
    )
    clear = ruling_on_recusal(Tally(30, 8, 4), NI, unknown=2)
    assert clear.decisive == Decisive.NO
    assert clear.sentence == (
        "Die Stimmen von 2 ausgeschlossenen Mitgliedern waren nicht ergebnisrelevant."
    )
    # nobody voted no or abstained, so it was a yes
    assert ruling_on_recusal(Tally(1, 0, 0), NI, unknown=1).decisive == Decisive.YES
    assert ruling_on_recusal(Tally(21, 20, 0), NI, yes=1).decisive == Decisive.YES


def test_the_vote_of_an_excluded_member_may_be_the_invalid_one() -> None:
    assert ruling_on_recusal(Tally(0, 0, 0, invalid=1), NI, unknown=1).decisive == Decisive.NO
    mixed = ruling_on_recusal(Tally(1, 0, 0, invalid=1), NI, unknown=2)
    assert mixed.decisive == Decisive.YES
    one = ruling_on_recusal(Tally(1, 0, 0, invalid=1), NI, unknown=1)
    assert one.decisive == Decisive.POSSIBLY


def test_where_the_yes_votes_were_not_counted_it_stays_possible() -> None:
    assert ruling_on_recusal(Tally(None, 3, 0), NI, unknown=1).decisive == Decisive.POSSIBLY
    assert ruling_on_recusal(Tally(None, 0, 0), NI, unknown=1).decisive == Decisive.POSSIBLY
    assert ruling_on_recusal(Tally(None, 3, 0), NI, no=1).decisive == Decisive.NO


VOTES = st.integers(0, 40)


@given(VOTES, VOTES, VOTES, st.integers(0, 3))
def test_not_knowing_never_says_more_than_each_way_of_voting(
    yes: int, no: int, abstained: int, unknown: int
) -> None:
    tally = Tally(yes, no, abstained)
    if unknown > tally.counted:
        return
    ruling = ruling_on_recusal(tally, NI, unknown=unknown)
    known = [
        decides_the_result(tally, NI, yes=for_it, no=against)
        for for_it in range(min(unknown, yes) + 1)
        for against in range(min(unknown - for_it, no) + 1)
        if unknown - for_it - against <= abstained
    ]
    assert (ruling.decisive == Decisive.YES) is all(known)
    assert (ruling.decisive == Decisive.NO) is not any(known)
