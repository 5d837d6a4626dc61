"""Notes on the money of a draft: which there are, and which still ask for a reason."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from ..models import AgendaItem, Proposal
from ..models.content import content_of
from ..models.money import paper_of
from ..rules.consultation import ConsultationRole
from ..rules.errors import RuleViolation
from ..rules.plausibility import (
    PlausibilityNote,
    objection_to_missing_reasons,
    plausibility_notes,
)
from .common import changed


def notes_on(proposal: Proposal) -> list[PlausibilityNote]:
    """Return the notes on a saved draft."""
    return plausibility_notes(
        paper_of(content_of(proposal), proposal, decision_on=_decision_on(proposal))
    )


def objection_to_finances(
    proposal: Proposal, reasons: Mapping[str, str] | None = None
) -> RuleViolation | None:
    """Ask for the reasons that neither the draft holds nor the hand-in gives."""
    given = {**proposal.finance_reasons, **(reasons or {})}
    return objection_to_missing_reasons(notes_on(proposal), given)


def keep_reasons(proposal: Proposal, reasons: Mapping[str, str]) -> None:
    """Keep the reasons of a hand-in with the draft, before its version is frozen."""
    said = {code: text.strip() for code, text in reasons.items() if text.strip()}
    if said:
        changed(proposal, finance_reasons={**proposal.finance_reasons, **said})


def _decision_on(proposal: Proposal) -> date | None:
    rows = AgendaItem.everything.filter(
        consultation__proposal=proposal, consultation__role=ConsultationRole.DECISION
    )
    starts_at = rows.order_by("meeting__starts_at").values_list("meeting__starts_at", flat=True)
    last = starts_at.last()
    return timezone.localdate(last) if last else None
