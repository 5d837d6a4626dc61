"""What the papers of a meeting are made of, read for the house and without anybody's eyes.

Who may have a finished paper says `MeetingDocument`; in which part of the minutes a row is printed
say `documents/content_items.py` and `in_closed_part`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ..rules.consultation import Outcome
from ..rules.documents import MeetingDocumentKind
from .agenda import AgendaItem
from .attendance import Attendance, QuorumStatement, Recusal
from .consultation import Consultation, Lapse
from .content import frame_for
from .meeting import Meeting
from .meeting_document import MinutesCorrection, in_closed_part
from .order import as_held
from .version import ProposalVersion, Wording, handed_in
from .voting import FactionVote, Minutes, RollCallVote, Vote

_NEVER_TAKEN_UP = (Outcome.TAKEN_OFF, Outcome.NOT_HELD)
Grouped = dict[int, list[Any]]


@dataclass(frozen=True)
class ItemFacts:
    """What hangs on some items: by item, roll call and factions by vote."""

    votes: Grouped
    roll: Grouped
    factions: Grouped
    recusals: Grouped
    referred: Grouped
    corrections: Grouped


def facts_of_items(items: Sequence[AgendaItem]) -> ItemFacts:
    """Return what hangs on items, in six queries however many they are."""
    by_pk = {item.pk: item for item in items}
    votes = list(
        Vote.everything.filter(agenda_item__in=list(by_pk))
        .select_related("wording")
        .order_by("position")
    )
    for vote in votes:  # one instance of the item, so that house rules are read once
        vote.agenda_item = by_pk[vote.agenda_item_id]
    of_votes = [vote.pk for vote in votes]
    roll = RollCallVote.everything.filter(vote__in=of_votes).select_related("person")
    factions = FactionVote.everything.filter(vote__in=of_votes)
    recusals = Recusal.everything.filter(agenda_item__in=list(by_pk)).select_related("person")
    referred = Consultation.everything.filter(inserted_by__in=list(by_pk), replaces__isnull=True)
    corrections = MinutesCorrection.everything.filter(agenda_item__in=list(by_pk))
    with_ends = corrections.select_related(
        "minutes__meeting", "vote__agenda_item__consultation__proposal"
    )
    shown = referred.exclude(lapse=Lapse.CORRECTED).select_related("committee")
    return ItemFacts(
        votes=_grouped(votes, "agenda_item_id"),
        roll=_grouped(roll.order_by("person__family_name", "pk"), "vote_id"),
        factions=_grouped(factions.order_by("faction"), "vote_id"),
        recusals=_grouped(recusals.order_by("person__family_name", "pk"), "agenda_item_id"),
        referred=_grouped(shown.order_by("position"), "inserted_by_id"),
        corrections=_grouped(with_ends.order_by("pk"), "agenda_item_id"),
    )


def frames_of(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[int, str]:
    """Return by item the words that introduced the resolution to its committee.

    As the newest version has them that was handed in, like the page on which the votes are taken.
    One query, none in a house that has no such words.
    """
    papers = {item.consultation.proposal_id for item in items if item.consultation}
    if not meeting.municipality.wording_per_committee or not papers:
        return {}
    rows = ProposalVersion.everything.filter(handed_in("pk"), proposal__in=list(papers))
    newest = {version.proposal_id: version for version in rows.order_by("number")}
    return {
        item.pk: frame_for(newest[item.consultation.proposal_id].content, item.committee_id)
        for item in items
        if item.consultation and item.consultation.proposal_id in newest
    }


def items_to_call(meeting: Meeting, keys: Sequence[int]) -> list[AgendaItem]:
    """Return the items of an agenda in the order given, with their papers; one query."""
    rows = AgendaItem.everything.filter(meeting=meeting, pk__in=keys).select_related(
        "committee", "approves", "consultation__proposal"
    )
    found = rows.in_bulk()
    for item in found.values():
        item.meeting = meeting
        item.committee.municipality = meeting.municipality
    return [found[pk] for pk in keys if pk in found]


def items_held(meeting: Meeting) -> list[AgendaItem]:
    """Return the items of a meeting in the order in which they were dealt with; one query."""
    found = _taken_up(meeting).select_related(
        *("committee", "approves", "basis", "result_wording"),
        *("consultation__proposal__lead_office", "meeting__municipality"),
    )
    return as_held(found, over=meeting.closed_at is not None)


def minutes_parts(meeting: Meeting) -> list[MeetingDocumentKind]:
    """Return the parts that the minutes of a meeting have; each is a document of its own.

    Three queries: every page of a meeting asks.
    """
    rows = _taken_up(meeting)
    secret = MinutesCorrection.everything.filter(
        in_closed_part("vote__agenda_item__"), agenda_item__meeting=meeting
    )
    closed = rows.filter(in_closed_part()).exists() or secret.exists()
    public = not closed or rows.exclude(in_closed_part()).exists()
    parts = {
        MeetingDocumentKind.MINUTES_PUBLIC: public,
        MeetingDocumentKind.MINUTES_NON_PUBLIC: closed,
    }
    return [kind for kind, is_there in parts.items() if is_there]


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Return every stay of a meeting with its person, in the order of the entries."""
    rows = Attendance.everything.filter(meeting=meeting)
    return list(rows.select_related("person", "substitutes", "since", "until").order_by("pk"))


def quorum_statements_of(meeting: Meeting) -> list[QuorumStatement]:
    """Return what was stated about the quorum, the first statement first."""
    rows = QuorumStatement.everything.filter(meeting=meeting).select_related("agenda_item")
    return list(rows.order_by("number"))


def is_approved(meeting: Meeting) -> bool:
    """Answer whether the minutes of a meeting are approved."""
    return Minutes.everything.filter(meeting=meeting, approved_on__isnull=False).exists()


def chain_to_version(wording: Wording) -> list[Wording]:
    """Return a wording and what it goes back to, down to that of a version."""
    rows = Wording.everything.filter(proposal=wording.proposal_id).select_related("version")
    by_pk = {row.pk: row for row in rows}
    chain = [by_pk[wording.pk]]
    while chain[-1].version_id is None and chain[-1].parent_id is not None:
        chain.append(by_pk[chain[-1].parent_id])
    return chain


def recommended_in(wording: Wording) -> AgendaItem | None:
    """Return the item in which a committee recommended the wording, with its meeting."""
    return _items_of(wording).filter(outcome=Outcome.RECOMMENDED_CHANGED).first()


def item_of(wording: Wording) -> AgendaItem | None:
    """Return the item whose result the wording first was, with its meeting."""
    return _items_of(wording).first()


def _items_of(wording: Wording) -> QuerySet[AgendaItem]:
    rows = AgendaItem.everything.filter(result_wording=wording)
    return rows.select_related("committee", "meeting").order_by("meeting__starts_at")


def _taken_up(meeting: Meeting) -> Any:
    rows = AgendaItem.everything.filter(meeting=meeting)
    return rows.exclude(outcome__in=_NEVER_TAKEN_UP)


def _grouped(rows: Iterable[Any], name: str) -> Grouped:
    groups: Grouped = {}
    for row in rows:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups
