"""Records what a committee made of its agenda items, one by one or several in one act."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Consultation, Meeting, Proposal, Role, User
from ...models.facts import situation
from ...models.voting import minutes_of
from ...rules.consultation import ConsultationRole, is_treated, outcome_in
from ...rules.errors import RuleViolation
from ...rules.meeting import MeetingState, objection_to_record
from ...rules.minutes import objection_to_late_result
from ..common import refuse_on, require, settle_status
from ..deputies import note_deputy, require_keeper
from ..effects import apply_effects, situation_after
from ..items import take_up
from ..submission import order_documents
from ..treating import set_basis
from ..voting.rows import votes_of
from .answers import BlockAnswer, ItemResultAnswer, ResultAnswer
from .correcting import correct_result
from .judging import judge
from .minutes import approve_with
from .writing import write_result


def record_result(*, actor: User, consultation: Consultation, answer: ResultAnswer) -> AgendaItem:
    """Record what the committee made of the proposal; the route follows.

    Raises PermissionDenied, and RuleViolation for counts that cannot be, for an outcome the role
    does not know, and for a deciding result before an open predecessor without a reason.
    """
    proposal = consultation.proposal
    item = open_item(consultation)
    with event(actor, Act.TREATED, proposal, item, reason=answer.reason):
        require(
            policies.can_record(actor, consultation),
            f"Ergebnisse für „{consultation.committee}“ erfassen Sie nicht.",
        )
        note_deputy(actor, Role.COMMITTEE_SECRETARY, consultation.committee_id)
        _treat(actor, item, consultation, answer)
    return item


def record_item_result(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ItemResultAnswer
) -> AgendaItem:
    """Record what became of an item without a Vorlage; carried minutes are approved by it.

    Where a result stands it is corrected.
    """
    item = _items(meeting, [answer.item_id])[0]
    if item.consultation_id is not None:
        raise RuleViolation("Dieser Punkt gehört zu einer Vorlage; sein Ergebnis steht dort.")
    if is_treated(item.outcome):
        item.meeting = meeting  # the gate's instance, which it reads afterwards
        return correct_result(actor=actor, agenda_item=item, answer=answer.result)
    objects = (item,) if item.approves is None else (item, item.approves)
    with event(actor, Act.TREATED, *objects, reason=answer.result.reason):
        require_keeper(
            actor, item.committee_id, f"Ergebnisse für „{item.committee}“ erfassen Sie nicht."
        )
        _treat(actor, item, None, answer.result)
    return item


def record_block(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: BlockAnswer
) -> list[AgendaItem]:
    """Record one result for several items in one act, all or none; each keeps its own vote.

    `proposals` are those of the items, locked by the gate.
    """
    items = _items(meeting, answer.item_ids)
    locked = {proposal.pk: proposal for proposal in proposals}
    objects = (*proposals, *items)
    with event(actor, Act.TREATED, *objects, reason=answer.result.reason):
        for item, key in zip(items, answer.request_keys, strict=True):
            require_keeper(
                actor, item.committee_id, f"Ergebnisse für „{item.committee}“ erfassen Sie nicht."
            )
            if item.consultation is not None:
                item.consultation.proposal = locked[item.consultation.proposal_id]
            _treat_in_block(actor, item, answer.result, key)
    return items


def _treat_in_block(actor: User, item: AgendaItem, result: ResultAnswer, key: UUID) -> None:
    """Record the block's result for one item; an objection names it."""
    consultation = item.consultation
    role = ConsultationRole(consultation.role) if consultation else None
    outcome = outcome_in(result.outcome, role)
    try:
        _treat(actor, item, consultation, replace(result, outcome=outcome, request_key=key))
    except RuleViolation as objection:
        raise RuleViolation(
            f"TOP {item.number or item.title}: {objection.message}",
            objection.paragraph,
            objection.field,
            objection.waivable,
        ) from objection


def _treat(
    actor: User, item: AgendaItem, consultation: Consultation | None, answer: ResultAnswer
) -> None:
    """Judge and store the first result of an item and let its route follow."""
    proposal = consultation.proposal if consultation else None
    _refuse_closed(item, consultation, answer)
    where = situation(proposal) if proposal else None
    submission = where.current if where else None
    if proposal is not None:
        proposal.situation = where  # read once, for everything that asks below
    votes = votes_of(item, answer.request_key)
    set_basis(item, proposal, answer.basis_id)
    judged = judge(item, consultation, answer, votes)

    take_up(item)
    write_result(item, consultation, answer, judged, votes)
    if consultation is None or proposal is None or where is None:
        approve_with(item)
        return
    values = apply_effects(item, consultation, judged.outcome, answer.refer_to, answer.refer_back)
    if submission is not None:
        order_documents(actor, proposal, submission)
    known = situation_after(where, consultation, judged.outcome)
    settle_status(proposal, known=known, **values)


def _refuse_closed(
    item: AgendaItem, consultation: Consultation | None, answer: ResultAnswer
) -> None:
    """Refuse a result where there is one, or can be none; late, it asks why."""
    if item.meeting.cancelled_on is not None:
        refuse_on(objection_to_record(MeetingState.CANCELLED))
    if item.outcome:
        raise RuleViolation("Zu diesem Tagesordnungspunkt steht schon ein Ergebnis.")
    if consultation is not None and not consultation.is_open:
        raise RuleViolation("Diese Beratung ist schon abgeschlossen oder entfallen.")
    signed = minutes_of(item.meeting) is not None
    refuse_on(objection_to_late_result(signed=signed), reason=answer.reason)


def open_item(consultation: Consultation) -> AgendaItem:
    """Return the agenda item that waits for a result; raises RuleViolation where there is none."""
    rows = AgendaItem.everything.select_related("meeting__minutes", "basis")
    item = rows.filter(consultation=consultation, outcome="").first()
    if item is None:
        raise RuleViolation("Die Beratung steht auf keiner Tagesordnung.")
    item.consultation, item.committee = consultation, consultation.committee
    return item


def _items(meeting: Meeting, wanted: Sequence[int]) -> list[AgendaItem]:
    """Return items of the meeting in the order asked for; raises RuleViolation for another one."""
    rows = AgendaItem.everything.filter(meeting=meeting, pk__in=wanted).select_related(
        "meeting__minutes",
        "basis",
        "approves",
        "committee__municipality",
        "consultation__committee__municipality",
    )
    by_pk = {item.pk: item for item in rows}
    if not wanted or len(by_pk) != len(wanted):
        raise RuleViolation("Diesen Tagesordnungspunkt gibt es in der Sitzung nicht.")
    return [by_pk[pk] for pk in wanted]
