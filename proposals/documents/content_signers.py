"""Who answers for a paper inside the house, beside the head: lead office and author."""

from datetime import date
from typing import TypedDict

from django.db.models import Exists, OuterRef, Q

from ..models import Person, Proposal, Role, RoleAssignment
from ..rules.words import ProposalKind
from .context import Signer


class Signers(TypedDict):
    """The two who sign beside each other below the head; None where nobody is known."""

    leitung: Signer | None
    sachbearbeitung: Signer | None


def signers(proposal: Proposal, on: date) -> Signers:
    """Return who headed the lead office on a day, and who wrote the paper; none for a motion."""
    if ProposalKind(proposal.kind).is_motion:
        return {"leitung": None, "sachbearbeitung": None}
    heads = RoleAssignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        person=OuterRef("pk"),
        role=Role.OFFICE_HEAD,
        office=proposal.lead_office_id,
        deputy_for__isnull=True,
        valid_from__lte=on,
    )
    people = list(
        Person.objects.alias(heads=Exists(heads))
        .annotate(is_head=Exists(heads))
        .filter(Q(heads=True) | Q(user=proposal.author_id))
        .order_by("pk")
    )
    head = next((person for person in people if person.is_head), None)
    author = next((person for person in people if person.user_id == proposal.author_id), None)
    return {"leitung": _signer(head), "sachbearbeitung": _signer(author)}


def _signer(person: Person | None) -> Signer | None:
    if person is None:
        return None
    return {"name": str(person), "nachname": person.family_name, "funktion": person.function}
