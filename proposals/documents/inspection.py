"""Everything that is wrong with a Word template, in one go: for whoever has just uploaded it.

Compiling stops at the first fault; here it goes on, so that nobody has to upload a file five times.
Runs in a child process (see `trial`), for the file may be made to do harm.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

import jinja2
from lxml import etree

from proposals.documents import checks, intake, lint, package, revisions
from proposals.documents.context import fields
from proposals.documents.faults import TemplateFault
from proposals.documents.render import render
from proposals.documents.samples import Extent, sample
from proposals.documents.tags import CLOSE, OPEN, Part, Tag, text_nodes
from proposals.documents.template import (
    ENVIRONMENT,
    Template,
    compile_template,
    house_of,
    parts_to_fill,
)
from proposals.documents.wml import W

_MOST_FAULTS: Final = 25
_TRACKED: Final = (W + "ins", W + "del", W + "moveFrom", W + "moveTo")
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
# what the writer of the tags did not do wrong where the tag before them could not be read
_NOT_READ: Final = "{} ist nicht zu verstehen; bitte die Schreibweise prüfen."
_FOLLOWS: Final = ("hat keinen Anfang", "nirgends geschlossen", "nicht auf derselben Ebene")


@dataclass(slots=True)
class Report:
    """What a template's check found: `faults` forbid it, `remarks` only tell; and the trial."""

    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    trial: bytes = b""


def inspect(data: bytes, context_type: Any) -> Report:
    """Return all faults of a template, or what was filled with invented data and the remarks."""
    report = Report()
    try:
        report.faults = list(dict.fromkeys(_faults(data, context_type)))
        if not report.faults:
            template = compile_template(data, context_type)
            _try(template, context_type, report)
            report.remarks += _remarks(data, template, context_type)
    except TemplateFault as fault:
        report.faults.append(fault.message)
    if report.faults:
        report.trial = b""
    if len(report.faults) > _MOST_FAULTS:
        left = len(report.faults) - _MOST_FAULTS
        report.faults[_MOST_FAULTS:] = [f"… und {left} weitere Stellen."]
    return report


def _faults(data: bytes, context_type: Any) -> Iterator[str]:
    parts = package.read(data)
    running = list(intake.what_runs(parts))
    yield from running
    if running:
        return
    to_fill = parts_to_fill(parts)
    yield from intake.what_fetches(parts, to_fill)
    try:
        house_of(parts, to_fill[0])
    except TemplateFault as fault:
        yield fault.message
    for name in to_fill:
        root = package.parse(parts[name])
        revisions.accept(root)
        yield from _faults_of_part(root, context_type)


def _faults_of_part(root: etree._Element, context_type: Any) -> Iterator[str]:
    """Yield what is wrong with the tags of a part: first how they are set, then what they name."""
    part, source, broken = _readable(root)
    yield from broken
    if not source:
        yield from _unknown_values(part.tags, context_type)
        return
    unreadable = list(_unreadable(part.tags))
    yield from unreadable
    if unreadable:
        return
    try:
        yield from lint.all_faults(ENVIRONMENT.parse(source), part.tags, context_type)
    except RecursionError:
        yield "Die Platzhalter der Vorlage sind zu tief verschachtelt."
    except jinja2.TemplateSyntaxError as error:
        yield _NOT_READ.format(lint.written_at(part.tags, error.lineno))


def _readable(root: etree._Element) -> tuple[Part, str, list[str]]:
    """Compile a part without the paragraphs that cannot be read; "" where nothing is left to read.

    After such a paragraph a beginning or an end may be missing: that is not said.
    """
    said: list[str] = []
    cut = False
    while True:
        part = Part(deepcopy(root))
        try:
            return part, part.compile(), said
        except TemplateFault as fault:
            follows = any(words in fault.message for words in _FOLLOWS)
            if not (follows and cut):
                said.append(fault.message)
            if follows or part.at < 0 or len(said) > _MOST_FAULTS:
                return part, "", said
        paragraph = list(root.iter(W + "p"))[part.at]
        nodes = list(text_nodes(paragraph))
        cut = cut or "{%" in "".join(node.text or "" for node in nodes)
        for node in nodes:
            node.text = ""


def _unknown_values(tags: Sequence[Tag], context_type: Any) -> Iterator[str]:
    """Yield which values nobody knows, where the blocks around them cannot be told."""
    loops = {tag.code.split()[1] for tag in tags if tag.keyword == "for" and " " in tag.code}
    for tag in tags:
        if tag.sign != "{" or tag.level or re.split(r"\W", tag.code)[0] in loops:
            continue
        try:
            tree = ENVIRONMENT.parse(f"{OPEN}{{{tag.code} }}{CLOSE}")
        except (jinja2.TemplateSyntaxError, RecursionError):
            yield _NOT_READ.format(tag.written)
        else:
            yield from lint.all_faults(tree, [tag], context_type)


def _unreadable(tags: Sequence[Tag]) -> Iterator[str]:
    """Yield each tag whose expression nobody can read."""
    for tag in tags:
        code = tag.code if tag.sign == "{" else tag.code.partition(" ")[2]
        if tag.sign == "%" and tag.keyword not in ("if", "elif"):
            continue
        try:
            ENVIRONMENT.parse(f"{OPEN}{{{code} }}{CLOSE}")
        except jinja2.TemplateSyntaxError:
            yield _NOT_READ.format(tag.written)
        except RecursionError:
            yield "Die Platzhalter der Vorlage sind zu tief verschachtelt."


def _try(template: Template, context_type: Any, report: Report) -> None:
    """Fill the template with much, with little and with nothing."""
    for extent in Extent:
        try:
            document = render(template, sample(context_type, extent))
        except TemplateFault as fault:
            report.faults.append(f"Probe „{extent.value}“: {fault.message}")
        else:
            report.trial = report.trial or document


def _remarks(data: bytes, template: Template, context_type: Any) -> Iterator[str]:
    parts = package.read(data)
    if tracked := _tracked(parts, parts_to_fill(parts)):
        places = "einer Stelle" if tracked == 1 else f"{tracked} Stellen"
        yield f"Nachverfolgte Änderungen an {places} gelten als angenommen."
    if silent := _without_description(parts, parts_to_fill(parts)):
        said = "Ein Bild hat" if silent == 1 else f"{silent} Bilder haben"
        yield (
            f"{said} keinen Alternativtext für Vorleseprogramme; bitte in Word eintragen oder als "
            "dekorativ kennzeichnen."
        )
    if unnamed := sorted((fields(context_type) or {}).keys() - template.names):
        yield f"Nicht verwendet werden: {', '.join(unnamed)}."
    for finding in dict.fromkeys(finding.text for finding in checks.findings(data)):
        yield f"Word könnte beim Öffnen etwas ausbessern: {finding}"


def _without_description(parts: Mapping[str, bytes], names: Sequence[str]) -> int:
    """Count the pictures and drawings that a screen reader can say nothing about."""
    drawn = (one for name in names for one in package.parse(parts[name]).iter(_DRAWN))
    return sum(
        1
        for one in drawn
        if not one.get("descr", "").strip()
        and not any(mark.get("val") == "1" for mark in one.iter(_DECORATIVE))
    )


def _tracked(parts: Mapping[str, bytes], names: Sequence[str]) -> int:
    return sum(1 for name in names for _ in package.parse(parts[name]).iter(*_TRACKED))
