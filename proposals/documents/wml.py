"""WordprocessingML: the names of its elements, and text that is safe to stand in it."""

import re
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W: Final = f"{{{MAIN}}}"
R: Final = f"{{{RELATIONSHIPS}}}"

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What XML 1.0 forbids, the C1 controls, and the non-characters (two of them mark tags in tags.py).
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\x85": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}
_BREAK = re.compile("[\n\t\x85]")


@dataclass(frozen=True, slots=True)
class Wml:
    """Ready-made WordprocessingML. Not a `str`: it never passes for text, nor text for it."""

    xml: str
    words: str = ""
    """All text in it, which has to be in the document."""

    def __str__(self) -> str:
        raise TypeError("WordprocessingML is not text")


def legal(text: str) -> str:
    """Return `text` without the characters that XML forbids; every line end becomes a newline."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """Return `text` for an element or an attribute: legal characters only, markup escaped."""
    return str(escape(legal(text)))


def with_breaks(markup: str) -> str:
    """Turn newlines and tabs of escaped text inside a w:t into the elements Word has for them."""
    return _BREAK.sub(lambda match: _BREAKS[match.group()], markup)
