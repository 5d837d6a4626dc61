"""The money of a draft as typed: costs, posts, funding."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..models import CostKind, PositionSource
from ..rules.costs import Budgeted, BudgetStatus, CostNature, Qualifier
from ..rules.funding import FundingKind, FundingState
from ..rules.staffing import PostNote


@dataclass(frozen=True)
class CostDraft:
    """One cost item as typed; `amount` None means unknown, `clause` is the Ziffer it belongs to.

    `from_positions`: the amount is what the posts cost in a year, whatever was typed.
    """

    text: str
    amount: Decimal | None = None
    kind: CostKind = CostKind.EXPENSE
    qualifier: Qualifier = Qualifier.EXACT
    recurring: bool = False
    monthly: bool = False
    year: int | None = None
    until: int | None = None
    before: Decimal | None = None
    after: Decimal | None = None
    nature: CostNature = CostNature.EXPENSE
    product: str = ""
    account: str = ""
    budgeted: Budgeted = Budgeted.UNKNOWN
    available: Decimal | None = None
    budget_status: BudgetStatus = BudgetStatus.PLANNED
    coverage: str = ""
    commitment: Decimal | None = None
    blocked: bool = False
    from_positions: bool = False
    clause: int | None = None


@dataclass(frozen=True)
class PositionDraft:
    """One post as typed; `share` in full posts.

    `rate_id` is the average of a grade: the yearly cost is then computed from it.
    """

    text: str
    share: Decimal
    grade: str = ""
    source: PositionSource = PositionSource.ESTABLISHMENT
    limited_until: date | None = None
    hours: Decimal | None = None
    full_hours: Decimal | None = None
    filled_from: date | None = None
    yearly_cost: Decimal | None = None
    rate_id: int | None = None
    plan_year: int | None = None
    note: PostNote = PostNote.NONE
    clause: int | None = None


@dataclass(frozen=True)
class FundingDraft:
    """One line of funding as typed: `count` times `amount_each` euros."""

    text: str
    amount_each: Decimal
    count: int = 1
    authority: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    kind: FundingKind = FundingKind.FIXED
    state: FundingState = FundingState.PLANNED
    state_on: date | None = None
    conditions: str = ""
    recurring: bool = False
    year: int | None = None
    until: int | None = None
