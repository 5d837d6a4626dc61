from collections.abc import Collection
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.words import Land
from proposals.rules.workdays import (
    add_working_days,
    public_holidays,
    why_closed,
    working_day,
    working_days_before,
)

LANDS = st.sampled_from(list(Land))
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
CLOSED = st.sets(st.dates(date(2000, 1, 1), date(2060, 12, 31)), max_size=8)
COUNTS = st.integers(0, 25)


def _working_days(after: date, until: date, land: str, closed: Collection[date]) -> int:
    days = (after + timedelta(n) for n in range(1, (until - after).days + 1))
    return sum(working_day(day, land, closed) for day in days)


@pytest.mark.parametrize(
    ("month", "day", "name", "lands"),
    [
        (1, 1, "Neujahr", "NI NW SH BY BW HE"),
        (1, 6, "Heilige Drei Könige", "BY BW"),
        (4, 3, "Karfreitag", "NI NW SH BY BW HE"),
        (4, 6, "Ostermontag", "NI NW SH BY BW HE"),
        (5, 14, "Christi Himmelfahrt", "NI NW SH BY BW HE"),
        (5, 25, "Pfingstmontag", "NI NW SH BY BW HE"),
        (6, 4, "Fronleichnam", "NW BY BW HE"),
        (10, 3, "Tag der Deutschen Einheit", "NI NW SH BY BW HE"),
        (10, 31, "Reformationstag", "NI SH"),
        (11, 1, "Allerheiligen", "NW BY BW"),
    ],
)
def test_each_land_has_its_own_public_holidays(month: int, day: int, name: str, lands: str) -> None:
    on = date(2026, month, day)
    with_it = [land for land in Land if public_holidays(land, 2026).get(on) == name]
    assert with_it == lands.split()


def test_reformationstag_is_a_holiday_in_niedersachsen_since_2018_only() -> None:
    assert date(2017, 10, 31) in public_holidays("NI", 2017)  # five hundred years, once
    assert date(2016, 10, 31) not in public_holidays("NI", 2016)
    assert date(2018, 10, 31) in public_holidays("NI", 2018)


@pytest.mark.parametrize(
    ("year", "ascension"), [(2018, date(2018, 5, 10)), (2024, date(2024, 5, 9))]
)
def test_a_movable_feast_shifts_a_deadline(year: int, ascension: date) -> None:
    wednesday = ascension - timedelta(1)
    assert public_holidays("NI", year)[ascension] == "Christi Himmelfahrt"
    assert add_working_days(wednesday, 1, "NI") == ascension + timedelta(1)
    assert add_working_days(wednesday, 1, "NI", {ascension + timedelta(1)}) == (
        ascension + timedelta(4)
    )
    assert working_days_before(ascension + timedelta(1), 1, "NI") == wednesday


def test_christmas_eve_and_new_years_eve_are_free_only_where_the_house_says_so() -> None:
    eves = {date(2026, 12, 24): "Heiligabend", date(2026, 12, 31): "Silvester"}
    for day in eves:
        assert working_day(day, "NI")
        assert not working_day(day, "NI", eves)
    # Wednesday 23.12.; 24. closed, 25. Friday, 26. and 27. weekend
    assert add_working_days(date(2026, 12, 23), 1, "NI", eves) == date(2026, 12, 28)


def test_a_deadline_runs_over_the_end_of_the_year() -> None:
    # Tuesday 30.12.2025: 31., 2., 5., 6. and 7.1.; in Bayern the 6th is none
    assert add_working_days(date(2025, 12, 30), 4, "NI") == date(2026, 1, 6)
    assert add_working_days(date(2025, 12, 30), 4, "BY") == date(2026, 1, 7)
    assert working_days_before(date(2026, 1, 7), 4, "BY") == date(2025, 12, 30)


def test_a_closed_day_says_why() -> None:
    bridge = {date(2026, 5, 15): "Brückentag"}
    assert why_closed(date(2026, 5, 14), "NI", bridge) == "Christi Himmelfahrt"
    assert why_closed(date(2026, 5, 15), "NI", bridge) == "Brückentag"
    assert why_closed(date(2026, 5, 16), "NI", bridge) == ""


@given(start=DAYS, days=COUNTS, land=LANDS, closed=CLOSED)
def test_a_deadline_never_ends_on_a_closed_day_and_has_its_working_days(
    start: date, days: int, land: Land, closed: set[date]
) -> None:
    end = add_working_days(start, days, land, closed)
    assert working_day(end, land, closed)
    counted = _working_days(start, end, land, closed)
    assert counted == (days or int(end != start))


@given(day=DAYS, days=COUNTS, land=LANDS, closed=CLOSED)
def test_counted_backwards_as_many_working_days_are_left_and_no_later_day_would_do(
    day: date, days: int, land: Land, closed: set[date]
) -> None:
    begin = working_days_before(day, days, land, closed)
    assert working_day(begin, land, closed)
    assert add_working_days(begin, days, land, closed) <= day
    later = add_working_days(begin, 1, land, closed)
    assert add_working_days(later, days, land, closed) > day
