"""What makes a form good whoever fills it, held over every template that comes with the program."""

import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from proposals.documents import package
from proposals.documents.checks import paragraph_text, text_of
from proposals.documents.pdf import pdfs_of
from proposals.documents.render import render
from proposals.documents.wml import W
from tests.documents.papers import PAPERS
from tests.documents.samples import TEMPLATES

FORMS = sorted(TEMPLATES.glob("*/*.docx"))
EACH = pytest.mark.parametrize("path", FORMS, ids=lambda p: f"{p.parent.name}-{p.stem}")
# all else that a paragraph or a word looks like is a matter of its style
BY_HAND_TEXT = {"b", "bCs", "i", "iCs", "rFonts"}
BY_HAND_PARAGRAPHS = {"pStyle", "keepNext", "spacing", "jc", "tabs", "pageBreakBefore", "sectPr"}
BOXES = "Segoe UI Symbol"  # the only other font: that of the boxes to tick
PICTURES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def parts_of(path: Path) -> dict[str, etree._Element]:
    """Return the parts of a template that are text, and its styles and settings."""
    wanted = re.compile(r"word/(document|header\d*|footer\d*|styles|settings)\.xml")
    parts = package.read(path.read_bytes())
    return {name: package.parse(data) for name, data in parts.items() if wanted.fullmatch(name)}


def names(element: etree._Element) -> set[str]:
    return {str(child.tag).removeprefix(W) for child in element}


@EACH
def test_looks_come_from_styles(path: Path) -> None:
    parts = parts_of(path)
    styles = {one.get(W + "styleId") for one in parts.pop("word/styles.xml").iter(W + "style")}
    del parts["word/settings.xml"]
    for name, root in parts.items():
        for run in root.iter(W + "r"):
            look = run.find(W + "rPr")
            assert look is None or names(look) <= BY_HAND_TEXT, (name, names(look))
        for font in root.iter(W + "rFonts"):
            assert set(font.attrib.values()) == {BOXES}, name
        for paragraph in root.iter(W + "p"):
            look = paragraph.find(W + "pPr")
            line = {"pBdr"} if "/header" in name else set()  # below the letterhead
            assert look is None or names(look) <= BY_HAND_PARAGRAPHS | line, (name, names(look))
            style = None if look is None else look.find(W + "pStyle")
            assert style is None or style.get(W + "val") in styles


@EACH
def test_headings_are_real_and_skip_no_level(path: Path) -> None:
    body = parts_of(path)["word/document.xml"]
    styles = [str(style.get(W + "val")) for style in body.iter(W + "pStyle")]
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert levels[0] == 1
    assert len(levels) > 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@EACH
def test_a_table_of_rows_has_a_head_that_repeats_and_a_picture_says_what_it_shows(
    path: Path,
) -> None:
    parts = parts_of(path)
    body = parts["word/document.xml"]
    for table in body.iter(W + "tbl"):
        text = [paragraph_text(paragraph) for paragraph in table.iter(W + "p")]
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        if any("{%tr for" in line for line in text) and columns > 2:
            assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None, text
    pictures = [one for root in parts.values() for one in root.iter(PICTURES)]
    assert all(picture.get("descr") for picture in pictures)


@EACH
def test_the_language_is_german_words_break_and_each_foot_counts_its_pages(path: Path) -> None:
    parts = parts_of(path)
    languages = parts["word/styles.xml"].iter(W + "lang")
    assert {language.get(W + "val") for language in languages} == {"de-DE"}
    settings = parts["word/settings.xml"]
    (theme,) = settings.iter(W + "themeFontLang")
    assert theme.get(W + "val") == "de-DE"
    assert settings.find(W + "autoHyphenation") is not None
    feet = [etree.tostring(root).decode() for name, root in parts.items() if "/footer" in name]
    assert feet
    for foot in feet:
        assert " PAGE " in foot
        assert " NUMPAGES " in foot


@pytest.mark.parametrize("name", PAPERS)
def test_no_amount_is_torn_from_its_euro_sign(name: str) -> None:
    text = text_of(PAPERS[name].made())
    assert re.findall(r"\d €", text) == []
    assert re.findall(r"\d,\d{3}(?!\d)|\d{4,} €", text.replace("\xa0", " ")) == []


@pytest.mark.office
@pytest.mark.parametrize(
    ("name", "field", "signed", "before"),
    [
        ("einladung", "oeffentlich", "Vera Vorsitz", "Beschlossen wird immer."),
        ("protokoll", "punkte", "Peter Protokoll", "Ende der Sitzung"),
        ("bekanntmachung", "oeffentlich", "Vera Vorsitz", "Verkauf eines Grundstücks"),
    ],
)
def test_no_signature_stands_alone_however_long_the_paper_is(
    name: str, field: str, signed: str, before: str, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    paper, documents = PAPERS[name], []
    for more in range(10):
        data: dict[str, Any] = dict(paper.data())
        data[field] = data[field][-1:] * more + data[field]
        documents.append(render(paper.template(), data))
    for file in pdfs_of(documents):
        assert before in signing_page(file, signed)


def signing_page(file: bytes, signed: str) -> str:
    """Return the text of the last page on which this name stands."""
    texts = [page.extract_text() for page in PdfReader(BytesIO(file)).pages]
    return [text for text in texts if signed in text.replace("\xa0", " ")][-1]
