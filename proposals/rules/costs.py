"""Finanzielle Auswirkungen: totals that never hide what nobody has put a figure on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .errors import RuleViolation
from .words import Labelled

_NBSP = "\u00a0"
_LIMIT = Decimal(10) ** 12  # Decimal(14, 2)


class Qualifier(Labelled):
    """How firm an amount is; the label is the word printed before it."""

    EXACT = "exact", ""
    ABOUT = "about", "rd."
    UP_TO = "up_to", "bis zu"
    AT_LEAST = "at_least", "mindestens"


@dataclass(frozen=True)
class CostLine:
    """A cost position; `amount` is None where nobody knows it, which is neither 0 nor "keine".

    `before` and `after` are the present and the new budget where the position changes one.
    """

    text: str
    amount: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT
    recurring: bool = False
    before: Decimal | None = None
    after: Decimal | None = None


@dataclass(frozen=True)
class FundingLine:
    """A grant of `count` times at most `amount_each`, such as 3 × bis zu 50.000 €."""

    count: int
    amount_each: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True)
class Total:
    """A sum with what is known about it.

    `complete` is false where an amount is unknown, `approximate` true where one is not exact;
    `prefix` is the word that then belongs before the sum.
    """

    known: Decimal
    complete: bool
    approximate: bool
    prefix: str = ""

    @property
    def amount(self) -> str:
        """Return the known sum with its word: "bis zu 170.000 €"."""
        return f"{self.prefix} {euro(self.known)}".strip()

    @property
    def sentence(self) -> str:
        """Return the sum as people may rely on it: "mindestens 10.000 € (unvollständig)"."""
        if self.complete:
            return self.amount
        if not self.known:
            return "nicht beziffert (unvollständig)"
        if self.prefix.startswith(Qualifier.UP_TO.label):
            return f"{self.amount} und nicht bezifferte Beträge (unvollständig)"
        words = self.amount if self.prefix.startswith("mindestens") else f"mindestens {self.amount}"
        return f"{words} (unvollständig)"


def total(lines: Iterable[CostLine]) -> Total:
    """Add the known amounts; no line at all is a complete 0."""
    return _total((line.amount, line.qualifier) for line in lines)


def funding_total(lines: Iterable[FundingLine]) -> Total:
    """Add grants; maxima stay maxima: 3 × 50.000 + 1 × 20.000 gives "bis zu 170.000 €"."""
    return _total(
        (None if line.amount_each is None else line.amount_each * line.count, line.qualifier)
        for line in lines
    )


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
    """Refuse what can never be right: no text, impossible amounts, a sum that does not add up."""
    if not line.text.strip():
        return RuleViolation("Bitte bezeichnen Sie die Kostenposition.", field="text")
    for field in ("amount", "before", "after"):
        objection = objection_to_amount(getattr(line, field), field)
        if objection:
            return objection
    if line.amount is None and line.qualifier != Qualifier.EXACT:
        return RuleViolation(f"Zu „{line.qualifier.label}“ gehört ein Betrag.", field="amount")
    if line.before is None or line.amount is None or line.after is None:
        return None
    if line.before + line.amount != line.after:
        return RuleViolation(
            f"Der neue Ansatz stimmt nicht: {euro(line.before)} + {euro(line.amount)} sind "
            f"{euro(line.before + line.amount)}, nicht {euro(line.after)}.",
            field="after",
        )
    return None


def objection_to_funding_line(line: FundingLine) -> RuleViolation | None:
    """Refuse a grant of no units or with an impossible amount."""
    if line.count < 1:
        return RuleViolation("Die Anzahl muss mindestens 1 sein.", field="count")
    return objection_to_amount(line.amount_each, "amount_each")


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


def objection_to_share(share: Decimal) -> RuleViolation | None:
    """Refuse a post without a share of a full one, and one of more than ten thousand."""
    if not 0 < share < 10_000:
        return RuleViolation("Ein Stellenanteil muss größer als 0 sein.", field="share")
    return None


def staff_total(shares: Iterable[Decimal]) -> Decimal:
    """Add shares of posts: 2 + 2 + 1 + 0,5 are 5,5."""
    return sum(shares, Decimal(0))


def shares_words(share: Decimal) -> str:
    """Return a share of posts as people write it: "5,5", "0,43", "2"."""
    text = f"{share:.3f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _total(amounts: Iterable[tuple[Decimal | None, Qualifier]]) -> Total:
    known, complete, qualifiers = Decimal(0), True, set()
    for amount, qualifier in amounts:
        if amount is None:
            complete = False
        else:
            known += amount
            qualifiers.add(qualifier)
    return Total(
        known=known,
        complete=complete,
        approximate=bool(qualifiers - {Qualifier.EXACT}),
        prefix=_prefix(qualifiers),
    )


def _prefix(qualifiers: set[Qualifier]) -> str:
    """Return the word for a sum of amounts that are firm in different ways.

    An upper and a lower bound added bound nothing: the sum is a rough figure.
    """
    about = Qualifier.ABOUT in qualifiers
    bounds = qualifiers & {Qualifier.UP_TO, Qualifier.AT_LEAST}
    if len(bounds) == 1:
        bound = next(iter(bounds)).label
        return f"{bound} {Qualifier.ABOUT.label}" if about else bound
    return Qualifier.ABOUT.label if about or bounds else ""
