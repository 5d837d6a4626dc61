"""Word files: filled on demand, or made after the act that asked for them and kept for ever."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from ..documents import store
from ..documents.content import content, draft_content, template_for
from ..documents.context import ProposalContext
from ..documents.faults import TemplateFault
from ..documents.render import render
from ..documents.template import compile_template
from ..history.acts import Act
from ..history.journal import event, transaction_of_record
from ..models import Audience, Document, Outbox, Proposal, ProposalVersion, User
from ..rules.errors import RuleViolation
from .common import lock

log = logging.getLogger(__name__)

DOCUMENTS = "documents"


@dataclass(frozen=True)
class Rendered:
    """A finished Word file, the SHA-256 of its template, and the number printed in it."""

    data: bytes
    template_digest: str
    number: str


@dataclass(frozen=True)
class Done:
    """What became of an order: the documents that exist now, or why there are none."""

    order: Outbox
    documents: tuple[Document, ...] = ()
    failure: str = ""


def rendered(version: ProposalVersion, audience: Audience) -> Rendered:
    """Fill the template with a version for an audience; records nothing.

    Raises RuleViolation for a public copy of what is not public, TemplateFault where the template
    cannot be used.
    """
    return _fill(version.proposal, content(version, audience=audience))


def rendered_draft(proposal: Proposal, audience: Audience) -> Rendered:
    """Fill the template with the working rows, marked ENTWURF; raises as `rendered` does."""
    return _fill(proposal, draft_content(proposal, audience=audience))


def _fill(proposal: Proposal, context: ProposalContext) -> Rendered:
    path = template_for(proposal)
    try:
        template = compile_template(path.read_bytes())
        data = render(template, context)
    except TemplateFault as fault:
        raise TemplateFault(f"{path.parent.name}/{path.name}: {fault.message}") from fault
    except OSError as error:
        name = f"{path.parent.name}/{path.name}"
        raise TemplateFault(f"{name}: Die Word-Vorlage lässt sich nicht lesen.") from error
    return Rendered(data, template.digest, context["nummer"])


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
    audience: Audience
    digest: str
    template_digest: str
    size: int


def _stored(version: ProposalVersion, audience: Audience) -> _Stored:
    file = rendered(version, audience)
    digest = store.put(file.data)
    return _Stored(version, audience, digest, file.template_digest, len(file.data))


def _record(actor: User, made: _Stored) -> Document:
    """Make the file a fact, with the proposal locked; the newest one again if it is the same.

    Only the newest: a result that was corrected and set right again makes the old bytes anew.
    """
    version = made.version
    rows = Document.everything.filter(version=version, audience=made.audience)
    newest: Document | None = rows.order_by("-pk").first()
    if newest is not None and newest.digest == made.digest:
        return newest
    with event(actor, Act.DOCUMENT_MADE, version.proposal):
        document = Document(
            proposal=version.proposal,
            version=version,
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
    return Outbox.objects.filter(kind=DOCUMENTS, done_at__isnull=True)


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
    versions = ProposalVersion.everything.select_related("proposal__municipality")
    version = versions.get(pk=order.payload["version"])
    made = [_stored(version, audience) for audience in audiences_of(version)]
    with transaction_of_record():
        lock(version.proposal_id)
        rows = _waiting().select_for_update(no_key=True, skip_locked=True)
        if rows.filter(pk=order.pk).first() is None:
            return None
        documents = tuple(_record(order.actor, file) for file in made)
        Outbox.objects.filter(pk=order.pk).update(done_at=timezone.now())
    return Done(order, documents)


def audiences_of(version: ProposalVersion) -> list[Audience]:
    """Return for whom there is a copy: of what is not public, an internal one only."""
    is_public = version.proposal.public and version.content["head"]["public"]
    return [Audience.INTERNAL, Audience.PUBLIC] if is_public else [Audience.INTERNAL]


def _keep_failure(order: Outbox, sentence: str) -> Done:
    _waiting().filter(pk=order.pk).update(failures=models.F("failures") + 1, last_failure=sentence)
    return Done(order, failure=sentence)
