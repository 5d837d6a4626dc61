"""The papers of a meeting or of an item as its page shows them, and the ways to make more."""

from dataclasses import replace
from typing import Any

from django.urls import reverse

from proposals import policies
from proposals.models import AgendaItem, Meeting, Minutes
from proposals.rules.consultation import is_treated
from proposals.selectors.meeting_documents import (
    Papers,
    papers_of_item,
    papers_of_meeting,
    parts_of,
)
from proposals.services.meeting import objection_to_sheet_of

Link = dict[str, str]
PARTS = {False: "oeffentlich", True: "nichtoeffentlich"}


def papers_on_page(meeting: Meeting, user: Any, *, has_results: bool) -> Papers:
    """Return the papers of a visible meeting, and the ways to make further ones."""
    return replace(papers_of_meeting(meeting, user), links=_links(meeting, user, has_results))


def _links(meeting: Meeting, user: Any, has_results: bool) -> list[Link]:
    links: list[Link] = []
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting).first()
    is_open = minutes is None or minutes.approved_on is None
    if is_open and policies.can_write_minutes(user, meeting):
        links += [
            _link(f"{row.label}: Entwurf (Word)", "minutes-draft", meeting.pk, PARTS[row.is_closed])
            for row in parts_of(meeting)
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
