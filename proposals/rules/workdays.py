"""Arbeitstage: which days a house works on, and how its deadlines are counted.

Counted are Monday to Friday without the public holidays of the Land and the house's own closed
days. Heiligabend and Silvester are no public holidays, nor is Mariä Himmelfahrt where it depends on
the town (Bayern): a house that closes on such days says so with a closed day.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import holidays

_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=256)
def public_holidays(land: str, year: int) -> Mapping[date, str]:
    """Return the public holidays of a Land in a year with their German names, in their order."""
    found = holidays.country_holidays("DE", subdiv=str(land), years=year, language="de")
    return MappingProxyType(dict(sorted(found.items())))


def working_day(on: date, land: str, closed: Collection[date] = ()) -> bool:
    """Say whether the house works on a day; `closed` are the house's own closed days."""
    return on.weekday() < _SATURDAY and on not in closed and on not in _holidays(land, on)


def add_working_days(start: date, days: int, land: str, closed: Collection[date] = ()) -> date:
    """Return the end of a deadline of some working days that begins to run after `start`.

    It never ends on a closed day: with no days it ends on the first working day from `start` on.
    """
    day = start if days else _nearest(start, _DAY, land, closed)
    for _ in range(days):
        day = _nearest(day + _DAY, _DAY, land, closed)
    return day


def working_days_before(day: date, days: int, land: str, closed: Collection[date] = ()) -> date:
    """Return the latest working day on which a deadline may begin that is to end by `day`."""
    day = _nearest(day, -_DAY, land, closed)
    for _ in range(days):
        day = _nearest(day - _DAY, -_DAY, land, closed)
    return day


def why_closed(on: date, land: str, closed: Mapping[date, str]) -> str:
    """Return the name of the public holiday or closed day; "" for a working day or a weekend."""
    return _holidays(land, on).get(on) or closed.get(on, "")


def _nearest(day: date, step: timedelta, land: str, closed: Collection[date]) -> date:
    while not working_day(day, land, closed):
        day += step
    return day


def _holidays(land: str, on: date) -> Mapping[date, str]:
    return public_holidays(land, on.year)
