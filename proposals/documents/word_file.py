"""A Word file that somebody wants to be read: is it one, and where are its parts."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from proposals.documents import package
from proposals.documents.faults import TemplateFault
from proposals.documents.package import CONTENT_TYPES
from proposals.documents.uploads import DAMAGE, MOST_BYTES
from proposals.documents.wml import W
from proposals.rules.errors import RuleViolation

MOST_PARTS: Final = 2_000
MOST_XML: Final = 30 << 20  # of the parts that are read; 200 pages take less than a fifth of it
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ODT: Final = b"application/vnd.oasis.opendocument"
_READ: Final = re.compile(r"\.(xml|rels)$", re.IGNORECASE)
_MACROS: Final = re.compile(r"vba(project|data)", re.IGNORECASE)
_LOCKED: Final = ("ist mit einem Kennwort geschützt", "Bitte heben Sie es in Word auf.")
_SAVE: Final = "Bitte speichern Sie sie in Word als „Word-Dokument (*.docx)“."


@dataclass(frozen=True)
class WordFile:
    """The parts of a file by name, and the name of the one with the text."""

    parts: Mapping[str, bytes]
    main: str

    def root(self) -> etree._Element:
        """Return the tree of the text, anew each time."""
        return package.parse(self.parts[self.main])

    def related(self, kind: str) -> Iterator[etree._Element]:
        """Yield the trees of the parts that the text is related to by a kind such as styles."""
        for name in dict.fromkeys(package.related(self.parts, self.main, kind)):
            if name in self.parts:
                yield package.parse(self.parts[name])

    def one(self, kind: str) -> etree._Element | None:
        """Return the tree of the first such part."""
        return next(self.related(kind), None)

    def links(self) -> dict[str, str]:
        """Return the addresses of its links by their relation."""
        found = package.relations(self.parts, self.main)
        return {one.id: one.target for one in found if one.external}


def opened(file_name: str, data: bytes) -> WordFile:
    """Return the parts of a Word file; raises RuleViolation with the reason for any other file.

    Nothing of it runs and nothing is fetched: only the text is read.
    """
    _refuse_other_formats(file_name, data)
    try:
        parts = _unpacked(file_name, data)
    except DAMAGE as damaged:
        raise refused(file_name, "ist beschädigt") from damaged
    if _ODT in parts.get("mimetype", b""):
        raise refused(file_name, "ist ein OpenDocument-Text (.odt)", _SAVE)
    if CONTENT_TYPES not in parts:
        raise refused(file_name, "ist keine Word-Datei (.docx)")
    if any(_MACROS.search(name) for name in parts) or b"macroenabled" in _types(parts):
        raise refused(file_name, "enthält Makros", "Bitte speichern Sie sie als .docx ohne Makros.")
    try:
        return _found(file_name, parts)
    except TemplateFault as fault:
        raise refused(file_name, "ist beschädigt") from fault


def _refuse_other_formats(file_name: str, data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise refused(file_name, "ist größer als 20 MB")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise refused(file_name, *_LOCKED)
        raise refused(file_name, "hat ein altes Format (.doc)", _SAVE)
    if data.startswith(b"{\\rtf"):
        raise refused(file_name, "ist eine RTF-Datei", _SAVE)
    if not data.startswith(b"PK"):
        raise refused(file_name, "ist keine Word-Datei (.docx)")


def refused(file_name: str, why: str, what_to_do: str = "") -> RuleViolation:
    """Return the refusal of a file; the draft stays as it is."""
    said = f"Die Datei „{file_name}“ {why}."
    return RuleViolation(f"{said} {what_to_do}".strip(), field="file")


def _found(file_name: str, parts: dict[str, bytes]) -> WordFile:
    names = [name for name in package.related(parts, "", "officeDocument") if name in parts]
    if not names:
        if any("purl.oclc.org" in one.kind for one in package.relations(parts)):
            raise refused(file_name, "hat das Format „Strict Open XML“", _SAVE)
        raise refused(file_name, "ist keine Word-Datei (.docx)")
    file = WordFile(parts, names[0])
    if file.root().find(W + "body") is None:
        raise refused(file_name, "enthält keinen Text von Word")
    return file


def _unpacked(file_name: str, data: bytes) -> dict[str, bytes]:
    """Unpack what is read, never more of it than allowed, whatever the heads say."""
    parts: dict[str, bytes] = {}
    left = MOST_XML
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_PARTS:
            raise refused(file_name, "ist ungewöhnlich groß gepackt")
        for info in infos:
            if info.filename in parts:
                raise refused(file_name, "enthält einen Teil doppelt", _SAVE)
            if info.flag_bits & 1:
                raise refused(file_name, *_LOCKED)
            is_read = _READ.search(info.filename) or info.filename == "mimetype"
            with archive.open(info) as part:
                parts[info.filename] = part.read(left + 1) if is_read else b""
            left -= len(parts[info.filename])
            if left < 0:
                raise refused(file_name, "ist ungewöhnlich groß gepackt")
    return parts


def _types(parts: Mapping[str, bytes]) -> bytes:
    return parts[CONTENT_TYPES].lower()
