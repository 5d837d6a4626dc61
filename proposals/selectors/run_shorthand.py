"""The abbreviation that would say a recorded result again: what the field of an item shows."""

from collections.abc import Mapping, Sequence

from ..models import Committee, Consultation, Vote
from ..rules.consultation import Outcome
from ..rules.voting import VoteMode, VoteWord
from .run_items import Row

_ABBREVIATIONS = {
    Outcome.NOTED: "k",
    Outcome.POSTPONED: "v",
    Outcome.REMOVED: "a",
    Outcome.WITHOUT_RECOMMENDATION: "o",
    Outcome.RETURNED: "z",
    Outcome.SETTLED: "l",
    Outcome.NO_QUORUM: "b",
    Outcome.WITHDRAWN: "zz",
    Outcome.ELECTED: "w",
    Outcome.APPOINTED: "bn",
}
_WORDS = {
    VoteWord.UNANIMOUS: "ew",
    VoteWord.MAJORITY: "m",
    VoteWord.LOST_MAJORITY: "ma",
    VoteWord.LOST_UNANIMOUS: "eaw",
}


def shorthand_of(
    row: Row, opened: Sequence[Consultation], committees: Mapping[int, Committee]
) -> str:
    """Return what somebody would have typed for the result of an item; "" where there is none.

    `opened` are the stations that a referral opened.
    """
    if not row.item.outcome:
        return ""
    outcome = Outcome(row.item.outcome)
    if outcome in (Outcome.REFERRED, Outcome.REFERRED_BACK):
        targets = [one.committee_id for one in opened if one.replaces_id is None]
        names = ", ".join(committees[pk].short_name for pk in targets if pk in committees)
        back = any(one.replaces_id for one in opened)
        return f"{'>>' if back else '>'} {names}".strip()
    if outcome in _ABBREVIATIONS:
        return _ABBREVIATIONS[outcome]
    return _count_of(row.main) if row.main is not None else ""


def _count_of(vote: Vote) -> str:
    words = _word_of(vote) if vote.word or vote.yes is None else _numbers_of(vote)
    contrary = bool(vote.computed) and vote.computed != vote.announced
    return f"{words} !" if contrary else words


def _word_of(vote: Vote) -> str:
    """Return the abbreviation of a vote that kept a word, or counter-votes alone."""
    word = _WORDS.get(VoteWord(vote.word), "") if vote.word else "m"
    if vote.no is None or vote.abstained is None:
        return word
    counter = f"n{vote.no}" + (f" e{vote.abstained}" if vote.abstained else "")
    return f"{word} {counter}".strip()


def _numbers_of(vote: Vote) -> str:
    yes, no, abstained = vote.yes or 0, vote.no or 0, vote.abstained or 0
    if vote.mode == VoteMode.SECRET:
        invalid = f" u{vote.invalid}" if vote.invalid else ""
        return f"g {yes} {no} {abstained}{invalid}"
    everybody = yes + no + abstained == vote.entitled
    tail = str(abstained) if abstained else ""
    if everybody and yes and not no:
        return f"e{tail}"
    if everybody and no and not yes:
        return f"ea{tail}"
    return f"{yes} {no} {abstained}"
