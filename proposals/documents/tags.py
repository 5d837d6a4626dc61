"""From what stands in Word to a Jinja source: on the element tree, whatever Word did to the runs.

What an author may write is the syntax of docxtpl: {{ x }}, {% if %}, {% for %} inside a paragraph;
{%p … %} for a paragraph, {%tr … %} for a table row; {{p x }} for formatted text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from proposals.documents.faults import TemplateFault
from proposals.documents.wml import MAIN, W

# Delimiters of the Jinja source begin with a character that no text may hold: braces that a
# template has anywhere else stay what they are.
OPEN: Final = "\ufdd0"
CLOSE: Final = "\ufdd1"

NOT_TRANSITIONAL: Final = (
    "Bitte die Datei in Word als „Word-Dokument (*.docx)“ speichern, nicht als Strict Open XML."
)

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_STRUCTURAL = re.compile(r"^\{[{%#](p|tr|tc|r)\s(.*)[}%#]\}$", re.DOTALL)
_REMAINS = re.compile(r"\{\{|\}\}|\{%|%\}")
_HELD = re.compile(f"{OPEN}(\\d+){CLOSE}")

# Word corrects quotes, blanks and hyphens while the author types a tag.
_TYPED = {
    **dict.fromkeys(map(ord, "„“”«»"), '"'),
    **dict.fromkeys(map(ord, "‚‘’‹›"), "'"),
    **dict.fromkeys(map(ord, "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\n\t"), " "),
    **dict.fromkeys(map(ord, "–\N{NON-BREAKING HYPHEN}"), "-"),
}
_BEGINS = ("if", "for")
_GOES_ON = {"else": _BEGINS, "elif": ("if",), "endif": ("if",), "endfor": ("for",)}
_LEVELS = ("p", "tr")
HOLDERS: Final = ("tbl", "tc", "hdr", "ftr", "txbxContent")
"""What Word wants filled: a table with rows, the others with a paragraph at the end."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as its author wrote it; `level` is "p" or "tr", or empty inside a paragraph."""

    written: str
    level: str
    sign: str
    code: str

    @property
    def keyword(self) -> str:
        """Return the word a {% … %} begins with."""
        return self.code.partition(" ")[0] if self.sign == "%" else ""


@dataclass(slots=True)
class Part:
    """One part on its way to a Jinja source; line n + 1 of the source holds the n-th tag."""

    root: etree._Element
    tags: list[Tag] = field(default_factory=list)
    at: int = -1
    """The paragraph that is being read; where compiling stopped, if it did."""
    _sources: list[str] = field(default_factory=list)
    _open: list[tuple[Tag, object]] = field(default_factory=list)
    _whole: dict[etree._Element, str] = field(default_factory=dict)

    def compile(self) -> str:
        """Return the Jinja source of this part. Raises TemplateFault naming the tag."""
        if self.root.nsmap.get("w") != MAIN:
            raise TemplateFault(NOT_TRANSITIONAL)
        whole = etree.tostring(self.root, encoding="unicode")
        if OPEN in whole or CLOSE in whole:
            raise TemplateFault(
                "Die Vorlage enthält ein unzulässiges Zeichen (U+FDD0 oder U+FDD1)."
            )
        for at, paragraph in enumerate(list(self.root.iter(W + "p"))):
            self.at = at
            self._paragraph(paragraph)
        self.at = -1
        if self._open:
            raise TemplateFault(f"{self._open[-1][0].written} wird nirgends geschlossen.")
        for element, marks in self._whole.items():
            _put_in_place_of(element, marks)
        source = etree.tostring(self.root, encoding="unicode").replace("\n", " ")
        return _HELD.sub(lambda match: self._sources[int(match[1])], source)

    def loose(self) -> frozenset[str]:
        """Return the kinds of blocks that tags may leave as Word does not want them.

        The others are sure to keep what Word wants: a table its row; a cell, a running line and a
        text box the paragraph at their end, which formatted text has as well. Asked once compiled.
        """
        blocks = self.root.iter(*(W + name for name in HOLDERS))
        return frozenset(str(block.tag)[len(W) :] for block in blocks if not self._keeps(block))

    def _keeps(self, block: etree._Element) -> bool:
        is_table = block.tag == W + "tbl"
        kept, depth = False, self._opened(block.text)
        for child in block:
            if child.tag == W + ("tr" if is_table else "p"):
                kept = kept or not depth
            elif isinstance(child.tag, str) and not is_table:
                kept = False
            depth += self._opened(child.tail)
        return kept

    def _opened(self, marks: str | None) -> int:
        """Return how many conditions and loops begin in a text, less those that end in it."""
        words = [self.tags[int(number)].keyword for number in _HELD.findall(marks or "")]
        return sum((word in _BEGINS) - word.startswith("end") for word in words)

    def _paragraph(self, paragraph: etree._Element) -> None:
        nodes = list(text_nodes(paragraph))
        full = "".join(node.text or "" for node in nodes)
        if _REMAINS.search(rest := _TAG.sub("", full)):
            raise TemplateFault(f"Unvollständiger Platzhalter im Absatz „{_short(full)}“.")
        found = [(match.start(), match.end(), _tag(match.group())) for match in _TAG.finditer(full)]
        if not found:
            return
        for _, _, tag in found:
            if tag.level == "p" and (rest.strip() or any(t.level != "p" for _, _, t in found)):
                raise TemplateFault(f"{tag.written} muss allein in seinem Absatz stehen.")
        _distribute(nodes, [(a, b, self._mark(t, paragraph, nodes, a)) for a, b, t in found])

    def _mark(
        self, tag: Tag, paragraph: etree._Element, nodes: list[etree._Element], at: int
    ) -> str:
        """Return what stands in the text for this tag; nothing if it takes a whole element."""
        if tag.level:
            element = self._whole_of(tag, paragraph)
            self._nest(tag, (tag.level, element.getparent()))
            self._whole[element] = self._whole.get(element, "") + self._hold(tag, paragraph)
            return ""
        self._nest(tag, (paragraph, *_path(_node_at(nodes, at), paragraph)))
        return self._hold(tag, paragraph)

    def _whole_of(self, tag: Tag, paragraph: etree._Element) -> etree._Element:
        element = paragraph
        if tag.level == "tr":
            row = next(paragraph.iterancestors(W + "tr"), None)
            if row is None:
                raise TemplateFault(f"{tag.written} steht nicht in einer Tabelle.")
            texts = "".join(node.text or "" for node in row.iter(W + "t"))
            if _lost(texts):
                raise TemplateFault(f"{tag.written} muss allein in seiner Tabellenzeile stehen.")
            element = row
        if element.find(f"{W}pPr/{W}sectPr") is not None:
            raise TemplateFault(f"{tag.written} steht in einem Absatz mit Abschnittswechsel.")
        return element

    def _nest(self, tag: Tag, place: object) -> None:
        """Hold that what begins in a paragraph, row or run ends beside it: else the XML breaks."""
        if tag.keyword in _BEGINS:
            self._open.append((tag, place))
        elif tag.keyword in _GOES_ON:
            if not self._open or self._open[-1][0].keyword not in _GOES_ON[tag.keyword]:
                raise TemplateFault(f"{tag.written} hat keinen Anfang.")
            begin, begun_in = self._open[-1]
            if begun_in != place:
                raise TemplateFault(
                    f"{begin.written} und {tag.written} stehen nicht auf derselben Ebene"
                    " (beide im selben Absatz, beide mit {%p oder beide mit {%tr)."
                )
            if tag.keyword.startswith("end"):
                self._open.pop()
        elif tag.sign == "%":
            raise TemplateFault(
                f"{tag.written} ist unbekannt; möglich sind if, for, else und ihr Ende."
            )

    def _hold(self, tag: Tag, paragraph: etree._Element) -> str:
        if tag.sign == "#":
            return ""
        self.tags.append(tag)
        code = tag.code
        if tag.level == "p" and tag.sign == "{":
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            name = "" if style is None else style.get(W + "val", "")
            kept = paragraph.find(f"{W}pPr/{W}keepNext") is not None
            code = f"({code})|absaetze({name!r}, {kept})"
        end = "}" if tag.sign == "{" else tag.sign
        # The comment counts the line without printing one.
        self._sources.append(f"{OPEN}#\n#{CLOSE}{OPEN}{tag.sign}{code} {end}{CLOSE}")
        return f"{OPEN}{len(self._sources) - 1}{CLOSE}"


