"""The canonical content of a proposal: what a version freezes and a document prints."""

from typing import Any

from django.db.models import Model

from ..history.canonical import plain
from ..rules.sections import Section
from .costs import CostItem, StaffPosition
from .proposal import Proposal

FORMAT = 1
HEAD = ("kind", "subject", "public", "public_subject", "file_reference", "mover")
COST = ("kind", "text", "amount", "qualifier", "recurring", "year", "before", "after")
POSITION = ("text", "grade", "source", "limited_until")
FUNDING = ("text", "authority", "count", "amount_each", "qualifier")
DEADLINE = ("name", "due_on", "external", "authority", "extended_to", "note")


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Return the canonical content of a proposal's working rows, in parts.

    Parts: head, texts, wording, costs, positions, funding, deadlines, attachments. Amounts are
    text with two decimals, an unknown amount is None; items and posts name their Ziffer where
    they have one.
    """
    texts = {row.section: row.html for row in proposal.texts.all()}
    wording = texts.pop(Section.WORDING, "")
    content: dict[str, Any] = plain(
        {
            "v": FORMAT,
            "head": _fields(proposal, HEAD) | {"lead_office": proposal.lead_office.name},
            "texts": texts,
            "wording": wording,
            "costs": {
                "none": proposal.no_financial_effect,
                "account": proposal.budget_account,
                "available": proposal.budget_available,
                **_fields(proposal, ("follow_up_words", "income_words")),
                "items": [_fields(row, COST) | _clause(row) for row in proposal.cost_items.all()],
            },
            "positions": [
                _fields(row, POSITION) | {"share": f"{row.share:.3f}"} | _clause(row)
                for row in proposal.positions.all()
            ],
            "funding": [_fields(row, FUNDING) for row in proposal.funding.all()],
            "deadlines": [_fields(row, DEADLINE) for row in proposal.deadlines.all()],
            "attachments": [
                _fields(row, ("title", "digest")) | {"number": row.position}
                for row in proposal.attachments.filter(removed_on__isnull=True)
            ],
        }
    )
    return content


def _clause(row: CostItem | StaffPosition) -> dict[str, Any]:
    # left out where there is none: versions from before there were clauses keep their digests
    return {} if row.clause is None else {"clause": row.clause}


def _fields(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
