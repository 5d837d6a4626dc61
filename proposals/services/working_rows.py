"""Working rows: private to the use cases that write a draft, inside their event."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ..models import (
    Committee,
    CoSigningOffice,
    CostItem,
    Deadline,
    Funding,
    LegislativeTerm,
    Municipality,
    NumberAt,
    Office,
    Proposal,
    ProposalText,
    StaffPosition,
    User,
)
from ..models.facts import open_consultations
from ..rules.cleaning import clean_html
from ..rules.consultation import ConsultationRole
from ..rules.costs import (
    CostLine,
    FundingLine,
    objection_to_cost_line,
    objection_to_funding_line,
    objection_to_share,
)
from ..rules.errors import RuleViolation
from ..rules.numbering import objection_to_renumbering
from ..rules.words import ProposalKind
from .common import changed, refuse_on
from .numbering import issue_number, refuse_taken_number
from .relations import amend, amended
from .route import plan_route

if TYPE_CHECKING:
    from .drafting import DraftAnswer


def begin(actor: User, house: Municipality, answer: "DraftAnswer", on: date) -> Proposal:
    """Write a new proposal of `house` with its working rows; `on` is its business date.

    Raises RuleViolation for what belongs to another house, for a number or a cost item that cannot
    be, and for an Änderungsantrag to what cannot be changed.
    """
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
    _write_rows(actor, proposal, answer)
    return proposal


def take_route_of_amended(proposal: Proposal) -> None:
    """Let an Änderungsantrag go where the paper that it would change still goes."""
    target = amended(proposal)
    if target is not None:
        rows = open_consultations(target)
        plan_route(proposal, [(row.committee_id, ConsultationRole(row.role)) for row in rows])


def rewrite(actor: User, proposal: Proposal, answer: "DraftAnswer") -> None:
    """Make a locked draft say what the answer says; raises RuleViolation as `begin` does."""
    _refuse_strangers(proposal.municipality, answer)
    _refuse_other_office(proposal, answer)
    _refuse_lines(answer)
    head = _head(answer)
    if number := answer.number.strip():
        if number != proposal.number:
            refuse_on(objection_to_renumbering(proposal.number or ""))
            refuse_taken_number(proposal.municipality, number, proposal)
    else:
        head.pop("number")
    changed(proposal, **head, revision=proposal.revision + 1, changed_at=timezone.now())
    _write_rows(actor, proposal, answer)


def _head(answer: "DraftAnswer") -> dict[str, Any]:
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


def _refuse_strangers(house: Municipality, answer: "DraftAnswer") -> None:
    """Refuse offices and committees of another house: the installation holds several."""
    offices = {answer.lead_office_id, *answer.co_signing_offices}
    committees = {draft.committee_id for draft in answer.route}
    if Office.objects.filter(municipality=house, pk__in=offices).count() != len(offices):
        raise RuleViolation(f"Diese Organisationseinheit gibt es in {house.name} nicht.")
    if Committee.objects.filter(municipality=house, pk__in=committees).count() != len(committees):
        raise RuleViolation(f"Dieses Gremium gibt es in {house.name} nicht.", field="route")


def _refuse_other_office(proposal: Proposal, answer: "DraftAnswer") -> None:
    """Keep a draft with its office: its open task stands there. A motion waits elsewhere."""
    moves = proposal.lead_office_id != answer.lead_office_id
    if moves and not ProposalKind(proposal.kind).is_motion:
        raise RuleViolation(
            "Die Federführung einer angelegten Vorlage wechselt nicht.", field="lead_office"
        )


def _refuse_lines(answer: "DraftAnswer") -> None:
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


def _write_rows(actor: User, proposal: Proposal, answer: "DraftAnswer") -> None:
    for section, html in answer.texts.items():
        row = ProposalText.everything.filter(proposal=proposal, section=section).first()
        _keep(row or ProposalText(proposal=proposal, section=section), {"html": clean_html(html)})
    _sync(CostItem, proposal, [asdict(draft) for draft in answer.costs])
    _sync(StaffPosition, proposal, [asdict(draft) for draft in answer.positions])
    _sync(Funding, proposal, [asdict(draft) for draft in answer.funding])
    _sync(Deadline, proposal, [asdict(draft) for draft in answer.deadlines], numbered=False)
    plan_route(proposal, [(draft.committee_id, draft.role) for draft in answer.route])
    if proposal.kind == ProposalKind.AENDERUNGSANTRAG:
        amend(actor, proposal, answer.amends_id)
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
