import pytest

from proposals.models import NumberAt, NumberCounter, Proposal
from proposals.rules.errors import RuleViolation
from proposals.rules.words import ProposalKind
from proposals.services.drafting import create_proposal, save_draft
from tests import factories as f

WHEN = {NumberAt.CREATION: "draft", NumberAt.SUBMISSION: "submitted", NumberAt.RELEASE: "released"}


@pytest.mark.django_db
@pytest.mark.parametrize(("number_at", "stage"), WHEN.items())
def test_the_number_is_given_when_the_house_decides_and_never_again(
    number_at: NumberAt, stage: str
) -> None:
    house = f.make_house(number_at=number_at)
    for earlier in f.STAGES[: f.STAGES.index(stage)]:
        assert f.make_proposal(house, earlier).number is None
    proposal = f.make_proposal(house, stage)
    assert proposal.number == "0001/2024"
    later = f.make_proposal(house, "in_route")
    assert later.number == "0002/2024"


@pytest.mark.django_db
@pytest.mark.parametrize("number_at", [NumberAt.SUBMISSION, NumberAt.RELEASE])
def test_an_antrag_which_nobody_releases_gets_its_number_at_the_hand_in(
    number_at: NumberAt,
) -> None:
    house = f.make_house(number_at=number_at)
    assert f.make_proposal(house, "submitted", kind=ProposalKind.ANTRAG).number == "0001/2024"


def test_a_second_round_keeps_the_number(house: f.House) -> None:
    proposal = f.make_proposal(house, "released")
    f.check_form(house, proposal, passed=False, remark="Anlage fehlt")
    f.submit(house, proposal)
    f.release(house, proposal)
    assert f.reread(proposal).number == "0001/2024"
    assert NumberCounter.objects.get().next == 2


def test_a_withdrawn_proposal_keeps_its_number_so_that_nobody_gets_it_again(
    house: f.House,
) -> None:
    f.withdraw(house, f.make_proposal(house, "released"))
    assert f.make_proposal(house, "released").number == "0002/2024"


def test_a_typed_number_is_taken_as_it_is_and_stepped_over(house: f.House) -> None:
    clerk = house.user("clerk")
    typed = create_proposal(actor=clerk, answer=f.draft_answer(house, number=" 0001/2024 "))
    assert typed.number == "0001/2024"
    with pytest.raises(RuleViolation, match="schon vergeben"):
        create_proposal(actor=clerk, answer=f.draft_answer(house, number="0001/2024 "))
    assert f.make_proposal(house, "released").number == "0002/2024"

    other = f.make_proposal(house)
    with pytest.raises(RuleViolation, match="schon vergeben"):
        save_draft(actor=clerk, proposal=other, answer=f.draft_answer(house, number="0001/2024"))
    save_draft(actor=clerk, proposal=typed, answer=f.draft_answer(house, number="0001/2024"))
    save_draft(actor=clerk, proposal=other, answer=f.draft_answer(house, number="9/2024"))
    assert f.reread(other).number == "9/2024"
    cleared = f.draft_answer(house, number="", revision=1)
    save_draft(actor=clerk, proposal=other, answer=cleared)
    assert f.reread(other).number == "9/2024"


def test_every_house_counts_for_itself(house: f.House) -> None:
    other = f.make_house("fremd")
    numbers = [f.make_proposal(each, "released").number for each in (house, other, other)]
    assert numbers == ["0001/2024", "0001/2024", "0002/2024"]
    assert Proposal.everything.filter(number="0001/2024").count() == 2


@pytest.mark.django_db
def test_each_kind_counts_for_itself_where_the_house_counts_so() -> None:
    house = f.make_house(pattern="{ART} {JJJJ}/{ORG}/{LFD:2}", scope="kind_year")
    kinds = (ProposalKind.BESCHLUSSVORLAGE, ProposalKind.MITTEILUNGSVORLAGE) * 2
    numbers = [f.make_proposal(house, "released", kind=kind).number for kind in kinds]
    assert numbers == ["BV 2024/50/01", "MV 2024/50/01", "BV 2024/50/02", "MV 2024/50/02"]


@pytest.mark.django_db
def test_a_counter_that_begins_in_mid_year_goes_on_from_there() -> None:
    house = f.make_house()
    with f.setting_up(house.municipality):
        NumberCounter(municipality=house.municipality, series="year:2024", next=85).save()
    assert f.make_proposal(house, "released").number == "0085/2024"
