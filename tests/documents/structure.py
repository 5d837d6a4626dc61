"""The structure tree of a PDF: what a screen reader finds."""

from collections.abc import Iterator
from typing import Any

from pypdf.generic import DictionaryObject


def kinds_of(root: Any) -> list[str]:
    """Return the kind of each element, in the order of reading; the PDF says that it is tagged."""
    assert root["/MarkInfo"]["/Marked"].value is True
    return [str(element["/S"]) for element in elements(root["/StructTreeRoot"])]


def elements(node: Any) -> Iterator[DictionaryObject]:
    """Yield the elements of a structure tree."""
    node = node.get_object()
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        below = node.get("/K")
        if below is not None:
            yield from elements(below)
    elif isinstance(node, list):
        for child in node:
            yield from elements(child)
