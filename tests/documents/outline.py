"""A document as plain lines (style, text, table rows): what a golden file holds.

Tracked changes stand in brackets: {+what came+}[-what went-].
"""

import re

from lxml import etree

from proposals.documents import package
from proposals.documents.checks import paragraph_text
from proposals.documents.wml import W

_ORDER = ("header", "document", "footer")


def outline(document: bytes) -> str:
    """Return head, text and foot of a document, one line for each paragraph or table row."""
    parts = package.read(document)
    out = []
    for kind in _ORDER:
        for name in sorted(n for n in parts if re.fullmatch(rf"word/{kind}\d*\.xml", n)):
            out.append(f"== {kind} ==")
            root = package.parse(parts[name])
            _show_changes(root)
            content = root.find(W + "body")
            out += _blocks(root if content is None else content)
    return "\n".join(out) + "\n"


def _blocks(parent: etree._Element) -> list[str]:
    out = []
    for element in parent:
        if element.tag == W + "p":
            out.append(_line(element))
        elif element.tag == W + "tbl":
            for row in element.iter(W + "tr"):
                cells = (
                    " / ".join(_text(p) for p in cell.iter(W + "p")) for cell in row.iter(W + "tc")
                )
                out.append("| " + " | ".join(cells) + " |")
    return out


def _show_changes(root: etree._Element) -> None:
    """Write marks around what was tracked; a word that went is text like any other."""
    for kind, marks in (("ins", ("{+", "+}")), ("del", ("[-", "-]"))):
        for change in root.iter(W + kind):
            texts = list(change.iter(W + "t", W + "delText"))
            for text in texts:
                text.tag = W + "t"
            if texts:
                texts[0].text = marks[0] + (texts[0].text or "")
                texts[-1].text = (texts[-1].text or "") + marks[1]


def _line(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
    name = "" if style is None else style.get(W + "val", "")
    depth = "" if level is None else f" {level.get(W + 'val')}"
    return f"[{name}{depth}] {_text(paragraph)}".rstrip()


def _text(paragraph: etree._Element) -> str:
    return paragraph_text(paragraph).replace("\n", "⏎").replace("\t", "→").replace("\xa0", "~")
