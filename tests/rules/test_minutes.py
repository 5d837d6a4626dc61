from datetime import date

import pytest

from proposals.rules.minutes import (
    objection_to_approval,
    objection_to_changing,
    objection_to_late_result,
    objection_to_signing,
)

DAY, BEFORE = date(2024, 3, 1), date(2024, 2, 29)


def test_minutes_are_signed_after_the_meeting_and_approved_after_the_signature() -> None:
    assert objection_to_signing(DAY, DAY) is None
    assert "vorher" in str(objection_to_signing(DAY, BEFORE))
    assert objection_to_approval(DAY, DAY) is None
    assert "vorher" in str(objection_to_approval(DAY, BEFORE))


@pytest.mark.parametrize(
    ("signed", "approved", "sentence", "waivable"),
    [
        (False, False, "", False),
        (True, False, "Bitte begründen Sie die Änderung", True),
        (True, True, "berichtigt das Protokoll einer späteren Sitzung", False),
    ],
)
def test_what_the_minutes_say_changes_with_a_reason_then_not_at_all(
    signed: bool, approved: bool, sentence: str, waivable: bool
) -> None:
    objection = objection_to_changing(signed=signed, approved=approved)
    assert (objection.message if objection else "").endswith(f"{sentence}." if sentence else "")
    assert (objection is not None and objection.waivable) == waivable


def test_a_first_result_after_the_signature_needs_a_reason() -> None:
    assert objection_to_late_result(signed=False) is None
    late = objection_to_late_result(signed=True)
    assert late is not None
    assert late.waivable
