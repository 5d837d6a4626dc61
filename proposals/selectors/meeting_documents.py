"""The papers of a meeting as one user may know them: files, excerpts, corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from ..documents.content_attendance import top_of
from ..documents.content_items import proposal_of
from ..documents.uploads import DOCX
from ..models import (
    AgendaItem,
    Excerpt,
    ExcerptRecipient,
    Meeting,
    MeetingDocument,
    Minutes,
    MinutesCorrection,
    Vote,
)
from ..models.minuted import minutes_parts
from ..models.order import printed_title
from ..rules.consultation import is_treated
from ..rules.documents import CALLS, MINUTES, MeetingDocumentKind, correction_words


@dataclass(frozen=True)
class PaperRow:
    """A file that lies in the store; `holds`: none of its kind came after it.

    `is_scan`: nobody but the house made it; `is_upload`: it calls a meeting, and is no scan;
    `is_word`: it can be had as PDF too.
    """

    id: int
    label: str
    digest: str
    size: int
    made_at: datetime
    is_scan: bool
    is_upload: bool
    is_word: bool
    holds: bool


@dataclass(frozen=True)
class ExcerptRow:
    """An excerpt with everybody who got it; `document_id` None until its file is made."""

    item_id: int
    top: str
    number: int
    issued_on: date
    reserved: bool
    recipients: Sequence[str]
    document_id: int | None

    @property
    def words(self) -> str:
        """Return who got it and when: "Sozialamt, Kämmerei (18.12.2018)"."""
        return f"{', '.join(self.recipients)} ({self.issued_on:%d.%m.%Y})"


@dataclass(frozen=True)
class CorrectionLine:
    """A correction: `words` name the other end, where its meeting is."""

    words: str
    text: str
    meeting_id: int


@dataclass(frozen=True)
class Papers:
    """What a meeting, or one of its items, has left behind; `calls` is what went out before it."""

    calls: Sequence[PaperRow] = ()
    minutes: Sequence[PaperRow] = ()
    sheets: Sequence[PaperRow] = ()
    excerpts: Sequence[ExcerptRow] = ()
    corrections: Sequence[CorrectionLine] = ()
    links: list[dict[str, str]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Answer whether there is nothing to show and nothing to do."""
        found = (self.calls, self.minutes, self.sheets, self.excerpts, self.corrections, self.links)
        return not any(found)


def papers_of_meeting(meeting: Meeting, user: Any) -> Papers:
    """Return the papers of a visible meeting, in five queries however many there are."""
    files = list(
        MeetingDocument.objects.visible_to(user)
        .filter(meeting=meeting)
        .select_related("agenda_item", "invitation")
    )
    word = meeting.municipality.law(timezone.localdate(meeting.starts_at)).minutes_word
    excerpts = Excerpt.objects.visible_to(user).filter(agenda_item__meeting=meeting)
    return Papers(
        calls=_rows([row for row in files if row.kind in CALLS], word),
        minutes=_rows([row for row in files if row.kind in MINUTES], word),
        sheets=_rows([row for row in files if row.kind == MeetingDocumentKind.SHEET], word),
        excerpts=_excerpts(excerpts, user),
        corrections=_corrections(meeting, user),
    )


def papers_of_item(item: AgendaItem, user: Any) -> Papers:
    """Return the papers of a visible item, in five queries."""
    files = MeetingDocument.objects.visible_to(user).filter(
        agenda_item=item, kind=MeetingDocumentKind.SHEET
    )
    rows = MinutesCorrection.objects.visible_to(user)
    accepted = rows.filter(agenda_item=item).select_related("minutes__meeting__municipality")
    of_votes = rows.filter(vote__agenda_item=item).select_related(
        "agenda_item__meeting__municipality"
    )
    return Papers(
        sheets=_rows(list(files.select_related("agenda_item")), ""),
        excerpts=excerpts_of(item, user),
        corrections=[*map(_accepted, accepted), *map(_accepted_in, of_votes)],
    )


