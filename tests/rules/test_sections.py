from proposals.rules.sections import REQUIRED_SECTIONS_OF, SECTIONS_OF, Section, is_required
from proposals.rules.words import ProposalKind


def test_every_kind_has_sections_and_the_required_ones_are_among_them() -> None:
    assert set(SECTIONS_OF) == set(REQUIRED_SECTIONS_OF) == set(ProposalKind)
    for kind in ProposalKind:
        assert REQUIRED_SECTIONS_OF[kind] <= set(SECTIONS_OF[kind])
        assert REQUIRED_SECTIONS_OF[kind]


def test_a_mitteilung_proposes_nothing_and_alternatives_are_free() -> None:
    assert SECTIONS_OF[ProposalKind.MITTEILUNGSVORLAGE] == (Section.FACTS,)
    assert is_required(ProposalKind.BESCHLUSSVORLAGE, Section.WORDING)
    assert not is_required(ProposalKind.BESCHLUSSVORLAGE, Section.ALTERNATIVES)
    assert not is_required(ProposalKind.MITTEILUNGSVORLAGE, Section.WORDING)
    assert is_required(ProposalKind.ANTRAG, Section.JUSTIFICATION)
