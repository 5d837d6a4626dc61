"""Several PDF files as one, with a bookmark for each, and with their tags."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from .pack_tags import BROKEN, Tags


@dataclass(frozen=True)
class Leaf:
    """A file of the pack under its bookmark, with the files that belong to it."""

    title: str
    data: bytes = b""
    below: Sequence["Leaf"] = field(default=())


def is_bindable(data: bytes) -> bool:
    """Answer whether a PDF can be bound in: it can be read, and asks for no password."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return False
        writer = PdfWriter()
        _append(writer, Tags(writer), Leaf("", data), 0, [])
        writer.write(io.BytesIO())
    except BROKEN:
        return False
    return bool(reader.pages)


def bound(leaves: Sequence[Leaf], *, title: str, author: str) -> bytes:
    """Return one PDF of all files in their order; bookmarks open with it.

    A file without data is a bookmark only, on the page that follows.
    """
    writer = PdfWriter()
    tags = Tags(writer)
    marks: list[tuple[Leaf, int, int]] = []
    for leaf in leaves:
        _append(writer, tags, leaf, 0, marks)
    parents: dict[int, IndirectObject] = {}
    last = len(writer.pages) - 1
    for leaf, page, level in marks:
        parent = parents[level - 1] if level else None
        parents[level] = writer.add_outline_item(
            title=leaf.title, page_number=min(page, last), parent=parent
        )
    tags.finish()
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.page_mode = "/UseOutlines"
    writer.root_object[NameObject("/Lang")] = TextStringObject("de-DE")
    writer.add_metadata({"/Title": title, "/Author": author})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _append(
    writer: PdfWriter, tags: Tags, leaf: Leaf, level: int, marks: list[tuple[Leaf, int, int]]
) -> None:
    marks.append((leaf, len(writer.pages), level))
    if leaf.data:
        reader = PdfReader(io.BytesIO(leaf.data))
        writer.append(reader, import_outline=False)
        tags.add(reader, leaf.title)
    for below in leaf.below:
        _append(writer, tags, below, level + 1, marks)
