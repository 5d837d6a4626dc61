"""Haushaltsübersicht: what all papers that a user sees mean for one budget year, by product."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.paginator import Page, Paginator

from .. import policies
from ..models import CostItem, Funding, Proposal, ProposalVersion, StaffPosition
from ..models.content import money_of
from ..models.money import cost_line, finances_of, is_lost
from ..rules.budget import BudgetState, Flow, flow_of, flow_of_funding, in_year
from ..rules.costs import Total
from ..rules.lifecycle import ProposalStatus
from .decisions import known
from .heads import known_heads
from .voting import lost_clauses_of

PAGE_SIZE = 25
NO_PRODUCT = "ohne Produkt"
_DECIDED = (
    ProposalStatus.ADOPTED,
    ProposalStatus.ADOPTED_CHANGED,
    ProposalStatus.EXECUTION_STAYED,
)
# money that nobody will spend on these any more, or that nobody was asked for
_OUT = (
    ProposalStatus.REJECTED,
    ProposalStatus.NOTED,
    ProposalStatus.SETTLED,
    ProposalStatus.WITHDRAWN,
)
COLUMNS = (
    "Haushaltsjahr",
    "Produkt",
    "Nummer",
    "Betreff",
    "Status",
    "Stand",
    "Aufwendungen",
    "Erträge",
    "Auszahlungen (Investition)",
    "Einzahlungen (Investition)",
    "vollständig",
)


@dataclass(frozen=True)
class Figures:
    """What comes and goes in one budget year; investment apart."""

    expenses: Total = field(default_factory=Total)
    income: Total = field(default_factory=Total)
    payments: Total = field(default_factory=Total)
    receipts: Total = field(default_factory=Total)

    @property
    def cells(self) -> tuple[Total, Total, Total, Total]:
        """Return the four figures in the order of the columns."""
        return self.expenses, self.income, self.payments, self.receipts

    @property
    def complete(self) -> bool:
        """Answer whether every amount is known."""
        return all(cell.complete for cell in self.cells)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the figures as people may rely on them, "–" for none."""
        return tuple(
            "–" if cell.complete and not cell.known else cell.sentence for cell in self.cells
        )

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(a + b for a, b in zip(self.cells, other.cells, strict=True)))


@dataclass(frozen=True)
class BudgetRow:
    """What one paper means for one product in the year."""

    proposal_id: int
    number: str
    subject: str
    status: ProposalStatus
    state: BudgetState
    product: str
    figures: Figures
    url: str = ""


@dataclass(frozen=True)
class ProductSum:
    """A product with what is under way and what is decided."""

    product: str
    under_way: Figures
    decided: Figures


@dataclass(frozen=True)
class Budget:
    """All rows of a year that fit the filter; sums are over all of them, not over one page."""

    year: int
    rows: tuple[BudgetRow, ...]
    products: tuple[ProductSum, ...]
    total: ProductSum

    def page(self, number: str | None) -> Page[BudgetRow]:
        """Return a page of the rows; an unknown number is the nearest one."""
        return Paginator(self.rows, PAGE_SIZE).get_page(number)


def budget_of(user: Any, year: int, *, product: str = "", state: str = "") -> Budget:
    """Return the budget year over all papers that `user` may see, in a constant number of queries.

    Of a paper under way counts what the user may know of it; what was voted down, clause by
    clause or whole, does not count, nor what was withdrawn or only noted.
    """
    rows = sorted(
        (
            row
            for row in _rows(user, year)
            if product in ("", row.product) and state in ("", row.state.value)
        ),
        key=lambda row: (row.product == NO_PRODUCT, row.product, row.number, row.proposal_id),
    )
    names = dict.fromkeys(row.product for row in rows)
    return Budget(
        year=year,
        rows=tuple(rows),
        products=tuple(_sum(name, [row for row in rows if row.product == name]) for name in names),
        total=_sum("", rows),
    )


def _sum(name: str, rows: Iterable[BudgetRow]) -> ProductSum:
    sums = {BudgetState.UNDER_WAY: Figures(), BudgetState.DECIDED: Figures()}
    for row in rows:
        sums[row.state] += row.figures
    return ProductSum(name, sums[BudgetState.UNDER_WAY], sums[BudgetState.DECIDED])


