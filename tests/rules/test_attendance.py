from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.attendance import AttendanceKind, Stay, objection_to_stays, present_at

ORDER = [10, 20, 30, 40]
NAMES = {1: "Anna Abel", 2: "Bernd Busch", 3: "Carla Claus"}
K = AttendanceKind


def stay(
    person: int,
    since: int | None = None,
    until: int | None = None,
    *,
    kind: AttendanceKind = K.PRESENT,
    voting: bool = True,
    substitutes: int | None = None,
) -> Stay:
    return Stay(person, kind, voting, since, until, substitutes)


def there(stays: list[Stay], item: int | None, recused: Collection[int] = ()) -> set[int]:
    return set(present_at(stays, ORDER, item, recused).persons)


def test_who_comes_late_or_leaves_is_there_for_the_items_in_between() -> None:
    stays = [stay(1), stay(2, since=20), stay(3, until=30)]
    assert there(stays, None) == {1, 3}
    assert there(stays, 10) == {1, 3}
    assert there(stays, 20) == {1, 2, 3}
    assert there(stays, 30) == {1, 2}
    assert there(stays, 40) == {1, 2}


def test_who_leaves_before_the_first_item_was_there_at_the_beginning() -> None:
    assert there([stay(1, until=10)], None) == {1}
    assert there([stay(1, until=10)], 10) == set()


def test_who_comes_back_has_two_stays() -> None:
    stays = [stay(1, until=20), stay(1, since=40)]
    assert [there(stays, item) for item in (10, 20, 30, 40)] == [{1}, set(), set(), {1}]
    assert objection_to_stays(stays, ORDER) is None


def test_the_order_in_which_items_were_held_decides() -> None:
    stays = [stay(1, since=30)]
    assert present_at(stays, [10, 30, 20], 20).present == 1
    assert present_at(stays, [10, 20, 30], 20).present == 0


def test_an_item_that_nobody_has_placed_comes_behind_all_others() -> None:
    stays = [stay(1), stay(2, until=40), stay(3, since=99)]
    assert there(stays, 99) == {1, 3}
    assert there(stays, 40) == {1}


def test_only_members_with_a_vote_who_are_not_excluded_may_vote() -> None:
    stays = [
        stay(1),
        stay(2, voting=False),
        stay(3, kind=K.WITHOUT_VOTE),
        stay(4, kind=K.REMOTE),
        stay(5, kind=K.EXCUSED),
        stay(6, kind=K.ABSENT),
        stay(7),
    ]
    presence = present_at(stays, ORDER, 20, recused=[7, 2, 5])
    assert presence.persons == {1, 2, 3, 4, 7}
    assert presence.voters == {1, 4}
    assert (presence.present, presence.entitled) == (5, 2)
    assert (presence.remote, presence.recused) == (1, 1)


def test_the_head_of_administration_has_no_vote_where_the_subject_says_so() -> None:
    stays = [stay(1), Stay(2, K.PRESENT, voting=True, head=True)]
    with_head = present_at(stays, ORDER, 10)
    without_head = present_at(stays, ORDER, 10, without_head=True)
    assert (with_head.entitled, with_head.present) == (2, 2)
    assert (without_head.entitled, without_head.present, without_head.recused) == (1, 2, 0)


def test_voters_are_parted_into_members_of_the_council_and_citizens() -> None:
    stays = [stay(1), stay(2), Stay(3, K.PRESENT, voting=True, elected=False), stay(4)]
    presence = present_at(stays, ORDER, 10, recused=[4])
    assert (presence.elected, presence.citizens) == (2, 1)


@pytest.mark.parametrize(
    ("stays", "message"),
    [
        (
            [stay(1), stay(1, since=20)],
            "Anna Abel ist für dieselbe Zeit zweimal eingetragen.",
        ),
        (
            [stay(1), stay(2, since=20, substitutes=1)],
            "Bernd Busch vertritt Anna Abel; Anna Abel ist aber zur selben Zeit anwesend.",
        ),
        (
            [stay(2, substitutes=1), stay(3, since=30, substitutes=1)],
            "Anna Abel wird zur selben Zeit zweimal vertreten.",
        ),
        ([stay(1, substitutes=1)], "Anna Abel kann sich nicht selbst vertreten."),
        ([stay(1, since=30, until=20)], "Bei Anna Abel liegt „gegangen“ nicht hinter „gekommen“."),
        ([stay(1, since=30, until=30)], "Bei Anna Abel liegt „gegangen“ nicht hinter „gekommen“."),
    ],
)
def test_stays_that_exclude_each_other_are_refused_by_name(stays: list[Stay], message: str) -> None:
    for given_stays in (stays, stays[::-1]):
        objection = objection_to_stays(given_stays, ORDER, NAMES)
        assert objection is not None
        assert objection.message == message
    assert objection_to_stays(stays, ORDER) is not None


@pytest.mark.parametrize(
    "stays",
    [
        [stay(1, until=20), stay(2, since=20, substitutes=1)],
        [stay(1, kind=K.EXCUSED), stay(2, substitutes=1)],
        [stay(1, kind=K.EXCUSED), stay(1, since=30)],
        [stay(2, substitutes=1, until=30), stay(3, since=30, substitutes=1)],
        [stay(1, kind=K.WITHOUT_VOTE), stay(2, substitutes=1)],
    ],
)
def test_taking_turns_is_fine(stays: list[Stay]) -> None:
    assert objection_to_stays(stays, ORDER, NAMES) is None


places = st.sampled_from([None, *ORDER])
some_stays = st.lists(
    st.builds(
        Stay,
        person=st.integers(1, 6),
        kind=st.sampled_from(AttendanceKind),
        voting=st.booleans(),
        since=places,
        until=places,
        substitutes=st.none() | st.integers(1, 6),
        elected=st.booleans(),
        head=st.booleans(),
    ),
    max_size=8,
)


@given(some_stays, places, st.sets(st.integers(1, 6)), st.booleans())
def test_nobody_votes_who_is_not_there_or_excluded(
    stays: list[Stay], item: int | None, recused: set[int], without_head: bool
) -> None:
    presence = present_at(stays, ORDER, item, recused, without_head)
    assert presence.voters <= presence.persons
    assert not presence.voters & recused
    assert presence.entitled == len(presence.voters) == presence.elected + presence.citizens
    assert presence.entitled + presence.recused <= presence.present == len(presence.persons)
    assert presence.remote <= presence.present


@given(some_stays)
def test_where_nothing_is_refused_nobody_is_represented_while_there(stays: list[Stay]) -> None:
    if objection_to_stays(stays, ORDER) is not None:
        return
    for item in (None, *ORDER):
        persons = present_at(stays, ORDER, item).persons
        voting = [
            row
            for row in stays
            if row.person in persons and present_at([row], ORDER, item).persons and row.substitutes
        ]
        assert len({row.substitutes for row in voting}) == len(voting)
