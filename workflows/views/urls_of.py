"""Addresses of steps: they name proposal, step and subject, never a task."""

from django.urls import reverse

from ..engine import Turn
from ..inbox import OpenTask
from ..steps import STEPS


def turn_url(turn: Turn) -> str:
    """Return the page of a human step."""
    if turn.step == "draft":
        return reverse("draft-edit", args=[turn.proposal_id])
    args: list[object] = [turn.proposal_id, STEPS[turn.step].path]
    if turn.subject_id is not None:
        args.append(turn.subject_id)
    return reverse("step-do", args=args)


def task_url(task: OpenTask) -> str:
    """Return the page of a step that waits, also of an item without a proposal."""
    if task.item is None:
        return turn_url(task.turn)
    args = [task.item.meeting_id, task.item.pk, task.step.path, task.turn.subject_id]
    return reverse("review-do", args=args)


def proposal_url(proposal_id: int) -> str:
    """Return the page of a proposal."""
    return reverse("proposal-show", args=[proposal_id])
