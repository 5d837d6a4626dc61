"""What an audience may know of a route: of a treatment behind closed doors only the day.

A document has an audience instead of a user, so this is its door (practice.md 1.5).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from ..rules.consultation import UNTREATED, ConsultationRole, Outcome
from ..rules.results import CHANGED
from ..rules.voting import VoteKind
from ..rules.words import CommitteeKind
from .agenda import AgendaItem
from .consultation import Consultation, Lapse
from .document import Audience
from .proposal import Proposal
from .submission import Submission
from .telling import Telling
from .version import Wording
from .voting import Vote, has_approved_minutes


@dataclass(frozen=True)
class KnownWording:
    """A wording that a committee carried; `html` is "" where the audience may not read it.

    `own` says that the committee wrote it, `version_id` names the version whose chain it is in.
    """

    html: str
    own: bool
    as_proposed: bool
    version_id: int | None


@dataclass(frozen=True)
class KnownTreatment:
    """An agenda item; where it is `hidden` everything but the day is empty.

    `provisional` says that it has a result whose minutes nobody has approved yet, `text` who was
    elected or appointed.
    """

    day: date
    hidden: bool = False
    top: str = ""
    outcome: Outcome | None = None
    provisional: bool = False
    referred_to: tuple[str, ...] = ()
    vote: Vote | None = None
    wording: KnownWording | None = None
    text: str = ""


@dataclass(frozen=True)
class KnownStation:
    """A consultation with its treatments, oldest first; `lapse` None where it is not to be told."""

    committee: str
    kind: CommitteeKind
    role: ConsultationRole
    lapse: Lapse | None
    lapse_reason: str
    treatments: tuple[KnownTreatment, ...]


def known_route(
    proposal: Proposal, audience: Audience, ended: Submission | None = None
) -> list[KnownStation]:
    """Return the stations of a proposal in order, as far as the audience may know them.

    `ended` is the hand-in with whose return a version ended: what came after it is left out.
    """
    reader = _Reader(proposal, audience, ended)
    return [reader.station(row) for row in reader.rows if reader.is_shown(row)]


class _Reader:
    """Reads route, treatments, votes and wordings of one proposal in four queries at most."""

    def __init__(self, proposal: Proposal, audience: Audience, ended: Submission | None) -> None:
        self.proposal, self.audience = proposal, audience
        self.until = ended.returned_on if ended else None
        self.ended_in_route = ended is not None and ended.returned_item_id is not None
        rows = Consultation.everything.filter(proposal=proposal).select_related("committee")
        self.rows: list[Consultation] = list(rows.order_by("position", "pk"))
        items = AgendaItem.everything.filter(consultation__proposal=proposal)
        self.items: dict[int, AgendaItem] = {
            item.pk: item
            for item in items.select_related("meeting__minutes").order_by(
                "meeting__starts_at", "pk"
            )
        }
        self.telling = Telling(self.items, self.is_hidden)
        self.votes = self._votes(self.items)
        self.wordings = self._wordings() if any(map(_carried, self.items.values())) else {}

    def _wordings(self) -> dict[int, Wording]:
        return {row.pk: row for row in Wording.everything.filter(proposal=self.proposal)}

    def _votes(self, items: Mapping[int, AgendaItem]) -> dict[int, Vote]:
        """Return the count that holds of each item: the main one, corrected if it was."""
        treated = [pk for pk, item in items.items() if item.outcome]
        if not treated:
            return {}
        rows = Vote.everything.filter(
            agenda_item__in=treated,
            kind=VoteKind.MAIN,
            repeated=False,
            corrected_by__isnull=True,
        ).select_related("agenda_item__committee", "agenda_item__meeting")
        votes = {row.agenda_item_id: row for row in rows}
        for vote in votes.values():  # one instance, so that its house rules are read once
            vote.agenda_item.committee.municipality = self.proposal.municipality
        return votes

    def is_shown(self, row: Consultation) -> bool:
        """Say whether a station is on the paper; what a return or a correction replaced is not."""
        if self.ended_in_route and row.lapse not in (Lapse.CORRECTED, Lapse.RETURNED):
            return self._was_closed(row)
        return self.telling.is_shown(row, self.until)

    def _was_closed(self, row: Consultation) -> bool:
        """Say whether a station was over when a committee returned the version.

        That return closed every station; those that are open since are of the next version.
        """
        item = self.items.get(row.concluded_by_id or 0)
        closed_on = _day(item) if item else row.lapsed_on
        return closed_on is not None and self.until is not None and closed_on <= self.until

    def is_hidden(self, item: AgendaItem) -> bool:
        """Say whether the audience may not know what became of the item."""
        return self.audience == Audience.PUBLIC and not (item.public and self.proposal.public)

    def station(self, row: Consultation) -> KnownStation:
        lapse = self.telling.lapse(row)
        internal = self.audience == Audience.INTERNAL
        return KnownStation(
            committee=row.committee.name,
            kind=CommitteeKind(row.committee.kind),
            role=ConsultationRole(row.role),
            lapse=lapse,
            lapse_reason=row.lapse_reason if lapse and internal else "",
            treatments=tuple(self._treatment(item) for item in self._items_of(row)),
        )

    def _items_of(self, row: Consultation) -> list[AgendaItem]:
        items = [
            item
            for item in self.items.values()
            if item.consultation_id == row.pk and item.outcome not in UNTREATED
        ]
        return [item for item in items if self.until is None or _day(item) <= self.until]

    def _treatment(self, item: AgendaItem) -> KnownTreatment:
        if self.is_hidden(item):
            return KnownTreatment(day=_day(item), hidden=True)
        is_fixed = item.meeting.invited_on is not None or item.outcome
        return KnownTreatment(
            day=_day(item),
            top=item.number if is_fixed else "",
            outcome=Outcome(item.outcome) if item.outcome else None,
            provisional=bool(item.outcome) and not has_approved_minutes(item.meeting),
            referred_to=tuple(
                row.committee.name
                for row in self.rows
                if row.inserted_by_id == item.pk
                and row.replaces_id is None
                and row.lapse != Lapse.CORRECTED
            ),
            vote=self.votes.get(item.pk) if item.outcome else None,
            wording=self._wording(item),
            text=item.result_text,
        )

    def _wording(self, item: AgendaItem) -> KnownWording | None:
        carried = self.wordings.get(_carried(item))
        if carried is None:
            return None
        first = carried
        while first.parent_id is not None and first.version_id is None:
            first = self.wordings[first.parent_id]
        readable = self.audience == Audience.INTERNAL or carried.public
        return KnownWording(
            html=carried.html if readable else "",
            own=item.outcome in CHANGED,
            as_proposed=carried.version_id is not None,
            version_id=first.version_id,
        )


def _carried(item: AgendaItem) -> int:
    """Return the key of the wording that an item carried; 0 where there is none."""
    return item.result_wording_id or 0


def _day(item: AgendaItem) -> date:
    return timezone.localdate(item.meeting.starts_at)
