"""The agenda of a meeting line by line, as one user may know it.

What the user may not see is not there; the number of queries does not grow with the agenda.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone

from ..documents.content_route import in_body
from ..models import AgendaItem, Meeting, Proposal, Vote
from ..models.facts import station_of
from ..models.known import KnownRoute
from ..models.motion import main_vote
from ..models.order import OF_EVERY_MEETING, as_held, as_invited, printed_title, untreated
from ..rules.agenda import Addition, Delivery, ItemKind
from ..rules.consultation import ConsultationRole, Outcome, open_predecessors
from ..rules.meeting import MeetingState
from .decisions import known
from .meetings import joined_names, reads_agenda
from .versions import marks_of

HELD = (MeetingState.RUNNING, MeetingState.SUSPENDED, MeetingState.CLOSED)
NOT_TREATED = (Outcome.NOT_ADMITTED, Outcome.NOT_HELD)


@dataclass(frozen=True)
class AgendaLine:
    """One item; `paper` is the number of its proposal, `notes` say what it depends on."""

    id: int
    kind: ItemKind
    number: str
    title: str
    own_title: str
    public: bool
    committee_id: int
    body: str
    is_sub: bool
    parent_id: int | None
    proposal_id: int | None
    paper: str
    role: str
    notes: tuple[str, ...]
    added: str
    delivery: str
    outcome: str
    sentence: str
    is_extension: bool
    resumed_outcome: str
    is_over: bool
    news: str = ""
    url: str = ""

    @property
    def gone(self) -> bool:
        """Answer whether the item was never dealt with."""
        return self.outcome in NOT_TREATED

    @property
    def can_wait(self) -> bool:
        """Answer whether another meeting can take the item up."""
        return not self.outcome and self.kind not in OF_EVERY_MEETING

    @property
    def label(self) -> str:
        """Return the item in one line of a list of choices."""
        return ": ".join(filter(None, (f"TOP {self.number}" if self.number else "", self.title)))


@dataclass(frozen=True)
class Part:
    """Items that follow each other in one part of the meeting."""

    heading: str
    lines: Sequence[AgendaLine]


def agenda_lines(meeting: Meeting, user: Any, *, held: bool = False) -> list[AgendaLine]:
    """Return the items of a visible meeting, as invited, or as they were dealt with (`held`).

    An agenda that has not left the house yet is for those who draw it up, head and audit.
    """
    rows = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
    if not reads_agenda(meeting, user):
        rows = rows.exclude(outcome="")
    rows = rows.exclude(outcome=Outcome.TAKEN_OFF)
    found = list(
        rows.select_related(
            "consultation__committee", "approves", "resumes__meeting", "debated_with"
        )
    )
    over = meeting.closed_at is not None
    return _Reader(meeting, user, found).lines(
        as_held(found, over=over) if held else as_invited(found)
    )


def parts_of(lines: Iterable[AgendaLine]) -> list[Part]:
    """Return the lines in the parts of the meeting in which they stand."""
    words = {True: "Öffentlicher Teil", False: "Nichtöffentlicher Teil"}
    return [
        Part(words[public], list(group)) for public, group in groupby(lines, lambda row: row.public)
    ]


def reservation(route: KnownRoute | None, consultation: Any) -> str:
    """Say which bodies ahead have not dealt with it yet, as far as the user may know.

    "vorbehaltlich der Beratung im Sozialausschuss" (practice.md 1.1); "" where there are none.
    """
    if route is None:
        return ""
    stations = [
        station_of(row, None)
        for row in route.consultations
        if not row.is_open or row.committee.name in route.waiting
    ]
    own = station_of(consultation, None)
    names = [in_body(row.committee) for row in open_predecessors(own, stations)]
    return f"vorbehaltlich der Beratung {joined_names(dict.fromkeys(names))}" if names else ""


class _Reader:
    """Reads what belongs to the items of one meeting, and puts each line together from it."""

    def __init__(self, meeting: Meeting, user: Any, items: Sequence[AgendaItem]) -> None:
        self.meeting = meeting
        bodies = {row.committee_id: row.committee for row in meeting.bodies.all()}
        self.is_joint = len(bodies) > 1
        for item in items:  # one instance of each, so that house rules are read once
            item.meeting, item.committee = meeting, bodies[item.committee_id]
        self.numbers = {item.pk: item.number for item in items}
        papers = {item.consultation.proposal_id for item in items if item.consultation}
        proposals = list(Proposal.objects.visible_to(user).filter(pk__in=papers))
        self.papers = {row.pk: row.number or "" for row in proposals}
        self.news = marks_of(self.papers, user)
        is_over = meeting.state in (MeetingState.CLOSED, MeetingState.CANCELLED)
        self.routes = {} if is_over else known(proposals, user)
        self.untreated = {item.pk for item in untreated(items)}
        treated = {item.pk: item for item in items if item.outcome}
        self.votes: dict[int, list[Vote]] = {}
        votes = Vote.objects.visible_to(user).filter(agenda_item__in=list(treated))
        for vote in votes.order_by("position"):
            vote.agenda_item = treated[vote.agenda_item_id]
            self.votes.setdefault(vote.agenda_item_id, []).append(vote)

    def lines(self, items: Iterable[AgendaItem]) -> list[AgendaLine]:
        return [self._line(item) for item in items]

    def _line(self, item: AgendaItem) -> AgendaLine:
        station = item.consultation
        main = main_vote(self.votes.get(item.pk, []))
        is_usual = item.added == Addition.INVITATION
        return AgendaLine(
            id=item.pk,
            kind=ItemKind(item.kind),
            number=item.number,
            title=printed_title(item),
            own_title=item.title,
            public=item.public,
            committee_id=item.committee_id,
            body=item.committee.name if self.is_joint else "",
            is_sub=item.parent_id in self.numbers,
            parent_id=item.parent_id,
            proposal_id=station.proposal_id if station else None,
            paper=f"Vorlage {self.papers.get(station.proposal_id, '')}".strip() if station else "",
            role=ConsultationRole(station.role).label if station else "",
            notes=tuple(filter(None, self._notes(item))),
            added="" if is_usual else Addition(item.added).label,
            delivery="" if item.delivery == Delivery.IN_TIME else Delivery(item.delivery).label,
            outcome=item.outcome,
            sentence=(main.words if main else "") or item.result_text,
            is_extension=item.added == Addition.EXTENSION,
            resumed_outcome=item.resumes.outcome if item.resumes else "",
            is_over=item.pk not in self.untreated,
            news=self.news.get(station.proposal_id, "") if station and not item.outcome else "",
        )

    def _notes(self, item: AgendaItem) -> list[str]:
        notes = [item.addition_reason]
        if item.consultation is not None and not item.outcome:
            route = self.routes.get(item.consultation.proposal_id)
            notes.append(reservation(route, item.consultation))
        if item.debated_with is not None and item.debated_with_id in self.numbers:
            notes.append(f"gemeinsame Aussprache mit {_top(item.debated_with)}")
        if item.resumes is not None and item.resumes.public >= item.public:
            day = timezone.localdate(item.resumes.meeting.starts_at)
            word = Outcome(item.resumes.outcome).label if item.resumes.outcome else "offen"
            notes.append(f"am {day:%d.%m.%Y} {word}")
        return notes


def _top(item: AgendaItem) -> str:
    return f"TOP {item.number}" if item.number else f"„{item.title}“"
