"""The invitation that is kept says what an item depends on (practice.md 1.1)."""

from datetime import timedelta

from proposals.models import Invitation
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests import sittings as s

LATER = f.DAY + timedelta(days=30)
ROUTE = (("social", f.PRELIMINARY), ("main", f.PRELIMINARY), ("council", f.DECISION))


def notes(house: f.House) -> list[str | None]:
    """Return what the kept invitation of the council notes beside each item."""
    sent = Invitation.everything.latest("pk")
    return [row.get("note") for row in sent.content]


def test_the_kept_invitation_says_which_bodies_ahead_are_still_to_come(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route", route=ROUTE)
    meeting = s.plan(house, "council", day=LATER)
    s.add_paper(house, meeting, proposal, "council")
    s.add_item(house, meeting, "council")
    s.invite(house, meeting)
    both = "vorbehaltlich der Beratung im Sozialausschuss und im Kreisausschuss"
    assert notes(house) == [both, None]


def test_a_body_behind_closed_doors_counts_as_done_from_its_day_on(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route", route=ROUTE)
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    f.treat(house, f.station(proposal, "main"), Outcome.POSTPONED)
    meeting = s.plan(house, "council", day=LATER)
    s.add_paper(house, meeting, proposal, "council")
    s.invite(house, meeting)
    assert notes(house) == [None], "an agenda does not tell what a closed meeting came to"
