"""Who answers for a paper inside the house: lead office, author, and who released it."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Exists, OuterRef, Q

from ..models import Person, Proposal, Role, RoleAssignment, Submission
from ..rules.words import ProposalKind
from .context import Signer


class Signers(TypedDict):
    """The two who sign beside each other below the head; None where nobody is known."""

    leitung: Signer | None
    sachbearbeitung: Signer | None


@dataclass(frozen=True)
class Involved:
    """Who headed the lead office, wrote the paper and released it, as far as they are known."""

    head: Person | None = None
    author: Person | None = None
    releaser: Person | None = None

    @property
    def signers(self) -> Signers:
        """Return the two who sign beside each other."""
        return {"leitung": _signer(self.head), "sachbearbeitung": _signer(self.author)}

    def family_name_first(self, name: str) -> str:
        """Return "Muster, Martina" where the name is that of who released, else as it was typed."""
        person = self.releaser
        if person is None or name != str(person) or not person.given_name:
            return name
        return f"{person.family_name}, {person.given_name}"


def involved(proposal: Proposal, on: date, issued: Submission | None = None) -> Involved:
    """Return who answers for a paper on a day; nobody for a motion. One query.

    `issued` is the hand-in with which it was released.
    """
    if ProposalKind(proposal.kind).is_motion:
        return Involved()
    released_by = issued.released_by_id if issued else None
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
        .filter(Q(heads=True) | Q(user__in=filter(None, (proposal.author_id, released_by))))
        .order_by("pk")
    )
    head = next((person for person in people if person.is_head), None)
    users = {person.user_id: person for person in people if person.user_id is not None}
    return Involved(head, users.get(proposal.author_id), users.get(released_by or 0))


def _signer(person: Person | None) -> Signer | None:
    if person is None:
        return None
    return {"name": str(person), "nachname": person.family_name, "funktion": person.function}
