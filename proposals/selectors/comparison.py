"""Fassungen vergleichen: two versions of a paper, word by word and field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..models import Proposal
from ..rules.co_signing import Part
from ..rules.difference import Piece, pairs, word_difference
from .part_values import field_names, named_texts, row_values
from .versions import annexes_known

_TABLES = (Part.COSTS, Part.POSITIONS, Part.FUNDING, Part.DEADLINES, Part.ATTACHMENTS)
# what says of two rows that they are the same one
_NAMES = {Part.DEADLINES: "name", Part.ATTACHMENTS: "title"}
NEW, GONE, CHANGED = "neu", "entfällt", "geändert"


@dataclass(frozen=True)
class TextChange:
    """A text that is different, word by word."""

    title: str
    pieces: list[Piece]


@dataclass(frozen=True)
class FieldChange:
    """A field that is different: what it said and what it says, "" for nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class RowChange:
    """A row of a table that came, went, or is different."""

    name: str
    state: str
    fields: list[FieldChange]


@dataclass(frozen=True)
class TableChange:
    """The rows of one part that are different."""

    title: str
    rows: list[RowChange]


@dataclass(frozen=True)
class Comparison:
    """Everything that is different between two versions."""

    texts: list[TextChange]
    fields: list[FieldChange]
    tables: list[TableChange]

    @property
    def is_same(self) -> bool:
        """Answer whether nothing is different."""
        return not (self.texts or self.fields or self.tables)

    @property
    def places(self) -> int:
        """Return in how many places they differ."""
        return len(self.texts) + len(self.fields) + sum(len(part.rows) for part in self.tables)


def comparison(
    old: Mapping[str, Any], new: Mapping[str, Any], proposal: Proposal, user: Any
) -> Comparison:
    """Compare two contents of a visible paper, without annexes that the user may not know of."""
    before, after = (_known(content, proposal, user) for content in (old, new))
    tables = [TableChange(part.label, list(_rows(before, after, part))) for part in _TABLES]
    return Comparison(
        list(_texts(before, after, proposal)),
        list(_fields(before, after)),
        [table for table in tables if table.rows],
    )


def _known(content: Mapping[str, Any], proposal: Proposal, user: Any) -> dict[str, Any]:
    return {**content, "attachments": annexes_known(content["attachments"], proposal, user)}


def _texts(
    old: Mapping[str, Any], new: Mapping[str, Any], proposal: Proposal
) -> Iterator[TextChange]:
    sections = proposal.municipality.sections
    before, after = (named_texts(content, sections.name, proposal.kind) for content in (old, new))
    for title in _both(before, after):
        was, is_now = before.get(title, ""), after.get(title, "")
        if was != is_now:
            yield TextChange(title, word_difference(was, is_now))


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    before, after = field_names(old), field_names(new)
    for label in _both(before, after):
        was, is_now = before.get(label, ""), after.get(label, "")
        if was != is_now:
            yield FieldChange(label, was, is_now)


def _rows(old: Mapping[str, Any], new: Mapping[str, Any], part: Part) -> Iterator[RowChange]:
    name = _NAMES.get(part, "text")
    for before, after in pairs(_list(old, part), _list(new, part), lambda row: row[name]):
        was = row_values(part, before) if before is not None else {}
        is_now = row_values(part, after) if after is not None else {}
        fields = [
            FieldChange(label, was.get(label, ""), is_now.get(label, ""))
            for label in _both(was, is_now)
            if was.get(label, "") != is_now.get(label, "")
        ]
        if before is None or after is None:
            fields = [row for row in fields if _tells(row, part, name, before or after or {})]
        if fields:
            state = NEW if before is None else GONE if after is None else CHANGED
            known = after if after is not None else before
            assert known is not None
            yield RowChange(str(known[name]) or part.label, state, fields)


def _tells(row: FieldChange, part: Part, name: str, whole: Mapping[str, Any]) -> bool:
    """Leave out of a row that came or went its name, which stands above, and every "nein"."""
    said = row.old or row.new
    return said != str(whole[name]) and (said != "nein" or part == Part.ATTACHMENTS)


def _list(content: Mapping[str, Any], part: Part) -> Sequence[dict[str, Any]]:
    rows: Sequence[dict[str, Any]] = content[part]["items"] if part == Part.COSTS else content[part]
    return rows


def _both(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return [*old, *(name for name in new if name not in old)]
