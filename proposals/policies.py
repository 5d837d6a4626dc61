"""Who may do what: bool, one condition a line. Whether *now* is a question for the rules."""

from typing import Any

from .models import Consultation, CoSignature, Proposal, Role
from .models.standing import standing_of
from .rules.words import ProposalKind


def can_draft_in(actor: Any, office_id: int) -> bool:
    """May begin a proposal for that office."""
    return standing_of(actor).has(Role.CLERK, office_id)


def can_enter_motion(actor: Any, municipality_id: int) -> bool:
    """May enter an Antrag of a faction for the house (practice.md 2, no. 9)."""
    return standing_of(actor).has(Role.SECRETARY, municipality_id)


def can_edit(actor: Any, proposal: Proposal) -> bool:
    """May change the draft: the lead office, of an Antrag the Sitzungsdienst."""
    if proposal.kind == ProposalKind.ANTRAG:
        return standing_of(actor).has(Role.SECRETARY, proposal.municipality_id)
    return standing_of(actor).has(Role.CLERK, proposal.lead_office_id)


def can_co_sign(actor: Any, co_signature: CoSignature) -> bool:
    """May answer for the office that was asked."""
    return standing_of(actor).has(Role.CO_SIGNER, co_signature.office_id)


def can_release(actor: Any, proposal: Proposal) -> bool:
    """May release as head of the administration."""
    return standing_of(actor).has(Role.HEAD, proposal.municipality_id)


def can_check_form(actor: Any, proposal: Proposal) -> bool:
    """May check the form: the Sitzungsdienst."""
    return standing_of(actor).has(Role.SECRETARY, proposal.municipality_id)


def can_schedule(actor: Any, consultation: Consultation) -> bool:
    """May put it on the agenda: who minutes that committee."""
    return standing_of(actor).has(Role.COMMITTEE_SECRETARY, consultation.committee_id)


def can_record(actor: Any, consultation: Consultation) -> bool:
    """May record and correct its results: who minutes that committee."""
    return standing_of(actor).has(Role.COMMITTEE_SECRETARY, consultation.committee_id)


def can_change_route(actor: Any, proposal: Proposal) -> bool:
    """May insert and skip consultations: head of the administration and Sitzungsdienst."""
    who = standing_of(actor)
    house = proposal.municipality_id
    return who.has(Role.HEAD, house) or who.has(Role.SECRETARY, house)


def can_withdraw(actor: Any, proposal: Proposal, *, released: bool) -> bool:
    """May withdraw: before release the lead office, then the head; an Antrag its mover alone.

    The mover declares it to the Sitzungsdienst, which records it (practice.md 1.19).
    """
    who = standing_of(actor)
    if proposal.kind == ProposalKind.ANTRAG:
        return who.has(Role.SECRETARY, proposal.municipality_id)
    if released:
        return who.has(Role.HEAD, proposal.municipality_id)
    return who.has(Role.CLERK, proposal.lead_office_id)


def can_read_history(actor: Any, proposal: Proposal) -> bool:
    """May read the history: the administration of the house."""
    who = standing_of(actor)
    return who.is_staff and who.municipality_id == proposal.municipality_id


def can_invite(actor: Any, municipality_id: int) -> bool:
    """May note that an invitation is out: the Sitzungsdienst."""
    return standing_of(actor).has(Role.SECRETARY, municipality_id)


def can_read_internal_copy(actor: Any, proposal: Proposal) -> bool:
    """May have the internal Word copy, which carries every result (practice.md 1.5)."""
    who = standing_of(actor)
    house = proposal.municipality_id
    if any(who.has(role, house) for role in (Role.HEAD, Role.SECRETARY, Role.AUDITOR)):
        return True
    return proposal.lead_office_id in who.offices


def can_sign_minutes(actor: Any, municipality_id: int) -> bool:
    """May record that minutes were signed or approved: the Sitzungsdienst."""
    return standing_of(actor).has(Role.SECRETARY, municipality_id)
