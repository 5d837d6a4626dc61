"""What the page shows on which an agenda is made: what waits, and what stands on it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from ..models import (
    Committee,
    Consultation,
    Invitation,
    Meeting,
    Proposal,
    StandardItem,
)
from ..rules.agenda import ItemKind
from ..rules.meeting import MeetingState
from .agenda import waiting_for
from .agenda_lines import AgendaLine, Part, agenda_lines, parts_of, reservation
from .decisions import known
from .meeting_page import day_in_words, earlier_meetings
from .meetings import title_of


@dataclass(frozen=True)
class OpenPoint:
    """Something that waits for an agenda; `act` and `key` are what its button sends."""

    act: str
    key: int
    title: str
    paper: str
    role: str
    body: str
    notes: Sequence[str]
    proposal_id: int | None = None
    url: str = ""


@dataclass(frozen=True)
class AgendaPage:
    """The page; `sent` are the items that an invitation has named: they keep their places."""

    meeting: Meeting
    title: str
    day: str
    state: MeetingState
    lines: Sequence[AgendaLine]
    open_points: Sequence[OpenPoint]
    sent: frozenset[int]
    standard_missing: frozenset[int]
    earlier: Sequence[Meeting] = field(default_factory=list)

    def lines_of(self, body: Committee) -> list[AgendaLine]:
        """Return the items of one body, as invited."""
        return [line for line in self.lines if line.committee_id == body.pk]

    def parts_of(self, body: Committee) -> list[Part]:
        """Return the items of one body by the part of the meeting."""
        return parts_of(self.lines_of(body))


def agenda_page(meeting: Meeting, user: Any, bodies: Sequence[Committee]) -> AgendaPage:
    """Return the agenda of a visible meeting as who keeps `bodies` works on it.

    The number of queries grows neither with the agenda nor with what waits.
    """
    keys = {body.pk for body in bodies}
    lines = [line for line in agenda_lines(meeting, user) if line.committee_id in keys]
    contents = Invitation.objects.visible_to(user).filter(meeting=meeting)
    sent = {
        row["item"] for content in contents.values_list("content", flat=True) for row in content
    }
    return AgendaPage(
        meeting=meeting,
        title=title_of(meeting),
        day=day_in_words(meeting),
        state=meeting.state,
        lines=lines,
        open_points=_open_points(meeting, user, keys),
        sent=frozenset(sent),
        standard_missing=_missing(meeting, keys, lines),
        earlier=earlier_meetings(meeting, user),
    )


def _missing(meeting: Meeting, keys: set[int], lines: Sequence[AgendaLine]) -> frozenset[int]:
    """Return the bodies with a standard item that is not on the agenda.

    In a joint meeting the leading one brings them, the others approve their own minutes.
    """
    leading = meeting.bodies.all()[0].committee_id
    present = {(line.committee_id, line.kind, line.own_title) for line in lines}
    of_this_meeting = Q(committee=leading) | Q(kind=ItemKind.MINUTES)
    rows = StandardItem.objects.filter(of_this_meeting, committee__in=keys)
    wanted = rows.values_list("committee", "kind", "title")
    return frozenset(row[0] for row in wanted if tuple(row) not in present)


def _open_points(meeting: Meeting, user: Any, keys: set[int]) -> list[OpenPoint]:
    waiting = waiting_for(meeting, user)
    is_joint = len(meeting.bodies.all()) > 1
    papers = [row for row in waiting.papers if row.committee_id in keys]
    stations = {
        row.pk: row
        for row in Consultation.objects.visible_to(user)
        .filter(pk__in=[row.consultation_id for row in papers])
        .select_related("committee")
    }
    proposals = Proposal.objects.visible_to(user).filter(
        pk__in={row.proposal_id for row in stations.values()}
    )
    routes = known(proposals, user)
    points = [
        OpenPoint(
            act="paper",
            key=row.consultation_id,
            title=row.subject,
            paper=f"Vorlage {row.number}".strip(),
            role=row.role,
            body=row.body if is_joint else "",
            notes=[
                words
                for words in (
                    f"vertagt am {row.put_off_on:%d.%m.%Y}" if row.put_off_on else "",
                    reservation(routes.get(station.proposal_id), station),
                )
                if words
            ],
            proposal_id=station.proposal_id,
        )
        for row in papers
        if (station := stations[row.consultation_id])
    ]
    return points + [
        OpenPoint(
            act="item",
            key=item.id,
            title=item.title,
            paper="",
            role="",
            body=item.body if is_joint else "",
            notes=[f"am {item.put_off_on:%d.%m.%Y} {item.reason}"],
        )
        for item in waiting.items
        if item.committee_id in keys
    ]
