"""The history of a proposal or a meeting, from those journal entries that the reader may see."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..models import (
    ActedFor,
    AgendaItem,
    CoSignature,
    Entry,
    EntryObject,
    Meeting,
    MeetingDocument,
    Person,
    Proposal,
    Reason,
    User,
    Vote,
)
from ..rules.co_signing import Verdict
from ..rules.consultation import Outcome
from ..rules.documents import MeetingDocumentKind

AT_THE_DESK = (Act.DRAFTED, Act.ATTACHED, Act.DETACHED)


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
    entries = _entries(Q(label="proposals.proposal", object_id=proposal.pk), user)
    if not policies.can_read_internal_copy(user, proposal):
        # work on a draft tells other offices that a closed body has sent the paper back
        entries = [entry for entry in entries if _act(entry) not in AT_THE_DESK]
    return _lines(entries, user, _item_words)


def history_of_meeting(meeting: Meeting, user: Any) -> list[HistoryLine]:
    """Return the events of a meeting and of its items, newest first; a constant number of queries.

    It tells of agendas before they are out, so it is for those of `can_read_meeting_history`.
    """
    items = AgendaItem.objects.visible_to(user).filter(meeting=meeting).values("pk")
    about = Q(label="proposals.meeting", object_id=meeting.pk)
    about |= Q(label="proposals.agendaitem", object_id__in=items)
    return _lines(_entries(about, user), user, _short_item_words)


def _entries(about: Q, user: Any) -> list[Entry]:
    named = EntryObject.objects.filter(about).values("entry")
    return list(Entry.objects.visible_to(user).filter(pk__in=named).order_by("-seq"))


def _act(entry: Entry) -> Act:
    return Act(json.loads(entry.body)["act"])


def _lines(
    entries: Sequence[Entry], user: Any, words: Callable[[AgendaItem], str]
) -> list[HistoryLine]:
    """Return what each entry says to the user; `words` tells which item of an agenda it names."""
    bodies = {entry.pk: json.loads(entry.body) for entry in entries}
    reasons = Reason.objects.filter(event__in=[entry.event for entry in entries])
    texts = {reason.event: reason.text for reason in reasons}
    actors = _names({body["actor"] for body in bodies.values()})
    deputies = _deputies([entry.event for entry in entries])
    items = _items(bodies, user)
    told = _told([entry.event for entry in entries], items, user)
    return [
        HistoryLine(
            at=timezone.localtime(entry.at),
            actor=actors.get(bodies[entry.pk]["actor"], "System") + deputies.get(entry.event, ""),
            sentence=Act(bodies[entry.pk]["act"]).label,
            reason=_reason(entry, texts),
            details=[
                *(words(items[key]) for key in bodies[entry.pk]["objects"] if key in items),
                *told.get(entry.event, []),
            ],
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


def _deputies(events: list[Any]) -> dict[Any, str]:
    """Return of each act that was done in somebody's place for whom."""
    rows = ActedFor.objects.filter(act_event__in=events).select_related("person")
    return {row.act_event: f" i. V. für {row.person}" for row in rows}


def _items(bodies: dict[int, Any], user: Any) -> dict[str, AgendaItem]:
    """Return the visible agenda items that the entries name, by "label:pk"."""
    label = "proposals.agendaitem:"
    keys = {key for body in bodies.values() for key in body["objects"] if key.startswith(label)}
    rows = AgendaItem.objects.visible_to(user).filter(pk__in=[key.split(":")[1] for key in keys])
    return {f"{label}{row.pk}": row for row in rows.select_related("committee", "meeting")}


def _told(events: list[Any], items: dict[str, AgendaItem], user: Any) -> dict[Any, list[str]]:
    """Return what the history rows of each event say: result, votes, co-signature, file.

    Only rows of what the user may see are asked.
    """
    told: dict[Any, list[str]] = {}
    visible = [item.pk for item in items.values()]
    for row in AgendaItem.history.filter(event__in=events, id__in=visible).exclude(outcome=""):
        told.setdefault(row.event, []).append(f"Ergebnis: {Outcome(row.outcome).label}")
    votes = Vote.history.filter(event__in=events, agenda_item__in=visible, history_type__in="+~")
    for row in votes:
        yes = "nicht gezählt" if row.yes is None else row.yes
        counts = f"Ja {yes}, Nein {row.no}, Enthaltungen {row.abstained}"
        told.setdefault(row.event, []).append(f"{counts} von {row.entitled} Stimmberechtigten")
    answers = CoSignature.objects.visible_to(user).values("pk")
    signed = CoSignature.history.filter(event__in=events, id__in=answers, history_type="~")
    for row in signed.exclude(verdict=Verdict.PENDING).select_related("office"):
        told.setdefault(row.event, []).append(f"{row.office}: {Verdict(row.verdict).label}")
    papers = MeetingDocument.objects.visible_to(user).values("pk")
    for row in MeetingDocument.history.filter(event__in=events, id__in=papers):
        told.setdefault(row.event, []).append(MeetingDocumentKind(row.kind).label)
    return told


def _item_words(row: AgendaItem) -> str:
    day = timezone.localdate(row.meeting.starts_at)
    top = f", TOP {row.number}" if row.number else ""
    return f"{row.committee.name}, Sitzung vom {day:%d.%m.%Y}{top}"


def _short_item_words(row: AgendaItem) -> str:
    return f"TOP {row.number}: {row.title}" if row.number else row.title


def last_change(proposal: Proposal, user: Any) -> tuple[str, datetime | None]:
    """Return who changed a proposal last, and when; ("", None) where nothing is visible."""
    lines = history_of(proposal, user)
    return (lines[0].actor, lines[0].at) if lines else ("", None)
