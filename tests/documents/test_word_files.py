"""What is no Word file that can be read is refused with the reason."""

import io
import zipfile
from collections.abc import Callable

import pytest

from proposals.documents.reading_word import read_word
from proposals.rules.errors import RuleViolation
from tests.documents.wordfiles import BODY, word


def encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100 + "EncryptedPackage".encode("utf-16-le")


def odt() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    return buffer.getvalue()


def only_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "a")
    return buffer.getvalue()


def without_document() -> bytes:
    with zipfile.ZipFile(io.BytesIO(word("Text"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != BODY}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def strict() -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/'
        'officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return word("x", edit={"_rels/.rels": relations.encode()})


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "altes Format (.doc)"),
    "encrypted": (encrypted, "Kennwort"),
    "rtf": (lambda: b"{\\rtf1 x}", "RTF"),
    "pdf": (lambda: b"%PDF-1.7", "keine Word-Datei"),
    "empty": (lambda: b"", "keine Word-Datei"),
    "odt": (odt, "OpenDocument"),
    "zip": (only_zip, "keine Word-Datei"),
    "cut": (lambda: word("Text")[:900], "beschädigt"),
    "macros": (lambda: word("Text", edit={"word/vbaProject.bin": b"x"}), "Makros"),
    "strict": (strict, "Strict Open XML"),
    "no_document": (without_document, "keine Word-Datei"),
    "broken_xml": (lambda: word("x", edit={BODY: b"<w:document"}), "beschädigt"),
    "dtd": (lambda: word("x", edit={BODY: b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}), "beschädigt"),
    "no_body": (lambda: word("x", edit={BODY: b"<x/>"}), "keinen Text von Word"),
    "bomb": (lambda: word("x", edit={"word/big.xml": bytes(31 << 20)}), "groß gepackt"),
    "too_large": (lambda: b"PK" + bytes(21 << 20), "größer als 20 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_any_other_file_is_refused_with_its_name_and_the_reason(name: str) -> None:
    make, words = REFUSED[name]
    with pytest.raises(RuleViolation) as refused:
        read_word("Bericht.docx", make(), lambda words: False)
    assert words in str(refused.value)
    assert str(refused.value).startswith("Die Datei „Bericht.docx“")
