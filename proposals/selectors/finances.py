"""Costs, posts and funding of a version, as the page of a proposal shows them.

`lost` are the Ziffern that the deciding body voted down: what belongs to them is shown and said to
be "nicht beschlossen", and no total counts it.
"""

from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import Any

from ..models.costs import CostKind, PositionSource
from ..rules.costs import (
    CostLine,
    FundingLine,
    Qualifier,
    euro,
    funding_total,
    shares_words,
    staff_total,
    total,
)


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _cost_line(item: dict[str, Any]) -> CostLine:
    """Return a cost item of a version as the rules on costs take it."""
    return CostLine(
        text=item["text"],
        amount=_money(item["amount"]),
        qualifier=Qualifier(item["qualifier"]),
        recurring=item["recurring"],
        before=_money(item["before"]),
        after=_money(item["after"]),
    )


def _is_lost(row: dict[str, Any], lost: AbstractSet[int]) -> bool:
    return row.get("clause") in lost


def costs_panel(
    content: dict[str, Any], lost: AbstractSet[int] = frozenset()
) -> dict[str, Any] | None:
    """Return the cost items of a version as the page shows them; None where there are none."""
    costs = content["costs"]
    if costs["none"]:
        return {"statement": "Keine finanziellen Auswirkungen."}
    if not (costs["items"] or costs["follow_up_words"] or costs["income_words"]):
        return None
    lines = [_cost_line(item) for item in costs["items"]]
    expenses = [
        line
        for line, item in zip(lines, costs["items"], strict=True)
        if item["kind"] == CostKind.EXPENSE and not _is_lost(item, lost)
    ]
    shows_years = any(item["year"] or item["recurring"] for item in costs["items"])
    shows_budgets = any(line.before is not None or line.after is not None for line in lines)
    return {
        "shows_years": shows_years,
        "shows_budgets": shows_budgets,
        "total_span": 1 + shows_years + 2 * shows_budgets,
        "lines": [
            {
                "text": line.text,
                "amount": _amount(line),
                "year": item["year"],
                "before": line.before,
                "after": line.after,
                "recurring": line.recurring,
                "lost": _is_lost(item, lost),
            }
            for line, item in zip(lines, costs["items"], strict=True)
        ],
        "total": total(expenses).sentence if expenses else "",
        "follow_up": costs["follow_up_words"],
        "income": costs["income_words"],
        "account": costs["account"],
        "notes": [],
    }


def _amount(line: CostLine) -> str | None:
    if line.amount is None:
        return None
    return f"{line.qualifier.label} {euro(line.amount)}".strip()


def positions_panel(
    content: dict[str, Any], lost: AbstractSet[int] = frozenset()
) -> dict[str, Any] | None:
    """Return the posts of a version as the page shows them; None where there are none."""
    rows = content["positions"]
    if not rows:
        return None
    shares = [Decimal(row["share"]) for row in rows]
    return {
        "lines": [
            {
                "text": row["text"],
                "share": shares_words(share),
                "source": PositionSource(row["source"]).label,
                "lost": _is_lost(row, lost),
            }
            for row, share in zip(rows, shares, strict=True)
        ],
        "total": shares_words(
            staff_total(
                share for row, share in zip(rows, shares, strict=True) if not _is_lost(row, lost)
            )
        ),
    }


def _funding_lines(content: dict[str, Any]) -> list[FundingLine]:
    """Return the funding of a version as the rules on costs take it."""
    return [
        FundingLine(row["count"], Decimal(row["amount_each"]), Qualifier(row["qualifier"]))
        for row in content["funding"]
    ]


def funding_panel(content: dict[str, Any]) -> dict[str, Any] | None:
    """Return the funding of a version as the page shows them; None where there are none."""
    rows = content["funding"]
    if not rows:
        return None
    lines = _funding_lines(content)
    return {
        "lines": [
            {
                "text": f"{row['text']} ({row['count']} × {_each(line)})"
                if row["count"] > 1
                else row["text"],
                "amount": funding_total([line]).amount,
            }
            for row, line in zip(rows, lines, strict=True)
        ],
        "total": funding_total(lines).amount,
    }


def _each(line: FundingLine) -> str:
    assert line.amount_each is not None
    return f"{line.qualifier.label} {euro(line.amount_each)}".strip()
