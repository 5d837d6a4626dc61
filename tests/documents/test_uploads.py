"""Annexes: hostile files are refused before anything is kept, whatever they call themselves."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from docx import Document as WordDocument

from proposals.documents.uploads import DOCX, checked_upload
from proposals.rules.errors import RuleViolation

Parts = dict[str, bytes]
Make = Callable[[], bytes]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"


def word() -> bytes:
    """Return an ordinary Word file with a table, as the library writes it."""
    document, buffer = WordDocument(), io.BytesIO()
    document.add_paragraph("Sehr geehrte Damen und Herren,")
    document.add_table(2, 2)
    document.save(buffer)
    return buffer.getvalue()


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def with_parts(**changes: bytes) -> bytes:
    return zipped(parts_of(word()) | changes)


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(word())
    assert old in parts[name]
    return zipped(parts | {name: parts[name].replace(old, new, 1)})


def related(kind: str, target: str) -> bytes:
    line = (
        f'<Relationship Id="rIdX" Type="{_RELATION}/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )
    return replaced(_RELATIONS, b"</Relationships>", line.encode())


def document(body: str, declaration: str = "", encoding: str = "utf-8") -> bytes:
    said = "UTF-16" if encoding == "utf-16" else "UTF-8"
    text = (
        f'<?xml version="1.0" encoding="{said}"?>{declaration}'
        f'<w:document xmlns:w="{_W}"><w:body><w:p>{body}</w:p></w:body></w:document>'
    )
    return zipped(parts_of(word()) | {_DOCUMENT: text.encode(encoding)})


def laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    return document("<w:r><w:t>&l9;</w:t></w:r>", f"<!DOCTYPE x [{entities}]>")


def external_entity(encoding: str = "utf-8") -> bytes:
    declaration = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return document("<w:r><w:t>&e;</w:t></w:r>", declaration, encoding)


def bomb() -> bytes:
    return with_parts(**{"word/media/image1.png": bytes(201 << 20)})


def forged_bomb() -> bytes:
    """Return a bomb whose directory says that it holds ten bytes."""
    data = bytearray(with_parts(**{"word/media/zz.png": bytes(9 << 20)}))
    size = struct.pack("<I", 9 << 20)
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def wrong_checksum() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for name, data in parts_of(word()).items():
            package.writestr(name, data)
    return buffer.getvalue().replace(b"Sehr geehrte", b"Sehr gekehrt", 1)


def many_parts() -> bytes:
    return zipped(parts_of(word()) | {f"word/media/{n}.png": b"x" for n in range(20_000)})


MACRO_TYPE = b"application/vnd.ms-word.document.macroEnabled.main+xml"
WORD_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FIELD = (
    "<w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\\\x</w:instrText></w:r>"
)
HOSTILE: dict[str, tuple[str, Make, str]] = {
    "macros": ("A.docx", lambda: with_parts(**{"word/vbaProject.bin": b"x"}), "Makros"),
    "macro_type": ("A.docx", lambda: replaced(_TYPES, WORD_TYPE, MACRO_TYPE), "Makros"),
    "macro_type_in_capitals": (
        "A.docx",
        lambda: replaced(_TYPES, WORD_TYPE, MACRO_TYPE.replace(b"macroEnabled", b"MACROENABLED")),
        "Makros",
    ),
    "docm": ("A.docm", word, "Endung"),
    "remote_template": (
        "A.docx",
        lambda: related("attachedTemplate", "https://example.org/x.dotm"),
        "Dokumentvorlage von außen",
    ),
    "remote_picture": (
        "A.docx",
        lambda: related("image", "https://example.org/x.png"),
        "lädt Inhalte von außen nach",
    ),
    "billion_laughs": ("A.docx", laughs, "beschädigt"),  # the parser gives up by itself
    "external_entity": ("A.docx", external_entity, "XML-Deklaration"),
    "external_entity_utf16": ("A.docx", lambda: external_entity("utf-16"), "XML-Deklaration"),
    "bomb": ("A.docx", bomb, "ungewöhnlich groß gepackt"),
    "forged_bomb": ("A.docx", forged_bomb, "beschädigt"),
    "ole": (
        "A.docx",
        lambda: with_parts(**{"word/embeddings/oleObject1.bin": b"x"}),
        "eingebettetes Programm",
    ),
    "ole_under_another_name": (
        "A.docx",
        lambda: with_parts(**{"word/media/a.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x"}),
        "eingebettetes Programm",
    ),
    "path_traversal": (
        "A.docx",
        lambda: with_parts(**{"../../etc/cron.d/x": b"x"}),
        "keine ordentliche Word-Datei",
    ),
    "dde_over_two_runs": ("A.docx", lambda: document(FIELD), "Feld"),
    "foreign_document": (
        "A.docx",
        lambda: document(f'<w:altChunk xmlns:r="{_RELATION}" r:id="rId1"/>'),
        "fremdes Dokument",
    ),
    "html": ("A.docx", lambda: b"<html><script>1</script></html>", "ist weder PDF noch Word"),
    "old_word": ("A.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ist weder PDF"),
    "plain_zip": ("A.docx", lambda: zipped({"a.txt": b"x"}), "keine Word-Datei"),
    "truncated": ("A.docx", lambda: word()[:-200], "beschädigt"),
    "wrong_checksum": ("A.docx", wrong_checksum, "beschädigt"),
    "many_parts": ("A.docx", many_parts, "ungewöhnlich groß gepackt"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence_that_names_it(case: str) -> None:
    name, make, sentence = HOSTILE[case]
    with pytest.raises(RuleViolation) as refused:
        checked_upload(name, make())
    assert f"Die Datei „{name}“" in str(refused.value)
    assert sentence in str(refused.value)


def test_an_ordinary_word_file_and_one_with_links_are_welcome() -> None:
    assert checked_upload("Brief.docx", word()) == DOCX
    assert checked_upload("Brief.docx", related("hyperlink", "https://example.org")) == DOCX
    field = "<w:r><w:instrText> PAGE </w:instrText></w:r>"
    assert checked_upload("Brief.docx", document(field)) == DOCX
    chart = with_parts(**{"word/embeddings/Tabelle1.xlsx": b"PK"})
    assert checked_upload("Brief.docx", chart) == DOCX
