"""Money in German sentences: "jährlich 96.000 €", "20.000,00 Euro", "rd. 33.000 €"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .costs import CostKind, CostLine, Qualifier, Rhythm, euro

_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f ]\d{3})+|\d{1,12}"
_SPACE = r"[\u00a0\u202f ]"
_BEHIND = (
    rf"(?<![\d.,])(?P<number>{_NUMBER})(?:,(?P<cents>\d{{1,2}}))?(?:,-{{1,2}}|,–|\.--)?"
    rf"{_SPACE}*(?P<scale>(?:Tsd|Mio|Mrd)\b\.?|T(?=€|EUR|{_SPACE}))?{_SPACE}*(?:€|Euro\b|EUR\b)"
)
_AHEAD = rf"(?:€|\bEUR){_SPACE}?(?P<ahead>{_NUMBER})(?:,(?P<ahead_cents>\d{{1,2}}))?"
_AMOUNT = re.compile(f"{_BEHIND}|{_AHEAD}", re.IGNORECASE)
_SHORT = re.compile(r"\b(rd|ca|max|mind|p|a|zzgl|inkl|ggf|bzw)\.", re.IGNORECASE)
_SCALES = {"t": 1000, "tsd": 1000, "mio": 10**6, "mrd": 10**9}
_BEFORE: tuple[tuple[Qualifier, str], ...] = (
    (Qualifier.UP_TO, r"\bbis(?: zu)?|maximal|höchstens|\bmax\.?"),
    (Qualifier.AT_LEAST, r"mindestens|wenigstens|\bmind\.?"),
    (Qualifier.ABOUT, r"\brd\.?|\brund|\bca\.?|circa|etwa|ungefähr|voraussichtlich"),
)
_YEARLY = r"jährlich\w*|pro Jahr|im Jahr|je Jahr|per annum|p\.?\s?a\b\.?"
_MONTHLY = r"monatlich\w*|pro Monat|im Monat|je Monat"
_SAID_BEFORE = re.compile(
    rf"(?:(?P<yearly>{_YEARLY})|(?P<monthly>{_MONTHLY}))(?:[\s\u00a0]+[^\s\d]+){{0,3}}[\s\u00a0]*$",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    rf"[\s\u00a0]*(?:/[\s\u00a0]*(?P<a_year>Jahr|a\b)|/[\s\u00a0]*(?P<a_month>Monat)"
    rf"|(?:[^\s\d]+[\s\u00a0]+){{0,1}}(?:(?P<yearly>{_YEARLY})|(?P<monthly>{_MONTHLY})))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[a-zäöüß)])[.;:!?](?=\s)|\n")
_NOTHING = re.compile(
    r"(keine?r?|nicht vorhanden|entfällt|entfallen|0(,00)?[\s\u00a0]*(€|euro|eur)?|-+|–|./.)\.?",
    re.IGNORECASE,
)
_BEFORE_WINDOW, _AFTER_WINDOW = 60, 30


@dataclass(frozen=True)
class NamedAmount:
    """An amount as a text names it, with the words that belong to it."""

    amount: Decimal
    qualifier: Qualifier = Qualifier.EXACT
    rhythm: Rhythm = Rhythm.ONCE

    @property
    def yearly(self) -> Decimal:
        """Return what falls due in a year."""
        return self.amount * 12 if self.rhythm == Rhythm.MONTHLY else self.amount

    @property
    def words(self) -> str:
        """Return it as a note writes it: "jährlich rd. 33.000 €"."""
        rhythm = "" if self.rhythm == Rhythm.ONCE else self.rhythm.label
        return " ".join(filter(None, [rhythm, self.qualifier.label, euro(self.amount)]))


def amounts_in(text: str) -> list[NamedAmount]:
    """Return the amounts in euros that a text names, in its order; other figures are none."""
    return [_named(text, found) for found in _AMOUNT.finditer(text)]


def says_nothing(words: str) -> bool:
    """Answer whether a box says that there is nothing: "keine", "0 €", "entfällt"."""
    return bool(_NOTHING.fullmatch(words.strip()))


def only_amount(words: str) -> NamedAmount | None:
    """Return the amount where a box holds nothing else: "12.000", "rd. 33.000 € jährlich"."""
    typed = words.strip()
    if re.fullmatch(rf"(?:{_NUMBER})(?:,\d{{1,2}})?", typed):
        typed = f"{typed} €"
    found = amounts_in(typed)
    if len(found) != 1:
        return None
    firm = "|".join(said for _, said in _BEFORE)
    rest = re.sub(
        rf"{firm}|{_YEARLY}|{_MONTHLY}|/\s*(?:Jahr|Monat|a)", "", typed, flags=re.IGNORECASE
    )
    left = _AMOUNT.sub("", rest).strip(" \u00a0,")
    return None if left else found[0]


def read_box(
    words: str, year: int | None = None, *, name: str = CostKind.EXPENSE.label
) -> list[CostLine]:
    """Return the cost positions in the box `name` of the form.

    "Personalkosten für eine Stelle + 10.000 €" is one without a figure and one of 10.000 €.
    """
    lines = []
    for part in filter(None, map(str.strip, re.split(r"\s\+\s", words))):
        amount = only_amount(part)
        if amount is None:
            lines.append(CostLine(part, None, year=year))
            continue
        recurs = amount.rhythm != Rhythm.ONCE
        lines.append(
            CostLine(
                name,
                amount.amount,
                amount.qualifier,
                recurring=recurs,
                monthly=amount.rhythm == Rhythm.MONTHLY,
                year=year,
            )
        )
    return lines


def _named(text: str, found: re.Match[str]) -> NamedAmount:
    number = re.sub(r"\D", "", found["number"] or found["ahead"])
    amount = Decimal(f"{number}.{found['cents'] or found['ahead_cents'] or '0'}")
    if found["scale"]:
        amount *= _SCALES[found["scale"].lower().rstrip(".")]
    before = text[max(0, found.start() - _BEFORE_WINDOW) : found.start()]
    before = _SENTENCE_END.split(_SHORT.sub(r"\1", before))[-1]
    after = text[found.end() : found.end() + _AFTER_WINDOW]
    return NamedAmount(amount, _qualifier(before), _rhythm(before, after))


def _qualifier(before: str) -> Qualifier:
    for qualifier, said in _BEFORE:
        if re.search(rf"(?:{said})[\s\u00a0]*$", before, re.IGNORECASE):
            return qualifier
    return Qualifier.EXACT


def _rhythm(before: str, after: str) -> Rhythm:
    later = _SAID_AFTER.match(after)
    earlier = _SAID_BEFORE.search(before)
    said = [found.groupdict() for found in (later, earlier) if found]
    for words in said:
        if words.get("yearly") or words.get("a_year"):
            return Rhythm.YEARLY
        if words.get("monthly") or words.get("a_month"):
            return Rhythm.MONTHLY
    return Rhythm.ONCE
