"""The law of one municipality on one day, as the rules read it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..errors import RuleViolation
from ..quorum import QuorumData
from ..recusal import RecusalRules
from ..voting import MajorityRule, Ruling, Tally, ruling
from ..words import CommitteeKind, Land
from .powers import Caller, HeadRuling, MemberVote, Subject, UrgentRule, ruling_on_head
from .procedure import NoticeRule, VoteModeRules

Readers = Literal["all_deputies", "members_of_body"]
Reads = Literal["every_body", "own_body"]


@dataclass(frozen=True)
class LawRow:
    """One rule with its proof: where it stands, who looked it up when, and while when it holds.

    `read`: looked up in a published text, in whatever consolidated state that was; otherwise
    written down from memory and still to be checked. `fixed`: the law leaves a house no choice;
    `fixed_keys`: none in these entries of the rule's table.
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
    fixed_keys: tuple[str, ...] = ()

    def holds_on(self, day: dt.date) -> bool:
        """Say whether the rule is in force on that day, first and last day included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class BodyRules:
    """What the law says about one kind of body; `public` is None where the house decides.

    `procedural` is the majority of motions on procedure, `head_votes` whether the head of the
    administration has a vote there. `called_by` invites to its meetings; `head_signs_minutes` says
    whether the head signs them beside chair and keeper.
    """

    name: str
    majority: MajorityRule
    procedural: MajorityRule
    public: bool | None
    quorum: QuorumData
    vote_mode: VoteModeRules
    notice: NoticeRule
    head_votes: bool = False
    head_paragraph: str = ""
    called_by: Caller = "chair"
    head_signs_minutes: bool = False
    mandatory_before: CommitteeKind | None = None
    mandatory_before_paragraph: str = ""


@dataclass(frozen=True)
class Law:
    """The law of one municipality on one day, house rules included; `rows` are its proofs.

    `verdicts` is false for a Land whose law nobody has read yet: votes are counted only.
    `member_votes` and `reads` say by kind of member (the codes of memberships) whether it has a
    vote and whose non-public papers it reads; a kind that is missing: as the seat says, own body.
    `chair_in_room` is the paragraph by which the chair may not take part from elsewhere, or "".
    """

    land: Land
    statute: str
    title: str
    verdicts: bool
    non_public_readers: Readers
    reads: Mapping[str, Reads]
    member_votes: Mapping[str, MemberVote]
    minutes_word: str
    recusal_word: str
    recusal: RecusalRules
    written_motion: bool
    written_motion_paragraph: str
    agenda_extension: MajorityRule
    agenda_extension_condition: str
    head_excluded: tuple[Subject, ...]
    chair_in_room: str
    urgent: tuple[UrgentRule, ...]
    bodies: Mapping[CommitteeKind, BodyRules]
    rows: tuple[LawRow, ...]

    def body(self, kind: CommitteeKind) -> BodyRules:
        """Return the rules for a kind of body."""
        return self.bodies[kind]

    def reads_every_body(self, member_kind: str) -> bool:
        """Say whether such a member of the council reads the non-public papers of every body."""
        return self.reads.get(member_kind, "own_body") == "every_body"

    def head_votes_on(
        self,
        kind: CommitteeKind,
        subject: str | None = None,
        *,
        head: str = "Die Verwaltungsleitung",
    ) -> HeadRuling:
        """Say whether the head votes in that body on that subject, a code of `head_excluded`."""
        body = self.body(kind)
        return ruling_on_head(
            has_vote=body.head_votes,
            body=body.name,
            head=head,
            paragraph=body.head_paragraph,
            subjects=self.head_excluded,
            subject=subject,
        )

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
    law: Law,
    body_kind: CommitteeKind,
    tally: Tally,
    *,
    members: int | None = None,
    procedural: bool = False,
) -> Ruling | None:
    """Return the computed result of a vote in that body, None where the Land gives no verdict.

    `procedural`: a motion on procedure, for which the house may have set another majority.
    """
    if not law.verdicts:
        return None
    body = law.body(body_kind)
    return ruling(tally, body.procedural if procedural else body.majority, members=members)


def quorum_for(law: Law, body_kind: CommitteeKind) -> QuorumData:
    """Return when that body is quorate; without a verdict where the Land gives none."""
    return law.body(body_kind).quorum
