"""The canonical content of a proposal: what a version freezes and a document prints."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from ..history.canonical import digest, plain
from ..rules.costs import BudgetStatus, CostNature
from ..rules.funding import FundingKind, FundingState
from ..rules.sections import Section
from .costs import CostItem, Funding, StaffPosition
from .proposal import Attachment, Proposal, ProposalText

FORMAT = 1
HEAD = ("kind", "subject", "public", "public_subject", "file_reference", "mover")
COST = ("kind", "text", "amount", "qualifier", "recurring", "year", "before", "after")
POSITION = ("text", "grade", "source", "limited_until")
FUNDING = ("text", "authority", "count", "amount_each", "qualifier")
# what came later stands in the content only where it says something, that is where it differs from
# its default: versions from before these fields keep their digests, and a signature holds on
COST_PARTICULARS = (
    "monthly",
    "nature",
    "until",
    "product",
    "account",
    "budgeted",
    "available",
    "budget_status",
    "coverage",
    "commitment",
    "blocked",
    "from_positions",
    "clause",
)
POSITION_PARTICULARS = (
    "hours",
    "full_hours",
    "filled_from",
    "yearly_cost",
    "plan_year",
    "note",
    "clause",
)
FUNDING_PARTICULARS = ("kind", "state", "state_on", "conditions", "recurring", "year", "until")
_USUAL = {
    "nature": CostNature.EXPENSE,
    "budget_status": BudgetStatus.PLANNED,
    "kind": FundingKind.FIXED,
    "state": FundingState.PLANNED,
}
DEADLINE = (
    *("name", "due_on", "external", "authority"),
    *("extension", "extended_to", "evidence", "note"),
)


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Return the canonical content of a proposal's working rows, in parts.

    Parts: head, texts, wording, costs, positions, funding, deadlines, attachments. Amounts are
    text with two decimals, an unknown amount is None; items and posts name their Ziffer where
    they have one. `frames` stands beside them in a house that introduces its resolution to each
    committee in other words: see `frame_for`.
    """
    rows = list(proposal.texts.select_related("committee"))
    # an empty text is none: a section that a form shows and nobody fills changes nothing
    texts = {row.section: row.html for row in rows if row.committee_id is None and row.html}
    wording = texts.pop(Section.WORDING, "")
    frames = [_frame(row) for row in rows if row.committee_id is not None]
    content: dict[str, Any] = plain(
        {
            "v": FORMAT,
            "head": _head(proposal),
            "texts": texts,
            "wording": wording,
            **({"frames": frames} if frames else {}),
            **_money(
                proposal,
                proposal.cost_items.all(),
                proposal.positions.select_related("rate"),
                proposal.funding.all(),
            ),
            "deadlines": [_fields(row, DEADLINE) for row in proposal.deadlines.all()],
            "attachments": attachments_of(proposal),
        }
    )
    return content


def _head(proposal: Proposal) -> dict[str, Any]:
    due = proposal.answer_due_on
    return (
        _fields(proposal, HEAD)
        | {"lead_office": proposal.lead_office.name}
        | ({"answer_due_on": due} if due else {})
    )


def _frame(row: ProposalText) -> dict[str, Any]:
    assert row.committee is not None
    return {"committee": row.committee.name, "key": row.committee_id, "html": row.html}


def frame_for(content: Mapping[str, Any], committee_id: int) -> str:
    """Return the words that introduce the resolution to one committee, "" where there are none.

    "Der Sozialausschuss empfiehlt dem Kreistag, wie folgt zu beschließen:" What is voted on is the
    frame with the one wording behind it. The wording alone is the basis of every vote, and what
    committees change: so all of them speak of the same text, whoever it is introduced to.
    """
    rows = content.get("frames", ())
    return next((str(row["html"]) for row in rows if row["key"] == committee_id), "")


def framed_wording(content: Mapping[str, Any]) -> str:
    """Return the wording behind all of its frames, as the paper itself prints it."""
    frames = "".join(str(row["html"]) for row in content.get("frames", ()))
    return frames + str(content["wording"])


def digests_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of each part; the frames belong to the wording that they introduce."""
    parts = {part: value for part, value in content.items() if part not in ("v", "frames")}
    if "frames" in content:
        parts["wording"] = [content["wording"], content["frames"]]
    return {part: digest(value) for part, value in parts.items()}


def money_of(
    proposal: Proposal,
    items: Iterable[CostItem],
    posts: Iterable[StaffPosition],
    grants: Iterable[Funding],
) -> dict[str, Any]:
    """Return the parts of the content that hold money, from rows that are read already."""
    parts: dict[str, Any] = plain(_money(proposal, items, posts, grants))
    return parts


def _money(
    proposal: Proposal,
    items: Iterable[CostItem],
    posts: Iterable[StaffPosition],
    grants: Iterable[Funding],
) -> dict[str, Any]:
    reasons = proposal.finance_reasons
    return {
        "costs": {
            "none": proposal.no_financial_effect,
            "account": proposal.budget_account,
            "available": proposal.budget_available,
            **_fields(proposal, ("follow_up_words", "income_words")),
            "items": [_fields(row, COST) | _differing(row, COST_PARTICULARS) for row in items],
            **({"reasons": reasons} if reasons else {}),
        },
        "positions": [
            _fields(row, POSITION)
            | {"share": f"{row.share:.3f}"}
            | _differing(row, POSITION_PARTICULARS)
            | ({"rate": str(row.rate)} if row.rate_id else {})
            for row in posts
        ],
        "funding": [_fields(row, FUNDING) | _differing(row, FUNDING_PARTICULARS) for row in grants],
    }


def attachments_of(proposal: Proposal) -> list[dict[str, Any]]:
    """Return the annexes that stand in the draft, in their order."""
    rows = Attachment.everything.filter(proposal=proposal, removed_on__isnull=True)
    return [attachment_entry(row, row.position) for row in rows.order_by("position")]


def attachment_entry(row: Attachment, number: int) -> dict[str, Any]:
    """Return an annex as a version names it."""
    return _fields(row, ("title", "digest")) | {"number": number} | _particulars(row)


def _particulars(row: Attachment) -> dict[str, Any]:
    # left out where an annex is as most are: earlier versions keep their digests
    said: dict[str, Any] = {} if row.public else {"public": False}
    if row.alt_text:
        said["alt"] = row.alt_text
    if row.late and row.added_on:
        said["late"] = f"{row.added_on:%Y-%m-%d}"
    return said


def _differing(row: CostItem | StaffPosition | Funding, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields that say something else than their default."""
    said = {}
    for name in names:
        value = getattr(row, name)
        # 0 euros are an answer, unlike nothing
        silent = value is None or value is False or value == ""
        if not silent and value != _USUAL.get(name):
            said[name] = value
    return said


def _fields(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
