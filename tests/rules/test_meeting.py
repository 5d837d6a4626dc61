from collections.abc import Callable
from datetime import date

import pytest

from proposals.rules.errors import RuleViolation
from proposals.rules.meeting import (
    MeetingState,
    objection_to_cancel,
    objection_to_close,
    objection_to_invitation,
    objection_to_invite,
    objection_to_meeting_day,
    objection_to_move,
    objection_to_open,
    objection_to_record,
    objection_to_resume,
    objection_to_suspend,
)

S = MeetingState


@pytest.mark.parametrize(
    ("objection_to", "allowed"),
    [
        (objection_to_move, {S.PLANNED, S.INVITED}),
        (objection_to_cancel, {S.PLANNED, S.INVITED}),
        (objection_to_invite, set(S) - {S.CANCELLED}),
        (objection_to_open, {S.PLANNED, S.INVITED}),
        (objection_to_suspend, {S.RUNNING}),
        (objection_to_resume, {S.SUSPENDED}),
        (objection_to_close, {S.RUNNING, S.SUSPENDED}),
        (objection_to_record, set(S) - {S.CANCELLED}),
    ],
)
def test_each_act_fits_some_states_and_the_others_say_why_not(
    objection_to: Callable[[MeetingState], RuleViolation | None], allowed: set[MeetingState]
) -> None:
    for state in MeetingState:
        objection = objection_to(state)
        if state in allowed:
            assert objection is None
        else:
            assert objection is not None
            assert objection.message.startswith("Die Sitzung ")
            assert not objection.waivable


def test_an_invitation_after_the_meeting_cannot_be() -> None:
    refused = objection_to_invitation(date(2018, 11, 23), date(2018, 11, 22), 7, "eilig")
    assert refused is not None
    assert not refused.waivable
    assert refused.message == (
        "Die Sitzung ist am 22.11.2018; die Einladung kann nicht erst am 23.11.2018 versandt sein."
    )


@pytest.mark.parametrize(
    ("sent", "between"),
    [
        (14, ""),
        (15, "liegen 6 volle Tage"),
        (20, "liegt ein voller Tag"),
        (
            21,
            "liegt kein voller Tag",
        ),
        (
            22,
            "liegt kein voller Tag",
        ),
    ],
)
def test_a_short_notice_asks_for_its_reason_and_names_the_rule(sent: int, between: str) -> None:
    held_on, sent_on = date(2018, 11, 22), date(2018, 11, sent)
    paragraph = "§ 59 Abs. 1 NKomVG"
    objection = objection_to_invitation(sent_on, held_on, 7, paragraph=paragraph)
    if not between:
        assert objection is None
        return
    assert objection is not None
    assert objection.waivable
    assert objection.field == "shortened_reason"
    assert objection.paragraph == paragraph
    assert objection.message == (
        f"Zwischen Versand und Sitzung {between}, die Ladungsfrist beträgt 7 Tage. "
        "Bitte begründen Sie die verkürzte Ladung."
    )
    assert objection_to_invitation(sent_on, held_on, 7, "Bewilligung läuft ab") is None
    assert objection_to_invitation(sent_on, held_on, 7, "  ") is not None


def test_a_house_without_a_known_notice_is_not_nagged() -> None:
    assert objection_to_invitation(date(2018, 11, 22), date(2018, 11, 22), None) is None
    one_day = objection_to_invitation(date(2018, 11, 22), date(2018, 11, 22), 1)
    assert one_day is not None
    assert "beträgt einen Tag." in one_day.message


def test_a_meeting_is_not_dated_before_its_invitation() -> None:
    refused = objection_to_meeting_day(date(2018, 11, 8), date(2018, 11, 9))
    assert refused is not None
    assert refused.field == "starts_at"
    assert refused.message == (
        "Zu dieser Sitzung wurde am 09.11.2018 eingeladen; sie kann nicht schon am 08.11.2018 "
        "stattfinden."
    )
    assert objection_to_meeting_day(date(2018, 11, 9), date(2018, 11, 9)) is None
    assert objection_to_meeting_day(date(2018, 11, 8), None) is None
