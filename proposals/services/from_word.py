"""Aus Word übernehmen: what was read in a Word file and chosen becomes text of the draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from ..history.acts import Act
from ..history.journal import event
from ..models import Proposal, ProposalText, User
from ..rules.cleaning import clean_html
from ..rules.errors import RuleViolation
from ..rules.from_word import LONGEST_SUBJECT, SUBJECT
from ..rules.sections import Section
from .common import changed
from .drafting import locked_for_editing


@dataclass(frozen=True)
class FromWordAnswer:
    """What the sections say then, by their codes, and the subject as plain words.

    `revision` is the draft's that the difference was shown against.
    """

    file_name: str
    revision: int
    texts: Mapping[str, str] = field(default_factory=dict)


def texts_of_draft(proposal: Proposal) -> dict[str, str]:
    """Return what the draft says now: the subject, and each section that has a text."""
    rows = proposal.texts.filter(committee__isnull=True)
    return {SUBJECT: proposal.subject} | {row.section: row.html for row in rows}


def take_from_word(*, actor: User, proposal: Proposal, answer: FromWordAnswer) -> Proposal:
    """Write the chosen texts into a draft, and nothing else of it.

    Raises PermissionDenied, StaleDraft when somebody saved since the difference was shown, and
    RuleViolation for a draft that is not in the lead office's hands or where nothing was chosen.
    """
    reason = f"aus der Word-Datei {answer.file_name}" if answer.file_name else ""
    with event(actor, Act.DRAFTED, proposal, reason=reason):
        proposal = locked_for_editing(actor, proposal, answer.revision)
        if not answer.texts:
            raise RuleViolation("Bitte wählen Sie für mindestens einen Teil einen Abschnitt.")
        texts = dict(answer.texts)
        subject = texts.pop(SUBJECT, proposal.subject).strip()
        if not 0 < len(subject) <= LONGEST_SUBJECT:
            raise RuleViolation(f"Ein Betreff hat 1 bis {LONGEST_SUBJECT} Zeichen.", field=SUBJECT)

        changed(
            proposal,
            subject=subject,
            revision=proposal.revision + 1,
            changed_at=timezone.now(),
        )
        own = ProposalText.everything.filter(proposal=proposal, committee__isnull=True)
        for name, html in texts.items():
            section, clean = Section(name), clean_html(html)
            row = own.filter(section=section).first()
            row = row or ProposalText(proposal=proposal, section=section)
            if row.html != clean:
                changed(row, html=clean)
    return proposal
