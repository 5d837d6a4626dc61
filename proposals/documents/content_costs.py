"""The money of a version in the words a house prints (practice.md 1.18): agreed, never computed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ..models.costs import CostKind, PositionSource
from ..rules.costs import (
    CostLine,
    FundingLine,
    Qualifier,
    agreed_words,
    euro,
    funding_total,
    shares_words,
    staff_total,
)
from .context import CostRow, Finance, Funding, FundingRow, Staff, StaffRow

_UNKNOWN = "nicht beziffert"


def finance(costs: Mapping[str, Any]) -> Finance | None:
    """Return the finance block; None where nobody has said anything, not even "keine"."""
    items = costs["items"]
    said = ("follow_up_words", "income_words", "account")
    if not (costs["none"] or items or costs["available"] or any(costs[name] for name in said)):
        return None
    left = _amount(costs["available"])
    return {
        "gesamtkosten": _agreed(items, CostKind.EXPENSE),
        "folgekosten": costs["follow_up_words"] or _agreed(items, CostKind.FOLLOW_UP),
        "einnahmen": costs["income_words"] or _agreed(items, CostKind.INCOME),
        "produktkonto": costs["account"],
        "verfuegbar": left or None,
        "nicht_verfuegbar": left == 0,
        "keine": costs["none"],
        "positionen": [_cost_row(item) for item in items],
    }


def _agreed(items: list[dict[str, Any]], kind: CostKind) -> str:
    return agreed_words([_line(item) for item in items if item["kind"] == kind])


def _line(item: Mapping[str, Any]) -> CostLine:
    return CostLine(
        text=item["text"],
        amount=_amount(item["amount"]),
        qualifier=Qualifier(item["qualifier"]),
        recurring=item["recurring"],
        before=_amount(item["before"]),
        after=_amount(item["after"]),
    )


def _cost_row(item: Mapping[str, Any]) -> CostRow:
    line = _line(item)
    amount = _UNKNOWN if line.amount is None else _firm(line.qualifier, line.amount)
    return {
        "text": line.text,
        "betrag": f"{amount}, jährlich" if line.recurring else amount,
        "jahr": str(item["year"] or ""),
        "bisher": "" if line.before is None else euro(line.before),
        "neu": "" if line.after is None else euro(line.after),
    }


def _firm(qualifier: Qualifier, amount: Decimal) -> str:
    return f"{qualifier.label} {euro(amount)}".strip()


def _amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def staff(rows: list[dict[str, Any]]) -> Staff | None:
    """Return the posts with their total; "davon 2 abgeordnet" where others pay for some."""
    if not rows:
        return None
    total = shares_words(staff_total(Decimal(row["share"]) for row in rows))
    seconded = staff_total(
        Decimal(row["share"]) for row in rows if row["source"] == PositionSource.SECONDED
    )
    part = f" (davon {shares_words(seconded)} {PositionSource.SECONDED.label})" if seconded else ""
    return {"positionen": [_staff_row(row) for row in rows], "summe": total + part}


def _staff_row(row: Mapping[str, Any]) -> StaffRow:
    limit = row["limited_until"]
    details = [row["grade"], f"befristet bis {_day(limit)}" if limit else ""]
    return {
        "text": _with(row["text"], details),
        "umfang": shares_words(Decimal(row["share"])),
        "quelle": PositionSource(row["source"]).label,
    }


def funding(rows: list[dict[str, Any]]) -> Funding | None:
    """Return the grants; maxima stay maxima: 3 × bis zu 50.000 € and one make "bis zu …"."""
    if not rows:
        return None
    lines = [
        FundingLine(row["count"], _amount(row["amount_each"]), Qualifier(row["qualifier"]))
        for row in rows
    ]
    return {
        "positionen": [_funding_row(row, line) for row, line in zip(rows, lines, strict=True)],
        "summe": funding_total(lines).amount,
    }


def _funding_row(row: Mapping[str, Any], line: FundingLine) -> FundingRow:
    each = ""
    if line.count > 1 and line.amount_each is not None:
        each = f"{line.count} × {_firm(line.qualifier, line.amount_each)}"
    return {
        "text": _with(row["text"], [row["authority"], each]),
        "betrag": _UNKNOWN if line.amount_each is None else funding_total([line]).amount,
    }


def _with(text: str, details: list[str]) -> str:
    """Return the text with what is known beside it in brackets."""
    known = "; ".join(filter(None, details))
    return f"{text} ({known})" if known else text


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d.%m.%Y}"
