"""Votes: what is counted and how, and what cannot be."""

from typing import Any

import pytest

from proposals.models import (
    AgendaItem,
    FactionVote,
    Person,
    RollCallVote,
    Vote,
)
from proposals.rules.attendance import AttendanceKind
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.quorum import QuorumCause
from proposals.rules.voting import Choice, FactionCount, VoteKind, VoteMode, VoteResult, VoteWord
from proposals.rules.words import Land
from proposals.services.attendance import ArriveAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import House

CLAUSES = "<p>1. Erstens.</p><p>2. Zweitens.</p><p>3. Drittens.</p>"


@pytest.fixture
def item(house: House) -> AgendaItem:
    """Return the council's item of a paper of three clauses; four of five are there."""
    meeting = s.plan(house, "council")
    s.call_roll(house, meeting, "council", 4)
    texts = {"facts": "<p>Sachverhalt.</p>", "wording": CLAUSES}
    return s.paper(house, meeting, texts=texts)


def there(house: House) -> list[Person]:
    return s.members(house, "council")[:4]


def test_the_entitled_come_from_the_attendance_and_are_frozen_with_the_vote(
    house: House, item: AgendaItem
) -> None:
    s.record(house, item, Outcome.DECIDED, (2, 1, 0))
    vote = s.vote_of(item)
    assert (vote.entitled, vote.not_voted) == (4, 1)
    s.leave(house, item, there(house)[:1])
    assert s.vote_of(item).entitled == 4
    assert s.take(item).taken_up == 1


def test_without_attendance_all_voting_members_are_entitled(house: House) -> None:
    item = s.paper(house, s.plan(house, "council"))
    s.record(house, item, Outcome.DECIDED, (3, 1, 0))
    assert s.vote_of(item).entitled == 5


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"yes": 4, "no": 1, "abstained": 0}, "5 Stimmen eingetragen, aber nur 4"),
    ({"yes": 3, "abstained": 0}, "vollständig angeben"),
    ({"entitled": 6, "yes": 3, "no": 0, "abstained": 0}, "nur 5 stimmberechtigte Mitglieder"),
    ({"word": VoteWord.UNANIMOUS, "yes": 4}, "nur das Ergebnis in Worten"),
    ({"word": VoteWord.UNANIMOUS, "yes": 3, "no": 1, "abstained": 0}, "passt nicht zu den gezähl"),
    ({"word": VoteWord.LOST_MAJORITY}, "Das Ergebnis in Worten heißt „abgelehnt“"),
    ({"cast": 4, "yes": 4, "no": 0, "abstained": 0}, "nur bei geheimer Abstimmung"),
]


