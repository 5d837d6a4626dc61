"""Redaktionelle Korrektur: the Kreistagsbüro mends typing errors without a round trip."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Attachment, Proposal, ProposalText, Role, User, VersionOrigin
from ..models.facts import current_submission
from ..rules.cleaning import clean_html
from ..rules.errors import RuleViolation
from ..rules.exchange import objection_to_editorial
from ..rules.sections import Section
from .common import changed, refuse_on, require, settle_status
from .deputies import note_deputy
from .issued import issued_facts
from .submission.checking import order_documents
from .superseding import keep_signatures, supersede
from .versions import freeze


@dataclass(frozen=True)
class EditorialAnswer:
    """The corrected letters: subject, texts by section, titles of annexes by key.

    `revision` is the draft's when the form was opened; `reason` says what was corrected.
    """

    subject: str
    public_subject: str
    reason: str
    revision: int
    texts: Mapping[Section, str] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    on: date | None = None


def correct_editorially(*, actor: User, proposal: Proposal, answer: EditorialAnswer) -> Proposal:
    """Freeze a version with corrected letters; no signature re-opens, no station moves.

    Raises PermissionDenied, and RuleViolation where there is nothing released to correct, where
    nothing changed, or where a committee has dealt with the wording.
    """
    on = answer.on or timezone.localdate()
    with event(actor, Act.CORRECTED_EDITORIALLY, proposal, reason=answer.reason):
        require(policies.can_check_form(actor, proposal), "Tippfehler korrigiert das Sitzungsbüro.")
        note_deputy(actor, Role.SECRETARY, proposal.municipality_id)
        rows = {row.section: row for row in proposal.texts.filter(committee__isnull=True)}
        texts = {section: clean_html(html) for section, html in answer.texts.items()}
        touched = _touched(proposal, answer, rows, texts)
        refuse_on(objection_to_editorial(issued_facts(proposal), touched, answer.reason))
        if answer.revision != proposal.revision:
            raise RuleViolation(
                "Inzwischen hat jemand anders diese Vorlage geändert. Bitte gleichen Sie ab."
            )
        submission = current_submission(proposal)
        assert submission is not None

        _write(proposal, answer, rows, texts)
        origin, issued = VersionOrigin.EDITORIAL, submission.version
        version = freeze(proposal, origin=origin, author=actor, replaces=issued)
        following = supersede(proposal, submission, version, on)
        keep_signatures(submission, following)
        if following.form_checked_on is not None:
            order_documents(actor, proposal, following)
        settle_status(proposal)
    return proposal


def _touched(
    proposal: Proposal,
    answer: EditorialAnswer,
    rows: Mapping[str, ProposalText],
    texts: Mapping[Section, str],
) -> set[str]:
    """Return the parts that the answer changes; raises RuleViolation for an empty one."""
    if not answer.subject.strip():
        raise RuleViolation("Bitte einen Betreff angeben.", field="subject")
    touched = set()
    if (answer.subject.strip(), answer.public_subject.strip()) != (
        proposal.subject,
        proposal.public_subject,
    ):
        touched.add("head")
    for section, html in texts.items():
        if section not in rows or not html:
            raise RuleViolation("Ein Abschnitt wird nicht geleert oder angefügt.", field=section)
        if html != rows[section].html:
            touched.add("wording" if section == Section.WORDING else "texts")
    kept = Attachment.everything.filter(proposal=proposal, removed_on__isnull=True)
    titles = dict(kept.values_list("pk", "title"))
    if not all(title.strip() for title in answer.titles.values()):
        raise RuleViolation("Bitte geben Sie jeder Anlage einen Titel.", field="titles")
    if any(titles.get(pk, title) != title.strip() for pk, title in answer.titles.items()):
        touched.add("attachments")
    return touched


def _write(
    proposal: Proposal,
    answer: EditorialAnswer,
    rows: Mapping[str, ProposalText],
    texts: Mapping[Section, str],
) -> None:
    changed(
        proposal,
        subject=answer.subject.strip(),
        public_subject=answer.public_subject.strip(),
        revision=proposal.revision + 1,
        changed_at=timezone.now(),
    )
    for section, html in texts.items():
        if rows[section].html != html:
            changed(rows[section], html=html)
    for row in Attachment.everything.filter(proposal=proposal, pk__in=answer.titles):
        title = answer.titles[row.pk].strip()
        if title and title != row.title:
            changed(row, title=title)
