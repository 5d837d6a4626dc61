"""Two committees in the same week, with different advice."""

import pytest

from proposals.models import AgendaItem, Wording
from proposals.models.facts import current_submission, voting_bases
from proposals.rules.consultation import Outcome
from proposals.selectors.proposal_page import proposal_page
from tests import factories as f
from tests import sittings as s
from tests.census import refused

OWN = "<p>Ausschließlich ein externer Dienstleister.</p>"
ROUTE = (
    ("social", f.PRELIMINARY),
    ("finance", f.PRELIMINARY),
    ("main", f.PRELIMINARY),
    ("council", f.DECISION),
)


@pytest.fixture
def at_main(county: f.House) -> AgendaItem:
    """The item of the Kreisausschuss, behind two committees that advised differently."""
    s.make_committee(county, "finance", seats=7)
    proposal = f.make_proposal(county, "in_route", route=ROUTE)
    social = f.schedule(county, f.station(proposal, "social"))
    finance = f.schedule(county, f.station(proposal, "finance"), f.DAY.replace(day=4))
    s.record(county, social, Outcome.RECOMMENDED_CHANGED, (7, 4, 0), wording=OWN)
    own = voting_bases(proposal, current_submission(proposal))[0]
    s.record(
        county, finance, Outcome.RECOMMENDED, (7, 0, 0), note="Mit Sperrvermerk.", basis_id=own.pk
    )
    return f.schedule(county, f.station(proposal, "main"), f.DAY.replace(day=11))


def test_scenario_11_both_recommendations_stand_and_nothing_is_merged(
    county: f.House, at_main: AgendaItem
) -> None:
    proposal = s.proposal_of(at_main)
    page = proposal_page(proposal, county.user("secretary"))
    results = [(r.committee, r.outcome_label, r.sentence) for r in page.results]
    assert results == [
        ("Sozialausschuss", "Geändert empfohlen", "mehrheitlich (7 Ja, 4 Nein, 0 Enthaltungen)"),
        ("Finance", "Empfohlen", "einstimmig"),
    ], "one under the other"
    assert [row["heading"] for row in page.recommendations] == ["Empfehlung: Sozialausschuss"]

    own, changed = Wording.everything.filter(proposal=proposal).order_by("pk")
    assert (own.origin, changed.origin) == ("administration", "committee")
    assert changed.parent == own
    bases = voting_bases(proposal, current_submission(proposal))
    assert [row.html for row in bases] == [own.html, OWN], "to choose from"


def test_scenario_11_the_agenda_item_names_the_wording_it_votes_on(
    county: f.House, at_main: AgendaItem
) -> None:
    proposal = s.proposal_of(at_main)
    own = voting_bases(proposal, current_submission(proposal))[0]
    foreign = Wording.everything.get(proposal=f.make_proposal(county, "in_route"))
    with refused("Über diesen Wortlaut kann hier nicht abgestimmt werden"):
        s.record(county, at_main, Outcome.RECOMMENDED, (11, 0, 0), basis_id=foreign.pk)

    item = s.record(county, at_main, Outcome.RECOMMENDED, (11, 0, 0), basis_id=own.pk)

    assert (item.basis, item.result_wording) == (own, own)
    item = s.record(county, at_main, Outcome.RECOMMENDED_CHANGED, (11, 0, 0), wording=OWN)
    assert item.basis == own, "a correction votes on the same"
