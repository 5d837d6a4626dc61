"""Who may do what: bool, one condition a line. Whether *now* is a question for the rules."""

from typing import Any

from .models import Consultation, CoSignature, Meeting, Person, Proposal, Role, StatementRequest
from .models.drafting import working_on
from .models.standing import standing_of
from .rules.words import ProposalKind


def can_draft_in(actor: Any, office_id: int) -> bool:
    """May begin a proposal for that office."""
    return standing_of(actor).has(Role.CLERK, office_id)


def can_enter_motion(actor: Any, municipality_id: int) -> bool:
    """May enter a motion of a faction for the house (practice.md 2, no. 9)."""
    return standing_of(actor).has(Role.SECRETARY, municipality_id)


def can_edit(actor: Any, proposal: Proposal) -> bool:
    """May change the draft: the lead office, of a motion the Sitzungsdienst."""
    if ProposalKind(proposal.kind).is_motion:
        return standing_of(actor).has(Role.SECRETARY, proposal.municipality_id)
    return standing_of(actor).has(Role.CLERK, proposal.lead_office_id)


def can_co_sign(actor: Any, co_signature: CoSignature) -> bool:
    """May answer for the office that was asked: who co-signs there, or its head."""
    return standing_of(actor).has(co_signature.role, co_signature.office_id)


def can_ask_more(actor: Any, proposal: Proposal) -> bool:
    """May ask one more office to co-sign: the lead office, and whoever releases."""
    return can_edit(actor, proposal) or can_release(actor, proposal)


def can_state(actor: Any, request: StatementRequest) -> bool:
    """May give the statement of an office that was asked for one."""
    return standing_of(actor).has(Role.CO_SIGNER, request.office_id)


def can_note_absence(actor: Any, person: Person) -> bool:
    """May enter somebody's absence: that person, and who keeps the master data."""
    keeps = standing_of(actor).has(Role.ADMINISTRATOR, person.municipality_id)
    return keeps or person.user_id == actor.pk


def can_set_signing(actor: Any, municipality_id: int) -> bool:
    """May change whom the house asks to co-sign, and on which days it is closed."""
    return standing_of(actor).has(Role.ADMINISTRATOR, municipality_id)


def can_set_routes(actor: Any, municipality_id: int) -> bool:
    """May change with which route new papers begin: who keeps the master data."""
    return standing_of(actor).has(Role.ADMINISTRATOR, municipality_id)


def can_set_kinds(actor: Any, municipality_id: int) -> bool:
    """May change names, sections and boxes of the house's papers: who keeps the master data."""
    return standing_of(actor).has(Role.ADMINISTRATOR, municipality_id)


def can_set_templates(actor: Any, municipality_id: int) -> bool:
    """May upload Word templates and put them in force: who keeps the master data."""
    return standing_of(actor).has(Role.ADMINISTRATOR, municipality_id)


def can_keep_blocks(actor: Any, municipality_id: int, office_id: int | None) -> bool:
    """May keep text blocks: those of an office its clerks, all of them the master data."""
    who = standing_of(actor)
    if who.has(Role.ADMINISTRATOR, municipality_id):
        return True
    return office_id is not None and who.has(Role.CLERK, office_id)


def can_comment(actor: Any, proposal: Proposal) -> bool:
    """May ask and answer on a paper: who works on it, and nobody else who may see it."""
    rows = Proposal.objects.visible_to(actor).filter(working_on(actor), pk=proposal.pk)
    return bool(rows.exists())


def can_audit_signing(actor: Any, municipality_id: int) -> bool:
    """May read who signed or released their own work: the Rechnungsprüfung."""
    return standing_of(actor).has(Role.AUDITOR, municipality_id)


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
    """May withdraw: before release the lead office, then the head; a motion its mover alone.

    The mover declares it to the Sitzungsdienst, which records it (practice.md 1.19).
    """
    who = standing_of(actor)
    if ProposalKind(proposal.kind).is_motion:
        return who.has(Role.SECRETARY, proposal.municipality_id)
    if released:
        return who.has(Role.HEAD, proposal.municipality_id)
    return who.has(Role.CLERK, proposal.lead_office_id)


def can_read_history(actor: Any, proposal: Proposal) -> bool:
    """May read the history: the administration of the house."""
    who = standing_of(actor)
    return who.is_staff and who.municipality_id == proposal.municipality_id


def can_plan_meetings(actor: Any, municipality_id: int) -> bool:
    """May plan, move and cancel meetings: the Sitzungsdienst."""
    return standing_of(actor).has(Role.SECRETARY, municipality_id)


def can_keep(actor: Any, committee_id: int) -> bool:
    """May keep the agenda, attendance and results of a committee: who minutes it."""
    return standing_of(actor).has(Role.COMMITTEE_SECRETARY, committee_id)


