"""Zeitplan: the back-planning of one proposal, computed from what is planned at this moment."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ..models import (
    ClosedDay,
    Consultation,
    CoSignature,
    CoSigningOffice,
    CoSigningRule,
    Meeting,
    MeetingCommittee,
    Municipality,
    Office,
    Proposal,
    Submission,
)
from ..models.content import content_of
from ..models.known import KnownRoute
from ..policies import can_read_internal_copy
from ..rules.asking import triggers_of
from ..rules.back_planning import (
    AskedOffice,
    BodyDay,
    Course,
    HouseDays,
    PlanStep,
    closing_day,
    decision_day,
    plan,
)
from ..rules.co_signing import Stage, Verdict
from ..rules.consultation import ConsultationRole
from ..rules.deadlines import deadline_facts, deadline_notes
from ..rules.words import CommitteeKind, ProposalKind
from .decisions import known_route

_NOT_ASKED = (Verdict.LEADING, Verdict.NOBODY, Verdict.DELEGATED)


@dataclass(frozen=True)
class Schedule:
    """Who has to have done what by which day, and which deadlines of others do not fit."""

    steps: list[PlanStep]
    conflicts: list[str]


def schedule_of(proposal: Proposal, user: Any, where: KnownRoute | None = None) -> Schedule | None:
    """Return the back-planning of a paper, in a constant number of queries.

    For who knows every result of it: lead office, head, Sitzungsdienst and audit; a day that falls
    away would tell others what a closed body made of it. None for everybody else, and where
    nothing is planned any more. `where` is the route where the page has read it already.
    """
    if proposal.withdrawn_on is not None or not can_read_internal_copy(user, proposal):
        return None
    where = where or known_route(proposal, user)
    stations = [row for row in where.consultations if row.concluded_by_id is None and not row.lapse]
    if not stations:
        return None
    house, today = proposal.municipality, timezone.localdate()
    days = _house_days(house)
    content = content_of(proposal) if where.current is None else where.current.version.content
    submission = where.current
    released = submission is not None and submission.released_on is not None
    course = Course(
        lead_office=proposal.lead_office.name,
        bodies=_bodies(stations, house, user, days, today if not released else None),
        stages=_asked(proposal, submission, user)
        if submission
        else _to_be_asked(proposal, user, content),
        is_motion=ProposalKind(proposal.kind).is_motion,
        handed_in=submission is not None,
        released=released,
        form_checked=submission is not None and submission.form_checked_on is not None,
    )
    facts = deadline_facts(content["deadlines"])
    return Schedule(plan(course, days, today), deadline_notes(facts, decision_day(course)))


def _house_days(house: Municipality) -> HouseDays:
    closed = ClosedDay.objects.filter(municipality=house).values_list("day", "name")
    return HouseDays(
        land=house.land,
        closed=dict(closed),
        closing_days=house.closing_days,
        release_days=house.release_days,
        head=house.head_title,
    )


def _bodies(
    stations: Sequence[Consultation],
    house: Municipality,
    user: Any,
    days: HouseDays,
    attainable_on: dt.date | None,
) -> list[BodyDay]:
    """Return the meeting of each open station: where it is on the agenda, else its next one.

    The next is the first whose Vorlagenschluss has not passed on `attainable_on`, after the
    meetings of the stations before.
    """
    agenda = _on_agenda(stations, user)
    upcoming = _upcoming({row.committee_id for row in stations}, user)
    found, after = [], timezone.localdate()
    for row in stations:
        kind = CommitteeKind(row.committee.kind)
        candidates = [
            (day, house.law(day).body(kind).notice.days, invited)
            for day, invited in (
                agenda[row.pk]
                if row.pk in agenda
                else [known for known in upcoming.get(row.committee_id, []) if known[0] >= after]
            )
        ]
        in_time = [
            each
            for each in candidates
            if attainable_on is None or closing_day(each[0], each[1], days) >= attainable_on
        ]
        held_on, notice, invited = next(iter(in_time or candidates), (None, None, False))
        after = max(after, held_on) if held_on else after
        decides = row.role == ConsultationRole.DECISION
        found.append(BodyDay(row.committee.name, held_on, notice, decides, invited))
    return found


def _on_agenda(
    stations: Sequence[Consultation], user: Any
) -> dict[int, list[tuple[dt.date, bool]]]:
    """Return the day on which each station is on an agenda, and whether that is sent out."""
    rows = Meeting.objects.visible_to(user).filter(
        items__consultation__in=[row.pk for row in stations],
        items__outcome="",
        cancelled_on__isnull=True,
    )
    values = rows.order_by("starts_at").values_list(
        "items__consultation", "starts_at", "invited_on"
    )
    return {pk: [(timezone.localdate(when), sent is not None)] for pk, when, sent in values if pk}


def _upcoming(committees: set[int], user: Any) -> dict[int, list[tuple[dt.date, bool]]]:
    """Return the planned meetings of committees from today on, the next one first."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    meetings = Meeting.objects.visible_to(user).filter(
        cancelled_on__isnull=True, opened_at__isnull=True, starts_at__gte=midnight
    )
    rows = MeetingCommittee.objects.filter(committee__in=committees, meeting__in=meetings)
    found: dict[int, list[tuple[dt.date, bool]]] = {}
    values = rows.order_by("meeting__starts_at").values_list(
        "committee", "meeting__starts_at", "meeting__invited_on"
    )
    for committee, when, sent in values:
        found.setdefault(committee, []).append((timezone.localdate(when), sent is not None))
    return found


