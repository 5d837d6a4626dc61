"""Word files as people write them, for the tests that read them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.document import Document
from docx.oxml import parse_xml

from proposals.documents.reading_word import WordText, read_word
from proposals.documents.wml import MAIN, RELATIONSHIPS
from proposals.rules.from_word import titles_of
from proposals.rules.sections import HouseSections
from proposals.rules.words import ProposalKind
from tests.documents.building import paragraph, run

BODY = "word/document.xml"
TITLES = titles_of(HouseSections(), ProposalKind.BESCHLUSSVORLAGE)
_SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
BOLD = "<w:rPr><w:b/></w:rPr>"


def word(
    *blocks: str | Callable[[Document], Any], edit: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a Word file of these blocks: words, WordprocessingML, or what to do with python-docx.

    `edit` puts parts in or replaces them.
    """
    document = docx.Document()
    for block in blocks:
        if callable(block):
            block(document)
        else:
            xml = block if block.startswith("<w:") else paragraph(block)
            name, _, rest = xml.partition(">")
            closed = name.removesuffix("/")
            xml = f"{closed} {_SPACES}{'/' if closed != name else ''}>{rest}"
            document.element.body.insert(len(document.element.body) - 1, parse_xml(xml))
    buffer = io.BytesIO()
    document.save(buffer)
    return with_parts(buffer.getvalue(), edit or {})


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a package with these parts in it, or in the place of those that it has."""
    if not parts:
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = {name: archive.read(name) for name in archive.namelist()} | dict(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def heading(words: str, level: int = 1) -> Callable[[Document], Any]:
    """Return what writes a heading; level 0 is the title."""
    return lambda document: document.add_heading(words, level)


def bullet(words: str, style: str = "List Bullet") -> Callable[[Document], Any]:
    """Return what writes an item of a list."""
    return lambda document: document.add_paragraph(words, style)


def bold(words: str) -> str:
    """Return a paragraph that is bold from end to end."""
    return paragraph(run(words, BOLD))


def inserted(*inner: str) -> str:
    """Return runs that somebody put in with tracked changes."""
    return f'<w:ins w:id="1" w:author="A">{"".join(inner)}</w:ins>'


def deleted(words: str) -> str:
    """Return words that somebody took out with tracked changes."""
    text = f'<w:r><w:delText xml:space="preserve">{words}</w:delText></w:r>'
    return f'<w:del w:id="2" w:author="A">{text}</w:del>'


def read(*blocks: Any, edit: Any = None) -> WordText:
    """Return what is read in a file of these blocks."""
    return read_word("Entwurf.docx", word(*blocks, edit=edit), TITLES.knows)


def listed(words: str, number: int, depth: int = 0) -> str:
    """Return an item of a list."""
    place = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(words, look=f"<w:pPr>{place}</w:pPr>")


def numbering(*formats: tuple[int, str], restarted: int = 0) -> Callable[[Document], Any]:
    """Return what gives a file lists of its own: number and kind of each, all levels alike."""

    def write(document: Document) -> None:
        root = document.part.numbering_part.element
        for number, kind in formats:
            levels = "".join(
                f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
                f'<w:pPr><w:ind w:left="{360 * (at + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
                for at in range(9)
            )
            root.insert(0, xml("abstractNum", f' w:abstractNumId="{number}"', levels))
            root.append(_num(number, number))
        if restarted:
            begin = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            root.append(_num(restarted, formats[-1][0], begin))

    return write


def _num(number: int, abstract: int, override: str = "") -> Any:
    inner = f'<w:abstractNumId w:val="{abstract}"/>{override}'
    return xml("num", f' w:numId="{number}"', inner)


def xml(tag: str, attributes: str, inner: str) -> Any:
    """Return an element of WordprocessingML."""
    return parse_xml(f'<w:{tag} xmlns:w="{MAIN}"{attributes}>{inner}</w:{tag}>')
