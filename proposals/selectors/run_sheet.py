"""Everything the run sheet of a meeting shows, read through the door of one user.

The number of queries does not depend on how long the agenda is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count
from django.utils import timezone

from .. import policies
from ..models import (
    AgendaItem,
    Committee,
    Consultation,
    Invitation,
    Meeting,
    Membership,
    Minutes,
    Municipality,
    Proposal,
    QuorumStatement,
    Recusal,
    Vote,
)
from ..models.facts import preparing_body, station_of
from ..models.motion import main_vote
from ..models.order import as_invited
from ..models.organization import valid_on
from ..rules.consultation import ConsultationRole, Outcome, open_predecessors
from ..rules.law import Law
from ..rules.meeting import MeetingState
from ..rules.words import CommitteeKind
from .meetings import title_of
from .run_items import Motions, MotionText, Row, said_of, vote_lines
from .run_presence import BodyNow, Presences, body_now
from .run_shorthand import shorthand_of
from .versions import marks_of

_T = TypeVar("_T")


@dataclass(frozen=True)
class Problem:
    """Something that the closing list names: an item, and what is the matter with it."""

    item_id: int
    number: str
    title: str
    words: str


@dataclass
class Sheet:
    """A meeting as its secretary runs it; `start` is the item that has the cursor."""

    meeting: Meeting
    title: str
    state: MeetingState
    day: date
    rows: list[Row]
    bodies: list[BodyNow]
    stage: str
    short_names: dict[str, int]
    names: dict[int, str]
    start: int | None = None

    @property
    def done(self) -> int:
        """Return how many of the items that need a result have one."""
        return sum(1 for row in self.rows if row.needs_result and row.item.outcome)

    @property
    def total(self) -> int:
        """Return how many items need a result."""
        return sum(1 for row in self.rows if row.needs_result)

    @property
    def open_items(self) -> list[Row]:
        """Return the items that still need a result, as they stand on the agenda."""
        return [row for row in self.rows if row.needs_result and not row.item.outcome]

    @property
    def problems(self) -> list[Problem]:
        """Return what is not right yet, item by item."""
        return [
            Problem(row.item.pk, row.item.number, row.title, words)
            for row in self.rows
            for words in row.faults
        ]

    def row(self, item_id: int) -> Row | None:
        """Return the line of an item, None where it is not on the sheet."""
        return next((row for row in self.rows if row.item.pk == item_id), None)

    def name_of(self, row: Row) -> str:
        """Return an item's number; in a joint meeting with its body, for each has its own."""
        name = row.item.number or row.title
        return name if len(self.bodies) < 2 else f"{name} ({row.item.committee.short_name})"

    def next_open(self, after: int) -> int | None:
        """Return the open item behind `after`, else the first that still needs a result."""
        keys = [row.item.pk for row in self.rows]
        behind = self.rows[keys.index(after) + 1 :] if after in keys else []
        ahead = [row for row in behind if not row.item.outcome] + self.open_items
        return ahead[0].item.pk if ahead else None


def run_sheet(meeting: Meeting, user: Any) -> Sheet:
    """Return the sheet of a visible meeting whose bodies and breaks were read with it."""
    return _Reader(meeting, user).sheet()


