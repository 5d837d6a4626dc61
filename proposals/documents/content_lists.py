"""The data of the lists for the evening: who signs in, and what the chair puts to the vote."""

from collections.abc import Sequence
from datetime import date

from ..models import AgendaItem, Committee, Meeting, Membership, MembershipKind
from ..models.order import printed_title
from ..models.organization import valid_on
from ..rules.consultation import ConsultationRole
from .content_attendance import NO_FACTION
from .content_head import MeetingHead, head_of
from .content_items import is_closed, paper_of
from .content_minutes import minute_taker_row
from .context_calling import (
    BallotListContext,
    BallotPartRow,
    BallotRow,
    SigningBodyRow,
    SigningListContext,
)
from .context_meeting import FactionRow

_UNSAID = (MembershipKind.ELECTED,)
_PARTS = {False: "Öffentlicher Teil", True: "Nichtöffentlicher Teil"}


def signing_list_content(meeting: Meeting, *, made_on: date) -> SigningListContext:
    """Return the data of the Anwesenheitsliste: everybody with a seat on that day."""
    head = head_of(meeting)
    keeper = minute_taker_row(meeting, meeting.municipality.law(head.day))
    return {
        "art": "Anwesenheitsliste",
        "kommune": meeting.municipality.name,
        "betreff": f"{head.name}, {head.day:%d.%m.%Y}",
        "gremium": head.name,
        "sitzung": head.number,
        "datum": head.day,
        "wochentag": head.weekday,
        "beginn": head.clock,
        "ort": meeting.place,
        "gremien": [_signing(body, head) for body in head.bodies],
        "vorsitz": str(meeting.chair or ""),
        "protokollfuehrung": keeper["name"],
        "protokollwort": keeper["funktion"],
        "erstellt_am": made_on,
    }


def _signing(body: Committee, head: MeetingHead) -> SigningBodyRow:
    seats = Membership.objects.filter(valid_on(head.day), committee=body).select_related("person")
    factions: dict[str, FactionRow] = {}
    named = seats.order_by("person__family_name", "person__given_name", "pk")
    for seat in named.exclude(kind=MembershipKind.SUBSTITUTE):
        name = seat.faction or NO_FACTION
        row = factions.setdefault(name, {"name": name, "personen": []})
        row["personen"].append({"name": str(seat.person), "zusatz": _seat(seat)})
    order = sorted(factions, key=lambda name: (name == NO_FACTION, name))
    return {"gremium": body.name, "fraktionen": [factions[name] for name in order]}


def _seat(seat: Membership) -> str:
    kind = "" if seat.kind in _UNSAID else MembershipKind(seat.kind).label
    return ", ".join(filter(None, (kind, "" if seat.voting else "ohne Stimmrecht")))


def ballot_list_content(
    meeting: Meeting, items: Sequence[AgendaItem], *, made_on: date
) -> BallotListContext:
    """Return the data of the Abstimmungsliste for these items, in the order of the agenda."""
    head = head_of(meeting)
    return {
        "art": "Abstimmungsliste",
        "kommune": meeting.municipality.name,
        "betreff": f"{head.name}, {head.day:%d.%m.%Y}",
        "gremium": head.name,
        "sitzung": head.number,
        "datum": head.day,
        "wochentag": head.weekday,
        "beginn": head.clock,
        "ort": meeting.place,
        "vorsitz": str(meeting.chair or ""),
        "teile": [part for body in head.bodies for part in _ballots(body, items, head)],
        "erstellt_am": made_on,
    }


def _ballots(
    body: Committee, items: Sequence[AgendaItem], head: MeetingHead
) -> list[BallotPartRow]:
    own = [item for item in items if item.committee_id == body.pk]
    voting = body.voting_members(head.day)
    return [
        {
            "gremium": body.name if head.is_joint else "",
            "teil": name,
            "stimmberechtigte": voting,
            "punkte": [_ballot(item) for item in own if is_closed(item) == closed],
        }
        for closed, name in _PARTS.items()
        if any(is_closed(item) == closed for item in own)
    ]


def _ballot(item: AgendaItem) -> BallotRow:
    station = item.consultation
    return {
        "top": item.number,
        "titel": printed_title(item),
        "vorlage": paper_of(item),
        "zustaendigkeit": ConsultationRole(station.role).label if station else "",
        "hinweis": "ohne Stimme der Verwaltungsleitung" if item.without_head else "",
    }
