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
    CostKind,
    Office,
    PositionSource,
    Proposal,
    Submission,
    User,
)
from ..models.facts import current_submission
from ..rules.consultation import ConsultationRole
from ..rules.costs import Qualifier
from ..rules.drafting import objection_to_publicity
from ..rules.errors import RuleViolation
from ..rules.sections import Section
from ..rules.words import ProposalKind
from .common import lock, refuse_on, require
from .working_rows import begin, rewrite, take_route_of_amended


@dataclass(frozen=True)
class CostDraft:
    """One cost item as typed; `amount` None means unknown, `clause` is the Ziffer it belongs to."""

    text: str
    amount: Decimal | None = None
    kind: CostKind = CostKind.EXPENSE
    qualifier: Qualifier = Qualifier.EXACT
    recurring: bool = False
    year: int | None = None
    before: Decimal | None = None
    after: Decimal | None = None
    clause: int | None = None


@dataclass(frozen=True)
class PositionDraft:
    """One post as typed; `share` in full posts."""

    text: str
    share: Decimal
    grade: str = ""
    source: PositionSource = PositionSource.ESTABLISHMENT
    limited_until: date | None = None
    clause: int | None = None


@dataclass(frozen=True)
class FundingDraft:
    """One line of funding as typed: `count` times `amount_each` euros."""

    text: str
    amount_each: Decimal
    count: int = 1
    authority: str = ""
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True)
class DeadlineDraft:
    """One deadline as typed."""

    name: str
    due_on: date
    external: bool = True
    authority: str = ""
    extended_to: date | None = None
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
    takes the open stations of that one.
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
    texts: Mapping[Section, str] = field(default_factory=dict)
    costs: Sequence[CostDraft] = ()
    positions: Sequence[PositionDraft] = ()
    funding: Sequence[FundingDraft] = ()
    deadlines: Sequence[DeadlineDraft] = ()
    route: Sequence[StationDraft] = ()
    co_signing_offices: Sequence[int] = ()
    amends_id: int | None = None


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
            take_route_of_amended(proposal)
        creation.objects.append(proposal)
    return proposal


def save_draft(*, actor: User, proposal: Proposal, answer: DraftAnswer) -> Proposal:
    """Save the working rows of a draft.

    Raises PermissionDenied, StaleDraft when somebody saved since the form was opened, and
    RuleViolation when the proposal is not in the lead office's hands.
    """
    with event(actor, Act.DRAFTED, proposal):
        proposal = lock(proposal.pk)
        require(policies.can_edit(actor, proposal), "Nur die Federführung bearbeitet den Entwurf.")
        refuse_on(objection_to_editing(proposal))
        if answer.revision != proposal.revision:
            raise StaleDraft
        issued = Submission.everything.filter(proposal=proposal, form_checked_on__isnull=False)
        refuse_on(
            objection_to_publicity(
                issued=issued.exists(), was_public=proposal.public, public=answer.public
            )
        )

        rewrite(actor, proposal, answer)
    return proposal


def objection_to_editing(proposal: Proposal) -> RuleViolation | None:
    """Refuse a change of what has been handed in or withdrawn; facts are read here."""
    if proposal.withdrawn_on is not None:
        return RuleViolation("Die Vorlage ist zurückgezogen und kann nicht mehr geändert werden.")
    if current_submission(proposal) is not None:
        return RuleViolation(
            "Die Vorlage ist abgegeben. Änderungen sind erst wieder möglich, wenn sie an die "
            "Federführung zurückkommt."
        )
    return None
