"""Is this a document that Word will open? Checks of our own, for tests and for uploaded templates.

They find what schema validators miss: a cell without a paragraph, a list number or a style that
does not exist, a link to nowhere. Word refuses such files or mends them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from proposals.documents import package
from proposals.documents.faults import TemplateFault
from proposals.documents.package import CONTENT_TYPES
from proposals.documents.tags import text_nodes
from proposals.documents.wml import R, W

_PARTS = re.compile(r"^word/(document|header|footer|footnotes|endnotes)\d*\.xml$")
_HOLDS_TEXT = frozenset({W + "t", W + "instrText", W + "delText", W + "delInstrText"})
_STYLES = (W + "pStyle", W + "rStyle", W + "tblStyle")
_CELLS = (W + "tc", W + "hdr", W + "ftr", W + "txbxContent")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something Word would stumble over: the part it is in, and a German sentence."""

    part: str
    text: str


def findings(data: bytes) -> list[Finding]:
    """Return everything that is wrong with a document; an empty list is a sound one."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            doubled = [name for name, n in Counter(archive.namelist()).items() if n > 1]
            parts = {name: archive.read(name) for name in archive.namelist()}
        for name, content in parts.items():
            if name.endswith((".xml", ".rels")):
                package.parse(content)
    except (BadZipFile, EOFError) as error:
        return [Finding("", f"Die Datei ist kein lesbares Archiv ({error}).")]
    except TemplateFault as error:
        return [Finding(name, error.message)]
    return [
        *(Finding(name, "Der Teil ist doppelt vorhanden.") for name in doubled),
        *_untyped(parts),
        *_unrelated(parts),
        *(finding for name in parts if _PARTS.match(name) for finding in _in_part(parts, name)),
    ]


def text_of(data: bytes) -> str:
    """Return all text of a document, one line for each paragraph: head, text, foot."""
    parts = package.read(data)
    names = sorted((n for n in parts if _PARTS.match(n)), key=lambda n: ("header" not in n, n))
    lines = [
        paragraph_text(paragraph)
        for name in names
        for paragraph in package.parse(parts[name]).iter(W + "p")
    ]
    return "\n".join(lines)


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the text of one paragraph with its tabs and line breaks."""
    signs = {W + "br": "\n", W + "cr": "\n", W + "tab": "\t", W + "noBreakHyphen": "-"}
    own = set(text_nodes(paragraph))
    return "".join(
        element.text or "" if element in own else signs.get(str(element.tag), "")
        for element in paragraph.iter()
        if element in own or (element.tag in signs and _is_content(element))
    )


def _is_content(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == W + "r"


def _untyped(parts: Mapping[str, bytes]) -> Iterator[Finding]:
    types = list(package.parse(parts[CONTENT_TYPES])) if CONTENT_TYPES in parts else []
    endings = {line.get("Extension", "").lower() for line in types}
    named = {line.get("PartName") for line in types}
    for name in parts:
        typed = f"/{name}" in named or name.rpartition(".")[2].lower() in endings
        if not typed and name != CONTENT_TYPES:
            yield Finding(name, "Der Teil hat keinen Inhaltstyp.")
    for listed in named - {None}:
        if (name := str(listed)[1:]) not in parts:
            yield Finding(name, "Der Inhaltstyp nennt einen Teil, den es nicht gibt.")


def _unrelated(parts: Mapping[str, bytes]) -> Iterator[Finding]:
    for name in parts:
        if name.endswith(".rels"):
            owner = name.replace("_rels/", "", 1).removesuffix(".rels")
            relations = package.relations(parts, owner)
            for relation in relations:
                if not relation.external and relation.target not in parts:
                    yield Finding(name, f"Die Beziehung {relation.id} zeigt ins Leere.")
            for doubled, n in Counter(relation.id for relation in relations).items():
                if n > 1:
                    yield Finding(name, f"Die Beziehung {doubled} ist doppelt vorhanden.")


def _in_part(parts: Mapping[str, bytes], name: str) -> Iterator[Finding]:
    root = package.parse(parts[name])
    relations = {relation.id for relation in package.relations(parts, name)}
    numbers = _values(parts, "word/numbering.xml", "num", "numId") | {"0"}
    styles = _values(parts, "word/styles.xml", "style", "styleId")
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if str(attribute).startswith(R) and value not in relations:
                yield Finding(name, f"Die Beziehung {value} gibt es nicht.")
        if element.tag in _CELLS and (len(element) == 0 or element[-1].tag != W + "p"):
            yield Finding(name, "Eine Tabellenzelle endet nicht mit einem Absatz.")
        elif element.tag == W + "tbl" and element.find(f".//{W}tr") is None:
            yield Finding(name, "Eine Tabelle hat keine Zeile.")
        elif element.tag == W + "numId" and element.get(W + "val") not in numbers:
            yield Finding(name, f"Die Liste {element.get(W + 'val')} gibt es nicht.")
        elif element.tag in _STYLES and element.get(W + "val") not in styles:
            yield Finding(name, f"Die Formatvorlage {element.get(W + 'val')} gibt es nicht.")
        yield from _strays(name, element)
    ids = Counter(e.get("id") for e in root.iter() if str(e.tag).endswith("}docPr"))
    for doubled in (id_ for id_, n in ids.items() if n > 1):
        yield Finding(name, f"Zwei Bilder haben dieselbe Kennung {doubled}.")


def _strays(name: str, element: etree._Element) -> Iterator[Finding]:
    if not str(element.tag).startswith(W):
        return
    if (element.tail or "").strip():
        yield Finding(
            name,
            f"Text außerhalb eines Absatzes: „{(element.tail or '').strip()[:40]}“.",
        )
    if element.tag in _HOLDS_TEXT:
        if len(element):
            yield Finding(name, "In einem Text steht ein anderes Element.")
    elif (element.text or "").strip():
        yield Finding(
            name,
            f"Text außerhalb eines Absatzes: „{(element.text or '').strip()[:40]}“.",
        )
    parent = element.getparent()
    if element.tag == W + "p" and parent is not None and parent.tag == W + "p":
        yield Finding(name, "Ein Absatz steht in einem Absatz.")


def _values(parts: Mapping[str, bytes], part: str, element: str, name: str) -> set[str | None]:
    if part not in parts:
        return set()
    return {found.get(W + name) for found in package.parse(parts[part]).iter(W + element)}
