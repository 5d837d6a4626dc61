import copy
import pickle

import pytest

from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.costs import Qualifier
from proposals.rules.errors import RuleViolation
from proposals.rules.lifecycle import ProposalStatus
from proposals.rules.sections import Section
from proposals.rules.voting import AbstentionForbidden, VoteKind, VoteMode, VoteResult
from proposals.rules.words import (
    CommitteeKind,
    Labelled,
    Land,
    MunicipalityKind,
    ProposalKind,
)

LISTS: list[type[Labelled]] = [
    CommitteeKind, ConsultationRole, Land, MunicipalityKind, Outcome, ProposalKind, ProposalStatus,
    Qualifier, Section, Verdict, VoteKind, VoteMode, VoteResult,
]  # fmt: skip


@pytest.mark.parametrize("words", LISTS)
def test_a_word_is_its_code_and_carries_a_german_label_of_its_own(words: type[Labelled]) -> None:
    labels = [label for _, label in words.choices()]
    assert len(set(labels)) == len(labels) == len(words)
    for value, label in words.choices():
        member = words(value)
        assert member == value == str(member)
        assert member.label == label
        assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301  (our own bytes)


def test_a_code_is_the_lower_case_name_except_for_the_laender() -> None:
    for words in LISTS:
        for member in words:
            assert member.value == (member.name if words is Land else member.name.lower())


def test_counties_are_landkreise_and_kreise() -> None:
    counties = {kind for kind in MunicipalityKind if kind.is_county}
    assert counties == {MunicipalityKind.LANDKREIS, MunicipalityKind.KREIS}


def test_a_violation_reads_as_its_sentence_with_the_paragraph() -> None:
    assert str(RuleViolation("So nicht.")) == "So nicht."
    cited = RuleViolation("So nicht.", "§ 66 NKomVG", field="yes")
    assert str(cited) == "So nicht. (§ 66 NKomVG)"
    assert (cited.message, cited.field, cited.waivable) == ("So nicht.", "yes", False)


def test_a_violation_survives_copying_and_keeps_its_kind() -> None:
    twin = copy.copy(AbstentionForbidden("Nein.", "Art. 45 LKrO", waivable=True))
    assert isinstance(twin, AbstentionForbidden)
    assert (twin.message, twin.paragraph, twin.waivable) == ("Nein.", "Art. 45 LKrO", True)
