"""A committee's wording that touches money asks for a statement and holds nobody up."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import AgendaItem, Proposal, StatementRequest
from proposals.rules.co_signing import Trigger
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.selectors.proposal_page import proposal_page
from proposals.services.finance_drafts import CostDraft
from proposals.services.statements import StateAnswer
from tests import factories as f
from tests import signing
from tests.factories import House
from tests.workflows.playing import assert_agreement, open_turns
from workflows import gate
from workflows.engine import Turn

ROUTE = (("social", f.PRELIMINARY), ("main", f.PRELIMINARY), ("council", f.DECISION))
OWN = "<p>Ausschließlich durch einen externen Dienstleister.</p>"
TYPO = "<p>Beschlussvorschlag!</p>"
LATER = f.DAY.replace(day=11)


@pytest.fixture
def paper(county: House) -> Proposal:
    """A paper that costs money, with the Sozialausschuss; Kämmerei and Personal have rules."""
    signing.rule(county, "treasury", Trigger.COSTS)
    signing.rule(county, "staff", Trigger.POSITIONS)
    signing.rule(county, "lead", Trigger.COSTS)
    costs = [CostDraft("Anlaufstelle", Decimal(33000))]
    return f.make_proposal(county, "in_route", route=ROUTE, costs=costs)


def asked(proposal: Proposal) -> list[StatementRequest]:
    return list(StatementRequest.everything.filter(proposal=proposal).order_by("pk"))


def recommend(house: House, proposal: Proposal, wording: str = OWN) -> AgendaItem:
    values = {"wording": wording} if wording else {}
    outcome = Outcome.RECOMMENDED_CHANGED if wording else Outcome.RECOMMENDED
    return f.treat(house, f.station(proposal, "social"), outcome, **values)


def state(house: House, user: str, row: StatementRequest, text: str) -> None:
    turn = Turn(row.proposal_id, "state", row.pk)
    gate.complete(actor=house.user(user), turn=turn, answer=StateAnswer(text, f.DAY))


def test_scenario_4_kaemmerei_and_personal_are_asked_and_hold_nobody_up(
    county: House, paper: Proposal
) -> None:
    f.schedule(county, f.station(paper, "main"), LATER)
    recommend(county, paper)

    treasury, staff = sorted(asked(paper), key=lambda row: row.office.name)
    assert [row.office.short_name for row in (treasury, staff)] == ["treasury", "staff"]
    assert {row.due_on for row in (treasury, staff)} == {LATER}, "until the next meeting"
    assert treasury.wording is not None
    assert treasury.wording.html == OWN
    assert_agreement(paper)
    waiting = {turn.step for turn, _ in open_turns(paper)}
    assert waiting == {"treat", "schedule", "state"}

    f.treat(county, f.station(paper, "main"), Outcome.RECOMMENDED)
    assert f.reread(paper).status == "in_consultation", "the route goes on"
    with pytest.raises(PermissionDenied):
        state(county, "staffer", treasury, "Gedeckt.")
    with pytest.raises(RuleViolation, match="schreiben Sie Ihre Stellungnahme"):
        state(county, "treasurer", treasury, " ")
    state(county, "treasurer", treasury, "Gedeckt, aber Transferaufwand.")
    assert_agreement(paper)
    page = proposal_page(f.reread(paper), county.user("head"))
    told = sorted((row["office"], row["about"], row["text"]) for row in page.statements)
    assert told == [
        ("Kämmerei", "Wortlaut: Sozialausschuss", "Gedeckt, aber Transferaufwand."),
        ("Personalamt", "Wortlaut: Sozialausschuss", ""),
    ]
    assert proposal_page(f.reread(paper), county.user("deputy")).statements == []


def test_scenario_4_what_is_not_said_by_the_end_of_the_route_lapses(
    county: House, paper: Proposal
) -> None:
    recommend(county, paper)
    f.treat(county, f.station(paper, "main"), Outcome.RECOMMENDED)
    f.treat(county, f.station(paper, "council"), Outcome.DECIDED)
    assert {row.lapsed_on is not None for row in asked(paper)} == {True}
    assert open_turns(paper) == []
    assert_agreement(paper)
    with pytest.raises(RuleViolation, match="bereits erledigt oder entfallen"):
        state(county, "treasurer", asked(paper)[0], "Zu spät.")


def test_a_withdrawn_paper_asks_nobody_any_more(county: House, paper: Proposal) -> None:
    recommend(county, paper)
    f.withdraw(county, paper)
    assert {row.lapsed_on is not None for row in asked(paper)} == {True}
    assert open_turns(paper) == []
    assert_agreement(paper)


def test_the_last_station_and_an_unchanged_wording_ask_nobody(
    county: House, paper: Proposal
) -> None:
    recommend(county, paper, "")
    f.treat(county, f.station(paper, "main"), Outcome.RECOMMENDED)
    f.treat(county, f.station(paper, "council"), Outcome.DECIDED_CHANGED, wording=OWN)
    assert asked(paper) == []


def test_a_corrected_wording_is_asked_about_in_the_place_of_the_first(
    county: House, paper: Proposal
) -> None:
    item = recommend(county, paper)
    f.correct(county, item, Outcome.RECOMMENDED_CHANGED, wording="<p>Mit 10.000 €.</p>")
    assert_agreement(paper)
    old = [row for row in asked(paper) if row.lapsed_on]
    new = [row for row in asked(paper) if not row.lapsed_on]
    assert (len(old), len(new)) == (2, 2)
    item = AgendaItem.everything.get(pk=item.pk)
    assert {row.wording for row in new} == {item.result_wording}

    f.correct(county, item, Outcome.RECOMMENDED)
    assert {row.lapsed_on is not None for row in asked(paper)} == {True}
    assert_agreement(paper)


def test_a_house_without_such_rules_and_a_paper_without_money_ask_nobody(county: House) -> None:
    free = f.make_proposal(county, "in_route", route=ROUTE, no_financial_effect=True)
    recommend(county, free)
    assert asked(free) == []
    signing.rule(county, "treasury", Trigger.COSTS)
    other = f.make_proposal(county, "in_route", route=ROUTE, no_financial_effect=True)
    recommend(county, other, TYPO)
    assert asked(other) == []
