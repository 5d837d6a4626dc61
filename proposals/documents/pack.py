"""Several PDF files as one, with a bookmark for each."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject, NameObject, TextStringObject

# what damaged files make pypdf stumble over besides its own errors
_BROKEN = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError),
    *(RecursionError, NotImplementedError, OSError),
)


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
        writer.append(reader, import_outline=False)
        writer.write(io.BytesIO())
    except _BROKEN:
        return False
    return bool(reader.pages)


def bound(leaves: Sequence[Leaf], *, title: str, author: str) -> bytes:
    """Return one PDF of all files in their order; bookmarks open with it.

    A file without data is a bookmark only, on the page that follows.
    """
    writer = PdfWriter()
    marks: list[tuple[Leaf, int, int]] = []
    for leaf in leaves:
        _append(writer, leaf, 0, marks)
    parents: dict[int, IndirectObject] = {}
    last = len(writer.pages) - 1
    for leaf, page, level in marks:
        parent = parents[level - 1] if level else None
        parents[level] = writer.add_outline_item(
            title=leaf.title, page_number=min(page, last), parent=parent
        )
    writer.page_mode = "/UseOutlines"
    writer.root_object[NameObject("/Lang")] = TextStringObject("de-DE")
    writer.add_metadata({"/Title": title, "/Author": author})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _append(writer: PdfWriter, leaf: Leaf, level: int, marks: list[tuple[Leaf, int, int]]) -> None:
    marks.append((leaf, len(writer.pages), level))
    if leaf.data:
        writer.append(io.BytesIO(leaf.data), import_outline=False)
    for below in leaf.below:
        _append(writer, below, level + 1, marks)
