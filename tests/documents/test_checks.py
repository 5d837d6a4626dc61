"""Damage that Word would refuse or mend is found before anybody sees it."""

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from proposals.documents import package
from proposals.documents.checks import findings
from proposals.documents.render import render
from tests.documents.building import DOCUMENT, zipped
from tests.documents.samples import sample, wittmund

PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="urn:wp"><wp:docPr id="7" name="a"/></wp:inline>'
    "</w:drawing></w:r>"
)


def damaged(change: Callable[[str], str], part: str = DOCUMENT) -> bytes:
    parts = package.read(render(wittmund(), sample()))
    before = parts[part].decode()
    after = change(before)
    assert after != before
    return zipped({**parts, part: after.encode()})


def once(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (damaged(once("Sachverhalt:", "Sach&#11;verhalt")), "beschädigt"),
        (damaged(once("Sachverhalt:", "A & B")), "beschädigt"),
        (damaged(once("</w:p>", '<w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
                      '2006/relationships" r:id="rId999"/></w:p>')), "rId999 gibt es nicht"),
        (damaged(lambda t: re.sub(r"(?s)(</w:tcPr>)<w:p>.*?</w:p>(</w:tc>)", r"\1\2", t, count=1)),
         "endet nicht mit einem Absatz"),
        (damaged(once('<w:numId w:val="1"/>', '<w:numId w:val="777"/>')), "Liste 777"),
        (damaged(once('w:val="VorlageText"', 'w:val="Fremd"')), "Formatvorlage Fremd"),
        (damaged(once("</w:p>", "<w:p/></w:p>")), "Ein Absatz steht in einem Absatz"),
        (damaged(once("</w:p>", "</w:p>verloren")), "„verloren“"),
        (damaged(once("<w:body>", "<w:body>verloren")), "„verloren“"),
        (damaged(once("Sachverhalt:", "Sach<w:b/>verhalt:")), "ein anderes Element"),
        (damaged(once("</w:p>", PICTURE * 2 + "</w:p>")), "Kennung 7"),
        (damaged(once('Extension="rels"', 'Extension="relx"'), package.CONTENT_TYPES),
         "keinen Inhaltstyp"),
        (damaged(once("styles.xml", "fehlt.xml"), "word/_rels/document.xml.rels"),
         "zeigt ins Leere"),
        (damaged(once("/word/styles.xml", "/word/fehlt.xml"), package.CONTENT_TYPES),
         "den es nicht gibt"),
        (damaged(once("</w:p>", "</w:p><w:tbl/>")), "Tabelle hat keine Zeile"),
        (render(wittmund(), sample())[:5_000], "kein lesbares Archiv"),
    ],
)  # fmt: skip
def test_damage_is_found(data: bytes, said: str) -> None:
    assert any(said in finding.text for finding in findings(data))


def test_a_part_that_is_there_twice_is_found() -> None:
    doubled = BytesIO(render(wittmund(), sample()))
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(doubled, "a") as archive:
        archive.writestr("docProps/core.xml", b"<x/>")
    assert "doppelt" in findings(doubled.getvalue())[0].text


def test_a_sound_document_has_no_findings() -> None:
    assert findings(render(wittmund(), sample())) == []
