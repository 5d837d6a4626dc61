"""Drafting: begin a proposal and save its working rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import (
    Committee,
    CoSigningOffice,
    CostItem,
    CostKind,
    Deadline,
    Funding,
    LegislativeTerm,
    Municipality,
    NumberAt,
    Office,
    PositionSource,
    Proposal,
    ProposalText,
    StaffPosition,
    Submission,
    User,
)
from ..models.facts import current_submission
from ..rules.cleaning import clean_html
from ..rules.consultation import ConsultationRole
from ..rules.costs import (
    CostLine,
    FundingLine,
    Qualifier,
    objection_to_cost_line,
    objection_to_funding_line,
    objection_to_share,
)
from ..rules.drafting import objection_to_publicity
from ..rules.errors import RuleViolation
from ..rules.numbering import objection_to_renumbering
from ..rules.sections import Section
from ..rules.words import ProposalKind
from .common import changed, lock, refuse_on, require
from .numbering import issue_number, refuse_taken_number
from .route import plan_route


@dataclass(frozen=True)
class CostDraft:
    """One cost item as typed; `amount` None means unknown."""

    text: str
    amount: Decimal | None = None
    kind: CostKind = CostKind.EXPENSE
    qualifier: Qualifier = Qualifier.EXACT
    recurring: bool = False
    year: int | None = None
    before: Decimal | None = None
    after: Decimal | None = None


@dataclass(frozen=True)
class PositionDraft:
    """One post as typed; `share` in full posts."""

    text: str
    share: Decimal
    grade: str = ""
    source: PositionSource = PositionSource.ESTABLISHMENT
    limited_until: date | None = None


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
    """A whole draft as typed; `revision` is the one the form was opened with."""

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
    on = on or timezone.localdate()
    with event(actor, Act.CREATED) as creation:
        allowed = (
            policies.can_enter_motion(actor, house.pk)
            if answer.kind == ProposalKind.ANTRAG
            else policies.can_draft_in(actor, office.pk)
        )
        require(allowed, f"Sie dürfen für {office.name} keine {answer.kind.label} anlegen.")
        _refuse_strangers(house, answer)
        _refuse_lines(answer)
        if number := answer.number.strip():
            refuse_taken_number(house, number)

        terms = LegislativeTerm.objects.filter(municipality=house, starts_on__lte=on)
        proposal = Proposal(
            municipality=house,
            term=terms.order_by("-starts_on").first(),
            kind=answer.kind,
            author=actor,
            drafted_on=on,
            **_head(answer),
        )
        if proposal.number is None and house.number_at == NumberAt.CREATION:
            proposal.number = issue_number(proposal, on)
        proposal.save()
        creation.objects.append(proposal)
        _write_rows(proposal, answer)
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
        _refuse_strangers(proposal.municipality, answer)
        _refuse_other_office(proposal, answer)
        _refuse_lines(answer)
        number = answer.number.strip()
        if number and number != proposal.number:
            refuse_on(objection_to_renumbering(proposal.number or ""))
            refuse_taken_number(proposal.municipality, number, proposal)

        head = _head(answer)
        if not number:
            head.pop("number")
        changed(proposal, **head, revision=proposal.revision + 1, changed_at=timezone.now())
        _write_rows(proposal, answer)
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


def _head(answer: DraftAnswer) -> dict[str, Any]:
    return {
        "lead_office_id": answer.lead_office_id,
        "subject": answer.subject.strip(),
        "number": answer.number.strip() or None,
        "public": answer.public,
        "public_subject": answer.public_subject.strip(),
        "file_reference": answer.file_reference.strip(),
        "mover": answer.mover.strip(),
        "no_financial_effect": answer.no_financial_effect,
        "follow_up_words": answer.follow_up_words.strip(),
        "income_words": answer.income_words.strip(),
        "budget_account": answer.budget_account.strip(),
        "budget_available": answer.budget_available,
    }


def _refuse_strangers(house: Municipality, answer: DraftAnswer) -> None:
    """Refuse offices and committees of another house: the installation holds several."""
    offices = {answer.lead_office_id, *answer.co_signing_offices}
    committees = {draft.committee_id for draft in answer.route}
    if Office.objects.filter(municipality=house, pk__in=offices).count() != len(offices):
        raise RuleViolation(f"Diese Organisationseinheit gibt es in {house.name} nicht.")
    if Committee.objects.filter(municipality=house, pk__in=committees).count() != len(committees):
        raise RuleViolation(f"Dieses Gremium gibt es in {house.name} nicht.", field="route")


def _refuse_other_office(proposal: Proposal, answer: DraftAnswer) -> None:
    """Keep a draft with its office: its open task stands there. An Antrag waits elsewhere."""
    if proposal.kind == ProposalKind.ANTRAG or proposal.lead_office_id == answer.lead_office_id:
        return
    raise RuleViolation(
        "Die Federführung einer angelegten Vorlage wechselt nicht.", field="lead_office"
    )


def _refuse_lines(answer: DraftAnswer) -> None:
    for post in answer.positions:
        refuse_on(objection_to_share(post.share))
    for grant in answer.funding:
        given = FundingLine(grant.count, grant.amount_each, grant.qualifier)
        refuse_on(objection_to_funding_line(given))
    for draft in answer.costs:
        line = CostLine(
            text=draft.text,
            amount=draft.amount,
            qualifier=draft.qualifier,
            recurring=draft.recurring,
            before=draft.before,
            after=draft.after,
        )
        refuse_on(objection_to_cost_line(line))


def _write_rows(proposal: Proposal, answer: DraftAnswer) -> None:
    """Make the working rows say what the answer says; runs inside the event of its caller."""
    for section, html in answer.texts.items():
        row = ProposalText.everything.filter(proposal=proposal, section=section).first()
        _keep(row or ProposalText(proposal=proposal, section=section), {"html": clean_html(html)})
    _sync(CostItem, proposal, [asdict(draft) for draft in answer.costs])
    _sync(StaffPosition, proposal, [asdict(draft) for draft in answer.positions])
    _sync(Funding, proposal, [asdict(draft) for draft in answer.funding])
    _sync(Deadline, proposal, [asdict(draft) for draft in answer.deadlines], numbered=False)
    plan_route(proposal, [(draft.committee_id, draft.role) for draft in answer.route])
    asked = {row.office_id: row for row in CoSigningOffice.everything.filter(proposal=proposal)}
    for office_id in set(answer.co_signing_offices) - asked.keys():
        CoSigningOffice(proposal=proposal, office_id=office_id).save()
    for office_id in asked.keys() - set(answer.co_signing_offices):
        asked[office_id].delete()


def _sync(
    model: Any,
    proposal: Proposal,
    wanted: Sequence[dict[str, Any]],
    *,
    numbered: bool = True,
) -> None:
    """Make the rows of a list say `wanted`, in order; unchanged rows get no new history."""
    present = list(model.everything.filter(proposal=proposal).order_by("pk"))
    if numbered:
        present.sort(key=lambda row: row.position)
    for index, values in enumerate(wanted):
        place = {"position": index + 1} if numbered else {}
        row: Any = present[index] if index < len(present) else model(proposal=proposal)
        _keep(row, {**values, **place})
    for row in present[len(wanted) :]:
        row.delete()


def _keep(row: Any, values: dict[str, Any]) -> None:
    """Save the row unless it says so already."""
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
