"""Bezug: how one paper relates to another (OParl: relatedPaper), and what may follow a paper."""

from dataclasses import dataclass

from .errors import RuleViolation
from .results import RecommendationAs
from .sections import SECTIONS_OF, Section
from .words import Labelled, ProposalKind


class RelationKind(Labelled):
    """Art des Bezuges, read from the later paper to the earlier one."""

    AMENDS = "amends", "Änderungsantrag zu"
    STATEMENT = "statement", "Stellungnahme der Verwaltung zu"
    RESUBMITS = "resubmits", "erneute Vorlage von"
    SUPPLEMENTS = "supplements", "Ergänzung zu"
    ANSWERS = "answers", "Antwort auf"

    @property
    def inverse(self) -> str:
        """Return the words read from the earlier paper to the later one."""
        return _INVERSE[self]


_INVERSE = {
    RelationKind.AMENDS: "Änderungsantrag",
    RelationKind.STATEMENT: "Stellungnahme der Verwaltung",
    RelationKind.RESUBMITS: "erneut vorgelegt als",
    RelationKind.SUPPLEMENTS: "ergänzt durch",
    RelationKind.ANSWERS: "beantwortet durch",
}


@dataclass(frozen=True)
class RelationFacts:
    """Two papers that somebody wants to relate; `known` and `reversed_` say what exists already."""

    kind: RelationKind
    later: ProposalKind
    earlier: ProposalKind
    same: bool = False
    known: bool = False
    reversed_: bool = False
    withdrawn: bool = False


def objection_to_relating(facts: RelationFacts) -> RuleViolation | None:
    """Name the first thing that keeps two papers from this relation."""
    if facts.same:
        return RuleViolation("Eine Vorlage bezieht sich nicht auf sich selbst.", field="to")
    if facts.known:
        return RuleViolation("Dieser Bezug besteht schon.", field="to")
    if facts.reversed_:
        return RuleViolation("Dieser Bezug besteht schon in der anderen Richtung.", field="to")
    if facts.kind == RelationKind.AMENDS:
        return _objection_to_amending(facts)
    if facts.kind == RelationKind.ANSWERS:
        return _objection_to_answering(facts)
    if facts.kind == RelationKind.STATEMENT and facts.later.is_motion:
        return RuleViolation(
            f"{facts.later.named} ist keine Stellungnahme der Verwaltung; sie ist eine eigene "
            "Vorlage.",
            field="kind",
        )
    return None


def _objection_to_amending(facts: RelationFacts) -> RuleViolation | None:
    if facts.later != ProposalKind.AENDERUNGSANTRAG:
        return RuleViolation("Nur ein Änderungsantrag ändert eine andere Vorlage.", field="kind")
    if Section.WORDING not in SECTIONS_OF[facts.earlier]:
        return RuleViolation(
            f"{facts.earlier.named} hat keinen Beschlussvorschlag, der zu ändern wäre.",
            field="to",
        )
    if facts.withdrawn:
        return RuleViolation(
            "Die Vorlage, die geändert werden soll, ist zurückgezogen.", field="to"
        )
    return None


def _objection_to_answering(facts: RelationFacts) -> RuleViolation | None:
    if facts.later != ProposalKind.ANTWORT:
        return RuleViolation(
            f"Eine Anfrage beantwortet eine Vorlage der Art „{ProposalKind.ANTWORT.label}“.",
            field="kind",
        )
    if facts.earlier != ProposalKind.ANFRAGE:
        return RuleViolation(
            f"{facts.earlier.named} ist keine Anfrage, die zu beantworten wäre.", field="to"
        )
    return None


@dataclass(frozen=True)
class ReissueFacts:
    """A wording that somebody wants to re-issue: in which house, and where its paper stands."""

    house: RecommendationAs
    recommended: bool
    number: str
    issued_as: str = ""
    under_way: bool = True


def objection_to_reissue(facts: ReissueFacts) -> RuleViolation | None:
    """Refuse a re-issue that the house does not know or nobody would get (practice.md 1.7)."""
    if facts.house != RecommendationAs.REISSUE:
        return RuleViolation(
            f"Diese Kommune gibt Empfehlungen {facts.house.label} weiter, nicht als neue Fassung."
        )
    if not facts.recommended:
        return RuleViolation("Neu herausgegeben wird nur der Wortlaut, den ein Gremium empfiehlt.")
    if not facts.number:
        return RuleViolation("Die Vorlage hat noch keine Nummer.")
    if facts.issued_as:
        return RuleViolation(f"Dieser Wortlaut ist schon als {facts.issued_as} herausgegeben.")
    if not facts.under_way:
        return RuleViolation("Über die Vorlage berät kein Gremium mehr.")
    return None


@dataclass(frozen=True)
class SupplementFacts:
    """A paper that somebody wants to supplement."""

    number: str
    released: bool
    withdrawn: bool


def objection_to_supplementing(facts: SupplementFacts) -> RuleViolation | None:
    """Refuse a supplement to what is still a draft, or no paper any more."""
    if facts.withdrawn:
        return RuleViolation("Die Vorlage ist zurückgezogen; eine Ergänzung käme zu nichts.")
    if not facts.released or not facts.number:
        return RuleViolation(
            "Die Vorlage ist noch nicht freigegeben; bitte ändern Sie sie selbst, statt sie zu "
            "ergänzen."
        )
    return None
