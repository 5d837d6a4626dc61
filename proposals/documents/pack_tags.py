"""The tags of several PDF files as those of one: a screen reader finds their headings and tables.

pypdf joins pages and leaves the structure trees behind. Here each file becomes a part of one tree
under its title; its marks are counted on from those of the file before (ISO 32000-1, 14.7).
"""

import logging
from collections.abc import Iterator
from typing import Any, Final

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

log = logging.getLogger(__name__)

# what damaged files make pypdf stumble over besides its own errors
BROKEN: Final = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError),
    *(RecursionError, NotImplementedError, OSError),
)
_MOST_NAMES: Final = 20  # that a kind of element has in a row, before it is a circle
_OF_PAGE, _OF_OBJECT = NameObject("/StructParents"), NameObject("/StructParent")
_KIDS, _PARENT, _KIND = NameObject("/K"), NameObject("/P"), NameObject("/S")


class Tags:
    """The structure tree of a file that is being bound."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._marks = ArrayObject()  # a number and what it stands for, by turns
        self._next = 0
        self._root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        writer._add_object(self._root)
        self._document = self._element("/Document", self._root)

    def add(self, reader: PdfReader, title: str) -> None:
        """Take over the tags of a file whose pages are the last ones of the writer.

        The pages of a file without tags, or with damaged ones, are a paragraph each: what no tag
        holds, a screen reader leaves out of a tagged file.
        """
        part = self._element("/Part", self._document)
        part[NameObject("/T")] = TextStringObject(title)
        pages = self._writer.pages[len(self._writer.pages) - len(reader.pages) :]
        try:
            marks = self._taken_over(reader, part)
        except BROKEN:
            # without the title: it may be of a matter behind closed doors
            log.warning("the tags of a PDF file cannot be read", exc_info=True)
            part[_KIDS], marks = ArrayObject(), {}
        first = self._next
        for number, value in sorted(marks.items()):
            self._mark(first + number, value)
        for old, page in zip(reader.pages, pages, strict=True):
            self._shift_objects(page, first)
            key: Any = old.get(_OF_PAGE)
            if key in marks:
                page[_OF_PAGE] = NumberObject(first + key)
            else:
                self._paragraph(page, part)

    def finish(self) -> None:
        """Make the tree that of the file."""
        numbers = DictionaryObject({NameObject("/Nums"): self._marks})
        self._root[NameObject("/ParentTree")] = self._writer._add_object(numbers)
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(self._next)
        root = self._writer.root_object
        root[NameObject("/StructTreeRoot")] = _reference(self._root)
        root[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(True)}
        )

    def _taken_over(self, reader: PdfReader, part: Any) -> dict[int, Any]:
        """Hang a copy of a file's tree under its part; return what its marks stand for."""
        own: Any = reader.root_object.get("/StructTreeRoot")
        if own is None:
            return {}
        tree: Any = own.get_object().clone(self._writer)
        marks = dict(_numbered(tree["/ParentTree"].get_object()))
        roles = tree.get("/RoleMap", DictionaryObject()).get_object()
        kids = tree[_KIDS].get_object()
        for kid in kids if isinstance(kids, ArrayObject) else [tree.raw_get(_KIDS)]:
            element = kid.get_object()
            element[_PARENT] = _reference(part)
            part[_KIDS].append(_reference(element))
            for one in _elements(element):
                one[_KIND] = NameObject(_standard(str(one[_KIND]), roles))
            if element[_KIND] == "/Document":
                element[_KIND] = NameObject("/Sect")
        return marks

    def _mark(self, number: int, value: Any) -> None:
        self._marks.extend((NumberObject(number), value))
        self._next = number + 1

    def _shift_objects(self, page: Any, first: int) -> None:
        """Count on the numbers of links and form fields."""
        annotations = page.get("/Annots", ArrayObject()).get_object()
        for annotation in (row.get_object() for row in annotations):
            if _OF_OBJECT in annotation:
                annotation[_OF_OBJECT] = NumberObject(first + annotation[_OF_OBJECT])

    def _paragraph(self, page: Any, part: DictionaryObject) -> None:
        """Make everything on a page one paragraph."""
        element = self._element("/P", part)
        element[NameObject("/Pg")] = _reference(page)
        element[_KIDS] = NumberObject(0)
        contents = page.get("/Contents", ArrayObject()).get_object()
        inner = contents if isinstance(contents, ArrayObject) else [page.raw_get("/Contents")]
        before, after = (self._stream(b"/P <</MCID 0>> BDC\n"), self._stream(b"\nEMC"))
        page[NameObject("/Contents")] = ArrayObject([before, *inner, after])
        page[_OF_PAGE] = NumberObject(self._next)
        self._mark(self._next, ArrayObject([_reference(element)]))

    def _stream(self, data: bytes) -> Any:
        stream = DecodedStreamObject()
        stream.set_data(data)
        return self._writer._add_object(stream)

    def _element(self, kind: str, parent: DictionaryObject) -> DictionaryObject:
        """Return a new element, the last one of its parent."""
        element = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                _KIND: NameObject(kind),
                _PARENT: _reference(parent),
                _KIDS: ArrayObject(),
            }
        )
        kids: Any = parent.setdefault(_KIDS, ArrayObject())
        kids.append(self._writer._add_object(element))
        return element


def _reference(thing: Any) -> Any:
    return thing.indirect_reference


def _numbered(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield the entries of a number tree, whose branches may be kept apart."""
    numbers = tree.get("/Nums", ArrayObject()).get_object()
    for at in range(0, len(numbers), 2):
        yield int(numbers[at]), list.__getitem__(numbers, at + 1)
    for kid in tree.get("/Kids", ArrayObject()).get_object():
        yield from _numbered(kid.get_object())


def _elements(element: Any) -> Iterator[Any]:
    """Yield an element and all below it; numbers and references to marks are none."""
    yield element
    kids = element.get(_KIDS, ArrayObject()).get_object()
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        below = kid.get_object()
        if isinstance(below, DictionaryObject) and _KIND in below:
            yield from _elements(below)


def _standard(kind: str, roles: Any) -> str:
    """Return the kind that every program knows for a house's own one ("/Vorlage Text": "/P")."""
    for _ in range(_MOST_NAMES):
        if kind not in roles:
            break
        kind = str(roles[kind])
    return kind
