"""Vorlagennummer: the house's pattern, and the series that its running number counts in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Self

from .errors import RuleViolation
from .roman import from_roman, to_roman
from .words import Labelled, ProposalKind


class Scope(Labelled):
    """Nummernkreis: what a house counts in one series (domain.md 4.6)."""

    YEAR = "year", "je Jahr"
    TERM = "term", "je Wahlperiode"
    KIND = "kind", "je Vorlagenart"
    KIND_YEAR = "kind_year", "je Vorlagenart und Jahr"
    KIND_TERM = "kind_term", "je Vorlagenart und Wahlperiode"
    ORG_YEAR = "org_year", "je Organisationseinheit und Jahr"
    ORG_TERM = "org_term", "je Organisationseinheit und Wahlperiode"
    ALL = "all", "fortlaufend über alle Jahre"

    @property
    def counts_by(self) -> list[str]:
        """Return what begins a series of its own: some of year, term, kind and org."""
        return [] if self == Scope.ALL else self.value.split("_")


# tokens that print what a series is counted by; one of them must stand in the pattern
_PRINTS = {"year": ("JJJJ", "JJ"), "term": ("WP", "WPR"), "kind": ("ART",), "org": ("ORG",)}
_TOKEN = re.compile(r"\{(ART|ORG|WPR|WP|JJJJ|JJ|LFD)(?::([1-9]))?\}")
# of no certain length: term 1 number 11 must not read as term 11 number 1
_OF_ANY_LENGTH = {"ART", "ORG", "WP", "WPR"}
_SEPARATES = re.compile(r"\D")
_PLACEHOLDER = re.compile(r"(?<!\d)0+(?!\d)")


@dataclass(frozen=True)
class NumberParts:
    """What a number says; None or "" where its pattern does not print it."""

    running: int
    year: int | None
    term: int | None
    art: str
    org: str = ""


@dataclass(frozen=True)
class NumberPattern:
    """A house's number pattern, such as `{ART} {JJJJ}/{ORG}/{LFD:4}`, and its scope.

    Tokens: ART prefix of the kind, ORG office, WP Wahlperiode (WPR in Roman figures), JJJJ year (JJ
    its last two figures), LFD running number with at least n figures; with exactly n where it is
    glued to a token of no certain length. Make one with `parse`; it refuses patterns that could
    give a number twice.
    """

    text: str
    scope: str

    @classmethod
    def parse(cls, text: str, scope: str) -> Self:
        """Return the pattern; raises RuleViolation with the reason it cannot be used."""
        objection = objection_to_pattern(text, scope)
        if objection:
            raise objection
        return cls(text=text, scope=scope)

    def format(
        self, *, year: int, running: int, art: str = "", org: str = "", term: int | str = ""
    ) -> str:
        """Return the number; raises RuleViolation where something the pattern needs is missing.

        A running number begins at 1 (000 is the placeholder of a draft and is never issued), and
        it ends where a glued pattern has no more room for it.
        """
        if running < 1:
            raise RuleViolation("Die laufende Nummer beginnt bei 1.")
        if self.last and running > self.last:
            raise RuleViolation(
                f"Der Nummernkreis ist voll: Das Muster {self.text} reicht nur bis {self.last}, "
                "weil die laufende Nummer ohne Trennzeichen steht. Bitte das Muster ändern."
            )
        number = int(term or 0)
        values = {
            "ART": art,
            "ORG": org,
            "WP": str(number or ""),
            "WPR": to_roman(number) if number else "",
            "JJJJ": f"{year:04}",
            "JJ": f"{year % 100:02}",
        }

        def fill(match: re.Match[str]) -> str:
            name, width = match.groups()
            if name == "LFD":
                return f"{running:0{width or 1}}"
            if not values[name]:
                raise RuleViolation(f"Für die Nummer fehlt {_MEANING[name]}.")
            return values[name]

        return _TOKEN.sub(fill, self.text)

    @cached_property
    def last(self) -> int | None:
        """Return the highest running number of a glued pattern; None where it may grow."""
        for run in _runs(self.text):
            width = run.get("LFD")
            if width and _OF_ANY_LENGTH & run.keys():
                return int(10 ** int(width)) - 1
        return None

    def read(self, number: str) -> "NumberParts | None":
        """Return what a number says that looks like one of this pattern; None for any other."""
        found = re.fullmatch(self._readable(), number)
        if found is None:
            return None
        said = found.groupdict(default="")
        year, term = said.get("JJJJ", ""), said.get("WP", "")
        if "JJ" in said:
            year = year or f"20{said['JJ']}"
        if "WPR" in said:
            term = term or str(from_roman(said["WPR"]) or "")
            if not term:
                return None
        return NumberParts(
            running=int(said["LFD"]),
            year=int(year) if year else None,
            term=int(term) if term else None,
            art=said.get("ART", ""),
            org=said.get("ORG", ""),
        )

    def placeholder(self, *, year: int, art: str = "", org: str = "", term: int | str = "") -> str:
        """Return what stands for the number in a draft, e.g. "MV/2022/000"; "" where none fits."""
        try:
            first = self.format(year=year, running=1, art=art, org=org, term=term)
        except RuleViolation:
            return ""
        parts = re.fullmatch(self._readable(), first)
        assert parts is not None
        begin, end = parts.span("LFD")
        return f"{first[:begin]}{'0' * (end - begin)}{first[end:]}"

    def found_in(self, text: str) -> list[str]:
        """Return what in a text looks like a number of this pattern, or like its placeholder.

        Nothing for a pattern of the running number alone: every figure would look like it.
        """
        if len(_TOKEN.findall(self.text)) == 1:
            return []
        alone = rf"(?<![\w/.-])(?:{self._readable(_IN_A_TEXT)})(?![\w/-])(?!\.\d)"
        found = [match[0] for match in re.finditer(alone, text)]
        return [number for number in found if not self._is_span_of_years(number)]

    def _is_span_of_years(self, number: str) -> bool:
        """Answer whether it may as well be two years, such as 2018/2019."""
        parts = self.read(number)
        return parts is not None and parts.year is not None and parts.running == parts.year + 1

    def _readable(self, reads: Mapping[str, str] = MappingProxyType({})) -> str:
        """Return the regular expression that reads what the pattern has printed."""
        shape, end = "", 0
        for token in _TOKEN.finditer(self.text):
            name, width = token.groups()
            shape += re.escape(self.text[end : token.start()])
            running = rf"\d{{{width}}}" if self.last else rf"\d{{{width or 1},9}}"
            group = f"(?P<{name}>"
            said = {**_READS, **reads}.get(name, running)
            shape += f"(?P={name})" if group in shape else f"{group}{said})"
            end = token.end()
        return shape + re.escape(self.text[end:])

    def series(self, *, year: int, term: int | str = "", kind: str = "", org: str = "") -> str:
        """Return the key of the counter that gives the running number."""
        values = {"year": str(year), "term": str(term), "kind": kind, "org": org}
        return ":".join([self.scope, *(values[name] for name in Scope(self.scope).counts_by)])


_READS = {
    "ART": ".+?",
    "ORG": ".+?",
    "WP": r"\d{1,4}",
    "WPR": "[IVXLCDM]+",
    "JJJJ": r"\d{4}",
    "JJ": r"\d{2}",
}
# narrower than in a number alone: a text holds telephone numbers and fractions too
_IN_A_TEXT = {
    "ART": r"\w[\w.]{0,15}?",
    "ORG": r"\w[\w.]{0,15}?",
    "WP": r"[1-9]\d?",
    "JJJJ": r"(?:19|20)\d\d",
}
_MEANING = {
    "ART": "das Kürzel der Vorlagenart",
    "ORG": "das Kürzel der Organisationseinheit",
    "WP": "die Wahlperiode",
    "WPR": "die Wahlperiode",
}


def _runs(text: str) -> Iterator[dict[str, str]]:
    """Yield the tokens (and their widths) that stand together with no separator in between."""
    run: dict[str, str] = {}
    end = 0
    for token in _TOKEN.finditer(text):
        if run and _SEPARATES.search(text[end : token.start()]):
            yield run
            run = {}
        run[token[1]] = token[2] or ""
        end = token.end()
    yield run


def objection_to_pattern(text: str, scope: str) -> RuleViolation | None:
    """Refuse a pattern with unknown tokens, or one that could give the same number twice."""
    if scope not in set(Scope):
        return RuleViolation("Diesen Zählkreis gibt es nicht.", field="scope")
    literal = _TOKEN.sub("", text)
    if "{" in literal or "}" in literal:
        return RuleViolation(
            "Erlaubt sind nur {ART}, {ORG}, {WP}, {WPR}, {JJJJ}, {JJ} und {LFD:n} mit n von 1 bis "
            "9.",
            field="text",
        )
    tokens = [(match[1], match[2]) for match in _TOKEN.finditer(text)]
    if [name for name, _ in tokens].count("LFD") != 1:
        return RuleViolation("Das Muster braucht {LFD:n} genau einmal.", field="text")
    if any(width for name, width in tokens if name != "LFD"):
        return RuleViolation("Nur {LFD:n} hat eine Stellenzahl.", field="text")
    if _PLACEHOLDER.search(_TOKEN.sub("9", text)):
        return RuleViolation(
            "Eine 0 für sich allein steht im Muster für einen Entwurf; bitte anders schreiben.",
            field="text",
        )
    printed = {name for name, _ in tokens}
    missing = [
        f"{{{_PRINTS[what][0]}}}"
        for what in Scope(scope).counts_by
        if not printed.intersection(_PRINTS[what])
    ]
    if missing:
        return RuleViolation(
            f"Mit diesem Zählkreis braucht das Muster {' und '.join(missing)}; sonst gäbe es "
            "Nummern doppelt.",
            field="text",
        )
    return _objection_to_glue(text)


def _objection_to_glue(text: str) -> RuleViolation | None:
    for run in _runs(text):
        loose = [name for name in run if name in _OF_ANY_LENGTH]
        if len(loose) > 1:
            return RuleViolation(
                f"Zwischen {{{loose[0]}}} und {{{loose[1]}}} muss ein Trennzeichen stehen.",
                field="text",
            )
        if loose and run.get("LFD") == "":
            return RuleViolation(
                f"Zwischen {{{loose[0]}}} und {{LFD}} muss ein Trennzeichen stehen; ohne "
                "Trennzeichen braucht {LFD:n} eine feste Stellenzahl.",
                field="text",
            )
    return None


def objection_to_prefixes(scope: str, prefixes: Sequence[str]) -> RuleViolation | None:
    """Refuse to count each kind for itself where two kinds print the same prefix."""
    twice = sorted({prefix for prefix in prefixes if prefixes.count(prefix) > 1})
    if "kind" in Scope(scope).counts_by and twice:
        return RuleViolation(
            f"Das Kürzel {twice[0]} steht für mehr als eine Vorlagenart; wer je Vorlagenart zählt, "
            "braucht für jede ein eigenes.",
            field="scope",
        )
    return None


def is_placeholder(text: str) -> bool:
    """Say whether what looks like a number is the placeholder of a draft."""
    return bool(_PLACEHOLDER.search(text))


def objection_to_number(text: str, taken: bool) -> RuleViolation | None:
    """Refuse a number that is empty, a draft's placeholder, or in use; numbers are never reused."""
    if not text.strip():
        return RuleViolation("Bitte geben Sie eine Nummer an.", field="number")
    if "{" in text or "}" in text or _PLACEHOLDER.search(text):
        return RuleViolation(f"„{text}“ ist noch ein Platzhalter, keine Nummer.", field="number")
    if taken:
        return RuleViolation(f"Die Nummer „{text}“ ist schon vergeben.", field="number")
    return None


