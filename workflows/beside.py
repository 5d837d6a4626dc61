"""What waits beside the route: a count error, a statement, an Austauschfassung.

Each is a row with a flow of its own, which runs as long as the row is open and holds nobody up.
A count error in an item without a paper waits beside its meeting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from proposals.models import Exchange, Meeting, Proposal, ResultReview, StatementRequest
from proposals.models.signing import UNRELEASED, UNSTATED

from .flows import ExchangeFlow, ReviewFlow, StatementFlow


@dataclass(frozen=True)
class Beside:
    """A kind of row that waits beside the route.

    `open_rows` are those of an owner that want a flow, `rows` all of them with what their step
    reads, `passed` the step that the facts of a row are past already ("" for none).
    """

    flow: Any
    steps: tuple[str, ...]
    rows: Callable[[], QuerySet[Any]]
    open_rows: Callable[[Any], QuerySet[Any]]
    passed: Callable[[Any], str] = lambda row: ""


# what a row waits beside: its proposal, or the meeting of an item that has none
Owner = Proposal | Meeting


def belongs_to(owner: Owner, path: str = "") -> Q:
    """Return the condition that the row at the end of `path` waits beside that owner."""
    if isinstance(owner, Meeting):
        without_paper = Q(**{f"{path}proposal__isnull": True})
        return without_paper & Q(**{f"{path}agenda_item__meeting": owner})
    return Q(**{f"{path}proposal": owner})


def _reviews(owner: Owner) -> QuerySet[Any]:
    """Return the open count errors; a withdrawn proposal has none: nothing is carried out."""
    rows = ResultReview.everything.filter(belongs_to(owner), decided_on__isnull=True)
    withdrawn = isinstance(owner, Proposal) and owner.withdrawn_on is not None
    return rows.none() if withdrawn else rows.select_related("agenda_item__committee")


def _statements(proposal: Proposal) -> QuerySet[Any]:
    return StatementRequest.everything.filter(UNSTATED, proposal=proposal)


def _exchanges(proposal: Proposal) -> QuerySet[Any]:
    rows = Exchange.everything.filter(UNRELEASED, proposal=proposal)
    return rows.none() if proposal.withdrawn_on is not None else rows


REVIEWS = Beside(
    ReviewFlow,
    ("advise_review", "decide_review"),
    lambda: ResultReview.everything.select_related(
        "agenda_item__committee__municipality", "agenda_item__meeting"
    ),
    _reviews,
    lambda review: "advise_review" if review.opinion_on is not None else "",
)
STATEMENTS = Beside(
    StatementFlow,
    ("state",),
    lambda: StatementRequest.everything.select_related("office", "wording", "version"),
    _statements,
)
EXCHANGES = Beside(
    ExchangeFlow,
    ("decide_exchange",),
    lambda: Exchange.everything.select_related("version", "replaced", "requested_by__person"),
    _exchanges,
)
BESIDE = (REVIEWS, STATEMENTS, EXCHANGES)
OF_STEP = {step: kind for kind in BESIDE for step in kind.steps}
