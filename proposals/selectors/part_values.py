"""The parts of a version as labelled text, so that two of them can be laid side by side."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from ..models import Attachment, CostItem, Deadline, Funding, Proposal, StaffPosition
from ..rules.co_signing import Part
from ..rules.costs import euro
from ..rules.sections import Section
from ..rules.staffing import shares_words
from ..rules.text import html_to_paragraphs
from ..rules.words import ProposalKind

_ROWS: dict[Part, tuple[Any, str]] = {
    Part.COSTS: (CostItem, "Kostenposition"),
    Part.POSITIONS: (StaffPosition, "Stelle"),
    Part.FUNDING: (Funding, "Förderung"),
    Part.DEADLINES: (Deadline, "Frist"),
    Part.ATTACHMENTS: (Attachment, "Anlage"),
}
_COSTS = {
    "none": "keine finanziellen Auswirkungen",
    "account": "Produktkonto",
    "available": "noch zur Verfügung",
    "reasons": "Begründungen zu den Kosten",
}
_HEAD = {"lead_office": "Federführung"}
_ROW_NAMES = {
    "share": "Stellenanteil",
    "rate": "Durchschnittssatz",
    "alt": "Alternativtext",
    "late": "nachgereicht am",
    "digest": "Datei",
}
_EUROS = ("amount", "before", "after", "available", "commitment", "amount_each", "yearly_cost")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WORDS = {True: "ja", False: "nein", None: ""}


def values_of(content: Mapping[str, Any], part: Part) -> dict[str, str]:
    """Return what a part of a version says, by the name of each place, in the order of the page.

    Empty places are left out. Rows are named by their number: "Kostenposition 2, Betrag".
    """
    found = {name: _text(value) for name, value in _values(content, part)}
    return {name: text for name, text in found.items() if text and text != _WORDS[False]}


def _values(content: Mapping[str, Any], part: Part) -> Iterator[tuple[str, Any]]:
    value = content[part]
    if part == Part.WORDING:
        yield part.label, html_to_paragraphs(value)
        for row in content.get("frames", ()):
            yield f"{part.label}, Einleitung {row['committee']}", html_to_paragraphs(row["html"])
    elif part == Part.TEXTS:
        for section, html in value.items():
            yield Section(section).label, html_to_paragraphs(html)
    elif part == Part.HEAD:
        for name, text in value.items():
            yield _HEAD.get(name) or _name(Proposal, name), text
    elif part == Part.COSTS:
        for name, text in value.items():
            if name != "items":
                yield _COSTS.get(name) or _name(Proposal, name), _told(name, text)
        yield from _rows(part, value["items"])
    else:
        yield from _rows(part, value)


def _rows(part: Part, rows: list[dict[str, Any]]) -> Iterator[tuple[str, Any]]:
    model, word = _ROWS[part]
    for number, row in enumerate(rows, start=1):
        for name, value in row.items():
            if name == "digest":
                yield f"{word} {number}, Datei", value[:12]
            elif name != "number":
                label = _ROW_NAMES.get(name) or _name(model, name)
                yield f"{word} {number}, {label}", _told(name, _label(model, name, value))


def _name(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:  # a value that is computed for the version
        return name


def _label(model: Any, name: str, value: Any) -> Any:
    """Return the word of a closed list in place of its code."""
    try:
        choices = dict(model._meta.get_field(name).choices or ())
    except FieldDoesNotExist:
        return value
    return choices.get(value, value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return _WORDS[value]
    if isinstance(value, list | dict):
        said = value.values() if isinstance(value, dict) else value
        return ", ".join(str(item) for item in said)
    return str(value)


def named_texts(
    content: Mapping[str, Any], title: Callable[[Section, ProposalKind], str], kind: str
) -> dict[str, str]:
    """Return the texts of a version under the headings of the house, the wording first."""
    paper = ProposalKind(kind)
    found = {title(Section.WORDING, paper): html_to_paragraphs(content["wording"])}
    for row in content.get("frames", ()):
        found[f"Einleitung: {row['committee']}"] = html_to_paragraphs(row["html"])
    for section, html in content["texts"].items():
        found[title(Section(section), paper)] = html_to_paragraphs(html)
    return found


def field_names(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the single fields of a version, of its head and its money, by their labels."""
    head = {
        _HEAD.get(name) or _name(Proposal, name): _told(name, _label(Proposal, name, value))
        for name, value in content["head"].items()
    }
    money = {
        _COSTS.get(name) or _name(Proposal, name): _told(name, value)
        for name, value in content["costs"].items()
        if name not in ("items", "reasons")
    }
    return head | money


def row_values(part: Part, row: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of one row of a version by their labels."""
    model, _ = _ROWS[part]
    shown = {name: value for name, value in row.items() if name != "number"}
    if part == Part.ATTACHMENTS:
        shown = {"public": True, **shown, "digest": str(row["digest"])[:12]}
    return {
        _ROW_NAMES.get(name) or _name(model, name): _told(name, _label(model, name, value))
        for name, value in shown.items()
    }


def _told(name: str, value: Any) -> str:
    """Return a value as people write it: euros, days, yes and no."""
    if isinstance(value, str) and name in _EUROS:
        return euro(Decimal(value))
    if isinstance(value, str) and name == "share":
        return shares_words(Decimal(value))
    if isinstance(value, str) and _DAY.fullmatch(value):
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return _text(value)
