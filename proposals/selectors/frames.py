"""The words that introduce a resolution to one committee (see `models.content.frame_for`)."""

from typing import Any

from django.utils.safestring import SafeString

from ..models import AgendaItem, ProposalVersion
from ..models.content import frame_for
from .proposal_page import shown


def frame_of_item(item: AgendaItem, user: Any) -> SafeString | None:
    """Return what stands before the motion of an item, None where there is nothing.

    As the newest version that the user may see has it.
    """
    station = item.consultation
    if station is None or not item.committee.municipality.wording_per_committee:
        return None
    rows = ProposalVersion.objects.visible_to(user).filter(proposal=station.proposal_id)
    version = rows.order_by("-number").first()
    html = frame_for(version.content, item.committee_id) if version is not None else ""
    return shown(html) if html else None
