"""Several PDF files as one."""

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    Destination,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from proposals.documents.pack import Leaf, bound, is_bindable
from proposals.documents.pdf import pdfs_of
from tests.documents.papers import PAPERS
from tests.documents.structure import elements, kinds_of


def blank(pages: int, password: str = "") -> bytes:
    """Return a PDF of empty pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def tagged(kind: str, *, role: str = "", broken: bool = False) -> bytes:
    """Return a PDF of one page with one element of this kind, and a link in it."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    content = DecodedStreamObject()
    content.set_data(b"/X <</MCID 0>> BDC EMC")
    page[NameObject("/Contents")] = writer._add_object(content)
    link = writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://kreis.example"))
    root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    held = writer._add_object(root)
    names = {"/S": NameObject(kind), "/P": held, "/K": NumberObject(0)}
    element = writer._add_object(DictionaryObject({NameObject(k): v for k, v in names.items()}))
    marks = [NumberObject(0), ArrayObject([element]), NumberObject(1), element]
    numbers = DictionaryObject({NameObject("/Nums"): ArrayObject(marks[: 1 if broken else 4])})
    root.update({NameObject("/K"): element, NameObject("/ParentTree"): numbers})
    root[NameObject("/RoleMap")] = DictionaryObject({NameObject(kind): NameObject(role or kind)})
    page[NameObject("/StructParents")] = NumberObject(0)
    link[NameObject("/StructParent")] = NumberObject(1)
    writer.root_object[NameObject("/StructTreeRoot")] = held
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def outline(data: bytes) -> list[tuple[str, int, int]]:
    """Return title, page and level of each bookmark."""
    reader = PdfReader(io.BytesIO(data))

    def walk(rows: object, level: int) -> list[tuple[str, int, int]]:
        found: list[tuple[str, int, int]] = []
        assert isinstance(rows, list)
        for row in rows:
            if isinstance(row, Destination):
                found.append((str(row.title), reader.get_destination_page_number(row) or 0, level))
            else:
                found += walk(row, level + 1)
        return found

    return walk(reader.outline, 0)


def test_each_file_gets_a_bookmark_and_what_belongs_to_it_stands_below() -> None:
    annexes = [Leaf("Anlage 1: Plan", blank(1)), Leaf("Anlage 2: Satzung", blank(3))]
    papers = [Leaf("TOP 1: Erster", blank(2), annexes), Leaf("TOP 2: Zweiter", blank(1))]
    whole = bound([Leaf("Inhalt", blank(1)), *papers], title="Mappe", author="Haus")
    assert outline(whole) == [
        ("Inhalt", 0, 0),
        ("TOP 1: Erster", 1, 0),
        ("Anlage 1: Plan", 3, 1),
        ("Anlage 2: Satzung", 4, 1),
        ("TOP 2: Zweiter", 7, 0),
    ]
    reader = PdfReader(io.BytesIO(whole))
    assert len(reader.pages) == 8
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Mappe", "Haus")
    assert str(reader.root_object["/Lang"]) == "de-DE"
    assert reader.page_mode == "/UseOutlines"


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4 annex", b"\xff" * 200, blank(2)[:150], blank(1, password="geheim"), blank(0)],
)
def test_what_is_damaged_locked_or_empty_cannot_be_bound(data: bytes) -> None:
    assert not is_bindable(data)
    assert is_bindable(blank(1))


def test_the_tags_of_each_file_are_a_part_and_every_page_is_in_one() -> None:
    annexes = [Leaf("Anlage", blank(2)), Leaf("Zweite", tagged("/Absatz", broken=True))]
    papers = [Leaf("Erster", tagged("/Überschrift", role="/H1"), annexes)]
    whole = bound([*papers, Leaf("Zweiter", tagged("/TH"))], title="Mappe", author="Haus")
    reader = PdfReader(io.BytesIO(whole))
    root: Any = reader.root_object
    kinds = kinds_of(root)
    assert kinds == [
        "/Document",
        "/Part",
        "/H1",
        "/Part",
        "/P",
        "/P",
        "/Part",
        "/P",
        "/Part",
        "/TH",
    ]
    parts = [one for one in elements(root["/StructTreeRoot"]) if str(one["/S"]) == "/Part"]
    assert [str(part["/T"]) for part in parts] == ["Erster", "Anlage", "Zweite", "Zweiter"]
    marks = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    stands_for = {marks[at]: marks[at + 1] for at in range(0, len(marks), 2)}
    assert list(stands_for) == sorted(stands_for), "numbers only rise"
    leaves = [kind for kind in kinds if kind not in ("/Document", "/Part")]
    pages: list[Any] = list(reader.pages)
    for page, kind in zip(pages, leaves, strict=True):
        (element,) = stands_for[page["/StructParents"]]
        assert element.get_object()["/S"] == kind
        assert b"/MCID 0" in page.get_contents().get_data()
    (link,) = pages[-1]["/Annots"]
    assert stands_for[link.get_object()["/StructParent"]]["/S"] == "/TH"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


@pytest.mark.office
def test_the_headings_and_heads_of_tables_of_real_papers_are_those_of_the_pack(
    settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    names = ("sitzungsmappe", "neutral-intern", "wittmund-versand")
    printed = pdfs_of([PAPERS[name].made() for name in names])
    leaves = [Leaf(name, data) for name, data in zip(names, printed, strict=True)]
    reader = PdfReader(io.BytesIO(bound(leaves, title="Mappe", author="Haus")))
    whole = kinds_of(reader.root_object)
    single = [kinds_of(PdfReader(io.BytesIO(data)).root_object) for data in printed]
    for wanted in (["/H1"], ["/H2", "/H3"], ["/TH"], ["/TR"]):
        found = [kind for kind in whole if kind in wanted]
        assert found == [kind for kinds in single for kind in kinds if kind in wanted]
        assert len(found) >= 3
    texts = [page.extract_text() for page in reader.pages]
    alone = [page.extract_text() for data in printed for page in PdfReader(io.BytesIO(data)).pages]
    assert texts == alone, "the pages stand in their order"
