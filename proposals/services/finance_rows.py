"""The money of a draft as it is written: private to the use cases that write a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..models import CostItem, Funding, Municipality, PersonnelRate, StaffPosition
from ..rules.costs import CostLine, objection_to_amount, objection_to_cost_line
from ..rules.errors import RuleViolation
from ..rules.funding import FundingLine, objection_to_funding_line
from ..rules.staffing import PostLine, cost_by_rate, objection_to_post, personnel_total
from .common import refuse_on
from .finance_drafts import CostDraft, FundingDraft, PositionDraft

if TYPE_CHECKING:
    from .drafting import DraftAnswer

Rows = list[tuple[Any, list[dict[str, Any]]]]


def refuse_money(answer: "DraftAnswer") -> None:
    """Raise RuleViolation for a line of money that can never be right."""
    for post in answer.positions:
        refuse_on(objection_to_post(_post(post)))
    for grant in answer.funding:
        refuse_on(objection_to_funding_line(_grant(grant)))
    for cost in answer.costs:
        refuse_on(objection_to_cost_line(_cost(cost)))
        for name in ("available", "commitment"):
            refuse_on(objection_to_amount(getattr(cost, name), name))


def money_rows(house: Municipality, answer: "DraftAnswer") -> Rows:
    """Return the rows of costs, posts and funding, with what is computed from others.

    A post takes its yearly cost from the average of its grade where one is chosen, a cost item
    from the posts where it says so; raises RuleViolation for a rate of another house.
    """
    posts = [_by_rate(post, _rates(house, answer.positions)) for post in answer.positions]
    costs = [_from_posts(cost, posts) for cost in answer.costs]
    return [
        (CostItem, [asdict(cost) for cost in costs]),
        (StaffPosition, [asdict(post) for post in posts]),
        (Funding, [asdict(grant) for grant in answer.funding]),
    ]


def _rates(house: Municipality, posts: Sequence[PositionDraft]) -> Mapping[int, PersonnelRate]:
    wanted = {post.rate_id for post in posts if post.rate_id is not None}
    if not wanted:
        return {}
    rates = PersonnelRate.objects.filter(municipality=house, pk__in=wanted).in_bulk()
    if len(rates) != len(wanted):
        raise RuleViolation(f"Diesen Durchschnittssatz gibt es in {house.name} nicht.")
    return rates


def _by_rate(post: PositionDraft, rates: Mapping[int, PersonnelRate]) -> PositionDraft:
    if post.rate_id is None:
        return post
    if _post(post).costs_nothing:
        return replace(post, rate_id=None)
    rate = rates[post.rate_id]
    amount: Decimal = cost_by_rate(post.share, rate.amount)
    return replace(post, yearly_cost=amount, grade=post.grade or rate.grade)


def _from_posts(cost: CostDraft, posts: Sequence[PositionDraft]) -> CostDraft:
    """Return a cost item that says so with what the posts cost; None where one is open."""
    if not cost.from_positions:
        return cost
    summed = personnel_total(_post(post) for post in posts)
    known = summed.known if posts and summed.complete else None
    return replace(cost, amount=known, recurring=True, monthly=False)


def _post(draft: PositionDraft) -> PostLine:
    return PostLine(
        text=draft.text,
        share=draft.share,
        source=draft.source,
        hours=draft.hours,
        full_hours=draft.full_hours,
        limited_until=draft.limited_until,
        yearly_cost=draft.yearly_cost,
        filled_from=draft.filled_from,
        plan_year=draft.plan_year,
    )


def _grant(draft: FundingDraft) -> FundingLine:
    return FundingLine(
        count=draft.count,
        amount_each=draft.amount_each,
        qualifier=draft.qualifier,
        kind=draft.kind,
        state=draft.state,
        recurring=draft.recurring,
        year=draft.year,
        until=draft.until,
    )


def _cost(draft: CostDraft) -> CostLine:
    return CostLine(
        text=draft.text,
        amount=draft.amount,
        qualifier=draft.qualifier,
        recurring=draft.recurring or draft.from_positions,
        before=draft.before,
        after=draft.after,
        kind=draft.kind,
        nature=draft.nature,
        monthly=draft.monthly,
        year=draft.year,
        until=draft.until,
        from_positions=draft.from_positions,
    )
