"""The money of a version in the words a house prints (practice.md 1.18): agreed, never computed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ..models.money import cost_line, finances_of, funding_line, money, post_line
from ..rules.boxes import HouseBoxes
from ..rules.costs import Budgeted, CostKind, CostLine, Qualifier, Rhythm, agreed_words, euro
from ..rules.funding import FundingLine, funding_total
from ..rules.staffing import PositionSource, personnel_lines, shares_words, staff_words
from .content_years import years
from .context import BoxRow, CostRow, Finance, Funding, FundingRow, Staff, StaffRow

_ANSWERS = {Budgeted.YES: "ja", Budgeted.NO: "nein"}
_UNKNOWN = "nicht beziffert"
_UNKNOWN_POSTS = "Personalkosten (nicht beziffert)"


def finance(frozen: Mapping[str, Any], boxes: HouseBoxes, drafted: int) -> Finance | None:
    """Return the finance block; None where nobody has said anything, not even "keine".

    Posts that no cost item stands for belong to what was agreed, with their figure or without.
    `boxes` are those of the house, `drafted` is the year the paper was begun in.
    """
    costs, positions = frozen["costs"], frozen["positions"]
    items = costs["items"]
    said = ("follow_up_words", "income_words", "account")
    if not (costs["none"] or items or costs["available"] or any(costs[name] for name in said)):
        return None
    left = money(costs["available"])
    lines = [cost_line(item) for item in items]
    posts = _agreed_posts(lines, positions)
    agreed = {
        CostKind.EXPENSE: _agreed([*posts, *lines], CostKind.EXPENSE),
        CostKind.FOLLOW_UP: costs["follow_up_words"] or _agreed(lines, CostKind.FOLLOW_UP),
        CostKind.INCOME: costs["income_words"] or _agreed(lines, CostKind.INCOME),
    }
    return {
        "felder": _boxes(agreed, boxes),
        "gesamtkosten": agreed[CostKind.EXPENSE],
        "folgekosten": agreed[CostKind.FOLLOW_UP],
        "einnahmen": agreed[CostKind.INCOME],
        "produktkonto": costs["account"],
        "verfuegbar": left or None,
        "nicht_verfuegbar": left == 0,
        "veranschlagt": _budgeted(items),
        "keine": costs["none"],
        "positionen": [_cost_row(item) for item in items],
        "jahre": years(finances_of(costs, positions, frozen["funding"], drafted)),
    }


def _budgeted(items: Sequence[Mapping[str, Any]]) -> str:
    """Return whether the budget holds the money already; "" unless every cost item says so."""
    said = {Budgeted(item.get("budgeted") or "") for item in items}
    if not said or Budgeted.UNKNOWN in said:
        return ""
    return _ANSWERS.get(said.pop(), "teilweise") if len(said) == 1 else "teilweise"


def _boxes(agreed: Mapping[CostKind, str], boxes: HouseBoxes) -> list[BoxRow]:
    said = [kind for kind, words in agreed.items() if words]
    return [{"feld": boxes.title(kind), "angabe": agreed[kind]} for kind in boxes.shown(said)]


def _agreed(lines: Sequence[CostLine], kind: CostKind) -> str:
    return agreed_words([line for line in lines if line.kind == kind])


def _agreed_posts(
    lines: Sequence[CostLine], positions: Sequence[Mapping[str, Any]]
) -> list[CostLine]:
    counted = personnel_lines([post_line(row) for row in positions], lines)
    known = [line for line in counted if line.amount is not None]
    unknown = len(known) < len(counted)
    return [*known, *([CostLine(_UNKNOWN_POSTS, None)] if unknown else [])]


def _cost_row(item: Mapping[str, Any]) -> CostRow:
    line = cost_line(item)
    amount = _UNKNOWN if line.amount is None else _firm(line.qualifier, line.amount)
    recurs = f", {line.rhythm.label}" if line.recurring and line.rhythm != Rhythm.ONCE else ""
    return {
        "text": line.text,
        "betrag": amount + recurs,
        "jahr": str(item["year"] or ""),
        "bisher": "" if line.before is None else euro(line.before),
        "neu": "" if line.after is None else euro(line.after),
    }


def _firm(qualifier: Qualifier, amount: Decimal) -> str:
    return f"{qualifier.label} {euro(amount)}".strip()


def staff(rows: list[dict[str, Any]]) -> Staff | None:
    """Return the posts with their total: "5,5 (davon 2 abgeordnet), zusätzlich 1,5"."""
    if not rows:
        return None
    total = staff_words([post_line(row) for row in rows])
    return {"positionen": [_staff_row(row) for row in rows], "summe": total}


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
    lines = [funding_line(row) for row in rows]
    return {
        "positionen": [_funding_row(row, line) for row, line in zip(rows, lines, strict=True)],
        "summe": funding_total(lines).amount,
    }


def _funding_row(row: Mapping[str, Any], line: FundingLine) -> FundingRow:
    each = ""
    if line.count > 1 and line.amount_each is not None:
        each = f"{line.count} × {_firm(line.firmness, line.amount_each)}"
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
