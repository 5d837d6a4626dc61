"""Annexes of a draft: the file lies in the store already, here it becomes a fact."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Attachment, Proposal, User
from ..rules.errors import RuleViolation
from .common import changed, lock, refuse_on, require
from .drafting import objection_to_editing


@dataclass(frozen=True)
class StoredFile:
    """A file in the store: its SHA-256, its type and size in bytes."""

    digest: str
    media_type: str
    size: int


def attach(
    *, actor: User, proposal: Proposal, title: str, file_name: str, file: StoredFile
) -> Attachment:
    """Add an annex behind the last one."""
    with event(actor, Act.ATTACHED, proposal):
        proposal = lock(proposal.pk)
        require(policies.can_edit(actor, proposal), "Nur die Federführung fügt Anlagen hinzu.")
        refuse_on(objection_to_editing(proposal))

        return add(proposal, title, file_name, file)


def add(proposal: Proposal, title: str, file_name: str, file: StoredFile) -> Attachment:
    """Write an annex behind the last one; inside the event of its caller."""
    rows = Attachment.everything.filter(proposal=proposal)
    last: int = rows.aggregate(last=Max("position"))["last"] or 0
    attachment = Attachment(
        proposal=proposal,
        position=last + 1,
        title=title.strip() or file_name,
        file_name=file_name,
        digest=file.digest,
        media_type=file.media_type,
        size=file.size,
    )
    attachment.save()
    return attachment


def detach(*, actor: User, attachment: Attachment) -> None:
    """Take an annex off the draft; the row stays, for versions that were handed in with it."""
    with event(actor, Act.DETACHED, attachment.proposal):
        proposal = lock(attachment.proposal_id)
        require(policies.can_edit(actor, proposal), "Nur die Federführung entfernt Anlagen.")
        refuse_on(objection_to_editing(proposal))
        row = Attachment.everything.get(pk=attachment.pk)
        if row.removed_on is not None:
            raise RuleViolation("Die Anlage ist schon entfernt.", field="detach")

        changed(row, removed_on=timezone.localdate())
