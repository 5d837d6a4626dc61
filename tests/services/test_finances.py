"""What the use cases make of money: what a version holds of it, and what a hand-in asks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import CostItem, PersonnelRate, Proposal, StaffPosition
from proposals.models.content import content_of
from proposals.rules.costs import BudgetStatus, CostNature
from proposals.rules.errors import RuleViolation
from proposals.rules.funding import FundingKind, FundingState
from proposals.rules.staffing import PositionSource, PostNote
from proposals.rules.words import ProposalKind
from proposals.services.drafting import save_draft
from proposals.services.finance_drafts import CostDraft, FundingDraft, PositionDraft
from proposals.services.plausibility import notes_on
from proposals.services.rates import RateAnswer, set_rate
from proposals.services.submission import SubmitAnswer, submit
from tests import factories as f
from tests.factories import House

pytestmark = pytest.mark.django_db
RATE = RateAnswer("EG 9b", 2024, Decimal(60_000), "eigene Rechnung")


@pytest.fixture
def house() -> House:
    return f.make_house()


def a_rate(house: House) -> PersonnelRate:
    keeper = house.user("administrator")
    return set_rate(actor=keeper, municipality=house.municipality, answer=RATE)


def test_what_nobody_says_is_not_in_the_content_and_older_digests_hold(house: House) -> None:
    proposal = f.make_proposal(
        house,
        costs=[CostDraft("Bau", Decimal(1))],
        positions=[PositionDraft("Leitung", Decimal(1))],
        funding=[FundingDraft("Land", Decimal(1))],
    )
    content = content_of(proposal)
    assert set(content["costs"]) == {
        *("none", "account", "available", "follow_up_words", "income_words", "items"),
    }
    assert set(content["costs"]["items"][0]) == {
        *("kind", "text", "amount", "qualifier", "recurring", "year", "before", "after"),
    }
    assert set(content["positions"][0]) == {"text", "grade", "source", "limited_until", "share"}
    assert set(content["funding"][0]) == {"text", "authority", "count", "amount_each", "qualifier"}


def test_every_field_that_says_something_is_in_the_content(house: House) -> None:
    rate = a_rate(house)
    cost = CostDraft(
        "Umbau",
        Decimal(5),
        recurring=True,
        monthly=True,
        nature=CostNature.INVESTMENT,
        until=2030,
        product="111",
        account="4431",
        available=Decimal(0),
        budget_status=BudgetStatus.ABOVE,
        coverage="Minderausgaben",
        commitment=Decimal(3),
        blocked=True,
        clause=2,
    )
    post = PositionDraft(
        "Leitung",
        Decimal("0.5"),
        hours=Decimal("19.5"),
        full_hours=Decimal(39),
        filled_from=date(2024, 7, 1),
        rate_id=rate.pk,
        plan_year=2024,
        note=PostNote.KW,
    )
    grant = FundingDraft(
        "Land",
        Decimal(7),
        kind=FundingKind.MAXIMUM,
        state=FundingState.GRANTED,
        state_on=date(2024, 2, 1),
        conditions="Bericht",
        recurring=True,
        year=2024,
        until=2026,
    )
    proposal = f.make_proposal(house, costs=[cost], positions=[post], funding=[grant])
    content = content_of(proposal)
    item = content["costs"]["items"][0]
    assert (item["available"], item["commitment"], item["nature"]) == ("0.00", "3.00", "investment")
    assert {"monthly", "until", "product", "account", "coverage", "blocked", "clause"} < set(item)
    shown = content["positions"][0]
    assert (shown["hours"], shown["yearly_cost"]) == ("19.50", "30000.00")
    assert (shown["rate"], shown["note"], shown["plan_year"]) == ("EG 9b (2024)", "kw", 2024)
    assert content["funding"][0]["state"] == "granted"
    assert content["funding"][0]["until"] == 2026


def test_a_cost_item_follows_the_posts_and_stays_open_with_them(house: House) -> None:
    from_posts = CostDraft("Personalkosten", from_positions=True)
    known = PositionDraft("Leitung", Decimal(1), yearly_cost=Decimal(50_000))
    unknown = PositionDraft("Assistenz", Decimal(1))
    seconded = PositionDraft("Lehrkraft", Decimal(1), source=PositionSource.SECONDED)
    proposal = f.make_proposal(house, costs=[from_posts], positions=[known, seconded])
    assert CostItem.everything.get(proposal=proposal).amount == Decimal(50_000)
    answer = f.draft_answer(house, costs=[from_posts], positions=[known, unknown])
    save_draft(actor=house.user("clerk"), proposal=proposal, answer=answer)
    item = CostItem.everything.get(proposal=proposal)
    assert (item.amount, item.recurring) == (None, True)


def test_a_rate_belongs_to_its_house_and_costs_no_seconded_post(house: House) -> None:
    rate, strange = a_rate(house), a_rate(f.make_house("fremd"))
    post = PositionDraft("Leitung", Decimal("0.5"), rate_id=rate.pk)
    proposal = f.make_proposal(house, positions=[post])
    assert StaffPosition.everything.get(proposal=proposal).yearly_cost == Decimal(30_000)
    with pytest.raises(RuleViolation, match="gibt es in Landkreis Muster nicht"):
        f.make_proposal(house, positions=[replace(post, rate_id=strange.pk)])
    lent = replace(post, source=PositionSource.SECONDED)
    saved = StaffPosition.everything.get(proposal=f.make_proposal(house, positions=[lent]))
    assert (saved.yearly_cost, saved.rate) == (None, None)


def test_averages_are_set_by_who_keeps_the_master_data_and_corrected_on_purpose(
    house: House,
) -> None:
    rate, keeper = a_rate(house), house.user("administrator")
    with pytest.raises(PermissionDenied):
        set_rate(actor=house.user("secretary"), municipality=house.municipality, answer=RATE)
    dearer = replace(RATE, amount=Decimal(61_000), grade="eg 9b")
    with pytest.raises(RuleViolation, match="schon ein Durchschnittssatz"):
        set_rate(actor=keeper, municipality=house.municipality, answer=dearer)
    fixed = replace(dearer, corrects=True)
    set_rate(actor=keeper, municipality=house.municipality, answer=fixed)
    assert PersonnelRate.objects.get(pk=rate.pk).amount == Decimal(61_000)
    for wrong in (
        replace(RATE, grade=" "),
        replace(RATE, amount=Decimal(0)),
        replace(RATE, year=9),
    ):
        with pytest.raises(RuleViolation):
            set_rate(actor=keeper, municipality=house.municipality, answer=wrong)


def test_a_hand_in_asks_for_reasons_and_keeps_those_it_is_given(house: House) -> None:
    proposal = f.make_proposal(house, costs=[CostDraft("Bau")])
    clerk = house.user("clerk")
    with pytest.raises(RuleViolation, match="„Bau“ ist nicht beziffert") as refused:
        submit(actor=clerk, proposal=proposal, answer=SubmitAnswer())
    assert refused.value.waivable
    answer = SubmitAnswer(finance_reasons={"unquantified": " Angebote fehlen. "})
    submit(actor=clerk, proposal=f.reread(proposal), answer=answer)
    kept = f.reread(proposal)
    assert kept.finance_reasons == {"unquantified": "Angebote fehlen."}
    assert content_of(kept)["costs"]["reasons"] == kept.finance_reasons


def test_a_motion_is_asked_for_no_reason(house: House) -> None:
    motion = f.make_proposal(house, kind=ProposalKind.ANTRAG, costs=[CostDraft("Bau")])
    assert [note.asks_reason for note in notes_on(motion)] == [False]
    f.submit(house, motion)
    assert Proposal.everything.get(pk=motion.pk).finance_reasons == {}
