"""The first pages of a Sitzungsmappe: the agenda with each paper and its annexes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from ..models import Audience, Meeting, ProposalVersion
from .context_pack import PackAnnex, PackContext

_NOT_PDF = "liegt nicht als PDF vor und ist nicht eingebunden"
UNREADABLE = "lässt sich nicht einbinden"


@dataclass(frozen=True)
class PackedAnnex:
    """An annex as the version names it; `digest` is "" where it cannot be bound."""

    number: int
    title: str
    digest: str


@dataclass(frozen=True)
class PackedItem:
    """An item of the agenda with the version of its paper that the committees have."""

    top: str
    title: str
    paper: str
    version: ProposalVersion | None
    annexes: Sequence[PackedAnnex]


def pack_content(
    meeting: Meeting, audience: Audience, items: Sequence[PackedItem], unreadable: set[str]
) -> PackContext:
    """Return the data of the first pages; `unreadable` are the digests that could not be bound."""
    bodies = ", ".join(row.committee.name for row in meeting.bodies.all())
    day = timezone.localdate(meeting.starts_at)
    return {
        "art": "Sitzungsmappe",
        "betreff": f"{bodies}, {day:%d.%m.%Y}",
        "kommune": meeting.municipality.name,
        "gremium": bodies,
        "sitzung": f"{meeting.number}. Sitzung" if meeting.number else "Sitzung",
        "datum": day,
        "ort": meeting.place,
        "intern": audience == Audience.INTERNAL,
        "punkte": [
            {
                "top": item.top,
                "titel": item.title,
                "vorlage": f"Vorlage {item.paper}" if item.paper else "",
                "anlagen": [_line(annex, unreadable) for annex in item.annexes],
            }
            for item in items
        ],
        "erstellt_am": day,
    }


def _line(annex: PackedAnnex, unreadable: set[str]) -> PackAnnex:
    hint = "" if annex.digest else _NOT_PDF
    if annex.digest in unreadable:
        hint = UNREADABLE
    return {"nummer": annex.number, "titel": annex.title, "hinweis": hint}
