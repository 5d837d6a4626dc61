from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.errors import RuleViolation
from proposals.rules.voting import (
    AbstentionForbidden,
    MajorityRule,
    Tally,
    VoteResult,
    objection_to_tally,
    ruling,
)

NI = MajorityRule(
    counts="cast",
    tie="lost",
    abstention="allowed",
    paragraph="§ 66 Abs. 1 Satz 1 NKomVG",
    tie_paragraph="§ 66 Abs. 1 Satz 2 NKomVG",
)
BY = replace(NI, abstention="forbidden", paragraph="Art. 45 LKrO", tie_paragraph="")
OF_MEMBERS = replace(NI, counts="members", paragraph="§ 12 Abs. 2 NKomVG", tie_paragraph="")
TWO_THIRDS = replace(OF_MEMBERS, counts="two_thirds_members")

votes = st.integers(min_value=0, max_value=60)
tallies = st.builds(Tally, votes, votes, votes, votes)


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(11, 0, 0), "einstimmig"),
        (Tally(10, 0, 1), "einstimmig bei einer Enthaltung"),
        (Tally(9, 0, 2), "einstimmig bei 2 Enthaltungen"),
        (Tally(None, 0, 2), "einstimmig bei 2 Enthaltungen"),
        (Tally(None, 0, 0), "einstimmig"),
        (Tally(30, 8, 4), "mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen)"),
        (Tally(30, 8, 1), "mehrheitlich (30 Ja, 8 Nein, 1 Enthaltung)"),
        (Tally(40, 2, 0), "mehrheitlich (40 Ja, 2 Nein, 0 Enthaltungen)"),
        (Tally(None, 3, 2), "mehrheitlich bei 3 Gegenstimmen und 2 Enthaltungen"),
        (Tally(None, 3, 0), "mehrheitlich bei 3 Gegenstimmen"),
        (Tally(None, 1, 1), "mehrheitlich bei einer Gegenstimme und einer Enthaltung"),
        (Tally(0, 11, 0), "einstimmig abgelehnt"),
        (Tally(0, 9, 2), "einstimmig abgelehnt bei 2 Enthaltungen"),
        (Tally(8, 30, 4), "mehrheitlich abgelehnt (8 Ja, 30 Nein, 4 Enthaltungen)"),
        (Tally(20, 20, 3), "bei Stimmengleichheit abgelehnt (20 Ja, 20 Nein, 3 Enthaltungen)"),
        (Tally(0, 0, 11), "bei Stimmengleichheit abgelehnt (0 Ja, 0 Nein, 11 Enthaltungen)"),
    ],
)
def test_the_words_are_those_of_the_minutes(tally: Tally, words: str) -> None:
    assert ruling(tally, NI).words == words


def test_the_sentence_names_the_paragraph_and_a_tie_its_own() -> None:
    tie = ruling(Tally(20, 20, 3), NI)
    assert tie.result == VoteResult.LOST
    assert tie.paragraph == "§ 66 Abs. 1 Satz 2 NKomVG"
    assert tie.sentence == (
        "bei Stimmengleichheit abgelehnt "
        "(20 Ja, 20 Nein, 3 Enthaltungen; § 66 Abs. 1 Satz 2 NKomVG)"
    )

    assert ruling(Tally(11, 0, 0), NI).sentence == "einstimmig (§ 66 Abs. 1 Satz 1 NKomVG)"
    assert ruling(Tally(5, 5, 0), BY_COUNTED).sentence.endswith("; Art. 45 LKrO)")


BY_COUNTED = replace(BY, abstention="allowed")


def test_who_did_not_vote_stands_in_the_sentence_only() -> None:
    counted = ruling(Tally(30, 8, 3, not_voted=1), NI)
    assert counted.words == "mehrheitlich (30 Ja, 8 Nein, 3 Enthaltungen)"
    assert counted.sentence == (
        "mehrheitlich "
        "(30 Ja, 8 Nein, 3 Enthaltungen; 1 nicht teilgenommen; § 66 Abs. 1 Satz 1 NKomVG)"
    )


def test_a_majority_of_members_counts_those_who_are_not_there() -> None:
    assert ruling(Tally(22, 20, 0), OF_MEMBERS, members=43).result == VoteResult.CARRIED
    missed = ruling(Tally(21, 3, 0), OF_MEMBERS, members=43)
    assert missed.result == VoteResult.LOST
    assert missed.words == (
        "abgelehnt, Mehrheit der Mitglieder nicht erreicht (21 Ja, 3 Nein, 0 Enthaltungen)"
    )


