"""Numbers are issued once, from the house's counter, and never reused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    Municipality,
    NumberAt,
    NumberCounter,
    Office,
    Proposal,
    User,
)
from ..models.relations import supplemented
from ..rules.errors import RuleViolation
from ..rules.numbering import (
    Scope,
    objection_to_next,
    objection_to_number,
    objection_to_pattern,
    objection_to_prefixes,
)
from ..rules.suffixes import objection_to_suffix_pattern
from ..rules.words import ProposalKind
from .common import changed, refuse_on, require
from .suffixes import is_reissue, lock_house, number_behind


@dataclass(frozen=True)
class PatternAnswer:
    """How the house numbers from now on: pattern, scope, moment, and what supplements carry."""

    text: str
    scope: Scope
    number_at: NumberAt
    suffix: str


@dataclass(frozen=True)
class CounterAnswer:
    """The number that a series goes on with, e.g. after another program in mid-year."""

    series: str
    following: int


def issue_number(proposal: Proposal, on: date) -> str:
    """Draw the next free number of the proposal's series; inside an event, proposal locked.

    A number that was typed in by hand is stepped over. What supplements a numbered paper gets the
    next number behind that one's instead.
    """
    base = supplemented(proposal)
    if base is not None and base.number:
        return number_behind(base)
    house = proposal.municipality
    pattern = house.pattern
    term = proposal.term.number if proposal.term else 0
    org = proposal.lead_office.number
    series = pattern.series(year=on.year, term=term, kind=proposal.kind, org=org)
    counter = _lock_counter(house, series)
    while True:
        number = pattern.format(
            art=house.prefix(proposal.kind),
            org=org,
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
    lock_house(house)
    counter = NumberCounter.objects.filter(municipality=house, series=series).first()
    return counter or NumberCounter.objects.create(municipality=house, series=series)


def _is_taken(house: Municipality, number: str, but: Proposal | None = None) -> bool:
    rows = Proposal.everything.filter(municipality=house, number=number)
    return (rows.exclude(pk=but.pk) if but else rows).exists() or is_reissue(house, number)


def refuse_taken_number(house: Municipality, number: str, but: Proposal | None = None) -> None:
    """Raise RuleViolation where a typed number cannot be one or is another proposal's.

    The house's row is locked: of two people who type the same number at once, one is told.
    """
    lock_house(house)
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
    if parts is None:
        return None
    by = Scope(pattern.scope).counts_by
    if "kind" in by and parts.art != house.prefix(kind):
        return None
    series = pattern.series(year=parts.year or 0, term=parts.term or 0, kind=kind, org=parts.org)
    return series, parts.running


def set_pattern(*, actor: User, municipality: Municipality, answer: PatternAnswer) -> Municipality:
    """Change how the house numbers from now on; what has a number keeps it."""
    with event(actor, Act.PATTERN_SET, municipality):
        require(
            policies.can_set_pattern(actor, municipality.pk),
            "Das Nummernmuster ändert die Verwaltung der Stammdaten.",
        )
        lock_house(municipality)
        house = Municipality.objects.get(pk=municipality.pk)
        refuse_on(objection_to_pattern(answer.text, answer.scope))
        refuse_on(objection_to_suffix_pattern(answer.suffix))
        prefixes = [house.prefix(kind) for kind in ProposalKind]
        refuse_on(objection_to_prefixes(answer.scope, prefixes))
        refuse_on(_objection_to_gaps(house, answer.text))

        changed(
            house,
            number_pattern=answer.text,
            number_scope=answer.scope,
            number_at=answer.number_at,
            suffix_pattern=answer.suffix,
        )
    return house


def _objection_to_gaps(house: Municipality, text: str) -> RuleViolation | None:
    """Refuse a pattern that asks for what the master data lack: nobody could release then."""
    unnumbered = Office.objects.filter(municipality=house, number="").order_by("pk").first()
    if "{ORG}" in text and unnumbered is not None:
        return RuleViolation(
            f"„{unnumbered.name}“ hat keine Ordnungsnummer; mit {{ORG}} bekämen Vorlagen von dort "
            "keine Nummer.",
            field="text",
        )
    if "{WP" in text and not house.term_number(timezone.localdate()):
        return RuleViolation(
            "Für heute ist keine Wahlperiode eingetragen; ohne sie gibt es keine Nummer.",
            field="text",
        )
    return None


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
    term = house.term_number(on)
    by = Scope(pattern.scope).counts_by
    kinds = [kind.value for kind in ProposalKind] if "kind" in by else [""]
    orgs: Iterable[str] = [""]
    if "org" in by:
        orgs = (
            Office.objects.filter(municipality=house)
            .order_by("pk")
            .values_list("number", flat=True)
        )
    today = [
        pattern.series(year=on.year, term=term, kind=kind, org=org)
        for org in orgs
        for kind in kinds
    ]
    begun = NumberCounter.objects.filter(municipality=house).order_by("series")
    of_pattern = [
        key for key in begun.values_list("series", flat=True) if key.split(":")[0] == pattern.scope
    ]
    return list(dict.fromkeys([*today, *of_pattern]))


def highest_in_use(house: Municipality, series: str) -> tuple[int, str] | None:
    """Return the highest running number in use in a series, with its number; None for none."""
    rows = Proposal.everything.filter(municipality=house, number__isnull=False)
    used = []
    for number, kind in rows.values_list("number", "kind"):
        place = _place(house, number or "", kind)
        if place is not None and place[0] == series:
            used.append((place[1], number or ""))
    return max(used, default=None)
