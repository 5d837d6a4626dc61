"""Laufende Vorlage: what must fit when a paper is entered that another program began."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .consultation import UNTREATED, Outcome
from .errors import RuleViolation

# what ends the round in the committees: the paper that runs is the one after it
_ENDS = (Outcome.RETURNED, Outcome.WITHDRAWN)


@dataclass(frozen=True)
class EarlierFacts:
    """An earlier treatment: which body, when; `outcome` None follows from the count."""

    committee: str
    held_on: dt.date
    outcome: Outcome | None


def objection_to_taking_over(
    released_on: dt.date,
    form_checked_on: dt.date,
    today: dt.date,
    earlier: Sequence[EarlierFacts],
    stations: int,
) -> RuleViolation | None:
    """Name the first date or result that cannot be; `stations` counts all, also the open ones."""
    if form_checked_on > today:
        return RuleViolation("Dieser Tag liegt noch in der Zukunft.", field="form_checked_on")
    if form_checked_on < released_on:
        return RuleViolation(
            "Die Formprüfung kann nicht vor der Freigabe liegen.", field="form_checked_on"
        )
    if not stations:
        return RuleViolation(
            "Bitte mindestens ein Gremium in die Beratungsfolge aufnehmen.", field="route"
        )
    objections = (_objection_to_earlier(one, released_on, today) for one in earlier)
    return next((found for found in objections if found is not None), None)


def _objection_to_earlier(
    one: EarlierFacts, released_on: dt.date, today: dt.date
) -> RuleViolation | None:
    day = f"{one.held_on:%d.%m.%Y}"
    if one.held_on > today:
        return RuleViolation(
            f"Die Sitzung von „{one.committee}“ am {day} liegt noch in der Zukunft; ein Ergebnis "
            "gibt es noch nicht.",
            field="route",
        )
    if one.held_on < released_on:
        return RuleViolation(
            f"Die Sitzung von „{one.committee}“ am {day} liegt vor der Freigabe der Vorlage am "
            f"{released_on:%d.%m.%Y}.",
            field="route",
        )
    if one.outcome in _ENDS:
        return RuleViolation(
            f"„{one.outcome.label}“ ({one.committee}, {day}) hat den Beratungsgang beendet. "
            "Übernommen wird die Vorlage, wie sie danach neu vorgelegt wurde.",
            field="route",
        )
    if one.outcome in UNTREATED:
        return RuleViolation(
            f"„{one.outcome.label}“ ({one.committee}, {day}) ist kein Ergebnis, das übernommen "
            "werden könnte.",
            field="route",
        )
    return None
