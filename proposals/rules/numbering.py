"""Vorlagennummer: the house's pattern, and the series that its running number counts in."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from .errors import RuleViolation
from .words import ProposalKind

SCOPES = ("year", "term", "kind_year", "all")

_TOKEN = re.compile(r"\{(ART|ORG|WP|JJJJ|LFD)(?::([1-9]))?\}")
_NEEDED: dict[str, tuple[str, ...]] = {
    "year": ("JJJJ",),
    "term": ("WP",),
    "kind_year": ("ART", "JJJJ"),
    "all": (),
}
# A running number glued to one of these could be read two ways: term 1 number 11, term 11 number 1.
_RUNS_INTO = ("WP", "ORG")
_PLACEHOLDER = re.compile(r"(?<!\d)0+(?!\d)")


@dataclass(frozen=True)
class NumberParts:
    """What a number says; None where its pattern does not print it."""

    running: int
    year: int | None
    term: int | None
    art: str


@dataclass(frozen=True)
class NumberPattern:
    """A house's number pattern, such as `{ART} {JJJJ}/{ORG}/{LFD:4}`, and its scope of SCOPES.

    Tokens: ART prefix of the kind, ORG office, WP Wahlperiode, JJJJ year, LFD running number with
    at least n digits. Make one with `parse`; it refuses patterns that could give a number twice.
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

        A running number begins at 1: 000 is the placeholder of a draft and is never issued.
        """
        if running < 1:
            raise RuleViolation("Die laufende Nummer beginnt bei 1.")
        values = {"ART": art, "ORG": org, "WP": str(term or ""), "JJJJ": f"{year:04}"}

        def fill(match: re.Match[str]) -> str:
            name, width = match.groups()
            if name == "LFD":
                return f"{running:0{width or 1}}"
            if not values[name]:
                raise RuleViolation(f"Für die Nummer fehlt {_MEANING[name]}.")
            return values[name]

        return _TOKEN.sub(fill, self.text)

    def read(self, number: str) -> "NumberParts | None":
        """Return what a number says that looks like one of this pattern; None for any other."""
        found = re.fullmatch(_readable(self.text), number)
        if found is None:
            return None
        said = found.groupdict(default="")
        return NumberParts(
            running=int(said["LFD"]),
            year=int(said["JJJJ"]) if said.get("JJJJ") else None,
            term=int(said["WP"]) if said.get("WP") else None,
            art=said.get("ART", ""),
        )

    def series(self, *, year: int, term: int | str = "", kind: str = "") -> str:
        """Return the key of the counter that gives the running number."""
        keys = {
            "year": f"year:{year}",
            "term": f"term:{term}",
            "kind_year": f"kind_year:{kind}:{year}",
            "all": "all",
        }
        return keys[self.scope]


def _readable(text: str) -> str:
    """Return the regular expression that reads what a pattern has printed."""
    shape, end = "", 0
    for token in _TOKEN.finditer(text):
        name, width = token.groups()
        shape += re.escape(text[end : token.start()])
        said = {"LFD": rf"\d{{{width or 1},9}}", "WP": r"\d{1,4}", "JJJJ": r"\d{4}"}
        group = f"(?P<{name}>"
        shape += f"(?P={name})" if group in shape else f"{group}{said.get(name, '.+?')})"
        end = token.end()
    return shape + re.escape(text[end:])


_MEANING = {
    "ART": "das Kürzel der Vorlagenart",
    "ORG": "das Kürzel der Organisationseinheit",
    "WP": "die Wahlperiode",
}


def objection_to_pattern(text: str, scope: str) -> RuleViolation | None:
    """Refuse a pattern with unknown tokens, or one that could give the same number twice."""
    if scope not in SCOPES:
        return RuleViolation("Diesen Zählkreis gibt es nicht.", field="scope")
    literal = _TOKEN.sub("", text)
    if "{" in literal or "}" in literal:
        return RuleViolation(
            "Erlaubt sind nur {ART}, {ORG}, {WP}, {JJJJ} und {LFD:n} mit n von 1 bis 9.",
            field="text",
        )
    tokens = [(match[1], match[2], match.span()) for match in _TOKEN.finditer(text)]
    if [name for name, *_ in tokens].count("LFD") != 1:
        return RuleViolation("Das Muster braucht {LFD:n} genau einmal.", field="text")
    if any(width for name, width, _ in tokens if name != "LFD"):
        return RuleViolation("Nur {LFD:n} hat eine Stellenzahl.", field="text")
    missing = [need for need in _NEEDED[scope] if need not in {t[0] for t in tokens}]
    if missing:
        names = " und ".join(f"{{{need}}}" for need in missing)
        return RuleViolation(
            f"Mit diesem Zählkreis braucht das Muster {names}; sonst gäbe es Nummern doppelt.",
            field="text",
        )
    for (left, _, (_, end)), (right, _, (start, _)) in pairwise(tokens):
        if end == start and "LFD" in (left, right) and {left, right} & set(_RUNS_INTO):
            return RuleViolation(
                f"Zwischen {{{left}}} und {{{right}}} muss ein Trennzeichen stehen.", field="text"
            )
    return None


def objection_to_number(text: str, taken: bool) -> RuleViolation | None:
    """Refuse a number that is empty, a draft's placeholder, or in use; numbers are never reused."""
    if not text.strip():
        return RuleViolation("Bitte geben Sie eine Nummer an.", field="number")
    if "{" in text or "}" in text or _PLACEHOLDER.search(text):
        return RuleViolation(f"„{text}“ ist noch ein Platzhalter, keine Nummer.", field="number")
    if taken:
        return RuleViolation(f"Die Nummer „{text}“ ist schon vergeben.", field="number")
    return None


def series_words(series: str) -> str:
    """Return the key of a counter in words: "Jahr 2018", "11. Wahlperiode", "Antrag 2022"."""
    scope, _, rest = series.partition(":")
    if scope == "kind_year":
        kind, _, year = rest.partition(":")
        return f"{ProposalKind(kind).label} {year}"
    words = {"year": f"Jahr {rest}", "term": f"{rest}. Wahlperiode", "all": "fortlaufend"}
    return words.get(scope, series)


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
