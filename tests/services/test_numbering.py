from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from proposals.history.acts import Act
from proposals.history.models import Entry
from proposals.models import NumberAt, NumberCounter, Proposal
from proposals.rules.errors import RuleViolation
from proposals.rules.numbering import Scope
from proposals.rules.words import ProposalKind
from proposals.selectors.counters import counters_of, numbering_of
from proposals.services.drafting import create_proposal, save_draft
from proposals.services.numbering import PatternAnswer, series_of, set_pattern
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


@pytest.mark.django_db
def test_each_office_counts_for_itself_where_the_house_counts_so() -> None:
    house = f.make_house(pattern="{ORG}/{LFD:4}/WP{WP}", scope="org_term")
    numbers = [f.make_proposal(house, "released").number for _ in range(2)]
    assert numbers == ["50/0001/WP19", "50/0002/WP19"]
    typed = f.make_proposal(house, number="20/0007/WP19")
    assert typed.number == "20/0007/WP19"
    series = series_of(house.municipality, date(2024, 3, 1))
    assert {"org_term:50:19", "org_term:20:19"} <= set(series)
    [counter] = counters_of(house.municipality, date(2024, 3, 1))
    assert (counter.words, counter.following) == ("50 19. Wahlperiode", 3)
    assert counter.example == "50/0003/WP19"


@pytest.mark.django_db
def test_a_glued_counter_that_is_used_up_gives_no_number_and_says_so() -> None:
    house = f.make_house(pattern="WP{WP}{LFD:1}/{JJJJ}", scope="term")
    with f.setting_up(house.municipality):
        NumberCounter(municipality=house.municipality, series="term:19", next=9).save()
    assert f.make_proposal(house, "released").number == "WP199/2024"
    with pytest.raises(RuleViolation, match="Der Nummernkreis ist voll"):
        f.make_proposal(house, "released")


def test_the_master_data_change_the_pattern_for_the_future_and_the_journal_knows(
    house: f.House,
) -> None:
    earlier = f.make_proposal(house, "released")
    answer = PatternAnswer("{ART}/{JJJJ}/{LFD:3}", Scope.KIND_YEAR, NumberAt.SUBMISSION, "/{n}")
    for name in ("clerk", "secretary"):
        with pytest.raises(PermissionDenied):
            set_pattern(actor=house.user(name), municipality=house.municipality, answer=answer)
    administrator = house.user("administrator")
    changed = set_pattern(actor=administrator, municipality=house.municipality, answer=answer)
    house.municipality.refresh_from_db()

    assert f'"act":"{Act.PATTERN_SET}"' in Entry.everything.order_by("-seq")[0].body
    assert f.reread(earlier).number == "0001/2024"
    assert f.make_proposal(house, "submitted").number == "BV/2024/001"
    numbering = numbering_of(changed, date(2024, 5, 2))
    assert (numbering.scope, numbering.suffix) == ("je Vorlagenart und Jahr", "/{n}")
    assert (numbering.example, numbering.supplement) == ("BV/2024/002", "BV/2024/002/1")
    assert [counter.example for counter in counters_of(changed, date(2024, 5, 2))] == [
        "BV/2024/002",
        "",  # of the earlier pattern
    ]


@pytest.mark.parametrize(
    ("text", "scope", "suffix", "sentence"),
    [
        ("{LFD:4}", Scope.YEAR, "-{n}", "braucht das Muster {JJJJ}"),
        ("{LFD:4}/{JJJJ}", Scope.YEAR, "{n}", "Trennzeichen"),
        ("{LFD:4}/{JJJJ}", Scope.YEAR, "", "genau einmal"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused_and_the_old_one_stays(
    house: f.House, text: str, scope: Scope, suffix: str, sentence: str
) -> None:
    answer = PatternAnswer(text, scope, NumberAt.RELEASE, suffix)
    with pytest.raises(RuleViolation, match=sentence):
        set_pattern(
            actor=house.user("administrator"), municipality=house.municipality, answer=answer
        )
    house.municipality.refresh_from_db()
    assert house.municipality.number_pattern == "{LFD:4}/{JJJJ}"


def test_a_pattern_asks_for_nothing_that_the_master_data_lack(house: f.House) -> None:
    staff = house.office("staff")
    staff.number = ""
    with f.setting_up(house.municipality):
        staff.save()
    answer = PatternAnswer("{ORG}/{JJJJ}/{LFD}", Scope.ORG_YEAR, NumberAt.RELEASE, "-{n}")
    with pytest.raises(RuleViolation, match="„Personalamt“ hat keine Ordnungsnummer"):
        set_pattern(
            actor=house.user("administrator"), municipality=house.municipality, answer=answer
        )


def test_kinds_with_one_prefix_are_not_counted_apart(house: f.House) -> None:
    house.municipality.kind_prefixes = {"beschlussvorlage": "V", "mitteilungsvorlage": "V"}
    with f.setting_up(house.municipality):
        house.municipality.save()
    answer = PatternAnswer("{ART}/{JJJJ}/{LFD}", Scope.KIND_YEAR, NumberAt.RELEASE, "-{n}")
    with pytest.raises(RuleViolation, match="Das Kürzel V steht für mehr als eine Vorlagenart"):
        set_pattern(
            actor=house.user("administrator"), municipality=house.municipality, answer=answer
        )