def test_two_thirds_of_members_are_reached_exactly_at_two_thirds() -> None:
    assert ruling(Tally(28, 14, 0), TWO_THIRDS, members=42).result == VoteResult.CARRIED
    missed = ruling(Tally(27, 0, 0), TWO_THIRDS, members=42)
    assert missed.result == VoteResult.LOST
    assert "Zweidrittelmehrheit der Mitglieder nicht erreicht" in missed.words


def test_a_majority_of_members_needs_their_number_and_the_yes_votes() -> None:
    with pytest.raises(ValueError, match="number of members"):
        ruling(Tally(22, 0, 0), OF_MEMBERS)
    with pytest.raises(RuleViolation, match="Ja-Stimmen"):
        ruling(Tally(None, 0, 0), OF_MEMBERS, members=43)


def test_a_land_without_abstention_refuses_it_and_takes_the_rest() -> None:
    with pytest.raises(AbstentionForbidden):
        ruling(Tally(5, 4, 1), BY)
    refused = objection_to_tally(Tally(5, 4, 1), 10, BY)
    assert isinstance(refused, AbstentionForbidden)
    assert refused.field == "abstained"
    assert refused.paragraph == "Art. 45 LKrO"
    assert objection_to_tally(Tally(5, 5, 0), 10, BY) is None


def test_more_votes_than_members_are_refused_and_fewer_are_fine() -> None:
    refused = objection_to_tally(Tally(31, 8, 4, not_voted=1), 43)
    assert refused is not None
    assert refused.message == "44 Stimmen eingetragen, aber nur 43 Stimmberechtigte anwesend."
    assert not refused.waivable
    assert objection_to_tally(Tally(31, 8, 4), 43) is None
    assert objection_to_tally(Tally(20, 8, 0), 43) is None


def test_negative_and_missing_votes_are_refused() -> None:
    assert objection_to_tally(Tally(-1, 5, 0), 43) is not None
    assert objection_to_tally(Tally(5, 5, 0, not_voted=-1), 43) is not None
    nothing = objection_to_tally(Tally(0, 0, 0), 43)
    assert nothing is not None
    assert "keine Stimme" in nothing.message


def test_counting_counter_votes_only_is_enough_while_the_rest_is_a_majority() -> None:
    assert objection_to_tally(Tally(None, 3, 2), 42) is None
    refused = objection_to_tally(Tally(None, 20, 2), 42)
    assert refused is not None
    assert refused.field == "yes"


@given(tallies)
def test_a_motion_is_carried_exactly_when_yes_outnumbers_no(tally: Tally) -> None:
    assert tally.yes is not None
    carried = ruling(tally, NI).result == VoteResult.CARRIED
    assert carried == (tally.yes > tally.no)


@given(tallies, st.integers(min_value=1, max_value=240))
def test_one_more_yes_never_loses_a_motion(tally: Tally, members: int) -> None:
    assert tally.yes is not None
    more = replace(tally, yes=tally.yes + 1)
    for rule in (NI, OF_MEMBERS, TWO_THIRDS):
        if ruling(tally, rule, members=members).result == VoteResult.CARRIED:
            assert ruling(more, rule, members=members).result == VoteResult.CARRIED


@given(tallies, st.integers(min_value=0, max_value=240))
def test_abstaining_never_changes_the_result(tally: Tally, abstained: int) -> None:
    other = replace(tally, abstained=abstained)
    assert ruling(tally, NI).result == ruling(other, NI).result


@given(tallies)
def test_unanimous_is_said_exactly_where_nobody_voted_otherwise(tally: Tally) -> None:
    words = ruling(tally, NI).words
    one_side = (tally.yes == 0) != (tally.no == 0)
    assert words.startswith("einstimmig") == one_side
    assert ("abgelehnt" in words) == (ruling(tally, NI).result == VoteResult.LOST)


@given(votes, votes, st.integers(min_value=1, max_value=60))
def test_counter_votes_alone_never_contradict_the_full_count(
    no: int, abstained: int, entitled: int
) -> None:
    """Where only counter-votes pass the check, counting the rest as yes gives the same result."""
    if objection_to_tally(Tally(None, no, abstained), entitled) is None:
        full = Tally(entitled - no - abstained, no, abstained)
        assert ruling(full, NI).result == ruling(Tally(None, no, abstained), NI).result
