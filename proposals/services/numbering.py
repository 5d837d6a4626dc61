"""Numbers are issued once, from the house's counter, and never reused."""

from datetime import date

from ..models import Municipality, NumberCounter, Proposal
from ..rules.errors import RuleViolation
from ..rules.numbering import objection_to_number
from .common import refuse_on


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