def excerpts_of(item: AgendaItem, user: Any) -> list[ExcerptRow]:
    """Return the excerpts of an item, the first one first; nothing of a hidden one."""
    return _excerpts(Excerpt.objects.visible_to(user).filter(agenda_item=item), user)


def sheets_of(wordings: Iterable[int], user: Any) -> dict[int, int]:
    """Return the newest sheet of each wording, where there is one that the user may read."""
    files = MeetingDocument.objects.visible_to(user).filter(
        kind=MeetingDocumentKind.SHEET, agenda_item__result_wording__in=list(wordings)
    )
    return dict(files.order_by("pk").values_list("agenda_item__result_wording", "pk"))


def recipients_in_words(item: AgendaItem, user: Any) -> str:
    """Return everybody who got an excerpt of an item, in one sentence; "" where nobody did."""
    rows = [row.words for row in excerpts_of(item, user)]
    return f"Den Beschlussauszug haben: {'; '.join(rows)}." if rows else ""


def _rows(files: Sequence[MeetingDocument], minutes_word: str) -> list[PaperRow]:
    newest = {_place(row): row.pk for row in files}
    return [
        PaperRow(
            id=row.pk,
            label=_label(row, minutes_word),
            digest=row.digest,
            size=row.size,
            made_at=row.made_at,
            is_scan=not row.template_digest,
            is_upload=not row.template_digest and row.kind in CALLS,
            is_word=row.media_type == DOCX,
            holds=newest[_place(row)] == row.pk,
        )
        for row in files
    ]


def _place(row: MeetingDocument) -> tuple[str, int | None, int | None]:
    """Return what a later file stands in the place of; each invitation has its own."""
    return row.kind, row.agenda_item_id, row.invitation_id


def _label(row: MeetingDocument, minutes_word: str) -> str:
    label = MeetingDocumentKind(row.kind).named(minutes_word)
    if row.invitation is not None:
        return f"{label} vom {row.invitation.sent_on:%d.%m.%Y}"
    return f"{label}, {top_of(row.agenda_item)}" if row.agenda_item is not None else label


def _excerpts(rows: Any, user: Any) -> list[ExcerptRow]:
    found = list(rows.select_related("agenda_item").order_by("agenda_item__position", "number"))
    keys = [row.pk for row in found]
    names: dict[int, list[str]] = {}
    to = ExcerptRecipient.objects.visible_to(user).filter(excerpt__in=keys).select_related("office")
    for recipient in to.order_by("pk"):
        names.setdefault(recipient.excerpt_id, []).append(str(recipient))
    files = MeetingDocument.objects.visible_to(user).filter(excerpt__in=keys)
    documents = dict(files.values_list("excerpt", "pk"))
    return [
        ExcerptRow(
            item_id=row.agenda_item_id,
            top=top_of(row.agenda_item),
            number=row.number,
            issued_on=row.issued_on,
            reserved=row.reserved,
            recipients=names.get(row.pk, []),
            document_id=documents.get(row.pk),
        )
        for row in found
    ]


def _corrections(meeting: Meeting, user: Any) -> list[CorrectionLine]:
    """Return what this meeting corrected of earlier minutes, and what later ones did of its own."""
    rows = MinutesCorrection.objects.visible_to(user)
    made = rows.filter(agenda_item__meeting=meeting)
    suffered = rows.filter(minutes__meeting=meeting)
    return [
        *map(_accepted, made.select_related("minutes__meeting__municipality")),
        *map(_accepted_in, suffered.select_related("agenda_item__meeting__municipality")),
    ]


def _accepted(row: MinutesCorrection) -> CorrectionLine:
    meeting = row.minutes.meeting
    words = f"Berichtigt {_minutes(meeting)} vom {_day(meeting):%d.%m.%Y}"
    return CorrectionLine(words, row.text, meeting.pk)


