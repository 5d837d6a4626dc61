"""Stellen: shares of a full post, hours beside them, and what a post costs in a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .costs import CostLine, Qualifier, Total, objection_to_amount, objection_to_years, total_of
from .errors import RuleViolation
from .words import Labelled

FULL_HOURS = Decimal(39)  # TVöD; civil servants have 40 or 41
_SHARE, _CENT, _HOURS = Decimal("0.001"), Decimal("0.01"), Decimal("0.01")


class PositionSource(Labelled):
    """Who pays for a post."""

    ESTABLISHMENT = "establishment", "Stellenplan"
    SECONDED = "seconded", "abgeordnet"
    EXTERNAL = "external", "externer Dienstleister"
    THIRD_PARTY = "third_party", "Drittmittel"


class PostNote(Labelled):
    """Vermerk on a post in the establishment plan."""

    NONE = "", "ohne"
    KW = "kw", "kw (künftig wegfallend)"
    KU = "ku", "ku (künftig umzuwandeln)"
    BLOCKED = "blocked", "Sperrvermerk"


@dataclass(frozen=True)
class PostLine:
    """A post; `yearly_cost` None where nobody knows it, `hours` of `full_hours` in a week."""

    text: str
    share: Decimal
    source: PositionSource = PositionSource.ESTABLISHMENT
    hours: Decimal | None = None
    full_hours: Decimal | None = None
    limited_until: date | None = None
    yearly_cost: Decimal | None = None
    filled_from: date | None = None
    plan_year: int | None = None

    @property
    def costs_nothing(self) -> bool:
        """Say whether somebody else pays: a seconded post costs the house nothing."""
        return self.source == PositionSource.SECONDED

    @property
    def is_permanent(self) -> bool:
        """Say whether the post stays in the establishment plan."""
        return self.source == PositionSource.ESTABLISHMENT and self.limited_until is None

    @property
    def is_additional(self) -> bool:
        """Say whether it is shown apart: paid from elsewhere, or for a time only."""
        elsewhere = self.source in (PositionSource.EXTERNAL, PositionSource.THIRD_PARTY)
        return elsewhere or self.limited_until is not None

    @property
    def from_year(self) -> int | None:
        """Return the budget year it begins in, where one is known."""
        return self.filled_from.year if self.filled_from else self.plan_year


def staff_total(shares: Iterable[Decimal]) -> Decimal:
    """Add shares of posts: 2 + 2 + 1 + 0,5 are 5,5."""
    return sum(shares, Decimal(0))


def shares_words(share: Decimal) -> str:
    """Return a share of posts as people write it: "5,5", "0,43", "2"."""
    text = f"{share:.3f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def split_posts(posts: Sequence[PostLine]) -> tuple[list[PostLine], list[PostLine]]:
    """Return the posts that make the total, and those that come on top (KommAn-NRW).

    Where every post is an additional one they are what the paper is about: none stands apart.
    """
    additional = [post for post in posts if post.is_additional]
    if len(additional) == len(posts):
        return list(posts), []
    return [post for post in posts if not post.is_additional], additional


def staff_words(posts: Sequence[PostLine]) -> str:
    """Return the total in words: "5,5 (davon 2 abgeordnet), zusätzlich 1,5"."""
    main, additional = split_posts(posts)
    words = shares_words(staff_total(post.share for post in main))
    seconded = staff_total(post.share for post in main if post.costs_nothing)
    if seconded:
        words += f" (davon {shares_words(seconded)} {PositionSource.SECONDED.label})"
    if additional:
        words += f", zusätzlich {shares_words(staff_total(post.share for post in additional))}"
    return words


def share_of(hours: Decimal, full_hours: Decimal) -> Decimal:
    """Return the share of a full post: 19,5 of 39 hours are 0,5."""
    return (hours / full_hours).quantize(_SHARE, ROUND_HALF_UP)


def hours_of(share: Decimal, full_hours: Decimal) -> Decimal:
    """Return the hours in a week of a share: half of 39 is 19,5."""
    return (share * full_hours).quantize(_HOURS, ROUND_HALF_UP)


def fits_hours(post: PostLine) -> bool:
    """Answer whether share and hours say the same, as exactly as a share is written."""
    if post.hours is None:
        return True
    full = post.full_hours or FULL_HOURS
    return abs(share_of(post.hours, full) - post.share) <= Decimal("0.005")


def cost_by_rate(share: Decimal, rate: Decimal) -> Decimal:
    """Return what a share of a post costs in a year by the average of its grade, to the cent."""
    return (share * rate).quantize(_CENT, ROUND_HALF_UP)


def personnel_total(posts: Iterable[PostLine]) -> Total:
    """Return what the posts cost in a year; seconded ones cost nothing, an unknown one is open."""
    return total_of((post.yearly_cost, Qualifier.EXACT) for post in posts if not post.costs_nothing)


def personnel_lines(posts: Iterable[PostLine], lines: Iterable[CostLine]) -> list[CostLine]:
    """Return the posts as cost positions where no cost position stands for them already.

    A service provider is paid by the cost position that says so; without a figure of its own
    it is no line.
    """
    if any(line.speaks_of_posts for line in lines):
        return []
    return [
        CostLine(
            f"Personalkosten: {post.text}",
            post.yearly_cost,
            recurring=True,
            year=post.from_year,
            until=post.limited_until.year if post.limited_until else None,
        )
        for post in posts
        if not post.costs_nothing
        and (post.yearly_cost is not None or post.source != PositionSource.EXTERNAL)
    ]


def objection_to_post(post: PostLine) -> RuleViolation | None:
    """Refuse what can never be right: no share, no week of work, a cost of what costs nothing."""
    objection = objection_to_share(post.share)
    for field in ("hours", "full_hours"):
        given = getattr(post, field)
        if given is not None and not 0 < given <= 168:
            objection = objection or RuleViolation(
                "Bitte die Stunden je Woche prüfen.", field=field
            )
    objection = objection or objection_to_amount(post.yearly_cost, "yearly_cost")
    if post.costs_nothing and post.yearly_cost:
        objection = objection or RuleViolation(
            "Eine abgeordnete Stelle kostet die Kommune nichts. Bitte lassen Sie die Kosten leer, "
            "oder wählen Sie eine andere Finanzierung.",
            field="yearly_cost",
        )
    first, last = post.from_year, post.limited_until.year if post.limited_until else None
    return objection or objection_to_years(first, last)


def objection_to_share(share: Decimal) -> RuleViolation | None:
    """Refuse a post without a share of a full one, and one of more than ten thousand."""
    if not 0 < share < 10_000:
        return RuleViolation("Ein Stellenanteil muss größer als 0 sein.", field="share")
    return None
