"""Whose changes a decision carries, what it lost on the way, and what is doubted about it."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from ..models import (
    AgendaItem,
    Proposal,
    ResultReview,
    Vote,
    Wording,
)
from ..models.motion import chain_of, is_carried, that_hold
from ..rules.cleaning import clean_html
from ..rules.consultation import DECIDING, ConsultationRole
from ..rules.difference import Piece, word_difference
from ..rules.text import html_to_paragraphs
from ..rules.voting import VoteKind


@dataclass(frozen=True)
class Change:
    """What one body or mover made of the wording: by whom, when, and word by word."""

    by: str
    day: dt.date | None
    html: SafeString
    difference: list[Piece]


def changes_of(item: AgendaItem, user: Any) -> list[Change]:
    """Return whose changes the wording that an item carried contains, the first one first.

    The chain of wordings from the version on; what the user may not read is passed over, and what
    it changed counts as that of the next body.
    """
    chain = chain_of(item)
    readable = set(
        Wording.objects.visible_to(user)
        .filter(pk__in=[row.pk for row in chain])
        .values_list("pk", flat=True)
    )
    shown = [row for row in chain if row.pk in readable]
    origins = _origins(shown, user)
    return [
        Change(
            by=origins.get(row.pk, (_body(row), None))[0],
            day=origins.get(row.pk, ("", None))[1],
            html=mark_safe(clean_html(row.html)),  # noqa: S308  # cleaned in this very call
            difference=word_difference(
                html_to_paragraphs(before.html), html_to_paragraphs(row.html)
            ),
        )
        for before, row in pairwise(shown)
        if row.html != before.html
    ]


def _body(row: Wording) -> str:
    return row.committee.name if row.committee is not None else ""


def _origins(rows: Sequence[Wording], user: Any) -> dict[int, tuple[str, dt.date]]:
    """Return who brought a wording in and when: a mover by a vote, a body by its result."""
    by_pk = {row.pk: row for row in rows}
    found: dict[int, tuple[str, dt.date]] = {}
    items = AgendaItem.objects.visible_to(user).filter(result_wording__in=list(by_pk))
    for item in items.select_related("meeting").order_by("-meeting__starts_at", "-pk"):
        day = timezone.localdate(item.meeting.starts_at)
        found[item.result_wording_id or 0] = (_body(by_pk[item.result_wording_id or 0]), day)
    votes = Vote.objects.visible_to(user).filter(wording__in=list(by_pk), repeated=False)
    changing = votes.filter(kind__in=(VoteKind.AMENDMENT, VoteKind.VARIANT))
    for vote in changing.select_related("agenda_item__meeting"):
        if is_carried(vote):
            body = _body(by_pk[vote.wording_id or 0])
            by = f"{body} ({vote.mover})" if vote.mover else body
            day = timezone.localdate(vote.agenda_item.meeting.starts_at)
            found[vote.wording_id or 0] = (by, day)
    return found


def lost_clauses(proposal: Proposal, user: Any) -> frozenset[int]:
    """Return the numbers of the clauses that the deciding body voted down, as the user may know.

    Those of the decision that holds: of several the newest.
    """
    return lost_clauses_of([proposal.pk], user).get(proposal.pk, frozenset())


def lost_clauses_of(proposals: Collection[int], user: Any) -> dict[int, frozenset[int]]:
    """Return the lost clauses of several proposals by their keys, in one query."""
    rows = Vote.objects.visible_to(user).filter(
        agenda_item__consultation__proposal__in=proposals,
        agenda_item__consultation__role=ConsultationRole.DECISION,
        agenda_item__outcome__in=DECIDING,
    )
    of_proposal = rows.annotate(paper=F("agenda_item__consultation__proposal"))
    newest: dict[int, list[Vote]] = {}
    for vote in of_proposal.order_by("agenda_item__meeting__starts_at", "agenda_item", "position"):
        votes = newest.get(vote.paper, [])
        same = votes and votes[0].agenda_item_id == vote.agenda_item_id
        newest[vote.paper] = [*votes, vote] if same else [vote]
    return {
        paper: frozenset(
            vote.clause
            for vote in that_hold(votes)
            if vote.kind == VoteKind.CLAUSE and vote.clause is not None and not is_carried(vote)
        )
        for paper, votes in newest.items()
    }


def changes_in_words(item: AgendaItem, user: Any) -> str:
    """Return whose changes the carried wording contains, in one sentence; "" where there are none.

    "Mit den Änderungen von: Sozialausschuss (22.11.2018), Kreisausschuss (29.11.2018)".
    """
    parts = [
        f"{change.by} ({change.day:%d.%m.%Y})" if change.day else change.by
        for change in changes_of(item, user)
    ]
    return f"Mit den Änderungen von: {', '.join(parts)}" if parts else ""


def review_in_words(review: ResultReview) -> str:
    """Return what a proven count error has come to; the resolution stands until it is decided."""
    if review.decided_on is not None:
        state = f"{review.get_decision_display()} ({review.decided_on:%d.%m.%Y})"
    elif review.stayed_on is not None:
        state = f"Ausführung ausgesetzt seit {review.stayed_on:%d.%m.%Y}"
    else:
        state = "noch nicht entschieden, was folgt"
    return f"Zählfehler festgestellt, ergebnisrelevant; {state}"


def reviews_of(items: Iterable[AgendaItem], user: Any) -> dict[int, list[ResultReview]]:
    """Return the reviews of visible items by item, the newest first; nothing of hidden ones."""
    rows = ResultReview.objects.visible_to(user).filter(agenda_item__in=[item.pk for item in items])
    found: dict[int, list[ResultReview]] = {}
    for row in rows.select_related("vote").order_by("-pk"):
        found.setdefault(row.agenda_item_id, []).append(row)
    return found
