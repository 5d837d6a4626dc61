"""The event under way: one business action, one transaction, one journal entry."""

import uuid
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import models

from .acts import Act


class RecordError(RuntimeError):
    """The record would become incomplete or untrue."""


@dataclass
class Event:
    """One business action while it runs; `touched` collects the history models it wrote to."""

    actor: models.Model | None
    act: Act
    objects: list[models.Model]
    reason: str
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    touched: set[type[models.Model]] = field(default_factory=set)


current: ContextVar[Event | None] = ContextVar("record_event", default=None)
pending: ContextVar[list[Event] | None] = ContextVar("record_pending", default=None)


def current_id() -> uuid.UUID:
    """Return the id of the event under way; raises RecordError outside of one."""
    running = current.get()
    if running is None:
        raise RecordError("tracked data changed outside of an event")
    return running.id
