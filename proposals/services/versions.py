"""Freezing: what the working rows say at the hand-in becomes a version that never changes."""

from django.utils import timezone

from ..history.canonical import digest
from ..models import Origin, Proposal, ProposalVersion, Wording
from ..models.content import content_of
from ..rules.words import ProposalKind


def freeze(proposal: Proposal) -> ProposalVersion:
    """Make the working rows a version with its wording; the newest one again if nothing changed."""
    content = content_of(proposal)
    newest = ProposalVersion.everything.filter(proposal=proposal).order_by("-number").first()
    if newest is not None and newest.digest == digest(content):
        return newest
    version = ProposalVersion(
        proposal=proposal,
        number=newest.number + 1 if newest else 1,
        content=content,
        part_digests={part: digest(value) for part, value in content.items() if part != "v"},
        digest=digest(content),
        made_at=timezone.now(),
    )
    version.save()
    if content["wording"]:
        _freeze_wording(proposal, version, newest)
    return version


def _freeze_wording(
    proposal: Proposal, version: ProposalVersion, newest: ProposalVersion | None
) -> None:
    is_motion = ProposalKind(proposal.kind).is_motion
    Wording(
        proposal=proposal,
        origin=Origin.MOVER if is_motion else Origin.ADMINISTRATION,
        version=version,
        parent=Wording.everything.filter(version=newest).first() if newest else None,
        html=version.content["wording"],
    ).save()
