"""What may stand at which path of the law: one place for the law files and the house rules."""

from collections.abc import Mapping
from typing import get_args

from ..voting import Counts
from ..words import CommitteeKind

_BODY_LEAVES = ("inherits", "majority", "public", "quorum", "mandatory_before")
_TOP_LEAVES = (
    "non_public_readers",
    "minutes_word",
    "recusal_word",
    "written_motion",
    "agenda_extension",
)
_FLAG: tuple[object, ...] = (True, False)
_KINDS: tuple[object, ...] = tuple(kind.value for kind in CommitteeKind)
_CHOICES: Mapping[str, tuple[object, ...]] = {
    "non_public_readers": ("all_deputies", "members_of_body"),
    "written_motion": _FLAG,
    "public": (*_FLAG, "house"),
    "inherits": _KINDS,
    "mandatory_before": _KINDS,
    "counts": get_args(Counts),
    "tie": ("lost",),
    "abstention": ("allowed", "forbidden"),
    "presumed": _FLAG,
    "floor_third": _FLAG,
    "at_least_half": _FLAG,
}
_NUMBERS = ("floor",)
# The keys of the tables: needed, then optional.
_MAJORITY = (("counts", "tie", "abstention"), ("tie_paragraph",))
_TABLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "majority": _MAJORITY,
    "agenda_extension": _MAJORITY,
    "quorum": (
        ("presumed",),
        ("floor_third", "floor", "at_least_half", "second_meeting_paragraph"),
    ),
}


class WrongValue(ValueError):
    """A path or a value that the law does not have."""


def check_path(path: str) -> None:
    """Refuse a path that names no rule, such as `bodies.council.colour`."""
    match path.split("."):
        case ["bodies", kind, leaf] if kind in _KINDS and leaf in _BODY_LEAVES:
            return
        case [leaf] if leaf in _TOP_LEAVES:
            return
    raise WrongValue(f"no rule has the path {path}")


def check_value(path: str, value: object) -> None:
    """Refuse a value of the wrong shape for the rule at `path`."""
    leaf = path.rpartition(".")[2]
    if leaf in _TABLES:
        _check_table(leaf, value)
    elif leaf in _CHOICES:
        # 1 == True, so compare the type as well
        if not any(value == choice and type(value) is type(choice) for choice in _CHOICES[leaf]):
            raise WrongValue(f"{value!r} is none of {', '.join(map(str, _CHOICES[leaf]))}")
    elif leaf in _NUMBERS:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise WrongValue("a number from 0 on is needed")
    elif not isinstance(value, str) or not value.strip():
        raise WrongValue("a text is needed")


def is_table_key(path: str, key: str) -> bool:
    """Say whether the rule at `path` is a table that may have that key."""
    needed, optional = _TABLES.get(path.rpartition(".")[2], ((), ()))
    return key in needed + optional


def _check_table(leaf: str, value: object) -> None:
    if not isinstance(value, Mapping):
        raise WrongValue("a table is needed")
    needed, optional = _TABLES[leaf]
    if missing := set(needed) - set(value):
        raise WrongValue(f"{', '.join(sorted(missing))} missing")
    if unknown := set(value) - {*needed, *optional}:
        raise WrongValue(f"{', '.join(sorted(unknown))} unknown")
    for key, entry in value.items():
        check_value(key, entry)
