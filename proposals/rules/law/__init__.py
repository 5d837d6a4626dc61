"""Landesrecht: what the law of a Land says about votes, quorum, publicity and minutes."""

from .assemble import law, objection_to_house_rule
from .data import BodyRules, Law, LawRow, Readers, ruling_for
from .loader import LawDataError

__all__ = [
    "BodyRules",
    "Law",
    "LawDataError",
    "LawRow",
    "Readers",
    "law",
    "objection_to_house_rule",
    "ruling_for",
]
