"""The data of minutes: one part of a meeting as it was held, public and closed apart."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from ..models import AgendaItem, Committee, Meeting
from ..models.calling import bodies_of
from ..models.minuted import items_held
from ..rules.documents import MeetingDocumentKind
from ..rules.law import Law
from .content_attendance import attendance_rows
from .content_items import ItemReader, is_closed, title_of
from .context_meeting import BreakRow, ItemRow, MinutesContext, SignatureRow


def minutes_content(
    meeting: Meeting, kind: MeetingDocumentKind, *, made_on: date, signed: bool
) -> MinutesContext:
    """Return the data of one part of the minutes; unsigned it is marked ENTWURF.

    Closed items are in the closed part alone, with what a public item says of one.
    """
    reader = _reader(meeting)
    closed = kind == MeetingDocumentKind.MINUTES_NON_PUBLIC
    law, bodies = reader.law, bodies_of(meeting)
    held_on = timezone.localdate(meeting.starts_at)
    joint = len(bodies) > 1
    punkte = [row for item in reader.items if (row := _row(reader, item, closed, joint))]
    name = " und ".join(body.name for body in bodies)
    part = kind.label.partition(", ")[2]
    number = f"{meeting.number}. Sitzung" if meeting.number else "Sitzung"
    return {
        "art": law.minutes_word,
        "art_gross": law.minutes_word.upper(),
        "teil": part,
        "entwurf": not signed,
        "kommune": meeting.municipality.name,
        "betreff": f"{name}, {held_on:%d.%m.%Y}, {part}",
        "gremium": name,
        "sitzung": number,
        "datum": held_on,
        "wochentag": str(date_format(held_on, "l")),
        "ort": meeting.place,
        "beginn": _clock(meeting.opened_at or meeting.starts_at),
        "ende": _clock(meeting.closed_at),
        "unterbrechungen": _breaks(meeting),
        "vorsitz": str(meeting.chair or ""),
        "protokollfuehrung": str(meeting.minute_taker or ""),
        "eingeladen_am": meeting.invited_on,
        "anwesenheit": attendance_rows(meeting, bodies, held_on),
        "tagesordnung": [{"top": row["top"], "titel": row["titel"]} for row in punkte],
        "punkte": punkte,
        "unterschriften": _signatures(meeting, bodies, law),
        "erstellt_am": made_on,
    }


def _reader(meeting: Meeting) -> ItemReader:
    law = meeting.municipality.law(timezone.localdate(meeting.starts_at))
    return ItemReader(meeting, law, items_held(meeting))


def _row(reader: ItemReader, item: AgendaItem, closed: bool, joint: bool) -> ItemRow | None:
    """Return an item as a part of the minutes prints it; None where it stands in the other one."""
    if is_closed(item) == closed:
        return reader.row(item, joint=joint)
    if not closed or not reader.has_secret_corrections(item):
        return None
    return {
        "top": item.number,
        "titel": title_of(item),
        "gremium": item.committee.name if joint else "",
        "vorlage": "",
        "abstimmungen": [],
        "beschluss_titel": "",
        "beschluss": "",
        "ergebnis": "",
        "abstimmung": "",
        "namentlich": [],
        "nach_fraktionen": [],
        "mitwirkung": [],
        "vermerk": [],
        "berichtigungen": reader.corrections_of(item, closed=True),
    }


def _breaks(meeting: Meeting) -> list[BreakRow]:
    return [
        {"von": _clock(row.began_at), "bis": _clock(row.ended_at), "grund": row.reason}
        for row in meeting.breaks.order_by("began_at")
    ]


def _signatures(meeting: Meeting, bodies: Sequence[Committee], law: Law) -> list[SignatureRow]:
    """Return who signs: chair, keeper of the minutes, the head where the law says so."""
    head: list[SignatureRow] = []
    if any(law.body(body.kind).head_signs_minutes for body in bodies):
        head = [{"name": "", "funktion": meeting.municipality.head_title}]
    return [
        {"name": str(meeting.chair or ""), "funktion": "Vorsitz"},
        *head,
        minute_taker_row(meeting, law),
    ]


def minute_taker_row(meeting: Meeting, law: Law) -> SignatureRow:
    """Return the line of who kept the minutes, under the word of the Land."""
    word = "Protokollführung" if law.minutes_word == "Protokoll" else "Schriftführung"
    return {"name": str(meeting.minute_taker or ""), "funktion": word}


def _clock(when: datetime | None) -> str:
    return f"{timezone.localtime(when):%H:%M} Uhr" if when else ""
