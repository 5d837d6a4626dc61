"""Förderung: maxima stay maxima, and only what is sure lowers what the house pays itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .costs import Qualifier, Total, objection_to_amount, objection_to_years, total_of
from .errors import RuleViolation
from .words import Labelled


class FundingKind(Labelled):
    """How a grant is measured."""

    FIXED = "fixed", "Festbetrag"
    SHARE = "share", "Anteil"
    MAXIMUM = "maximum", "Höchstbetrag"


class FundingState(Labelled):
    """How sure a grant is; only what is promised or granted counts as secured."""

    PLANNED = "planned", "beabsichtigt"
    REQUESTED = "requested", "beantragt"
    PROMISED = "promised", "zugesagt"
    GRANTED = "granted", "bewilligt"

    @property
    def is_secured(self) -> bool:
        """Say whether the money may be counted on."""
        return self in (FundingState.PROMISED, FundingState.GRANTED)


@dataclass(frozen=True)
class FundingLine:
    """A grant of `count` times at most `amount_each`, such as 3 × bis zu 50.000 €."""

    count: int
    amount_each: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT
    kind: FundingKind = FundingKind.FIXED
    state: FundingState = FundingState.PLANNED
    recurring: bool = False
    year: int | None = None
    until: int | None = None

    @property
    def amount(self) -> Decimal | None:
        """Return what all units bring together."""
        return None if self.amount_each is None else self.amount_each * self.count

    @property
    def firmness(self) -> Qualifier:
        """Return how firm the amount is: a maximum is one, whatever word stands before it."""
        return Qualifier.UP_TO if self.kind == FundingKind.MAXIMUM else self.qualifier

    @property
    def is_secured(self) -> bool:
        """Say whether the house may count on the amount: promised, and not only a maximum."""
        return self.state.is_secured and self.firmness != Qualifier.UP_TO


@dataclass(frozen=True)
class OwnShare:
    """Eigenanteil: costs less what is secured; `at_best` with every grant paid in full.

    `at_best` is None where no grant is open: both would say the same.
    """

    secured: Total
    at_best: Total | None


def funding_total(lines: Iterable[FundingLine]) -> Total:
    """Add grants; maxima stay maxima: 3 × 50.000 + 1 × 20.000 gives "bis zu 170.000 €"."""
    return total_of((line.amount, line.firmness) for line in lines)


def own_share(costs: Total, lines: Sequence[FundingLine]) -> OwnShare:
    """Return what the house pays itself (domain.md 3.2: costs less secured funding)."""
    secured = costs.minus(funding_total(line for line in lines if line.is_secured))
    if all(line.is_secured for line in lines):
        return OwnShare(secured, None)
    exact = total_of((line.amount, Qualifier.EXACT) for line in lines)
    return OwnShare(secured, costs.minus(exact))


def objection_to_funding_line(line: FundingLine) -> RuleViolation | None:
    """Refuse a grant of no units, with an impossible amount, or that ends before it begins."""
    if line.count < 1:
        return RuleViolation("Die Anzahl muss mindestens 1 sein.", field="count")
    if line.until is not None and not line.recurring:
        return RuleViolation(
            "Ein letztes Haushaltsjahr gehört zu einer Förderung, die jährlich kommt.",
            field="until",
        )
    objection = objection_to_amount(line.amount_each, "amount_each") or objection_to_amount(
        line.amount, "amount_each"
    )
    return objection or objection_to_years(line.year, line.until)
