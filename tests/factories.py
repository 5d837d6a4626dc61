"""Proposals for tests: plain functions with the dullest legal defaults.

What moves a route passes the gate, with the actor whose turn it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django.utils import timezone

from proposals.models import (
    AgendaItem,
    Consultation,
    CoSignature,
    Meeting,
    Minutes,
    Proposal,
    User,
)
from proposals.models.consultation import OPEN
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import ConsultationRole, Outcome, needs_vote
from proposals.rules.sections import REQUIRED_SECTIONS_OF
from proposals.rules.words import ProposalKind
from proposals.services.consultation import (
    InsertAnswer,
    ScheduleAnswer,
    SkipAnswer,
    WithdrawAnswer,
)
from proposals.services.drafting import DraftAnswer, StationDraft
from proposals.services.meeting import ApproveMinutesAnswer, InviteAnswer, SignMinutesAnswer
from proposals.services.plausibility import notes_on
from proposals.services.results import ResultAnswer
from proposals.services.submission import (
    CoSignAnswer,
    FormCheckAnswer,
    ReleaseAnswer,
    SubmitAnswer,
    objection_to_route,
)
from proposals.services.voting import CountedAnswer
from tests.houses import (
    COUNTY,
    TERM_START,
    House,
    make_house,
    make_member,
    make_user,
    setting_up,
)
from workflows import gate
from workflows.engine import Turn

# what tests find here as well, beside everything below
__all__ = [
    "COUNTY",
    "TERM_START",
    "House",
    "make_house",
    "make_member",
    "make_user",
    "setting_up",
]

DAY = date(2024, 3, 1)
PRELIMINARY, DECISION = ConsultationRole.PRELIMINARY, ConsultationRole.DECISION
NOTE, HEARING = ConsultationRole.NOTE, ConsultationRole.HEARING
CONSENT, APPROVAL = ConsultationRole.CONSENT, ConsultationRole.APPROVAL
ROUTE = (("social", PRELIMINARY), ("main", PRELIMINARY), ("council", DECISION))
STAGES = ("draft", "submitted", "released", "in_route")
Route = Sequence[tuple[str, ConsultationRole]]


def draft_answer(
    house: House,
    *,
    kind: ProposalKind = ProposalKind.BESCHLUSSVORLAGE,
    office: str = "lead",
    route: Route = ROUTE,
    asked: Sequence[str] = (),
    **values: Any,
) -> DraftAnswer:
    """Return a complete draft as the form would: every needed section, nothing more."""
    mover = "Fraktion A" if kind.is_motion else ""
    texts = {section: f"<p>{section.label}.</p>" for section in REQUIRED_SECTIONS_OF[kind]}
    return DraftAnswer(
        kind=kind,
        lead_office_id=house.office(office).pk,
        route=[StationDraft(house.committee(name).pk, role) for name, role in route],
        co_signing_offices=[house.office(name).pk for name in asked],
        **{"subject": "Neubau der Kreisstraße", "texts": texts, "mover": mover, **values},
    )


def make_proposal(house: House, at: str = "draft", *, author: str = "", **draft: Any) -> Proposal:
    """Return a proposal that has come as far as `at`, one of STAGES; all who were asked signed."""
    answer = draft_answer(house, **draft)
    is_motion = answer.kind.is_motion
    author = author or ("secretary" if is_motion else "clerk")
    proposal = gate.start(actor=house.user(author), answer=answer, on=DAY)
    stage = STAGES.index(at)
    if stage >= 1:
        submit(house, proposal)
    if stage >= 2 and not is_motion:
        asked = CoSignature.everything.filter(proposal=proposal, verdict=Verdict.PENDING)
        for request in asked:
            co_sign(house, proposal, request.office.short_name)
        release(house, proposal)
    if stage == 3:
        check_form(house, proposal)
    return reread(proposal)


def reread(proposal: Proposal) -> Proposal:
    """Return the proposal as the database has it, without what an act left on the instance."""
    fresh: Proposal = Proposal.everything.get(pk=proposal.pk)
    return fresh


def submit(house: House, proposal: Proposal, actor: str = "") -> None:
    """Hand in, with a reason where the route or the money asks for one."""
    actor = actor or ("secretary" if ProposalKind(proposal.kind).is_motion else "clerk")
    answer = SubmitAnswer(
        on=DAY,
        reason="So gewollt" if objection_to_route(proposal) else "",
        finance_reasons={
            note.code.value: "So gewollt" for note in notes_on(reread(proposal)) if note.asks_reason
        },
    )
    _complete(house.user(actor), Turn(proposal.pk, "draft"), answer)


def co_sign(
    house: House,
    proposal: Proposal,
    office: str,
    verdict: Verdict = Verdict.SIGNED,
    remark: str = "",
    actor: str = "",
) -> None:
    """Answer for an office, in the newest round."""
    request = newest_request(proposal, office)
    actor = actor or {"treasury": "treasurer", "staff": "staffer"}[office]
    answer = CoSignAnswer(verdict, remark, DAY)
    _complete(house.user(actor), Turn(proposal.pk, "co_sign", request.pk), answer)


def newest_request(proposal: Proposal, office: str) -> CoSignature:
    """Return what an office was asked in the newest round, in its last stage."""
    rows = CoSignature.everything.filter(proposal=proposal, office__short_name=office)
    newest: CoSignature = rows.order_by("-submission__number", "-pk")[0]
    return newest


def release(house: House, proposal: Proposal, *, released: bool = True, remark: str = "") -> None:
    """Release, or send back with a remark."""
    answer = ReleaseAnswer(released=released, remark=remark, signature_name="Head", on=DAY)
    _complete(house.user("head"), Turn(proposal.pk, "release"), answer)


def check_form(house: House, proposal: Proposal, *, passed: bool = True, remark: str = "") -> None:
    """Pass the form check, or send back with a remark."""
    answer = FormCheckAnswer(passed=passed, remark=remark, on=DAY)
    _complete(house.user("secretary"), Turn(proposal.pk, "check_form"), answer)


def station(proposal: Proposal, committee: str) -> Consultation:
    """Return the first open consultation of a committee."""
    rows = Consultation.everything.filter(OPEN, proposal=proposal)
    first: Consultation = rows.filter(committee__short_name=committee).order_by("position")[0]
    return first


def at(day: date = DAY, hour: int = 15) -> datetime:
    """Return the time a meeting begins."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def schedule(
    house: House, row: Consultation, day: date = DAY, *, actor: str = "secretary", **values: Any
) -> AgendaItem:
    """Put a consultation on the agenda of its committee's meeting of that day."""
    answer = ScheduleAnswer(**{"starts_at": at(day), **values})
    turn = Turn(row.proposal_id, "schedule", row.pk)
    item: AgendaItem = _complete(house.user(actor), turn, answer)
    return item


