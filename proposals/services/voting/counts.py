"""Reads a count as typed: what it means by the law of the Land, and what stands against it."""

from dataclasses import dataclass, replace

from ...models import AgendaItem
from ...rules.errors import RuleViolation
from ...rules.results import objection_to_entitled
from ...rules.voting import (
    MajorityRule,
    Ruling,
    Tally,
    VoteKind,
    VoteMode,
    VoteResult,
    VoteWord,
    objection_to_factions,
    objection_to_secret,
    objection_to_tally,
    roll_tally,
    ruling,
    word_ruling,
)
from .answers import CountedAnswer
from .electorate import Electorate, doubt_of_quorum, electorate_of, objection_to_names

_LOST_WORDS = (VoteWord.LOST_UNANIMOUS, VoteWord.LOST_MAJORITY)


@dataclass(frozen=True)
class Reading:
    """What the rules make of a count.

    `counted` is the answer with what follows from it, `tally` None where the house keeps the word
    alone. `ruling` None: no verdict. `objection` is the first thing that cannot be right, `doubts`
    are what a reason overcomes.
    """

    counted: CountedAnswer
    tally: Tally | None = None
    ruling: Ruling | None = None
    objection: RuleViolation | None = None
    doubts: tuple[RuleViolation, ...] = ()

    @property
    def computed(self) -> VoteResult | None:
        """Return what the counted votes come to; None where a word or no law says it."""
        by_word = _speaking_word(self.counted) is not None
        return None if by_word or self.ruling is None else self.ruling.result

    @property
    def result(self) -> VoteResult | None:
        """Return what the vote came to if the chair says nothing else; None where it is open."""
        if self.ruling is not None:
            return self.ruling.result
        if self.tally is None:
            return None
        carried = self.tally.yes is None or self.tally.yes > self.tally.no
        return VoteResult.CARRIED if carried else VoteResult.LOST

    @property
    def words(self) -> str:
        """Return the result in the words of the house; "" where nobody can say."""
        return self.ruling.words if self.ruling else ""


def _speaking_word(counted: CountedAnswer) -> VoteWord | None:
    """Return the word where it says more than the numbers: beside none, or counter-votes alone."""
    bare = counted.no is None and counted.abstained is None
    lost = counted.yes is None and counted.word in _LOST_WORDS
    return counted.word if bare or lost else None


def read_at(
    item: AgendaItem,
    counted: CountedAnswer,
    *,
    kind: VoteKind = VoteKind.MAIN,
    majority: MajorityRule | None = None,
) -> Reading:
    """Judge a count by who was there at the item; doubts about the quorum are among its doubts."""
    electorate = electorate_of(item)
    reading = read(electorate, counted, kind=kind, majority=majority)
    doubt = doubt_of_quorum(electorate) if reading.objection is None else None
    return replace(reading, doubts=(*reading.doubts, doubt)) if doubt else reading


def read(
    electorate: Electorate,
    counted: CountedAnswer,
    *,
    kind: VoteKind = VoteKind.MAIN,
    majority: MajorityRule | None = None,
) -> Reading:
    """Judge a typed count by the law of the Land on the day of the meeting; writes nothing.

    The page's preview and the use case ask this one. `majority` stands in for that of the body.
    """
    reading = _complete(counted, electorate)
    rule = majority or _majority(electorate, kind)
    objection = reading.objection or _objection(reading, electorate, rule)
    if objection is not None and not objection.waivable:
        return replace(reading, objection=objection)
    form = electorate.law.body(electorate.kind).vote_mode.doubt_about(reading.counted.mode)
    doubts = tuple(doubt for doubt in (objection, form) if doubt is not None)
    return replace(reading, ruling=_ruling(reading, electorate, rule), doubts=doubts)


def _majority(electorate: Electorate, kind: VoteKind) -> MajorityRule:
    if electorate.item is not None and kind in (VoteKind.MAIN, VoteKind.CLAUSE):
        return electorate.item.majority_by(electorate.law)
    body = electorate.law.body(electorate.kind)
    return body.procedural if kind == VoteKind.PROCEDURAL else body.majority


def _ruling(reading: Reading, electorate: Electorate, rule: MajorityRule) -> Ruling | None:
    word, tally = _speaking_word(reading.counted), reading.tally
    if word is not None:
        return word_ruling(word)
    if tally is None or not electorate.law.verdicts:
        return None
    if tally.yes is not None and reading.counted.entitled is not None:
        tally = replace(tally, not_voted=reading.counted.entitled - tally.counted)
    return ruling(tally, rule, members=electorate.committee.statutory_members)


