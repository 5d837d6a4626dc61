"""Drafting: begin a proposal and save its working rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    Office,
    Proposal,
    Submission,
    User,
)
from ..models.facts import current_submission
from ..rules.consultation import ConsultationRole
from ..rules.deadlines import Extension
from ..rules.drafting import objection_to_publicity
from ..rules.errors import RuleViolation
from ..rules.exchange import objection_to_new_version
from ..rules.sections import Section
from ..rules.words import ProposalKind
from .common import lock, refuse_on, require
from .finance_drafts import CostDraft, FundingDraft, PositionDraft
from .issued import issued_facts
from .working_rows import begin, rewrite, take_route_of_earlier


@dataclass(frozen=True)
class DeadlineDraft:
    """One deadline as typed."""

    name: str
    due_on: date
    external: bool = True
    authority: str = ""
    extension: Extension = Extension.NONE
    extended_to: date | None = None
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True)
class StationDraft:
    """One planned consultation."""

    committee_id: int
    role: ConsultationRole


@dataclass(frozen=True)
class DraftAnswer:
    """A whole draft as typed; `revision` is the one the form was opened with.

    `amends_id` is the paper that an Änderungsantrag would change; without a route of its own it
    takes the open stations of that one. So does what begins as a supplement of `supplements_id`
    or answers the Anfrage `answers_id`. `frames` are the words before the resolution by committee,
    `matters` what the paper is about besides (codes of `Trigger`), `copied_from_id` the earlier
    paper that a new one began as a copy of.
    """

    kind: ProposalKind
    lead_office_id: int
    subject: str
    revision: int = 0
    public: bool = True
    public_subject: str = ""
    file_reference: str = ""
    mover: str = ""
    number: str = ""
    no_financial_effect: bool = False
    follow_up_words: str = ""
    income_words: str = ""
    budget_account: str = ""
    budget_available: Decimal | None = None
    finance_reasons: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[Section, str] = field(default_factory=dict)
    costs: Sequence[CostDraft] = ()
    positions: Sequence[PositionDraft] = ()
    funding: Sequence[FundingDraft] = ()
    deadlines: Sequence[DeadlineDraft] = ()
    route: Sequence[StationDraft] = ()
    co_signing_offices: Sequence[int] = ()
    amends_id: int | None = None
    supplements_id: int | None = None
    answers_id: int | None = None
    copied_from_id: int | None = None
    answer_due_on: date | None = None
    frames: Mapping[int, str] = field(default_factory=dict)
    matters: Sequence[str] = ()


class StaleDraft(RuleViolation):
    """Somebody else saved the draft in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            "Inzwischen hat jemand anders diesen Entwurf gespeichert. Ihre Eingaben stehen noch "
            "unten; bitte gleichen Sie sie mit dem neuen Stand ab und speichern Sie erneut."
        )


def create_proposal(*, actor: User, answer: DraftAnswer, on: date | None = None) -> Proposal:
    """Begin a proposal with what is known of it; `on` is its business date (today if None).

    Raises PermissionDenied, and RuleViolation for a number or a cost item that cannot be.
    """
    office = Office.objects.select_related("municipality").get(pk=answer.lead_office_id)
    house = office.municipality
    with event(actor, Act.CREATED) as creation:
        allowed = (
            policies.can_enter_motion(actor, house.pk)
            if answer.kind.is_motion
            else policies.can_draft_in(actor, office.pk)
        )
        require(allowed, f"Sie dürfen für {office.name} keine {answer.kind.label} anlegen.")

        proposal = begin(actor, house, answer, on or timezone.localdate())
        if not answer.route:
            take_route_of_earlier(proposal)
        creation.objects.append(proposal)
    return proposal


def save_draft(*, actor: User, proposal: Proposal, answer: DraftAnswer) -> Proposal:
    """Save the working rows of a draft.

    Raises PermissionDenied, StaleDraft when somebody saved since the form was opened, and
    RuleViolation when the proposal is not in the lead office's hands.
    """
    with event(actor, Act.DRAFTED, proposal):
        proposal = locked_for_editing(actor, proposal, answer.revision)
        on_its_way = current_submission(proposal) is not None
        issued = Submission.everything.filter(proposal=proposal, form_checked_on__isnull=False)
        refuse_on(
            objection_to_publicity(
                issued=issued.exists(), was_public=proposal.public, public=answer.public
            )
        )

        rewrite(actor, proposal, answer, on_its_way=on_its_way)
    return proposal


def locked_for_editing(actor: User, proposal: Proposal, revision: int) -> Proposal:
    """Lock a draft and return it as it is now, for an act that changes it, inside its event.

    `revision` is the one that was shown. Raises PermissionDenied, StaleDraft, and RuleViolation
    when the proposal is not in the lead office's hands.
    """
    proposal = lock(proposal.pk)
    require(policies.can_edit(actor, proposal), "Nur die Federführung bearbeitet den Entwurf.")
    refuse_on(objection_to_editing(proposal))
    if revision != proposal.revision:
        raise StaleDraft
    return proposal


def objection_to_editing(proposal: Proposal) -> RuleViolation | None:
    """Refuse a change of what has been handed in or withdrawn; facts are read here.

    With the committees the draft is open again, for an Austauschfassung, until they decide.
    """
    if proposal.withdrawn_on is not None:
        return RuleViolation("Die Vorlage ist zurückgezogen und kann nicht mehr geändert werden.")
    submission = current_submission(proposal)
    if submission is not None and submission.form_checked_on is not None:
        return objection_to_new_version(issued_facts(proposal))
    if submission is not None:
        return RuleViolation(
            "Die Vorlage ist abgegeben. Änderungen sind erst wieder möglich, wenn sie an die "
            "Federführung zurückkommt."
        )
    return None
