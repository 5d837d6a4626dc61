"""The money of a version, as the page of a proposal shows it.

`lost` are the Ziffern that the deciding body voted down: what belongs to them is shown and said to
be "nicht beschlossen", and no total counts it.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..models import Proposal
from ..models.money import Row, cost_line, finances_of, funding_line, is_lost, paper_of, post_line
from ..rules.boxes import HouseBoxes
from ..rules.budget import YearRow, YearTable, cell_words
from ..rules.co_signing import Part
from ..rules.costs import (
    Budgeted,
    BudgetStatus,
    CostKind,
    CostLine,
    CostNature,
    Rhythm,
    Total,
    euro,
)
from ..rules.finances import Finances
from ..rules.funding import FundingKind, FundingLine, FundingState, funding_total
from ..rules.plausibility import plausibility_notes
from ..rules.staffing import (
    PositionSource,
    PostLine,
    PostNote,
    personnel_total,
    shares_words,
    split_posts,
    staff_total,
    staff_words,
)

_NAMED = (("product", "Produkt"), ("account", "Sachkonto"), ("coverage", "Deckung:"))
_AMOUNTS = (("available", "davon verfügbar"), ("commitment", "Verpflichtungsermächtigung"))


@dataclass(frozen=True)
class TableRow:
    """One line of the table over the years: its cells in words, the last one for "ff."."""

    label: str
    cells: tuple[str, ...]
    is_balance: bool = False


def costs_panel(
    content: dict[str, Any],
    drafted: int,
    boxes: HouseBoxes,
    lost: AbstractSet[int] = frozenset(),
) -> dict[str, Any] | None:
    """Return the costs of a version as the page shows them; None where nobody said anything.

    `drafted` is the year the paper was begun in, `boxes` how the house names its boxes.
    """
    costs = content["costs"]
    if costs["none"]:
        return {"statement": "Keine finanziellen Auswirkungen."}
    finances = finances_of(costs, content["positions"], content["funding"], drafted, lost, boxes)
    items = costs["items"]
    priced = any(line.amount is not None for line in finances.counted)
    if not (items or costs["follow_up_words"] or costs["income_words"] or priced):
        return None
    lines = [cost_line(item) for item in items]
    shows_years = any(line.year or line.rhythm != Rhythm.ONCE for line in lines)
    shows_budgets = any(line.before is not None or line.after is not None for line in lines)
    shown = [
        *_cost_rows(items, lines, lost),
        *(
            {"text": line.text, **_figures(line)}
            for line in finances.counted[len(finances.lines) :]
        ),
    ]
    return {
        "boxes": finances.boxes,
        "shows_years": shows_years,
        "shows_budgets": shows_budgets,
        "total_span": 1 + shows_years + 2 * shows_budgets,
        "lines": shown,
        "total": finances.total.sentence if finances.expenses else "",
        "total_name": boxes.title(CostKind.EXPENSE),
        "account": costs["account"],
        "available": _available(costs["available"]),
        "own_share": own_share_words(finances),
        **_table(finances),
    }


def _available(text: str | None) -> str:
    return "" if text is None else f"noch verfügbar: {euro(Decimal(text))}"


def _cost_rows(
    items: Sequence[Row], lines: Sequence[CostLine], lost: AbstractSet[int]
) -> Iterator[dict[str, Any]]:
    for item, line in zip(items, lines, strict=True):
        yield {
            "text": line.text,
            **_figures(line),
            "before": line.before,
            "after": line.after,
            "lost": is_lost(item, lost),
            "details": "; ".join(_cost_details(item, line)),
        }


def _figures(line: CostLine) -> dict[str, Any]:
    """Return amount, year and rhythm of a position as the table shows them."""
    amount = None if line.amount is None else f"{line.qualifier.label} {euro(line.amount)}".strip()
    rhythm = "" if line.rhythm == Rhythm.ONCE else line.rhythm.label
    until = f"bis {line.until}" if line.until else ""
    return {
        "amount": amount,
        "year": " ".join(filter(None, [str(line.year or ""), until])),
        "rhythm": rhythm,
    }


def _cost_details(item: Row, line: CostLine) -> Iterator[str]:
    """Yield what few items say, in words."""
    if line.nature != CostNature.EXPENSE:
        yield line.nature.label
    for name, words in _NAMED:
        if item.get(name):
            yield f"{words} {item[name]}"
    for name, words in _AMOUNTS:
        if item.get(name):
            yield f"{words} {euro(Decimal(item[name]))}"
    for name, codes in (("budgeted", Budgeted), ("budget_status", BudgetStatus)):
        if item.get(name):
            yield codes(item[name]).label
    for name, words in (("blocked", "Sperrvermerk"), ("from_positions", "aus den Stellen")):
        if item.get(name):
            yield words


def own_share_words(finances: Finances) -> list[tuple[str, str]]:
    """Return the own share with secured funding, and apart from it with every grant in full."""
    shares = finances.own_share
    if shares is None:
        return []
    words = [("Eigenanteil", shares.secured.sentence)]
    if shares.at_best is not None:
        words.append(("bei voller Förderung", shares.at_best.sentence))
    return words


def _table(finances: Finances) -> dict[str, Any]:
    table = finances.table
    if table is None:
        return {"years": ()}
    secured = any(line.is_secured for line in finances.grants)
    operating = _table_rows(table.operating, "Aufwendungen", "Erträge", secured=secured)
    investment = _table_rows(table.investment, "Auszahlungen", "Einzahlungen")
    rows = [row for row in (table.operating, table.investment) if row is not None]
    goes_on = any(row.onward is not None for row in rows)
    if not goes_on:
        operating = [_without_last(row) for row in operating]
        investment = [_without_last(row) for row in investment]
    return {
        "years": [*map(str, table.years), *(["ff."] if goes_on else [])],
        "operating": operating,
        "investment": investment,
        "outside": _outside(table),
    }


def _without_last(row: TableRow) -> TableRow:
    return TableRow(row.label, row.cells[:-1], row.is_balance)


def _table_rows(
    row: YearRow | None, expenses: str, income: str, *, secured: bool = False
) -> list[TableRow]:
    if row is None:
        return []
    gone, come, rest = row.onward or (None, None, None)
    if secured:
        income = f"{income} mit gesicherter Förderung"
    return [
        TableRow(expenses, _cells(row.expenses, gone)),
        TableRow(income, _cells(row.income, come)),
        TableRow("Saldo", _cells(row.balance, rest), is_balance=True),
    ]


def _cells(cells: Sequence[Total], onward: Total | None) -> tuple[str, ...]:
    return tuple(cell_words(cell) for cell in (*cells, onward))


def _outside(table: YearTable) -> list[str]:
    said = []
    for total, words in ((table.earlier, "vor diesen Jahren"), (table.later, "nach diesen Jahren")):
        if total.known or not total.complete:
            said.append(f"{words} {total.sentence}")
    return said


def positions_panel(
    content: dict[str, Any], lost: AbstractSet[int] = frozenset()
) -> dict[str, Any] | None:
    """Return the posts of a version as the page shows them; None where there are none."""
    rows = content["positions"]
    if not rows:
        return None
    posts = [post_line(row) for row in rows]
    kept = [post for row, post in zip(rows, posts, strict=True) if not is_lost(row, lost)]
    main, additional = split_posts(kept)
    apart = {id(post) for post in additional}
    shown = [_post_row(row, post, lost) for row, post in zip(rows, posts, strict=True)]
    pairs = list(zip(posts, shown, strict=True))
    return {
        "lines": [row for post, row in pairs if id(post) not in apart],
        "total": staff_words(main) if main else "0",
        "additional": [row for post, row in pairs if id(post) in apart],
        "additional_total": shares_words(staff_total(post.share for post in additional)),
        "shows_costs": any(post.yearly_cost is not None for post in posts),
        "costs": personnel_total(kept).sentence,
    }


def _post_row(row: Row, post: PostLine, lost: AbstractSet[int]) -> dict[str, Any]:
    return {
        "text": post.text,
        "share": shares_words(post.share),
        "source": PositionSource(post.source).label,
        "cost": _post_cost(post),
        "details": "; ".join(_post_details(row, post)),
        "lost": is_lost(row, lost),
    }


def _post_cost(post: PostLine) -> str | None:
    if post.costs_nothing:
        return "keine"
    return None if post.yearly_cost is None else euro(post.yearly_cost)


def _post_details(row: Row, post: PostLine) -> Iterator[str]:
    if row["grade"]:
        yield str(row["grade"])
    if post.hours is not None:
        of = f" von {shares_words(post.full_hours)}" if post.full_hours else ""
        yield f"{shares_words(post.hours)}{of} Stunden je Woche"
    if post.filled_from:
        yield f"ab {post.filled_from:%d.%m.%Y}"
    if post.limited_until:
        yield f"befristet bis {post.limited_until:%d.%m.%Y}"
    if post.plan_year:
        yield f"Stellenplan {post.plan_year}"
    if row.get("rate"):
        yield f"nach Durchschnittssatz {row['rate']}"
    if row.get("note"):
        yield PostNote(row["note"]).label


def funding_panel(content: dict[str, Any]) -> dict[str, Any] | None:
    """Return the funding of a version as the page shows them; None where there are none."""
    rows = content["funding"]
    if not rows:
        return None
    lines = [funding_line(row) for row in rows]
    return {
        "lines": [
            {
                "text": f"{row['text']} ({row['count']} × {_each(line)})"
                if row["count"] > 1
                else row["text"],
                "amount": funding_total([line]).amount,
                "details": "; ".join(_funding_details(row, line)),
            }
            for row, line in zip(rows, lines, strict=True)
        ],
        "total": funding_total(lines).amount,
    }


def _each(line: FundingLine) -> str:
    assert line.amount_each is not None
    return f"{line.firmness.label} {euro(line.amount_each)}".strip()


def _funding_details(row: Row, line: FundingLine) -> Iterator[str]:
    if row["authority"]:
        yield str(row["authority"])
    if line.kind != FundingKind.FIXED:
        yield line.kind.label
    if line.state != FundingState.PLANNED or row.get("state_on"):
        on = row.get("state_on")
        yield line.state.label + (f" am {date.fromisoformat(on):%d.%m.%Y}" if on else "")
    if line.recurring:
        yield "jährlich"
    if line.year:
        yield f"ab {line.year}" if line.recurring else str(line.year)
    if line.until:
        yield f"bis {line.until}"
    if row.get("conditions"):
        yield f"Auflagen: {row['conditions']}"


def finance_notes(
    content: dict[str, Any], proposal: Proposal, lost: AbstractSet[int] = frozenset()
) -> list[dict[str, Any]]:
    """Return the notes on the money of a version with the reasons given; deadlines stand apart."""
    reasons = content["costs"].get("reasons", {})
    return [
        {"sentence": note.sentence, "reason": reasons.get(note.code.value, "")}
        for note in plausibility_notes(paper_of(content, proposal, lost=lost))
        if note.part != Part.DEADLINES
    ]
