"""What a Sitzungsmappe asks the database: what its papers share is read once for all of them."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import Audience, Meeting
from proposals.rules.consultation import Outcome
from proposals.services.meeting_pack import filled
from proposals.services.packed_items import packed_items
from tests import factories as f
from tests import sittings as s

MOST = 6  # queries a paper: route, treatments, votes, two for wordings, signers
SHARED = 8  # agenda, versions, hand-ins, supplements, annexes; house, its rules, template
WORDING = "<p>Der Ausschuss will es anders.</p>"


def add_treated_paper(house: f.House, meeting: Meeting) -> None:
    """Bring a paper to the council that two committees have voted on, one with its own wording."""
    paper = f.make_proposal(house, "in_route", asked=["treasury"])
    social, main = (f.station(paper, name) for name in ("social", "main"))
    f.treat(house, social, Outcome.RECOMMENDED_CHANGED, wording=WORDING)
    f.treat(house, main, Outcome.RECOMMENDED)
    s.add_paper(house, meeting, paper, "council")


def test_a_paper_with_two_results_and_a_wording_of_a_committee_takes_six_queries(
    house: f.House,
) -> None:
    meeting, taken = s.plan(house, "council"), []
    for number in (1, 3):
        while len(packed_items(s.again(meeting), Audience.INTERNAL)) < number:
            add_treated_paper(house, meeting)
        fresh = s.again(meeting)
        with CaptureQueriesContext(connection) as queries:
            files = filled(packed_items(fresh, Audience.INTERNAL), Audience.INTERNAL)
        assert len(files) == number
        taken.append(len(queries))
    one, three = taken
    assert one <= MOST + SHARED
    assert three - one <= 2 * MOST
