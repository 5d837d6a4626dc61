"""Papers of a meeting that are made on the spot and kept by nobody: lists, and all its excerpts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, assert_never

from django.utils import timezone

from ..documents.content_excerpts import excerpted_items, excerpts_content
from ..documents.content_lists import ballot_list_content, signing_list_content
from ..documents.context_calling import BallotListContext, ExcerptsContext, SigningListContext
from ..models import AgendaItem, Meeting, User
from ..models.order import as_invited
from ..rules.consultation import Outcome
from ..rules.errors import RuleViolation
from .rendering import Rendered, fill_whole


class MeetingList(StrEnum):
    """What is printed for the evening, or put together after it; the values are addresses."""

    SIGNING = "anwesenheitsliste"
    BALLOTS = "abstimmungsliste"
    EXCERPTS_PUBLIC = "auszuege-oeffentlich"
    EXCERPTS_NON_PUBLIC = "auszuege-nichtoeffentlich"


# the name of the template, and what it may print
LIST_FORMS: Mapping[MeetingList, tuple[str, Any]] = {
    MeetingList.SIGNING: ("anwesenheitsliste", SigningListContext),
    MeetingList.BALLOTS: ("abstimmungsliste", BallotListContext),
    MeetingList.EXCERPTS_PUBLIC: ("auszuege", ExcerptsContext),
    MeetingList.EXCERPTS_NON_PUBLIC: ("auszuege", ExcerptsContext),
}


def rendered_list(user: User, meeting: Meeting, wanted: MeetingList) -> Rendered:
    """Fill the template of a list with what the user may know of a meeting; records nothing.

    Raises RuleViolation where there would be nothing on it, TemplateFault where the template cannot
    be used.
    """
    name, context_type = LIST_FORMS[wanted]
    content = _content(user, meeting, wanted)
    return fill_whole(meeting.municipality.slug, name, content, context_type)


def _content(user: User, meeting: Meeting, wanted: MeetingList) -> Mapping[str, object]:
    today = timezone.localdate()
    match wanted:
        case MeetingList.SIGNING:
            return signing_list_content(meeting, made_on=today)
        case MeetingList.BALLOTS:
            items = _agenda(user, meeting)
            if not items:
                raise RuleViolation("Auf der Tagesordnung steht noch nichts.")
            return ballot_list_content(meeting, items, made_on=today)
        case MeetingList.EXCERPTS_PUBLIC | MeetingList.EXCERPTS_NON_PUBLIC:
            closed = wanted == MeetingList.EXCERPTS_NON_PUBLIC
            known = {item.pk for item in _agenda(user, meeting)}
            found = [i for i in excerpted_items(meeting, closed=closed) if i.pk in known]
            if not found:
                raise RuleViolation("In diesem Teil der Sitzung hat noch kein Punkt ein Ergebnis.")
            return excerpts_content(meeting, found, closed=closed, made_on=today)
    assert_never(wanted)


def _agenda(user: User, meeting: Meeting) -> list[AgendaItem]:
    """Return the items that the user may see, as invited, without what was taken off."""
    rows = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
    found = rows.exclude(outcome=Outcome.TAKEN_OFF).select_related(
        "committee", "approves", "consultation__proposal"
    )
    items = as_invited(found)
    for item in items:
        item.meeting = meeting
        item.committee.municipality = meeting.municipality
    return items
