"""The money of a version, from its canonical content: what the rules on finances take.

Versions from before a field existed leave it out and mean its default.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Any

from ..rules.boxes import USUAL, HouseBoxes
from ..rules.costs import CostKind, CostLine, CostNature, Qualifier
from ..rules.deadlines import deadline_facts
from ..rules.finances import Finances
from ..rules.funding import FundingKind, FundingLine, FundingState
from ..rules.plausibility import Paper
from ..rules.sections import SECTIONS_OF, Section
from ..rules.staffing import PositionSource, PostLine
from ..rules.text import html_to_paragraphs
from ..rules.words import ProposalKind
from .proposal import Proposal

Row = Mapping[str, Any]


def money(text: str | None) -> Decimal | None:
    """Return an amount of the content; None is unknown."""
    return None if text is None else Decimal(text)


def is_lost(row: Row, lost: AbstractSet[int]) -> bool:
    """Answer whether the row belongs to a Ziffer that was voted down."""
    return row.get("clause") in lost


def cost_line(item: Row) -> CostLine:
    """Return a cost item as the rules take it."""
    return CostLine(
        text=item["text"],
        amount=money(item["amount"]),
        qualifier=Qualifier(item["qualifier"]),
        recurring=item["recurring"],
        before=money(item["before"]),
        after=money(item["after"]),
        kind=CostKind(item["kind"]),
        nature=CostNature(item.get("nature", CostNature.EXPENSE)),
        monthly=item.get("monthly", False),
        year=item["year"],
        until=item.get("until"),
        from_positions=item.get("from_positions", False),
    )


def post_line(row: Row) -> PostLine:
    """Return a post as the rules take it."""
    return PostLine(
        text=row["text"],
        share=Decimal(row["share"]),
        source=PositionSource(row["source"]),
        hours=money(row.get("hours")),
        full_hours=money(row.get("full_hours")),
        limited_until=_day(row["limited_until"]),
        yearly_cost=money(row.get("yearly_cost")),
        filled_from=_day(row.get("filled_from")),
        plan_year=row.get("plan_year"),
    )


def funding_line(row: Row) -> FundingLine:
    """Return a grant as the rules take it."""
    return FundingLine(
        count=row["count"],
        amount_each=money(row["amount_each"]),
        qualifier=Qualifier(row["qualifier"]),
        kind=FundingKind(row.get("kind", FundingKind.FIXED)),
        state=FundingState(row.get("state", FundingState.PLANNED)),
        recurring=row.get("recurring", False),
        year=row.get("year"),
        until=row.get("until"),
    )


def finances_of(
    costs: Row,
    positions: Sequence[Row],
    funding: Sequence[Row],
    drafted: int,
    lost: AbstractSet[int] = frozenset(),
    boxes: HouseBoxes = USUAL,
) -> Finances:
    """Return the money of a version; what belongs to a `lost` Ziffer does not count.

    `drafted` is the year the paper was begun in, `boxes` how the house names its boxes.
    """
    return Finances(
        lines=tuple(cost_line(item) for item in costs["items"] if not is_lost(item, lost)),
        posts=tuple(post_line(row) for row in positions if not is_lost(row, lost)),
        grants=tuple(funding_line(row) for row in funding),
        no_effect=costs["none"],
        follow_up_words=costs["follow_up_words"],
        income_words=costs["income_words"],
        house=boxes,
        drafted=drafted,
    )


def paper_of(
    content: Row,
    proposal: Proposal,
    *,
    lost: AbstractSet[int] = frozenset(),
    decision_on: date | None = None,
) -> Paper:
    """Return what the notes on a paper's money are found in, from a content of it."""
    costs, kind = content["costs"], ProposalKind(proposal.kind)
    return Paper(
        finances=finances_of(
            costs,
            content["positions"],
            content["funding"],
            proposal.drafted_on.year,
            lost,
            proposal.municipality.boxes,
        ),
        resolution=html_to_paragraphs(content["wording"]),
        texts="\n".join(html_to_paragraphs(html) for html in content["texts"].values()),
        account=costs["account"],
        account_pattern=proposal.municipality.account_pattern,
        available=money(costs["available"]),
        resolves=Section.WORDING in SECTIONS_OF[kind],
        is_motion=kind.is_motion,
        accounts=tuple(item["account"] for item in costs["items"] if item.get("account")),
        deadlines=tuple(deadline_facts(content["deadlines"])),
        decision_on=decision_on,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
