from datetime import date

import pytest

from proposals.rules.head import has_subjects, objection_to_head_subject, presets_without_head
from proposals.rules.law import Law, law
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind

DAY = date(2026, 3, 1)
COUNTY, TOWN = MunicipalityKind.KREIS, MunicipalityKind.STADT
NW, NI, SH = (law(land, COUNTY, DAY) for land in (Land.NW, Land.NI, Land.SH))
GO = law(Land.NW, TOWN, DAY)
COUNCIL, COMMITTEE = CommitteeKind.COUNCIL, CommitteeKind.COMMITTEE


@pytest.mark.parametrize("rules", [NW, GO])
def test_a_subject_of_the_law_takes_the_vote_of_the_head(rules: Law) -> None:
    assert has_subjects(rules, COUNCIL)
    assert presets_without_head(rules, COUNCIL, "claims")
    assert not presets_without_head(rules, COUNCIL, "")
    assert not presets_without_head(rules, COUNCIL, "parking")
    assert not presets_without_head(rules, COMMITTEE, "claims")  # the head has no vote there
    assert objection_to_head_subject(rules, COUNCIL, "claims", without_head=False) is None


@pytest.mark.parametrize("rules", [NI, SH])
def test_other_laender_know_no_such_subjects(rules: Law) -> None:
    assert not has_subjects(rules, COUNCIL)
    assert objection_to_head_subject(rules, COUNCIL, "", without_head=False) is None
    refused = objection_to_head_subject(rules, COUNCIL, "", without_head=True)
    assert refused is not None
    assert refused.field == "without_head"


def test_a_subject_that_the_law_does_not_name_is_refused() -> None:
    refused = objection_to_head_subject(NW, COUNCIL, "parking", without_head=True)
    assert refused is not None
    assert refused.field == "head_subject"
    assert "nennt das Recht" in str(refused)
