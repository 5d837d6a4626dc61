"""Whom a hand-in asks: writes the rows of a round; private to the use cases, inside their event."""

from datetime import date
from typing import Any

from ...models import (
    ClosedDay,
    CoSignature,
    CoSigningOffice,
    CoSigningRule,
    Municipality,
    Office,
    Proposal,
    Submission,
)
from ...models.facts import open_requests
from ...models.submission import role_of
from ...rules.asking import Asking, Given, Request, Round, requests_of, triggers_of
from ...rules.co_signing import Part, Stage, Trigger, Verdict
from ...rules.workdays import add_working_days
from ..common import changed

_NO_ANSWER = (Verdict.PENDING, Verdict.LEADING, Verdict.NOBODY, Verdict.STATEMENT)
# of an answer that holds on: what it said, to which version, and by whom
_CARRIED = ("remark", "version_id", "covered", "answered_on", "answered_by_id", "on_behalf_of_id")


def ask_offices(
    proposal: Proposal, submission: Submission, on: date, *, only: tuple[Stage, ...] = ()
) -> list[CoSignature]:
    """Write the rows of a new round: asked, carried on from an earlier one, or without a task.

    `only` names the stages that are asked where it is not all of the house's. Returns the rows of
    the stage that begins, which wait for their answer.
    """
    house, version = proposal.municipality, submission.version
    earlier = _newest_answers(proposal)
    rows = requests_of(
        _round(proposal, only),
        triggers_of(version.content, proposal.matters),
        asking_rules(house),
        _by_hand(proposal),
        _given(earlier),
        version.part_digests,
    )
    by_pk = {row.pk: row for row in earlier}
    saved: dict[tuple[Stage, int], CoSignature] = {}
    for row in rows:
        asked = row.stage == Stage.OFFICES and row.verdict == Verdict.PENDING
        due_on = due_after(house, on, row.days) if asked else None
        saved[row.stage, row.office] = _save(submission, row, due_on, by_pk, saved)
    waiting = [row for row in saved.values() if row.due_on is not None]
    return waiting or begin_stage(submission, on)


def _save(
    submission: Submission,
    row: Request,
    due_on: date | None,
    earlier: dict[int, CoSignature],
    saved: dict[tuple[Stage, int], CoSignature],
) -> CoSignature:
    values: dict[str, Any] = {}
    if row.carried_from is not None:
        source = earlier[row.carried_from]
        values = {name: getattr(source, name) for name in _CARRIED}
        # the answer itself, however many rounds ago
        values["carried_from_id"] = source.carried_from_id or source.pk
    if row.delegated_by is not None:
        values["delegated_by"] = saved[row.stage, row.delegated_by]
    written = CoSignature(
        proposal=submission.proposal,
        submission=submission,
        office_id=row.office,
        stage=row.stage,
        because=list(row.because),
        parts=list(row.parts),
        verdict=row.verdict,
        due_on=due_on,
        **values,
    )
    written.save()
    return written


def begin_stage(submission: Submission, on: date) -> list[CoSignature]:
    """Let the deadline of the stage that is on begin where it has not; return whose it did."""
    house = submission.proposal.municipality
    return [
        changed(row, due_on=due_after(house, on, None))
        for row in open_requests(submission)
        if row.due_on is None
    ]


def due_after(house: Municipality, on: date, days: int | None) -> date:
    """Return the day by which an office asked on a day is to answer, in working days."""
    closed = set(ClosedDay.objects.filter(municipality=house).values_list("day", flat=True))
    return add_working_days(on, house.co_signing_days if days is None else days, house.land, closed)


def asking_rules(house: Municipality) -> list[Asking]:
    """Return the house's rules in force: which trigger asks which office for which parts."""
    rows = CoSigningRule.objects.filter(municipality=house, retired_on__isnull=True)
    return [
        Asking(Trigger(row.trigger), row.office_id, tuple(map(Part, row.parts)), row.days)
        for row in rows.order_by("office__number", "office__name", "pk")
    ]


def able_offices(stage: Stage) -> set[int]:
    """Return the offices in which somebody may answer in that stage today."""
    rows = Office.objects.that_can_sign(role_of(stage))
    return set(rows.values_list("pk", flat=True))


def _round(proposal: Proposal, only: tuple[Stage, ...]) -> Round:
    stages = only or tuple(map(Stage, proposal.municipality.co_signing_stages)) or (Stage.OFFICES,)
    return Round(
        stages=stages,
        lead_office=proposal.lead_office_id,
        department=_department(proposal.lead_office) if Stage.DEPARTMENT in stages else None,
        able={stage: able_offices(stage) for stage in stages},
    )


def _department(office: Office) -> int | None:
    """Return the topmost office above, None where there is none."""
    above, seen = office, {office.pk}
    while above.parent is not None and above.parent_id not in seen:
        above = above.parent
        seen.add(above.pk)
    return above.pk if above.pk != office.pk else None


def _by_hand(proposal: Proposal) -> list[int]:
    chosen = CoSigningOffice.everything.filter(proposal=proposal).order_by("office")
    return list(chosen.values_list("office", flat=True))


def _newest_answers(proposal: Proposal) -> list[CoSignature]:
    """Return the newest answer of each office and stage in the rounds so far."""
    rows = CoSignature.everything.filter(proposal=proposal).exclude(verdict__in=_NO_ANSWER)
    newest = {(row.stage, row.office_id): row for row in rows.order_by("submission__number", "pk")}
    return list(newest.values())


def _given(rows: list[CoSignature]) -> list[Given]:
    handed_to = {row.delegated_by_id: row.office_id for row in rows if row.delegated_by_id}
    return [
        Given(
            row.pk,
            Stage(row.stage),
            row.office_id,
            Verdict(row.verdict),
            row.covered,
            handed_to.get(row.pk),
        )
        for row in rows
    ]
