import json

import pytest
from django.core.exceptions import PermissionDenied

from proposals.history.acts import Act
from proposals.history.models import Entry
from proposals.models import Municipality
from proposals.rules.errors import RuleViolation
from proposals.rules.paper_kinds import KindLayout
from proposals.rules.sections import Section
from proposals.rules.words import ProposalKind
from proposals.services.paper_kinds import CommonAnswer, KindAnswer, set_common, set_kind
from tests import factories as f

BV, MV = ProposalKind.BESCHLUSSVORLAGE, ProposalKind.MITTEILUNGSVORLAGE
LAYOUT = KindLayout(["wording", "problem", "finance"], {"problem": "Anlass"}, ["problem"], "Gründe")
BOXES = [("expense", "Kosten"), ("income", "Erträge")]


def kept(house: f.House) -> Municipality:
    return Municipality.objects.get(pk=house.municipality.pk)


def test_a_kind_gets_its_name_and_sections_and_the_journal_says_so(house: f.House) -> None:
    answer = KindAnswer(BV, "Sitzungsvorlage", LAYOUT)
    for stranger in ("clerk", "secretary", "head"):
        with pytest.raises(PermissionDenied):
            set_kind(actor=house.user(stranger), municipality=house.municipality, answer=answer)
    set_kind(actor=house.user("administrator"), municipality=house.municipality, answer=answer)

    now = kept(house)
    assert now.kind_names == {"beschlussvorlage": "Sitzungsvorlage"}
    assert now.counted_of_kind == {"beschlussvorlage": ["problem"]}
    assert now.sections.title(Section.PROBLEM, BV) == "I. Anlass"
    entry = json.loads(Entry.everything.order_by("-seq")[0].body)
    assert (entry["act"], entry["actor"]) == (
        Act.MASTER_DATA_CHANGED,
        house.user("administrator").pk,
    )

    with pytest.raises(RuleViolation, match="heißt hier schon"):
        set_kind(
            actor=house.user("administrator"),
            municipality=house.municipality,
            answer=KindAnswer(MV, "sitzungsvorlage", KindLayout(["facts", "finance"])),
        )
    assert kept(house).kind_names == now.kind_names


def test_a_name_that_is_left_empty_is_that_of_the_program_again(house: f.House) -> None:
    admin = house.user("administrator")
    for name in ("Sitzungsvorlage", " "):
        set_kind(actor=admin, municipality=house.municipality, answer=KindAnswer(BV, name, LAYOUT))
    assert kept(house).kind_names == {}


def test_the_boxes_are_set_and_those_of_the_program_are_not_kept(house: f.House) -> None:
    admin = house.user("administrator")
    with pytest.raises(PermissionDenied):
        set_common(
            actor=house.user("clerk"),
            municipality=house.municipality,
            answer=CommonAnswer(True, BOXES),
        )
    set_common(actor=admin, municipality=house.municipality, answer=CommonAnswer(True, BOXES))
    assert kept(house).finance_boxes == [list(row) for row in BOXES]
    assert kept(house).wording_per_committee

    with pytest.raises(RuleViolation, match="braucht jedes Formular"):
        set_common(actor=admin, municipality=house.municipality, answer=CommonAnswer(False, []))
    usual = [("expense", ""), ("follow_up", ""), ("income", "")]
    set_common(actor=admin, municipality=house.municipality, answer=CommonAnswer(False, usual))
    assert (kept(house).finance_boxes, kept(house).wording_per_committee) == ([], False)
