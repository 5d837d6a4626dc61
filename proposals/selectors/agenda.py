"""What waits for a meeting: stations of released papers, and what earlier meetings put off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from ..models import AgendaItem, Consultation, Meeting, Submission
from ..models.consultation import OPEN
from ..rules.consultation import ConsultationRole, Outcome
from .heads import known_heads

_PUT_OFF = (Outcome.POSTPONED, Outcome.NO_QUORUM)


@dataclass(frozen=True)
class WaitingPaper:
    """A station that no agenda has yet; `put_off_on` is the day of the meeting that put it off."""

    consultation_id: int
    committee_id: int
    body: str
    role: str
    number: str
    subject: str
    put_off_on: date | None


@dataclass(frozen=True)
class WaitingItem:
    """An item without a Vorlage that was put off and not taken up again."""

    id: int
    committee_id: int
    body: str
    title: str
    put_off_on: date
    reason: str


@dataclass(frozen=True)
class Waiting:
    """Offene Punkte of the bodies of a meeting."""

    papers: Sequence[WaitingPaper]
    items: Sequence[WaitingItem]

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.papers) + len(self.items)


def waiting_for(meeting: Meeting, user: Any) -> Waiting:
    """Return what the bodies of a visible meeting still have to deal with, for `user`.

    The number of queries does not depend on how much that is.
    """
    bodies = [row.committee_id for row in meeting.bodies.all()]
    return Waiting(_papers(bodies, user), _items(bodies, user))


def _papers(bodies: Sequence[int], user: Any) -> list[WaitingPaper]:
    in_route = Submission.objects.visible_to(user).filter(
        form_checked_on__isnull=False, returned_on__isnull=True
    )
    listed = AgendaItem.objects.visible_to(user).filter(consultation__isnull=False, outcome="")
    rows = (
        Consultation.objects.visible_to(user)
        .filter(OPEN, committee__in=bodies, proposal__withdrawn_on__isnull=True)
        .filter(proposal__in=in_route.values("proposal"))
        .exclude(pk__in=listed.values("consultation"))
        .select_related("committee", "proposal")
        .order_by("committee__name", "proposal__number", "position")
    )
    stations = list(rows)
    heads = known_heads({row.proposal_id: row.proposal for row in stations}.values(), user)
    days = _days(stations, user)
    return [
        WaitingPaper(
            consultation_id=row.pk,
            committee_id=row.committee_id,
            body=row.committee.name,
            role=ConsultationRole(row.role).label,
            number=row.proposal.number or "",
            subject=heads[row.proposal_id]["subject"],
            put_off_on=days.get(row.pk),
        )
        for row in stations
    ]


def _days(stations: Sequence[Consultation], user: Any) -> dict[int, date]:
    """Return when stations were put off last."""
    rows = AgendaItem.objects.visible_to(user).filter(
        consultation__in=[row.pk for row in stations], outcome__in=_PUT_OFF
    )
    marks = rows.order_by("meeting__starts_at").values_list("consultation", "meeting__starts_at")
    return {pk: timezone.localdate(when) for pk, when in marks if pk is not None}


def _items(bodies: Sequence[int], user: Any) -> list[WaitingItem]:
    rows = AgendaItem.objects.visible_to(user).filter(
        committee__in=bodies,
        consultation__isnull=True,
        outcome__in=_PUT_OFF,
        resumed_by__isnull=True,
    )
    rows = rows.select_related("committee", "meeting").order_by("meeting__starts_at", "position")
    return [
        WaitingItem(
            id=row.pk,
            committee_id=row.committee_id,
            body=row.committee.name,
            title=row.title,
            put_off_on=timezone.localdate(row.meeting.starts_at),
            reason=Outcome(row.outcome).label,
        )
        for row in rows
    ]
