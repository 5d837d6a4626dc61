"""A line of the run sheet, read as a result: what it means, and what the use case gets."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..rules.consultation import Outcome, outcome_if
from ..rules.shorthand import Shorthand, read, sentence
from ..rules.voting import (
    Choice,
    FactionCount,
    MajorityRule,
    VoteResult,
    ruling,
    word_ruling,
)
from ..selectors.run_items import Row, Said
from ..selectors.run_sheet import Sheet
from ..services.results import ResultAnswer
from ..services.voting import CountedAnswer

# where nobody has read the law of the Land, the announcement still follows the larger number
_COUNTED_ONLY = MajorityRule("cast", "lost", "allowed", "")


@dataclass(frozen=True)
class Line:
    """A result as typed for one item; `own_wording` is the committee's own ("" for none)."""

    row: Row
    typed: Shorthand
    outcome: Outcome
    sentence: str
    own_wording: str = ""

    @property
    def said(self) -> Said:
        """Return what it means, as the page shows it before it is saved."""
        counted = self.typed.outcome is None and self.row.law.verdicts
        paragraph = self.row.majority.paragraph if counted and self.typed.tally else ""
        return Said(sentence=self.sentence, paragraph=paragraph)

    def answer(
        self,
        *,
        request_key: UUID,
        revision: int,
        roll: tuple[tuple[int, Choice], ...] = (),
        factions: tuple[FactionCount, ...] = (),
        **more: Any,
    ) -> ResultAnswer:
        """Return it as the use case takes it; `more` are the fields beside the result."""
        typed = self.typed
        return ResultAnswer(
            outcome=self.outcome,
            request_key=request_key,
            revision=revision,
            counted=CountedAnswer.of(typed, roll=roll, factions=factions),
            wording=self.own_wording,
            refer_to=typed.refer_to,
            refer_back=typed.refer_back,
            **more,
        )


def read_line(text: str, row: Row, sheet: Sheet, *, own_wording: str = "") -> Line:
    """Read what was typed for an item; raises RuleViolation for what is no result."""
    typed = read(text, entitled=row.entitled, role=row.role, bodies=sheet.short_names)
    return line_of(typed, row, sheet, own_wording=own_wording)


def line_of(typed: Shorthand, row: Row, sheet: Sheet, *, own_wording: str = "") -> Line:
    """Return what a count or a word means for an item, however it was typed."""
    changed = row.changed or bool(own_wording)
    outcome = typed.outcome or _outcome(typed, row, changed=changed)
    words = sentence(
        typed,
        majority=row.majority if row.law.verdicts else None,
        members=row.item.committee.statutory_members,
        role=row.role,
        changed=changed,
        names=sheet.names,
    )
    return Line(row, typed, outcome, words, own_wording)


def _outcome(typed: Shorthand, row: Row, *, changed: bool) -> Outcome:
    """Return what a count means for the item, or the contrary where the chair announced that."""
    result = result_of(typed, row)
    if typed.contrary:
        result = VoteResult.LOST if result == VoteResult.CARRIED else VoteResult.CARRIED
    return outcome_if(result, row.role, changed)


def result_of(typed: Shorthand, row: Row, majority: MajorityRule | None = None) -> VoteResult:
    """Return whether a count carries at an item; `majority` None is the one for resolutions."""
    if typed.tally is None:
        assert typed.word is not None  # a line without an outcome has a count or a word
        return word_ruling(typed.word).result
    rule = (majority or row.majority) if row.law.verdicts else _COUNTED_ONLY
    if typed.tally.yes is None and rule.counts != "cast":
        return VoteResult.CARRIED  # the use case says what is missing
    return ruling(typed.tally, rule, members=row.item.committee.statutory_members).result
