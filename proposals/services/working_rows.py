"""Working rows: private to the use cases that write a draft, inside their event."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from ..models import (
    Committee,
    Consultation,
    CoSigningOffice,
    Deadline,
    LegislativeTerm,
    Municipality,
    NumberAt,
    Office,
    Proposal,
    ProposalText,
    User,
)
from ..models.consultation import OPEN
from ..models.facts import open_consultations
from ..models.relations import supplemented
from ..rules.cleaning import clean_html
from ..rules.co_signing import MATTERS
from ..rules.consultation import ConsultationRole
from ..rules.deadlines import objection_to_extension
from ..rules.errors import RuleViolation
from ..rules.exchange import objection_to_reclassifying
from ..rules.numbering import objection_to_renumbering
from ..rules.sections import Section
from ..rules.words import ProposalKind
from .common import changed, refuse_on
from .finance_rows import money_rows, refuse_money
from .numbering import issue_number, refuse_taken_number
from .relations import amend, amended, answer_inquiry, answered, supplement
from .route import plan_route

if TYPE_CHECKING:
    from .drafting import DraftAnswer


def begin(actor: User, house: Municipality, answer: "DraftAnswer", on: date) -> Proposal:
    """Write a new proposal of `house` with its working rows; `on` is its business date.

    Raises RuleViolation for what belongs to another house, for a number or a cost item that cannot
    be, and for an Änderungsantrag to what cannot be changed.
    """
    _refuse_strangers(house, answer)
    refuse_money(answer)
    _refuse_deadlines(answer)
    if number := answer.number.strip():
        refuse_taken_number(house, number)

    terms = LegislativeTerm.objects.filter(municipality=house, starts_on__lte=on)
    proposal = Proposal(
        municipality=house,
        term=terms.order_by("-starts_on").first(),
        kind=answer.kind,
        author=actor,
        drafted_on=on,
        copied_from=_model_of(actor, house, answer.copied_from_id),
        **_head(answer),
    )
    proposal.save()
    _write_content(proposal, answer)
    _write_ways(actor, proposal, answer)
    _write_frames(proposal, answer)
    if answer.supplements_id is not None:
        supplement(actor, proposal, answer.supplements_id)
    if proposal.number is None and house.number_at == NumberAt.CREATION:
        changed(proposal, number=issue_number(proposal, on))
    return proposal


def take_route_of_earlier(proposal: Proposal) -> None:
    """Let an Änderungsantrag, a supplement or an answer go where the paper it names still goes."""
    rows: list[Consultation] = []
    if (base := supplemented(proposal)) is not None:
        # also those of a paper that is released, but waits for its form check
        planned = Consultation.everything.filter(OPEN, proposal=base)
        rows = list(planned.order_by("position", "pk"))
    elif (target := amended(proposal) or answered(proposal)) is not None:
        rows = open_consultations(target)
    if rows:
        plan_route(proposal, [(row.committee_id, ConsultationRole(row.role)) for row in rows])


def rewrite(
    actor: User, proposal: Proposal, answer: "DraftAnswer", *, on_its_way: bool = False
) -> None:
    """Make a locked draft say what the answer says; raises RuleViolation as `begin` does.

    `on_its_way`: the committees have the paper, so its route and who sees it are not the draft's.
    """
    _refuse_strangers(proposal.municipality, answer)
    _refuse_other_office(proposal, answer)
    refuse_money(answer)
    _refuse_deadlines(answer)
    head = _head(answer)
    if number := answer.number.strip():
        if number != proposal.number:
            refuse_on(objection_to_renumbering(proposal.number or ""))
            refuse_taken_number(proposal.municipality, number, proposal)
    else:
        head.pop("number")
    if on_its_way:
        refuse_on(objection_to_reclassifying(was_public=proposal.public, public=answer.public))
        head.pop("public_subject")
    changed(proposal, **head, revision=proposal.revision + 1, changed_at=timezone.now())
    _write_content(proposal, answer)
    if not on_its_way:
        _write_ways(actor, proposal, answer)
    _write_frames(proposal, answer)


def _head(answer: "DraftAnswer") -> dict[str, Any]:
    return {
        "lead_office_id": answer.lead_office_id,
        "subject": answer.subject.strip(),
        "number": answer.number.strip() or None,
        "public": answer.public,
        "public_subject": answer.public_subject.strip(),
        "file_reference": answer.file_reference.strip(),
        "mover": answer.mover.strip(),
        "answer_due_on": answer.answer_due_on,
        "matters": [code.value for code in MATTERS if code in answer.matters],
        "no_financial_effect": answer.no_financial_effect,
        "follow_up_words": answer.follow_up_words.strip(),
        "income_words": answer.income_words.strip(),
        "budget_account": answer.budget_account.strip(),
        "budget_available": answer.budget_available,
        "finance_reasons": {code: text for code, text in answer.finance_reasons.items() if text},
    }


def _refuse_strangers(house: Municipality, answer: "DraftAnswer") -> None:
    """Refuse offices and committees of another house: the installation holds several."""
    offices = {answer.lead_office_id, *answer.co_signing_offices}
    committees = {draft.committee_id for draft in answer.route}
    if Office.objects.filter(municipality=house, pk__in=offices).count() != len(offices):
        raise RuleViolation(f"Diese Organisationseinheit gibt es in {house.name} nicht.")
    if Committee.objects.filter(municipality=house, pk__in=committees).count() != len(committees):
        raise RuleViolation(f"Dieses Gremium gibt es in {house.name} nicht.", field="route")


def _refuse_deadlines(answer: "DraftAnswer") -> None:
    for row in answer.deadlines:
        refuse_on(objection_to_extension(row.extension, row.due_on, row.extended_to))


def _model_of(actor: User, house: Municipality, pk: int | None) -> Proposal | None:
    """Return the paper that a new one is a copy of; raises RuleViolation for one out of sight."""
    if pk is None:
        return None
    model = Proposal.objects.visible_to(actor).filter(municipality=house, pk=pk).first()
    if model is None:
        raise RuleViolation("Die Vorlage, die als Muster dienen soll, gibt es hier nicht.")
    return model


def _refuse_other_office(proposal: Proposal, answer: "DraftAnswer") -> None:
    """Keep a draft with its office: its open task stands there. A motion waits elsewhere."""
    moves = proposal.lead_office_id != answer.lead_office_id
    if moves and not ProposalKind(proposal.kind).is_motion:
        raise RuleViolation(
            "Die Federführung einer angelegten Vorlage wechselt nicht mit dem Entwurf, sondern "
            "über „Federführung abgeben“.",
            field="lead_office",
        )


def _write_content(proposal: Proposal, answer: "DraftAnswer") -> None:
    own = ProposalText.everything.filter(proposal=proposal, committee__isnull=True)
    for section, html in answer.texts.items():
        row = own.filter(section=section).first()
        _keep(row or ProposalText(proposal=proposal, section=section), {"html": clean_html(html)})
    for model, rows in money_rows(proposal.municipality, answer):
        _sync(model, proposal, rows)
    _sync(Deadline, proposal, [asdict(draft) for draft in answer.deadlines], numbered=False)


def _write_frames(proposal: Proposal, answer: "DraftAnswer") -> None:
    """Write what stands before the resolution for each committee that the paper goes to."""
    stations = Consultation.everything.filter(proposal=proposal)
    here = set(stations.values_list("committee_id", flat=True))
    typed = {pk: clean_html(html) for pk, html in answer.frames.items() if pk in here}
    rows = ProposalText.everything.filter(proposal=proposal, committee__isnull=False)
    present = {row.committee_id: row for row in rows}
    for pk, html in typed.items():
        if html:
            row = present.pop(pk, None)
            row = row or ProposalText(proposal=proposal, section=Section.WORDING, committee_id=pk)
            _keep(row, {"html": html})
    for row in present.values():
        row.delete()


def _write_ways(actor: User, proposal: Proposal, answer: "DraftAnswer") -> None:
    """Write where the paper goes and whom it asks."""
    plan_route(proposal, [(draft.committee_id, draft.role) for draft in answer.route])
    if proposal.kind == ProposalKind.AENDERUNGSANTRAG:
        amend(actor, proposal, answer.amends_id)
    if proposal.kind == ProposalKind.ANTWORT:
        answer_inquiry(actor, proposal, answer.answers_id)
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
