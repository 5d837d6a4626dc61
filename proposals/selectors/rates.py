"""Durchschnittssätze: what a full post of a grade costs in a year; no secrets in the house."""

from collections.abc import Sequence

from django.db.models import QuerySet

from ..models import Municipality, PersonnelRate, Proposal


def rates_of(house: Municipality) -> QuerySet[PersonnelRate]:
    """Return the averages of a house, the newest year first."""
    return PersonnelRate.objects.filter(municipality=house).order_by("-year", "grade")


def in_force(rates: Sequence[PersonnelRate]) -> set[int]:
    """Return the keys of those that no newer year of the same grade has replaced."""
    newest: dict[str, PersonnelRate] = {}
    for rate in rates:
        known = newest.get(rate.grade)
        if known is None or known.year < rate.year:
            newest[rate.grade] = rate
    return {rate.pk for rate in newest.values()}


def rates_to_choose(house: Municipality, proposal: Proposal | None = None) -> list[PersonnelRate]:
    """Return the newest average of each grade, and those that the draft is computed with."""
    rates = list(rates_of(house))
    used = set(proposal.positions.values_list("rate", flat=True)) if proposal else set()
    offered = in_force(rates) | used
    return sorted((rate for rate in rates if rate.pk in offered), key=lambda rate: rate.grade)
