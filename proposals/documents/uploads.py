"""What may be attached: four kinds of files, known by their content and not by their name."""

import io
import re
import zipfile
import zlib
from pathlib import PurePath
from typing import Final

from lxml import etree

from ..rules.errors import RuleViolation
from .package import CONTENT_TYPES
from .wml import W

MOST_BYTES = 20 << 20
MOST_PARTS = 2_000
MOST_UNPACKED = 200 << 20
MOST_XML = 40 << 20  # of one part; 200 pages with tables take less than a tenth of it
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# what the standard library raises for broken or encrypted packages
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS: Final = re.compile(r"vba(project|data)|\.(docm|dotm|xlsm|pptm)$", re.IGNORECASE)
_PROGRAMS: Final = re.compile(r"/activex/|/embeddings/.*(?<!\.xlsx)$|\.(exe|ole)$", re.IGNORECASE)
_ODD_NAME: Final = re.compile(r"(^|/)\.\.(/|$)|^/|\\|^[A-Za-z]:")
_FETCHING: Final = re.compile(
    r"(^|\s)(DDEAUTO|DDE|INCLUDETEXT|IMPORT|LINK|EMBED|DATABASE|MACROBUTTON|RD)\s", re.IGNORECASE
)
_MAGIC = {
    b"%PDF-": (PDF, {".pdf"}),
    b"\x89PNG\r\n\x1a\n": ("image/png", {".png"}),
    b"\xff\xd8\xff": ("image/jpeg", {".jpg", ".jpeg"}),
    b"PK\x03\x04": (DOCX, {".docx"}),
}


def checked_upload(file_name: str, content: bytes) -> str:
    """Return the media type of a file that may be attached; raises RuleViolation for any other."""
    if len(content) > MOST_BYTES:
        raise too_large(file_name)
    for magic, (media_type, endings) in _MAGIC.items():
        if content.startswith(magic):
            if PurePath(file_name).suffix.lower() not in endings:
                raise _refused(file_name, "hat eine Endung, die nicht zu ihrem Inhalt passt")
            if media_type == DOCX:
                _refuse_unsafe_package(file_name, content)
            return media_type
    raise _refused(file_name, "ist weder PDF noch Word (docx), PNG oder JPEG")


def too_large(file_name: str) -> RuleViolation:
    """Return the refusal of a file above MOST_BYTES; also for files that were not read yet."""
    return _refused(file_name, "ist größer als 20 MB")


def _refuse_unsafe_package(file_name: str, content: bytes) -> None:
    """Refuse what is no Word file, and one that would run, fetch or swell when it is opened."""
    try:
        parts = _parts(file_name, content)
    except DAMAGE as damaged:
        raise _refused(file_name, "ist beschädigt") from damaged
    if not {"word/document.xml", CONTENT_TYPES} <= parts.keys():
        raise _refused(file_name, "ist keine Word-Datei")
    for name, data in parts.items():
        if _MACROS.search(name):
            raise _refused(file_name, "enthält Makros")
        if _PROGRAMS.search(name) or data.startswith(_OLE):
            raise _refused(file_name, "enthält ein eingebettetes Programm oder Objekt")
        if _is_xml(name):
            _refuse_unsafe_part(file_name, name, data)


def _parts(file_name: str, content: bytes) -> dict[str, bytes]:
    """Unpack a package: XML parts whole, of any other its first bytes.

    No more is read of a part than it may hold, whatever its head says.
    """
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        infos = package.infolist()
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise _refused(file_name, "ist ungewöhnlich groß gepackt")
        left = MOST_UNPACKED
        for info in infos:
            name = info.filename
            if name in parts or _ODD_NAME.search(name):
                raise _refused(file_name, "ist keine ordentliche Word-Datei")
            with package.open(info) as part:
                data = part.read(left + 1)
            left -= len(data)
            if left < 0 or (_is_xml(name) and len(data) > MOST_XML):
                raise _refused(file_name, "ist ungewöhnlich groß gepackt")
            parts[name] = data if _is_xml(name) else data[: len(_OLE)]
    return parts


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _refuse_unsafe_part(file_name: str, name: str, data: bytes) -> None:
    """Look at a part as a parser reads it: an encoding or an upper case letter hides nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _refused(file_name, "ist beschädigt") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(file_name, "enthält eine unzulässige XML-Deklaration")
    if name == CONTENT_TYPES and b"macroenabled" in etree.tostring(root).lower():
        raise _refused(file_name, "enthält Makros")
    if name.lower().endswith(".rels"):
        _refuse_fetching(file_name, root)
    for paragraph in root.iter(W + "p"):
        codes = "".join(code.text or "" for code in paragraph.iter(W + "instrText"))
        simple = [field.get(W + "instr", "") for field in paragraph.iter(W + "fldSimple")]
        if any(_FETCHING.search(code) for code in (codes, *simple)):
            raise _refused(file_name, "enthält ein Feld, das ein Programm startet oder nachlädt")
    if next(root.iter(W + "altChunk", W + "subDoc"), None) is not None:
        raise _refused(file_name, "bindet ein fremdes Dokument ein")


def _refuse_fetching(file_name: str, root: etree._Element) -> None:
    """Refuse relations to the outside, but links that a reader clicks."""
    for relation in root.iter("{*}Relationship"):
        if relation.get("TargetMode", "").lower() != "external":
            continue
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind == "attachedTemplate":
            raise _refused(file_name, "lädt eine Dokumentvorlage von außen nach")
        if kind != "hyperlink":
            raise _refused(file_name, "lädt Inhalte von außen nach")


def _refused(file_name: str, why: str) -> RuleViolation:
    return RuleViolation(f"Die Datei „{file_name}“ {why}.", field="file")
