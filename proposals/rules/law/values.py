"""What may stand at which path of the law: one place for the law files and the house rules."""

import re
from collections.abc import Mapping
from typing import get_args

from ..quorum import Base
from ..recusal import LeaveRoom
from ..urgency import UrgentOrgan
from ..voting import Counts, VoteMode
from ..words import CommitteeKind
from .powers import Caller, MemberVote
from .procedure import Secret

# as memberships name them; the rules do not know the models
MEMBER_KINDS = ("elected", "co_opted", "ex_officio", "basic_mandate", "substitute")
BODY_LEAVES = (
    "inherits",
    "majority",
    "procedural_majority",
    "vote_mode",
    "quorum",
    "second_meeting",
    "mass_bias",
    "citizens",
    "notice",
    "called_by",
    "head_signs_minutes",
    "public",
    "mandatory_before",
    "head_votes",
)
TOP_LEAVES = (
    "minutes_word",
    "written_motion",
    "agenda_extension",
    "agenda_extension_condition",
    "non_public_readers",
    "recusal_word",
    "recusal_leave_room",
    "recusal_decisive",
    "recusal_withdraws_papers",
    "chair_in_room",
)
# rules of which there is one for each kind of member, organ or subject
KEYED: Mapping[str, tuple[str, ...] | None] = {
    "non_public_readers": MEMBER_KINDS,
    "member_votes": MEMBER_KINDS,
    "urgent": tuple(organ.value for organ in UrgentOrgan),
    "head_excluded": None,
}
# what no Land leaves to its houses
STATUTORY = ("urgent", "head_excluded", "recusal_decisive", "inherits", "chair_in_room")
_FLAG: tuple[object, ...] = (True, False)
_KINDS: tuple[object, ...] = tuple(kind.value for kind in CommitteeKind)
_CHOICES: Mapping[str, tuple[object, ...]] = {
    "non_public_readers": ("all_deputies", "members_of_body"),
    "reads": ("every_body", "own_body"),
    "member_votes": get_args(MemberVote),
    "written_motion": _FLAG,
    "recusal_decisive": _FLAG,
    "recusal_withdraws_papers": _FLAG,
    "chair_in_room": _FLAG,
    "recusal_leave_room": get_args(LeaveRoom),
    "public": (*_FLAG, "house"),
    "inherits": (CommitteeKind.COUNCIL.value,),
    "mandatory_before": _KINDS,
    "head_votes": _FLAG,
    "called_by": get_args(Caller),
    "head_signs_minutes": _FLAG,
    "citizens": _FLAG,
    "counts": get_args(Counts),
    "tie": ("lost",),
    "abstention": ("allowed", "forbidden"),
    "presumed": _FLAG,
    "base": get_args(Base),
    "floor_third": _FLAG,
    "at_least_half": _FLAG,
    "recused_lower_base": _FLAG,
    "empty_third": _FLAG,
    "default": tuple(mode.value for mode in VoteMode),
    "secret": get_args(Secret),
    "secret_first": _FLAG,
    "then": ("note", "approval"),
    "revocable": _FLAG,
}
_NUMBERS = ("floor", "days", "first_meeting_days", "least_days")
_SHARES = ("secret_share", "roll_call_share")
_SHARE = re.compile(r"[1-9]\d?/[1-9]\d?")
_CODE = re.compile(r"[a-z][a-z_]*")
# The keys of the tables: needed, then optional.
_MAJORITY = (("counts", "tie", "abstention"), ("tie_paragraph",))
_TABLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "majority": _MAJORITY,
    "procedural_majority": _MAJORITY,
    "agenda_extension": _MAJORITY,
    "vote_mode": (("default", "secret"), ("secret_first", *_SHARES)),
    "quorum": (
        ("presumed",),
        ("base", "at_least_half", "floor_third", "floor", "recused_lower_base", "empty_third"),
    ),
    "second_meeting": ((), ("floor",)),
    "mass_bias": ((), ("floor", "approval")),
    "notice": ((), ("days", "first_meeting_days", "least_days", "shortened")),
    "urgent": (("condition", "then"), ("with_words", "revocable")),
}


class WrongValue(ValueError):
    """A path or a value that the law does not have."""


def rule_of(path: str) -> str:
    """Return the name of the rule at a path, whatever body or member it is for.

    Raises WrongValue for a path that names no rule, such as `bodies.council.colour`.
    """
    match path.split("."):
        case ["bodies", kind, leaf] if kind in _KINDS and leaf in BODY_LEAVES:
            if (kind, leaf) != ("council", "inherits"):
                return leaf
        case [group, key] if group in KEYED:
            if key in (KEYED[group] or ()) or (KEYED[group] is None and _CODE.fullmatch(key)):
                return "reads" if group == "non_public_readers" else group
        case [leaf] if leaf in TOP_LEAVES:
            return leaf
    raise WrongValue(f"no rule has the path {path}")


def check_value(path: str, value: object) -> None:
    """Refuse a path that names no rule, and a value of the wrong shape for the rule there."""
    rule = rule_of(path)
    if rule not in _TABLES:
        _check_entry(rule, value)
        return
    if not isinstance(value, Mapping):
        raise WrongValue("a table is needed")
    needed, optional = _TABLES[rule]
    if missing := set(needed) - set(value):
        raise WrongValue(f"{', '.join(sorted(missing))} missing")
    if unknown := set(value) - {*needed, *optional}:
        raise WrongValue(f"{', '.join(sorted(unknown))} unknown")
    for key, entry in value.items():
        _check_entry(key, entry)
    if value.get("days", 0) < value.get("least_days", 0) and "days" in value:
        raise WrongValue("fewer days than the law asks for at least")


def is_table_key(path: str, key: str) -> bool:
    """Say whether the rule at `path` is a table that may have that key."""
    try:
        needed, optional = _TABLES.get(rule_of(path), ((), ()))
    except WrongValue:
        return False
    return key in needed + optional


def _check_entry(name: str, value: object) -> None:
    if name in _CHOICES:
        # 1 == True, so compare the type as well
        if not any(value == choice and type(value) is type(choice) for choice in _CHOICES[name]):
            raise WrongValue(f"{value!r} is none of {', '.join(map(str, _CHOICES[name]))}")
    elif name in _NUMBERS:
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise WrongValue("a number from 0 on is needed")
    elif not isinstance(value, str) or not value.strip():
        raise WrongValue("a text is needed")
    elif name in _SHARES and not _is_share(value):
        raise WrongValue("a share such as 1/5 is needed")


def _is_share(value: str) -> bool:
    if not _SHARE.fullmatch(value):
        return False
    part, whole = map(int, value.split("/"))
    return part <= whole
