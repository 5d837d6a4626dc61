"""What an outcome does to the route, and how a correction takes that back.

Private to the use cases on results: everything here runs inside their event, with the proposal
locked. Stations that an item lapsed or inserted name it, so that its correction finds them.
"""

from datetime import date

from django.utils import timezone

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
from ..models.facts import current_submission, facts
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


def undo_effects(item: AgendaItem, consultation: Consultation, outcome: Outcome) -> None:
    """Take back what the item's present outcome did to the route, before it gets `outcome`.

    Raises RuleViolation where the route has gone on in a way that cannot be taken back.
    """
    old, new = effect_of(Outcome(item.outcome)), effect_of(outcome)
    later = AgendaItem.everything.filter(consultation=consultation, pk__gt=item.pk)
    if (old, new) != (Effect.STAYS_OPEN, Effect.STAYS_OPEN) and later.exists():
        raise RuleViolation(
            "Die Beratung wurde danach erneut auf eine Tagesordnung gesetzt. Bitte berichtigen "
            "Sie das spätere Ergebnis.",
            field="outcome",
        )
    if consultation.concluded_by_id == item.pk:
        changed(consultation, concluded_by=None)
    inserted = Consultation.everything.filter(inserted_by=item)
    for row in inserted:
        if AgendaItem.everything.filter(consultation=row).exists():
            raise RuleViolation(
                f"Die dadurch eingefügte Beratung „{row.committee}“ steht schon auf einer "
                "Tagesordnung; das Ergebnis kann so nicht mehr berichtigt werden.",
                field="outcome",
            )
    for row in inserted:
        if row.is_open:
            changed(row, lapse=Lapse.CORRECTED, lapsed_on=timezone.localdate())
    for row in Consultation.everything.filter(lapsed_by=item):
        changed(row, lapse="", lapsed_on=None, lapsed_by=None)
    if old == Effect.RETURNS:
        _take_back_return(item)


def _refer(
    item: AgendaItem, consultation: Consultation, refer_to: tuple[int, ...], refer_back: bool
) -> None:
    """Insert the committees referred to behind the referring one, and that one again if wanted."""
    known = Committee.objects.filter(pk__in=refer_to, municipality=item.committee.municipality_id)
    by_pk = {committee.pk: committee for committee in known}
    if len(by_pk) != len(set(refer_to)):
        raise RuleViolation("Dieses Gremium gibt es hier nicht.", field="refer_to")
    position = consultation.position
    for pk in refer_to:
        position += 1
        _insert(item, consultation, by_pk[pk], ConsultationRole.PRELIMINARY, position)
    if refer_back:
        role = ConsultationRole(consultation.role)
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
