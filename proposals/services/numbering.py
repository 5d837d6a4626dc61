"""Numbers are issued once, from the house's counter, and never reused."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import LegislativeTerm, Municipality, NumberCounter, Proposal, User
from ..rules.errors import RuleViolation
from ..rules.numbering import objection_to_next, objection_to_number
from ..rules.words import ProposalKind
from .common import changed, refuse_on, require


@dataclass(frozen=True)
class CounterAnswer:
    """The number that a series goes on with, e.g. after another program in mid-year."""

    series: str
    following: int


def issue_number(proposal: Proposal, on: date) -> str:
    """Draw the next free number of the proposal's series; inside an event, proposal locked.

    A number that was typed in by hand is stepped over.
    """
    house = proposal.municipality
    pattern = house.pattern
    term = proposal.term.number if proposal.term else 0
    series = pattern.series(year=on.year, term=term, kind=proposal.kind)
    counter = _lock_counter(house, series)
    while True:
        number = pattern.format(
            art=house.prefix(proposal.kind),
            org=proposal.lead_office.number,
            term=term,
            year=on.year,
            running=counter.next,
        )
        counter.next += 1
        if not _is_taken(house, number):
            break
    counter.save()
    return number


def _lock_counter(house: Municipality, series: str) -> NumberCounter:
    """Return the counter, behind the house's row: who types a number queues there as well."""
    _lock_house(house)
    counter = NumberCounter.objects.filter(municipality=house, series=series).first()
    return counter or NumberCounter.objects.create(municipality=house, series=series)


def _lock_house(house: Municipality) -> None:
    Municipality.objects.select_for_update(no_key=True).get(pk=house.pk)


def _is_taken(house: Municipality, number: str, but: Proposal | None = None) -> bool:
    rows = Proposal.everything.filter(municipality=house, number=number)
    return (rows.exclude(pk=but.pk) if but else rows).exists()


def refuse_taken_number(house: Municipality, number: str, but: Proposal | None = None) -> None:
    """Raise RuleViolation where a typed number cannot be one or is another proposal's.

    The house's row is locked: of two people who type the same number at once, one is told.
    """
    _lock_house(house)
    objection: RuleViolation | None = objection_to_number(number, _is_taken(house, number, but))
    refuse_on(objection)


def step_over(proposal: Proposal) -> None:
    """Move the counter past a typed number that looks like one of its own; inside an event."""
    house = proposal.municipality
    found = _place(house, proposal.number or "", proposal.kind)
    if found is None:
        return
    series, running = found
    counter = _lock_counter(house, series)
    if counter.next <= running:
        changed(counter, next=running + 1)


def _place(house: Municipality, number: str, kind: str) -> tuple[str, int] | None:
    """Return the series and the running number of a number; None where it is no such number."""
    pattern = house.pattern
    parts = pattern.read(number)
    if parts is None or (pattern.scope == "kind_year" and parts.art != house.prefix(kind)):
        return None
    series = pattern.series(year=parts.year or 0, term=parts.term or 0, kind=kind)
    return series, parts.running


def set_counter(*, actor: User, municipality: Municipality, answer: CounterAnswer) -> NumberCounter:
    """Set the running number that a series goes on with; never back to one that is in use."""
    with event(actor, Act.COUNTER_SET, municipality):
        require(
            policies.can_set_counter(actor, municipality.pk),
            "Nummernkreise setzen der Sitzungsdienst und die Verwaltung der Stammdaten.",
        )
        if answer.series not in series_of(municipality, timezone.localdate()):
            raise RuleViolation("Diesen Nummernkreis gibt es hier nicht.", field="series")
        counter = _lock_counter(municipality, answer.series)
        highest = highest_in_use(municipality, answer.series)
        running, number = highest or (None, "")
        refuse_on(objection_to_next(answer.following, running, number))

        changed(counter, next=answer.following)
    return counter


def series_of(house: Municipality, on: date) -> list[str]:
    """Return the series that a house counts in: those it has begun, and those of a day."""
    pattern = house.pattern
    terms = LegislativeTerm.objects.filter(municipality=house, starts_on__lte=on)
    term = terms.order_by("-starts_on").values_list("number", flat=True).first()
    today = [pattern.series(year=on.year, term=term or 0, kind=kind) for kind in ProposalKind]
    begun = NumberCounter.objects.filter(municipality=house).order_by("series")
    of_pattern = [key for key in begun.values_list("series", flat=True) if _fits(key, today[0])]
    return list(dict.fromkeys([*today, *of_pattern]))


def _fits(series: str, other: str) -> bool:
    return series.partition(":")[0] == other.partition(":")[0]


def highest_in_use(house: Municipality, series: str) -> tuple[int, str] | None:
    """Return the highest running number in use in a series, with its number; None for none."""
    rows = Proposal.everything.filter(municipality=house, number__isnull=False)
    used = []
    for number, kind in rows.values_list("number", "kind"):
        place = _place(house, number or "", kind)
        if place is not None and place[0] == series:
            used.append((place[1], number or ""))
    return max(used, default=None)
