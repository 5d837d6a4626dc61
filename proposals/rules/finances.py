"""The money of one paper as a whole: the house's boxes, the own share, the table over the years."""

from dataclasses import dataclass, field
from functools import cached_property

from .amounts import only_amount
from .boxes import USUAL, HouseBoxes
from .budget import (
    Flow,
    YearTable,
    budget_year_of,
    flow_of,
    flow_of_funding,
    follow_up_total,
    year_table,
)
from .costs import CostKind, CostLine, Rhythm, Total, total
from .funding import FundingLine, OwnShare, own_share
from .staffing import PostLine, personnel_lines

NOT_SAID = "keine Angabe"
NOTHING = "keine"


@dataclass(frozen=True)
class Box:
    """One box of the house's form: its name and what stands in it."""

    kind: CostKind
    label: str
    words: str


@dataclass(frozen=True)
class Finances:
    """What a paper says of money; `drafted` is the year it was begun in, `house` names the boxes.

    `no_effect` is the explicit tick, which is not the same as saying nothing.
    """

    lines: tuple[CostLine, ...] = ()
    posts: tuple[PostLine, ...] = ()
    grants: tuple[FundingLine, ...] = ()
    no_effect: bool = False
    follow_up_words: str = ""
    income_words: str = ""
    house: HouseBoxes = USUAL
    drafted: int = field(kw_only=True)

    @property
    def is_empty(self) -> bool:
        """Answer whether nobody has said anything about money, not even "keine"."""
        said = self.no_effect or self.follow_up_words or self.income_words
        return not (said or self.lines or self.posts or self.grants)

    @cached_property
    def budget_year(self) -> int:
        """Return the budget year the paper speaks of."""
        return budget_year_of(self.lines, self.drafted)

    @cached_property
    def counted(self) -> tuple[CostLine, ...]:
        """Return every position that counts: as entered, of the posts, and amounts in the boxes."""
        entered = (*self.lines, *personnel_lines(self.posts, self.lines))
        return (*entered, *self._in_boxes(entered))

    @property
    def added(self) -> tuple[CostLine, ...]:
        """Return the positions that count without having been entered as one."""
        return self.counted[len(self.lines) :]

    def _in_boxes(self, entered: tuple[CostLine, ...]) -> list[CostLine]:
        """Return the amounts that stand in a box alone, where no position says the same."""
        found = []
        follow_up = only_amount(self.follow_up_words)
        recurs = any(line.rhythm != Rhythm.ONCE and not line.is_income for line in entered)
        if follow_up is not None and not recurs:
            found.append(
                CostLine(
                    self.house.name(CostKind.FOLLOW_UP),
                    follow_up.amount,
                    follow_up.qualifier,
                    recurring=True,
                    kind=CostKind.FOLLOW_UP,
                    monthly=follow_up.rhythm == Rhythm.MONTHLY,
                )
            )
        income = only_amount(self.income_words)
        comes = self.grants or any(line.is_income for line in entered)
        if income is not None and not comes:
            found.append(
                CostLine(
                    self.house.name(CostKind.INCOME),
                    income.amount,
                    income.qualifier,
                    recurring=income.rhythm != Rhythm.ONCE,
                    kind=CostKind.INCOME,
                    monthly=income.rhythm == Rhythm.MONTHLY,
                )
            )
        return found

    @cached_property
    def expenses(self) -> tuple[CostLine, ...]:
        """Return the positions of the box Gesamtkosten."""
        return tuple(
            line for line in self.counted if line.kind == CostKind.EXPENSE and not line.is_income
        )

    @cached_property
    def total(self) -> Total:
        """Return the Gesamtkosten: what falls due once, and one year of what recurs."""
        return total(self.expenses)

    @cached_property
    def income(self) -> Total:
        """Return the income of a year, funding left out."""
        return total(line for line in self.counted if line.is_income)

    @cached_property
    def follow_up(self) -> Total:
        """Return the yearly follow-up costs."""
        return follow_up_total(
            [flow_of(line, self.budget_year) for line in self.counted], self.budget_year
        )

    @property
    def goes_on(self) -> bool:
        """Answer whether anything is to be paid after the budget year."""
        flows = [flow_of(line, self.budget_year) for line in self.counted if not line.is_income]
        return any(flow.goes_on(self.budget_year + 1) for flow in flows)

    @cached_property
    def own_share(self) -> OwnShare | None:
        """Return what the house pays itself; None where no funding is entered."""
        return own_share(self.total, self.grants) if self.grants and self.expenses else None

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """Return what comes and goes in which year, of the funding only what is secured."""
        costs = [flow_of(line, self.budget_year) for line in self.counted]
        sure = [line for line in self.grants if line.is_secured]
        return (*costs, *(flow_of_funding(line, self.budget_year) for line in sure))

    @cached_property
    def table(self) -> YearTable | None:
        """Return the table over the years; None where nothing is entered."""
        return year_table(self.flows, self.budget_year) if self.flows else None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Return the house's boxes as people may rely on them."""
        has_income = any(line.is_income for line in self.counted)
        found = {
            CostKind.EXPENSE: ("", self.total, bool(self.expenses)),
            CostKind.FOLLOW_UP: (self.follow_up_words, self.follow_up, self.goes_on),
            CostKind.INCOME: (self.income_words, self.income, has_income),
        }
        said = [kind for kind, (typed, _, entered) in found.items() if typed or entered]
        return tuple(
            Box(kind, self.house.name(kind), self._words(*found[kind]))
            for kind in self.house.shown(said)
        )

    @property
    def total_words(self) -> str:
        """Return the Gesamtkosten as their box says them."""
        return self._words("", self.total, bool(self.expenses))

    def _words(self, typed: str, computed: Total, entered: bool) -> str:
        """Return what was typed, else what is computed, else that nobody has said anything."""
        amount = only_amount(typed)
        if typed and amount is None:
            return typed
        if amount is not None:
            return amount.words
        if entered:
            return computed.sentence
        return NOTHING if self.no_effect else NOT_SAID
