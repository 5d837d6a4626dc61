"""Counts what passes the gate, to hold the journal against it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from workflows import gate

# every entry of the gate that is an act of somebody
ACTS = (
    "start",
    "take_over",
    "complete",
    "withdraw",
    "insert",
    "drop",
    "urgent",
    "record",
    "ballot",
    "correct",
    "act",
    "plan",
    "complete_meeting",
)


@dataclass
class Passed:
    """How many acts went through; one that the gate hands on to another counts once."""

    number: int = 0
    depth: int = 0


@contextmanager
def counted() -> Iterator[Passed]:
    """Count the acts of a block that were not refused."""
    passed = Passed()

    def counting(act: Callable[..., Any]) -> Callable[..., Any]:
        def done(**given: Any) -> Any:
            passed.depth += 1
            try:
                result = act(**given)
            finally:
                passed.depth -= 1
            passed.number += passed.depth == 0
            return result

        return done

    with ExitStack() as patches:
        for name in ACTS:
            patches.enter_context(patch.object(gate, name, counting(getattr(gate, name))))
        yield passed
