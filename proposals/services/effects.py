"""What an outcome does to the route, and how a correction takes that back.

Private to the use cases on results: everything here runs inside their event, with the proposal
locked. Stations that an item lapsed or inserted name it, so that its correction finds them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

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
    UrgentDecision,
)
from ..models.consultation import OPEN
from ..models.content import content_of
from ..models.facts import Situation, current_submission, facts, situation
from ..rules.consultation import (
    REFERRALS,
    ConsultationRole,
    Effect,
    Outcome,
    effect_of,
    lapses_on_rejection,
)
from ..rules.errors import RuleViolation
from ..rules.lifecycle import objection_to_return, objection_to_withdrawal
from ..rules.words import ProposalKind
from .common import changed, refuse_on
from .route import next_position

_CARRIED = (Outcome.DECIDED, Outcome.DECIDED_CHANGED)


def apply_effects(
    item: AgendaItem,
    consultation: Consultation,
    outcome: Outcome,
    refer_to: tuple[int, ...] = (),
    refer_back: bool = True,
) -> dict[str, Any]:
    """Let the route follow an outcome: conclude, lapse, insert, return, withdraw.

    Returns what the proposal itself is to be saved with.
    """
    proposal, effect = consultation.proposal, effect_of(outcome)
    if effect == Effect.STAYS_OPEN:
        return {}
    changed(consultation, concluded_by=item)
    decides = consultation.role == ConsultationRole.DECISION
    if effect == Effect.REFERS:
        _refer(item, consultation, refer_to, refer_back)
    elif effect == Effect.RETURNS:
        _return(item, consultation)
    elif effect == Effect.WITHDRAWS:
        return _withdraw(item, proposal)
    elif decides and outcome == Outcome.REJECTED and _decides_urgently(consultation):
        _give_back(item, consultation)
    elif decides and outcome == Outcome.REJECTED:
        spared = [row for row in _open_rows(proposal) if not lapses_on_rejection(_role(row))]
        _lapse(item, proposal, Lapse.REJECTED, spared)
    elif decides and outcome == Outcome.SETTLED:
        _lapse(item, proposal, Lapse.SETTLED)
    elif decides and outcome in _CARRIED:
        _report_urgent_decision(item, consultation)
    return {}


def situation_after(
    before: Situation, consultation: Consultation, outcome: Outcome
) -> Situation | None:
    """Return where the proposal stands after an outcome that moves its own station alone.

    None where it moves others too: read it anew. It saves two statements in nearly every vote.
    """
    if effect_of(outcome) == Effect.STAYS_OPEN:
        return before
    urgent = before.urgent is not None and before.urgent.consultation_id == consultation.pk
    if urgent or _way(consultation, outcome)[1] not in ("", "carried"):
        return None
    if effect_of(outcome) != Effect.CONCLUDES:
        return None
    rows = (consultation if row.pk == consultation.pk else row for row in before.consultations)
    return replace(before, consultations=tuple(rows))


def route_stays(
    item: AgendaItem,
    consultation: Consultation,
    outcome: Outcome,
    refer_to: tuple[int, ...] = (),
    refer_back: bool = True,
) -> bool:
    """Answer whether a correction to `outcome` leaves the route as the present outcome made it."""
    present = Outcome(item.outcome)
    if _way(consultation, present) != _way(consultation, outcome):
        return False
    if outcome not in REFERRALS:
        return True
    rows = list(Consultation.everything.filter(inserted_by=item).exclude(lapse=Lapse.CORRECTED))
    targets = {row.committee_id for row in rows if row.replaces_id is None}
    came_back = any(row.replaces_id for row in rows)
    return (targets, came_back) == (set(refer_to), refer_back)


def _way(consultation: Consultation, outcome: Outcome) -> tuple[Effect, str]:
    """Return what an outcome does to the route, so that two of them can be compared."""
    effect = effect_of(outcome)
    if effect != Effect.CONCLUDES or consultation.role != ConsultationRole.DECISION:
        return effect, ""
    if outcome in _CARRIED:
        return effect, "carried"
    return effect, outcome if outcome in (Outcome.REJECTED, Outcome.SETTLED) else ""


def undo_effects(item: AgendaItem, consultation: Consultation, outcome: Outcome) -> dict[str, Any]:
    """Take back what the item's present outcome did to the route, before it gets `outcome`.

    Returns what the proposal itself is to be saved with. Raises RuleViolation where the route has
    gone on in a way that cannot be taken back.
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
    return {"withdrawn_on": None} if item.outcome == Outcome.WITHDRAWN else {}


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
    if item.outcome == Outcome.WITHDRAWN and consultation.concluded_by_id == item.pk:
        return None  # the withdrawal itself is what is taken back
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
    return _way(consultation, outcome) != (Effect.CONCLUDES, "")


