"""Marks in the HTML of a wording: what a committee changed in bold, quotation marks around it."""

from collections.abc import Iterator

import lxml.html
from lxml import etree

from ..rules.difference import Op, word_difference

_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "td", "th", "div", "blockquote")
_BOLD = ("strong", "b")
_LIFTED = "\x00"  # stands for the beginning of a block, so that words of two blocks stay apart


def changes_in_bold(before: str, after: str) -> tuple[str, bool]:
    """Return `after` with every word in bold that `before` does not have, and whether any is.

    What was bold before loses it: bold is to say "changed" and nothing else.
    """
    tree = _tree(after)
    for element in list(tree.iter(*_BOLD)):
        element.drop_tag()
    nodes = list(_nodes(tree))
    new = "".join(text for _, _, text in nodes)
    added, at = [], 0
    for op, text in word_difference("".join(t for _, _, t in _nodes(_tree(before))), new):
        if op == Op.ADDED:
            added.append((at, at + len(text)))
        if op != Op.REMOVED:
            at += len(text)
    start, marked = 0, False
    for holder, is_tail, text in nodes:
        end = start + len(text)
        spans = [(max(a, start) - start, min(b, end) - start) for a, b in added]
        spans = [(a, b) for a, b in spans if a < b and text[a:b].strip(f" \n{_LIFTED}")]
        if spans and holder is not None:
            _mark(holder, is_tail, text, spans)
            marked = True
        start = end
    return _html(tree), marked


def quoted(html: str) -> str:
    """Return the wording with a German quotation mark before its first word and behind its last."""
    tree = _tree(html)
    nodes = [(e, tail, t) for e, tail, t in _nodes(tree) if e is not None and t.strip()]
    if not nodes:
        return html
    element, is_tail, text = nodes[-1]
    _write(element, is_tail, text.rstrip() + "“")
    element, is_tail, _ = nodes[0]
    present = (element.tail if is_tail else element.text) or ""
    _write(element, is_tail, "„" + present.lstrip())
    return _html(tree)


def _tree(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(html, create_parent="div")


def _nodes(parent: etree._Element) -> Iterator[tuple[etree._Element | None, bool, str]]:
    """Yield every text with the element that holds it, before it or (`is_tail`) behind it."""
    if parent.tag in _BLOCKS:
        yield None, False, f"\n{_LIFTED}"
    if parent.text:
        yield parent, False, parent.text
    for child in parent:
        if child.tag == "br":
            yield None, False, "\n"
        else:
            yield from _nodes(child)
        if child.tail:
            yield child, True, child.tail


def _mark(element: etree._Element, is_tail: bool, text: str, spans: list[tuple[int, int]]) -> None:
    """Put the spans of one text into bold."""
    parent = element.getparent() if is_tail else element
    assert parent is not None
    place = parent.index(element) + 1 if is_tail else 0
    _write(element, is_tail, text[: spans[0][0]])
    for number, (begin, end) in enumerate(spans):
        strong = etree.Element("strong")
        strong.text = text[begin:end]
        following = spans[number + 1][0] if number + 1 < len(spans) else len(text)
        strong.tail = text[end:following]
        parent.insert(place + number, strong)


def _write(element: etree._Element, is_tail: bool, text: str) -> None:
    if is_tail:
        element.tail = text
    else:
        element.text = text


def _html(tree: lxml.html.HtmlElement) -> str:
    whole = lxml.html.tostring(tree, encoding="unicode")
    return whole.removeprefix("<div>").removesuffix("</div>")
