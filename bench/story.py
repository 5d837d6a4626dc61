"""Wittmund's case as the demo plays it, in as many houses as wanted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from proposals.models import Consultation, CoSignature, Meeting, Municipality, Proposal, User
from proposals.services.organization import set_up_house
from workflows import gate
from workflows.demo.houses import house_of, load
from workflows.demo.story import Story
from workflows.engine import STATION_STEPS, Turn
from workflows.steps import STEPS

from .measuring import Measured, measured


@dataclass(frozen=True)
class Step:
    """One human step as it was played: its words and what it took."""

    words: str
    result: Any
    taken: Measured


def set_up(number: int) -> tuple[Municipality, dict[str, Any]]:
    """Set up one more house like Wittmund, with people of its own."""
    data = load("wittmund")
    data["municipality"]["slug"] += str(number)
    for person in data["people"]:
        person["username"] += str(number)
    data["case"]["author"] += str(number)
    for step in data["case"]["steps"]:
        step["by"] += str(number)
    return set_up_house(house=house_of(data), password="bench"), data  # noqa: S106  # nobody's


def play(number: int) -> tuple[Proposal, list[Step]]:
    """Play the case in a house of its own; return the proposal and its human steps."""
    house, data = set_up(number)
    data |= {"earlier": [], "sittings": []}  # the steps of the case, not the evenings around them
    with recorded() as steps:
        proposal = Story(house, data).play()
    return proposal, steps


@contextmanager
def recorded() -> Iterator[list[Step]]:
    """Measure what passes the gate: the same calls that the pages make."""
    steps: list[Step] = []
    complete, start, complete_meeting = gate.complete, gate.start, gate.complete_meeting

    def measured_complete(*, actor: User, turn: Turn, answer: Any) -> Any:
        with measured() as taken:
            result = complete(actor=actor, turn=turn, answer=answer)
        steps.append(Step(_words(turn), result, taken))
        return result

    def measured_start(**given: Any) -> Proposal:
        with measured() as taken:
            proposal = start(**given)
        steps.append(Step("Vorlage anlegen", proposal, taken))
        return proposal

    def measured_meeting(**given: Any) -> Meeting:
        with measured() as taken:
            meeting = complete_meeting(**given)
        steps.append(Step("Einladung vermerken", meeting, taken))
        return meeting

    with (
        patch.object(gate, "complete", measured_complete),
        patch.object(gate, "start", measured_start),
        patch.object(gate, "complete_meeting", measured_meeting),
    ):
        yield steps


def _words(turn: Turn) -> str:
    title = "Abgeben" if turn.step == "draft" else STEPS[turn.step].title
    if turn.step in STATION_STEPS:
        return f"{title}: {Consultation.everything.get(pk=turn.subject_id or 0).committee}"
    if turn.step == "co_sign":
        return f"{title}: {CoSignature.everything.get(pk=turn.subject_id or 0).office}"
    return title
