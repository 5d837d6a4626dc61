"""Two Word files of one template as one, with tracked changes: what goes is struck, what comes new.

Accepting all changes gives the text of the new file, rejecting all that of the old one. A change of
formatting is tracked as well: the words go as they were and come as they are.
"""

import re
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from difflib import SequenceMatcher
from itertools import count, groupby
from typing import Final, NamedTuple

from lxml import etree

from ..rules.difference import Op, word_difference
from . import package
from .redline_parts import Parts
from .wml import W

_SIGNS: Final = {W + "br": "\n", W + "tab": "\t", W + "noBreakHyphen": "\u2011"}
_OPAQUE: Final = "\ue000"  # stands for what is no text: a link, a field, a picture
_ALIKE: Final = 0.4  # so much in common, two paragraphs are one that was changed
_IDS: Final = re.compile(rb'(w:numId w:val|r:id|<wp:docPr[^>]* id)="[^"]*"')
_FIRST_ID: Final = 90_000  # beyond those of bookmarks


class _Unit(NamedTuple):
    """A letter with its look, or something opaque with all that is in it."""

    text: str
    look: bytes
    element: etree._Element | None


def redlined(old: bytes, new: bytes, *, author: str, day: date) -> bytes:
    """Return the new file with what is different from the old one as changes of `author`."""
    parts = Parts(package.read(old), package.read(new))
    _Redline(parts, author, day).merge(_body(parts.old_root), _body(parts.new_root))
    return parts.assembled()


def _body(root: etree._Element) -> etree._Element:
    body = root.find(W + "body")
    assert body is not None  # the renderer has parsed it
    return body


class _Redline:
    def __init__(self, parts: Parts, author: str, day: date) -> None:
        self.parts = parts
        self.ids = count(_FIRST_ID)
        self.author, self.stamp = author, f"{day:%Y-%m-%d}T00:00:00Z"

    def merge(self, old: etree._Element, new: etree._Element) -> None:
        """Bring what differs in two bodies or cells into the new one."""
        before, after = _blocks(old), _blocks(new)
        keys = [[_key(block) for block in blocks] for blocks in (before, after)]
        matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal":
                place = after[j1] if j1 < len(after) else None
                self._stretch(before[i1:i2], after[j1:j2], place, new)

    def _stretch(
        self,
        old: Sequence[etree._Element],
        new: Sequence[etree._Element],
        place: etree._Element | None,
        parent: etree._Element,
    ) -> None:
        """Track some blocks that stand in the place of others; `place` is what comes next."""
        waiting = list(old)
        for block in new:
            at = next((n for n, one in enumerate(waiting) if _are_alike(one, block)), None)
            if at is None:
                self._whole(block, "ins")
                continue
            for gone in waiting[:at]:
                self._put_gone(gone, block, parent)
            self._changed(waiting[at], block)
            del waiting[: at + 1]
        follower = place if not new else _next_block(new[-1])
        for gone in waiting:
            self._put_gone(gone, follower, parent)

    def _put_gone(
        self, block: etree._Element, before: etree._Element | None, parent: etree._Element
    ) -> None:
        copy = deepcopy(block)
        self.parts.adopt(copy)
        self._whole(copy, "del")
        if before is None:
            parent.append(copy)
        else:
            before.addprevious(copy)

    def _changed(self, old: etree._Element, new: etree._Element) -> None:
        if new.tag == W + "p":
            self._words(old, new)
            return
        for before, after in zip(
            old.iterchildren(W + "tr"), new.iterchildren(W + "tr"), strict=True
        ):
            cells = zip(before.iterchildren(W + "tc"), after.iterchildren(W + "tc"), strict=True)
            for was, is_now in cells:
                self.merge(was, is_now)

    def _words(self, old: etree._Element, new: etree._Element) -> None:
        """Rewrite a paragraph word by word."""
        before, after = _units(old), _units(new)
        properties = new.find(W + "pPr")
        for child in [child for child in new if child is not properties]:
            new.remove(child)
        i = j = 0
        for op, text in word_difference(_text(before), _text(after)):
            size = len(text)
            if op == Op.SAME:
                self._same(new, before[i : i + size], after[j : j + size])
            elif op == Op.REMOVED:
                self._put(new, before[i : i + size], "del")
            else:
                self._put(new, after[j : j + size], "ins")
            i += 0 if op == Op.ADDED else size
            j += 0 if op == Op.REMOVED else size

    def _same(self, paragraph: etree._Element, old: Sequence[_Unit], new: Sequence[_Unit]) -> None:
        """Write text that stayed; where its look changed it goes and comes again."""
        pairs = list(zip(old, new, strict=True))
        for same, group in groupby(pairs, key=lambda pair: pair[0].look == pair[1].look):
            stretch = list(group)
            if not same:
                self._put(paragraph, [was for was, _ in stretch], "del")
            self._put(paragraph, [is_now for _, is_now in stretch], "" if same else "ins")

    def _put(self, paragraph: etree._Element, units: Sequence[_Unit], mark: str) -> None:
        for look, group in groupby(units, key=lambda unit: (unit.look, unit.text == _OPAQUE)):
            for run in _runs(list(group), is_opaque=look[1]):
                if mark == "del":
                    self.parts.adopt(run)
                paragraph.append(run)
                if mark:
                    self._track(run, mark)

    def _track(self, element: etree._Element, mark: str) -> None:
        """Mark a run, or the runs in a link or a field, as gone or come."""
        runs = [element] if element.tag == W + "r" else list(element.iter(W + "r"))
        for run in runs:
            holder = self._mark(mark)
            parent = run.getparent()
            assert parent is not None
            parent.replace(run, holder)
            holder.append(run)
            if mark == "del":
                for text in list(run.iter(W + "t")):
                    text.tag = W + "delText"

    def _whole(self, block: etree._Element, mark: str) -> None:
        """Mark a paragraph, or each row of a table, as gone or come."""
        for row in block.iter(W + "tr"):
            look = row.find(W + "trPr")
            if look is None:
                look = etree.Element(W + "trPr")
                row.insert(0, look)
            look.append(self._mark(mark))
        for paragraph in list(block.iter(W + "p")):
            self._mark_end(paragraph, mark)
            for child in [child for child in paragraph if child.tag != W + "pPr"]:
                self._track(child, mark)

    def _mark_end(self, paragraph: etree._Element, mark: str) -> None:
        """Mark the end of a paragraph, without which an empty one would stay behind."""
        properties = paragraph.find(W + "pPr")
        if properties is None:
            properties = etree.Element(W + "pPr")
            paragraph.insert(0, properties)
        look = properties.find(W + "rPr")
        if look is None:
            look = etree.Element(W + "rPr")
            section = properties.find(W + "sectPr")
            at = len(properties) if section is None else properties.index(section)
            properties.insert(at, look)
        look.insert(0, self._mark(mark))

    def _mark(self, name: str) -> etree._Element:
        mark = etree.Element(W + name)
        mark.set(W + "id", str(next(self.ids)))
        mark.set(W + "author", self.author)
        mark.set(W + "date", self.stamp)
        return mark


