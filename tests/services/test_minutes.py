from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.models import Meeting
from proposals.rules.errors import RuleViolation
from proposals.services.meeting import ApproveMinutesAnswer, SignMinutesAnswer
from tests import factories as f
from tests.factories import House
from workflows import gate


def meeting_of(house: House) -> Meeting:
    """Return the social committee's meeting with one paper."""
    proposal = f.make_proposal(house, "in_route")
    return f.schedule(house, f.station(proposal, "social")).meeting


def test_minutes_are_signed_then_approved_each_once(house: House) -> None:
    meeting = meeting_of(house)
    held_on = timezone.localdate(meeting.starts_at)
    sign, approve = SignMinutesAnswer(held_on), ApproveMinutesAnswer(held_on)
    early = SignMinutesAnswer(held_on - timedelta(days=1))
    with pytest.raises(RuleViolation, match="vorher kann das Protokoll nicht unterschrieben sein"):
        gate.complete_meeting(actor=house.user("secretary"), meeting=meeting, answer=early)
    with pytest.raises(PermissionDenied, match="vermerkt der Sitzungsdienst"):
        gate.complete_meeting(actor=house.user("minutes"), meeting=meeting, answer=sign)
    with pytest.raises(RuleViolation, match="noch nicht unterschrieben"):
        gate.complete_meeting(actor=house.user("secretary"), meeting=meeting, answer=approve)
    f.sign(house, meeting)
    with pytest.raises(RuleViolation, match="schon unterschrieben"):
        f.sign(house, meeting)

    with pytest.raises(PermissionDenied, match="vermerkt der Sitzungsdienst"):
        gate.complete_meeting(actor=house.user("head"), meeting=meeting, answer=approve)
    too_early = ApproveMinutesAnswer(held_on - timedelta(days=1))
    with pytest.raises(RuleViolation, match="vorher kann es nicht genehmigt sein"):
        gate.complete_meeting(actor=house.user("secretary"), meeting=meeting, answer=too_early)
    gate.complete_meeting(actor=house.user("secretary"), meeting=meeting, answer=approve)
    with pytest.raises(RuleViolation, match="schon genehmigt"):
        gate.complete_meeting(actor=house.user("secretary"), meeting=meeting, answer=approve)
