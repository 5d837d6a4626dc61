"""Zwischenstände: what somebody typed and has not saved, kept for them alone.

No fact and no act: nothing here is checked, tracked or written into the journal. A window of a
browser keeps one row under its own token, so that no other window writes over it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ..models import DraftBuffer, Proposal, User
from ..rules.words import ProposalKind

KEPT_FOR = timedelta(days=30)
Typed = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Desk:
    """Whose draft is on whose desk; without a proposal it is one that is not begun."""

    user: User
    kind: ProposalKind
    proposal: Proposal | None = None


@dataclass(frozen=True)
class Buffered:
    """What is kept; `base` is the paper that a new one supplements."""

    token: str
    typed: Typed
    revision: int
    saved_at: datetime
    base: str = ""


def buffered(desk: Desk) -> Buffered | None:
    """Return what is kept for this person of this draft."""
    row = _rows(desk).first()
    if row is None:
        return None
    data = row.data
    return Buffered(data["token"], data["typed"], row.revision, row.saved_at, data["base"])


def keep(desk: Desk, *, token: str, typed: Typed, revision: int, base: str = "") -> Buffered | None:
    """Keep what was typed; None where another window has something of its own."""
    data = {"token": token, "typed": _storable(typed), "base": base}
    try:
        with transaction.atomic():
            row = _rows(desk).select_for_update(no_key=True).first()
            if row is not None and row.data["token"] != token:
                return None
            row = row or DraftBuffer(user=desk.user, kind=desk.kind, proposal=desk.proposal)
            row.data, row.revision = data, revision
            row.save()
    except IntegrityError:  # another window was first by a moment
        return None
    return Buffered(token, typed, revision, row.saved_at, base)


def drop(desk: Desk, token: str | None = None) -> None:
    """Forget what is kept: all of it, or only what the window with this token keeps."""
    for row in _rows(desk):
        if token is None or row.data["token"] == token:
            row.delete()


def drop_expired(now: datetime | None = None) -> int:
    """Forget what nobody has touched for thirty days; returns how many."""
    limit = (now or timezone.now()) - KEPT_FOR
    return DraftBuffer.objects.filter(saved_at__lt=limit).delete()[0]


def _rows(desk: Desk) -> QuerySet[DraftBuffer]:
    rows = DraftBuffer.objects.filter(user=desk.user)
    if desk.proposal is not None:
        return rows.filter(proposal=desk.proposal)
    return rows.filter(proposal__isnull=True, kind=desk.kind)


def _storable(typed: Typed) -> dict[str, list[str]]:
    """Return it without NUL, which no database takes in JSON; a form refuses it anyway."""
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in typed.items()
    }
