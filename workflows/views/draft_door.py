"""Who may open the draft form, and for what; asked by every page that shows or keeps it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from proposals import policies
from proposals.models import Proposal
from proposals.models.people import Role
from proposals.models.standing import standing_of
from proposals.rules.words import ProposalKind
from proposals.views.common import visible_proposal

MOST_FIGURES = 18  # of a key that the databases take


def require_begin(request: HttpRequest, kind: ProposalKind) -> None:
    """Raise PermissionDenied for somebody who may not begin a paper of this kind."""
    role = Role.SECRETARY if kind.is_motion else Role.CLERK
    if not any(held == role for held, _ in standing_of(request.user).roles):
        raise PermissionDenied(f"Sie dürfen keine {kind.label} anlegen.")


def editable_proposal(request: HttpRequest, pk: int) -> Proposal:
    """Return a draft of the own office; raises Http404 or PermissionDenied for any other."""
    proposal = visible_proposal(request, pk)
    if not policies.can_edit(request.user, proposal):
        raise PermissionDenied("Nur die Federführung bearbeitet den Entwurf.")
    return proposal


def asked_kind(request: HttpRequest) -> ProposalKind:
    """Return the kind of paper that the address asks for."""
    asked = request.GET.get("art", ProposalKind.BESCHLUSSVORLAGE.value)
    known = {kind.value: kind for kind in ProposalKind}
    return known.get(asked, ProposalKind.BESCHLUSSVORLAGE)


def asked_base(request: HttpRequest) -> Proposal | None:
    """Return the paper that the address asks to supplement; raises Http404 for one out of sight."""
    asked = request.GET.get("ergaenzt", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > MOST_FIGURES:
        raise Http404
    return visible_proposal(request, int(asked))
