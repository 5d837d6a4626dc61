"""LibreOffice prints every kind of document: all words, headings and heads of tables are there."""

import io
from typing import Any

import pytest
from django.test import override_settings
from pypdf import PdfReader

from proposals.documents import package
from proposals.documents.checks import paragraph_text
from proposals.documents.pdf import pdfs_of
from proposals.documents.wml import W
from tests.documents.building import DOCUMENT
from tests.documents.papers import PAPERS
from tests.documents.structure import kinds_of

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, bytes]]:
    """Return the Word file and the PDF of each sample; the program is started for ten at a time."""
    documents = [paper.made() for paper in PAPERS.values()]
    with override_settings(FILES_DIR=tmp_path_factory.mktemp("files")):
        made = pdfs_of(documents)
    return dict(zip(PAPERS, zip(documents, made, strict=True), strict=True))


def bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def is_in(whole: str, word: str) -> bool:
    """Say whether a word is printed; behind a mark for right to left it stands the other way."""
    return bare(word) in whole or ("\u202e" in word and bare(word)[::-1] in whole)


def words_of(document: bytes) -> list[str]:
    """Return the words of each paragraph of the main part."""
    root = package.parse(package.read(document)[DOCUMENT])
    lines = [paragraph_text(paragraph) for paragraph in root.iter(W + "p")]
    return [word for line in lines for word in line.split()]


@pytest.mark.parametrize("name", PAPERS)
def test_a_print_of_each_kind_has_all_words_headings_and_heads_of_tables(
    name: str, printed: Any
) -> None:
    document, data = printed[name]
    reader = PdfReader(io.BytesIO(data))
    whole = bare("".join(page.extract_text() for page in reader.pages))
    assert [word for word in words_of(document) if not is_in(whole, word)] == []

    root: Any = reader.root_object
    assert str(root["/Lang"]) == "de-DE"
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.author == PAPERS[name].data()["kommune"]
    kinds = kinds_of(root)
    body = package.parse(package.read(document)[DOCUMENT])
    heads = [row for row in body.iter(W + "tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    cells = [cell for row in heads for cell in row.iter(W + "tc")]
    assert kinds.count("/TH") >= len(cells)
    styles = [style.get(W + "val") for style in body.iter(W + "pStyle")]
    headings = [style for style in styles if style in ("Heading1", "Heading2", "Heading3")]
    assert "Heading1" in headings
    assert len([kind for kind in kinds if kind in ("/H1", "/H2", "/H3")]) == len(headings)
