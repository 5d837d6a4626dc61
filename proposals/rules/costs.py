"""Finanzielle Auswirkungen: totals that never hide what nobody has put a figure on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .errors import RuleViolation
from .words import Labelled

_NBSP = "\u00a0"
_LIMIT = Decimal(10) ** 12  # Decimal(14, 2)
_YEARS = range(1946, 2200)  # a year of two digits or with one too many is a slip
_PERSONNEL = re.compile(r"\bpersonal(kosten|aufw|ausgab)", re.IGNORECASE)


class CostKind(Labelled):
    """Which of the house's boxes a cost item belongs to (domain.md 3.1)."""

    EXPENSE = "expense", "Gesamtkosten"
    FOLLOW_UP = "follow_up", "jährliche Folgekosten"
    INCOME = "income", "objektbezogene Einnahmen"


class Qualifier(Labelled):
    """How firm an amount is; the label is the word printed before it."""

    EXACT = "exact", ""
    ABOUT = "about", "rd."
    UP_TO = "up_to", "bis zu"
    AT_LEAST = "at_least", "mindestens"


class CostNature(Labelled):
    """What an amount is in the budget (domain.md 3.2)."""

    EXPENSE = "expense", "Aufwand"
    INVESTMENT = "investment", "Auszahlung (Investition)"
    INCOME = "income", "Ertrag"
    RECEIPT = "receipt", "Einzahlung (Investition)"


class Rhythm(Labelled):
    """How often an amount falls due."""

    ONCE = "once", "einmalig"
    YEARLY = "yearly", "jährlich"
    MONTHLY = "monthly", "monatlich"


class Budgeted(Labelled):
    """Whether the budget holds the money already."""

    UNKNOWN = "", "keine Angabe"
    YES = "yes", "veranschlagt"
    PARTLY = "partly", "teilweise veranschlagt"
    NO = "no", "nicht veranschlagt"


class BudgetStatus(Labelled):
    """Whether the spending stands in the plan (§ 117 NKomVG, § 83 GO NRW, § 82 GO SH)."""

    PLANNED = "planned", "planmäßig"
    ABOVE = "above", "überplanmäßig"
    OUTSIDE = "outside", "außerplanmäßig"


@dataclass(frozen=True)
class CostLine:
    """A cost position; `amount` is None where nobody knows it, which is neither 0 nor "keine".

    `before` and `after` are the present and the new budget where the position changes one. A
    monthly amount is the amount of one month. `from_positions`: its amount is what the posts cost.
    """

    text: str
    amount: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT
    recurring: bool = False
    before: Decimal | None = None
    after: Decimal | None = None
    kind: CostKind = CostKind.EXPENSE
    nature: CostNature = CostNature.EXPENSE
    monthly: bool = False
    year: int | None = None
    until: int | None = None
    from_positions: bool = False

    @property
    def rhythm(self) -> Rhythm:
        """Return how often the amount falls due; follow-up costs are yearly by their name."""
        if self.monthly:
            return Rhythm.MONTHLY
        yearly = self.recurring or self.kind == CostKind.FOLLOW_UP
        return Rhythm.YEARLY if yearly else Rhythm.ONCE

    @property
    def yearly(self) -> Decimal | None:
        """Return what falls due in one year: twelve months of a monthly amount."""
        if self.amount is None or self.rhythm != Rhythm.MONTHLY:
            return self.amount
        return self.amount * 12

    @property
    def is_income(self) -> bool:
        """Say whether the house gets the money."""
        return self.kind == CostKind.INCOME or self.nature in (
            CostNature.INCOME,
            CostNature.RECEIPT,
        )

    @property
    def is_investment(self) -> bool:
        """Say whether it belongs to the Finanzhaushalt alone."""
        return self.nature in (CostNature.INVESTMENT, CostNature.RECEIPT)

    @property
    def speaks_of_posts(self) -> bool:
        """Say whether it stands for what the posts cost, so that they do not count once more."""
        return self.from_positions or bool(_PERSONNEL.search(self.text))