def _blocks(parent: etree._Element) -> list[etree._Element]:
    return [child for child in parent if child.tag not in (W + "sectPr", W + "tcPr")]


def _next_block(block: etree._Element) -> etree._Element | None:
    """Return what stands behind a block; the last section's properties stay at the end."""
    return block.getnext()


def _key(block: etree._Element) -> bytes:
    """Return a block as bytes, without the numbers that count through the file."""
    return _IDS.sub(rb'\1=""', etree.tostring(block, method="c14n"))


def _are_alike(old: etree._Element, new: etree._Element) -> bool:
    """Answer whether a block is the other one, changed: then its words are compared."""
    if old.tag != new.tag:
        return False
    if old.tag == W + "tbl":
        return [len(row) for row in old.iter(W + "tr")] == [len(row) for row in new.iter(W + "tr")]
    if old.tag != W + "p" or _look(old, "pPr") != _look(new, "pPr"):
        return False
    before, after = (re.findall(r"\w+", _text(_units(block))) for block in (old, new))
    return bool(SequenceMatcher(None, before, after, autojunk=False).ratio() > _ALIKE)


def _look(element: etree._Element, name: str) -> bytes:
    properties = element.find(W + name)
    return b"" if properties is None else _key(properties)


def _units(paragraph: etree._Element) -> list[_Unit]:
    """Return the text of a paragraph letter by letter, each with its look."""
    units: list[_Unit] = []
    for child in paragraph:
        if child.tag == W + "pPr":
            continue
        inner = [part for part in child if part.tag != W + "rPr"]
        is_text = child.tag == W + "r" and all(
            part.tag == W + "t" or (part.tag in _SIGNS and not part.attrib) for part in inner
        )
        if not is_text:
            units.append(_Unit(_OPAQUE, _key(child), child))
            continue
        look, properties = _look(child, "rPr"), child.find(W + "rPr")
        for part in inner:
            text = part.text or "" if part.tag == W + "t" else _SIGNS[str(part.tag)]
            units += [_Unit(letter, look, properties) for letter in text]
    return units


def _text(units: Sequence[_Unit]) -> str:
    return "".join(unit.text for unit in units)


def _runs(units: Sequence[_Unit], *, is_opaque: bool) -> list[etree._Element]:
    """Return units of one look as a run; what is opaque as it was."""
    if is_opaque:
        return [deepcopy(unit.element) for unit in units if unit.element is not None]
    run = etree.Element(W + "r")
    if units[0].element is not None:
        run.append(deepcopy(units[0].element))
    signs = {sign: tag for tag, sign in _SIGNS.items()}
    for piece in re.findall("[^\n\t\u2011]+|[\n\t\u2011]", _text(units)):
        if piece in signs:
            etree.SubElement(run, signs[piece])
            continue
        text = etree.SubElement(run, W + "t")
        text.text = piece
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [run]
