"""The votes of agenda items as one user sees them, and whose changes a decision carries."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from ..models import (
    AgendaItem,
    FactionVote,
    Municipality,
    Proposal,
    ResultReview,
    RollCallVote,
    Vote,
    Wording,
)
from ..models.motion import chain_of, is_carried, that_hold
from ..rules.cleaning import clean_html
from ..rules.consultation import DECIDING, ConsultationRole
from ..rules.difference import Piece, word_difference
from ..rules.text import html_to_paragraphs
from ..rules.voting import VoteKind, VoteMode, VoteResult, VoteWord


@dataclass(frozen=True)
class VoteLine:
    """One vote with everything that explains it; the paragraph is for the page, not the minutes.

    `label` says what was voted on, `sentence` what came of it. `differs`: the chair announced
    something else than the count, for the reason in `difference`. `repeated` and `corrected` votes
    no longer hold, they stay. `moved`: who was there has changed since ("bitte prüfen").
    """

    vote: Vote
    label: str
    mode: str
    html: SafeString
    sentence: str
    paragraph: str
    computed: str
    announced: str
    differs: bool
    difference: str
    repeated: bool
    corrected: bool
    moved: bool
    roll: tuple[tuple[str, str], ...] = ()
    factions: tuple[FactionVote, ...] = ()


@dataclass(frozen=True)
class Change:
    """What one body or mover made of the wording: by whom, when, and word by word."""

    by: str
    day: dt.date | None
    html: SafeString
    difference: list[Piece]


def votes_of(
    items: Iterable[AgendaItem], user: Any, entitled: Mapping[int, int | None] | None = None
) -> dict[int, list[VoteLine]]:
    """Return the votes of visible items in their order, in four queries however many they are.

    `entitled` is how many may vote at each item by the attendance as it is now (None: not noted);
    a vote that was counted for another number is marked. Nothing is told of hidden items.
    """
    rows = Vote.objects.visible_to(user).filter(agenda_item__in=[item.pk for item in items])
    votes = list(
        rows.select_related(
            "wording", "agenda_item__meeting", "agenda_item__committee__municipality"
        ).order_by("position")
    )
    _share_houses(votes)
    pks = [vote.pk for vote in votes]
    readable = set(
        Wording.objects.visible_to(user)
        .filter(pk__in=[vote.wording_id for vote in votes if vote.wording_id])
        .values_list("pk", flat=True)
    )
    names = RollCallVote.objects.visible_to(user).filter(vote__in=pks).select_related("person")
    factions = FactionVote.objects.visible_to(user).filter(vote__in=pks).order_by("faction")
    beside = _Beside(
        readable,
        _grouped(names.order_by("person__family_name", "person__given_name", "pk")),
        _grouped(factions),
        {vote.corrects_id for vote in votes},
        entitled or {},
    )
    found: dict[int, list[VoteLine]] = {}
    for vote in votes:
        found.setdefault(vote.agenda_item_id, []).append(_line(vote, beside))
    return found


def _share_houses(votes: Sequence[Vote]) -> None:
    """Let votes of a house share its row, so that its rules are read once."""
    houses: dict[int, Municipality] = {}
    for vote in votes:
        committee = vote.agenda_item.committee
        committee.municipality = houses.setdefault(
            committee.municipality_id, committee.municipality
        )


@dataclass(frozen=True)
class _Beside:
    """What stands beside the votes of a page, by vote or as sets of keys."""

    readable: set[int]
    roll: Mapping[int, list[Any]]
    factions: Mapping[int, list[Any]]
    corrected: set[int | None]
    entitled: Mapping[int, int | None]


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.vote_id, []).append(row)
    return groups


def _line(vote: Vote, beside: _Beside) -> VoteLine:
    ruling = vote.ruling()
    now = beside.entitled.get(vote.agenda_item_id)
    shown = vote.wording is not None and vote.wording.pk in beside.readable
    return VoteLine(
        vote=vote,
        label=label_of(vote),
        mode=VoteMode(vote.mode).label,
        html=mark_safe(clean_html(vote.wording.html) if shown and vote.wording else ""),  # noqa: S308  # cleaned in this call
        sentence=words_of(vote),
        paragraph=ruling.paragraph if ruling else "",
        computed=VoteResult(vote.computed).label if vote.computed else "",
        announced=VoteResult(vote.announced).label,
        differs=bool(vote.computed) and vote.computed != vote.announced,
        difference=vote.difference_reason,
        repeated=vote.repeated,
        corrected=vote.pk in beside.corrected,
        moved=None not in (now, vote.entitled) and now != vote.entitled,
        roll=tuple(
            (str(row.person), row.get_choice_display()) for row in beside.roll.get(vote.pk, [])
        ),
        factions=tuple(beside.factions.get(vote.pk, [])),
    )


def label_of(vote: Vote) -> str:
    """Return what was voted on: "Änderungsantrag (Fraktion A): Kosten deckeln"."""
    kind = VoteKind(vote.kind)
    if kind == VoteKind.CLAUSE and vote.clause is not None:
        return f"{kind.label} zu Ziffer {vote.clause}"
    words = f"{kind.label} ({vote.mover})" if vote.mover else kind.label
    return f"{words}: {vote.subject}" if vote.subject else words


def words_of(vote: Vote | None) -> str:
    """Return a vote in the words of the house: "einstimmig bei einer Enthaltung"; "" for none."""
    if vote is None:
        return ""
    ruling = vote.ruling()
    if ruling is not None:
        return ruling.words
    word = VoteWord(vote.word).label if vote.word else ""
    if vote.no is None or vote.abstained is None:
        return word
    yes = "" if vote.yes is None else f"{vote.yes} Ja, "
    counts = f"{yes}{vote.no} Nein, {vote.abstained} Enthaltungen"
    return f"{word} ({counts})" if word else counts


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
    rows = Vote.objects.visible_to(user).filter(
        agenda_item__consultation__proposal=proposal,
        agenda_item__consultation__role=ConsultationRole.DECISION,
        agenda_item__outcome__in=DECIDING,
    )
    by_item: dict[int, list[Vote]] = {}
    for vote in rows.order_by("agenda_item__meeting__starts_at", "agenda_item", "position"):
        by_item.setdefault(vote.agenda_item_id, []).append(vote)
    newest = list(by_item.values())[-1:]
    return frozenset(
        vote.clause
        for votes in newest
        for vote in that_hold(votes)
        if vote.kind == VoteKind.CLAUSE and vote.clause is not None and not is_carried(vote)
    )


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
