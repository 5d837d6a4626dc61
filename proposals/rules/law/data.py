"""The law of one municipality on one day, as the rules read it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..errors import RuleViolation
from ..quorum import QuorumData
from ..voting import MajorityRule, Ruling, Tally, ruling
from ..words import CommitteeKind, Land

Readers = Literal["all_deputies", "members_of_body"]


@dataclass(frozen=True)
class LawRow:
    """One rule with its proof: where it stands, who looked it up when, and while when it holds.

    `read`: looked up in a published text, in whatever consolidated state that was; otherwise
    written down from memory and still to be checked. `fixed`: the law leaves a house no choice.
    """

    path: str
    value: object
    paragraph: str
    source: str
    checked_on: dt.date
    read: bool
    valid_from: dt.date
    valid_to: dt.date | None = None
    fixed: bool = False

    def holds_on(self, day: dt.date) -> bool:
        """Say whether the rule is in force on that day, first and last day included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class BodyRules:
    """What the law says about one kind of body; `public` is None where the house decides."""

    name: str
    majority: MajorityRule
    public: bool | None
    quorum: QuorumData
    mandatory_before: CommitteeKind | None = None
    mandatory_before_paragraph: str = ""

    @property
    def meets_in_public(self) -> bool:
        """Return the publicity to start from: public wherever the law leaves it to the house."""
        return self.public is not False


@dataclass(frozen=True)
class Law:
    """The law of one municipality on one day, house rules included; `rows` are its proofs.

    `verdicts` is false for a Land whose law nobody has read yet: votes are counted only.
    """

    land: Land
    statute: str
    verdicts: bool
    non_public_readers: Readers
    minutes_word: str
    recusal_word: str
    written_motion: bool
    written_motion_paragraph: str
    agenda_extension: MajorityRule
    bodies: Mapping[CommitteeKind, BodyRules]
    rows: tuple[LawRow, ...]

    def body(self, kind: CommitteeKind) -> BodyRules:
        """Return the rules for a kind of body."""
        return self.bodies[kind]

    def objection_to_unwritten_motion(self, wording: str) -> RuleViolation | None:
        """Refuse a vote on a wording nobody has typed (SH § 39 Abs. 3 GO, § 34 Abs. 3 KrO)."""
        if not self.written_motion or wording.strip():
            return None
        return RuleViolation(
            "Abgestimmt werden kann nur über einen Wortlaut, der vorher schriftlich feststeht.",
            self.written_motion_paragraph,
            field="wording",
        )


def ruling_for(
    law: Law, body_kind: CommitteeKind, tally: Tally, *, members: int | None = None
) -> Ruling | None:
    """Return the computed result of a vote in that body, None where the Land gives no verdict."""
    if not law.verdicts:
        return None
    return ruling(tally, law.body(body_kind).majority, members=members)
