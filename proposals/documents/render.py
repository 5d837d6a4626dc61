"""Fill a compiled template: plain data in, the bytes of a .docx out; equal input, equal bytes."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import count, islice
from types import NoneType, TracebackType
from typing import Final
from xml.parsers import expat

import jinja2
from jinja2.exceptions import SecurityError
from lxml import etree

from proposals.documents.faults import TemplateFault
from proposals.documents.lint import written_at
from proposals.documents.package import Entry, assemble, packed
from proposals.documents.resources import Resources
from proposals.documents.richtext import RichText, written
from proposals.documents.sandbox import PRINTED
from proposals.documents.tags import HOLDERS
from proposals.documents.template import Filled, Template
from proposals.documents.wml import DECLARATION, RELATIONSHIPS, W, escaped

_LEVEL: Final = 3  # of deflate: most of the gain for a third of the time
_AT_ONCE: Final = 500  # texts and tags; what they make fits into the processor's caches
_TOGETHER: Final = 64  # printed texts that are looked for at once
_LARGE: Final = 200_000  # bytes; beyond, packing would take longest
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)
_LONGEST_TITLE: Final = 255  # Word refuses a longer title property
_DRAWING: Final = re.compile(rb'(<wp:docPr\b[^>]*?\bid=")\d+(")')
_PLAIN: Final = frozenset({str, bool, int, Decimal, date, NoneType})
_BLOCKS: Final = tuple(W + name for name in HOLDERS if name != "tbl")
# how a block plainly ends as Word wants it
_ENDS: Final = {
    name: b"</w:%b></w:%b>" % (b"tr" if name == "tbl" else b"p", name.encode()) for name in HOLDERS
}


def render(template: Template, context: Mapping[str, object]) -> bytes:
    """Return the finished document.

    `context` holds plain values only (see `context.ProposalContext`); HTML becomes paragraphs where
    the context type says so. Raises TemplateFault where template and data do not fit, TypeError for
    anything in the data that is not plain.
    """
    resources = Resources(template.house)
    values = {key: _plain(value, key, template.rich, resources) for key, value in context.items()}
    entries, drawing = [*template.static], 1
    for name, part in template.filled.items():
        pieces, words = _filled(part, values)
        finish = _finished if name == template.main else _finished_alike
        entry, drawing = finish(name, part, pieces, words, drawing)
        entries.append(entry)
    for (name, head, tail), added in (
        (template.numbering, resources.numberings),
        (template.links, _relations(resources.links)),
    ):
        entries.append(_packed_alike(name, head + "".join(added) + tail))
    entries.append(_packed_alike("docProps/core.xml", _core_properties(context)))
    return assemble(entries)


def forget(*, parts: bool = False) -> None:
    """Forget every formatted text that is kept, and all `parts` that are alike; for measuring."""
    written.cache_clear()
    if parts:
        _finished_alike.cache_clear()
        _packed_alike.cache_clear()


def _plain(value: object, path: str, rich: frozenset[str], resources: Resources) -> object:
    """Return a copy made of plain values, with the HTML made ready. Raises TypeError for the rest.

    A `str` of a kind of its own (SafeString, Markup) becomes a plain one: only this package makes
    markup.
    """
    if isinstance(value, str):
        text = str.__str__(value)
        return RichText(text, resources) if path in rich else text
    if isinstance(value, Mapping):
        return {
            str(key): _plain(item, f"{path}.{key}", rich, resources) for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        if any(name == path or name.startswith(f"{path}.") for name in rich):
            return [_plain(item, path, rich, resources) for item in value]
        return [_unformatted(item, path) for item in value]
    return _unformatted(value, path)


def _unformatted(value: object, path: str) -> object:
    """Return a plain copy of what holds no HTML: of long tables the most."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if type(value) is dict and _PLAIN.issuperset(map(type, value.values())):
        return value.copy()
    if isinstance(value, Mapping):
        return {
            str(key): item if type(item) in _PLAIN else _unformatted(item, f"{path}.{key}")
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_unformatted(item, path) for item in value]
    raise TypeError(f"{path}: {type(value).__name__} is not plain data")


def _filled(
    part: Filled, values: Mapping[str, object]
) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
    """Return a part in pieces of a handy size, and what its tags have printed."""
    printed: list[str] = []
    token = PRINTED.set(printed)
    try:
        made = part.source.generate(values)
        pieces = [DECLARATION.encode()]
        while some := list(islice(made, _AT_ONCE)):
            pieces.append("".join(some).encode())
        return tuple(pieces), tuple(printed)
    except (jinja2.TemplateError, TemplateFault, TypeError, OverflowError) as error:
        written_by = written_at(part.tags, _line(error.__traceback__))
        raise TemplateFault(f"{written_by}: {_reason(error)}") from error
    finally:
        PRINTED.reset(token)


def _reason(error: Exception) -> str:
    if isinstance(error, TemplateFault):
        return error.message
    if isinstance(error, SecurityError):
        return "Das ist in einer Word-Vorlage nicht erlaubt."
    if isinstance(error, jinja2.UndefinedError):
        return "Diese Angabe fehlt in den Daten des Dokuments."
    return "Damit lässt sich nicht rechnen; bitte die Schreibweise prüfen."


