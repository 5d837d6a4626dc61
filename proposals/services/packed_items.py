"""Selects what the Sitzungsmappe of a meeting holds: its agenda, the papers and their annexes.

The public one holds what is dealt with in public of papers that are public, and their public
annexes; of everything else not even the heading.
"""

from collections.abc import Iterable, Mapping

from django.db.models import Prefetch

from ..documents.content_attendance import top_of
from ..documents.content_items import proposal_of
from ..documents.content_pack import PackedAnnex, PackedItem
from ..documents.uploads import PDF
from ..models import AgendaItem, Attachment, Audience, Meeting, ProposalVersion, Submission
from ..models.order import as_invited, printed_title
from ..models.relations import with_supplemented
from ..rules.consultation import Outcome


def packed_items(meeting: Meeting, audience: Audience) -> list[PackedItem]:
    """Return the agenda as the audience may know it, in the order of the invitation; 5 queries."""
    rows = AgendaItem.everything.filter(meeting=meeting).exclude(outcome=Outcome.TAKEN_OFF)
    found = rows.select_related("committee", "approves", "consultation__proposal")
    items = [row for row in as_invited(list(found)) if _is_for(row, audience)]
    papers = {paper.pk for row in items if (paper := proposal_of(row)) is not None}
    versions = _issued(meeting, papers, audience)
    annexes = _annexes(papers, audience)
    return [_packed(row, versions, annexes, audience) for row in items]


def _is_for(item: AgendaItem, audience: Audience) -> bool:
    if audience == Audience.INTERNAL:
        return True
    paper = proposal_of(item)
    return item.public and (paper is None or paper.public)


def _issued(
    meeting: Meeting, papers: Iterable[int], audience: Audience
) -> dict[int, ProposalVersion]:
    """Return the newest version of each paper that has passed the form check."""
    issued = Submission.everything.filter(form_checked_on__isnull=False).values("version")
    rows = ProposalVersion.everything.filter(proposal__in=list(papers), pk__in=issued)
    rounds = Submission.everything.select_related("released_by__person")
    found = list(
        rows.select_related("proposal")
        .prefetch_related(Prefetch("submissions", rounds), with_supplemented("proposal"))
        .order_by("number")
    )
    for row in found:  # one instance, so that the house's rules are read once
        row.proposal.municipality = meeting.municipality
    return {
        row.proposal_id: row
        for row in found
        if audience == Audience.INTERNAL or row.content["head"]["public"]
    }


def _annexes(papers: Iterable[int], audience: Audience) -> dict[tuple[int, str], str]:
    """Return the kind of file of each annex that the audience may know, by paper and digest."""
    rows = Attachment.everything.filter(proposal__in=list(papers))
    if audience == Audience.PUBLIC:
        rows = rows.filter(public=True)
    return {(row.proposal_id, row.digest): row.media_type for row in rows}


def _packed(
    item: AgendaItem,
    versions: Mapping[int, ProposalVersion],
    annexes: Mapping[tuple[int, str], str],
    audience: Audience,
) -> PackedItem:
    paper = proposal_of(item)
    version = versions.get(paper.pk) if paper is not None else None
    return PackedItem(
        top=top_of(item) if item.number else "",
        title=_title(item, version, audience),
        paper=(paper.number or "") if paper is not None and version is not None else "",
        version=version,
        annexes=[] if version is None else list(_of_version(version, annexes, audience)),
    )


def _title(item: AgendaItem, version: ProposalVersion | None, audience: Audience) -> str:
    if audience == Audience.INTERNAL:
        return printed_title(item)
    subject = version.content["head"]["public_subject"] if version is not None else ""
    return subject or item.public_title or printed_title(item)


def _of_version(
    version: ProposalVersion, annexes: Mapping[tuple[int, str], str], audience: Audience
) -> Iterable[PackedAnnex]:
    for entry in version.content["attachments"]:
        kind = annexes.get((version.proposal_id, entry["digest"]))
        if kind is None or not (audience == Audience.INTERNAL or entry.get("public", True)):
            continue
        digest = entry["digest"] if kind == PDF else ""
        yield PackedAnnex(entry["number"], entry["title"], digest)
