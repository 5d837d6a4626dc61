"""What may be attached: four kinds of files, known by their content and not by their name."""

import io
import zipfile
import zlib
from pathlib import PurePath

from ..rules.errors import RuleViolation

MOST_BYTES = 20 << 20
MOST_PARTS = 2_000
MOST_UNPACKED = 200 << 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# what the standard library raises for broken or encrypted packages
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_MAGIC = {
    b"%PDF-": ("application/pdf", {".pdf"}),
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
    """Refuse macros, remote templates, bombs and damaged packages."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise _refused(file_name, "ist ungewöhnlich groß gepackt")
            names = {part.filename for part in parts}
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                raise _refused(file_name, "ist keine Word-Datei")
            for part in parts:
                _refuse_unsafe_part(file_name, part.filename, package.read(part))
    except DAMAGE as damaged:
        raise _refused(file_name, "ist beschädigt") from damaged


def _refuse_unsafe_part(file_name: str, part: str, data: bytes) -> None:
    is_xml = part.endswith((".xml", ".rels"))
    if part.lower().endswith("vbaproject.bin") or (is_xml and b"macroEnabled" in data):
        raise _refused(file_name, "enthält Makros")
    if ".." in part or part.startswith("/"):
        raise _refused(file_name, "ist keine ordentliche Word-Datei")
    if is_xml and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise _refused(file_name, "enthält eine unzulässige XML-Deklaration")
    if part.endswith(".rels") and b"attachedTemplate" in data and b'"External"' in data:
        raise _refused(file_name, "lädt eine Dokumentvorlage von außen nach")


def _refused(file_name: str, why: str) -> RuleViolation:
    return RuleViolation(f"Die Datei „{file_name}“ {why}.", field="file")
