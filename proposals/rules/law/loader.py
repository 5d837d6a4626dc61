"""Reads and checks the law files: one TOML file for each Land, each rule a dated row with proof."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from ..words import CommitteeKind, Land
from .data import LawRow
from .values import WrongValue, check_value, is_table_key

_FOLDER = Path(__file__).parent
_FILE_KEYS = {"land", "verdicts", "statutes"}
_STATUTE_KEYS = {"applies_to", "statute", "title", "valid_from", "names", "rules"}
_ROW_KEYS = {"path", "value", "paragraph", "source", "checked_on", "basis", "valid_from"}
_OPTIONAL_ROW_KEYS = {"valid_to", "fixed"}

Group = Literal["county", "town"]
_GROUPS: tuple[Group, ...] = ("county", "town")


class LawDataError(ValueError):
    """A law file is wrong; it names the file and the place."""


@dataclass(frozen=True)
class Statute:
    """A statute and the rules taken from it, for counties, towns or both."""

    statute: str
    title: str
    valid_from: dt.date
    names: Mapping[Group, Mapping[CommitteeKind, str]]
    rows: tuple[LawRow, ...]


@dataclass(frozen=True)
class LandFile:
    """The law file of a Land."""

    land: Land
    verdicts: bool
    statutes: tuple[Statute, ...]


@cache
def land_file(land: Land) -> LandFile:
    """Read the law file of a Land once; raises LawDataError where it is wrong."""
    path = _FOLDER / f"{land.value.lower()}.toml"
    return parse(path.read_text(encoding="utf-8"), path.name, land)


def parse(text: str, name: str, land: Land) -> LandFile:
    """Check the text of a law file strictly and return it; `name` stands in the error."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LawDataError(f"{name}: {error}") from error
    _keys(raw, _FILE_KEYS, set(), name)
    if raw["land"] != land.value:
        raise LawDataError(f"{name}: land is {raw['land']!r}, not {land.value!r}")
    if not isinstance(raw["verdicts"], bool):
        raise LawDataError(f"{name}: verdicts must be true or false")
    statutes = tuple(_statute(entry, name) for entry in raw["statutes"])
    for group in _GROUPS:
        if sum(group in statute.names for statute in statutes) != 1:
            raise LawDataError(f"{name}: one statute for each of county and town, not for {group}")
    return LandFile(land=land, verdicts=raw["verdicts"], statutes=statutes)


def _statute(raw: dict[str, object], name: str) -> Statute:
    where = f"{name}: {raw.get('statute', '?')}"
    _keys(raw, _STATUTE_KEYS, set(), where)
    applies_to, names, rules = raw["applies_to"], raw["names"], raw["rules"]
    if not isinstance(applies_to, list) or not isinstance(names, dict):
        raise LawDataError(f"{where}: applies_to is a list, names a table")
    if not isinstance(rules, list) or set(applies_to) != set(names):
        raise LawDataError(f"{where}: rules is a list, names has one table for each applies_to")
    rows = tuple(_row(entry, where) for entry in rules)
    _refuse_overlaps(rows, where)
    return Statute(
        statute=_text(raw, "statute", where),
        title=_text(raw, "title", where),
        valid_from=_date(raw, "valid_from", where),
        names={group: _names(names[group], where) for group in _GROUPS if group in names},
        rows=rows,
    )


def _names(raw: object, where: str) -> dict[CommitteeKind, str]:
    if not isinstance(raw, dict):
        raise LawDataError(f"{where}: names must be tables")
    _keys(raw, {kind.value for kind in CommitteeKind}, set(), f"{where}: names")
    return {kind: _text(raw, kind.value, where) for kind in CommitteeKind}


def _row(raw: dict[str, object], where: str) -> LawRow:
    where = f"{where}: {raw.get('path', '?')}"
    _keys(raw, _ROW_KEYS, _OPTIONAL_ROW_KEYS, where)
    path = _text(raw, "path", where)
    try:
        check_value(path, raw["value"])
    except WrongValue as error:
        raise LawDataError(f"{where}: {error}") from error
    if raw["basis"] not in ("read", "from_memory"):
        raise LawDataError(f"{where}: basis is read or from_memory")
    fixed, fixed_keys = _fixed(raw.get("fixed", False), path, where)
    row = LawRow(
        path=path,
        value=raw["value"],
        paragraph=_text(raw, "paragraph", where),
        source=_text(raw, "source", where),
        checked_on=_date(raw, "checked_on", where),
        read=raw["basis"] == "read",
        valid_from=_date(raw, "valid_from", where),
        valid_to=_date(raw, "valid_to", where) if "valid_to" in raw else None,
        fixed=fixed,
        fixed_keys=fixed_keys,
    )
    if row.valid_to and row.valid_to < row.valid_from:
        raise LawDataError(f"{where}: ends before it begins")
    if (row.fixed or row.fixed_keys) and not row.read:
        raise LawDataError(f"{where}: only what was read binds a house")
    return row


def _fixed(raw: object, path: str, where: str) -> tuple[bool, tuple[str, ...]]:
    """Return whether all of a rule binds a house, or which entries of its table do."""
    if isinstance(raw, bool):
        return raw, ()
    if isinstance(raw, list) and all(isinstance(k, str) and is_table_key(path, k) for k in raw):
        return False, tuple(raw)
    raise LawDataError(f"{where}: fixed must be true or false or a list of the rule's entries")


def _refuse_overlaps(rows: tuple[LawRow, ...], where: str) -> None:
    ordered = sorted(rows, key=lambda row: (row.path, row.valid_from))
    for earlier, later in pairwise(ordered):
        if earlier.path == later.path and earlier.holds_on(later.valid_from):
            raise LawDataError(f"{where}: {later.path} has two rows for {later.valid_from}")


def _keys(raw: Mapping[str, object], wanted: set[str], optional: set[str], where: str) -> None:
    missing, unknown = wanted - set(raw), set(raw) - wanted - optional
    if missing:
        raise LawDataError(f"{where}: {', '.join(sorted(missing))} missing")
    if unknown:
        raise LawDataError(f"{where}: {', '.join(sorted(unknown))} unknown")


def _text(raw: Mapping[str, object], key: str, where: str) -> str:
    value = raw[key]
    if not isinstance(value, str) or not value.strip():
        raise LawDataError(f"{where}: {key} must be a text")
    return value


def _date(raw: Mapping[str, object], key: str, where: str) -> dt.date:
    value = raw[key]
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise LawDataError(f"{where}: {key} must be a date")
    return value
