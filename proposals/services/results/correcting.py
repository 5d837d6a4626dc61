"""Corrects a recorded result as the stage of its minutes allows (practice.md 1.2, 1.15)."""

from django.db.models import Model

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Consultation, Proposal, User, Vote
from ...models.facts import current_submission
from ...models.motion import main_vote
from ...models.voting import has_approved_minutes, minutes_of
from ...rules.cleaning import clean_html
from ...rules.errors import RuleViolation
from ...rules.results import objection_to_correcting
from ..carrying import refuse_resumed
from ..common import changed, refuse_on, settle_status
from ..deputies import require_keeper
from ..effects import apply_effects, route_stays, undo_effects
from ..review import open_review
from ..submission import order_documents
from ..treating import set_basis
from ..voting.rows import append_correction, votes_of
from .answers import ResultAnswer
from .judging import Judged, judge
from .minutes import approve_with, take_back_approval
from .writing import write_result


def correct_result(*, actor: User, agenda_item: AgendaItem, answer: ResultAnswer) -> AgendaItem:
    """Correct the result of an item, with a Vorlage or without.

    Provisional: overwritten, history keeps both. Signed: with a reason. Approved: a new vote that
    names the one it corrects; the outcome and the route stay as they are, and where the count now
    says something else people decide what follows.
    """
    item, consultation = agenda_item, agenda_item.consultation
    proposal = consultation.proposal if consultation else None
    if consultation is not None:
        item.committee = consultation.committee
    with event(actor, Act.CORRECTED, *_objects(item, proposal), reason=answer.reason):
        require_keeper(
            actor, item.committee_id, f"Ergebnisse für „{item.committee}“ berichtigen Sie nicht."
        )
        refuse_on(
            objection_to_correcting(
                item.outcome,
                seen=answer.revision,
                revision=item.revision,
                signed=minutes_of(item.meeting) is not None,
            ),
            reason=answer.reason,
        )
        votes = votes_of(item, answer.request_key)
        approved = has_approved_minutes(item.meeting)
        if not approved:
            set_basis(item, proposal, answer.basis_id)
        judged = judge(item, consultation, answer, votes)
        if approved:
            _append(item, proposal, answer, judged, votes)
        elif consultation is None:
            refuse_resumed(item, judged.outcome)
            take_back_approval(item, judged.outcome)
            write_result(item, None, answer, judged, votes)
            approve_with(item)
        else:
            _overwrite(item, consultation, answer, judged, votes)
        if proposal is not None:
            _order_documents(actor, proposal)
    return item


def _objects(item: AgendaItem, proposal: Proposal | None) -> tuple[Model, ...]:
    if proposal is not None:
        return proposal, item
    return (item,) if item.approves is None else (item, item.approves)


def _overwrite(
    item: AgendaItem,
    consultation: Consultation,
    answer: ResultAnswer,
    judged: Judged,
    votes: list[Vote],
) -> None:
    outcome, to, back = judged.outcome, answer.refer_to, answer.refer_back
    stays = route_stays(item, consultation, outcome, to, back)
    values = {} if stays else undo_effects(item, consultation, outcome)
    write_result(item, consultation, answer, judged, votes)
    if not stays:
        values |= apply_effects(item, consultation, outcome, to, back)
    settle_status(consultation.proposal, corrects=True, **values)


def _order_documents(actor: User, proposal: Proposal) -> None:
    submission = current_submission(proposal)
    if submission is not None:
        order_documents(actor, proposal, submission)


def _append(
    item: AgendaItem,
    proposal: Proposal | None,
    answer: ResultAnswer,
    judged: Judged,
    votes: list[Vote],
) -> None:
    """Add a vote that corrects the newest one of approved minutes; nothing else moves."""
    old = main_vote(votes)
    if old is None or judged.reading is None or judged.outcome != item.outcome or answer.repeats:
        raise RuleViolation(
            "Das Protokoll ist genehmigt. Berichtigt werden können nur noch die Stimmen; das "
            "festgestellte Ergebnis bleibt, bis das Gremium neu entscheidet."
        )
    carried = item.result_wording.html if item.result_wording else ""
    wording = clean_html(answer.wording)
    noted = answer.note is not None and answer.note.strip() != item.note
    if (wording and wording != carried) or noted:
        raise RuleViolation(
            "Das Protokoll ist genehmigt. Wortlaut und Vermerk werden hier nicht mehr geändert."
        )
    old.agenda_item = item
    new = append_correction(old, votes, judged.reading, answer.request_key, answer.reason)
    changed(item, revision=item.revision + 1)
    open_review(item, proposal, old, new)
