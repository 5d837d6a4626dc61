"""Makes the answer of the draft form from a paper of the demo's files."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from proposals.models import CostKind, PositionSource
from proposals.rules.consultation import ConsultationRole
from proposals.rules.costs import Budgeted, CostNature, Qualifier
from proposals.rules.deadlines import Extension
from proposals.rules.funding import FundingKind, FundingState
from proposals.rules.sections import Section
from proposals.rules.text import paragraphs_to_html
from proposals.rules.words import ProposalKind
from proposals.services.drafting import DeadlineDraft, DraftAnswer, StationDraft
from proposals.services.finance_drafts import CostDraft, FundingDraft, PositionDraft

from .names import Names


def draft_of(
    names: Names, paper: Mapping[str, Any], route: Sequence[StationDraft], asked: Sequence[int] = ()
) -> DraftAnswer:
    """Return the working rows of a paper; `asked` are the offices that co-sign."""
    finance = paper.get("finance", {})
    return DraftAnswer(
        kind=ProposalKind(paper["kind"]),
        lead_office_id=names.offices[paper["lead_office"]].pk,
        subject=paper["subject"],
        public=paper.get("public", True),
        public_subject=paper.get("public_subject", ""),
        mover=paper.get("mover", ""),
        file_reference=paper.get("file_reference", ""),
        no_financial_effect=finance.get("none", False),
        follow_up_words=finance.get("follow_up_words", ""),
        income_words=finance.get("income_words", ""),
        budget_account=finance.get("account", ""),
        budget_available=_money(finance.get("available")),
        finance_reasons=finance.get("reasons", {}),
        texts={
            Section(name): paragraphs_to_html(text.strip()) for name, text in paper["texts"].items()
        },
        frames={
            names.committees[body].pk: paragraphs_to_html(text.strip())
            for body, text in paper.get("frames", {}).items()
        },
        costs=[_cost(row) for row in paper.get("costs", [])],
        positions=[_position(row) for row in paper.get("positions", [])],
        funding=[_funding(row) for row in paper.get("funding", [])],
        deadlines=[_deadline(row) for row in paper.get("deadlines", [])],
        route=route,
        co_signing_offices=asked,
    )


def station_of(names: Names, row: Mapping[str, Any]) -> StationDraft:
    """Return a planned consultation of a paper's route."""
    return StationDraft(names.committees[row["committee"]].pk, ConsultationRole(row["role"]))


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _cost(row: dict[str, Any]) -> CostDraft:
    return CostDraft(
        text=row["text"],
        amount=_money(row.get("amount")),
        kind=CostKind(row.get("kind", "expense")),
        qualifier=Qualifier(row.get("qualifier", "exact")),
        recurring=row.get("recurring", False),
        year=row.get("year"),
        until=row.get("until"),
        before=_money(row.get("before")),
        after=_money(row.get("after")),
        nature=CostNature(row.get("nature", "expense")),
        product=row.get("product", ""),
        budgeted=Budgeted(row.get("budgeted", "")),
    )


def _position(row: dict[str, Any]) -> PositionDraft:
    return PositionDraft(
        text=row["text"],
        share=Decimal(row["share"]),
        grade=row.get("grade", ""),
        source=PositionSource(row["source"]),
        limited_until=row.get("limited_until"),
        hours=_money(row.get("weekly_hours")),
        full_hours=_money(row.get("full_hours")),
        plan_year=row.get("plan_year"),
    )


def _funding(row: dict[str, Any]) -> FundingDraft:
    return FundingDraft(
        text=row["text"],
        amount_each=Decimal(row["amount_each"]),
        count=row.get("count", 1),
        authority=row.get("authority", ""),
        qualifier=Qualifier(row.get("qualifier", "exact")),
        kind=FundingKind(row.get("kind", "fixed")),
        state=FundingState(row.get("state", "planned")),
        conditions=row.get("conditions", ""),
        year=row.get("year"),
    )


def _deadline(row: dict[str, Any]) -> DeadlineDraft:
    return DeadlineDraft(
        name=row["name"],
        due_on=row["due_on"],
        external=row.get("external", True),
        authority=row.get("authority", ""),
        extension=Extension(row.get("extension", "")),
        extended_to=row.get("extended_to"),
        evidence=row.get("evidence", ""),
        note=row.get("note", ""),
    )
