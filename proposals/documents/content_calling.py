"""The data of what calls a meeting: Einladung and Nachtrag to its members, the public notice.

The invitation is for those at the table and names everything. The public notice names what is
public; of an item behind closed doors it has the title that somebody wrote for the public, else
nothing (practice.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..models import AgendaItem, Meeting
from ..models.order import printed_title
from ..rules.documents import MeetingDocumentKind
from .content_head import MeetingHead, head_of
from .content_items import is_closed, paper_of, title_of
from .context_calling import CallContext, CalledRow
from .context_meeting import SignatureRow

_HINT = (
    "Über die Punkte, die wegen Beschlussunfähigkeit zurückgestellt wurden, wird in dieser Sitzung "
    "ohne Rücksicht auf die Zahl der Erschienenen beschlossen."
)


@dataclass(frozen=True)
class Call:
    """What is known of an invitation besides its agenda.

    `notes` are reservations by item, `numbers` those of a draft that are not saved yet.
    `invited_on`: the invitation that a Nachtrag adds to, or that was out before.
    """

    on: date
    recipients: str = ""
    shortened_reason: str = ""
    hint: bool = False
    again: bool = False
    supplements: bool = False
    invited_on: date | None = None
    draft: bool = False
    notes: Mapping[int, str] | None = None
    numbers: Mapping[int, str] | None = None


def call_kinds(items: Iterable[AgendaItem], *, supplements: bool) -> list[MeetingDocumentKind]:
    """Return the papers that a call has; the public one where anything is for the public."""
    to_members = MeetingDocumentKind.SUPPLEMENT if supplements else MeetingDocumentKind.INVITATION
    is_public = any(not is_closed(item) for item in items)
    return [to_members, *([MeetingDocumentKind.NOTICE] if is_public else [])]


def call_content(
    meeting: Meeting, kind: MeetingDocumentKind, items: Sequence[AgendaItem], call: Call
) -> CallContext:
    """Return the data of one paper that calls a meeting with these items."""
    head = head_of(meeting)
    is_notice = kind == MeetingDocumentKind.NOTICE
    art = _art(kind, call)
    closed = [item for item in items if is_closed(item)]
    for_public = [item for item in closed if item.public_title] if is_notice else closed
    return {
        "art": art,
        "art_gross": art.upper(),
        "entwurf": call.draft,
        "nachtrag": call.supplements,
        "kommune": meeting.municipality.name,
        "ort_der_verwaltung": meeting.municipality.place,
        "betreff": f"{head.name}, {head.day:%d.%m.%Y}",
        "gremium": head.name,
        "sitzung": head.number,
        "datum": head.day,
        "wochentag": head.weekday,
        "beginn": head.clock,
        "ort": meeting.place,
        "versandt_am": call.on,
        "empfaenger": "" if is_notice else _recipients(head, call),
        "einladung_vom": call.invited_on if call.again or call.supplements else None,
        "oeffentlich": _rows(
            [i for i in items if not is_closed(i)], call, head, is_notice=is_notice
        ),
        "geschlossen": bool(closed),
        "nichtoeffentlich": _rows(for_public, call, head, is_notice=is_notice),
        "hinweise": [] if is_notice else _hints(call),
        "unterschrift": _signer(head),
        "erstellt_am": call.on,
    }


def _art(kind: MeetingDocumentKind, call: Call) -> str:
    if kind == MeetingDocumentKind.INVITATION and call.again:
        return "Erneute Einladung"
    return kind.label


def _rows(
    items: Sequence[AgendaItem], call: Call, head: MeetingHead, *, is_notice: bool
) -> list[CalledRow]:
    """Return the lines of one part; items that several bodies share are one line."""
    joined: dict[int, list[str]] = {}
    here = {item.pk for item in items}
    for item in items:
        leading = item.joint_with_id if item.joint_with_id in here else item.pk
        joined.setdefault(leading or item.pk, []).append(item.committee.name)
    return [
        _row(item, call, joined[item.pk] if head.is_joint else [], is_notice=is_notice)
        for item in items
        if item.pk in joined
    ]


def _row(item: AgendaItem, call: Call, bodies: Sequence[str], *, is_notice: bool) -> CalledRow:
    number = item.number or (call.numbers or {}).get(item.pk, "")
    gremium = ", ".join(bodies)
    if not is_notice:
        return {
            "top": number,
            "titel": printed_title(item),
            "gremium": gremium,
            "vorlage": paper_of(item),
            "hinweis": (call.notes or {}).get(item.pk, ""),
        }
    secret = is_closed(item)
    return {
        "top": "" if secret else number,
        "titel": item.public_title if secret else title_of(item),
        "gremium": "" if secret else gremium,
        "vorlage": "" if secret else paper_of(item),
        "hinweis": "",
    }


def _hints(call: Call) -> list[str]:
    reason = " ".join(call.shortened_reason.split())
    return [
        *([f"Die Ladungsfrist ist abgekürzt: {reason}"] if reason else []),
        *([_HINT] if call.hint else []),
    ]


def _recipients(head: MeetingHead, call: Call) -> str:
    """Return to whom it goes: as somebody wrote it, else the members of the bodies."""
    return call.recipients.strip() or f"alle Mitglieder {head.genitive}"


def _signer(head: MeetingHead) -> SignatureRow:
    """Return who calls: the head of the administration where the law says so, or who chairs."""
    meeting = head.meeting
    law = meeting.municipality.law(head.day)
    if all(law.body(body.kind).called_by == "head" for body in head.bodies):
        return {"name": "", "funktion": meeting.municipality.head_title}
    return {"name": str(meeting.chair or ""), "funktion": f"Vorsitz {head.genitive}"}
