"""Where a proposal stands as one user may know it: hidden treatments look as if still to come.

Of a treatment behind closed doors the day alone is known, so a station counts as dealt with from
that day on whatever came of it: no status, filter or timeline tells a result from none.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q
from django.utils import timezone

from ..history.guard import visible_keys
from ..rules.consultation import OFF_THE_AGENDA, Outcome
from ..rules.lifecycle import Facts, ProposalStatus, status
from .agenda import AgendaItem
from .consultation import Consultation, Lapse
from .facts import STAYED, on_the_route
from .proposal import Proposal
from .review import ResultReview
from .standing import Standing, standing_of
from .submission import Submission
from .telling import Telling
from .urgency import UrgentDecision

_T = TypeVar("_T")


@dataclass(frozen=True)
class KnownRoute:
    """The status, the hand-in and the stations that a user may know.

    `waiting` names the committees it waits for, `tells_all` says that nothing is hidden.
    """

    status: ProposalStatus
    submission: Submission | None
    consultations: tuple[Consultation, ...]
    waiting: tuple[str, ...]
    tells_all: bool

    @property
    def current(self) -> Submission | None:
        """Return the hand-in under way; None while the lead office has the draft."""
        if self.submission is None or self.submission.returned_on is not None:
            return None
        return self.submission


def partly_hidden(user: Any) -> Q:
    """Return the condition on a proposal with a treatment that `user` may not see."""
    seen = visible_keys(AgendaItem, user)
    house = Q(committee__municipality=standing_of(user).municipality_id)
    hidden = AgendaItem.everything.filter(house, consultation__isnull=False)
    return Q(pk__in=hidden.exclude(pk__in=seen).values("consultation__proposal"))


def known_routes(
    proposals: Iterable[Proposal], user: Any, may_edit: Callable[[Proposal], bool]
) -> dict[int, KnownRoute]:
    """Return the routes of visible proposals for `user`, in six queries however many they are."""
    rows = {proposal.pk: proposal for proposal in proposals}
    rounds = Submission.everything.filter(proposal__in=list(rows)).order_by("number")
    stations = Consultation.everything.filter(proposal__in=list(rows)).select_related("committee")
    items = AgendaItem.everything.filter(consultation__proposal__in=list(rows))
    seen = items.filter(AgendaItem.visibility(user)).values_list("pk", flat=True)
    by_station = _grouped(items.select_related("meeting"), "consultation_id")
    by_proposal = _grouped(stations.order_by("position", "pk"), "proposal_id")
    handed_in, known = _grouped(rounds, "proposal_id"), frozenset(seen)
    who = standing_of(user)
    urgent = UrgentDecision.everything.filter(proposal__in=list(rows))
    # what a review says of a hidden treatment stays hidden with it
    stays = ResultReview.everything.filter(STAYED, agenda_item__in=known)
    told = _Told(
        {row.proposal_id: row for row in urgent},
        frozenset(stays.values_list("proposal", flat=True)),
    )
    return {
        pk: _Reader(
            proposal,
            handed_in.get(pk, []),
            by_proposal.get(pk, []),
            [item for row in by_proposal.get(pk, []) for item in by_station.get(row.pk, [])],
            known,
            who,
            may_edit(proposal),
            told,
        ).route()
        for pk, proposal in rows.items()
    }


def _grouped(rows: Iterable[_T], name: str) -> dict[int, list[_T]]:
    groups: dict[int, list[_T]] = {}
    for row in rows:
        groups.setdefault(getattr(row, name), []).append(row)
    return groups


@dataclass(frozen=True)
class _Told:
    """Urgent decisions by their proposal, and proposals whose decision is stayed."""

    urgent: Mapping[int, UrgentDecision]
    stayed: frozenset[int]


class _Reader:
    """Reads one proposal's rows as one user may know them."""

    def __init__(
        self,
        proposal: Proposal,
        rounds: Sequence[Submission],
        rows: Sequence[Consultation],
        items: Sequence[AgendaItem],
        seen: frozenset[int],
        who: Standing,
        may_edit: bool,
        told: _Told,
    ) -> None:
        self.proposal, self.rounds, self.rows, self.who = proposal, rounds, rows, who
        self.urgent = told.urgent.get(proposal.pk)
        self.stayed = proposal.pk in told.stayed
        self.items = sorted(items, key=lambda item: (item.meeting.starts_at, item.pk))
        self.hidden = frozenset(item.pk for item in items) - seen
        today = timezone.localdate()
        self.behind_doors = {
            item.consultation_id
            for item in items
            if item.pk in self.hidden
            and item.outcome not in OFF_THE_AGENDA
            and timezone.localdate(item.meeting.starts_at) < today
        }
        self.telling = Telling(
            {item.pk: item for item in items}, lambda item: item.pk in self.hidden, who.minuted
        )
        self.newest = rounds[-1] if rounds else None
        self.veiled = self._veiled_return()
        self.shows_plan = may_edit or self._is_handed_on()

    def route(self) -> KnownRoute:
        shown = tuple(self._told(row) for row in self.rows if self._is_shown(row))
        submission = self._submission()
        return KnownRoute(
            status=self._status(submission, shown),
            submission=submission,
            consultations=shown,
            waiting=tuple(
                row.committee.name
                for row in shown
                if row.is_open and row.pk not in self.behind_doors
            ),
            tells_all=not self.hidden,
        )

    def _veiled_return(self) -> Submission | None:
        """Return the round that a hidden treatment returned, until a newer one tells of it."""
        ended = [row for row in self.rounds if row.returned_item_id in self.hidden]
        if not ended:
            return None
        later = [row for row in self.rounds if row.number > ended[-1].number]
        told = any(self.who.is_staff or row.form_checked_on for row in later)
        return None if told else ended[-1]

    def _is_handed_on(self) -> bool:
        """Say whether the planned stations have left the lead office, as far as the user's desk."""
        if self.newest is None:
            return True  # whoever sees a draft that was never handed in works on it
        if self.veiled is not None or self.newest.returned_on is not None:
            return False
        return self.who.is_staff or self.newest.form_checked_on is not None

    def _submission(self) -> Submission | None:
        if self.veiled is None:
            return self.newest
        twin = copy(self.veiled)
        twin.returned_on, twin.returned_from, twin.returned_item_id = None, "", None
        return twin

    def _is_shown(self, row: Consultation) -> bool:
        if self.shows_plan:
            return self.telling.is_shown(row, None)
        if row.is_open or row.lapse == Lapse.WITHDRAWN:
            return False  # planned for a round that has not begun
        issued = [round_ for round_ in self.rounds if round_.form_checked_on is not None]
        last = self.veiled or (issued[-1] if issued else None)
        return self.telling.is_shown(row, last.returned_on if last else None)

    def _told(self, row: Consultation) -> Consultation:
        """Return the station itself, or a twin without what the user may not know of its end."""
        is_veiled = bool(row.lapse) and self.telling.lapse(row) is None
        is_veiled |= row.concluded_by_id in self.hidden
        is_veiled |= row.concluded_by_id is None and row.pk in self.behind_doors
        if not is_veiled and (self.who.is_staff or not row.lapse_reason):
            return row
        twin = copy(row)
        twin.lapse_reason = ""
        if is_veiled:
            twin.lapse, twin.lapsed_on = "", None
            twin.lapsed_by_id = twin.concluded_by_id = None
        return twin

    def _status(
        self, submission: Submission | None, shown: tuple[Consultation, ...]
    ) -> ProposalStatus:
        stored = ProposalStatus(self.proposal.status)
        if not self.hidden or self.proposal.withdrawn_on is not None:
            return stored
        if submission is None or submission.returned_on or submission.form_checked_on is None:
            return stored
        decision, stations = on_the_route(
            shown,
            (
                (item.consultation_id, self._outcome(item), item.meeting.invited_on is not None)
                for item in self.items
            ),
            urgent=self.urgent,
        )
        return status(
            Facts(
                submitted=True,
                released=True,
                form_checked=True,
                decision=decision,
                stayed=self.stayed,
                stations=stations,
            )
        )

    def _outcome(self, item: AgendaItem) -> str:
        """Return what is known to have come of a treatment: of a hidden one that it was."""
        if item.pk in self.hidden and item.outcome not in OFF_THE_AGENDA:
            return Outcome.POSTPONED if item.consultation_id in self.behind_doors else ""
        outcome: str = item.outcome
        return outcome