@dataclass(frozen=True)
class Total:
    """A sum with what is known about it.

    `complete` is false where an amount is unknown; `bounds` are the qualifiers of the amounts that
    are not exact. A `signed` total is a balance, for which "mindestens" would say nothing.
    """

    known: Decimal = Decimal(0)
    complete: bool = True
    bounds: frozenset[Qualifier] = frozenset()
    signed: bool = False

    @property
    def approximate(self) -> bool:
        """Say whether one of the amounts is not exact."""
        return bool(self.bounds)

    @property
    def prefix(self) -> str:
        """Return the word that belongs before the sum.

        An upper and a lower bound added bound nothing: the sum is a rough figure.
        """
        about = Qualifier.ABOUT in self.bounds
        bounds = self.bounds & {Qualifier.UP_TO, Qualifier.AT_LEAST}
        if self.signed:
            return Qualifier.ABOUT.label if self.bounds else ""
        if len(bounds) == 1:
            bound = next(iter(bounds)).label
            return f"{bound} {Qualifier.ABOUT.label}" if about else bound
        return Qualifier.ABOUT.label if about or bounds else ""

    @property
    def amount(self) -> str:
        """Return the known sum with its word: "bis zu 170.000 €"."""
        return f"{self.prefix} {euro(self.known)}".strip()

    @property
    def sentence(self) -> str:
        """Return the sum as people may rely on it: "mindestens 10.000 € (unvollständig)"."""
        if self.complete:
            return self.amount
        if not self.known or (self.known < 0 and not self.signed):
            return "nicht beziffert (unvollständig)"  # "mindestens" nothing says nothing
        if self.signed:
            return f"{self.amount} (unvollständig)"
        if Qualifier.UP_TO in self.bounds:
            return f"{self.amount} und nicht bezifferte Beträge (unvollständig)"
        words = self.amount if self.prefix.startswith("mindestens") else f"mindestens {self.amount}"
        return f"{words} (unvollständig)"

    def __add__(self, other: "Total") -> "Total":
        return Total(
            self.known + other.known, self.complete and other.complete, self.bounds | other.bounds
        )

    def minus(self, other: "Total") -> "Total":
        """Return the difference: what is taken away at most leaves at least the rest."""
        flipped = {Qualifier.UP_TO: Qualifier.AT_LEAST, Qualifier.AT_LEAST: Qualifier.UP_TO}
        turned = {flipped.get(bound, bound) for bound in other.bounds}
        return Total(
            self.known - other.known, self.complete and other.complete, self.bounds | turned
        )


def total(lines: Iterable[CostLine]) -> Total:
    """Add the known amounts of a year; no line at all is a complete 0."""
    return total_of((line.yearly, line.qualifier) for line in lines)


def total_of(amounts: Iterable[tuple[Decimal | None, Qualifier]]) -> Total:
    """Add amounts with their qualifiers; None is an amount that nobody knows."""
    known, complete, qualifiers = Decimal(0), True, set()
    for amount, qualifier in amounts:
        if amount is None:
            complete = False
        else:
            known += amount
            qualifiers.add(qualifier)
    return Total(known, complete, frozenset(qualifiers - {Qualifier.EXACT}))


def agreed_words(lines: Sequence[CostLine]) -> str:
    """Return the words a form prints: "Personalkosten für eine Stelle + 10.000 €".

    What has no figure stands with its own words, the known amounts follow as one sum; nothing is
    returned for no lines, because "keine" is said by people only.
    """
    parts = [line.text.strip() for line in lines if line.amount is None]
    known = [line for line in lines if line.amount is not None]
    if known:
        parts.append(total(known).amount)
    return " + ".join(parts)


def euro(amount: Decimal) -> str:
    """Return "10.000 €" or "10.000,50 €", cents only where there are any (no-break space)."""
    cents = amount.quantize(Decimal("0.01"))
    text = f"{cents:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{text.removesuffix(',00')}{_NBSP}€"


def objection_to_cost_line(line: CostLine) -> RuleViolation | None:
    """Refuse what can never be right: no text, impossible amounts, an end before the beginning.

    A new budget that is not the old one and the amount is no refusal but a note (plausibility.py).
    """
    if not line.text.strip():
        return RuleViolation("Bitte bezeichnen Sie die Kostenposition.", field="text")
    for field in ("amount", "before", "after"):
        objection = objection_to_amount(getattr(line, field), field)
        if objection:
            return objection
    bare = line.amount is None and not line.from_positions
    if bare and line.qualifier != Qualifier.EXACT:
        return RuleViolation(f"Zu „{line.qualifier.label}“ gehört ein Betrag.", field="amount")
    if line.until is not None and line.rhythm == Rhythm.ONCE:
        return RuleViolation(
            "Ein letztes Haushaltsjahr gehört zu einem Betrag, der wiederkehrt.", field="until"
        )
    return objection_to_years(line.year, line.until)


def objection_to_years(year: int | None, until: int | None) -> RuleViolation | None:
    """Refuse a year that is none, and an end before the beginning."""
    for field, given in (("year", year), ("until", until)):
        if given is not None and given not in _YEARS:
            return RuleViolation("Bitte das Jahr prüfen.", field=field)
    if year is not None and until is not None and until < year:
        return RuleViolation("Das letzte Haushaltsjahr liegt vor dem ersten.", field="until")
    return None


def objection_to_amount(amount: Decimal | None, field: str) -> RuleViolation | None:
    """Refuse an amount that is negative, finer than a cent or too large to store."""
    if amount is None:
        return None
    if not amount.is_finite() or amount >= _LIMIT:
        return RuleViolation("Dieser Betrag ist zu groß.", field=field)
    if amount < 0:
        return RuleViolation("Ein Betrag kann nicht negativ sein.", field=field)
    if amount != amount.quantize(Decimal("0.01")):
        return RuleViolation("Ein Betrag hat höchstens zwei Nachkommastellen.", field=field)
    return None
