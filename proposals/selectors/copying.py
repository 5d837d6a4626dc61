"""What a person may take over from an earlier paper into a new draft (Als Muster verwenden)."""

from dataclasses import dataclass
from typing import Any

from .. import policies
from ..models import Attachment, CoSigningOffice, Proposal, ProposalVersion
from ..models.content import content_of
from ..models.version import handed_in
from ..rules.consultation import ConsultationRole
from .decisions import known_route


@dataclass(frozen=True)
class Model:
    """Muster: the content as the person may read it, its route, and whom it asked to co-sign."""

    proposal: Proposal
    content: dict[str, Any]
    route: list[tuple[int, ConsultationRole]]
    offices: list[int]
    annexes: list[Attachment]


def model_of(proposal: Proposal, user: Any) -> Model | None:
    """Return what of a visible paper may be copied; None where the person may read nothing of it.

    Who may edit the draft copies the draft, everybody else the newest version they may see: a
    copy must not tell more than the page of the paper does.
    """
    where = known_route(proposal, user)
    versions = ProposalVersion.objects.visible_to(user).filter(proposal=proposal)
    newest = versions.filter(handed_in("pk")).order_by("-number").first()
    if where.current is None and policies.can_edit(user, proposal):
        content = content_of(proposal)
    elif newest is not None:
        content = newest.content
    else:
        return None
    asked = CoSigningOffice.objects.visible_to(user).filter(proposal=proposal)
    digests = {row["digest"] for row in content["attachments"]}
    annexes = Attachment.objects.visible_to(user).filter(
        proposal=proposal, digest__in=digests, removed_on__isnull=True
    )
    return Model(
        proposal,
        content,
        [
            (row.committee_id, ConsultationRole(row.role))
            for row in where.consultations
            if not row.lapse and row.inserted_by_id is None
        ],
        list(asked.values_list("office", flat=True)),
        list(annexes.order_by("position")),
    )
