"""Abstimmung: what the counted votes mean."""

from dataclasses import dataclass
from typing import Literal

from .errors import RuleViolation
from .words import Labelled

Counts = Literal["cast", "members", "two_thirds_members"]


class VoteResult(Labelled):
    """What a single vote came to: of the motion that was voted on, not of the proposal."""

    CARRIED = "carried", "angenommen"
    LOST = "lost", "abgelehnt"


class VoteMode(Labelled):
    """Form der Abstimmung."""

    OPEN = "open", "offen"
    ROLL_CALL = "roll_call", "namentlich"
    SECRET = "secret", "geheim"


class VoteKind(Labelled):
    """Gegenstand der Abstimmung."""

    MAIN = "main", "Beschlussvorschlag"
    AMENDMENT = "amendment", "Änderungsantrag"
    CLAUSE = "clause", "getrennte Abstimmung"
    PROCEDURAL = "procedural", "Antrag zur Geschäftsordnung"


@dataclass(frozen=True)
class Tally:
    """Counted votes; `yes` is None where only counter-votes and abstentions were counted."""

    yes: int | None
    no: int
    abstained: int
    not_voted: int = 0

    @property
    def counted(self) -> int:
        """Return how many of those present are accounted for, voting or not."""
        return (self.yes or 0) + self.no + self.abstained + self.not_voted


@dataclass(frozen=True)
class MajorityRule:
    """Which votes carry a motion; `tie_paragraph` where another sentence settles ties."""

    counts: Counts
    tie: Literal["lost"]
    abstention: Literal["allowed", "forbidden"]
    paragraph: str
    tie_paragraph: str = ""


@dataclass(frozen=True)
class Ruling:
    """The computed result: `words` for lists and forms, `sentence` with the paragraph."""

    result: VoteResult
    words: str
    sentence: str
    paragraph: str


class AbstentionForbidden(RuleViolation):
    """The law of the Land knows no abstention (Bayern, Art. 42 Abs. 1, Art. 45 LKrO)."""


def ruling(tally: Tally, majority: MajorityRule, *, members: int | None = None) -> Ruling:
    """Decide by yes against no, or by yes against the statutory number of `members`.

    Abstentions never count as votes cast. Where only counter-votes were counted the motion is
    carried: nobody counts those of a motion that fails. Raises AbstentionForbidden where the Land
    knows none, RuleViolation where this majority needs the yes votes, ValueError where it needs
    `members`. Source: the paragraphs of `majority`, the words from practice in Niederschriften.
    """
    refused = _objection_to_kind_of_tally(tally, majority)
    if refused:
        raise refused
    if majority.counts == "cast":
        tie = tally.yes is not None and tally.yes == tally.no
        carried = tally.yes is None or tally.yes > tally.no
    else:
        if members is None:
            raise ValueError("this majority counts against the number of members")
        tie, carried = False, _reaches(tally.yes or 0, members, majority.counts)

    paragraph = (majority.tie_paragraph or majority.paragraph) if tie else majority.paragraph
    words, counts = _words(tally, majority, carried=carried, tie=tie)
    return Ruling(
        result=VoteResult.CARRIED if carried else VoteResult.LOST,
        words=f"{words} ({counts})" if counts else words,
        sentence=_sentence(words, counts, tally.not_voted, paragraph),
        paragraph=paragraph,
    )


def objection_to_tally(
    tally: Tally, entitled: int, majority: MajorityRule | None = None
) -> RuleViolation | None:
    """Refuse numbers that cannot be right for `entitled` members present and voting.

    A sum below `entitled` is fine: somebody stands in the corridor. With `majority` given, votes
    that this majority does not know are refused too.
    """
    if min(tally.yes or 0, tally.no, tally.abstained, tally.not_voted) < 0:
        return RuleViolation("Stimmen können nicht negativ sein.")
    if tally.counted > entitled:
        return RuleViolation(
            f"{_many(tally.counted, 'Stimme', 'Stimmen')} eingetragen, aber nur "
            f"{entitled} Stimmberechtigte anwesend."
        )
    if tally.yes is not None and not tally.yes + tally.no + tally.abstained:
        return RuleViolation("Es ist noch keine Stimme eingetragen.")
    if tally.yes is None and entitled - tally.counted <= tally.no:
        return RuleViolation(
            "Bei so vielen Gegenstimmen müssen auch die Ja-Stimmen gezählt werden.", field="yes"
        )
    return _objection_to_kind_of_tally(tally, majority) if majority else None


def _objection_to_kind_of_tally(tally: Tally, majority: MajorityRule) -> RuleViolation | None:
    if tally.abstained and majority.abstention == "forbidden":
        return AbstentionForbidden(
            "Stimmenthaltung ist nicht zulässig.", majority.paragraph, field="abstained"
        )
    if tally.yes is None and majority.counts != "cast":
        return RuleViolation(
            "Für diese Mehrheit müssen die Ja-Stimmen gezählt werden.",
            majority.paragraph,
            field="yes",
        )
    return None


def _reaches(yes: int, members: int, counts: Counts) -> bool:
    return yes * 3 >= members * 2 if counts == "two_thirds_members" else yes * 2 > members


def _words(tally: Tally, majority: MajorityRule, *, carried: bool, tie: bool) -> tuple[str, str]:
    """Return the words and the bare counts to put in brackets behind them ("" for none)."""
    counts = _counts(tally)
    if tie:
        return "bei Stimmengleichheit abgelehnt", counts
    if carried and not tally.no:
        return "einstimmig" + _aside(tally, with_no=False), ""
    if carried:
        return ("mehrheitlich", counts) if counts else ("mehrheitlich" + _aside(tally), "")
    if not tally.yes:
        return "einstimmig abgelehnt" + _aside(tally, with_no=False), ""
    if tally.yes > tally.no:
        share = "Zweidrittelmehrheit" if majority.counts == "two_thirds_members" else "Mehrheit"
        return f"abgelehnt, {share} der Mitglieder nicht erreicht", counts
    return "mehrheitlich abgelehnt", counts


def _counts(tally: Tally) -> str:
    if tally.yes is None:
        return ""
    abstained = _many(tally.abstained, "Enthaltung", "Enthaltungen")
    return f"{tally.yes} Ja, {tally.no} Nein, {abstained}"


def _aside(tally: Tally, *, with_no: bool = True) -> str:
    parts = []
    if with_no and tally.no:
        parts.append("einer Gegenstimme" if tally.no == 1 else f"{tally.no} Gegenstimmen")
    if tally.abstained:
        one = tally.abstained == 1
        parts.append("einer Enthaltung" if one else f"{tally.abstained} Enthaltungen")
    return " bei " + " und ".join(parts) if parts else ""


def _sentence(words: str, counts: str, not_voted: int, paragraph: str) -> str:
    absent = f"{not_voted} nicht teilgenommen" if not_voted else ""
    inside = "; ".join(part for part in (counts, absent, paragraph) if part)
    return f"{words} ({inside})" if inside else words


def _many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
