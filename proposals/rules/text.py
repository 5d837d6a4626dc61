"""Plain text typed into an area, and the HTML that versions keep of it."""

import re
from collections.abc import Iterator
from html import escape

from .errors import RuleViolation
from .markup import Element, tree

_MONTH = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_BULLET = re.compile(r"[-*•][ \t]+(\S.*)", re.DOTALL)
# "21. Februar 2019 …" begins a sentence, not a list.
NUMBERED = re.compile(rf"(\d{{1,3}})[.)][ \t]+(?!(?:{_MONTH})\b)(\S.*)", re.DOTALL)
# What XML 1.0 cannot carry, and so no Word document: control characters, lone surrogates.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "div", "ul", "ol", "table")
_LISTS = ("ul", "ol")
_MARKUP = re.compile(r"<(p|h[1-6]|ul|ol|table|blockquote|div)(?:\s[^<>]*)?>.*</\1>", re.DOTALL)


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


def typed_to_html(typed: str) -> str:
    """Return what was typed as HTML: markup where there is a whole block of it, else paragraphs.

    An editor sends markup. Where it does not run people see that markup in a plain area, and may
    write into it or write plain lines.
    """
    typed = re.sub("\r\n|\r", "\n", typed)
    return typed if _MARKUP.search(typed) else paragraphs_to_html(typed)


def html_to_paragraphs(html: str) -> str:
    """Turn the HTML back into the lines that make it: `paragraphs_to_html` of them gives `html`.

    Blocks are parted by blank lines, list items and rows of a table by line ends. Markup that lines
    cannot say (bold, links, a list within a list) is lost, its text is not.
    """
    return "\n\n".join(_read_blocks(tree(html)))


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


def _read_blocks(element: Element) -> Iterator[str]:
    """Yield the text of each block."""
    run = ""
    for child in element.children:
        if not isinstance(child, str) and child.tag in _BLOCKS:
            if run.strip():
                yield run.strip()
            run = ""
            if child.tag in ("ul", "ol"):
                yield from filter(None, ["\n".join(_read_items(child))])
            elif child.tag == "table":
                yield from filter(None, ["\n".join(_read_rows(child))])
            else:
                yield from _read_blocks(child)
        else:
            run += _inline(child)
    if run.strip():
        yield run.strip()


def _inline(child: Element | str) -> str:
    if isinstance(child, str):
        return child
    return "\n" if child.tag == "br" else "".join(map(_inline, child.children))


def _read_items(part: Element, indent: str = "") -> Iterator[str]:
    start = part.attributes.get("start", "1")
    number = int(start) if start.isdecimal() else 1
    for child in part.children:
        if isinstance(child, str) or child.tag != "li":
            lone = Element("", {}, [child])
            yield from (f"{indent}  {line}" for line in _read_blocks(lone))
            continue
        own = [one for one in child.children if isinstance(one, str) or one.tag not in _LISTS]
        text = " ".join(" ".join(_read_blocks(Element("", {}, own))).split("\n")).strip()
        if text:
            yield f"{indent}{f'{number}.' if part.tag == 'ol' else '-'} {text}"
        number += 1
        for one in child.children:
            if isinstance(one, Element) and one.tag in _LISTS:
                yield from _read_items(one, f"{indent}  ")


def _read_rows(part: Element) -> Iterator[str]:
    for child in part.children:
        if isinstance(child, Element) and child.tag == "tr":
            cells = [cell for cell in child.children if isinstance(cell, Element)]
            yield " | ".join(" ".join(_read_blocks(cell)) for cell in cells)
        elif isinstance(child, Element):
            yield from _read_rows(child)