class _Reader:
    """Reads the rows of one meeting, and puts each item's line together without a query."""

    def __init__(self, meeting: Meeting, user: Any) -> None:
        self.meeting, self.user = meeting, user
        self.day = timezone.localdate(meeting.starts_at)
        self.house: Municipality = meeting.municipality
        self.law: Law = self.house.law(self.day)
        self.committees: dict[int, Committee] = {
            row.committee_id: row.committee for row in meeting.bodies.all()
        }
        self.items = self._items()
        keys = [item.pk for item in self.items]
        self.proposals = self._proposals()
        stations = Consultation.objects.visible_to(user).filter(proposal__in=list(self.proposals))
        stations = stations.select_related("committee").order_by("position", "pk")
        self.stations = _grouped(stations, "proposal_id")
        self.motions = Motions(user, self.items, self.proposals)
        self.news = marks_of(self.proposals, user)
        votes = Vote.objects.visible_to(user).filter(agenda_item__in=keys)
        votes = votes.select_related("wording").order_by("position")
        self.votes = _grouped(votes, "agenda_item_id")
        recusals = Recusal.objects.visible_to(user).filter(agenda_item__in=keys)
        self.recusals = _grouped(recusals.select_related("person"), "agenda_item_id")
        counted = QuorumStatement.objects.visible_to(user).filter(meeting=meeting)
        self.statements = _grouped(counted.order_by("number"), "committee_id")
        self.presences = Presences(
            meeting,
            self.items,
            self.committees,
            {pk: [row.person_id for row in rows] for pk, rows in self.recusals.items()},
        )
        seats = Membership.objects.filter(valid_on(self.day), voting=True)
        seats = seats.filter(committee__in=list(self.committees)).order_by()
        self.seats = dict(seats.values_list("committee").annotate(Count("person", distinct=True)))
        self.hinted = Invitation.objects.visible_to(user).filter(meeting=meeting, hint=True)

    def _items(self) -> list[AgendaItem]:
        rows = AgendaItem.objects.visible_to(self.user).filter(meeting=self.meeting)
        rows = rows.exclude(outcome=Outcome.TAKEN_OFF)
        rows = rows.select_related(
            "consultation", "approves", "resumes", "result_wording"
        ).order_by("pk")
        found = as_invited(rows)
        for item in found:  # one instance of each, so that house rules are read once
            item.meeting, item.committee = self.meeting, self.committees[item.committee_id]
        return found

    def _proposals(self) -> dict[int, Proposal]:
        keys = {item.consultation.proposal_id for item in self.items if item.consultation}
        rows = Proposal.objects.visible_to(self.user).filter(pk__in=keys)
        return {row.pk: row for row in rows}

    def sheet(self) -> Sheet:
        rows = [self._row(item) for item in self.items]
        house = Committee.objects.filter(municipality=self.house).order_by("pk")
        everybody = {row.pk: row for row in house}
        for row in rows:
            row.abbreviation = shorthand_of(row, self._referred(row), everybody)
        sheet = Sheet(
            meeting=self.meeting,
            title=title_of(self.meeting),
            state=self.meeting.state,
            day=self.day,
            rows=rows,
            bodies=[],
            stage=self._stage(),
            short_names={
                row.short_name.casefold(): row.pk for row in everybody.values() if row.short_name
            },
            names={pk: row.name for pk, row in everybody.items()},
        )
        ahead = sheet.open_items or [row for row in rows if not row.item.outcome]
        sheet.start = ahead[0].item.pk if ahead else None
        sheet.bodies = [self._body(pk, sheet.start) for pk in self.committees]
        return sheet

    def _body(self, committee: int, start: int | None) -> BodyNow:
        """Return a body at its item that comes next, or at its last one."""
        own = [item for item in self.items if item.committee_id == committee]
        ahead = [item for item in own if item.pk == start]
        ahead += [item for item in own if not item.outcome] + own[-1:]
        item = ahead[0] if ahead else None
        return body_now(
            self.committees[committee],
            self.presences.at(item) if item else None,
            self.statements.get(committee, []),
            self.law,
            seats=self.seats.get(committee),
            called_again=item is not None and self._is_called_again(item),
        )

    def _is_called_again(self, item: AgendaItem) -> bool:
        put_off = item.resumes is not None and item.resumes.outcome == Outcome.NO_QUORUM
        return put_off and self.hinted.exists()

    def _stage(self) -> str:
        minutes = Minutes.objects.visible_to(self.user).filter(meeting=self.meeting).first()
        if minutes is None:
            return ""
        word = self.law.minutes_word
        return f"{word} genehmigt" if minutes.approved_on else f"{word} unterschrieben"

    def _row(self, item: AgendaItem) -> Row:
        station = item.consultation
        proposal = self.proposals.get(station.proposal_id) if station else None
        votes = self.votes.get(item.pk, [])
        for vote in votes:
            vote.agenda_item = item
        motion, main = self.motions.of(item, votes), main_vote(votes)
        return Row(
            item=item,
            role=ConsultationRole(station.role) if station else None,
            proposal=proposal,
            law=self.law,
            majority=item.majority_by(self.law),
            presence=self.presences.at(item),
            motion=motion,
            votes=vote_lines(votes),
            main=main,
            said=said_of(item, main),
            recused=[str(row.person) for row in self.recusals.get(item.pk, [])],
            hints=[] if item.outcome else self._hints(item, proposal, motion),
            may_keep=policies.can_keep(self.user, item.committee_id),
            news="" if item.outcome or proposal is None else self.news.get(proposal.pk, ""),
        )

    def _hints(
        self, item: AgendaItem, proposal: Proposal | None, motion: MotionText | None
    ) -> list[str]:
        """Return what the law wants seen at an open item: one line, and nobody has to answer."""
        station = item.consultation
        if station is None or proposal is None:
            return []
        hints = []
        if station.role == ConsultationRole.DECISION:
            mandatory = preparing_body(self.law, CommitteeKind(item.committee.kind))
            route = [station_of(row, mandatory) for row in self.stations.get(proposal.pk, [])]
            ahead = open_predecessors(station_of(self._station(item), mandatory), route)
            hints += [f"{other.committee} noch nicht beraten" for other in ahead]
        if self.law.objection_to_unwritten_motion(motion.text if motion else ""):
            hints.append("kein schriftlicher Wortlaut")
        return hints

    def _station(self, item: AgendaItem) -> Consultation:
        assert item.consultation is not None
        item.consultation.committee = item.committee
        return item.consultation

    def _referred(self, row: Row) -> list[Consultation]:
        """Return the stations that an item's referral opened."""
        if row.proposal is None:
            return []
        stations = self.stations.get(row.proposal.pk, [])
        return [one for one in stations if one.inserted_by_id == row.item.pk and not one.lapse]


def _grouped(rows: Iterable[_T], name: str) -> dict[int, list[_T]]:
    groups: dict[int, list[_T]] = {}
    for row in rows:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups
