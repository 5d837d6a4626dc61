"""When an office hears again of what it has not answered."""

from datetime import date, timedelta

import pytest

from proposals.rules.reminding import Reminder, reminder_due

# Friday; the Monday after is Whit Monday
DUE = date(2026, 5, 22)
MONDAY = date(2026, 5, 25)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("on", "reminded_on", "expected"),
    [
        (DUE - 2 * DAY, None, None),
        (DUE - DAY, None, Reminder.DUE),
        (DUE, None, Reminder.DUE),
        (DUE, DUE - DAY, None),
        (DUE + DAY, DUE - DAY, Reminder.EXPIRED),
        (DUE + DAY, None, Reminder.EXPIRED),
        (DUE + 9 * DAY, DUE + DAY, None),
    ],
)
def test_the_working_day_before_and_once_after_the_deadline(
    on: date, reminded_on: date | None, expected: Reminder | None
) -> None:
    assert reminder_due(DUE, reminded_on, on, "NI") == expected


def test_a_weekend_a_holiday_and_a_closed_day_are_no_working_day_before() -> None:
    tuesday = MONDAY + DAY
    assert reminder_due(tuesday, None, DUE, "NI") == Reminder.DUE
    assert reminder_due(tuesday, None, DUE - DAY, "NI") is None
    assert reminder_due(tuesday, None, DUE - DAY, "NI", {DUE}) == Reminder.DUE


def test_without_a_deadline_nobody_is_reminded() -> None:
    assert reminder_due(None, None, DUE, "NI") is None
