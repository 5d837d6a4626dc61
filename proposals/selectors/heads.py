"""Subject and file reference as a user may know them.

What a lead office writes between two hand-ins is its own: who may not edit the draft knows the
newest version that is visible to them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from .. import policies
from ..models import Proposal, ProposalVersion, Submission
from ..models.content import HEAD
from ..models.people import Role
from ..models.standing import standing_of
from ..models.version import handed_in
from ..rules.words import ProposalKind


def known_head(proposal: Proposal, user: Any) -> dict[str, Any]:
    """Return the head of a visible proposal as `user` may know it."""
    return known_heads([proposal], user)[proposal.pk]


def known_heads(proposals: Iterable[Proposal], user: Any) -> dict[int, dict[str, Any]]:
    """Return the heads of visible proposals as `user` may know them, in one query."""
    rows = list(proposals)
    others = [row.pk for row in rows if not policies.can_edit(user, row)]
    versions = ProposalVersion.objects.visible_to(user).filter(handed_in("pk"), proposal__in=others)
    heads = dict(versions.order_by("number").values_list("proposal", "content__head"))
    return {
        row.pk: heads.get(row.pk) or {name: getattr(row, name) for name in HEAD} for row in rows
    }


def mentioning(word: str, user: Any) -> Q:
    """Return the condition on a visible proposal whose number or known head has the word."""
    versions = ProposalVersion.objects.visible_to(user)
    same = Q(pk__in=_as_handed_in(user).values("proposal"))
    open_book = same | _editable(user) | ~Q(pk__in=versions.values("proposal"))
    working = Q(subject__icontains=word) | Q(file_reference__icontains=word)
    issued = versions.filter(handed_in("pk"), proposal=OuterRef("proposal"))
    newest = issued.order_by("-number").values("pk")[:1]
    frozen = versions.filter(
        Q(content__head__subject__icontains=word) | Q(content__head__file_reference__icontains=word)
    )
    known = frozen.filter(pk=Subquery(newest)).exclude(
        proposal__in=_as_handed_in(user).values("proposal")
    )
    return (
        Q(number__icontains=word)
        | (open_book & working)
        | (~_editable(user) & Q(pk__in=known.values("proposal")))
    )


def _as_handed_in(user: Any) -> Any:
    """Return the hand-ins under way whose version `user` sees: the draft says the same."""
    rows = Submission.objects.visible_to(user).filter(returned_on__isnull=True)
    if standing_of(user).is_staff:
        return rows
    return rows.filter(form_checked_on__isnull=False)


def _editable(user: Any) -> Q:
    """Return `policies.can_edit` as a condition on a proposal."""
    who = standing_of(user)
    of_office = [scope for role, scope in who.roles if role == Role.CLERK]
    houses = [scope for role, scope in who.roles if role == Role.SECRETARY]
    motion = Q(kind__in=[kind for kind in ProposalKind if kind.is_motion])
    return (~motion & Q(lead_office__in=of_office)) | (motion & Q(municipality__in=houses))
