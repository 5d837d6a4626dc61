"""Word files: filled on demand, or made after the act that asked for them and kept for ever."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from ..documents import store
from ..documents.content import content, draft_content
from ..documents.content_reissue import reissue_content
from ..documents.context import ProposalContext
from ..documents.faults import TemplateFault
from ..documents.numbers import refuse_other_numbers
from ..history.acts import Act
from ..history.journal import event, transaction_of_record
from ..models import (
    Audience,
    Document,
    MeetingDocument,
    Outbox,
    Proposal,
    ProposalVersion,
    Reissue,
    User,
)
from ..models.version import handed_in
from ..rules.errors import RuleViolation
from .common import lock
from .meeting_documents import (
    MEETING_DOCUMENTS,
    lock_meeting,
    record_document,
    stored_document,
)
from .rendering import Rendered, Sources, fill, source_of

log = logging.getLogger(__name__)

DOCUMENTS = "documents"


@dataclass(frozen=True)
class Done:
    """What became of an order: the documents that exist now, or why there are none."""

    order: Outbox
    documents: tuple[Document, ...] = ()
    failure: str = ""
    of_meeting: MeetingDocument | None = None

    @property
    def words(self) -> str:
        """Return what was made, and of what."""
        if self.of_meeting is not None:
            meeting, kind = self.of_meeting.meeting, self.of_meeting.get_kind_display()
            return f"{meeting.municipality}, Sitzung {meeting.pk} ({kind})"
        version = self.documents[0].version
        copies = ", ".join(document.get_audience_display() for document in self.documents)
        return f"{version.proposal.municipality}, {version.proposal}, {version} ({copies})"


def rendered(
    version: ProposalVersion, audience: Audience, sources: Sources = source_of
) -> Rendered:
    """Fill the template with a version for an audience; records nothing.

    `sources` may remember the templates where many papers are printed at once.

    Raises RuleViolation for a public copy of what is not public, TemplateFault where the template
    cannot be used.
    """
    return _fill(version.proposal, content(version, audience=audience), sources)


def rendered_draft(proposal: Proposal, audience: Audience) -> Rendered:
    """Fill the template with the working rows, marked ENTWURF; raises as `rendered` does."""
    return _fill(proposal, draft_content(proposal, audience=audience))


def rendered_reissue(reissue: Reissue, audience: Audience) -> Rendered:
    """Fill the template with a committee's wording under the number of the re-issue.

    Raises as `rendered` does.
    """
    return _fill(reissue.proposal, reissue_content(reissue, audience=audience))


def _fill(proposal: Proposal, context: ProposalContext, sources: Sources = source_of) -> Rendered:
    file = fill(proposal.municipality.slug, proposal.kind, context, ProposalContext, sources)
    refuse_other_numbers(file.data, context, proposal.municipality.pattern)
    return file


def version_of(slug: str, number: str, version_number: int | None) -> ProposalVersion:
    """Return a version by what people call it, the newest if unsaid; for the command line.

    Raises RuleViolation with what there is no such thing of.
    """
    proposals = Proposal.everything.filter(municipality__slug=slug)
    if not proposals.exists():
        raise RuleViolation(f"Eine Kommune „{slug}“ mit Vorlagen gibt es hier nicht.")
    proposal = proposals.filter(number=number).first()
    if proposal is None:
        raise RuleViolation(f"In der Kommune „{slug}“ gibt es keine Vorlage {number}.")
    versions = ProposalVersion.everything.filter(proposal=proposal).order_by("-number")
    if version_number is not None:
        versions = versions.filter(number=version_number)
    else:
        versions = versions.filter(handed_in("pk"))
    version: ProposalVersion | None = versions.first()
    if version is None:
        which = "" if version_number is None else f" {version_number}"
        raise RuleViolation(f"Die Vorlage {number} hat keine Fassung{which}.")
    return version


def make_document(*, actor: User, version: ProposalVersion, audience: Audience) -> Document:
    """Make and keep the Word file of a version; the same bytes again change nothing.

    Raises as `rendered` does.
    """
    made = _stored(version, audience)
    with transaction_of_record():
        lock(version.proposal_id)
        return _record(actor, made)


@dataclass(frozen=True)
class _Stored:
    """A file that lies in the store already, and what its row will say."""

    version: ProposalVersion
    reissue: Reissue | None
    audience: Audience
    digest: str
    template_digest: str
    size: int


def _stored(
    version: ProposalVersion, audience: Audience, reissue: Reissue | None = None
) -> _Stored:
    file = rendered_reissue(reissue, audience) if reissue else rendered(version, audience)
    digest = store.put(file.data)
    return _Stored(version, reissue, audience, digest, file.template_digest, len(file.data))


def _record(actor: User, made: _Stored) -> Document:
    """Make the file a fact, with the proposal locked; the newest one again if it is the same.

    Only the newest: a result that was corrected and set right again makes the old bytes anew.
    """
    version = made.version
    rows = Document.everything.filter(version=version, audience=made.audience, reissue=made.reissue)
    newest: Document | None = rows.order_by("-pk").first()
    if newest is not None and newest.digest == made.digest:
        return newest
    with event(actor, Act.DOCUMENT_MADE, version.proposal):
        document = Document(
            proposal=version.proposal,
            version=version,
            reissue=made.reissue,
            audience=made.audience,
            digest=made.digest,
            template_digest=made.template_digest,
            size=made.size,
            made_at=timezone.now(),
        )
        document.save()
    return document


def run_outbox(report: Callable[[Done], None] = lambda done: None) -> list[Done]:
    """Make the Word files that were asked for, oldest order first; return what became of each.

    A failure is kept with its sentence and tried again by the next run; the others go on. `report`
    hears of each order as soon as it is dealt with.
    """
    found = []
    for order in _waiting().select_related("actor").order_by("created_at", "pk"):
        done = _attempt(order)
        if done is not None:
            found.append(done)
            report(done)
    return found


def _waiting() -> "models.QuerySet[Outbox]":
    kinds = (DOCUMENTS, MEETING_DOCUMENTS)
    return Outbox.objects.filter(kind__in=kinds, done_at__isnull=True)


def _attempt(order: Outbox) -> Done | None:
    try:
        return _carry_out(order)
    except (RuleViolation, TemplateFault) as refusal:
        return _keep_failure(order, refusal.message)
    except Exception as error:  # one bad order must not hold up all later ones
        log.exception("outbox %s", order.pk)
        return _keep_failure(order, f"Unerwarteter Fehler ({type(error).__name__}: {error})")


def _carry_out(order: Outbox) -> Done | None:
    """Carry out an order; None where another run has done so meanwhile or is at it.

    The files are stored first. Their rows and the mark on the order are one transaction, so
    whatever happens the order is done once or still waiting.
    """
    if not _waiting().filter(pk=order.pk).exists():
        return None
    if order.kind == MEETING_DOCUMENTS:
        return _make_of_meeting(order)
    versions = ProposalVersion.everything.select_related("proposal__municipality")
    version = versions.get(pk=order.payload["version"])
    reissue = _reissue(order.payload.get("reissue"))
    made = [_stored(version, audience, reissue) for audience in audiences_of(version, reissue)]
    with transaction_of_record():
        lock(version.proposal_id)
        if not _take(order):
            return None
        return Done(order, tuple(_record(order.actor, file) for file in made))


def _make_of_meeting(order: Outbox) -> Done | None:
    stored = stored_document(order)
    with transaction_of_record():
        lock_meeting(stored.meeting.pk)
        if not _take(order):
            return None
        return Done(order, of_meeting=record_document(order.actor, stored))


def _take(order: Outbox) -> bool:
    """Mark an order as done with the transaction; False where another run is at it."""
    rows = _waiting().select_for_update(no_key=True, skip_locked=True)
    if rows.filter(pk=order.pk).first() is None:
        return False
    Outbox.objects.filter(pk=order.pk).update(done_at=timezone.now())
    return True


def _reissue(pk: int | None) -> Reissue | None:
    rows = Reissue.everything.select_related("proposal__municipality", "wording")
    found: Reissue | None = rows.filter(pk=pk or 0).first()
    return found


def audiences_of(version: ProposalVersion, reissue: Reissue | None = None) -> list[Audience]:
    """Return for whom there is a copy: of what is not public, an internal one only."""
    is_public = version.proposal.public and version.content["head"]["public"]
    is_public = is_public and (reissue is None or reissue.wording.public)
    return [Audience.INTERNAL, Audience.PUBLIC] if is_public else [Audience.INTERNAL]


def _keep_failure(order: Outbox, sentence: str) -> Done:
    _waiting().filter(pk=order.pk).update(failures=models.F("failures") + 1, last_failure=sentence)
    return Done(order, failure=sentence)
