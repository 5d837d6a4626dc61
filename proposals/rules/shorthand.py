"""Kurzeingabe: the one field of the run sheet, read as a whole result."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, NoReturn

from .consultation import ConsultationRole, Outcome, objection_to_outcome, outcome_if
from .errors import RuleViolation
from .voting import (
    MajorityRule,
    Ruling,
    Tally,
    VoteMode,
    VoteResult,
    VoteWord,
    counts_in_words,
    objection_to_tally,
    ruling,
    word_ruling,
)

# Where nobody has read the law of the Land the larger number is what the chair announces.
COUNTED_ONLY = MajorityRule("cast", "lost", "allowed", "")


@dataclass(frozen=True)
class Shorthand:
    """A result as typed; `outcome` None means that it follows from the count or the word.

    `tally` None: nothing was counted; `cast` and `invalid` belong to a secret vote. `refer_back`:
    the matter returns here afterwards. `contrary`: the chair announced the opposite of the count.
    """

    outcome: Outcome | None = None
    tally: Tally | None = None
    word: VoteWord | None = None
    mode: VoteMode = VoteMode.OPEN
    cast: int | None = None
    invalid: int | None = None
    refer_to: tuple[int, ...] = ()
    refer_back: bool = False
    contrary: bool = False


@dataclass
class _Typed:
    """What stands behind the beginning: plain numbers, and numbers with a letter."""

    entitled: int | None
    numbers: list[int] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)

    def among(self, no: int, abstained: int, *, lost: bool = False) -> Tally:
        """Return the count in which everybody else who is entitled voted the same way."""
        if self.entitled is None:
            _refuse("Bitte zuerst die Anwesenheit erfassen oder Ja, Nein und Enthaltungen angeben.")
        others = max(self.entitled - no - abstained, 0)
        return Tally(0, others, abstained) if lost else Tally(others, no, abstained)

    def counted(self, invalid: int = 0) -> Tally:
        """Return the count of the plain numbers; who is entitled and missing did not vote."""
        if len(self.numbers) < 2:
            _refuse("Bitte Ja, Nein und Enthaltungen angeben, zum Beispiel „30 8 4“.")
        yes, no, abstained = (*self.numbers, 0)[:3]
        tally = Tally(yes, no, abstained, invalid=invalid)
        missing = max((self.entitled or 0) - tally.counted, 0)
        return replace(tally, not_voted=missing)


def _counted(typed: _Typed) -> Shorthand:
    return Shorthand(tally=typed.counted())


def _unanimous(typed: _Typed) -> Shorthand:
    return Shorthand(tally=typed.among(typed.marks.get("n", 0), typed.marks.get("e", 0)))


def _all_against(typed: _Typed) -> Shorthand:
    return Shorthand(tally=typed.among(0, typed.marks.get("ea", 0), lost=True))


def _against(typed: _Typed) -> Shorthand:
    if "n" not in typed.marks:
        _refuse("Bitte die Zahl der Gegenstimmen angeben, zum Beispiel „n8 e4“.")
    return _unanimous(typed)


def _majority(typed: _Typed) -> Shorthand:
    if not typed.marks:
        return Shorthand(word=VoteWord.MAJORITY)
    if "n" not in typed.marks:
        _refuse("„m“ braucht dann auch die Gegenstimmen, zum Beispiel „m n3 e2“.")
    return Shorthand(tally=Tally(None, typed.marks["n"], typed.marks.get("e", 0)))


def _secret(typed: _Typed) -> Shorthand:
    invalid = typed.marks.get("u", 0)
    tally = typed.counted(invalid)
    cast = tally.counted - tally.not_voted
    return Shorthand(tally=tally, mode=VoteMode.SECRET, cast=cast, invalid=invalid)


class _Abbreviation(NamedTuple):
    """One way to begin: how the page shows it, and which letters may carry numbers behind it."""

    forms: tuple[str, ...]
    meaning: str
    make: Callable[[_Typed], Shorthand]
    marks: tuple[str, ...] = ()
    numbers: int = 0


def _word(form: str, word: VoteWord) -> _Abbreviation:
    meaning = f"{word.label}, nicht gezählt"
    return _Abbreviation((form,), meaning, lambda typed: Shorthand(word=word))


def _outcome(form: str, outcome: Outcome) -> _Abbreviation:
    return _Abbreviation((form,), outcome.label, lambda typed: Shorthand(outcome=outcome))


_NO_AND_ABSTAINED = ("n", "e")
_TABLE = {
    "": _Abbreviation(("30 8 4",), "30 Ja, 8 Nein, 4 Enthaltungen", _counted, numbers=3),
    "e": _Abbreviation(
        ("e", "e2"), "einstimmig, … bei 2 Enthaltungen", _unanimous, _NO_AND_ABSTAINED
    ),
    "n": _Abbreviation(
        ("n8", "n8 e4"), "8 Gegenstimmen, 4 Enthaltungen, sonst Ja", _against, _NO_AND_ABSTAINED
    ),
    "m": _Abbreviation(
        ("m", "m n8 e4"), "mehrheitlich, Ja nicht gezählt", _majority, _NO_AND_ABSTAINED
    ),
    "ea": _Abbreviation(("ea", "ea2"), "einstimmig abgelehnt", _all_against, ("ea",)),
    "ma": _word("ma", VoteWord.LOST_MAJORITY),
    "ew": _word("ew", VoteWord.UNANIMOUS),
    "eaw": _word("eaw", VoteWord.LOST_UNANIMOUS),
    "g": _Abbreviation(
        ("g 30 8 4", "g 30 8 4 u1"), "geheim, … 1 ungültig", _secret, ("u",), numbers=3
    ),
    "k": _outcome("k", Outcome.NOTED),
    "v": _outcome("v", Outcome.POSTPONED),
    "a": _outcome("a", Outcome.REMOVED),
    "o": _outcome("o", Outcome.WITHOUT_RECOMMENDATION),
    "z": _outcome("z", Outcome.RETURNED),
    "l": _outcome("l", Outcome.SETTLED),
    "b": _outcome("b", Outcome.NO_QUORUM),
    "zz": _outcome("zz", Outcome.WITHDRAWN),
    "w": _outcome("w", Outcome.ELECTED),
    "bn": _outcome("bn", Outcome.APPOINTED),
}
_REFER = "> KA"
HELP: tuple[tuple[str, str], ...] = (
    *((", ".join(row.forms), row.meaning) for row in _TABLE.values()),
    (_REFER, "verwiesen an … (mehrere mit Komma)"),
    (f">{_REFER}", "verwiesen an …, danach hier erneut"),
    ("30 8 4 !", "der Vorsitz hat das Gegenteil der Zählung festgestellt"),
)

_SEPARATOR = re.compile(r"(?<=[0-9])\s*[/:;,–-]\s*(?=[0-9neu])", re.IGNORECASE)
_TOKEN = re.compile(r"([a-z]*)([0-9]{0,3})")
_MARKS = ("e", "ea", "n", "u")


def read(
    text: str,
    *,
    entitled: int | None,
    role: ConsultationRole | None,
    bodies: Mapping[str, int] | None = None,
) -> Shorthand:
    """Read a typed result such as "e2", "30 8 4", "n8 e4", "k" or "> KA".

    `entitled` are the members present with a vote (None: not known), `role` that of the body in
    the route (None: an item without a paper), `bodies` the committees by their short names in
    lower case. Raises RuleViolation (field "result") for everything that is no result here.
    """
    typed = text.strip()
    contrary = typed.endswith("!")
    typed = typed.removesuffix("!").strip()
    if not typed:
        _refuse("Bitte ein Ergebnis eingeben, zum Beispiel „e“ oder „30 8 4“.")
    if typed.startswith(">"):
        shorthand = _referral(typed, bodies or {})
    else:
        shorthand = _read_words(typed, entitled)
    _refuse_on(_objection(shorthand, entitled, role))
    if contrary and (shorthand.tally is None or role == ConsultationRole.NOTE):
        _refuse("„!“ gehört hinter gezählte Stimmen, deren Ergebnis der Vorsitz anders feststellt.")
    return replace(shorthand, contrary=contrary)


def _referral(text: str, bodies: Mapping[str, int]) -> Shorthand:
    back = text.startswith(">>")
    names = [name.strip() for name in text.lstrip(">").split(",") if name.strip()]
    if not names:
        _refuse("Bitte angeben, wohin verwiesen wird, zum Beispiel „> KA“.")
    for name in names:
        if name.casefold() not in bodies:
            known = ", ".join(sorted(body.upper() for body in bodies)) or "keine"
            _refuse(f"Das Gremium {_quoted(name)} kenne ich nicht. Möglich sind: {known}.")
    found = dict.fromkeys(bodies[name.casefold()] for name in names)
    return Shorthand(outcome=Outcome.REFERRED, refer_to=tuple(found), refer_back=back)


def _read_words(text: str, entitled: int | None) -> Shorthand:
    words = _glued(_SEPARATOR.sub(" ", text).split())
    head, number = _parted(words[0], _TABLE)
    row, typed = _TABLE[head], _Typed(entitled)
    for word in words if number else words[1:]:
        letter, digits = _parted(word, (*_TABLE, *_MARKS))
        if letter:
            fits = letter in row.marks and letter not in typed.marks and bool(digits)
            typed.marks[letter] = int(digits or 0)
        else:
            fits = len(typed.numbers) < row.numbers
            typed.numbers.append(int(digits))
        if not fits:
            _refuse(
                f"{_quoted(word)} passt hier nicht. Richtig ist zum Beispiel „{row.forms[-1]}“."
            )
    return row.make(typed)


def _glued(words: Sequence[str]) -> list[str]:
    """Join a letter and the number it stands for: "n 8" is "n8"."""
    glued: list[str] = []
    for word in words:
        if word.isdecimal() and glued and glued[-1].casefold() in _MARKS:
            glued[-1] += word
        else:
            glued.append(word)
    return glued


def _parted(word: str, known: Collection[str]) -> tuple[str, str]:
    """Return letters and digits of a word; raises RuleViolation naming one that is not known."""
    match = _TOKEN.fullmatch(word.casefold())
    letters, digits = match.groups() if match else ("", "")
    if not match or letters not in known or (digits and letters and letters not in _MARKS):
        possible = ", ".join(row.forms[0] for row in _TABLE.values())
        _refuse(f"{_quoted(word)} kenne ich nicht. Möglich sind: {possible}, {_REFER}.")
    return letters, digits


def _objection(
    shorthand: Shorthand, entitled: int | None, role: ConsultationRole | None
) -> RuleViolation | None:
    if shorthand.outcome is not None:
        return objection_to_outcome(shorthand.outcome, role)
    tally = shorthand.tally
    if tally is None or (tally.yes is None and entitled is None):
        return None
    return objection_to_tally(tally, tally.counted if entitled is None else entitled)


def sentence(
    shorthand: Shorthand,
    *,
    majority: MajorityRule | None,
    members: int | None,
    role: ConsultationRole | None,
    changed: bool = False,
    names: Mapping[int, str] | None = None,
) -> str:
    """Return the result in German as the page shows it before it is saved.

    Such as "einstimmig bei 2 Enthaltungen → empfohlen". `majority` None: the Land's law gives no
    verdict; `members` is the statutory number, `changed` says that the motion was amended, `names`
    names committees. Never raises: what the majority does not know is said in its own sentence.
    """
    if shorthand.outcome is not None:
        return _outcome_in_words(shorthand, names or {})
    try:
        computed = _computed(shorthand, majority, members)
    except RuleViolation as objection:
        return str(objection)
    result = computed.result
    if shorthand.contrary:
        result = VoteResult.LOST if result == VoteResult.CARRIED else VoteResult.CARRIED
    secret = "geheim: " if shorthand.mode == VoteMode.SECRET else ""
    missing = shorthand.tally.not_voted if shorthand.tally else 0
    aside = f", {missing} nicht teilgenommen" if missing else ""
    chair = "vom Vorsitz festgestellt: " if shorthand.contrary else ""
    outcome = outcome_if(result, role, changed)
    return f"{secret}{computed.words}{aside} → {chair}{outcome.label}"


def _computed(shorthand: Shorthand, majority: MajorityRule | None, members: int | None) -> Ruling:
    """Return what the count or the word means; where no law judges it, the larger number."""
    if shorthand.tally is None:
        assert shorthand.word is not None  # what has neither count nor word has an outcome
        return word_ruling(shorthand.word)
    if majority is None or (majority.counts != "cast" and members is None):
        words = f"{counts_in_words(shorthand.tally)} (nur Zählung)"
        return replace(ruling(shorthand.tally, COUNTED_ONLY), words=words)
    return ruling(shorthand.tally, majority, members=members)


def _outcome_in_words(shorthand: Shorthand, names: Mapping[int, str]) -> str:
    assert shorthand.outcome is not None
    label = shorthand.outcome.label
    if not shorthand.refer_to:
        return label
    bodies = [names.get(body, "") for body in shorthand.refer_to]
    to = f" an {', '.join(bodies)}" if all(bodies) else ""
    return f"{label}{to}, danach hier erneut" if shorthand.refer_back else f"{label}{to}"


def _refuse_on(objection: RuleViolation | None) -> None:
    if objection is not None:
        raise RuleViolation(objection.message, objection.paragraph, field="result")


def _refuse(message: str) -> NoReturn:
    raise RuleViolation(message, field="result")


def _quoted(word: str) -> str:
    return f"„{word}“" if len(word) <= 20 else f"„{word[:20]}…“"
