"""Work that an act asks for and that is done after the commit: documents, mail."""

from ..history.context import current
from ..models import Outbox, User


def order(kind: str, actor: User, **payload: object) -> None:
    """Ask for work after the commit (documents, mail); runs inside the event that causes it."""
    if current.get() is None:
        raise RuntimeError("an order belongs to an event")
    Outbox.objects.create(kind=kind, actor=actor, payload=payload)
