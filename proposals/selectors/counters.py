"""How a house numbers, and where its numbers go on: no secrets, for whoever may set them."""

from dataclasses import dataclass
from datetime import date

from ..models import Municipality, NumberAt, NumberCounter, Office
from ..rules.errors import RuleViolation
from ..rules.numbering import Scope, series_parts, series_words
from ..rules.words import ProposalKind


@dataclass(frozen=True)
class Numbering:
    """How a house numbers, in words, with an example of today."""

    pattern: str
    scope: str
    moment: str
    suffix: str
    example: str
    supplement: str


@dataclass(frozen=True)
class Counter:
    """One series: in words, its next running number, and how the next number would look."""

    words: str
    following: int
    example: str


def numbering_of(house: Municipality, on: date) -> Numbering:
    """Return how a house numbers; its example is a Beschlussvorlage of the first office."""
    term = house.term_number(on)
    office = Office.objects.filter(municipality=house).exclude(number="").order_by("pk").first()
    org = office.number if office else ""
    kind = ProposalKind.BESCHLUSSVORLAGE.value
    series = house.pattern.series(year=on.year, term=term, kind=kind, org=org)
    row = NumberCounter.objects.filter(municipality=house, series=series).first()
    example = _example(house, series, row.next if row else 1, on, term, org)
    return Numbering(
        pattern=house.number_pattern,
        scope=Scope(house.number_scope).label,
        moment=NumberAt(house.number_at).label,
        suffix=house.suffix.text,
        example=example,
        supplement=house.suffix.of(example, 1) if example else "",
    )


def counters_of(house: Municipality, on: date) -> list[Counter]:
    """Return the series a house has begun to count in, the last begun first."""
    term = house.term_number(on)
    rows = NumberCounter.objects.filter(municipality=house).order_by("-pk")
    return [
        Counter(
            series_words(row.series), row.next, _example(house, row.series, row.next, on, term, "…")
        )
        for row in rows
    ]


def _example(
    house: Municipality, series: str, following: int, on: date, term: int, org: str
) -> str:
    """Return the next number of a series; "" where it is of an earlier pattern or full."""
    parts = series_parts(series)
    if parts is None or series.split(":", maxsplit=1)[0] != house.number_scope:
        return ""
    try:
        return house.pattern.format(
            art=house.prefix(parts.get("kind", ProposalKind.BESCHLUSSVORLAGE)),
            org=parts.get("org", org),
            term=parts.get("term", term),
            year=int(parts.get("year", on.year)),
            running=following,
        )
    except (RuleViolation, ValueError):
        return ""
