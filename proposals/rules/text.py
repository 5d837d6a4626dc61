"""Plain text typed into an area, and the HTML that versions keep of it."""

import re
from html import escape
from html.parser import HTMLParser

from .errors import RuleViolation

_MONTH = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_BULLET = re.compile(r"[-*•][ \t]+(\S.*)", re.DOTALL)
# "21. Februar 2019 …" begins a sentence, not a list.
NUMBERED = re.compile(rf"(\d{{1,3}})[.)][ \t]+(?!(?:{_MONTH})\b)(\S.*)", re.DOTALL)
# What XML 1.0 cannot carry, and so no Word document: control characters, lone surrogates.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "div")


def paragraphs_to_html(plain: str) -> str:
    """Turn typed lines into paragraphs and lists.

    Each line is a paragraph. Lines beginning with "- ", "* " or "• " make a list, lines with "1. "
    or "1) " a numbered one that keeps its numbers; a blank line or a number out of turn ends it.
    Nothing in the text is markup: `<b>` and `{{ 7*7 }}` stay what was typed.
    """
    blocks: list[str] = []
    items: list[str] = []
    tag, number = "", 0

    def close() -> None:
        nonlocal tag
        if tag:
            first = number - len(items) + 1
            start = f' start="{first}"' if tag == "ol" and first != 1 else ""
            inside = "".join(f"<li>{item}</li>" for item in items)
            blocks.append(f"<{tag}{start}>{inside}</{tag}>")
        items.clear()
        tag = ""

    for line in map(str.strip, re.split(r"\r\n|\r|\n", plain)):
        if bullet := _BULLET.fullmatch(line):
            if tag != "ul":
                close()
            tag = "ul"
            items.append(escape(bullet[1], quote=False))
        elif numbered := NUMBERED.fullmatch(line):
            if tag != "ol" or int(numbered[1]) != number + 1:
                close()
            tag, number = "ol", int(numbered[1])
            items.append(escape(numbered[2], quote=False))
        else:
            close()
            if line:
                blocks.append(f"<p>{escape(line, quote=False)}</p>")
    close()
    return "".join(blocks)


def html_to_paragraphs(html: str) -> str:
    """Turn the HTML back into the lines that make it: `paragraphs_to_html` of them gives `html`.

    Blocks are parted by blank lines, list items by line ends. Bold, links and other inline markup
    of HTML that came from elsewhere is lost, its text is not.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return "\n\n".join(reader.blocks)


def strip_control(text: str) -> str:
    """Return the text without the characters that XML 1.0 and so a Word document cannot hold."""
    return _ILLEGAL.sub("", text)


def objection_to_text(text: str, field_label: str) -> RuleViolation | None:
    """Refuse control characters, naming the first one; everything people can read is legal."""
    found = _ILLEGAL.search(text)
    if not found:
        return None
    line = text.count("\n", 0, found.start()) + 1
    return RuleViolation(
        f"„{field_label}“ enthält in Zeile {line} das unsichtbare Zeichen U+{ord(found[0]):04X}, "
        "das in keinem Word-Dokument stehen kann. Bitte löschen Sie es."
    )


class _Reader(HTMLParser):
    """Collects the blocks of an HTML text as plain lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._text: list[str] = []
        self._items: list[str] = []
        self._list = ""
        self._number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self.end_block()
            start = dict(attrs).get("start") or "1"
            self._list, self._number = tag, int(start) if start.isdecimal() else 1
        elif tag == "li":
            self._text.clear()
        elif tag == "br":
            self._text.append("\n")
        elif tag in _BLOCKS and not self._list:
            self.end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag == "li" and self._list:
            self._end_item()
        elif tag in ("ul", "ol") or (tag in _BLOCKS and not self._list):
            self.end_block()

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def end_block(self) -> None:
        """Close the paragraph or list that is being read."""
        if self._items:
            self.blocks.append("\n".join(self._items))
        else:
            text = "".join(self._text).strip()
            if text:
                self.blocks.append(text)
        self._text.clear()
        self._items.clear()
        self._list = ""

    def _end_item(self) -> None:
        text = " ".join("".join(self._text).split("\n")).strip()
        mark = "-" if self._list == "ul" else f"{self._number}."
        if text:
            self._items.append(f"{mark} {text}")
        self._number += 1
        self._text.clear()
