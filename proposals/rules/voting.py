"""Abstimmung: what the counted votes mean."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
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
    VARIANT = "variant", "Variante"
    PROCEDURAL = "procedural", "Antrag zur Geschäftsordnung"


class Majority(Labelled):
    """Erforderliche Mehrheit of one matter, where statute or Hauptsatzung ask for more."""

    MEMBERS = "members", "Mehrheit der Mitglieder"
    TWO_THIRDS_MEMBERS = "two_thirds_members", "zwei Drittel der Mitglieder"


class VoteWord(Labelled):
    """Ergebnis in the words of a house that counts nothing."""

    UNANIMOUS = "unanimous", "einstimmig"
    MAJORITY = "majority", "mehrheitlich"
    LOST_UNANIMOUS = "lost_unanimous", "einstimmig abgelehnt"
    LOST_MAJORITY = "lost_majority", "mehrheitlich abgelehnt"


class Choice(Labelled):
    """Stimmabgabe of one member in a roll call."""

    YES = "yes", "Ja"
    NO = "no", "Nein"
    ABSTAINED = "abstained", "Enthaltung"
    NOT_VOTED = "not_voted", "nicht teilgenommen"


@dataclass(frozen=True)
class Tally:
    """Counted votes; `yes` is None where only counter-votes and abstentions were counted.

    `invalid` ballots exist in a secret vote only; like abstentions they never decide anything.
    """

    yes: int | None
    no: int
    abstained: int
    not_voted: int = 0
    invalid: int = 0

    @property
    def counted(self) -> int:
        """Return how many of those present are accounted for, voting or not."""
        return (self.yes or 0) + self.no + self.abstained + self.invalid + self.not_voted


@dataclass(frozen=True)
class FactionCount:
    """How one faction (or group) voted."""

    faction: str
    yes: int
    no: int
    abstained: int


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


_NEGATIVE = "Stimmen können nicht negativ sein."


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


def word_ruling(word: VoteWord) -> Ruling:
    """Return the result of a house that counts nothing: its word alone, which no law judges."""
    lost = word in (VoteWord.LOST_UNANIMOUS, VoteWord.LOST_MAJORITY)
    result = VoteResult.LOST if lost else VoteResult.CARRIED
    return Ruling(result=result, words=word.label, sentence=word.label, paragraph="")


def roll_tally(choices: Iterable[Choice]) -> Tally:
    """Count a roll call."""
    number = Counter(choices)
    return Tally(
        yes=number[Choice.YES],
        no=number[Choice.NO],
        abstained=number[Choice.ABSTAINED],
        not_voted=number[Choice.NOT_VOTED],
    )


def counts_in_words(tally: Tally) -> str:
    """Return the bare numbers, without a verdict: "30 Ja, 8 Nein, 4 Enthaltungen"."""
    if tally.yes is not None:
        return _counts(tally)
    no = _many(tally.no, "Gegenstimme", "Gegenstimmen")
    return f"{no}, {_many(tally.abstained, 'Enthaltung', 'Enthaltungen')}"


def objection_to_majority(majority: Majority | None, paragraph: str) -> RuleViolation | None:
    """Ask where a qualified majority is written down: no computed result without its source."""
    if majority is None or paragraph.strip():
        return None
    return RuleViolation(
        "Bitte angeben, welche Vorschrift die Mehrheit verlangt.", field="majority_paragraph"
    )


def objection_to_tally(
    tally: Tally, entitled: int, majority: MajorityRule | None = None
) -> RuleViolation | None:
    """Refuse numbers that cannot be right for `entitled` members present and voting.

    A sum below `entitled` is fine: somebody stands in the corridor. With `majority` given, votes
    that this majority does not know are refused too.
    """
    if min(tally.yes or 0, tally.no, tally.abstained, tally.not_voted, tally.invalid) < 0:
        return RuleViolation(_NEGATIVE)
    if tally.counted > entitled:
        return _above(tally.counted, entitled)
    if tally.yes is not None and not tally.yes + tally.no + tally.abstained + tally.invalid:
        return RuleViolation("Es ist noch keine Stimme eingetragen.")
    if tally.yes is None and entitled - tally.counted <= tally.no:
        return RuleViolation(
            "Bei so vielen Gegenstimmen müssen auch die Ja-Stimmen gezählt werden.", field="yes"
        )
    return _objection_to_kind_of_tally(tally, majority) if majority else None


def objection_to_roll(
    voters: Collection[int],
    entitled: Collection[int],
    names: Mapping[int, str],
    absent: Collection[int] = (),
    recused: Collection[int] = (),
    paragraph: str = "",
) -> RuleViolation | None:
    """Refuse a roll call with somebody who cannot vote at this item, naming the first.

    `voters` are those who are listed with a vote, `entitled` those who have one, `paragraph` is the
    one that excludes the recused.
    """
    for person in voters:
        name = names.get(person, "Eine Person")
        if person in recused:
            return RuleViolation(
                f"{name} ist von der Mitwirkung ausgeschlossen.", paragraph, field="roll"
            )
        if person in absent:
            return RuleViolation(f"{name} ist bei diesem TOP nicht anwesend.", field="roll")
        if person not in entitled:
            return RuleViolation(f"{name} ist bei diesem TOP nicht stimmberechtigt.", field="roll")
    twice = [person for person, times in Counter(voters).items() if times > 1]
    if twice:
        name = names.get(twice[0], "Eine Person")
        return RuleViolation(f"{name} steht zweimal in der Liste.", field="roll")
    return None


def objection_to_secret(
    cast: int | None,
    valid: int,
    invalid: int,
    entitled: int,
    has_names: bool = False,
    remote: bool = False,
) -> RuleViolation | None:
    """Refuse names in a secret vote and ballots that do not add up; ask why where one is remote.

    `cast` are the ballots in the box (None: not counted by themselves), `valid` those with yes, no
    or abstention. `remote`: a voter is connected from elsewhere, who has no ballot (from practice).
    """
    if has_names:
        return RuleViolation(
            "Bei geheimer Abstimmung werden keine Namen festgehalten.", field="roll"
        )
    if min(cast or 0, valid, invalid) < 0:
        return RuleViolation(_NEGATIVE)
    counted = valid + invalid
    if max(cast or 0, counted) > entitled:
        return _above(max(cast or 0, counted), entitled)
    if cast is not None and cast != counted:
        return RuleViolation(
            f"{_many(cast, 'Stimme', 'Stimmen')} abgegeben, gezählt sind aber {valid} gültige und "
            f"{invalid} ungültige, zusammen {counted}.",
            field="cast",
        )
    if remote:
        return RuleViolation(
            "Ein zugeschaltetes Mitglied kann nicht geheim abstimmen. Bitte angeben, wie seine "
            "Stimme abgegeben wurde oder warum nicht.",
            field="reason",
            waivable=True,
        )
    return None


def objection_to_factions(rows: Iterable[FactionCount], tally: Tally) -> RuleViolation | None:
    """Refuse a table of factions that does not add up to the count; no rows at all are fine."""
    rows = list(rows)
    if not rows:
        return None
    if any(min(row.yes, row.no, row.abstained) < 0 for row in rows):
        return RuleViolation(_NEGATIVE, field="factions")
    twice = [name for name, times in Counter(row.faction for row in rows).items() if times > 1]
    if twice:
        return RuleViolation(f"„{twice[0]}“ steht zweimal in der Tabelle.", field="factions")
    pairs = [
        ("Ja", sum(row.yes for row in rows), tally.yes),
        ("Nein", sum(row.no for row in rows), tally.no),
        ("Enthaltungen", sum(row.abstained for row in rows), tally.abstained),
    ]
    wrong = [
        f"{word} {added} statt {counted}"
        for word, added, counted in pairs
        if counted is not None and added != counted
    ]
    if not wrong:
        return None
    return RuleViolation(
        f"Die Stimmen der Fraktionen ergeben nicht das Gesamtergebnis: {', '.join(wrong)}.",
        field="factions",
    )


def _above(counted: int, entitled: int) -> RuleViolation:
    return RuleViolation(
        f"{_many(counted, 'Stimme', 'Stimmen')} eingetragen, aber nur "
        f"{entitled} Stimmberechtigte anwesend."
    )


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
    invalid = f", {tally.invalid} ungültig" if tally.invalid else ""
    return f"{tally.yes} Ja, {tally.no} Nein, {abstained}{invalid}"


def _aside(tally: Tally, *, with_no: bool = True) -> str:
    parts = []
    if with_no and tally.no:
        parts.append("einer Gegenstimme" if tally.no == 1 else f"{tally.no} Gegenstimmen")
    if tally.abstained:
        one = tally.abstained == 1
        parts.append("einer Enthaltung" if one else f"{tally.abstained} Enthaltungen")
    if tally.invalid:
        one = tally.invalid == 1
        parts.append("einer ungültigen Stimme" if one else f"{tally.invalid} ungültigen Stimmen")
    return " bei " + _listed(parts) if parts else ""


def _sentence(words: str, counts: str, not_voted: int, paragraph: str) -> str:
    absent = f"{not_voted} nicht teilgenommen" if not_voted else ""
    inside = "; ".join(part for part in (counts, absent, paragraph) if part)
    return f"{words} ({inside})" if inside else words


def _listed(parts: list[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} und {last}" if first else last


def _many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
