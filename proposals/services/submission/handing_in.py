"""Handing in: a version is frozen, the offices are asked, the draft is closed."""

from django.utils import timezone

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import NumberAt, Proposal, Relation, Submission, User, VersionOrigin
from ...models.consultation import OPEN, Consultation
from ...models.facts import current_submission, situation
from ...rules.consultation import ConsultationRole
from ...rules.drafting import DraftFacts, objection_to_submission
from ...rules.errors import RuleViolation
from ...rules.relations import RelationKind
from ...rules.reminding import Reminder
from ...rules.route import objection_to_planned_route
from ...rules.words import ProposalKind
from ..common import refuse_on, require, settle_status
from ..mails import order_mails
from ..numbering import issue_number
from ..plausibility import keep_reasons, objection_to_finances
from ..versions import freeze
from .answers import SubmitAnswer
from .asking import ask_offices


def submit(*, actor: User, proposal: Proposal, answer: SubmitAnswer) -> Proposal:
    """Freeze a version and ask whom the house's rules and the draft name.

    The draft is closed from here on. What an office signed in an earlier round holds on where its
    parts have stayed as they were.
    """
    on = answer.on or timezone.localdate()
    with event(actor, Act.SUBMITTED, proposal, reason=answer.reason):
        require(policies.can_edit(actor, proposal), "Nur die Federführung gibt die Vorlage ab.")
        refuse_on(objection_to_submission(draft_facts(proposal)))
        refuse_on(objection_to_route(proposal), reason=answer.reason)
        refuse_on(objection_to_finances(proposal, answer.finance_reasons))
        keep_reasons(proposal, answer.finance_reasons)

        version = freeze(proposal, origin=VersionOrigin.HAND_IN, author=actor)
        newest = situation(proposal).submission
        is_motion = ProposalKind(proposal.kind).is_motion
        submission = Submission(
            proposal=proposal,
            number=newest.number + 1 if newest else 1,
            version=version,
            submitted_on=on,
            # a motion has a mover and needs nobody's release
            released_on=on if is_motion else None,
        )
        submission.save()
        if not is_motion:
            order_mails(actor, ask_offices(proposal, submission, on), Reminder.ASKED)
        due = {NumberAt.SUBMISSION, NumberAt.RELEASE} if is_motion else {NumberAt.SUBMISSION}
        if proposal.number is None and proposal.municipality.number_at in due:
            settle_status(proposal, number=issue_number(proposal, on))
        else:
            settle_status(proposal)
    return proposal


def draft_facts(proposal: Proposal) -> DraftFacts:
    """Return what the rule on handing in asks."""
    kind = ProposalKind(proposal.kind)
    written = proposal.texts.filter(committee__isnull=True)
    filled = {row.section for row in written if row.html}
    house = proposal.municipality.sections
    missing = [
        house.title(section, kind)
        for section in house.of(kind)
        if section in house.required(kind) and section not in filled
    ]
    named = set(Relation.everything.filter(proposal=proposal).values_list("kind", flat=True))
    return DraftFacts(
        kind=kind,
        subject=proposal.subject,
        missing_sections=tuple(missing),
        stations=Consultation.everything.filter(OPEN, proposal=proposal).count(),
        cost_items=proposal.cost_items.count(),
        no_financial_effect=proposal.no_financial_effect,
        under_way=current_submission(proposal) is not None,
        withdrawn=proposal.withdrawn_on is not None,
        mover=proposal.mover,
        amends=RelationKind.AMENDS in named,
        answers=RelationKind.ANSWERS in named,
    )


def objection_to_route(proposal: Proposal) -> RuleViolation | None:
    """Ask for a reason where the planned route lacks a decision or has more than one."""
    rows = Consultation.everything.filter(OPEN, proposal=proposal)
    roles = [ConsultationRole(role) for role in rows.values_list("role", flat=True)]
    return objection_to_planned_route(roles)
