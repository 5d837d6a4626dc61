"""Annexes: the file lies in the store already, here it becomes a fact of the paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Attachment, Proposal, Submission, User, VersionOrigin
from ..models.content import attachment_entry
from ..models.facts import current_submission
from ..rules.annexes import (
    objection_to_annex,
    objection_to_annex_order,
    objection_to_reclassifying_annex,
)
from ..rules.errors import RuleViolation
from ..rules.exchange import objection_to_new_version
from .common import changed, lock, refuse_on, require, settle_status
from .drafting import objection_to_editing
from .issued import issued_facts
from .submission.checking import order_documents
from .superseding import ask_for_statements, supersede
from .versions import freeze_content


@dataclass(frozen=True)
class StoredFile:
    """A file in the store: its SHA-256, its type and size in bytes."""

    digest: str
    media_type: str
    size: int


@dataclass(frozen=True)
class NewAnnex:
    """A file with the words that go with it; `alt_text` says what a picture shows."""

    title: str
    file_name: str
    file: StoredFile
    public: bool = True
    alt_text: str = ""

    @property
    def words(self) -> str:
        """Return the title, without one the file's name as people write it."""
        name = self.file_name.rpartition(".")[0] or self.file_name
        return self.title.strip() or name.replace("_", " ").strip()


@dataclass(frozen=True)
class AnnexWords:
    """What is said about an annex that is there already."""

    attachment_id: int
    title: str
    public: bool = True
    alt_text: str = ""


@dataclass(frozen=True)
class LateAnnexAnswer:
    """An annex that comes when the paper is with the committees already; `on`: today if None."""

    annex: NewAnnex
    on: date | None = None


def attach(
    *,
    actor: User,
    proposal: Proposal,
    title: str,
    file_name: str,
    file: StoredFile,
    public: bool = True,
    alt_text: str = "",
) -> Attachment:
    """Add an annex behind the last one of a draft.

    Raises PermissionDenied, and RuleViolation where the draft is handed in or words are missing.
    """
    with event(actor, Act.ATTACHED, proposal):
        proposal = lock(proposal.pk)
        require(policies.can_edit(actor, proposal), "Nur die Federführung fügt Anlagen hinzu.")
        refuse_on(objection_to_editing(proposal))
        annex = NewAnnex(title, file_name, file, public, alt_text)
        refuse_on(_objection_to(annex))

        return add(proposal, annex, on=timezone.localdate())


def add(proposal: Proposal, annex: NewAnnex, *, on: date, late: bool = False) -> Attachment:
    """Write an annex behind the last one; inside the event of its caller."""
    rows = Attachment.everything.filter(proposal=proposal, removed_on__isnull=True)
    last: int = rows.aggregate(last=Max("position"))["last"] or 0
    attachment = Attachment(
        proposal=proposal,
        position=last + 1,
        title=annex.words,
        file_name=annex.file_name,
        digest=annex.file.digest,
        media_type=annex.file.media_type,
        size=annex.file.size,
        public=annex.public,
        alt_text=annex.alt_text.strip(),
        added_on=on,
        late=late,
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
        _number(_kept(proposal))


def describe_attachments(
    *, actor: User, proposal: Proposal, answer: Sequence[AnnexWords]
) -> list[Attachment]:
    """Set order, titles, publicity and alternative texts of a draft's annexes in one act.

    The order is that of `answer`, which names every annex once. Nothing changed writes nothing.
    """
    with event(actor, Act.ANNEXES_DESCRIBED, proposal):
        proposal = lock(proposal.pk)
        require(policies.can_edit(actor, proposal), "Nur die Federführung ändert die Anlagen.")
        refuse_on(objection_to_editing(proposal))
        rows = {row.pk: row for row in _kept(proposal)}
        wanted = [words.attachment_id for words in answer]
        refuse_on(objection_to_annex_order(list(rows), wanted))
        issued = _issued_digests(proposal)
        for words in answer:
            row = rows[words.attachment_id]
            refuse_on(objection_to_annex(words.title, row.media_type, words.alt_text))
            refuse_on(
                objection_to_reclassifying_annex(
                    issued=row.digest in issued, was_public=row.public, public=words.public
                )
            )

        for words in answer:
            row = rows[words.attachment_id]
            said = (words.title.strip(), words.public, words.alt_text.strip())
            if said != (row.title, row.public, row.alt_text):
                title, public, alt_text = said
                changed(row, title=title, public=public, alt_text=alt_text)
        ordered = [rows[pk] for pk in wanted]
        _number(ordered)
    return ordered


def attach_late(*, actor: User, proposal: Proposal, answer: LateAnnexAnswer) -> Attachment:
    """Add an annex to a paper that the committees have: a version of its own, shown as late.

    The Sitzungsdienst and the lead office may; who signed for the annexes is asked for a
    statement, which holds nobody up. Raises PermissionDenied and RuleViolation.
    """
    on = answer.on or timezone.localdate()
    with event(actor, Act.ATTACHED_LATE, proposal):
        allowed = policies.can_edit(actor, proposal) or policies.can_check_form(actor, proposal)
        require(allowed, "Nachreichen dürfen nur Federführung und Sitzungsdienst.")
        refuse_on(objection_to_new_version(issued_facts(proposal)))
        refuse_on(_objection_to(answer.annex))
        submission = current_submission(proposal)
        assert submission is not None

        attachment = add(proposal, answer.annex, on=on, late=True)
        version = freeze_content(
            proposal,
            _with_annex(submission.version.content, attachment),
            origin=VersionOrigin.LATE_ATTACHMENT,
            author=actor,
            replaces=submission.version,
        )
        following = supersede(proposal, submission, version, on)
        ask_for_statements(following, submission, on)
        order_documents(actor, proposal, following)
        settle_status(proposal)
    return attachment


def _with_annex(content: dict[str, Any], late: Attachment) -> dict[str, Any]:
    """Return the issued content, not that of a draft that somebody may be changing, with it."""
    issued = content["attachments"]
    number = max((int(row["number"]) for row in issued), default=0) + 1
    return {**content, "attachments": [*issued, attachment_entry(late, number)]}


def _objection_to(annex: NewAnnex) -> RuleViolation | None:
    return objection_to_annex(annex.words, annex.file.media_type, annex.alt_text)


def _kept(proposal: Proposal) -> list[Attachment]:
    rows = Attachment.everything.filter(proposal=proposal, removed_on__isnull=True)
    return list(rows.order_by("position"))


def _issued_digests(proposal: Proposal) -> set[str]:
    """Return the files that the committees have with an issued version."""
    rounds = Submission.everything.filter(proposal=proposal, form_checked_on__isnull=False)
    contents = rounds.values_list("version__content", flat=True)
    return {row["digest"] for content in contents for row in content["attachments"]}


def _number(rows: Sequence[Attachment]) -> None:
    """Number annexes from 1 in their order; those that stand right stay untouched."""
    moved = [(place, row) for place, row in enumerate(rows, 1) if row.position != place]
    beyond = max((row.position for row in rows), default=0)
    for step, (_, row) in enumerate(moved, 1):  # out of the way first: two never share a number
        changed(row, position=beyond + step)
    for place, row in moved:
        changed(row, position=place)
