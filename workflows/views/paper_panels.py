"""The papers of a meeting or of an item as its page shows them, and the ways to make more."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse

from proposals import policies
from proposals.models import AgendaItem, Audience, Meeting, Minutes
from proposals.models.calling import is_moved_since, last_called
from proposals.rules.consultation import is_treated
from proposals.rules.meeting import MeetingState
from proposals.selectors.meeting_documents import (
    Papers,
    PartRow,
    papers_of_item,
    papers_of_meeting,
    parts_of,
)
from proposals.selectors.meetings import reads_agenda
from proposals.services.meeting import objection_to_sheet_of
from proposals.services.meeting_lists import MeetingList

Link = dict[str, str]
PARTS = {False: "oeffentlich", True: "nichtoeffentlich"}
CALLS = {
    "einladung": "Einladung: Entwurf (Word)",
    "nachtrag": "Nachtrag: Entwurf (Word)",
    "bekanntmachung": "Öffentliche Bekanntmachung: Entwurf (Word)",
}
EVENING = (MeetingList.SIGNING, MeetingList.BALLOTS)
EXCERPTS = {False: MeetingList.EXCERPTS_PUBLIC, True: MeetingList.EXCERPTS_NON_PUBLIC}
LISTS = {
    MeetingList.SIGNING: "Anwesenheitsliste (Word)",
    MeetingList.BALLOTS: "Abstimmungsliste (Word)",
    MeetingList.EXCERPTS_PUBLIC: "Alle Auszüge, öffentlicher Teil (Word)",
    MeetingList.EXCERPTS_NON_PUBLIC: "Alle Auszüge, nichtöffentlicher Teil (Word)",
}


def papers_on_page(meeting: Meeting, user: Any, *, has_results: bool) -> Papers:
    """Return the papers of a visible meeting, and the ways to make further ones."""
    return replace(papers_of_meeting(meeting, user), links=_links(meeting, user, has_results))


def _links(meeting: Meeting, user: Any, has_results: bool) -> list[Link]:
    writes = policies.can_write_minutes(user, meeting)
    parts = parts_of(meeting) if writes else []
    links = [*_calls(meeting, user), *_packs(meeting, user)]
    if writes:
        links += _lists(meeting, parts if has_results else ())
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting).first()
    is_open = minutes is None or minutes.approved_on is None
    if is_open:
        links += [
            _link(f"{row.label}: Entwurf (Word)", "minutes-draft", meeting.pk, PARTS[row.is_closed])
            for row in parts
        ]
    signs = policies.can_sign_minutes(user, meeting.municipality_id)
    if signs and minutes is not None and is_open:
        links.append(_link("Unterschriebene Datei aufnehmen", "minutes-keep", meeting.pk))
    if has_results and policies.can_keep_meeting(user, meeting):
        links.append(_link("Auszüge ausgeben", "excerpts-issue", meeting.pk))
        if is_open:
            links.append(
                _link("Berichtigung eines früheren Protokolls", "minutes-correct", meeting.pk)
            )
    return links


def _calls(meeting: Meeting, user: Any) -> list[Link]:
    """Return the drafts of what calls the meeting, while it is still to be called."""
    state = meeting.state
    if state not in (MeetingState.PLANNED, MeetingState.INVITED):
        return []
    if not policies.can_invite(user, meeting.municipality_id):
        return []
    first = "nachtrag"
    if state == MeetingState.PLANNED or is_moved_since(meeting, last_called(meeting)):
        first = "einladung"
    names = (first, "bekanntmachung")
    return [_link(CALLS[name], "call-draft", meeting.pk, name) for name in names]


def _lists(meeting: Meeting, parts: Sequence[PartRow]) -> list[Link]:
    """Return the lists for the evening, and all excerpts of each part at once behind it."""
    names = [*EVENING, *(EXCERPTS[row.is_closed] for row in parts)]
    return [_link(LISTS[name], "meeting-list-download", meeting.pk, name.value) for name in names]


def _packs(meeting: Meeting, user: Any) -> list[Link]:
    """Return the Sitzungsmappen that the user may have, once there is an agenda to read."""
    if not reads_agenda(meeting, user):
        return []
    audiences = [Audience.PUBLIC]
    if policies.can_read_internal_pack(user, meeting):
        audiences.insert(0, Audience.INTERNAL)
    return [
        _link(f"Sitzungsmappe ({audience.label}, PDF)", "meeting-pack", meeting.pk, audience.value)
        for audience in audiences
    ]


def papers_on_item_page(item: AgendaItem, user: Any) -> Papers:
    """Return the papers of a visible item, and the ways to make further ones."""
    links: list[Link] = []
    if policies.can_keep(user, item.committee_id) and is_treated(item.outcome):
        links.append(_link("Auszug ausgeben", "excerpt-issue", item.meeting_id, item.pk))
        if objection_to_sheet_of(item, item.meeting) is None:
            links.append(
                _link("Beschlusstext nach Beratung", "sheet-issue", item.meeting_id, item.pk)
            )
    return replace(papers_of_item(item, user), links=links)


def _link(title: str, name: str, *args: object) -> Link:
    return {"title": title, "url": reverse(name, args=list(args))}
