from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import NumberAt, Proposal, Relation
from proposals.models.people import Role
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.relations import RelationKind
from proposals.rules.results import RecommendationAs
from proposals.services.drafting import create_proposal
from proposals.services.relations import ReissueAnswer, reissue, unrelate
from tests import factories as f


def change(house: f.House, **values: Any) -> f.House:
    """Change the master data of the house."""
    for name, value in values.items():
        setattr(house.municipality, name, value)
    with f.setting_up(house.municipality):
        house.municipality.save()
    return house


def supplement(house: f.House, base: Proposal, name: str = "clerk") -> Proposal:
    """Begin a supplement of a paper, with no route of its own."""
    return f.make_proposal(house, author=name, supplements_id=base.pk, route=())


def release(house: f.House, proposal: Proposal) -> Proposal:
    """Hand a draft in and release it."""
    f.submit(house, proposal)
    f.release(house, proposal)
    return f.reread(proposal)


def test_a_supplement_goes_where_its_paper_still_goes_under_its_number_with_a_suffix(
    house: f.House,
) -> None:
    base = f.make_proposal(house, "in_route")
    f.treat(house, f.station(base, "social"), Outcome.RECOMMENDED)
    before = Proposal.everything.filter(pk=base.pk).values().get()

    paper = supplement(house, base)
    assert paper.number is None  # the house numbers at the release
    route = [row.committee_id for row in paper.consultations.order_by("position")]
    assert route == [house.committee("main").pk, house.committee("council").pk]
    relation = Relation.everything.get(proposal=paper)
    assert (relation.to_id, relation.kind) == (base.pk, RelationKind.SUPPLEMENTS)

    assert release(house, paper).number == f"{base.number}-1"
    assert release(house, supplement(house, base)).number == f"{base.number}-2"
    # with one level what supplements a supplement counts on
    assert release(house, supplement(house, f.reread(paper))).number == f"{base.number}-3"
    assert Proposal.everything.filter(pk=base.pk).values().get() == before
    # and the counter of the house is untouched
    assert f.make_proposal(house, "released").number == "0002/2024"

    with pytest.raises(RuleViolation, match="sagt schon, dass"):
        unrelate(actor=house.user("clerk"), relation=relation)


@pytest.mark.django_db
def test_two_levels_go_down_and_count_on_there() -> None:
    house = f.make_house(number_at=NumberAt.CREATION)
    change(house, suffix_pattern="-{n:2}|-{n:2}")
    base = f.make_proposal(house, "in_route")
    first = release(house, supplement(house, base))
    assert first.number == "0001/2024-01"
    below = release(house, supplement(house, first))
    assert below.number == "0001/2024-01-01"
    assert supplement(house, below).number == "0001/2024-01-02"
    assert supplement(house, base).number == "0001/2024-02"


@pytest.mark.django_db
def test_supplements_and_wordings_issued_anew_share_one_count() -> None:
    house = f.make_house(number_at=NumberAt.SUBMISSION)
    change(house, suffix_pattern="/{n}", recommendation_as=RecommendationAs.REISSUE)
    base = f.make_proposal(house, "in_route")
    item = f.treat(
        house, f.station(base, "social"), Outcome.RECOMMENDED_CHANGED, wording="<p>Anders.</p>"
    )
    item.refresh_from_db()
    assert item.result_wording is not None
    issued = reissue(
        actor=house.user("secretary"), wording=item.result_wording, answer=ReissueAnswer()
    )
    assert issued.number == "0001/2024/1"
    paper = supplement(house, base)
    f.submit(house, paper)
    assert f.reread(paper).number == "0001/2024/2"
    with pytest.raises(RuleViolation, match="schon vergeben"):
        f.make_proposal(house, number="0001/2024/1")
    # what went out keeps its number when the house changes its pattern
    change(house, suffix_pattern="-E{n}")
    issued.refresh_from_db()
    assert issued.number == "0001/2024/1"


def test_drafts_and_withdrawn_papers_are_not_supplemented_nor_those_of_other_offices(
    house: f.House,
) -> None:
    for stage in ("draft", "submitted"):
        with pytest.raises(RuleViolation, match="noch nicht freigegeben"):
            supplement(house, f.make_proposal(house, stage))
    base = f.make_proposal(house, "in_route")
    f.withdraw(house, base)
    with pytest.raises(RuleViolation, match="zurückgezogen"):
        supplement(house, base)
    other = f.make_house("fremd")
    with pytest.raises(RuleViolation, match="gibt es hier nicht"):
        supplement(house, f.make_proposal(other, "in_route"))
    assert not Relation.everything.exists()


def test_another_office_does_not_supplement(house: f.House) -> None:
    base = f.make_proposal(house, "in_route")
    f.make_user(house, "builder", Role.CLERK, office="treasury")
    answer = f.draft_answer(house, office="treasury", supplements_id=base.pk, route=())
    with pytest.raises(PermissionDenied, match="Eine Ergänzung entwirft nur"):
        create_proposal(actor=house.user("builder"), answer=answer)
