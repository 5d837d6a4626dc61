"""The zip around a Word document: read it with suspicion, write it the same way every time."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname, normpath
from typing import Final

from lxml import etree

from proposals.documents.faults import TemplateFault
from proposals.documents.wml import RELATIONSHIPS

CONTENT_TYPES: Final = "[Content_Types].xml"
ROOT_RELATIONS: Final = "_rels/.rels"
RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"

_MOST_PARTS = 1_000
_MOST_BYTES = 60_000_000
_NO_DOCX = "Die Datei ist kein lesbares Word-Dokument (.docx)."


@dataclass(frozen=True, slots=True)
class Relation:
    """A line of a .rels part; `target` is a part name, or an address if `external`."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the zip, already deflated."""

    name: bytes
    crc: int
    size: int
    packed: bytes


def read(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name.

    Raises TemplateFault for what is no zip, is encrypted, holds a name twice, or unpacks to more
    than a template ever needs.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _refuse_odd_archive(infos)
            return {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        struct.error,
    ) as error:
        raise TemplateFault(_NO_DOCX) from error


def parse(data: bytes) -> etree._Element:
    """Parse a part; no entities, no network, no DTD. Raises TemplateFault, MemoryError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise TemplateFault(f"Die Word-Datei ist beschädigt ({error.msg}).") from error
    if root.getroottree().docinfo.doctype:
        raise TemplateFault("Die Word-Datei enthält eine DTD; das kommt aus keinem Word.")
    return root


def relations_name(part: str) -> str:
    """Return the name of the .rels part that belongs to `part`."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def relations(parts: Mapping[str, bytes], part: str = "") -> list[Relation]:
    """Return the relations of a part (of the package itself for "")."""
    name = relations_name(part)
    if name not in parts:
        return []
    return [
        Relation(
            id=line.get("Id", ""),
            kind=line.get("Type", ""),
            target=_target(part, line.get("Target", ""), line.get("TargetMode") == "External"),
            external=line.get("TargetMode") == "External",
        )
        for line in parse(parts[name]).iter(f"{RELATIONS}Relationship")
    ]


def related(parts: Mapping[str, bytes], part: str, kind: str) -> list[str]:
    """Return the part names that `part` is related to by a kind such as "styles"."""
    return [
        relation.target
        for relation in relations(parts, part)
        if relation.kind == f"{RELATIONSHIPS}/{kind}" and not relation.external
    ]


def packed(name: str, pieces: Iterable[bytes], level: int = 6) -> Entry:
    """Deflate one part, which comes in pieces."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    body, checksum, size = [], 0, 0
    for piece in pieces:
        body.append(deflate.compress(piece))
        checksum = zlib.crc32(piece, checksum)
        size += len(piece)
    body.append(deflate.flush())
    return Entry(name.encode(), checksum, size, b"".join(body))


def assemble(entries: Iterable[Entry]) -> bytes:
    """Write a zip; every file is dated 1 January 1980, so that equal parts give equal bytes."""
    out = io.BytesIO()
    directory = []
    for entry in entries:
        # version, UTF-8 names, deflated, time, date, checksum, sizes, length of the name, no extras
        head = struct.pack(
            "<HHHHHIIIHH",
            *(20, 0x800, 8, 0, 0x21, entry.crc, len(entry.packed), entry.size),
            *(len(entry.name), 0),
        )
        tail = struct.pack("<HHHII", 0, 0, 0, 0, out.tell())
        directory.append(b"PK\x01\x02\x14\x00" + head + tail + entry.name)
        out.write(b"PK\x03\x04" + head + entry.name + entry.packed)
    start, listing, count = out.tell(), b"".join(directory), len(directory)
    out.write(listing)
    out.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listing), start, 0))
    return out.getvalue()


def _refuse_odd_archive(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if CONTENT_TYPES not in names or ROOT_RELATIONS not in names:
        raise TemplateFault(_NO_DOCX)
    if len(set(names)) != len(names):
        raise TemplateFault(
            "Die Word-Datei enthält einen Teil doppelt; bitte in Word neu speichern."
        )
    if any(info.flag_bits & 1 for info in infos):
        raise TemplateFault("Die Word-Datei ist mit einem Kennwort geschützt.")
    if len(names) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
        raise TemplateFault("Die Word-Datei ist entpackt zu groß für eine Vorlage.")


def _target(part: str, target: str, external: bool) -> str:
    if external:
        return target
    if target.startswith("/"):
        return target[1:]
    return normpath(f"{dirname(part)}/{target}") if dirname(part) else normpath(target)