def text_nodes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the w:t of a paragraph, not those of a text box that is anchored in it."""
    for child in paragraph:
        if child.tag == W + "t":
            yield child
        elif child.tag != W + "p" and isinstance(child.tag, str):
            yield from text_nodes(child)


def _tag(written: str) -> Tag:
    """Read one tag. Raises TemplateFault for the levels this program does not know."""
    structural = _STRUCTURAL.match(written)
    if structural is None:
        code = written[2:-2].translate(_TYPED).removeprefix("-").removesuffix("-")
        return Tag(written, "", written[1], code.strip())
    level, code = structural[1], structural[2].translate(_TYPED).strip()
    if level not in _LEVELS or (level == "tr" and written[1] == "{"):
        raise TemplateFault(f"{written} ist nicht möglich; es gibt {{%p …, {{%tr … und {{{{p … .")
    return Tag(written, level, written[1], code)


def _lost(row_text: str) -> bool:
    """Say whether a row holds more than the tags that replace it."""
    return any(not _tag(match.group()).level for match in _TAG.finditer(row_text)) or bool(
        _TAG.sub("", row_text).strip()
    )


def _distribute(nodes: list[etree._Element], marks: list[tuple[int, int, str]]) -> None:
    """Write the text back into its nodes, each tag as a whole into the node where it begins."""
    position = 0
    for node in nodes:
        text = node.text or ""
        end = position + len(text)
        kept, cursor = [], position
        for start, stop, mark in marks:
            if stop <= position or start >= end:
                continue
            kept.append(text[max(cursor, position) - position : max(start, position) - position])
            kept.append(mark if start >= position else "")
            cursor = min(stop, end)
        node.text = "".join(kept) + text[cursor - position :]
        if _HELD.fullmatch(node.text) is None:  # one value alone has no blanks at its ends
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        position = end


def _node_at(nodes: list[etree._Element], at: int) -> etree._Element:
    for node in nodes:
        at -= len(node.text or "")
        if at < 0:
            return node
    return nodes[-1]


def _path(node: etree._Element, paragraph: etree._Element) -> Iterator[object]:
    """Yield what lies between a text and its paragraph; equal paths may be cut apart."""
    for element in node.iterancestors():
        if element is paragraph:
            return
        yield element.tag if element.tag == W + "r" else element


def _put_in_place_of(element: etree._Element, marks: str) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    text = marks + (element.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
