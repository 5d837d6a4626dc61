"""Landesrecht: what the law of a Land says about votes, quorum, publicity and minutes."""

from .assemble import law, objection_to_house_rule
from .data import BodyRules, Law, LawRow, Readers, quorum_for, ruling_for
from .loader import LawDataError
from .phrases import label_of, rule_path, topics, value_words
from .powers import HeadRuling, Subject, UrgentRule
from .procedure import NoticeRule, VoteModeRules

__all__ = [
    "BodyRules",
    "HeadRuling",
    "Law",
    "LawDataError",
    "LawRow",
    "NoticeRule",
    "Readers",
    "Subject",
    "UrgentRule",
    "VoteModeRules",
    "label_of",
    "law",
    "objection_to_house_rule",
    "quorum_for",
    "rule_path",
    "ruling_for",
    "topics",
    "value_words",
]
