"""The history of one proposal, told from the journal: entries whose every object is visible."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from ..history.acts import Act
from ..models import AgendaItem, Entry, EntryObject, Person, Proposal, Reason, User


@dataclass(frozen=True)
class HistoryLine:
    """One event as a reader sees it."""

    at: datetime
    actor: str
    sentence: str
    reason: str = ""
    details: list[str] = field(default_factory=list)


def history_of(proposal: Proposal, user: Any) -> list[HistoryLine]:
    """Return the events of a visible proposal, newest first, in a constant number of queries."""
    named = EntryObject.objects.filter(label="proposals.proposal", object_id=proposal.pk)
    entries = list(
        Entry.objects.visible_to(user).filter(pk__in=named.values("entry")).order_by("-seq")
    )
    bodies = {entry.pk: json.loads(entry.body) for entry in entries}
    reasons = Reason.objects.filter(event__in=[entry.event for entry in entries])
    texts = {reason.event: reason.text for reason in reasons}
    actors = _names({body["actor"] for body in bodies.values()})
    items = _items(bodies, user)
    return [
        HistoryLine(
            at=timezone.localtime(entry.at),
            actor=actors.get(bodies[entry.pk]["actor"], "System"),
            sentence=Act(bodies[entry.pk]["act"]).label,
            reason=_reason(entry, texts),
            details=[items[key] for key in bodies[entry.pk]["objects"] if key in items],
        )
        for entry in entries
    ]


def _reason(entry: Entry, texts: dict[Any, str | None]) -> str:
    if entry.event not in texts:
        return ""
    return texts[entry.event] or "(Begründung gelöscht)"


def _names(ids: set[int | None]) -> dict[int | None, str]:
    people = Person.objects.filter(user__in=[pk for pk in ids if pk is not None])
    names: dict[int | None, str] = {
        row.user_id: f"{row}, {row.function}" if row.function else str(row) for row in people
    }
    accounts = User.objects.filter(pk__in=[pk for pk in ids if pk not in names and pk])
    return {**names, **{row.pk: row.username for row in accounts}}


def _items(bodies: dict[int, Any], user: Any) -> dict[str, str]:
    """Return a line for each agenda item that the entries name, by "label:pk"."""
    label = "proposals.agendaitem:"
    keys = {key for body in bodies.values() for key in body["objects"] if key.startswith(label)}
    rows = AgendaItem.objects.visible_to(user).filter(pk__in=[key.split(":")[1] for key in keys])
    return {f"{label}{row.pk}": _item_words(row) for row in rows.select_related("committee", "meeting")}


def _item_words(row: AgendaItem) -> str:
    day = timezone.localdate(row.meeting.starts_at)
    top = f", TOP {row.number}" if row.number else ""
    return f"{row.committee.name}, Sitzung vom {day:%d.%m.%Y}{top}"


def last_change(proposal: Proposal, user: Any) -> tuple[str, datetime | None]:
    """Return who changed a proposal last, and when; ("", None) where nothing is visible."""
    lines = history_of(proposal, user)
    return (lines[0].actor, lines[0].at) if lines else ("", None)
