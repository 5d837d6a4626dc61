from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.errors import RuleViolation
from proposals.rules.voting import (
    AbstentionForbidden,
    Choice,
    FactionCount,
    MajorityRule,
    Tally,
    VoteResult,
    VoteWord,
    counts_in_words,
    objection_to_factions,
    objection_to_roll,
    objection_to_secret,
    objection_to_tally,
    roll_tally,
    ruling,
    word_ruling,
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
tallies = st.builds(Tally, votes, votes, votes, votes, votes)


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
        (Tally(30, 8, 4, invalid=1), "mehrheitlich (30 Ja, 8 Nein, 4 Enthaltungen, 1 ungültig)"),
        (Tally(10, 0, 0, invalid=1), "einstimmig bei einer ungültigen Stimme"),
        (Tally(8, 0, 1, invalid=2), "einstimmig bei einer Enthaltung und 2 ungültigen Stimmen"),
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


def test_invalid_ballots_count_against_the_entitled_and_may_be_all_there_is() -> None:
    refused = objection_to_tally(Tally(30, 8, 4, invalid=2), 43)
    assert refused is not None
    assert refused.message == "44 Stimmen eingetragen, aber nur 43 Stimmberechtigte anwesend."
    assert objection_to_tally(Tally(0, 0, 0, invalid=3), 43) is None
    assert objection_to_tally(Tally(5, 0, 0, invalid=-1), 43) is not None


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


@given(tallies, votes, votes)
def test_invalid_and_missing_votes_never_change_the_result(
    tally: Tally, invalid: int, not_voted: int
) -> None:
    other = replace(tally, invalid=invalid, not_voted=not_voted)
    for rule in (NI, OF_MEMBERS, TWO_THIRDS):
        assert ruling(tally, rule, members=43).result == ruling(other, rule, members=43).result


@given(votes, votes, votes)
def test_a_tie_never_adopts(yes: int, abstained: int, invalid: int) -> None:
    tie = ruling(Tally(yes, yes, abstained, invalid=invalid), NI)
    assert tie.result == VoteResult.LOST
    assert tie.words.startswith("bei Stimmengleichheit abgelehnt")


@given(tallies, st.integers(min_value=0, max_value=240))
def test_no_count_that_passes_exceeds_the_entitled(tally: Tally, entitled: int) -> None:
    if objection_to_tally(tally, entitled) is None:
        assert tally.counted <= entitled


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


@pytest.mark.parametrize(
    ("word", "result"),
    [
        (VoteWord.UNANIMOUS, VoteResult.CARRIED),
        (VoteWord.MAJORITY, VoteResult.CARRIED),
        (VoteWord.LOST_UNANIMOUS, VoteResult.LOST),
        (VoteWord.LOST_MAJORITY, VoteResult.LOST),
    ],
)
def test_a_word_alone_is_its_own_result_and_names_no_paragraph(
    word: VoteWord, result: VoteResult
) -> None:
    said = word_ruling(word)
    assert said.result == result
    assert said.words == said.sentence == word.label
    assert said.paragraph == ""


def test_the_bare_counts_say_what_was_counted() -> None:
    assert counts_in_words(Tally(30, 8, 1)) == "30 Ja, 8 Nein, 1 Enthaltung"
    assert counts_in_words(Tally(None, 3, 2)) == "3 Gegenstimmen, 2 Enthaltungen"
    assert counts_in_words(Tally(None, 1, 0)) == "1 Gegenstimme, 0 Enthaltungen"


@given(st.lists(st.sampled_from(Choice)))
def test_a_roll_call_counts_everybody_once(choices: list[Choice]) -> None:
    tally = roll_tally(choices)
    assert tally.counted == len(choices)
    assert tally.yes == choices.count(Choice.YES)
    assert tally.not_voted == choices.count(Choice.NOT_VOTED)


NAMES = {1: "Anna Abel", 2: "Bernd Busch", 3: "Carla Claus", 4: "Dirk Damm"}


def test_a_roll_call_names_who_cannot_vote_and_takes_the_rest() -> None:
    def refused(*voters: int) -> str:
        objection = objection_to_roll(
            voters, {1, 2}, NAMES, absent={3}, recused={4}, paragraph="§ 41 NKomVG"
        )
        return str(objection) if objection else ""

    assert refused(1, 3) == "Carla Claus ist bei diesem TOP nicht anwesend."
    assert refused(1, 4) == "Dirk Damm ist von der Mitwirkung ausgeschlossen. (§ 41 NKomVG)"
    assert refused(1, 5) == "Eine Person ist bei diesem TOP nicht stimmberechtigt."
    assert refused(1, 2, 1) == "Anna Abel steht zweimal in der Liste."
    assert refused(1, 2) == refused(2) == refused() == ""


def test_a_secret_vote_keeps_no_names_and_its_ballots_add_up() -> None:
    def refused(cast: int | None, valid: int, invalid: int, has_names: bool = False) -> str:
        objection = objection_to_secret(cast, valid, invalid, 43, has_names)
        assert objection is None or not objection.waivable
        return str(objection) if objection else ""

    assert "keine Namen" in refused(43, 42, 1, has_names=True)
    assert refused(43, 41, 1) == (
        "43 Stimmen abgegeben, gezählt sind aber 41 gültige und 1 ungültige, zusammen 42."
    )
    above = "44 Stimmen eingetragen, aber nur 43 Stimmberechtigte anwesend."
    assert refused(44, 43, 1) == refused(None, 43, 1) == refused(44, 43, 0) == above
    assert refused(-1, 0, 0) == refused(None, -1, 2) == "Stimmen können nicht negativ sein."
    assert refused(43, 42, 1) == refused(None, 30, 0) == ""


def test_a_member_on_a_screen_in_a_secret_vote_is_asked_about() -> None:
    objection = objection_to_secret(43, 43, 0, 43, remote=True)
    assert objection is not None
    assert objection.waivable
    assert objection.field == "reason"


def test_the_factions_add_up_to_the_count_or_the_difference_is_named() -> None:
    rows = [FactionCount("A", 20, 0, 2), FactionCount("B", 9, 8, 2)]
    refused = objection_to_factions(rows, Tally(30, 8, 3))
    assert refused is not None
    assert refused.message == (
        "Die Stimmen der Fraktionen ergeben nicht das Gesamtergebnis: Ja 29 statt 30, "
        "Enthaltungen 4 statt 3."
    )
    assert objection_to_factions(rows, Tally(29, 8, 4)) is None
    assert objection_to_factions(rows, Tally(None, 8, 4)) is None
    assert objection_to_factions([], Tally(29, 8, 4)) is None


def test_a_faction_stands_once_in_the_table_and_has_no_negative_votes() -> None:
    twice = objection_to_factions([FactionCount("A", 1, 0, 0)] * 2, Tally(2, 0, 0))
    assert twice is not None
    assert twice.message == "„A“ steht zweimal in der Tabelle."
    negative = [FactionCount("A", 3, 0, 0), FactionCount("B", -1, 0, 0)]
    assert objection_to_factions(negative, Tally(2, 0, 0)) is not None
