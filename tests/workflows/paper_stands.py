"""Where a proposal can stand, and every act that somebody may try there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from proposals.models import (
    AgendaItem,
    Consultation,
    CoSignature,
    Exchange,
    Proposal,
    ResultReview,
    StatementRequest,
)
from proposals.models.consultation import OPEN
from proposals.models.facts import was_released
from proposals.rules.co_signing import Trigger, Verdict
from proposals.rules.consultation import ConsultationRole, Outcome, needs_vote
from proposals.rules.review import ReviewDecision
from proposals.rules.urgency import UrgentOrgan
from proposals.rules.voting import VoteKind
from proposals.services import results
from proposals.services.consultation import (
    InsertAnswer,
    ScheduleAnswer,
    SkipAnswer,
    WithdrawAnswer,
)
from proposals.services.exchange import ExchangeAnswer, PresentAnswer
from proposals.services.finance_drafts import CostDraft
from proposals.services.leading import HandOverAnswer, TakeLeadAnswer
from proposals.services.review import DecisionAnswer, OpinionAnswer
from proposals.services.statements import StateAnswer
from proposals.services.submission import (
    AskMoreAnswer,
    CoSignAnswer,
    DelegateAnswer,
    ExpireAnswer,
    FormCheckAnswer,
    LateAnswer,
    RecallAnswer,
    ReleaseAnswer,
    SubmitAnswer,
    TakeAnswer,
)
from proposals.services.urgency import UrgentAnswer
from proposals.services.voting import BallotAnswer, CountedAnswer
from tests import factories as f
from tests import signing, versions
from tests import sittings as s
from workflows import gate
from workflows.engine import Turn

ROUTE = (("social", f.PRELIMINARY), ("council", f.DECISION))
LATER = f.DAY + timedelta(days=14)
REASON = "So gewollt"
Act = Callable[[], Any]


# --- proposals


def proposal_at(house: f.House, state: str) -> Proposal:
    """Return a proposal that stands there."""
    return PROPOSALS[state](house)


def _made(stage: str, **draft: Any) -> Callable[[f.House], Proposal]:
    return lambda house: f.make_proposal(house, stage, **{"route": ROUTE, **draft})


def _on_agenda(house: f.House) -> AgendaItem:
    return f.schedule(house, f.station(_made("in_route")(house), "social"))


def _listed(house: f.House) -> Proposal:
    return s.proposal_of(_on_agenda(house))


def _dispatched(house: f.House) -> Proposal:
    item = _on_agenda(house)
    s.invite(house, item.meeting)
    return s.proposal_of(item)


def _advised(outcome: Outcome, **values: Any) -> Callable[[f.House], Proposal]:
    def at(house: f.House) -> Proposal:
        numbers = (3, 0, 0) if needs_vote(outcome) else None
        return s.proposal_of(s.record(house, _on_agenda(house), outcome, numbers, **values))

    return at


def _of_council(outcome: Outcome, numbers: s.Counts | None) -> Callable[[f.House], Proposal]:
    def at(house: f.House) -> Proposal:
        proposal = _advised(Outcome.RECOMMENDED)(house)
        item = f.schedule(house, f.station(proposal, "council"), LATER)
        return s.proposal_of(s.record(house, item, outcome, numbers))

    return at


def _noted(house: f.House) -> Proposal:
    proposal = _made("in_route", route=(("social", f.NOTE),))(house)
    item = f.schedule(house, f.station(proposal, "social"))
    return s.proposal_of(s.record(house, item, Outcome.NOTED))


def _withdrawn(house: f.House) -> Proposal:
    proposal = _advised(Outcome.RECOMMENDED)(house)
    f.withdraw(house, proposal)
    return f.reread(proposal)


def _under_review(house: f.House) -> Proposal:
    proposal = _of_council(Outcome.DECIDED, (3, 2, 0))(house)
    item = newest_item(proposal)
    assert item is not None
    f.sign(house, item.meeting, approve=True)
    s.record(house, item, Outcome.DECIDED, (2, 3, 0), reason=REASON)
    return s.proposal_of(item)


def _stayed(house: f.House) -> Proposal:
    proposal = _under_review(house)
    act = PROPOSAL_ACTS["decide_review"](house, proposal, ReviewDecision.STAY)
    assert act is not None
    act()
    return f.reread(proposal)


def _expired(house: f.House) -> Proposal:
    proposal = _made("submitted", asked=("treasury",))(house)
    signing.act(house.user("clerk"), proposal, ExpireAnswer(_signature(proposal), REASON, LATER))
    return f.reread(proposal)


def _stating(house: f.House) -> Proposal:
    signing.rule(house, "treasury", Trigger.COSTS)
    proposal = _made("in_route", costs=[CostDraft("Bau", Decimal(1000))])(house)
    item = f.schedule(house, f.station(proposal, "social"))
    changed = Outcome.RECOMMENDED_CHANGED
    return s.proposal_of(s.record(house, item, changed, (3, 0, 0), wording="<p>Anders.</p>"))


def _changed(house: f.House) -> Proposal:
    proposal = _made("in_route")(house)
    signing.change(house, proposal, texts=versions.NEW_FACTS)
    return f.reread(proposal)


def _exchanging(house: f.House) -> Proposal:
    proposal = _changed(house)
    versions.present(house, proposal)
    return f.reread(proposal)


PROPOSALS: dict[str, Callable[[f.House], Proposal]] = {
    "draft": _made("draft", asked=("treasury",)),
    "co_signing": _made("submitted", asked=("treasury",)),
    "awaiting_release": _made("submitted"),
    "expired": _expired,
    "released": _made("released"),
    "registered": _made("in_route"),
    "on_agenda": _listed,
    "dispatched": _dispatched,
    "advised": _advised(Outcome.RECOMMENDED),
    "stating": _stating,
    "postponed": _advised(Outcome.POSTPONED),
    "changed": _changed,
    "exchanging": _exchanging,
    "returned": _advised(Outcome.RETURNED),
    "decided": _of_council(Outcome.DECIDED, (5, 0, 0)),
    "rejected": _of_council(Outcome.REJECTED, (0, 5, 0)),
    "settled": _of_council(Outcome.SETTLED, None),
    "noted": _noted,
    "withdrawn": _withdrawn,
    "under_review": _under_review,
    "stayed": _stayed,
}


def newest_item(proposal: Proposal) -> AgendaItem | None:
    """Return the last item of a proposal, None where it is on no agenda."""
    rows = AgendaItem.everything.filter(consultation__proposal=proposal)
    return rows.select_related("meeting").order_by("-pk").first()


def _step(house: f.House, proposal: Proposal, name: str, *decision: ReviewDecision) -> Act:
    actor, subject, answer = STEPS[name](proposal, *decision)
    turn = Turn(proposal.pk, name, subject)
    return lambda: gate.complete(actor=house.user(actor), turn=turn, answer=answer)


def _station(proposal: Proposal) -> Consultation:
    rows = Consultation.everything.filter(proposal=proposal).order_by("position")
    station = rows.filter(OPEN).first() or rows.first()
    assert station is not None
    return station


def _key(rows: Any) -> int:
    """Return the key of the newest row, or of none."""
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def _treat(proposal: Proposal) -> tuple[str, int, Any]:
    return "secretary", _station(proposal).pk, f.result(Outcome.RECOMMENDED, reason=REASON)


def _signature(proposal: Proposal) -> int:
    return _key(CoSignature.everything.filter(proposal=proposal))


def _review(proposal: Proposal) -> int:
    return _key(ResultReview.everything.filter(proposal=proposal))


# who does the step, about which row, and what they answer
STEPS: dict[str, Callable[..., tuple[str, int | None, Any]]] = {
    "draft": lambda proposal: ("clerk", None, SubmitAnswer(on=LATER)),
    "co_sign": lambda proposal: (
        "treasurer",
        _signature(proposal),
        CoSignAnswer(Verdict.SIGNED, "", f.DAY),
    ),
    "release": lambda proposal: (
        "head",
        None,
        ReleaseAnswer(released=True, remark="", signature_name="Head", on=f.DAY),
    ),
    "check_form": lambda proposal: (
        "secretary",
        None,
        FormCheckAnswer(passed=True, remark="", on=f.DAY),
    ),
    "schedule": lambda proposal: (
        "secretary",
        _station(proposal).pk,
        ScheduleAnswer(starts_at=f.at(LATER, 9)),
    ),
    "treat": _treat,
    "state": lambda proposal: (
        "treasurer",
        _key(StatementRequest.everything.filter(proposal=proposal)),
        StateAnswer("Gedeckt.", f.DAY),
    ),
    "decide_exchange": lambda proposal: (
        "head",
        _key(Exchange.everything.filter(proposal=proposal)),
        ExchangeAnswer(released=True, signature_name="Head", on=f.DAY),
    ),
    "advise_review": lambda proposal: ("lawyer", _review(proposal), OpinionAnswer("Nichtig.")),
    "decide_review": lambda proposal, decision=ReviewDecision.STANDS: (
        "head",
        _review(proposal),
        DecisionAnswer(decision, REASON),
    ),
}


def _withdraw(house: f.House, proposal: Proposal) -> Act:
    actor = house.user("head" if was_released(proposal) else "clerk")
    answer = WithdrawAnswer(REASON, on=LATER)
    return lambda: gate.withdraw(actor=actor, proposal=proposal, answer=answer)


def _insert(house: f.House, proposal: Proposal) -> Act:
    actor = house.user("secretary")
    answer = InsertAnswer(house.committee("board").pk, ConsultationRole.NOTE, REASON)
    return lambda: gate.insert(actor=actor, proposal=proposal, answer=answer)


def _drop(house: f.House, proposal: Proposal) -> Act:
    actor, row = house.user("secretary"), _station(proposal)
    answer = SkipAnswer(REASON, on=LATER, confirmed=True)
    return lambda: gate.drop(actor=actor, consultation=row, answer=answer)


def _urgent(house: f.House, proposal: Proposal) -> Act:
    actor, answer = house.user("head"), UrgentAnswer(UrgentOrgan.MAIN_COMMITTEE, REASON)
    return lambda: gate.urgent(actor=actor, proposal=proposal, answer=answer)


def _result_of(item: AgendaItem) -> results.ResultAnswer:
    """Return a result that differs from the one that an item has."""
    again = {"": Outcome.RECOMMENDED, "postponed": Outcome.RECOMMENDED}
    again |= {"returned": Outcome.RECOMMENDED, "settled": Outcome.POSTPONED}
    again |= {"recommended_changed": Outcome.RECOMMENDED}
    outcome = again.get(item.outcome) or Outcome(item.outcome)
    counts: dict[str, Any] = {}
    if needs_vote(outcome):
        lost = outcome == Outcome.REJECTED
        counts = s.counts((0, 1, 1) if lost else (1, 0, 1))
    answer = results.ResultAnswer(outcome, uuid4(), CountedAnswer(**counts), reason=REASON)
    return replace(answer, revision=item.revision)


def _record(house: f.House, proposal: Proposal) -> Act | None:
    item = newest_item(proposal)
    return None if item is None else recording(house, item)


def recording(house: f.House, item: AgendaItem) -> Act:
    """Return the act of entering a result, the first one or another one."""
    actor, answer = house.user("secretary"), _result_of(item)
    return lambda: gate.record(actor=actor, agenda_item=item, answer=answer)


def _correct(house: f.House, proposal: Proposal) -> Act | None:
    item = newest_item(proposal)
    if item is None:
        return None
    actor, answer = house.user("secretary"), _result_of(item)
    return lambda: gate.correct(actor=actor, agenda_item=item, answer=answer)


def ballot_on(item: AgendaItem) -> BallotAnswer:
    """Return a vote on procedure."""
    counted = CountedAnswer(yes=2, no=0, abstained=0)
    kind = VoteKind.PROCEDURAL
    return BallotAnswer(item.pk, kind, "Schluss der Debatte", uuid4(), counted, reason=REASON)


def _ballot(house: f.House, proposal: Proposal) -> Act | None:
    item = newest_item(proposal)
    if item is None:
        return None
    actor, answer = house.user("secretary"), ballot_on(item)
    return lambda: gate.ballot(actor=actor, agenda_item=item, answer=answer)


def _as_step(name: str) -> Callable[..., Act | None]:
    return lambda house, proposal, *rest: _step(house, proposal, name, *rest)


def _signing(user: str, answer: Callable[[f.House, int], Any]) -> Callable[..., Act | None]:
    def act(house: f.House, proposal: Proposal) -> Act:
        actor, given = house.user(user), answer(house, _signature(proposal))
        return lambda: gate.act(actor=actor, proposal=proposal, answer=given)

    return act


def _editorial(house: f.House, proposal: Proposal) -> Act:
    actor = house.user("secretary")
    answer = versions.correction(proposal, subject="Neubau einer Kreisstraße")
    return lambda: gate.act(actor=actor, proposal=proposal, answer=answer)


PAPER_ACTS: dict[str, Callable[..., Act | None]] = {
    "RecallAnswer": _signing("clerk", lambda house, pk: RecallAnswer(REASON, LATER)),
    "AskMoreAnswer": _signing(
        "clerk", lambda house, pk: AskMoreAnswer(house.office("staff").pk, LATER)
    ),
    "DelegateAnswer": _signing(
        "treasurer", lambda house, pk: DelegateAnswer(pk, house.office("staff").pk, REASON, LATER)
    ),
    "ExpireAnswer": _signing("clerk", lambda house, pk: ExpireAnswer(pk, REASON, LATER)),
    "LateAnswer": _signing(
        "treasurer", lambda house, pk: LateAnswer(pk, Verdict.SIGNED, REASON, LATER)
    ),
    "TakeAnswer": _signing("treasurer", lambda house, pk: TakeAnswer(pk)),
    "PresentAnswer": _signing("clerk", lambda house, pk: PresentAnswer("Neu", f.DAY)),
    "EditorialAnswer": _editorial,
    "LateAnnexAnswer": _signing("secretary", lambda house, pk: versions.late_annex("Plan")),
    "TakeLeadAnswer": _signing("colleague", lambda house, pk: TakeLeadAnswer(REASON)),
    "HandOverAnswer": _signing(
        "clerk", lambda house, pk: HandOverAnswer(house.office("staff").pk, REASON)
    ),
}

# None: there is nothing to act on
PROPOSAL_ACTS: dict[str, Callable[..., Act | None]] = {
    **{name: _as_step(name) for name in STEPS},
    "withdraw": _withdraw,
    "insert": _insert,
    "drop": _drop,
    "urgent": _urgent,
    "record": _record,
    "correct": _correct,
    "ballot": _ballot,
}
