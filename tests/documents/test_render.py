"""From plain data to the bytes of a document."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from proposals.documents.checks import findings, text_of
from proposals.documents.render import render
from tests.documents.building import filled, lines, with_betreff
from tests.documents.samples import decided, neutral, sample, wittmund


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\ufffe", "\ud800", "\x84"]
)
def test_characters_that_xml_forbids_are_left_out(sign: str) -> None:
    document = filled("{{ betreff }}", "{{p sachverhalt }}", "danach", betreff=f"vor{sign}nach",
                      sachverhalt=f"<p>vor{sign}nach</p>")  # fmt: skip
    assert lines(document) == ["vornach", "vornach", "danach"]


def test_line_ends_and_tabs_become_what_word_has_for_them() -> None:
    document = filled("{{ betreff }}", betreff="a\r\nb\rc\td\n")
    assert lines(document) == ["a\nb\nc\td\n"]
    assert findings(document) == []


def test_the_same_input_gives_the_same_bytes() -> None:
    assert render(wittmund(), sample()) == render(wittmund(), sample())
    with ZipFile(BytesIO(render(neutral(), sample()))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert archive.testzip() is None


def test_the_document_says_what_it_is() -> None:
    context = with_betreff("Straße & <Weg>\n" + "lang " * 100)
    properties = Document(BytesIO(render(neutral(), context))).core_properties
    assert properties.title.startswith("Beschlussvorlage 0085/2018: Straße & <Weg> lang")
    assert len(properties.title) == 255
    assert properties.author == "Landkreis Wittmund"
    assert properties.language == "de-DE"
    assert properties.created is not None
    assert properties.created.date() == date(2018, 11, 9)


def test_a_thousand_cost_rows_are_all_there() -> None:
    context = decided()
    finance = context["finanzierung"]
    assert finance is not None
    row = finance["positionen"][0]
    finance["positionen"] = [{**row, "text": f"Position {n:04}"} for n in range(1_000)]
    document = render(neutral(), context)
    found = text_of(document)
    assert all(f"Position {n:04}" in found for n in range(1_000))
    assert findings(document) == []


def test_a_rendering_leaves_its_data_alone() -> None:
    context = decided()
    render(neutral(), context)
    assert context == decided()


def test_pictures_in_a_loop_get_numbers_of_their_own() -> None:
    picture = '<wp:inline><wp:docPr id="7" name="a"/></wp:inline>'
    picture = f"<w:p><w:r><w:drawing>{picture}</w:drawing></w:r></w:p>"
    document = filled("{%p for a in anlagen %}", picture, "{%p endfor %}")
    assert findings(document) == []
