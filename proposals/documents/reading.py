"""Formatted text as it comes in: a tree, and the words in it that somebody is to read."""

from collections.abc import Collection, Iterator

import lxml.html
from lxml import etree

from proposals.documents.faults import TemplateFault
from proposals.documents.wml import legal


def parsed(html: str) -> lxml.html.HtmlElement:
    """Return the tree below one element; raises TemplateFault for what is nested too deep."""
    parser = lxml.html.HTMLParser()
    tree = lxml.html.fragment_fromstring(legal(html), create_parent="div", parser=parser)
    # Below 256 levels the parser stops and would lose the rest without a word.
    if parser.error_log.filter_from_fatals():
        raise TemplateFault("Der Text ist zu tief verschachtelt.")
    return tree


def texts(element: etree._Element, silent: Collection[str]) -> Iterator[str]:
    """Yield every text in an element but what stands in `silent` ones."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in silent:
            yield from texts(child, silent)
        yield child.tail or ""


def without_blanks(text: str) -> str:
    """Return a text without blanks and line ends, which paragraphs treat in their own way."""
    return "".join(text.split())
