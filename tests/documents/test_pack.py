"""Several PDF files as one."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination

from proposals.documents.pack import Leaf, bound, is_bindable


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
