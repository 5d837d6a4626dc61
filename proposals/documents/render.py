"""Fill a compiled template: plain data in, the bytes of a .docx out; equal input, equal bytes."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import count
from types import TracebackType
from typing import Final

import jinja2
from jinja2.exceptions import SecurityError
from lxml import etree

from proposals.documents.faults import TemplateFault
from proposals.documents.lint import written_at
from proposals.documents.package import assemble, packed
from proposals.documents.richtext import Resources, RichText
from proposals.documents.template import Filled, Template
from proposals.documents.wml import DECLARATION, RELATIONSHIPS, W, escaped

_LONGEST_TITLE: Final = 255  # Word refuses a longer title property
_DRAWING: Final = re.compile(r'(<wp:docPr\b[^>]*?\bid=")\d+(")')
_BLOCKS: Final = (W + "tc", W + "hdr", W + "ftr", W + "txbxContent")


def render(template: Template, context: Mapping[str, object]) -> bytes:
    """Return the finished document.

    `context` holds plain values only (see `context.ProposalContext`); HTML becomes paragraphs where
    the context type says so. Raises TemplateFault where template and data do not fit, TypeError for
    anything in the data that is not plain.
    """
    resources = Resources(template.house)
    values = {key: _plain(value, key, template.rich, resources) for key, value in context.items()}
    drawings = count(1)
    parts = {
        name: _DRAWING.sub(lambda m: f"{m[1]}{next(drawings)}{m[2]}", _sound(_filled(part, values)))
        for name, part in template.filled.items()
    }
    for (name, head, tail), added in (
        (template.numbering, resources.numberings),
        (template.links, _relations(resources.links)),
    ):
        parts[name] = head + "".join(added) + tail
    parts["docProps/core.xml"] = _core_properties(context)
    return assemble([*template.static, *(packed(n, text.encode()) for n, text in parts.items())])


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
        return [_plain(item, path, rich, resources) for item in value]
    if value is None or type(value) in (bool, int, Decimal, date):
        return value
    raise TypeError(f"{path}: {type(value).__name__} is not plain data")


def _filled(part: Filled, values: Mapping[str, object]) -> str:
    try:
        return part.source.render(values)
    except (jinja2.TemplateError, TemplateFault, TypeError, OverflowError) as error:
        written = written_at(part.tags, _line(error.__traceback__))
        raise TemplateFault(f"{written}: {_reason(error)}") from error


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


def _sound(text: str) -> str:
    """Parse a filled part, and mend what conditions and empty lists leave behind."""
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TemplateFault(f"Das Dokument wäre beschädigt ({error.msg}).") from error
    return DECLARATION + (etree.tostring(root, encoding="unicode") if _mended(root) else text)


def _mended(root: etree._Element) -> bool:
    """Drop tables without rows; give cells and headers the paragraph that Word insists on."""
    mended = False
    for table in list(root.iter(W + "tbl")):
        if table.find(f".//{W}tr") is None and (parent := table.getparent()) is not None:
            parent.remove(table)
            mended = True
    for block in root.iter(*_BLOCKS):
        if len(block) == 0 or block[-1].tag != W + "p":
            etree.SubElement(block, W + "p")
            mended = True
    return mended


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
