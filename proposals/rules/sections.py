"""Abschnitte einer Vorlage: which parts a kind of paper has."""

from collections.abc import Mapping

from .words import Labelled, ProposalKind


class Section(Labelled):
    """Abschnitt; a house may print another heading (Sachdarstellung, Inhalt der Mitteilung)."""

    FACTS = "facts", "Sachverhalt"
    WORDING = "wording", "Beschlussvorschlag"
    JUSTIFICATION = "justification", "Begründung"
    ALTERNATIVES = "alternatives", "Alternativen"


SECTIONS_OF: Mapping[ProposalKind, tuple[Section, ...]] = {
    ProposalKind.BESCHLUSSVORLAGE: (Section.FACTS, Section.WORDING, Section.ALTERNATIVES),
    ProposalKind.MITTEILUNGSVORLAGE: (Section.FACTS,),
    ProposalKind.ANTRAG: (Section.WORDING, Section.JUSTIFICATION),
    ProposalKind.AENDERUNGSANTRAG: (Section.WORDING, Section.JUSTIFICATION),
}
REQUIRED_SECTIONS_OF: Mapping[ProposalKind, frozenset[Section]] = {
    ProposalKind.BESCHLUSSVORLAGE: frozenset({Section.FACTS, Section.WORDING}),
    ProposalKind.MITTEILUNGSVORLAGE: frozenset({Section.FACTS}),
    ProposalKind.ANTRAG: frozenset({Section.WORDING, Section.JUSTIFICATION}),
    # often moved on the evening, without a written Begründung
    ProposalKind.AENDERUNGSANTRAG: frozenset({Section.WORDING}),
}


def is_required(kind: ProposalKind, section: Section) -> bool:
    """Say whether a paper of this kind cannot be submitted without the section."""
    return section in REQUIRED_SECTIONS_OF[kind]
