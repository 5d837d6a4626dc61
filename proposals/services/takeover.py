"""Taking over: a paper that is under way already enters in the middle, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeGuard

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    Committee,
    Consultation,
    Municipality,
    Office,
    Proposal,
    Role,
    Submission,
    User,
    VersionOrigin,
)
from ..rules.consultation import ConsultationRole, Effect, Outcome, effect_of
from ..rules.drafting import objection_to_submission
from ..rules.errors import RuleViolation
from ..rules.route import objection_to_planned_route, objection_to_role
from ..rules.takeover import EarlierFacts, objection_to_taking_over
from ..rules.words import ProposalKind
from .attachments import NewAnnex, add
from .common import refuse_on, require, settle_status
from .deputies import note_deputy
from .drafting import DraftAnswer, StationDraft
from .earlier import EarlierResult, enter
from .numbering import refuse_taken_number, step_over
from .route import STEP
from .submission import draft_facts, order_documents
from .versions import freeze
from .working_rows import begin


@dataclass(frozen=True)
class TakeOverAnswer:
    """A paper as it stands: the draft, the number it has, its dates and its route.

    `stations` are in the order of the route, those that are still open as `StationDraft`; the
    draft's own route follows them. `reason` explains a route without one deciding body.
    """

    draft: DraftAnswer
    number: str
    released_on: date
    form_checked_on: date
    stations: tuple[EarlierResult | StationDraft, ...] = ()
    signature_name: str = ""
    attachments: tuple[NewAnnex, ...] = ()
    reason: str = ""


def take_over(*, actor: User, answer: TakeOverAnswer) -> Proposal:
    """Enter a running paper with the results it has; nobody's Mitzeichnung is invented.

    The gate makes the flow from these facts. Raises PermissionDenied, and RuleViolation for a
    number that is taken, for dates that cannot be and for a draft that could not be handed in.
    """
    office = Office.objects.select_related("municipality").get(pk=answer.draft.lead_office_id)
    house, draft = office.municipality, answer.draft
    with event(actor, Act.TAKEN_OVER, reason=answer.reason) as taking:
        require(
            policies.can_take_over(actor, house.pk),
            "Laufende Vorlagen übernimmt der Sitzungsdienst.",
        )
        note_deputy(actor, Role.SECRETARY, house.pk)
        planned = (*answer.stations, *draft.route)
        committees = _committees(house, planned)
        _refuse_wrong_dates(answer, committees, len(planned))
        refuse_taken_number(house, answer.number.strip())

        written = replace(draft, number=answer.number, route=(), co_signing_offices=())
        proposal = begin(actor, house, written, answer.released_on)
        taking.objects.append(proposal)
        step_over(proposal)
        for annex in answer.attachments:
            add(proposal, annex, on=answer.released_on)
        results = _plan(proposal, planned, committees)
        refuse_on(objection_to_submission(draft_facts(proposal)))
        refuse_on(_objection_to_route(proposal), reason=answer.reason)
        submission = _issue(actor, proposal, answer)
        for station, earlier in sorted(results, key=lambda pair: pair[1].held_on):
            enter(station, earlier, submission)
        order_documents(actor, proposal, submission)
        # from nothing to the middle of the route: no step of it leads there
        settle_status(proposal, corrects=True)
    return proposal


def _is_earlier(station: EarlierResult | StationDraft) -> TypeGuard[EarlierResult]:
    return isinstance(station, EarlierResult)


def _committees(
    house: Municipality, planned: Sequence[EarlierResult | StationDraft]
) -> dict[int, Committee]:
    wanted = {station.committee_id for station in planned}
    rows = Committee.objects.filter(municipality=house, pk__in=wanted)
    found = {row.pk: row for row in rows}
    if found.keys() != wanted:
        raise RuleViolation(f"Dieses Gremium gibt es in {house.name} nicht.", field="route")
    for row in found.values():
        row.municipality = house  # one instance, so that its house rules are read once
    return found


def _refuse_wrong_dates(
    answer: TakeOverAnswer, committees: dict[int, Committee], stations: int
) -> None:
    earlier = [
        EarlierFacts(committees[one.committee_id].name, one.held_on, one.outcome)
        for one in answer.stations
        if _is_earlier(one)
    ]
    today = timezone.localdate()
    refuse_on(
        objection_to_taking_over(
            answer.released_on, answer.form_checked_on, today, earlier, stations
        )
    )


def _plan(
    proposal: Proposal,
    planned: Sequence[EarlierResult | StationDraft],
    committees: dict[int, Committee],
) -> list[tuple[Consultation, EarlierResult]]:
    """Write the stations in their order; return each earlier result with its station.

    A result that left its station open ("vertagt") and the next one of the same body are
    treatments of one station.
    """
    for station in planned:
        refuse_on(objection_to_role(ProposalKind(proposal.kind), station.role))
    results: list[tuple[Consultation, EarlierResult]] = []
    waiting: dict[tuple[int, ConsultationRole], Consultation] = {}
    for index, station in enumerate(planned):
        key = (station.committee_id, station.role)
        row = waiting.pop(key, None)
        if row is None:
            row = Consultation(
                proposal=proposal,
                committee=committees[station.committee_id],
                role=station.role,
                position=STEP * (index + 1),
            )
            row.save()
        if _is_earlier(station):
            results.append((row, station))
            if _leaves_open(station.outcome):
                waiting[key] = row
    return results


def _leaves_open(outcome: Outcome | None) -> bool:
    return outcome is not None and effect_of(outcome) == Effect.STAYS_OPEN


def _objection_to_route(proposal: Proposal) -> RuleViolation | None:
    rows = Consultation.everything.filter(proposal=proposal).order_by("position")
    return objection_to_planned_route([ConsultationRole(row.role) for row in rows])


def _issue(actor: User, proposal: Proposal, answer: TakeOverAnswer) -> Submission:
    """Freeze the paper and note that it was released and went into the route on those days."""
    submission = Submission(
        proposal=proposal,
        number=1,
        version=freeze(proposal, origin=VersionOrigin.TAKE_OVER, author=actor),
        submitted_on=answer.released_on,
        released_on=answer.released_on,
        signature_name=answer.signature_name.strip()[:160],
        signed_by_word=True,  # „gezeichnet von“
        form_checked_on=answer.form_checked_on,
    )
    submission.save()
    return submission