def series_parts(series: str) -> dict[str, str] | None:
    """Return what the key of a counter counts by, e.g. kind and year; None where it is no key."""
    scope, _, rest = series.partition(":")
    if scope not in set(Scope):
        return None
    names = Scope(scope).counts_by
    # an office stands first, and its short name may hold the divider
    values = rest.rsplit(":", len(names) - 1) if len(names) > 1 else [rest] * len(names)
    return dict(zip(names, values, strict=True)) if len(values) == len(names) else None


def series_words(series: str) -> str:
    """Return the key of a counter in words: "Jahr 2018", "11. Wahlperiode", "Antrag 2022"."""
    parts = series_parts(series)
    if parts is None:
        return series
    if list(parts) == ["year"]:
        return f"Jahr {parts['year']}"
    words = {
        "kind": lambda value: str(ProposalKind(value).label),
        "term": lambda value: f"{value}. Wahlperiode",
    }
    said = [words.get(name, str)(value) for name, value in parts.items()]
    return " ".join(said) or "fortlaufend"


def objection_to_next(following: int, highest: int | None, taken: str = "") -> RuleViolation | None:
    """Refuse a counter that would give a number again; `highest` is the last one in use."""
    if following < 1:
        return RuleViolation("Die laufende Nummer beginnt bei 1.", field="next")
    if highest is not None and following <= highest:
        return RuleViolation(
            f"Die Nummer {taken} ist schon vergeben; die nächste laufende Nummer ist mindestens "
            f"{highest + 1}.",
            field="next",
        )
    return None


def objection_to_renumbering(present: str) -> RuleViolation | None:
    """Refuse another number for a paper that has one: it is issued once (practice.md 1.14)."""
    if present:
        return RuleViolation(
            f"Die Vorlage hat schon die Nummer {present}; sie wird nicht mehr geändert.",
            field="number",
        )
    return None