def can_keep_meeting(actor: Any, meeting: Meeting) -> bool:
    """May run a meeting: who minutes one of the committees that sit in it."""
    return any(can_keep(actor, row.committee_id) for row in meeting.bodies.all())


def can_write_minutes(actor: Any, meeting: Meeting) -> bool:
    """May read the draft of its minutes: who keeps each of the committees that sit in it."""
    return all(can_keep(actor, row.committee_id) for row in meeting.bodies.all())


def can_read_draft_agenda(actor: Any, meeting: Meeting) -> bool:
    """May read an agenda before its invitation is out: who draws it up, head and audit."""
    who, house = standing_of(actor), meeting.municipality_id
    return (
        can_keep_meeting(actor, meeting)
        or who.has(Role.HEAD, house)
        or who.has(Role.AUDITOR, house)
    )


def can_read_meeting_history(actor: Any, meeting: Meeting) -> bool:
    """May read what was done about a meeting: who may read its draft agenda, and who plans it."""
    return can_read_draft_agenda(actor, meeting) or can_plan_meetings(
        actor, meeting.municipality_id
    )


def can_advise_review(actor: Any, municipality_id: int) -> bool:
    """May give the opinion on a count error: the Rechtsamt (practice.md 1.15)."""
    return standing_of(actor).has(Role.LEGAL, municipality_id)


def can_decide_review(actor: Any, municipality_id: int) -> bool:
    """May decide what follows from a count error: the head of the administration."""
    return standing_of(actor).has(Role.HEAD, municipality_id)


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


def can_take_over(actor: Any, municipality_id: int) -> bool:
    """May enter a paper that is under way already, and its results: the Sitzungsdienst."""
    return standing_of(actor).has(Role.SECRETARY, municipality_id)


def can_set_counter(actor: Any, municipality_id: int) -> bool:
    """May set the next number of a series: the Sitzungsdienst and who keeps the master data."""
    who = standing_of(actor)
    keeps = (Role.SECRETARY, Role.ADMINISTRATOR)
    return any(who.has(role, municipality_id) for role in keeps)


def can_set_pattern(actor: Any, municipality_id: int) -> bool:
    """May change how the house numbers from now on: who keeps the master data."""
    return standing_of(actor).has(Role.ADMINISTRATOR, municipality_id)


def can_decide_urgently(actor: Any, proposal: Proposal) -> bool:
    """May enter an urgent decision: head of the administration and Sitzungsdienst."""
    return can_change_route(actor, proposal)


def can_take_lead(actor: Any, proposal: Proposal) -> bool:
    """May take a colleague's draft over: any clerk of its lead office."""
    return can_draft_in(actor, proposal.lead_office_id)


def can_relate(actor: Any, proposal: Proposal) -> bool:
    """May relate a paper to an earlier one: its lead office and the Sitzungsdienst."""
    who = standing_of(actor)
    house = proposal.municipality_id
    return who.has(Role.SECRETARY, house) or who.has(Role.CLERK, proposal.lead_office_id)


def can_supplement(actor: Any, proposal: Proposal) -> bool:
    """May begin a paper that supplements this one: who may draft one in the lead office."""
    if ProposalKind(proposal.kind).is_motion:
        return can_enter_motion(actor, proposal.municipality_id)
    return can_draft_in(actor, proposal.lead_office_id)


def can_reissue(actor: Any, proposal: Proposal) -> bool:
    """May issue a recommended wording anew: the Sitzungsdienst."""
    return standing_of(actor).has(Role.SECRETARY, proposal.municipality_id)


def can_read_law(actor: Any, municipality_id: int) -> bool:
    """May read the state of the law: Sitzungsdienst, head, audit and master data."""
    who = standing_of(actor)
    roles = (Role.SECRETARY, Role.HEAD, Role.AUDITOR, Role.ADMINISTRATOR)
    return any(who.has(role, municipality_id) for role in roles)


def can_set_rates(actor: Any, municipality_id: int) -> bool:
    """May set the average personnel costs: who keeps the master data."""
    return standing_of(actor).has(Role.ADMINISTRATOR, municipality_id)


def can_read_rates(actor: Any, municipality_id: int) -> bool:
    """May read the average personnel costs: the administration of the house."""
    who = standing_of(actor)
    return who.is_staff and who.municipality_id == municipality_id


def can_read_budget(actor: Any, municipality_id: int) -> bool:
    """May read the budget over all papers that they see: the administration of the house."""
    who = standing_of(actor)
    return who.is_staff and who.municipality_id == municipality_id


def can_read_internal_pack(actor: Any, meeting: Meeting) -> bool:
    """May have the internal Sitzungsmappe: who may have the internal copy of every paper."""
    who, house = standing_of(actor), meeting.municipality_id
    return any(who.has(role, house) for role in (Role.HEAD, Role.SECRETARY, Role.AUDITOR))
