"""Rows of two lists side by side: what changed, what came, what went."""

from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.difference import pairs

Row = tuple[str, int]
ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=6)


def name(row: Row) -> str:
    return row[0]


def test_equal_rows_stand_side_by_side_then_those_of_one_name() -> None:
    old: list[Row] = [("a", 1), ("b", 1), ("c", 1)]
    new: list[Row] = [("c", 1), ("a", 2), ("d", 1)]
    assert pairs(old, new, name) == [
        (("c", 1), ("c", 1)),
        (("a", 1), ("a", 2)),
        (None, ("d", 1)),
        (("b", 1), None),
    ]


def test_of_two_rows_of_one_name_the_equal_one_is_the_partner() -> None:
    old: list[Row] = [("a", 1), ("a", 2)]
    new: list[Row] = [("a", 2), ("a", 3)]
    assert pairs(old, new, name) == [(("a", 2), ("a", 2)), (("a", 1), ("a", 3))]


@given(ROWS, ROWS)
def test_every_row_stands_there_once(old: list[Row], new: list[Row]) -> None:
    found = pairs(old, new, name)
    assert sorted(row for row, _ in found if row is not None) == sorted(old)
    assert [row for _, row in found if row is not None] == new


@given(ROWS)
def test_a_list_differs_in_nothing_from_itself(rows: list[Row]) -> None:
    assert all(one == other for one, other in pairs(rows, rows, name))