def result(outcome: Outcome, **values: Any) -> ResultAnswer:
    """Return a result: three for it where the outcome says carried, three against where lost."""
    counts: dict[str, Any] = {}
    if needs_vote(outcome):
        lost = outcome in (Outcome.NOT_RECOMMENDED, Outcome.REJECTED)
        counts = {"entitled": 3, "yes": 0 if lost else 3, "no": 3 if lost else 0, "abstained": 0}
    return answer_of({"outcome": outcome, "request_key": uuid4(), **counts, **values})


def answer_of(values: Mapping[str, Any]) -> ResultAnswer:
    """Return a result of its fields and those of its count."""
    counts = {field.name for field in fields(CountedAnswer)}
    counted = {name: value for name, value in values.items() if name in counts}
    rest = {name: value for name, value in values.items() if name not in counts}
    return ResultAnswer(**rest, counted=CountedAnswer(**counted))


def treat(
    house: House, row: Consultation, outcome: Outcome, actor: str = "secretary", **values: Any
) -> AgendaItem:
    """Record what a committee made of it; put on an agenda first where it stands on none."""
    if not AgendaItem.everything.filter(consultation=row, outcome="").exists():
        schedule(house, row)
    turn = Turn(row.proposal_id, "treat", row.pk)
    item: AgendaItem = _complete(house.user(actor), turn, result(outcome, **values))
    return item


def correct(
    house: House, item: AgendaItem, outcome: Outcome, actor: str = "secretary", **values: Any
) -> AgendaItem:
    """Correct a result, in the form of somebody who has just opened it."""
    item = AgendaItem.everything.select_related("consultation").get(pk=item.pk)
    answer = result(outcome, **{"revision": item.revision, **values})
    return gate.correct(actor=house.user(actor), agenda_item=item, answer=answer)


def insert(
    house: House,
    proposal: Proposal,
    committee: str,
    role: ConsultationRole = PRELIMINARY,
    after: Consultation | None = None,
    actor: str = "secretary",
) -> Consultation:
    """Insert a station into a route under way."""
    body, after_id = house.committee(committee).pk, after.pk if after else None
    answer = InsertAnswer(body, role, "Auf Wunsch des Vorsitzes", after_id)
    return gate.insert(actor=house.user(actor), proposal=proposal, answer=answer)


def drop(house: House, row: Consultation, actor: str = "secretary") -> Consultation:
    """Let an open station fall out of the route, whatever the law wants prepared."""
    answer = SkipAnswer("Nicht mehr nötig", on=DAY, confirmed=True)
    return gate.drop(actor=house.user(actor), consultation=row, answer=answer)


def withdraw(house: House, proposal: Proposal, actor: str = "head") -> Proposal:
    """Withdraw a proposal."""
    answer = WithdrawAnswer("Neue Lage", on=DAY)
    return gate.withdraw(actor=house.user(actor), proposal=proposal, answer=answer)


def invite(house: House, meeting: Meeting) -> Meeting:
    """Note that the invitation is out."""
    answer = InviteAnswer(DAY)
    return gate.complete_meeting(actor=house.user("secretary"), meeting=meeting, answer=answer)


def sign(house: House, meeting: Meeting, *, approve: bool = False) -> Minutes:
    """Note that the minutes are signed, and approved if wanted."""
    actor = house.user("secretary")
    day = timezone.localdate(meeting.starts_at)
    gate.complete_meeting(actor=actor, meeting=meeting, answer=SignMinutesAnswer(day))
    if approve:
        gate.complete_meeting(actor=actor, meeting=meeting, answer=ApproveMinutesAnswer(day))
    return Minutes.everything.get(meeting=meeting)


def _complete(actor: User, turn: Turn, answer: Any) -> Any:
    return gate.complete(actor=actor, turn=turn, answer=answer)