def _withdraw(item: AgendaItem, proposal: Proposal) -> dict[str, Any]:
    """Withdraw the proposal in the meeting; what a body has decided is its own."""
    refuse_on(objection_to_withdrawal(facts(proposal)))
    _lapse(item, proposal, Lapse.WITHDRAWN)
    return {"withdrawn_on": day_of(item)}


def _lapse(
    item: AgendaItem, proposal: Proposal, why: Lapse, spared: Sequence[Consultation] = ()
) -> None:
    kept = {row.pk for row in spared}
    for row in _open_rows(proposal):
        if row.pk not in kept:
            changed(row, lapse=why, lapsed_on=day_of(item), lapsed_by=item)


def _report_urgent_decision(item: AgendaItem, consultation: Consultation) -> None:
    """Insert the station that an urgent decision of the Hauptausschuss needs afterwards."""
    urgent = situation(consultation.proposal).urgent
    if urgent is not None and urgent.consultation_id == consultation.pk:
        insert_follow_up(urgent, item)


def _decides_urgently(consultation: Consultation) -> bool:
    """Answer whether the Hauptausschuss decides there in place of the council."""
    urgent = situation(consultation.proposal).urgent
    return urgent is not None and urgent.consultation_id == consultation.pk


def _give_back(item: AgendaItem, consultation: Consultation) -> None:
    """Restore the ordinary route where the urgent decision was not taken: advice and council."""
    urgent = situation(consultation.proposal).urgent
    assert urgent is not None
    for origin in filter(None, (consultation.replaces, urgent.instead_of)):
        role = ConsultationRole(origin.role)
        _insert(item, origin, origin.committee, role, origin.position, replaces=True)


def insert_follow_up(urgent: UrgentDecision, item: AgendaItem | None) -> Consultation | None:
    """Insert the station of the body that should have decided: it is told, or it approves.

    The law of the Land says which (NI § 89 NKomVG: Unterrichtung, NW § 60 GO: Genehmigung); None
    where it says nothing. `item` is the one that decided, None for a decision of the head.
    """
    origin, day = urgent.instead_of, day_of(item) if item else urgent.decided_on
    assert day is not None
    rules = origin.committee.municipality.law(day).urgent
    rule = next((rule for rule in rules if rule.organ == urgent.organ), None)
    if rule is None:
        return None
    after = urgent.consultation or origin
    station = Consultation(
        proposal=origin.proposal,
        committee=origin.committee,
        role=rule.then,
        position=next_position(origin.proposal, after.position),
        inserted_by=item,
        replaces=origin,
    )
    station.save()
    return station


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
    voted_on = not ProposalKind(consultation.proposal.kind).is_never_voted_on
    between = ConsultationRole.PRELIMINARY if voted_on else role
    for pk in refer_to:
        position += 1
        takes_over = not refer_back and pk == refer_to[-1]
        given = role if takes_over else between
        _insert(item, consultation, by_pk[pk], given, position)
    if refer_back:
        _insert(item, consultation, consultation.committee, role, position + 1, replaces=True)


def _return(item: AgendaItem, consultation: Consultation) -> None:
    """Send the proposal to the administration; the next round gets fresh stations."""
    proposal = consultation.proposal
    refuse_on(objection_to_return(facts(proposal)))
    lapsing = _open_rows(proposal)
    for row in lapsing:
        changed(row, lapse=Lapse.RETURNED, lapsed_on=day_of(item), lapsed_by=item)
    for row in sorted([consultation, *lapsing], key=lambda row: (row.position, row.pk)):
        role = ConsultationRole(row.role)
        _insert(item, row, row.committee, role, row.position, replaces=True)
    submission = current_submission(proposal)
    assert submission is not None
    changed(
        submission,
        returned_on=day_of(item),
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


def _role(row: Consultation) -> ConsultationRole:
    return ConsultationRole(row.role)


def day_of(item: AgendaItem) -> date:
    """Return the day of an item's meeting."""
    return timezone.localdate(item.meeting.starts_at)
