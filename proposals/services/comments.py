"""Rückfragen: questions and remarks on a paper, without a formal step."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Proposal, User
from ..models.drafting import Comment
from ..rules.comments import CommentFacts, objection_to_comment, objection_to_settling
from ..rules.errors import RuleViolation
from ..rules.sections import Section
from .common import changed, lock, refuse_on, require

NOT_INVOLVED = (
    "Rückfragen stellen und lesen die Federführung, die beteiligten Stellen, die "
    "Verwaltungsleitung und der Sitzungsdienst."
)


@dataclass(frozen=True)
class CommentAnswer:
    """A question or a remark, on one section or on all of the paper.

    `answers_id` is the comment that it answers; an answer to an answer belongs to the first one.
    """

    text: str
    section: Section | None = None
    answers_id: int | None = None


@dataclass(frozen=True)
class SettleAnswer:
    """The comment is dealt with on a day (today if None)."""

    comment_id: int
    on: date | None = None


def comment(*, actor: User, proposal: Proposal, answer: CommentAnswer) -> Comment:
    """Write a comment; who works on the paper reads it, nobody else.

    Raises PermissionDenied, and RuleViolation without a text or on a paper that is withdrawn.
    """
    with event(actor, Act.COMMENTED, proposal):
        proposal = lock(proposal.pk)
        require(policies.can_comment(actor, proposal), NOT_INVOLVED)
        facts = CommentFacts(answer.text, withdrawn=proposal.withdrawn_on is not None)
        refuse_on(objection_to_comment(facts))
        asked = _thread(actor, proposal, answer.answers_id) if answer.answers_id else None

        section = asked.section if asked else (answer.section.value if answer.section else "")
        row = Comment(
            proposal=proposal,
            section=section,
            answers=asked,
            author=actor,
            made_at=timezone.now(),
            text=answer.text.strip(),
        )
        row.save()
        if asked is not None and asked.settled_on is not None:
            changed(asked, settled_on=None, settled_by=None)  # it is asked again
    return row


def settle_comment(*, actor: User, proposal: Proposal, answer: SettleAnswer) -> Comment:
    """Note that a comment is dealt with; whoever works on the paper may do so."""
    with event(actor, Act.COMMENT_SETTLED, proposal):
        proposal = lock(proposal.pk)
        require(policies.can_comment(actor, proposal), NOT_INVOLVED)
        row = _thread(actor, proposal, answer.comment_id)
        refuse_on(objection_to_settling(settled=row.settled_on is not None))

        changed(row, settled_on=answer.on or timezone.localdate(), settled_by=actor)
    return row


def _thread(actor: User, proposal: Proposal, pk: int) -> Comment:
    """Return the first comment of the thread; raises RuleViolation for none on this paper."""
    rows = Comment.objects.visible_to(actor).filter(proposal=proposal)
    row = rows.select_related("answers").filter(pk=pk).first()
    if row is None:
        raise RuleViolation("Diese Rückfrage gibt es hier nicht.")
    return row.answers or row
