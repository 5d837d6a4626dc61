"""Zusatz: the number of a paper that belongs to an earlier one (domain.md 4.6)."""

import re
from dataclasses import dataclass
from typing import Self

from .errors import RuleViolation

DEFAULT = "-{n}"

_TOKEN = re.compile(r"\{n(?::([1-9]))?\}")
_LEVELS = 2


@dataclass(frozen=True)
class SuffixPattern:
    """How a house marks what belongs to an earlier paper.

    `-{n}`, `/{n}`, `-E{n}` and ` {n}. Ergänzung` are in use, and
    `-{n:2}|-{n:2}` with at least two figures and, behind the |, a second level: what supplements
    the supplement -02 is -02-01; with one level it counts on. Make one with `parse`.
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the pattern ("" for the usual one); raises RuleViolation where it cannot be."""
        pattern = text or DEFAULT
        objection = objection_to_suffix_pattern(pattern)
        if objection:
            raise objection
        return cls(pattern)

    @property
    def levels(self) -> list[str]:
        """Return the piece of each level."""
        return self.text.split("|")

    def of(self, number: str, suffix: int, level: int = 1) -> str:
        """Return a number with its suffix: "SV-9-0667/1"; `level` 2 supplements a supplement."""
        piece = self._piece(level)
        return number + _TOKEN.sub(lambda found: f"{suffix:0{found[1] or 1}}", piece)

    def read(self, number: str, of: str, level: int = 1) -> int | None:
        """Return the suffix of a number that supplements the number `of`; None for any other."""
        head, token, tail = self._split(level)
        shape = rf"{re.escape(of + head)}(\d{{{token or 1},9}}){re.escape(tail)}"
        found = re.fullmatch(shape, number)
        return int(found[1]) if found else None

    def _piece(self, level: int) -> str:
        levels = self.levels
        return levels[min(level, len(levels)) - 1]

    def _split(self, level: int) -> tuple[str, str, str]:
        piece = self._piece(level)
        token = _TOKEN.search(piece)
        assert token is not None
        return piece[: token.start()], token[1] or "", piece[token.end() :]


def objection_to_suffix_pattern(text: str) -> RuleViolation | None:
    """Refuse a pattern without {n}, or whose number would run into the one before it."""
    literal = _TOKEN.sub("", text)
    if "{" in literal or "}" in literal:
        return RuleViolation("Im Zusatz ist nur {n} oder {n:2} erlaubt.", field="suffix")
    pieces = text.split("|")
    if len(pieces) > _LEVELS or any(len(_TOKEN.findall(piece)) != 1 for piece in pieces):
        return RuleViolation(
            "Der Zusatz braucht {n} genau einmal, bei zwei Ebenen auch hinter dem |.",
            field="suffix",
        )
    if any(piece[0].isdigit() or piece[0] == "{" for piece in pieces):
        return RuleViolation(
            "Der Zusatz beginnt mit einem Trennzeichen, sonst liefe er in die Nummer.",
            field="suffix",
        )
    return None
