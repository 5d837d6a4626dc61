"""What the styles and lists of a Word file say about a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from proposals.documents.wml import W

TITLE: Final = 0  # the level of a file's title
_VAL: Final = W + "val"
_HEADING: Final = re.compile(r"(?:heading|.?berschrift)\s*([1-9])", re.IGNORECASE)
_TITLES: Final = ("title", "titel")
_BODY_LEVEL: Final = 9
_LONGEST_CHAIN: Final = 30
_LONGEST_FIGURE: Final = 7
_DEEPEST: Final = 8  # levels of a list, counted from 0
_OFF: Final = ("0", "false", "off", "none")
_TAGS: Final = {"bullet": "ul", "none": ""}
_PLAIN: Final = ("decimal", "decimalZero", "decimalHalfWidth", *_TAGS)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list; `tag` is ul, ol or "" without a mark, `left` its indent in twips."""

    tag: str = "ul"
    start: int = 1
    in_letters: bool = False
    left: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a list."""

    number: str
    depth: int
    level: Level


class Styles:
    """The styles of a file, each with those that it is based on."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [] if root is None else list(root.iter(W + "style"))
        self._by_id = {style.get(W + "styleId", ""): style for style in styles}
        self._default = next(
            (
                style.get(W + "styleId", "")
                for style in styles
                if style.get(W + "type") == "paragraph" and _is_on(style.get(W + "default", "0"))
            ),
            "",
        )
        self._chains: dict[str, list[etree._Element]] = {}
        self._last: tuple[etree._Element | None, list[etree._Element]] = None, []

    def of(self, element: etree._Element, properties: str, name: str) -> list[etree._Element]:
        """Return the style that an element names and those below it; the default one else."""
        named = value(element.find(f"{W}{properties}/{W}{name}"))
        if not named and name == "pStyle":
            named = self._default
        if named not in self._chains:
            self._chains[named] = list(self._chain(named))
        return self._chains[named]

    def names(self, paragraph: etree._Element) -> list[str]:
        """Return the names of a paragraph's style and of those it is based on, in small letters."""
        chain = self.of(paragraph, "pPr", "pStyle")
        return [value(style.find(W + "name")).casefold() for style in chain]

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """Return the level of a heading, TITLE for the file's title, None for any other text."""
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        if own is not None:
            return _outline(own)
        for style in self.of(paragraph, "pPr", "pStyle"):
            name = value(style.find(W + "name")).casefold()
            if name in _TITLES:
                return TITLE
            for words in (name, style.get(W + "styleId", "")):
                if named := _HEADING.fullmatch(words.strip()):
                    return int(named[1])
            outline = style.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None:
                return _outline(outline)
        return None

    def has(self, run: etree._Element, paragraph: etree._Element, mark: str) -> bool:
        """Answer whether a run is marked (b, i, vanish …) by itself or by its styles."""
        own = run.find(f"{W}rPr/{W}{mark}")
        if own is not None:
            return _is_on(own.get(_VAL, "1"))
        # of two styles that both say bold, the one undoes the other
        by_run = self._says(self.of(run, "rPr", "rStyle"), mark)
        return by_run != self._says(self._of_paragraph(paragraph), mark)

    def _of_paragraph(self, paragraph: etree._Element) -> list[etree._Element]:
        """Return the styles of a paragraph; of one with very many runs they are asked for once."""
        if self._last[0] is not paragraph:
            self._last = paragraph, self.of(paragraph, "pPr", "pStyle")
        return self._last[1]

    @staticmethod
    def _says(chain: list[etree._Element], mark: str) -> bool:
        for style in chain:
            found = style.find(f"{W}rPr/{W}{mark}")
            if found is not None:
                return _is_on(found.get(_VAL, "1"))
        return False

    def _chain(self, style_id: str) -> Iterator[etree._Element]:
        for _ in range(_LONGEST_CHAIN):
            style = self._by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = value(style.find(W + "basedOn"))


