"""What may be told of a route beside a hidden treatment: one rule for pages and documents.

A body that sat behind closed doors must not be read off the stations that it inserted or lapsed
(practice.md 1.5).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ..rules.consultation import Outcome
from .agenda import AgendaItem
from .consultation import Consultation, Lapse


@dataclass(frozen=True)
class Telling:
    """The treatments of a proposal by key, and which of them the reader may not know.

    `own` are the committees whose agenda the reader keeps: their stations are work to do.
    """

    items: Mapping[int, AgendaItem]
    is_hidden: Callable[[AgendaItem], bool]
    own: frozenset[int] = frozenset()

    def is_shown(self, row: Consultation, ended_on: date | None) -> bool:
        """Say whether a station is shown; what a correction replaced is not.

        What a return replaced belongs to the round that ended on `ended_on`, None for the one
        under way. What a hidden treatment inserted waits for an invitation of its own.
        """
        if row.lapse == Lapse.CORRECTED:
            return False
        if row.lapse == Lapse.RETURNED and (ended_on is None or row.lapsed_on != ended_on):
            return False
        cause = self.items.get(row.inserted_by_id or 0)
        if cause is None or cause.outcome == Outcome.RETURNED or not self.is_hidden(cause):
            return True
        return row.committee_id in self.own or self._is_called(row)

    def lapse(self, row: Consultation) -> Lapse | None:
        """Return why a station fell out of the route; None where a hidden treatment did it.

        A withdrawal is told wherever it was declared: the status of the proposal says it too.
        """
        cause = self.items.get(row.lapsed_by_id or 0)
        told = cause is None or not self.is_hidden(cause) or row.lapse == Lapse.WITHDRAWN
        return Lapse(row.lapse) if row.lapse and told else None

    def _is_called(self, row: Consultation) -> bool:
        """Say whether the station stands on an agenda of its own that has left the house."""
        return any(
            item.meeting.invited_on
            for item in self.items.values()
            if item.consultation_id == row.pk
        )
