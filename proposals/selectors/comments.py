"""The comments on a paper in threads, for those who work on it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .. import policies
from ..models import Proposal
from ..models.drafting import Comment
from ..rules.sections import Section
from ..rules.words import ProposalKind


@dataclass
class Thread:
    """A comment with its answers, oldest first; `settled` says by whom and when it was settled."""

    pk: int
    about: str
    by: str
    at: datetime
    text: str
    settled: str = ""
    answers: list["Thread"] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Answer whether somebody still has to deal with it."""
        return not self.settled


@dataclass(frozen=True)
class Comments:
    """The threads of a paper, open ones first, and whether the reader may write."""

    threads: list[Thread]
    may_write: bool

    @property
    def open_count(self) -> int:
        """Return how many threads are open."""
        return sum(thread.is_open for thread in self.threads)


def comments_of(proposal: Proposal, user: Any) -> Comments | None:
    """Return the comments on a visible paper; None for whoever does not work on it."""
    if not policies.can_comment(user, proposal):
        return None
    rows = Comment.objects.visible_to(user).filter(proposal=proposal)
    house, kind = proposal.municipality.sections, ProposalKind(proposal.kind)
    threads: dict[int, Thread] = {}
    for row in rows.select_related("author__person", "settled_by__person").order_by("pk"):
        about = house.title(Section(row.section), kind) if row.section else ""
        thread = Thread(row.pk, about, _name(row.author), row.made_at, row.text, _settled(row))
        if row.answers_id in threads:
            threads[row.answers_id].answers.append(thread)
        else:
            threads[row.pk] = thread
    shown = sorted(threads.values(), key=lambda thread: not thread.is_open)
    return Comments(shown, may_write=proposal.withdrawn_on is None)


def _settled(row: Comment) -> str:
    if row.settled_on is None:
        return ""
    by = f" durch {_name(row.settled_by)}" if row.settled_by else ""
    return f"erledigt am {row.settled_on:%d.%m.%Y}{by}"


def _name(user: Any) -> str:
    return str(getattr(user, "person", None) or user.get_full_name() or user.get_username())
