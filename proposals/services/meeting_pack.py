"""Sitzungsmappe: all papers of one meeting as one PDF, put together when somebody asks for it."""

from collections.abc import Iterable, Sequence
from functools import cache

from ..documents import store
from ..documents.content_pack import PackedItem, pack_content
from ..documents.context_pack import PackContext
from ..documents.faults import TemplateFault
from ..documents.pack import Leaf, bound, is_bindable
from ..documents.pdf import pdfs_of
from ..models import Audience, Meeting
from ..rules.errors import RuleViolation
from .documents import rendered
from .packed_items import packed_items
from .rendering import Sources, fill, source_of


def meeting_pack(meeting: Meeting, audience: Audience) -> bytes:
    """Return the Sitzungsmappe of a meeting for an audience; records nothing.

    Contents, then each paper in the order of the agenda with its annexes behind it. An annex that
    is no PDF stands in the contents with a note. Raises RuleViolation where there is nothing to
    bind or no program to print with, TemplateFault where a template cannot be used.
    """
    items = packed_items(meeting, audience)
    papers = [item for item in items if item.version is not None]
    if not papers:
        raise RuleViolation("Auf dieser Tagesordnung steht keine Vorlage, die in die Mappe gehört.")
    annexes = _annexes(papers)
    bindable = {digest: data for digest, data in annexes.items() if is_bindable(data)}
    content = pack_content(meeting, audience, items, annexes.keys() - bindable.keys())
    first = fill(meeting.municipality.slug, "sitzungsmappe", content, PackContext)
    printed = pdfs_of([first.data, *filled(papers, audience)])
    leaves = [
        Leaf("Inhalt", printed[0]),
        *(_leaf(item, data, bindable) for item, data in zip(papers, printed[1:], strict=True)),
    ]
    title = f"{content['art']}: {content['betreff']}"
    return bound(leaves, title=title, author=meeting.municipality.name)


def _annexes(papers: Iterable[PackedItem]) -> dict[str, bytes]:
    digests = {annex.digest for item in papers for annex in item.annexes if annex.digest}
    return {digest: store.get(digest) for digest in digests}


def filled(papers: Iterable[PackedItem], audience: Audience) -> list[bytes]:
    """Return the Word files of papers; what they share is read once.

    Raises RuleViolation naming the paper that cannot be printed, and why.
    """
    sources = cache(source_of)
    return [_rendered(item, audience, sources) for item in papers]


def _rendered(item: PackedItem, audience: Audience, sources: Sources) -> bytes:
    assert item.version is not None
    try:
        return rendered(item.version, audience, sources).data
    except (RuleViolation, TemplateFault) as refusal:
        name = f"Vorlage {item.paper}" if item.paper else item.title
        raise RuleViolation(f"{name}: {refusal.message}") from refusal


def _leaf(item: PackedItem, data: bytes, bindable: dict[str, bytes]) -> Leaf:
    below: Sequence[Leaf] = [
        Leaf(f"Anlage {annex.number}: {annex.title}", bindable[annex.digest])
        for annex in item.annexes
        if annex.digest in bindable
    ]
    words = ", ".join(filter(None, (item.top, f"Vorlage {item.paper}" if item.paper else "")))
    return Leaf(": ".join(filter(None, (words, item.title))), data, below)