class Lists:
    """The lists of a file, and how far each has been counted."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def place(self, paragraph: etree._Element) -> Place | None:
        """Return the list that a paragraph is an item of."""
        properties = [paragraph.find(f"{W}pPr/{W}numPr")]
        chain = self._styles.of(paragraph, "pPr", "pStyle")
        properties += [style.find(f"{W}pPr/{W}numPr") for style in chain]
        said = [one for one in properties if one is not None]
        number = next((n for one in said if (n := value(one.find(W + "numId")))), "")
        levels = self._levels.get(number)
        if not levels:
            return None
        depth = next((d for one in said if (d := value(one.find(W + "ilvl")))), "")
        if not depth:
            ids = [style.get(W + "styleId", "") for style in chain]
            found = [self._by_style.get((number, one)) for one in ids]
            depth = str(next((one for one in found if one is not None), 0))
        at = min(figure(depth), _DEEPEST)
        return Place(number, at, levels.get(at, Level()))

    def count(self, place: Place) -> int:
        """Return the number of the next item there."""
        key = self._abstract.get(place.number, place.number)
        counts = self._counts.setdefault(key, {})
        restart = self._restarts.get((place.number, place.depth))
        if restart is not None and (place.number, place.depth) not in self._begun:
            counts.pop(place.depth, None)
        self._begun.add((place.number, place.depth))
        start = place.level.start if restart is None else restart
        counts[place.depth] = counts[place.depth] + 1 if place.depth in counts else start
        for deeper in [depth for depth in counts if depth > place.depth]:
            del counts[deeper]
        return counts[place.depth]

    def _read(self, root: etree._Element) -> None:
        abstracts = {one.get(W + "abstractNumId", ""): one for one in root.iter(W + "abstractNum")}
        linked = {value(one.find(W + "styleLink")): one for one in abstracts.values()}
        for number in root.iter(W + "num"):
            key = number.get(W + "numId", "")
            self._abstract[key] = value(number.find(W + "abstractNumId"))
            abstract = abstracts.get(self._abstract[key])
            link = value(abstract.find(W + "numStyleLink")) if abstract is not None else ""
            abstract = linked.get(link, abstract) if link else abstract
            levels = [] if abstract is None else list(abstract.iter(W + "lvl"))
            for override in number.iter(W + "lvlOverride"):
                levels += list(override.iter(W + "lvl"))
                depth = figure(override.get(W + "ilvl"))
                begin = override.find(W + "startOverride")
                if begin is not None:
                    self._restarts[key, depth] = figure(value(begin))
            self._levels[key] = {figure(one.get(W + "ilvl")): _level(one) for one in levels}
            for one in levels:
                if style := value(one.find(W + "pStyle")):
                    self._by_style[key, style] = figure(one.get(W + "ilvl"))


def left_of(paragraph: etree._Element, styles: Styles) -> int:
    """Return how far a paragraph is set in, in twips."""
    holders = [paragraph, *styles.of(paragraph, "pPr", "pStyle")]
    for holder in holders:
        found = _left(holder)
        if found is not None:
            return found
    return 0


def value(element: etree._Element | None) -> str:
    """Return the w:val of an element, "" without one."""
    return "" if element is None else element.get(_VAL, "")


def figure(said: str | None) -> int:
    """Return a number that a file gives, 0 for one that is none."""
    return int(said) if said and said.isdecimal() and len(said) < _LONGEST_FIGURE else 0


def _level(level: etree._Element) -> Level:
    named = value(level.find(W + "numFmt")) or "decimal"
    return Level(
        _TAGS.get(named, "ol"),
        figure(value(level.find(W + "start"))),
        named not in _PLAIN,
        _left(level) or 0,
    )


def _left(holder: etree._Element) -> int | None:
    indent = holder.find(f"{W}pPr/{W}ind")
    if indent is None:
        return None
    said = indent.get(W + "left") or indent.get(W + "start") or ""
    return figure(said) if said else None


def _outline(element: etree._Element) -> int | None:
    level = figure(value(element))
    return level + 1 if level < _BODY_LEVEL else None


def _is_on(said: str) -> bool:
    return said.casefold() not in _OFF
