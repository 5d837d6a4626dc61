"""Puts the law of one municipality on one day together: statute rows, inheritance, house rules."""

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..errors import RuleViolation
from ..quorum import QuorumData
from ..voting import MajorityRule
from ..words import CommitteeKind, Land, MunicipalityKind
from .data import BodyRules, Law, LawRow
from .loader import Group, LawDataError, Statute, land_file
from .values import WrongValue, check_path, check_value, is_table_key

_INHERITED = ("majority", "public", "quorum")


def law(
    land: Land,
    municipality_kind: MunicipalityKind,
    on: dt.date,
    overrides: Mapping[str, Any] | None = None,
) -> Law:
    """Return the law that holds on that day, with the house's rules laid over it.

    `overrides` maps a path to a value, such as `bodies.main_committee.public` to True or
    `bodies.council.quorum.presumed` to False. Raises RuleViolation where no law is stored for that
    day or the house may not have such a rule, LawDataError where a law file is wrong.
    """
    land = Land(land)  # a model hands over its bare code
    group: Group = "county" if MunicipalityKind(municipality_kind).is_county else "town"
    if not overrides:
        return _statutory(land, group, on)
    statute, rows = _rows(land, group, on)
    for path, value in overrides.items():
        rows = _overridden(rows, path, value)
    return _law(land, group, statute, rows)


def objection_to_house_rule(
    land: Land, municipality_kind: MunicipalityKind, on: dt.date, path: str, value: Any
) -> RuleViolation | None:
    """Refuse a house rule that no law knows or that the law leaves no room for."""
    try:
        law(land, municipality_kind, on, {path: value})
    except RuleViolation as objection:
        return objection
    return None


@lru_cache(maxsize=512)
def _statutory(land: Land, group: Group, on: dt.date) -> Law:
    statute, rows = _rows(land, group, on)
    return _law(land, group, statute, rows)


def _rows(land: Land, group: Group, on: dt.date) -> tuple[Statute, dict[str, LawRow]]:
    statute = next(s for s in land_file(land).statutes if group in s.names)
    rows = {row.path: row for row in statute.rows if row.holds_on(on)}
    if on < statute.valid_from or not rows:
        raise RuleViolation(f"Für {land.label} ist am {on:%d.%m.%Y} kein Recht hinterlegt.")
    return statute, rows


def _overridden(rows: dict[str, LawRow], path: str, value: Any) -> dict[str, LawRow]:
    """Return the rows with the house's value at `path`, a rule or one entry of a rule's table."""
    row_path, _, key = path.rpartition(".")
    if is_table_key(row_path, key):
        target = _row_at(rows, row_path)
        table = target.value if target and isinstance(target.value, Mapping) else {}
        path, value = row_path, {**table, key: value}
    if value is None and path.endswith(".public"):
        value = "house"
    try:
        check_path(path)
        check_value(path, value)
    except WrongValue as error:
        raise RuleViolation(f"Diese Hausregel ist nicht möglich: {path}.", field="path") from error
    old = _row_at(rows, path)
    if old and old.fixed and old.value != value:
        raise RuleViolation(
            "Hier lässt das Gesetz keine Hausregel zu.", old.paragraph, field="value"
        )
    return {**rows, path: _house_row(old, path, value)}


def _house_row(old: LawRow | None, path: str, value: Any) -> LawRow:
    return LawRow(
        path=path,
        value=value,
        paragraph=old.paragraph if old else "Hausregel",
        source="Hausregel",
        checked_on=old.checked_on if old else dt.date.min,
        read=True,
        valid_from=old.valid_from if old else dt.date.min,
    )


def _row_at(rows: Mapping[str, LawRow], path: str) -> LawRow | None:
    """Return the row at `path`, the body's own or the one it inherits."""
    if path in rows:
        return rows[path]
    head, _, leaf = path.rpartition(".")
    parent = rows.get(f"{head}.inherits")
    if parent is None or leaf not in _INHERITED:
        return None
    return _row_at(rows, f"bodies.{parent.value}.{leaf}")


def _law(land: Land, group: Group, statute: Statute, rows: Mapping[str, LawRow]) -> Law:
    written = _needed(rows, "written_motion")
    return Law(
        land=land,
        statute=statute.statute,
        verdicts=land_file(land).verdicts,
        non_public_readers=_any(rows, "non_public_readers"),
        minutes_word=_any(rows, "minutes_word"),
        recusal_word=_any(rows, "recusal_word"),
        written_motion=written.value is True,
        written_motion_paragraph=written.paragraph,
        agenda_extension=_majority(_needed(rows, "agenda_extension")),
        bodies={kind: _body(kind, statute.names[group], rows) for kind in CommitteeKind},
        rows=tuple(rows[path] for path in sorted(rows)),
    )


def _body(
    kind: CommitteeKind, names: Mapping[CommitteeKind, str], rows: Mapping[str, LawRow]
) -> BodyRules:
    at = f"bodies.{kind.value}"
    public = _any(rows, f"{at}.public")
    before = rows.get(f"{at}.mandatory_before")
    return BodyRules(
        name=names[kind],
        majority=_majority(_needed(rows, f"{at}.majority")),
        public=None if public == "house" else public,
        quorum=_quorum(_needed(rows, f"{at}.quorum")),
        mandatory_before=CommitteeKind(str(before.value)) if before else None,
        mandatory_before_paragraph=before.paragraph if before else "",
    )


def _majority(row: LawRow) -> MajorityRule:
    return MajorityRule(paragraph=row.paragraph, **_table(row))


def _quorum(row: LawRow) -> QuorumData:
    return QuorumData(paragraph=row.paragraph, **_table(row))


def _table(row: LawRow) -> dict[str, Any]:
    assert isinstance(row.value, Mapping), row.path  # check_value has seen to it
    return dict(row.value)


def _any(rows: Mapping[str, LawRow], path: str) -> Any:
    return _needed(rows, path).value


def _needed(rows: Mapping[str, LawRow], path: str) -> LawRow:
    row = _row_at(rows, path)
    if row is None:
        raise LawDataError(f"no rule for {path}")
    return row
