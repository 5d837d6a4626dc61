"""Where the numbers of a house go on: no secrets, for whoever may set them."""

from dataclasses import dataclass
from datetime import date

from ..models import LegislativeTerm, Municipality, NumberCounter
from ..rules.errors import RuleViolation
from ..rules.numbering import series_words
from ..rules.words import ProposalKind


@dataclass(frozen=True)
class Counter:
    """One series: in words, its next running number, and how the next number would look."""

    words: str
    following: int
    example: str


def counters_of(house: Municipality, on: date) -> list[Counter]:
    """Return the series a house has begun to count in, the last begun first."""
    terms = LegislativeTerm.objects.filter(municipality=house, starts_on__lte=on)
    term = terms.order_by("-starts_on").values_list("number", flat=True).first()
    rows = NumberCounter.objects.filter(municipality=house).order_by("-pk")
    return [
        Counter(series_words(row.series), row.next, _example(house, row, on, term or 0))
        for row in rows
    ]


def _example(house: Municipality, row: NumberCounter, on: date, term: int) -> str:
    """Return the next number of a series, with a stand-in for the office; "" where none fits."""
    scope, _, rest = row.series.partition(":")
    parts = rest.split(":")
    kind = parts[0] if scope == "kind_year" else ProposalKind.BESCHLUSSVORLAGE.value
    year = parts[-1] if scope in ("year", "kind_year") else str(on.year)
    try:
        return house.pattern.format(
            art=house.prefix(kind),
            org="…",
            term=int(rest) if scope == "term" else term,
            year=int(year),
            running=row.next,
        )
    except (RuleViolation, ValueError):
        return ""