def _line(trace: TracebackType | None) -> int | None:
    """Return the line of the Jinja source where an error arose; each tag has a line of its own."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _finished(
    name: str,
    part: Filled,
    pieces: tuple[bytes, ...],
    words: tuple[str, ...],
    drawing: int,
) -> tuple[Entry, int]:
    """Return a filled part as it goes into the package, and the number of the next drawing."""
    numbers = count(drawing)
    _refuse_unsound(pieces, words)
    if part.loose:
        whole = b"".join(pieces)
        pieces = (_mended(whole) if _may_need_mending(whole, part.loose) else whole,)
    if part.draws:
        whole = b"".join(pieces)
        pieces = (_DRAWING.sub(lambda m: b"%b%d%b" % (m[1], next(numbers), m[2]), whole),)
    level = _LEVEL if sum(map(len, pieces)) < _LARGE else 1
    return packed(name, pieces, level), next(numbers)


# running lines, lists and links are the same from one document of a paper to the next
_finished_alike = lru_cache(maxsize=64)(_finished)


@lru_cache(maxsize=64)
def _packed_alike(name: str, text: str) -> Entry:
    return packed(name, [text.encode()], _LEVEL)


def _refuse_unsound(pieces: Iterable[bytes], words: tuple[str, ...]) -> None:
    """Read a filled part again and look for all that was printed.

    No tree is built: of a long document that would take most of the memory. Prefixes need no look:
    those of the template were resolved when it was read, and what is filled in brings its own.
    Raises TemplateFault for what is not well-formed, and where a word has been lost.
    """
    found: list[str] = []
    reader = expat.ParserCreate()
    reader.buffer_text = True
    reader.CharacterDataHandler = found.append
    try:
        for piece in pieces:
            reader.Parse(piece)
        reader.Parse(b"", True)
    except expat.ExpatError as error:
        raise TemplateFault(f"Das Dokument wäre beschädigt ({error}).") from error
    _refuse_loss(pieces, "".join(found), words)


def _refuse_loss(pieces: Iterable[bytes], whole: str, words: tuple[str, ...]) -> None:
    """Look for every printed text in its order; that of a picture stands in an attribute."""
    at = 0
    for start in range(0, len(words), _TOGETHER):
        group = words[start : start + _TOGETHER]
        row = "".join(group)
        if whole.startswith(row, at):  # in rows of a table nothing stands between what is printed
            at += len(row)
        else:
            at = _behind_each(pieces, whole, group, at)


def _behind_each(pieces: Iterable[bytes], whole: str, words: tuple[str, ...], at: int) -> int:
    """Return where the last of the words ends; raises TemplateFault for one that is not there."""
    for text in words:
        found = whole.find(text, at)
        if found >= 0:
            at = found + len(text)
        elif not _stands_in_attribute(b"".join(pieces), text):
            raise TemplateFault(f"Im Dokument ginge Text verloren: „{text[:60]}“.")
    return at


def _stands_in_attribute(part: bytes, text: str) -> bool:
    values = (v for e in etree.fromstring(part, _PARSER).iter() for v in e.attrib.values())
    return any(text in str(value) for value in values)


def _may_need_mending(part: bytes, loose: Iterable[str]) -> bool:
    """Answer whether a loose block does not plainly end as Word wants it; counting is quick."""
    return any(
        part.count(b"</w:%b>" % name) != part.count(_ENDS[kind]) or b"<w:%b/>" % name in part
        for kind in loose
        if (name := kind.encode())
    )


def _mended(part: bytes) -> bytes:
    """Drop tables without rows; give cells and headers the paragraph that Word insists on."""
    root, mended = etree.fromstring(part, _PARSER), False
    for table in list(root.iter(W + "tbl")):
        if next(table.iter(W + "tr"), None) is None and (parent := table.getparent()) is not None:
            parent.remove(table)
            mended = True
    for block in root.iter(*_BLOCKS):
        if len(block) == 0 or block[-1].tag != W + "p":
            etree.SubElement(block, W + "p")
            mended = True
    if not mended:
        return part
    return (DECLARATION + etree.tostring(root, encoding="unicode")).encode()


def _relations(links: Mapping[str, str]) -> Iterable[str]:
    for address, relation in links.items():
        yield (
            f'<Relationship Id="{relation}" Type="{RELATIONSHIPS}/hyperlink"'
            f' Target="{escaped(address)}" TargetMode="External"/>'
        )


def _core_properties(context: Mapping[str, object]) -> str:
    """Write title, author, language and date; the day comes from the data, never from the clock."""
    number = " ".join(str(context[key]) for key in ("art", "nummer") if context.get(key))
    title = ": ".join(part for part in (number, str(context.get("betreff") or "")) if part)
    day = context.get("erstellt_am")
    stamp = f"{day:%Y-%m-%d}T00:00:00Z" if isinstance(day, date) else "1980-01-01T00:00:00Z"
    author = escaped(str(context.get("kommune") or ""))
    return DECLARATION + (
        "<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(' '.join(title.split())[:_LONGEST_TITLE])}</dc:title>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        "<dc:language>de-DE</dc:language></cp:coreProperties>"
    )