@pytest.mark.parametrize(("counts", "sentence"), REFUSED)
def test_a_count_that_contradicts_itself_is_refused(
    house: House, item: AgendaItem, counts: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(RuleViolation, match=sentence):
        s.record(house, item, Outcome.DECIDED, **counts)
    assert not Vote.everything.exists()


def test_counter_votes_alone_or_a_word_alone_are_enough(house: House) -> None:
    meeting = s.plan(house, "council")
    partial, bare, counted = (s.paper(house, meeting) for _ in range(3))
    s.record(house, partial, Outcome.DECIDED, no=1, abstained=1)
    vote = s.vote_of(partial)
    assert (vote.yes, vote.computed, vote.entitled) == (None, VoteResult.CARRIED, 5)
    assert s.words_of(partial).startswith("mehrheitlich bei einer Gegenstimme und einer Enthaltung")

    s.record(house, bare, Outcome.DECIDED, word=VoteWord.MAJORITY)
    vote = s.vote_of(bare)
    assert (vote.entitled, vote.yes, vote.no, vote.computed) == (None, None, None, "")
    assert (vote.word, vote.announced) == (VoteWord.MAJORITY, VoteResult.CARRIED)

    s.record(house, counted, Outcome.REJECTED, word=VoteWord.LOST_MAJORITY, no=3, abstained=0)
    vote = s.vote_of(counted)
    assert (vote.computed, vote.announced, vote.no) == ("", VoteResult.LOST, 3)
    assert vote.ruling() is None


def test_a_roll_call_is_counted_by_itself_and_names_who_cannot_vote(
    house: House, item: AgendaItem
) -> None:
    persons, absent = there(house), s.members(house, "council")[4]
    choices = (Choice.YES, Choice.YES, Choice.NO, Choice.NOT_VOTED)
    roll = tuple(zip((person.pk for person in persons), choices, strict=True))
    stranger = s.members(f.make_house("fremd"), "council")[0]
    refused: list[tuple[dict[str, Any], str]] = [
        ({"roll": (*roll, (absent.pk, Choice.YES))}, f"{absent} ist bei diesem TOP nicht anwesend"),
        ({"roll": (*roll, roll[0])}, f"{persons[0]} steht zweimal in der Liste"),
        ({"roll": (*roll, (stranger.pk, Choice.YES))}, "Diese Person gibt es hier nicht"),
        ({"roll": roll, "yes": 3}, "ergeben 2 Ja, 1 Nein und 0 Enthaltungen"),
        ({"roll": roll, "mode": VoteMode.SECRET}, "werden keine Namen festgehalten"),
    ]
    for values, sentence in refused:
        with pytest.raises(RuleViolation, match=sentence):
            s.record(house, item, Outcome.DECIDED, **values)
    s.recuse(house, item, persons[1])
    with pytest.raises(RuleViolation, match=rf"{persons[1]} ist von der Mitwirkung.*§ 41"):
        s.record(house, item, Outcome.DECIDED, roll=roll)
    assert not RollCallVote.everything.exists()

    s.record(house, item, Outcome.DECIDED, roll=(roll[0], *roll[2:]), reason="Vorsitz: angenommen")
    vote = s.vote_of(item)
    assert (vote.mode, vote.yes, vote.no, vote.not_voted) == (VoteMode.ROLL_CALL, 1, 1, 1)
    assert vote.entitled == 3
    names = {row.person: row.choice for row in RollCallVote.everything.filter(vote=vote)}
    assert names == {
        persons[0]: Choice.YES,
        persons[2]: Choice.NO,
        persons[3]: Choice.NOT_VOTED,
    }


def test_a_corrected_roll_call_changes_the_voices_that_were_wrong(
    house: House, item: AgendaItem
) -> None:
    persons = there(house)
    s.record(house, item, Outcome.DECIDED, roll=tuple((p.pk, Choice.YES) for p in persons))
    rows = set(RollCallVote.everything.values_list("pk", flat=True))
    mended = [(p.pk, Choice.YES) for p in persons[:2]] + [(persons[2].pk, Choice.NO)]
    s.record(house, item, Outcome.DECIDED, roll=tuple(mended))
    found = RollCallVote.everything.order_by("person")
    assert {row.choice for row in found if row.person == persons[2]} == {Choice.NO}
    assert found.count() == 3
    assert set(found.values_list("pk", flat=True)) < rows
    s.record(house, item, Outcome.POSTPONED)
    assert not Vote.everything.exists()


def test_a_secret_vote_adds_up_and_keeps_no_names(house: House, item: AgendaItem) -> None:
    secret: dict[str, Any] = {"mode": VoteMode.SECRET, "abstained": 0}
    refused: list[tuple[dict[str, Any], str]] = [
        ({"yes": 2, "no": 1, "cast": 4, "invalid": 0}, "zusammen 3"),
        ({"yes": 2, "no": 1, "cast": 5, "invalid": 2}, "aber nur 4 Stimmberechtigte"),
        ({"no": 1}, "auch die Ja-Stimmen gezählt"),
    ]
    for values, sentence in refused:
        with pytest.raises(RuleViolation, match=sentence):
            s.record(house, item, Outcome.DECIDED, **secret, **values)
    s.record(house, item, Outcome.DECIDED, **secret, yes=2, no=1, cast=4, invalid=1)
    vote = s.vote_of(item)
    assert (vote.cast, vote.invalid, vote.not_voted) == (4, 1, 0)
    assert not RollCallVote.everything.exists()


def test_a_secret_vote_with_somebody_connected_asks_how_that_went(
    house: House, item: AgendaItem
) -> None:
    person = there(house)[3]
    answer = ArriveAnswer(item.committee_id, person.pk, item.pk, kind=AttendanceKind.REMOTE)
    s.act(house, item.meeting, answer)
    values: dict[str, Any] = {"mode": VoteMode.SECRET, "yes": 3, "no": 0, "abstained": 0}
    with pytest.raises(RuleViolation, match="zugeschaltetes Mitglied"):
        s.record(house, item, Outcome.DECIDED, **values)
    s.record(house, item, Outcome.DECIDED, **values, reason="Nahm nicht teil")


def test_the_table_of_factions_must_add_up(house: House, item: AgendaItem) -> None:
    rows = (FactionCount("A", 2, 0, 0), FactionCount("B", 0, 1, 0))
    with pytest.raises(RuleViolation, match="Ja 2 statt 3"):
        s.record(house, item, Outcome.DECIDED, (3, 1, 0), factions=rows)
    s.record(house, item, Outcome.DECIDED, (2, 1, 0), factions=rows)
    s.record(house, item, Outcome.DECIDED, (2, 1, 0), factions=rows[::-1])
    found = FactionVote.everything.order_by("faction").values_list("faction", "yes", "no")
    assert list(found) == [("A", 2, 0), ("B", 0, 1)]


def test_a_body_found_not_quorate_votes_only_with_a_reason(house: House, item: AgendaItem) -> None:
    meeting = item.meeting
    s.leave(house, item, there(house)[2:])
    note = s.paper(house, meeting)
    s.record(house, note, Outcome.DECIDED, (2, 0, 0))  # nobody doubts it (§ 65 Abs. 1 Satz 3)

    s.count_quorum(house, meeting, "council", QuorumCause.DOUBTED, item)
    with pytest.raises(RuleViolation, match=r"nicht beschlussfähig.*§ 65"):
        s.record(house, item, Outcome.DECIDED, (2, 0, 0))
    with pytest.raises(RuleViolation, match="nicht beschlussfähig"):
        s.ballot(house, item, VoteKind.PROCEDURAL, (2, 0, 0))
    other = s.paper(house, meeting)
    s.record(house, other, Outcome.NOTED)  # no vote, no quorum
    s.record(house, item, Outcome.DECIDED, (2, 0, 0), reason="Vorsitz lässt abstimmen")
    assert s.status_of(item) == "adopted"


@pytest.mark.django_db
def test_where_nothing_is_presumed_the_attendance_itself_is_the_doubt() -> None:
    house = f.make_house(land=Land.NW)
    meeting = s.plan(house, "main")
    s.call_roll(house, meeting, "main", 1)
    item = s.paper(house, meeting, "main")
    with pytest.raises(RuleViolation, match="nicht beschlussfähig: 1 von 3"):
        s.record(house, item, Outcome.DECIDED, (1, 0, 0))
    s.record(house, item, Outcome.DECIDED, (1, 0, 0), reason="Eilbedürftig")
