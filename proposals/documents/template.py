"""Word templates: read once, checked, compiled to Jinja, and kept by their digest.

A template is what an administration edits in Word, so each refusal is a German sentence that names
the tag at fault. What a template may do is decided here and in `lint`, before it is ever filled.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import jinja2
from lxml import etree

from proposals.documents import intake, lint, package, revisions
from proposals.documents.context import ProposalContext, rich_paths
from proposals.documents.faults import TemplateFault
from proposals.documents.package import CONTENT_TYPES, ROOT_RELATIONS, Entry
from proposals.documents.resources import House
from proposals.documents.sandbox import sandbox
from proposals.documents.tags import NOT_TRANSITIONAL, OPEN, Part, Tag
from proposals.documents.wml import DECLARATION, W

__all__ = ["Filled", "Template", "TemplateFault", "compile_template", "template_path"]

_CORE: Final = "docProps/core.xml"
_CORE_TYPE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION: Final = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)
_TEXT_STYLES: Final = ("Vorlage Text", "Vorlage Aufzählung", "Vorlage Nummerierung")
_DRAWING: Final = "<wp:docPr"
_FILLED_KINDS: Final = ("header", "footer", "footnotes", "endnotes")


@dataclass(frozen=True, slots=True, eq=False)
class Filled:
    """A part that is filled for each document; compared by identity, as its source is."""

    source: jinja2.Template
    tags: tuple[Tag, ...]
    loose: frozenset[str]
    """The kinds of blocks that may have to be mended once they are filled (`Part.loose`)."""
    draws: bool
    """Whether drawings in it have to be numbered."""


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template. Safe to share between threads; nothing in it changes."""

    digest: str
    main: str
    filled: Mapping[str, Filled]
    static: tuple[Entry, ...]
    numbering: tuple[str, str, str]
    """Name of the part, and its text before and after the place for new lists."""
    links: tuple[str, str, str]
    """The same for the relations of the main part."""
    house: House
    rich: frozenset[str]
    names: frozenset[str]

    def variables(self) -> frozenset[str]:
        """Return the names this template takes from its context."""
        return self.names


def template_path(folder: Path, house: str, document: str) -> Path:
    """Return the house's own template of a document, or the neutral one if the house has none.

    The kinds of Vorlagen share one neutral template.
    """
    neutral = folder / "neutral"
    found = (place / f"{document}.docx" for place in (folder / house, neutral))
    return next((path for path in found if path.is_file()), neutral / "vorlage.docx")


def compile_template(data: bytes, context_type: Any = ProposalContext) -> Template:
    """Compile a .docx for a type of context; the same bytes are compiled once.

    Raises TemplateFault with a German sentence for whatever may not be in a template.
    """
    return _compiled(_Source(sha256(data).hexdigest(), data), context_type)


@dataclass(frozen=True, slots=True)
class _Source:
    digest: str
    data: bytes = field(compare=False, repr=False)


@lru_cache(maxsize=64)
def _compiled(source: _Source, context_type: Any) -> Template:
    parts = package.read(source.data)
    intake.refuse_what_runs(parts)
    to_fill = parts_to_fill(parts)
    main = to_fill[0]
    intake.refuse_what_fetches(parts, to_fill)
    house = house_of(parts, main)

    filled: dict[str, Filled] = {}
    names: frozenset[str] = frozenset()
    for name in to_fill:
        filled[name], used = _fill(parts[name], context_type, is_main=name == main)
        names |= used

    _own_core_properties(parts)
    _without_revision_tracking(parts, main)
    numbering = (package.related(parts, main, "numbering") or [""])[0]
    links = package.relations_name(main)
    apart = {*filled, numbering, links, _CORE}
    static = (CONTENT_TYPES, *sorted(parts.keys() - apart - {CONTENT_TYPES}))
    return Template(
        digest=source.digest,
        main=main,
        filled=filled,
        static=tuple(package.packed(name, [parts[name]]) for name in static),
        numbering=(numbering, *_split(parts[numbering], f"{W}numIdMacAtCleanup")),
        links=(links, *_split(parts[links])),
        house=house,
        rich=frozenset(rich_paths(context_type)),
        names=names,
    )


def parts_to_fill(parts: Mapping[str, bytes]) -> list[str]:
    """Return the main part, and behind it those that are filled besides. Raises TemplateFault."""
    found = [name for name in package.related(parts, "", "officeDocument") if name in parts]
    if len(found) != 1:
        raise TemplateFault(NOT_TRANSITIONAL)
    related = (n for kind in _FILLED_KINDS for n in package.related(parts, found[0], kind))
    return list(dict.fromkeys([*found, *related]))


def _fill(data: bytes, context_type: Any, *, is_main: bool) -> tuple[Filled, frozenset[str]]:
    root = package.parse(data)
    revisions.accept(root)
    part = Part(root)
    source = part.compile()
    if not is_main and (rich := [t for t in part.tags if t.level == "p" and t.sign == "{"]):
        raise TemplateFault(
            f"{rich[0].written} ist nur im Text möglich, nicht in Kopf- oder Fußzeile."
        )
    try:
        tree = ENVIRONMENT.parse(source)
        used = lint.look_through(tree, part.tags, context_type)
        filled = ENVIRONMENT.from_string(tree)
        return Filled(filled, tuple(part.tags), part.loose(), _DRAWING in source), used
    except (RecursionError, SyntaxError) as error:
        raise TemplateFault("Die Platzhalter der Vorlage sind zu tief verschachtelt.") from error
    except jinja2.TemplateSyntaxError as error:
        written = lint.written_at(part.tags, error.lineno)
        if isinstance(error, jinja2.TemplateAssertionError):
            raise TemplateFault(f"{written}: Diesen Filter oder Test gibt es nicht.") from error
        raise TemplateFault(
            f"{written} ist nicht zu verstehen; bitte die Schreibweise prüfen."
        ) from error


