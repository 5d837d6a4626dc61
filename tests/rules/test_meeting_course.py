from datetime import UTC, date, datetime, timedelta

import pytest

from proposals.rules.meeting import (
    MeetingState,
    is_first_of_term,
    objection_to_correct,
    objection_to_invite_again,
    objection_to_remote_chair,
    objection_to_reopen,
    objection_to_times,
)

S = MeetingState
TERM = date(2026, 11, 1)
OPENED, CLOSED = datetime(2026, 11, 10, 17, tzinfo=UTC), datetime(2026, 11, 10, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("state", S)
def test_only_a_closed_meeting_is_reopened_and_only_an_opened_one_corrected(
    state: MeetingState,
) -> None:
    assert (objection_to_reopen(state) is None) == (state == S.CLOSED)
    opened = state in (S.RUNNING, S.SUSPENDED, S.CLOSED)
    assert (objection_to_correct(state) is None) == opened


def test_a_meeting_has_its_breaks_between_opening_and_closing() -> None:
    within = (OPENED + HOUR, CLOSED - HOUR)
    assert objection_to_times(OPENED, CLOSED, [within]) is None
    assert objection_to_times(OPENED, None, [(OPENED + HOUR, None)]) is None
    for breaks, field in (
        ([(OPENED - HOUR, CLOSED)], "opened_at"),
        ([(OPENED, CLOSED + HOUR)], "closed_at"),
    ):
        refused = objection_to_times(OPENED, CLOSED, breaks)
        assert refused is not None
        assert refused.field == field
    refused = objection_to_times(CLOSED, OPENED)
    assert refused is not None
    assert "bevor sie eröffnet war" in str(refused)


def test_only_a_meeting_that_was_moved_is_called_again() -> None:
    assert objection_to_invite_again(TERM, None, moved=False) is None
    assert objection_to_invite_again(TERM, TERM, moved=True) is None
    same_date = objection_to_invite_again(TERM, TERM, moved=False)
    assert "schon eingeladen" in str(same_date)
    earlier = objection_to_invite_again(TERM, TERM + timedelta(days=1), moved=True)
    assert "02.11.2026" in str(earlier)


@pytest.mark.parametrize(
    ("days", "is_council", "met_before", "first"),
    [
        (0, True, False, True),
        (60, True, False, True),
        (61, True, False, False),
        (-1, True, False, False),
        (7, False, False, False),
        (7, True, True, False),
    ],
)
def test_the_first_meeting_of_a_term_is_the_first_of_its_council_soon_after_it_began(
    days: int, is_council: bool, met_before: bool, first: bool
) -> None:
    day = TERM + timedelta(days=days)
    assert is_first_of_term(day, TERM, is_council=is_council, met_before=met_before) == first
    assert not is_first_of_term(day, None, is_council=is_council, met_before=met_before)


def test_a_chair_elsewhere_is_refused_where_the_law_says_so() -> None:
    refused = objection_to_remote_chair("Erika Harl", "§ 64 Abs. 3 NKomVG")
    assert refused is not None
    assert str(refused).startswith("Erika Harl hat den Vorsitz und ist nur zugeschaltet.")
    assert objection_to_remote_chair("", "§ 64 Abs. 3 NKomVG") is None
    assert objection_to_remote_chair("Erika Harl", "") is None
