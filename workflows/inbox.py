"""Whose turn is it: the open tasks of a person, matched by permission strings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from proposals.models import Consultation, Proposal
from proposals.models.standing import standing_of

from . import engine
from .engine import Turn
from .steps import STEPS, Step


@dataclass(frozen=True)
class OpenTask:
    """One line of "Meine Aufgaben"."""

    turn: Turn
    step: Step
    proposal: Proposal
    consultation: Consultation | None
    since: date


def count_for(user: Any) -> int:
    """Return how many steps wait for the user."""
    count: int = _mine(user).count()
    return count


def tasks_for(user: Any) -> list[OpenTask]:
    """Return the steps that wait for the user, oldest first, in a constant number of queries."""
    pairs = list(engine.turns(_mine(user).order_by("created", "pk")))
    proposals = {
        row.pk: row
        for row in Proposal.objects.visible_to(user)
        .filter(pk__in={turn.proposal_id for _, turn in pairs})
        .select_related("lead_office", "municipality")
    }
    station_ids = {
        turn.subject_id
        for _, turn in pairs
        if turn.step in engine.STATION_STEPS and turn.subject_id is not None
    }
    consultations = {
        row.pk: row
        for row in Consultation.objects.visible_to(user)
        .filter(pk__in=station_ids)
        .select_related("committee")
    }
    return [
        OpenTask(
            turn=turn,
            step=STEPS[turn.step],
            proposal=proposals[turn.proposal_id],
            consultation=(
                consultations.get(turn.subject_id)
                if turn.step in engine.STATION_STEPS and turn.subject_id
                else None
            ),
            since=timezone.localdate(task.created),
        )
        for task, turn in pairs
        if turn.proposal_id in proposals
    ]


def turns_for(user: Any, proposal: Proposal) -> list[Turn]:
    """Return the open steps of one proposal that are the user's."""
    mine = standing_of(user).strings()
    pairs = engine.turns(engine.open_tasks_of(proposal).order_by("created", "pk"))
    return [turn for task, turn in pairs if task.owner_permission in mine]


def _mine(user: Any) -> Any:
    return engine.open_tasks().filter(owner_permission__in=standing_of(user).strings())
