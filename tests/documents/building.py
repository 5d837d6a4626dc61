"""Small templates for one test each: the neutral one with another text in it."""

import re
from collections.abc import Callable

from lxml import etree

from proposals.documents import package
from proposals.documents.checks import paragraph_text
from proposals.documents.context import ProposalContext
from proposals.documents.package import CONTENT_TYPES
from proposals.documents.render import render
from proposals.documents.template import compile_template
from proposals.documents.wml import MAIN, RELATIONSHIPS, W, escaped
from tests.documents.samples import TEMPLATES, sample

DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
_SECTION = re.compile(r"<w:sectPr.*</w:sectPr>", re.DOTALL)


def run(words: str, look: str = "") -> str:
    """Return a run as Word writes it."""
    return f'<w:r>{look}<w:t xml:space="preserve">{escaped(words)}</w:t></w:r>'


def paragraph(*runs: str, look: str = "") -> str:
    """Return a paragraph; plain words become a run."""
    inner = "".join(r if r.startswith("<w:") else run(r) for r in runs)
    return f"<w:p>{look}{inner}</w:p>"


def table(*rows: list[str]) -> str:
    """Return a table of ready-made cells."""
    written = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{written}</w:tbl>"


def template(*blocks: str, edit: Callable[[dict[str, bytes]], None] | None = None) -> bytes:
    """Return a .docx with these blocks (words become paragraphs) and no head or foot."""
    parts = package.read((TEMPLATES / "neutral" / "vorlage.docx").read_bytes())
    section = _SECTION.search(parts[DOCUMENT].decode())
    assert section is not None
    plain = re.sub(r"<w:(header|footer)Reference[^>]*>", "", section.group())
    body = "".join(block if block.startswith("<w:") else paragraph(block) for block in blocks)
    parts[DOCUMENT] = (
        f'<w:document xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}"'
        ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f"<w:body>{body}{plain}</w:body></w:document>"
    ).encode()
    for name in [name for name in parts if re.match(r"word/(header|footer)\d", name)]:
        del parts[name]
    for name, pattern in (
        (RELATIONS, rb'<Relationship [^>]*"(header|footer)\d\.xml"[^>]*/>'),
        (CONTENT_TYPES, rb'<Override [^>]*/(header|footer)\d\.xml"[^>]*/>'),
    ):
        parts[name] = re.sub(pattern, b"", parts[name])
    if edit is not None:
        edit(parts)
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a package of these parts."""
    return package.assemble(package.packed(name, [data]) for name, data in parts.items())


def filled(*blocks: str, **values: object) -> bytes:
    """Compile a template of these blocks and fill it with the sample, changed by `values`."""
    context: dict[str, object] = {**sample(), **values}
    return render(compile_template(template(*blocks)), context)


def lines(document: bytes) -> list[str]:
    """Return the text of each paragraph of the main part."""
    return [paragraph_text(p) for p in body(document).iter(W + "p")]


def body(document: bytes) -> etree._Element:
    """Return the main part."""
    return package.parse(package.read(document)[DOCUMENT])


def with_betreff(words: str) -> ProposalContext:
    """Return the sample with another Betreff."""
    context = sample()
    context["betreff"] = words
    return context