def _rows(user: Any, year: int) -> Iterator[BudgetRow]:
    papers = list(Proposal.objects.visible_to(user).exclude(status=ProposalStatus.WITHDRAWN))
    routes, heads = known(papers, user), known_heads(papers, user)
    papers = [paper for paper in papers if routes[paper.pk].status not in _OUT]
    contents = _contents(
        papers, user, lambda paper: routes[paper.pk].current is None and _edits(user, paper)
    )
    lost = lost_clauses_of([paper.pk for paper in papers], user)
    for paper in papers:
        status = routes[paper.pk].status
        state = BudgetState.DECIDED if status in _DECIDED else BudgetState.UNDER_WAY
        row = BudgetRow(
            proposal_id=paper.pk,
            number=paper.number or "",
            subject=heads[paper.pk]["subject"],
            status=status,
            state=state,
            product="",
            figures=Figures(),
        )
        content, gone = contents[paper.pk], lost.get(paper.pk, frozenset())
        for product, flows in _flows(content, paper.drafted_on.year, gone).items():
            figures = _figures(flows, year)
            if figures is not None:
                yield replace(row, product=product, figures=figures)


def _edits(user: Any, paper: Proposal) -> bool:
    return policies.can_edit(user, paper)


def _contents(
    papers: list[Proposal], user: Any, edits: Callable[[Proposal], bool]
) -> dict[int, dict[str, Any]]:
    """Return the money of each paper as the user may know it: the draft, or the newest version."""
    versions = ProposalVersion.objects.visible_to(user).filter(proposal__in=papers)
    frozen = {
        pk: {"costs": costs, "positions": posts, "funding": grants}
        for pk, costs, posts, grants in versions.order_by("number").values_list(
            "proposal", "content__costs", "content__positions", "content__funding"
        )
    }
    drafts = [paper for paper in papers if edits(paper) or paper.pk not in frozen]
    items, posts, grants = (
        _grouped(model, drafts, user) for model in (CostItem, StaffPosition, Funding)
    )
    working = {
        paper.pk: money_of(
            paper, items.get(paper.pk, []), posts.get(paper.pk, []), grants.get(paper.pk, [])
        )
        for paper in drafts
    }
    return {**frozen, **working}


def _grouped(model: Any, papers: list[Proposal], user: Any) -> dict[int, list[Any]]:
    rows = model.objects.visible_to(user).filter(proposal__in=papers)
    if model is StaffPosition:
        rows = rows.select_related("rate")
    found: dict[int, list[Any]] = {}
    for row in rows.order_by("position"):
        found.setdefault(row.proposal_id, []).append(row)
    return found


def _flows(content: Mapping[str, Any], drafted: int, lost: frozenset[int]) -> dict[str, list[Flow]]:
    """Return what comes and goes by product; what names none belongs to the paper's account."""
    costs = content["costs"]
    finances = finances_of(costs, content["positions"], content["funding"], drafted, lost)
    of_paper = costs["account"].strip() or NO_PRODUCT
    flows: dict[str, list[Flow]] = {}
    for item in costs["items"]:
        if not is_lost(item, lost):
            product = item.get("product") or item.get("account") or of_paper
            entered = flow_of(cost_line(item), finances.budget_year)
            flows.setdefault(product, []).append(entered)
    for line in finances.added:
        flows.setdefault(of_paper, []).append(flow_of(line, finances.budget_year))
    for grant in finances.grants:
        if grant.is_secured:
            flows.setdefault(of_paper, []).append(flow_of_funding(grant, finances.budget_year))
    return flows


def _figures(flows: list[Flow], year: int) -> Figures | None:
    """Return the figures of a year; None where nothing falls due in it."""
    due = [flow for flow in flows if flow.falls_in(year)]
    if not due:
        return None

    def part(*, income: bool, investment: bool) -> Total:
        chosen = (flow for flow in due if (flow.income, flow.investment) == (income, investment))
        return in_year(chosen, year)

    return Figures(
        expenses=part(income=False, investment=False),
        income=part(income=True, investment=False),
        payments=part(income=False, investment=True),
        receipts=part(income=True, investment=True),
    )


def budget_table(budget: Budget) -> Iterator[tuple[str, ...]]:
    """Yield the rows for a spreadsheet: amounts with a decimal comma, without sign or dots."""
    for row in budget.rows:
        yield (
            str(budget.year),
            row.product,
            row.number,
            row.subject,
            row.status.label,
            row.state.label,
            *(f"{cell.known:.2f}".replace(".", ",") for cell in row.figures.cells),
            "ja" if row.figures.complete else "nein",
        )
