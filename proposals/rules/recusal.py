"""Mitwirkungsverbot (Befangenheit): whether a vote cast in spite of it decided the result."""

from dataclasses import dataclass, replace
from typing import Literal

from .voting import MajorityRule, Tally, VoteResult, ruling
from .words import Labelled

LeaveRoom = Literal["always", "closed_part"]


class Decisive(Labelled):
    """Whether votes that should not have been cast decided the result."""

    NO = "no", "nicht ergebnisrelevant"
    POSSIBLY = "possibly", "möglicherweise ergebnisrelevant"
    YES = "yes", "ergebnisrelevant"


@dataclass(frozen=True)
class RecusalRules:
    """What the Land says about members who may not take part: its word and its paragraph.

    `leave_room`: always, or in the closed part only, since in public one may sit with the
    audience. `decisive_paragraph`: where the breach matters only if it decided the result.
    `withdraws_papers`: the house takes the non-public papers from whoever is excluded.
    """

    word: str
    paragraph: str
    leave_room: LeaveRoom
    leave_room_paragraph: str
    decisive_paragraph: str
    withdraws_papers: bool

    @property
    def sentence(self) -> str:
        """Return what an excluded member has to do, with the paragraph."""
        where = (
            "verlässt den Raum"
            if self.leave_room == "always"
            else "verlässt den Raum, im öffentlichen Teil genügt ein Platz bei den Zuhörenden"
        )
        paragraph = self.leave_room_paragraph or self.paragraph
        return f"Wer ausgeschlossen ist, {where} ({paragraph})."


@dataclass(frozen=True)
class RecusalRuling:
    """Whether the votes of excluded members decided: `excluded` votes, sentence, paragraph."""

    decisive: Decisive
    excluded: int
    sentence: str
    paragraph: str


def decides_the_result(
    tally: Tally, majority: MajorityRule, *, yes: int = 0, no: int = 0, members: int | None = None
) -> bool:
    """Say whether the result is another one without the excluded votes that were counted.

    `yes` and `no` are the votes of excluded members within `tally`. A resolution is void only
    where they were decisive (NI § 41 Abs. 6 Satz 1 NKomVG); who excludes is the body, not this.
    Raises ValueError where more votes are taken out than were counted.
    """
    before = ruling(tally, majority, members=members)
    return before.result is not _without(tally, majority, yes, no, members)


def ruling_on_recusal(
    tally: Tally,
    majority: MajorityRule,
    *,
    yes: int = 0,
    no: int = 0,
    unknown: int = 0,
    members: int | None = None,
    paragraph: str = "",
) -> RecusalRuling:
    """Say whether the votes of excluded members decided the result, in one sentence.

    `unknown` of them took part nobody knows how: yes, no or neither. Where every way they can
    have voted changes the result it was decisive, where only some do it may have been; so it may
    too where the yes votes were never counted. Raises ValueError where more votes are taken out
    than were counted.
    """
    free = 0 if tally.yes is None else tally.yes - yes
    ways = [
        decides_the_result(tally, majority, yes=yes + more, no=no + against, members=members)
        for more in range(min(unknown, free) + 1)
        for against in range(min(unknown - more, tally.no - no) + 1)
        if tally.yes is None or more + against + _without_effect(tally) >= unknown
    ]
    if not ways:
        raise ValueError("more excluded votes than votes")
    uncounted = tally.yes is None and unknown > 0
    decisive = Decisive.NO
    if all(ways) and not uncounted:
        decisive = Decisive.YES
    elif any(ways) or uncounted:
        decisive = Decisive.POSSIBLY
    excluded = yes + no + unknown
    return RecusalRuling(decisive, excluded, _sentence(decisive, excluded, paragraph), paragraph)


def _without_effect(tally: Tally) -> int:
    """Count what an excluded member may have done without voting yes or no."""
    return tally.abstained + tally.invalid + tally.not_voted


def _without(
    tally: Tally, majority: MajorityRule, yes: int, no: int, members: int | None
) -> VoteResult:
    if yes > (tally.yes or 0) or no > tally.no:
        raise ValueError("more excluded votes than votes")
    without = replace(tally, yes=None if tally.yes is None else tally.yes - yes, no=tally.no - no)
    return ruling(without, majority, members=members).result


def _sentence(decisive: Decisive, excluded: int, paragraph: str) -> str:
    who = (
        "Die Stimme eines ausgeschlossenen Mitglieds war"
        if excluded == 1
        else f"Die Stimmen von {excluded} ausgeschlossenen Mitgliedern waren"
    )
    return f"{who} {decisive.label}{f' ({paragraph})' if paragraph else ''}."
