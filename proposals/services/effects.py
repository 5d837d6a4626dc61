"""What an outcome does to the route, and how a correction takes that back.

Private to the use cases on results: everything here runs inside their event, with the proposal
locked. Stations that an item lapsed or inserted name it, so that its correction finds them.
"""

from datetime import date

from django.utils import timezone

from ..history.canonical import digest
from ..models import (
    AgendaItem,
    Committee,
    Consultation,
    Lapse,
    Proposal,
    ReturnedFrom,
    Submission,
)
from ..models.consultation import OPEN
from ..models.content import content_of
from ..models.facts import current_submission, facts, situation
from ..rules.consultation import (
    ConsultationRole,
    Effect,
    Outcome,
    effect_of,
    lapses_on_rejection,
)
from ..rules.errors import RuleViolation
from ..rules.lifecycle import objection_to_return
from .common import changed, refuse_on


def apply_effects(
    item: AgendaItem,
    consultation: Consultation,
    outcome: Outcome,
    refer_to: tuple[int, ...],
    refer_back: bool,
) -> None:
    """Let the route follow an outcome: conclude, lapse, insert, return."""
    proposal, effect = consultation.proposal, effect_of(outcome)
    if effect == Effect.STAYS_OPEN:
        return
    changed(consultation, concluded_by=item)
    if effect == Effect.REFERS:
        _refer(item, consultation, refer_to, refer_back)
    elif effect == Effect.RETURNS:
        _return(item, consultation)
    elif outcome == Outcome.REJECTED and consultation.role == ConsultationRole.DECISION:
        for row in _open_rows(proposal):
            if lapses_on_rejection(ConsultationRole(row.role)):
                changed(row, lapse=Lapse.REJECTED, lapsed_on=_day(item), lapsed_by=item)


def route_stays(
    item: AgendaItem, outcome: Outcome, refer_to: tuple[int, ...], refer_back: bool
) -> bool:
    """Answer whether a correction to `outcome` leaves the route as the present outcome made it."""
    present = Outcome(item.outcome)
    if present != outcome or outcome != Outcome.REFERRED:
        return present == outcome
    rows = list(Consultation.everything.filter(inserted_by=item).exclude(lapse=Lapse.CORRECTED))
    targets = {row.committee_id for row in rows if row.replaces_id is None}
    came_back = any(row.replaces_id for row in rows)
    return (targets, came_back) == (set(refer_to), refer_back)


def undo_effects(item: AgendaItem, consultation: Consultation, outcome: Outcome) -> None:
    """Take back what the item's present outcome did to the route, before it gets `outcome`.

    Raises RuleViolation where the route has gone on in a way that cannot be taken back.
    """
    refuse_on(_objection_to_rerouting(item, consultation, outcome))
    returned = item.outcome == Outcome.RETURNED
    if returned:
        _refuse_edited_draft(item, consultation)
    # the return lapsed all that was open, so what is open now was planned for the next round
    opened = (
        _open_rows(consultation.proposal)
        if returned
        else list(Consultation.everything.filter(inserted_by=item))
    )
    for row in opened:
        if AgendaItem.everything.filter(consultation=row).exists():
            raise RuleViolation(
                f"Die dadurch eingefügte Beratung „{row.committee}“ steht schon auf einer "
                "Tagesordnung; das Ergebnis kann so nicht mehr berichtigt werden.",
                field="outcome",
            )
    if consultation.concluded_by_id == item.pk:
        changed(consultation, concluded_by=None)
    for row in opened:
        if row.is_open or row.lapsed_by_id:
            changed(row, lapse=Lapse.CORRECTED, lapsed_on=timezone.localdate(), lapsed_by=None)
    for row in Consultation.everything.filter(lapsed_by=item):
        changed(row, lapse="", lapsed_on=None, lapsed_by=None)
    if returned:
        _take_back_return(item)


def _objection_to_rerouting(
    item: AgendaItem, consultation: Consultation, outcome: Outcome
) -> RuleViolation | None:
    """Refuse to move a route that has ended, or that went on from this result, by a correction."""
    old, new = effect_of(Outcome(item.outcome)), effect_of(outcome)
    if old == new == Effect.STAYS_OPEN:
        return None
    if AgendaItem.everything.filter(consultation=consultation, pk__gt=item.pk).exists():
        return RuleViolation(
            "Die Beratung wurde danach erneut auf eine Tagesordnung gesetzt. Bitte berichtigen "
            "Sie das spätere Ergebnis.",
            field="outcome",
        )
    if consultation.lapse:
        return RuleViolation(
            "Die Beratung ist danach entfallen; ihr Ergebnis kann so nicht mehr berichtigt werden.",
            field="outcome",
        )
    if not any(_moves_route(consultation, word) for word in (Outcome(item.outcome), outcome)):
        return None
    where = situation(consultation.proposal)
    in_route = where.current is not None and where.current.form_checked_on is not None
    returned_by_it = where.submission is not None and where.submission.returned_item_id == item.pk
    if consultation.proposal.withdrawn_on is not None or not (in_route or returned_by_it):
        return RuleViolation(
            "Die Vorlage ist nicht mehr im Beratungsgang. Berichtigt werden kann nur noch, was "
            "die Beratungsfolge nicht ändert.",
            field="outcome",
        )
    return None


