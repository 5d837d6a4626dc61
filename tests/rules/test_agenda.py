import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.agenda import AgendaNumbering, Numbered, number_items, objection_to_order

A = AgendaNumbering


def numbers(parts: list[Numbered], numbering: AgendaNumbering = A.SEPARATE) -> list[str]:
    return list(number_items(parts, numbering).values())


def items(*fixed: str) -> list[Numbered]:
    """Make items of their numbers; "Ö" and "N" alone have none yet."""
    return [
        Numbered(pk, text[0] != "N", fixed="" if text in ("Ö", "N") else text)
        for pk, text in enumerate(fixed)
    ]


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        (A.SEPARATE, ["Ö 1", "Ö 2", "N 1", "N 2"]),
        (A.PREFIXED, ["Ö 1", "Ö 2", "N 3", "N 4"]),
        (A.CONTINUOUS, ["1", "2", "3", "4"]),
    ],
)
def test_each_house_numbers_both_parts_its_way(
    numbering: AgendaNumbering, expected: list[str]
) -> None:
    assert numbers(items("Ö", "Ö", "N", "N"), numbering) == expected


def test_sub_items_count_behind_their_item() -> None:
    parts = [
        Numbered(1, True),
        Numbered(2, True),
        Numbered(3, True, parent=2),
        Numbered(4, True, parent=2),
        Numbered(5, True, parent=4),
        Numbered(6, True),
    ]
    assert numbers(parts) == ["Ö 1", "Ö 2", "Ö 2.1", "Ö 2.2", "Ö 2.2.1", "Ö 3"]
    assert numbers(parts, A.CONTINUOUS) == ["1", "2", "2.1", "2.2", "2.2.1", "3"]


def test_a_late_item_at_the_end_of_its_part_takes_the_next_free_number() -> None:
    invited = ("Ö 1", "Ö 2")
    assert numbers(items(*invited, "Ö", "N 1", "N")) == [*invited, "Ö 3", "N 1", "N 2"]
    late = numbers(items(*invited, "Ö", "N 3", "N 4", "N"), A.PREFIXED)
    assert late == [*invited, "Ö 5", "N 3", "N 4", "N 6"]


def test_a_late_item_between_invited_ones_takes_a_letter() -> None:
    assert numbers(items("Ö 4", "Ö 5", "Ö", "Ö", "Ö 6")) == ["Ö 4", "Ö 5", "Ö 5a", "Ö 5b", "Ö 6"]
    assert numbers(items("Ö 5", "Ö", "Ö 5a", "Ö", "Ö 6")) == ["Ö 5", "Ö 5b", "Ö 5a", "Ö 5c", "Ö 6"]
    assert numbers(items("1", "2", "Ö", "3"), A.CONTINUOUS) == ["1", "2", "2a", "3"]
    parts = [
        Numbered(1, True, fixed="Ö 7"),
        Numbered(2, True, parent=1, fixed="Ö 7.1"),
        Numbered(3, True, parent=1),
        Numbered(4, True, parent=1, fixed="Ö 7.2"),
        Numbered(5, True, parent=1),
    ]
    assert numbers(parts) == ["Ö 7", "Ö 7.1", "Ö 7.1a", "Ö 7.2", "Ö 7.3"]


def test_a_late_item_in_front_of_all_others_renumbers_none() -> None:
    assert numbers(items("Ö", "Ö 1", "Ö 2")) == ["Ö 3", "Ö 1", "Ö 2"]


def test_a_number_that_a_house_typed_itself_stays_and_is_not_given_again() -> None:
    assert numbers(items("Ö Vorab", "Ö", "Ö")) == ["Ö Vorab", "Ö 1", "Ö 2"]
    parts = [Numbered(1, True, fixed="Ö 2"), Numbered(2, False), Numbered(3, False, fixed="N 2")]
    assert numbers(parts) == ["Ö 2", "N 3", "N 2"]


def test_more_late_items_than_letters_still_have_a_number() -> None:
    late = numbers(items("Ö 5", *["Ö"] * 28, "Ö 6"))
    assert late[26:30] == ["Ö 5z", "Ö 5aa", "Ö 5ab", "Ö 6"]


agendas = st.lists(
    st.tuples(
        st.sampled_from(["Ö", "N"]),
        st.none() | st.integers(0, 9),
        st.none() | st.tuples(st.integers(1, 20), st.sampled_from(["", "a", "b"])),
    ),
    max_size=10,
)


@given(agendas, st.sampled_from(AgendaNumbering))
def test_every_item_has_a_number_of_its_own_and_fixed_ones_stay(
    rows: list[tuple[str, int | None, tuple[int, str] | None]], numbering: AgendaNumbering
) -> None:
    parts, used = [], {""}
    for pk, (part, parent, number) in enumerate(rows):
        fixed = f"{part} {number[0]}{number[1]}" if number else ""
        fixed = "" if fixed in used else fixed
        used.add(fixed)
        above = parent if parent is not None and parent < pk else None
        parts.append(Numbered(pk, part == "Ö", above, fixed))

    found = number_items(parts, numbering)
    assert list(found) == [part.pk for part in parts]
    assert len(set(found.values())) == len(parts)
    assert all(found[part.pk] == part.fixed for part in parts if part.fixed)
    again = [Numbered(part.pk, part.public, part.parent, found[part.pk]) for part in parts]
    assert number_items(again, numbering) == found


def test_the_public_part_comes_first_unless_a_house_numbers_through() -> None:
    mixed = items("Ö", "N", "Ö")
    refused = objection_to_order(mixed, A.SEPARATE)
    assert refused is not None
    assert refused.message == "Öffentliche Tagesordnungspunkte stehen vor den nichtöffentlichen."
    assert objection_to_order(mixed, A.PREFIXED) is not None
    assert objection_to_order(mixed, A.CONTINUOUS) is None
    assert objection_to_order(items("Ö", "Ö", "N"), A.SEPARATE) is None


def test_the_doors_may_open_again_for_the_end_of_the_meeting() -> None:
    parts = [*items("Ö", "N"), Numbered(9, True, closing=True)]
    assert objection_to_order(parts, A.SEPARATE) is None
    assert numbers(parts) == ["Ö 1", "N 1", "Ö 2"]


def test_a_sub_item_stands_below_its_item_and_in_the_same_part() -> None:
    item, other = Numbered(1, True), Numbered(2, True)
    sub, further = Numbered(3, True, parent=1), Numbered(4, True, parent=1)
    assert objection_to_order([item, sub, further, other], A.SEPARATE) is None
    assert objection_to_order([item, sub, Numbered(5, True, parent=3), further], A.SEPARATE) is None
    for order in ([item, other, sub], [sub, item], [sub]):
        refused = objection_to_order(order, A.SEPARATE)
        assert refused is not None
        assert "direkt unter" in refused.message

    secret = Numbered(3, False, parent=1)
    refused = objection_to_order([item, secret], A.SEPARATE)
    assert refused is not None
    assert "demselben Teil" in refused.message
    assert objection_to_order([item, secret], A.CONTINUOUS) is None
