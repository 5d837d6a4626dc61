"""The canonical content of a proposal: what a version freezes and a document prints."""

from typing import Any

from ..history.canonical import plain
from ..rules.sections import Section
from .proposal import Proposal

FORMAT = 1


def content_of(proposal: Proposal) -> dict[str, Any]:
    """Return the canonical content of a proposal's working rows, in parts.

    Parts: head, texts, wording, costs, positions, funding, deadlines, attachments. Amounts are
    text with two decimals, an unknown amount is None.
    """
    texts = {row.section: row.html for row in proposal.texts.all()}
    wording = texts.pop(Section.WORDING, "")
    content = {
        "v": FORMAT,
        "head": {
            "kind": proposal.kind,
            "subject": proposal.subject,
            "public": proposal.public,
            "public_subject": proposal.public_subject,
            "file_reference": proposal.file_reference,
            "lead_office": proposal.lead_office.name,
            "mover": proposal.mover,
        },
        "texts": texts,
        "wording": wording,
        "costs": {
            "none": proposal.no_financial_effect,
            "follow_up_words": proposal.follow_up_words,
            "income_words": proposal.income_words,
            "account": proposal.budget_account,
            "available": proposal.budget_available,
            "items": [
                {
                    "kind": row.kind,
                    "text": row.text,
                    "amount": row.amount,
                    "qualifier": row.qualifier,
                    "recurring": row.recurring,
                    "year": row.year,
                    "before": row.before,
                    "after": row.after,
                }
                for row in proposal.cost_items.all()
            ],
        },
        "positions": [
            {
                "text": row.text,
                "share": f"{row.share:.3f}",
                "grade": row.grade,
                "source": row.source,
                "limited_until": row.limited_until,
            }
            for row in proposal.positions.all()
        ],
        "funding": [
            {
                "text": row.text,
                "authority": row.authority,
                "count": row.count,
                "amount_each": row.amount_each,
                "qualifier": row.qualifier,
            }
            for row in proposal.funding.all()
        ],
        "deadlines": [
            {
                "name": row.name,
                "due_on": row.due_on,
                "external": row.external,
                "authority": row.authority,
                "extended_to": row.extended_to,
                "note": row.note,
            }
            for row in proposal.deadlines.all()
        ],
        "attachments": [
            {"number": row.position, "title": row.title, "digest": row.digest}
            for row in proposal.attachments.all()
        ],
    }
    result: dict[str, Any] = plain(content)
    return result