def _moves_route(consultation: Consultation, outcome: Outcome) -> bool:
    """Answer whether an outcome does more than to conclude its own station."""
    rejected = outcome == Outcome.REJECTED and consultation.role == ConsultationRole.DECISION
    return rejected or effect_of(outcome) != Effect.CONCLUDES


def _refer(
    item: AgendaItem, consultation: Consultation, refer_to: tuple[int, ...], refer_back: bool
) -> None:
    """Insert the committees referred to behind the referring one, and that one again if wanted.

    Where it does not come back the last one takes over the role: a decision is not lost.
    """
    known = Committee.objects.filter(pk__in=refer_to, municipality=item.committee.municipality_id)
    by_pk = {committee.pk: committee for committee in known}
    if len(by_pk) != len(set(refer_to)):
        raise RuleViolation("Dieses Gremium gibt es hier nicht.", field="refer_to")
    position, role = consultation.position, ConsultationRole(consultation.role)
    for pk in refer_to:
        position += 1
        takes_over = not refer_back and pk == refer_to[-1]
        given = role if takes_over else ConsultationRole.PRELIMINARY
        _insert(item, consultation, by_pk[pk], given, position)
    if refer_back:
        _insert(item, consultation, consultation.committee, role, position + 1, replaces=True)


def _return(item: AgendaItem, consultation: Consultation) -> None:
    """Send the proposal to the administration; the next round gets fresh stations."""
    proposal = consultation.proposal
    refuse_on(objection_to_return(facts(proposal)))
    lapsing = _open_rows(proposal)
    for row in lapsing:
        changed(row, lapse=Lapse.RETURNED, lapsed_on=_day(item), lapsed_by=item)
    for row in sorted([consultation, *lapsing], key=lambda row: (row.position, row.pk)):
        role = ConsultationRole(row.role)
        _insert(item, row, row.committee, role, row.position, replaces=True)
    submission = current_submission(proposal)
    assert submission is not None
    changed(
        submission,
        returned_on=_day(item),
        returned_from=ReturnedFrom.COMMITTEE,
        returned_item=item,
    )


def _refuse_edited_draft(item: AgendaItem, consultation: Consultation) -> None:
    """Keep a return whose draft was rewritten: committees would go on with what nobody issued."""
    submission = Submission.everything.filter(returned_item=item).select_related("version").first()
    proposal = consultation.proposal
    if submission is None or submission.pk != _newest_round(proposal):
        return
    lapsed = Consultation.everything.filter(lapsed_by=item)
    replaced = sorted([consultation, *lapsed], key=lambda row: (row.position, row.pk))
    made = [(row.committee_id, row.role) for row in replaced]
    planned = [(row.committee_id, row.role) for row in _open_rows(proposal)]
    if planned != made or digest(content_of(proposal)) != submission.version.digest:
        raise RuleViolation(
            "Die Federführung hat den Entwurf seit der Rückgabe geändert; die Rückgabe kann nicht "
            "mehr berichtigt werden.",
            field="outcome",
        )


def _newest_round(proposal: Proposal) -> int | None:
    rows = Submission.everything.filter(proposal=proposal).order_by("-number")
    newest: int | None = rows.values_list("pk", flat=True).first()
    return newest


def _take_back_return(item: AgendaItem) -> None:
    submission = Submission.everything.filter(returned_item=item).first()
    if submission is None:
        return
    if Submission.everything.filter(
        proposal=submission.proposal_id, number__gt=submission.number
    ).exists():
        raise RuleViolation(
            "Die Vorlage ist inzwischen neu abgegeben; die Rückgabe kann nicht mehr berichtigt "
            "werden.",
            field="outcome",
        )
    changed(submission, returned_on=None, returned_from="", returned_item=None)


def _insert(
    item: AgendaItem,
    origin: Consultation,
    committee: Committee,
    role: ConsultationRole,
    position: int,
    *,
    replaces: bool = False,
) -> None:
    Consultation(
        proposal=origin.proposal,
        committee=committee,
        role=role,
        position=position,
        inserted_by=item,
        replaces=origin if replaces else None,
    ).save()


def _open_rows(proposal: Proposal) -> list[Consultation]:
    rows = Consultation.everything.filter(OPEN, proposal=proposal).select_related("committee")
    return list(rows.order_by("position", "pk"))


def _day(item: AgendaItem) -> date:
    return timezone.localdate(item.meeting.starts_at)