def _accepted_in(row: MinutesCorrection) -> CorrectionLine:
    meeting = row.agenda_item.meeting
    words = f"Berichtigt in der Sitzung vom {_day(meeting):%d.%m.%Y}, {top_of(row.agenda_item)}"
    return CorrectionLine(words, row.text, meeting.pk)


def _minutes(meeting: Meeting) -> str:
    word = meeting.municipality.law(_day(meeting)).minutes_word
    return f"{'das' if word == 'Protokoll' else 'die'} {word}"


def _day(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts_at)


@dataclass(frozen=True)
class PartRow:
    """A part of the minutes, by its kind and its words."""

    kind: MeetingDocumentKind
    label: str
    is_closed: bool


def parts_of(meeting: Meeting) -> list[PartRow]:
    """Return the parts that the minutes of a meeting have, for who keeps all of its bodies."""
    word = meeting.municipality.law(_day(meeting)).minutes_word
    closed = MeetingDocumentKind.MINUTES_NON_PUBLIC
    return [PartRow(kind, kind.named(word), kind == closed) for kind in minutes_parts(meeting)]


# --- choices ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Excerptable:
    """An item of which an excerpt can be issued; `lead_office_id` is who it is for as a rule."""

    id: int
    label: str
    lead_office_id: int | None
    issued: bool


def excerptable_items(meeting: Meeting, user: Any, bodies: Iterable[int]) -> list[Excerptable]:
    """Return the items of these bodies with a result, as invited; two queries."""
    rows = AgendaItem.objects.visible_to(user).filter(meeting=meeting, committee__in=list(bodies))
    found = rows.select_related("consultation__proposal", "approves").order_by("position", "pk")
    treated = [item for item in found if is_treated(item.outcome)]
    issued = Excerpt.objects.visible_to(user).filter(agenda_item__in=[i.pk for i in treated])
    known = set(issued.values_list("agenda_item", flat=True))
    return [
        Excerptable(
            id=item.pk,
            label=f"{top_of(item)}: {printed_title(item)}",
            lead_office_id=paper.lead_office_id if (paper := proposal_of(item)) else None,
            issued=item.pk in known,
        )
        for item in treated
    ]


@dataclass(frozen=True)
class Correctable:
    """Something in earlier minutes that this meeting may correct."""

    key: str
    label: str
    meeting_id: int
    vote_id: int | None


def correctable_minutes(meeting: Meeting, user: Any) -> list[Correctable]:
    """Return corrected counts that no meeting has accepted yet, then the approved minutes."""
    bodies = [row.committee_id for row in meeting.bodies.all()]
    approved = Minutes.objects.visible_to(user).filter(
        approved_on__isnull=False,
        meeting__bodies__committee__in=bodies,
        meeting__starts_at__lt=meeting.starts_at,
    )
    rows = list(
        approved.select_related("meeting__municipality")
        .distinct()
        .order_by("-meeting__starts_at")[:20]
    )
    votes = Vote.objects.visible_to(user).filter(
        agenda_item__meeting__in=[row.meeting_id for row in rows],
        corrects__isnull=False,
        acceptance__isnull=True,
        corrected_by__isnull=True,
    )
    counts = [
        Correctable(
            key=f"v{vote.pk}",
            label=f"{_day(vote.agenda_item.meeting):%d.%m.%Y}, {_count(vote)}",
            meeting_id=vote.agenda_item.meeting_id,
            vote_id=vote.pk,
        )
        for vote in votes.select_related("agenda_item__meeting", "corrects").order_by("pk")
    ]
    others = [
        Correctable(
            key=f"m{row.meeting_id}",
            label=f"Anderes in: {_minutes(row.meeting)} vom {_day(row.meeting):%d.%m.%Y}",
            meeting_id=row.meeting_id,
            vote_id=None,
        )
        for row in rows
    ]
    return [*counts, *others]


def _count(vote: Vote) -> str:
    old = vote.corrects
    assert old is not None
    now, before = ((v.yes, v.no, v.abstained) for v in (vote, old))
    return correction_words(top_of(vote.agenda_item), now=now, before=before)