def _complete(counted: CountedAnswer, electorate: Electorate) -> Reading:
    """Fill in what follows: the counts from the roll call, the entitled from the attendance."""
    differing = None
    if counted.roll:
        called = roll_tally(choice for _, choice in counted.roll)
        differing = _objection_to_other_numbers(counted, called)
        mode = VoteMode.ROLL_CALL if counted.mode == VoteMode.OPEN else counted.mode
        counted = replace(
            counted, yes=called.yes, no=called.no, abstained=called.abstained, mode=mode
        )
    bare = counted.word is not None and counted.no is None and counted.abstained is None
    if counted.entitled is None and not (bare and electorate.presence is None):
        counted = replace(counted, entitled=electorate.entitled)
    if bare:
        return Reading(counted, objection=_objection_to_half_a_count(counted))
    if counted.entitled is None or counted.no is None or counted.abstained is None:
        missing = "Bitte Stimmberechtigte und Stimmen vollständig angeben."
        return Reading(counted, objection=RuleViolation(missing, field="yes"))
    tally = Tally(counted.yes, counted.no, counted.abstained, invalid=counted.invalid or 0)
    return Reading(counted, tally, objection=differing)


def _objection_to_other_numbers(counted: CountedAnswer, called: Tally) -> RuleViolation | None:
    typed = (counted.yes, counted.no, counted.abstained)
    if all(
        number is None or number == voted
        for number, voted in zip(typed, (called.yes, called.no, called.abstained), strict=True)
    ):
        return None
    return RuleViolation(
        f"Die einzelnen Stimmen ergeben {called.yes} Ja, {called.no} Nein und {called.abstained} "
        "Enthaltungen; eingetragen ist etwas anderes.",
        field="yes",
    )


def _objection_to_half_a_count(counted: CountedAnswer) -> RuleViolation | None:
    """Refuse numbers beside a word that do not make a count."""
    numbers = (counted.yes, counted.cast, counted.invalid)
    if not counted.factions and all(number is None for number in numbers):
        return None
    return RuleViolation(
        "Bitte auch Nein-Stimmen und Enthaltungen angeben, oder nur das Ergebnis in Worten.",
        field="no",
    )


def _objection(
    reading: Reading, electorate: Electorate, rule: MajorityRule
) -> RuleViolation | None:
    counted, tally = reading.counted, reading.tally
    if tally is None or counted.entitled is None:
        return None
    # where the Land gives no verdict its majority rule is unread, and no wall
    known = rule if electorate.law.verdicts else None
    # a word that says lost leaves the Ja uncounted, which alone would look carried
    sums = replace(tally, yes=0) if _speaking_word(counted) is not None else tally
    by_name = bool(counted.roll) and counted.mode != VoteMode.SECRET
    return (
        (objection_to_names(counted.roll, electorate) if by_name else None)
        or objection_to_tally(sums, counted.entitled, known)
        or _objection_to_entitled(counted.entitled, electorate)
        or objection_to_factions(counted.factions, tally)
        or _objection_to_word(reading, electorate, rule)
        or _objection_to_mode(counted, tally, electorate)
    )


def _objection_to_entitled(entitled: int, electorate: Electorate) -> RuleViolation | None:
    """Refuse more than the members of the body; the attendance itself may still be wrong."""
    if electorate.presence is not None and entitled <= electorate.presence.entitled:
        return None
    return objection_to_entitled(entitled, electorate.members)


def _objection_to_word(
    reading: Reading, electorate: Electorate, rule: MajorityRule
) -> RuleViolation | None:
    """Refuse a word that the numbers beside it contradict."""
    word, tally = reading.counted.word, reading.tally
    if word is None or tally is None or _speaking_word(reading.counted) is not None:
        return None
    counted = _ruling(reading, electorate, rule)
    other = counted is not None and counted.result != word_ruling(word).result
    if not other and not (word == VoteWord.UNANIMOUS and tally.no):
        return None
    return RuleViolation(f"„{word.label}“ passt nicht zu den gezählten Stimmen.", field="word")


def _objection_to_mode(
    counted: CountedAnswer, tally: Tally, electorate: Electorate
) -> RuleViolation | None:
    assert counted.entitled is not None
    if counted.mode != VoteMode.SECRET:
        if counted.cast is None and not counted.invalid:
            return None
        return RuleViolation(
            "Abgegebene und ungültige Stimmen werden nur bei geheimer Abstimmung gezählt.",
            field="cast",
        )
    if tally.yes is None:
        return RuleViolation(
            "Bei geheimer Abstimmung werden auch die Ja-Stimmen gezählt.", field="yes"
        )
    return objection_to_secret(
        counted.cast,
        tally.yes + tally.no + tally.abstained,
        tally.invalid,
        counted.entitled,
        has_names=bool(counted.roll),
        remote=electorate.presence is not None and electorate.presence.remote > 0,
    )