def house_of(parts: Mapping[str, bytes], main: str) -> House:
    """Find the styles and numberings for formatted text. Raises TemplateFault if one is missing."""
    styles_part, numbering_part = (
        next(iter(package.related(parts, main, kind)), "") for kind in ("styles", "numbering")
    )
    if styles_part not in parts or numbering_part not in parts:
        raise TemplateFault(f"Der Vorlage fehlen die Formatvorlagen {_listed(_TEXT_STYLES)}.")
    styles = {
        style.find(W + "name").get(W + "val", "").lower(): style  # type: ignore[union-attr]
        for style in package.parse(parts[styles_part]).iter(W + "style")
        if style.find(W + "name") is not None
    }
    if missing := [name for name in _TEXT_STYLES if name.lower() not in styles]:
        raise TemplateFault(f"Der Vorlage fehlt die Formatvorlage {_listed(missing)}.")
    ids = {name: style.get(W + "styleId", "") for name, style in styles.items()}
    numbering = package.parse(parts[numbering_part])
    text, bullet, ordered = (name.lower() for name in _TEXT_STYLES)
    bullet_number, ordered_number = (
        _list_number(styles[bullet]),
        _list_number(styles[ordered]),
    )
    abstracts = {
        _value(number, "numId", of=number): _value(number.find(W + "abstractNumId"), "val")
        for number in numbering.iter(W + "num")
    }
    if bullet_number not in abstracts or ordered_number not in abstracts:
        raise TemplateFault(
            "Die Formatvorlagen „Vorlage Aufzählung“ und „Vorlage Nummerierung“ brauchen"
            " in Word eine Liste."
        )
    return House(
        text=ids[text],
        bullet=ids[bullet],
        ordered=ids[ordered],
        headings=(ids.get("heading 3", ids[text]), ids.get("heading 4", ids[text])),
        cell=ids.get("vorlage zelle", ids[text]),
        table=ids.get("vorlage tabelle"),
        link=ids.get("hyperlink"),
        bullet_number=bullet_number,
        ordered_abstract=abstracts[ordered_number],
        last_number=max(abstracts),
        text_width=_text_width(package.parse(parts[main])),
        indents=tuple(_indents(styles.values())),
    )


def _indents(styles: Iterable[etree._Element]) -> Iterator[tuple[str, int]]:
    """Yield the styles that set their text in, with how far, in twips."""
    for style in styles:
        left = _value(style.find(f"{W}pPr/{W}ind"), "left")
        if left > 0:
            yield style.get(W + "styleId", ""), left


def _list_number(style: etree._Element) -> int:
    return _value(style.find(f"{W}pPr/{W}numPr/{W}numId"), "val")


def _value(element: etree._Element | None, name: str, *, of: etree._Element | None = None) -> int:
    found = of if element is None else element
    written = "" if found is None else found.get(W + name, "")
    return int(written) if written.isascii() and written.isdigit() else -1


def _text_width(root: etree._Element) -> int:
    """Return the length of a line in twips; that of A4 with 2.5 cm margins if nothing says so."""
    sections = list(root.iter(W + "sectPr"))
    size, margin = (sections[-1].find(W + n) if sections else None for n in ("pgSz", "pgMar"))
    if size is None or margin is None:
        return 9_070
    return _value(size, "w") - _value(margin, "left") - _value(margin, "right")


def _own_core_properties(parts: dict[str, bytes]) -> None:
    """Replace whatever the template says about itself: one part, one relation, one content type.

    LibreOffice saves the relation under another type, which led to packages with two such parts.
    """
    relations = package.parse(parts[ROOT_RELATIONS])
    for relation in list(relations):
        if relation.get("Type", "").endswith("/core-properties"):
            parts.pop(relation.get("Target", "").lstrip("/"), None)
            relations.remove(relation)
    line = etree.SubElement(relations, f"{package.RELATIONS}Relationship")
    line.attrib.update({"Id": "rIdCore", "Type": _CORE_RELATION, "Target": _CORE})
    parts[ROOT_RELATIONS] = _bytes(relations)

    types = package.parse(parts[CONTENT_TYPES])
    for override in list(types):
        if override.get("ContentType") == _CORE_TYPE:
            types.remove(override)
    line = etree.SubElement(types, f"{package.TYPES}Override")
    line.attrib.update({"PartName": f"/{_CORE}", "ContentType": _CORE_TYPE})
    parts[CONTENT_TYPES] = _bytes(types)


def _without_revision_tracking(parts: dict[str, bytes], main: str) -> None:
    for name in package.related(parts, main, "settings"):
        settings = package.parse(parts[name])
        for element in list(settings.iter(W + "trackRevisions", W + "rsids")):
            settings.remove(element)
        parts[name] = _bytes(settings)


def _split(data: bytes, before: str = "") -> tuple[str, str]:
    """Cut a part where new elements go: before the named child, else at its end."""
    root = package.parse(data)
    place = root.find(before) if before else None
    mark = etree.Comment(OPEN)
    root.insert(len(root) if place is None else root.index(place), mark)
    head, _, tail = etree.tostring(root, encoding="unicode").partition(f"<!--{OPEN}-->")
    return DECLARATION + head, tail


def _bytes(root: etree._Element) -> bytes:
    return (DECLARATION + etree.tostring(root, encoding="unicode")).encode()


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"„{name}“" for name in names)


ENVIRONMENT: Final = sandbox()
