"""Wer mitzeichnet: which requests a hand-in makes, and which earlier signatures hold on.

A signature covers named parts of a version. It holds on in a later round as long as none of them
has changed; a change re-opens exactly the signatures that cover it (issue of the Mitzeichnung,
peers.md 3, rules 1 to 26).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .co_signing import HOLDING, MATTERS, STAGES, Part, Stage, Trigger, Verdict

PARTS = tuple(Part)
# what an office chosen by hand, and the head of an office, answers for
CONTENT = (Part.WORDING, Part.COSTS, Part.POSITIONS, Part.FUNDING)


def triggers_of(content: Mapping[str, Any], matters: Collection[str]) -> frozenset[Trigger]:
    """Return what in a version asks for co-signatures, besides what the draft ticks (`matters`).

    Posts and funding are financial effects too.
    """
    costs = content["costs"]
    told = any(costs.get(name) for name in ("items", "follow_up_words", "income_words"))
    conditions = any(row.get("conditions") for row in content["funding"])
    found = {Trigger.ALWAYS: True}
    found[Trigger.COSTS] = bool(told or content["positions"] or content["funding"])
    found[Trigger.POSITIONS] = bool(content["positions"])
    found[Trigger.NON_PUBLIC] = not content["head"]["public"]
    for matter in MATTERS:
        found[matter] = matter in matters
    found[Trigger.GRANT_CONDITIONS] = conditions
    return frozenset(trigger for trigger, holds in found.items() if holds)


def changed_parts(
    parts: Iterable[str], covered: Mapping[str, str], digests: Mapping[str, str]
) -> tuple[Part, ...]:
    """Return which of the parts are not as they were when somebody signed them, in their order."""
    wanted = set(parts)
    return tuple(
        part for part in PARTS if part in wanted and covered.get(part) != digests.get(part)
    )


@dataclass(frozen=True)
class Asking:
    """A rule of the house: the office that signs for `parts` where `trigger` holds."""

    trigger: Trigger
    office: int
    parts: tuple[Part, ...]
    days: int | None = None


@dataclass(frozen=True)
class Round:
    """What a hand-in asks of the house: its stages, who leads, who can answer today.

    `department` is the topmost office above the lead office, None where there is none; `able` are
    the offices of each stage in which somebody may sign today.
    """

    stages: tuple[Stage, ...]
    lead_office: int
    department: int | None
    able: Mapping[Stage, Collection[int]]


@dataclass(frozen=True)
class Given:
    """The newest answer of an office in earlier rounds; `handed_to` is who answered instead."""

    pk: int
    stage: Stage
    office: int
    verdict: Verdict
    covered: Mapping[str, str]
    handed_to: int | None = None


@dataclass(frozen=True)
class Request:
    """One row of the round; `carried_from` is the earlier answer that holds on."""

    stage: Stage
    office: int
    because: tuple[Trigger, ...]
    parts: tuple[Part, ...]
    days: int | None = None
    verdict: Verdict = Verdict.PENDING
    carried_from: int | None = None
    delegated_by: int | None = None  # the office that handed it on


def requests_of(
    house: Round,
    triggers: Collection[Trigger],
    rules: Sequence[Asking],
    by_hand: Sequence[int],
    given: Sequence[Given],
    digests: Mapping[str, str],
) -> list[Request]:
    """Return the rows of a round, stage by stage, each asked, carried on, or without a task."""
    asked = []
    for stage in STAGES:
        if stage not in (house.stages or (Stage.OFFICES,)):
            continue
        if stage == Stage.OFFICES:
            asked += _offices(triggers, rules, by_hand)
        elif stage == Stage.OFFICE_HEAD:
            asked.append(_head(stage, house.lead_office))
        elif house.department is not None:
            asked.append(_head(stage, house.department))
    answers = {(row.stage, row.office): row for row in given}
    taken = {(row.stage, row.office) for row in asked}
    rows = []
    for row in asked:
        rows += _settled(house, row, answers, digests, taken)
    return rows


def _head(stage: Stage, office: int) -> Request:
    return Request(stage, office, (Trigger.ALWAYS,), CONTENT)


def _offices(
    triggers: Collection[Trigger], rules: Sequence[Asking], by_hand: Sequence[int]
) -> list[Request]:
    """Return one request an office: every reason it is asked for, and the parts of all of them."""
    hits = [rule for rule in rules if rule.trigger in triggers]
    hits += [Asking(Trigger.BY_HAND, office, CONTENT) for office in by_hand]
    rows = []
    for office in dict.fromkeys(hit.office for hit in hits):
        own = [hit for hit in hits if hit.office == office]
        parts = {part for hit in own for part in hit.parts}
        because = {hit.trigger for hit in own}
        rows.append(
            Request(
                Stage.OFFICES,
                office,
                tuple(trigger for trigger in Trigger if trigger in because),
                tuple(part for part in PARTS if part in parts),
                min((hit.days for hit in own if hit.days is not None), default=None),
            )
        )
    return rows


def _settled(
    house: Round,
    row: Request,
    answers: Mapping[tuple[Stage, int], Given],
    digests: Mapping[str, str],
    taken: set[tuple[Stage, int]],
) -> list[Request]:
    """Return the request with its verdict: carried on, without a task, or open."""
    if row.stage == Stage.OFFICES and row.office == house.lead_office:
        return [_with(row, Verdict.LEADING)]
    earlier = answers.get((row.stage, row.office))
    if earlier is not None and earlier.verdict == Verdict.DELEGATED:
        other = answers.get((row.stage, earlier.handed_to or 0))
        if other is not None and _holds(row, other, digests):
            instead = Request(row.stage, other.office, row.because, row.parts, row.days)
            rows = [_with(row, Verdict.DELEGATED, earlier.pk)]
            if (row.stage, other.office) not in taken:
                rows.append(_with(instead, other.verdict, other.pk, row.office))
                taken.add((row.stage, other.office))
            return rows
    elif earlier is not None and _holds(row, earlier, digests):
        return [_with(row, earlier.verdict, earlier.pk)]
    if row.office not in house.able.get(row.stage, ()):
        return [_with(row, Verdict.NOBODY)]
    return [row]


def _holds(row: Request, earlier: Given, digests: Mapping[str, str]) -> bool:
    if earlier.verdict not in HOLDING:
        return False
    return not changed_parts(row.parts, earlier.covered, digests)


def _with(
    row: Request, verdict: Verdict, carried_from: int | None = None, delegated_by: int | None = None
) -> Request:
    return replace(row, verdict=verdict, carried_from=carried_from, delegated_by=delegated_by)
