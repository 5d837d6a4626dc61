"""Freezing: what the working rows say at the hand-in becomes a version that never changes."""

from typing import Any

from django.utils import timezone

from ..history.canonical import digest
from ..models import Origin, Proposal, ProposalVersion, User, VersionOrigin, Wording
from ..models.content import content_of, digests_of
from ..models.version import own_wording
from ..rules.words import ProposalKind


def freeze(
    proposal: Proposal,
    *,
    origin: VersionOrigin,
    author: User,
    replaces: ProposalVersion | None = None,
) -> ProposalVersion:
    """Make the working rows a version with its wording; the newest one again if nothing changed.

    `origin` is the hand-over that it was frozen for, `author` who handed it over, `replaces` the
    issued version in whose place it is to stand.
    """
    content = content_of(proposal)
    return freeze_content(proposal, content, origin=origin, author=author, replaces=replaces)


def freeze_content(
    proposal: Proposal,
    content: dict[str, Any],
    *,
    origin: VersionOrigin,
    author: User,
    replaces: ProposalVersion | None = None,
) -> ProposalVersion:
    """Make a content a version with its wording; the newest one again if it says the same.

    One that leaves the wording of what it replaces as it is has none of its own: committees go on
    voting on the one that they know.
    """
    newest = ProposalVersion.everything.filter(proposal=proposal).order_by("-number").first()
    if newest is not None and newest.digest == digest(content):
        return newest
    version = ProposalVersion(
        proposal=proposal,
        number=newest.number + 1 if newest else 1,
        content=content,
        part_digests=digests_of(content),
        digest=digest(content),
        made_at=timezone.now(),
        origin=origin,
        author=author,
    )
    version.save()
    kept = replaces is not None and replaces.content["wording"] == content["wording"]
    if content["wording"] and not kept:
        _freeze_wording(proposal, version, replaces or newest)
    return version


def _freeze_wording(
    proposal: Proposal, version: ProposalVersion, earlier: ProposalVersion | None
) -> None:
    is_motion = ProposalKind(proposal.kind).is_motion
    Wording(
        proposal=proposal,
        origin=Origin.MOVER if is_motion else Origin.ADMINISTRATION,
        version=version,
        parent=own_wording(earlier) if earlier else None,
        html=version.content["wording"],
    ).save()