def _asked(proposal: Proposal, submission: Submission, user: Any) -> list[list[AskedOffice]]:
    """Return the offices that were asked in a hand-in, stage by stage.

    `submission` is the one that the user takes for the one under way: a return behind closed
    doors must not show here either.
    """
    rows = (
        CoSignature.objects.visible_to(user)
        .filter(submission=submission)
        .exclude(verdict__in=_NOT_ASKED)
    )
    stages: dict[str, list[AskedOffice]] = {stage: [] for stage in _stages(proposal)}
    for row in rows.select_related("office").order_by("office__number", "pk"):
        answered = row.verdict != Verdict.PENDING
        days = proposal.municipality.co_signing_days
        asked = AskedOffice(row.office.name, days, answered, row.due_on)
        stages.setdefault(row.stage, []).append(asked)
    return [offices for offices in stages.values() if offices]


def _to_be_asked(
    proposal: Proposal, user: Any, content: Mapping[str, Any]
) -> list[list[AskedOffice]]:
    """Return the offices that the house's rules and the draft would ask now, stage by stage."""
    house = proposal.municipality
    offices = {row.pk: row for row in Office.objects.filter(municipality=house)}
    triggers = triggers_of(content, proposal.matters)
    rules = CoSigningRule.objects.filter(
        municipality=house, retired_on__isnull=True, trigger__in=triggers
    )
    by_hand = CoSigningOffice.objects.visible_to(user).filter(proposal=proposal)
    asked: dict[int, list[int]] = {pk: [] for pk in by_hand.values_list("office", flat=True)}
    for office, days in rules.values_list("office", "days"):
        asked.setdefault(office, []).extend([] if days is None else [days])
    asked.pop(proposal.lead_office_id, None)
    lead, usual = proposal.lead_office, house.co_signing_days
    of_stage = {
        Stage.OFFICES: [
            AskedOffice(row.name, min(asked[row.pk], default=usual))
            for row in offices.values()
            if row.pk in asked
        ],
        Stage.OFFICE_HEAD: [AskedOffice(f"Leitung {lead.name}", usual)],
        Stage.DEPARTMENT: [AskedOffice(offices[pk].name, usual) for pk in _top(lead, offices)],
    }
    return [of_stage[Stage(stage)] for stage in _stages(proposal) if of_stage[Stage(stage)]]


def _stages(proposal: Proposal) -> list[str]:
    return list(proposal.municipality.co_signing_stages) or [Stage.OFFICES]


def _top(office: Office, offices: Mapping[int, Office]) -> list[int]:
    """Return the topmost office above; nothing where there is none."""
    above, seen = office, {office.pk}
    while above.parent_id is not None and above.parent_id not in seen:
        above = offices[above.parent_id]
        seen.add(above.pk)
    return [above.pk] if above.pk != office.pk else []
