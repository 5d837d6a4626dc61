from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from proposals.models import Meeting, Proposal
from proposals.rules.errors import RuleViolation
from proposals.services.meeting import ApproveMinutesAnswer, InviteAnswer, SignMinutesAnswer
from tests import factories as f
from tests.factories import House
from workflows import gate


def meeting_of(house: House, *names: str) -> Meeting:
    """Return the social committee's meeting, with one proposal for each name."""
    proposals = [f.make_proposal(house, "in_route", subject=name) for name in names or ("A",)]
    items = [f.schedule(house, f.station(proposal, "social")) for proposal in proposals]
    return items[0].meeting


def test_an_invitation_is_noted_once_by_the_sitzungsdienst_and_moves_every_proposal(
    house: House,
) -> None:
    meeting = meeting_of(house, "A", "B")
    with pytest.raises(PermissionDenied, match="vermerkt der Sitzungsdienst"):
        gate.complete_meeting(actor=house.user("minutes"), meeting=meeting, answer=InviteAnswer())
    f.invite(house, meeting)
    assert {proposal.status for proposal in Proposal.everything.all()} == {"dispatched"}
    assert Meeting.everything.get().invited_on == f.DAY
    with pytest.raises(RuleViolation, match="schon eingeladen"):
        f.invite(house, meeting)


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
