"""Who works on a draft: a colleague takes it over, or another office of the house does."""

from dataclasses import dataclass

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Office, Proposal, Role, RoleAssignment, User
from ..models.facts import current_submission
from ..models.organization import valid_on
from ..rules.drafting import objection_to_hand_over
from ..rules.errors import RuleViolation
from ..rules.words import ProposalKind
from .common import changed, refuse_on, require
from .drafting import objection_to_editing


@dataclass(frozen=True)
class TakeLeadAnswer:
    """The actor works on the draft from now on; `reason` may say why."""

    reason: str = ""


@dataclass(frozen=True)
class HandOverAnswer:
    """Another office leads from now on."""

    office_id: int
    reason: str = ""


def take_lead(*, actor: User, proposal: Proposal, answer: TakeLeadAnswer) -> Proposal:
    """Take a colleague's draft over; the gate holds the proposal.

    Any clerk of the office may edit it before and after: this says whose it is.
    """
    with event(actor, Act.LEAD_CHANGED, proposal, reason=answer.reason):
        require(
            policies.can_take_lead(actor, proposal),
            "Die Bearbeitung übernimmt, wer in der Federführung Vorlagen entwirft.",
        )
        refuse_on(objection_to_taking_lead(proposal, actor))

        changed(proposal, author=actor)
    return proposal


def hand_over(*, actor: User, proposal: Proposal, answer: HandOverAnswer) -> Proposal:
    """Give the lead of a draft to another office of the house; its open task follows.

    The text, its number and who wrote it stay. Raises RuleViolation once the paper is handed in.
    """
    with event(actor, Act.LEAD_HANDED_OVER, proposal, reason=answer.reason):
        require(
            policies.can_edit(actor, proposal), "Nur die Federführung gibt die Federführung ab."
        )
        refuse_on(objection_to_handing_over(proposal))
        office = Office.objects.filter(
            municipality=proposal.municipality_id, pk=answer.office_id
        ).first()
        if office is None:
            raise RuleViolation(
                f"Dieses Amt gibt es in {proposal.municipality.name} nicht.", field="office"
            )
        refuse_on(
            objection_to_hand_over(
                office=office.name,
                leads=office.pk == proposal.lead_office_id,
                has_clerks=office in offices_with_clerks(proposal.municipality_id),
                is_motion=ProposalKind(proposal.kind).is_motion,
            )
        )

        changed(proposal, lead_office=office, revision=proposal.revision + 1)
    return proposal


def offices_with_clerks(municipality_id: int) -> list[Office]:
    """Return the offices in which somebody drafts proposals today."""
    held = RoleAssignment.objects.filter(valid_on(timezone.localdate()), role=Role.CLERK)
    rows = Office.objects.filter(municipality=municipality_id, pk__in=held.values("office"))
    return list(rows.order_by("name"))


def objection_to_taking_lead(proposal: Proposal, actor: User) -> RuleViolation | None:
    """Refuse to take over one's own draft, or what is no draft any more; facts are read here."""
    if ProposalKind(proposal.kind).is_motion:
        return RuleViolation("Anträge und Anfragen bearbeitet der Sitzungsdienst gemeinsam.")
    if proposal.author_id == actor.pk:
        return RuleViolation("Sie bearbeiten diese Vorlage schon.")
    if proposal.withdrawn_on is not None:
        return RuleViolation("Die Vorlage ist zurückgezogen.")
    return None


def objection_to_handing_over(proposal: Proposal) -> RuleViolation | None:
    """Refuse once the paper is handed in: from there on the office answers for it."""
    if ProposalKind(proposal.kind).is_motion:
        return objection_to_hand_over(office="", leads=False, has_clerks=True, is_motion=True)
    if current_submission(proposal) is not None:
        return RuleViolation(
            "Die Vorlage ist abgegeben. Die Federführung wechselt nur, solange sie Entwurf ist."
        )
    return objection_to_editing(proposal)
