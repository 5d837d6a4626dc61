"""Abschnitte einer Vorlage: which parts a kind of paper has, and how a house orders and names them.

A house may print other headings (Sachdarstellung, Inhalt der Mitteilung), another order, and count
sections in Roman figures (domain.md 1.6).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from .errors import RuleViolation
from .roman import to_roman
from .words import Labelled, ProposalKind


class Section(Labelled):
    """Abschnitt; a house may print another heading (Sachdarstellung, Inhalt der Mitteilung)."""

    FACTS = "facts", "Sachverhalt"
    WORDING = "wording", "Beschlussvorschlag"
    JUSTIFICATION = "justification", "Begründung"
    ALTERNATIVES = "alternatives", "Alternativen"
    GOALS = "goals", "Ziele"
    PROBLEM = "problem", "Problem"
    SOLUTION = "solution", "Lösung"
    EFFECTS = "effects", "Auswirkungen/Zusammenhänge"
    COMPETENCE = "competence", "Zuständigkeit für die Entscheidung"
    PROVISIONS = "provisions", "Beschlussvorschriften"
    EARLIER_DECISIONS = "earlier_decisions", "Bereits gefasste Beschlüsse"
    URGENCY = "urgency", "Begründung der Dringlichkeit"
    QUESTIONS = "questions", "Fragen"
    ANSWER = "answer", "Antwort"


FINANCE: Final = "finance"  # the place of the finance block among the sections
COUNTED: Final = "counted"  # the heading above sections counted in Roman figures

SECTIONS_OF: Mapping[ProposalKind, tuple[Section, ...]] = {
    ProposalKind.BESCHLUSSVORLAGE: (Section.FACTS, Section.WORDING, Section.ALTERNATIVES),
    ProposalKind.MITTEILUNGSVORLAGE: (Section.FACTS,),
    ProposalKind.ANTRAG: (Section.WORDING, Section.JUSTIFICATION),
    ProposalKind.AENDERUNGSANTRAG: (Section.WORDING, Section.JUSTIFICATION),
    ProposalKind.ANFRAGE: (Section.QUESTIONS, Section.JUSTIFICATION),
    ProposalKind.ANTWORT: (Section.ANSWER,),
}
REQUIRED_SECTIONS_OF: Mapping[ProposalKind, frozenset[Section]] = {
    ProposalKind.BESCHLUSSVORLAGE: frozenset({Section.FACTS, Section.WORDING}),
    ProposalKind.MITTEILUNGSVORLAGE: frozenset({Section.FACTS}),
    ProposalKind.ANTRAG: frozenset({Section.WORDING, Section.JUSTIFICATION}),
    # often moved on the evening, without a written Begründung
    ProposalKind.AENDERUNGSANTRAG: frozenset({Section.WORDING}),
    ProposalKind.ANFRAGE: frozenset({Section.QUESTIONS}),
    ProposalKind.ANTWORT: frozenset({Section.ANSWER}),
}


@dataclass(frozen=True)
class Block:
    """One block of a printed paper: a section, or with `section` None the finance block.

    `under` is the heading that it shares with its neighbours ("Begründung" over I. to V.).
    """

    title: str
    section: Section | None = None
    under: str = ""


@dataclass(frozen=True)
class HouseSections:
    """What a house does with the sections; everything empty: as the program has them.

    `of_kind` lists a kind's sections in its order, `order` is the order of the other kinds;
    `finance` may stand in both. `names` gives headings by section, and by kind those that differ
    there. `counted` are the sections that are counted I., II., … as they stand in the order,
    `counted_of` those of the kinds that count others.
    """

    of_kind: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: Sequence[str] = ()
    names: Mapping[str, Any] = field(default_factory=dict)
    counted: Sequence[str] = ()
    counted_of: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of(self, kind: ProposalKind) -> tuple[Section, ...]:
        """Return the sections that a paper of this kind has, in the order of the house."""
        return tuple(Section(name) for name in self.order_of(kind) if name != FINANCE)

    def required(self, kind: ProposalKind) -> frozenset[Section]:
        """Return those without which it cannot be handed in.

        A house without "Sachverhalt" needs the first of the sections that it has in its place.
        """
        own, needed = self.of(kind), REQUIRED_SECTIONS_OF[kind]
        kept = needed & set(own)
        if needed == kept:
            return kept
        instead = [one for one in own if one != Section.WORDING and one not in kept]
        return kept | set(instead[:1])

    def name(self, section: Section, kind: ProposalKind) -> str:
        """Return the heading of a section, without its figure."""
        return self._name(section.value, kind, section.label)

    def title(self, section: Section, kind: ProposalKind) -> str:
        """Return the heading of a section as the draft form shows it, with its figure."""
        figures = self._figures(kind)
        name = self.name(section, kind)
        return f"{figures[section]} {name}" if section in figures else name

    def reasons_title(self, kind: ProposalKind) -> str:
        """Return the heading under which the administration gives its reasons as a whole."""
        first = next((one for one in self.of(kind) if one != Section.WORDING), Section.FACTS)
        return self.joined_title(kind) or self.name(first, kind)

    def joined_title(self, kind: ProposalKind) -> str:
        """Return the heading that stands once above the counted sections; "" for none."""
        return self._name(COUNTED, kind, "")

    def finance_title(self, kind: ProposalKind) -> str:
        """Return the heading of the finance block."""
        return self._name(FINANCE, kind, "Finanzielle Auswirkungen")

    def blocks(
        self, kind: ProposalKind, filled: Collection[str], *, with_finance: bool = False
    ) -> list[Block]:
        """Return what is printed, in order: the sections with a text, and the finance block.

        Counted sections keep their figures; an empty one goes under the heading of the one before
        it, at the beginning of the one behind it: "I.–IV." A text of a section that the house has
        given up since stands behind the others.
        """
        order = self.order_of(kind)
        order += [one.value for one in Section if one in filled and one.value not in order]
        merged = self._merged(kind, order, filled)
        blocks: list[Block] = []
        under = self.joined_title(kind)
        for name in order:
            if name == FINANCE:
                if with_finance:
                    blocks.append(Block(self.finance_title(kind)))
            elif name in merged:
                blocks.append(Block(merged[name], Section(name), under))
            elif name in filled:
                blocks.append(Block(self.name(Section(name), kind), Section(name)))
        return blocks

    def order_of(self, kind: ProposalKind) -> list[str]:
        """Return the codes of its sections and of the finance block, in the order of the house."""
        own = self.of_kind.get(kind.value)
        if own:
            order = list(own)
            return order if FINANCE in order else [*order, FINANCE]
        wanted = [section.value for section in SECTIONS_OF[kind]]
        order = [name for name in self.order if name in [*wanted, FINANCE]]
        end = max((at for at, name in enumerate(order, 1) if name in wanted), default=0)
        order[end:end] = [name for name in wanted if name not in order]
        return order if FINANCE in order else [*order, FINANCE]

    def counted_in(self, kind: ProposalKind) -> list[str]:
        """Return the codes of the sections that are counted in a paper of this kind."""
        counted = self.counted_of.get(kind.value, self.counted)
        return [name for name in self.order_of(kind) if name in counted]

    def _figures(self, kind: ProposalKind) -> dict[str, str]:
        return {name: f"{to_roman(at)}." for at, name in enumerate(self.counted_in(kind), 1)}

    def _merged(
        self, kind: ProposalKind, order: Iterable[str], filled: Collection[str]
    ) -> dict[str, str]:
        """Return the headings of the counted sections with a text, each with the empty ones."""
        counted = self.counted_in(kind)
        groups: list[list[str]] = []
        for name in counted:
            # what is empty at the beginning waits for the first text
            has_text = bool(groups) and any(one in filled for one in groups[-1])
            if not groups or (name in filled and has_text):
                groups.append([name])
            else:
                groups[-1].append(name)
        figures = self._figures(kind)
        return {
            next(name for name in group if name in filled): self._heading(kind, group, figures)
            for group in groups
            if any(name in filled for name in group)
        }

    def _heading(self, kind: ProposalKind, group: list[str], figures: Mapping[str, str]) -> str:
        names = ", ".join(self.name(Section(name), kind) for name in group)
        first, last = figures[group[0]], figures[group[-1]]
        return f"{first} {names}" if len(group) == 1 else f"{first}–{last} {names}"

    def _name(self, name: str, kind: ProposalKind, usual: str) -> str:
        of_kind = self.names.get(kind.value)
        if isinstance(of_kind, Mapping) and name in of_kind:
            return str(of_kind[name])
        return str(self.names.get(name, usual))


def objection_to_sections(kind: ProposalKind, sections: Sequence[str]) -> RuleViolation | None:
    """Refuse a list with a section twice, or without the wording that there is to vote on.

    A house decides what its papers ask for, not whether a Beschlussvorlage has a resolution.
    """
    known = {section.value for section in Section} | {FINANCE}
    if unknown := [name for name in sections if name not in known]:
        return RuleViolation(f"Den Abschnitt „{unknown[0]}“ gibt es nicht.", field="sections")
    if len(set(sections)) != len(sections):
        return RuleViolation("Ein Abschnitt steht zweimal in der Liste.", field="sections")
    if kind.asks_for_a_decision and Section.WORDING not in sections:
        return RuleViolation(
            f"{kind.named} braucht den Abschnitt „{Section.WORDING.label}“.", field="sections"
        )
    if kind.is_never_voted_on and Section.WORDING in sections:
        return RuleViolation(f"{kind.named} hat keinen Beschlussvorschlag.", field="sections")
    if not set(sections) - {FINANCE}:
        return RuleViolation(f"{kind.named} braucht einen Abschnitt.", field="sections")
    return None
