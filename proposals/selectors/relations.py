"""The papers a paper relates to, and the numbers under which it was issued anew."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ..models import Proposal, Reissue, Relation
from ..rules.relations import RelationKind
from .heads import known_heads


@dataclass(frozen=True)
class Related:
    """Another paper: how it relates, its number and its subject as the user may know it.

    `is_own` says that this paper names the other one, and so may take it back.
    """

    words: str
    paper_id: int
    number: str
    kind_label: str
    subject: str
    relation_id: int
    is_own: bool


def relations_of(proposal: Proposal, user: Any) -> list[Related]:
    """Return the relations of a paper in both directions, where the user may see both papers."""
    visible = Relation.objects.visible_to(user).select_related("proposal", "to")
    rows = list(visible.filter(Q(proposal=proposal) | Q(to=proposal)).order_by("pk"))
    others = {row.pk: row.to if row.proposal_id == proposal.pk else row.proposal for row in rows}
    heads = known_heads({paper.pk: paper for paper in others.values()}.values(), user)
    found = []
    for row in rows:
        paper, kind = others[row.pk], RelationKind(row.kind)
        is_own = row.proposal_id == proposal.pk
        found.append(
            Related(
                words=kind.label if is_own else kind.inverse,
                paper_id=paper.pk,
                number=paper.number or "",
                kind_label=proposal.municipality.kind_name(paper.kind),
                subject=heads[paper.pk]["subject"],
                relation_id=row.pk,
                is_own=is_own,
            )
        )
    return found


@dataclass(frozen=True)
class Issued:
    """A re-issue: its number with the suffix, its day, and whose wording it carries."""

    number: str
    reissue: Reissue

    @property
    def words(self) -> str:
        """Return when it was issued and as what."""
        return f"herausgegeben als {self.number} am {self.reissue.issued_on:%d.%m.%Y}"


def reissues_of(proposal: Proposal, user: Any) -> dict[int, Issued]:
    """Return the re-issues of a paper that the user may know by their wording, oldest first."""
    rows = Reissue.objects.visible_to(user).filter(proposal=proposal).order_by("suffix")
    rows = rows.select_related("proposal__municipality")
    return {row.wording_id: Issued(row.number, row) for row in rows}
