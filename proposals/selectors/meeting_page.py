"""Everything the page of one meeting shows, read through the door of one user."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from ..models import (
    Committee,
    Invitation,
    InvitationKind,
    Meeting,
    Membership,
    Minutes,
    Person,
    QuorumStatement,
    RoleAssignment,
)
from ..models.calling import is_moved_since, notice_of
from ..models.organization import valid_on
from ..models.people import Role
from ..rules.consultation import Outcome
from ..rules.law import NoticeRule
from ..rules.meeting import MeetingState
from ..rules.quorum import QuorumCause
from ..rules.words import CommitteeKind
from .agenda_lines import HELD, AgendaLine, Part, agenda_lines, parts_of
from .meetings import reads_agenda, title_of
from .roll import Roll, roll_of

SHOWN_MEETINGS = 20


@dataclass(frozen=True)
class Sent:
    """An invitation or a Nachtrag, with the agenda as it left the house."""

    kind: str
    sent_on: date
    recipients: str
    hint: bool
    shortened_reason: str
    lines: Sequence[dict[str, Any]]
    called_for: datetime | None = None


@dataclass(frozen=True)
class MeetingPage:
    """The page; what can be done next is filled in by the layer that knows the addresses."""

    meeting: Meeting
    title: str
    day: str
    state: MeetingState
    is_joint: bool
    is_told: bool
    as_held: bool
    lines: Sequence[AgendaLine]
    parts: Sequence[Part]
    invitations: Sequence[Sent]
    unsent: int
    rolls: Sequence[Roll]
    counts: Sequence[tuple[str, str]]
    facts: Sequence[tuple[str, str]]
    minutes_word: str
    signed_on: date | None
    approved_on: date | None
    invite_by: date | None
    notice: str
    is_moved: bool

    @property
    def is_numbered(self) -> bool:
        """Answer whether the agenda has its numbers already."""
        return any(line.number for line in self.lines)

    @property
    def without_result(self) -> int:
        """Return how many papers have been dealt with without a result so far."""
        return sum(1 for line in self.lines if line.proposal_id and not line.outcome)


def meeting_page(meeting: Meeting, user: Any) -> MeetingPage:
    """Return the page of a visible meeting whose bodies and breaks were read with it."""
    state = meeting.state
    lines = agenda_lines(meeting, user, held=state in HELD)
    sent = list(Invitation.objects.visible_to(user).filter(meeting=meeting))
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting).first()
    bodies = [row.committee for row in meeting.bodies.all()]
    law = meeting.municipality.law(timezone.localdate(meeting.starts_at))
    notice = notice_of(meeting)
    return MeetingPage(
        meeting=meeting,
        title=title_of(meeting),
        day=day_in_words(meeting),
        state=state,
        is_joint=len(bodies) > 1,
        is_told=reads_agenda(meeting, user),
        as_held=state in HELD,
        lines=lines,
        parts=parts_of(lines),
        invitations=[_sent(row) for row in sent],
        unsent=len(_unsent(lines, sent)),
        rolls=[roll for body in bodies if (roll := roll_of(meeting, body, user)).is_noted],
        counts=_counts(meeting, bodies, user),
        facts=_facts(meeting, law.minutes_word, minutes),
        minutes_word=law.minutes_word,
        signed_on=minutes.signed_on if minutes else None,
        approved_on=minutes.approved_on if minutes else None,
        invite_by=invite_by(meeting),
        notice=notice_words(notice),
        is_moved=is_moved_since(meeting, _holding(sent)),
    )


def _holding(sent: Sequence[Invitation]) -> Invitation | None:
    """Return the invitation that holds; a Nachtrag is none."""
    calls = [row for row in sent if row.kind == InvitationKind.INVITATION]
    return calls[-1] if calls else None


def day_in_words(meeting: Meeting) -> str:
    """Return day and time in words: "Mittwoch, 13. März 2024, 15:00 Uhr"."""
    return f"{date_format(timezone.localtime(meeting.starts_at), 'l, j. F Y, H:i')} Uhr"


def _sent(row: Invitation) -> Sent:
    return Sent(
        kind=InvitationKind(row.kind).label,
        sent_on=row.sent_on,
        recipients=row.recipients,
        hint=row.hint,
        shortened_reason=row.shortened_reason,
        lines=row.content,
        called_for=row.called_for,
    )


def _unsent(lines: Sequence[AgendaLine], sent: Iterable[Invitation]) -> list[AgendaLine]:
    """Return what no invitation has named yet; an extension in the meeting none will name."""
    named = {row["item"] for invitation in sent for row in invitation.content}
    return [line for line in lines if line.id not in named and not line.is_extension]


def _counts(meeting: Meeting, bodies: Sequence[Committee], user: Any) -> list[tuple[str, str]]:
    """Return each count of the members present in a sentence, with its body."""
    names = {body.pk: body.name for body in bodies}
    rows = QuorumStatement.objects.visible_to(user).filter(meeting=meeting)
    return [
        (
            names[row.committee_id],
            f"{QuorumCause(row.cause).label}: {row.present} anwesend, {row.needed} nötig, {told}",
        )
        for row in rows
        if (told := "beschlussfähig" if row.quorate else "nicht beschlussfähig")
    ]


def _facts(meeting: Meeting, minutes_word: str, minutes: Minutes | None) -> list[tuple[str, str]]:
    pauses = "; ".join(_pause(row) for row in meeting.breaks.all())
    rows = [
        ("Ort", meeting.place),
        ("Wahlperiode", "erste Sitzung" if meeting.constituting else ""),
        ("Vorsitz", str(meeting.chair or "")),
        (f"{minutes_word}führung", str(meeting.minute_taker or "")),
        ("Eingeladen am", _day(meeting.invited_on)),
        ("Eröffnet", _clock(meeting.opened_at)),
        ("Unterbrochen", pauses),
        ("Geschlossen", _clock(meeting.closed_at)),
        ("Abgesagt am", _day(meeting.cancelled_on)),
        *(("Verlegt", words) for words in moves_of(meeting)),
    ]
    if minutes is not None:
        rows.append((f"{minutes_word} unterschrieben", _day(minutes.signed_on)))
        rows.append((f"{minutes_word} genehmigt", _day(minutes.approved_on)))
    return [(label, value) for label, value in rows if value]


def _pause(row: Any) -> str:
    until = _clock(row.ended_at).removesuffix(" Uhr") or "…"
    span = f"{_clock(row.began_at).removesuffix(' Uhr')} bis {until} Uhr"
    return f"{span} ({row.reason})" if row.reason else span


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def _clock(when: datetime | None) -> str:
    return f"{timezone.localtime(when):%H:%M} Uhr" if when else ""


def moves_of(meeting: Meeting) -> list[str]:
    """Return from which days, times and places the meeting was moved, the first one first."""
    rows = Meeting.history.filter(id=meeting.pk).order_by("history_id")
    states = list(rows.values_list("starts_at", "place"))
    moved = []
    for (was_at, was_in), (is_at, is_in) in pairwise(states):
        if was_at != is_at:
            moved.append(f"vom {timezone.localtime(was_at):%d.%m.%Y, %H:%M} Uhr")
        elif was_in != is_in and was_in:
            moved.append(f"von: {was_in}")
    return moved


# --- inviting ---------------------------------------------------------------------------------


def notice_words(notice: NoticeRule) -> str:
    """Return a Ladungsfrist in words, with the paragraph that it rests on."""
    if notice.days is None:
        words = "nach der Geschäftsordnung; als Hausregel noch nicht eingetragen"
        return f"{words} ({notice.paragraph})" if notice.paragraph else words
    days = "ein Tag" if notice.days == 1 else f"{notice.days} Tage"
    return f"{days} ({notice.paragraph})" if notice.paragraph else days


def invite_by(meeting: Meeting) -> date | None:
    """Return the last day on which the invitation goes out in time; None: no rule is known.

    Neither that day nor the day of the meeting counts.
    """
    notice = notice_of(meeting)
    if notice.days is None:
        return None
    return timezone.localdate(meeting.starts_at) - timedelta(days=notice.days + 1)


@dataclass(frozen=True)
class InvitationSheet:
    """What the page of an invitation shows beside its form."""

    parts: Sequence[Part]
    is_numbered: bool
    recipients: str
    resumes_no_quorum: bool
    hint_paragraph: str
    notice: str
    shortened: str
    invite_by: date | None
    again: bool


def invitation_sheet(meeting: Meeting, user: Any) -> InvitationSheet:
    """Return what goes out with the next invitation, and what the law wants to be kept."""
    lines = agenda_lines(meeting, user)
    sent = list(Invitation.objects.visible_to(user).filter(meeting=meeting))
    again = is_moved_since(meeting, _holding(sent))
    going = [line for line in lines if not line.is_extension] if again else _unsent(lines, sent)
    notice = notice_of(meeting)
    return InvitationSheet(
        parts=parts_of(going),
        is_numbered=all(line.number for line in going),
        recipients=sent[-1].recipients if sent else _usual_recipients(meeting, user),
        resumes_no_quorum=any(line.resumed_outcome == Outcome.NO_QUORUM for line in going),
        hint_paragraph=_hint_paragraph(meeting),
        notice=notice_words(notice),
        shortened=notice.shortened,
        invite_by=invite_by(meeting),
        again=again,
    )


def _hint_paragraph(meeting: Meeting) -> str:
    """Return where the law says what the second invitation must point out."""
    law = meeting.municipality.law(timezone.localdate(meeting.starts_at))
    bodies = [law.body(CommitteeKind(row.committee.kind)) for row in meeting.bodies.all()]
    return next(filter(None, (body.quorum.second_meeting_paragraph for body in bodies)), "")


def _usual_recipients(meeting: Meeting, user: Any) -> str:
    """Return whom the last invitation of the leading body went to."""
    leading = meeting.bodies.all()[0].committee_id
    rows = Invitation.objects.visible_to(user).filter(meeting__bodies__committee=leading)
    last = rows.order_by("-sent_on", "-pk").values_list("recipients", flat=True).first()
    return last or ""


# --- choices ----------------------------------------------------------------------------------


def later_meetings(meeting: Meeting, user: Any) -> list[Meeting]:
    """Return the next meetings of the same bodies that can take over what is left open."""
    bodies = [row.committee_id for row in meeting.bodies.all()]
    rows = Meeting.objects.visible_to(user).filter(
        bodies__committee__in=bodies,
        starts_at__gt=meeting.starts_at,
        cancelled_on__isnull=True,
        closed_at__isnull=True,
    )
    return list(rows.exclude(pk=meeting.pk).order_by("starts_at").distinct()[:SHOWN_MEETINGS])


def earlier_meetings(meeting: Meeting, user: Any) -> list[Meeting]:
    """Return the last meetings of the same bodies, whose minutes may be up for approval."""
    bodies = [row.committee_id for row in meeting.bodies.all()]
    rows = Meeting.objects.visible_to(user).filter(
        bodies__committee__in=bodies,
        starts_at__lt=meeting.starts_at,
        cancelled_on__isnull=True,
    )
    return list(rows.order_by("-starts_at").distinct()[:SHOWN_MEETINGS])


def chair_candidates(meeting: Meeting) -> list[Person]:
    """Return the members of the bodies on the day of the meeting, by name."""
    day = timezone.localdate(meeting.starts_at)
    bodies = [row.committee_id for row in meeting.bodies.all()]
    seats = Membership.objects.filter(valid_on(day), committee__in=bodies)
    return _people(seats.values("person"), meeting)


def minute_takers(meeting: Meeting) -> list[Person]:
    """Return who keeps minutes in the house on the day of the meeting, by name."""
    day = timezone.localdate(meeting.starts_at)
    bodies = [row.committee_id for row in meeting.bodies.all()]
    held = RoleAssignment.objects.filter(valid_on(day))
    keepers = held.filter(role=Role.SECRETARY) | held.filter(
        role=Role.COMMITTEE_SECRETARY, committee__in=bodies
    )
    return _people(keepers.values("person"), meeting)


def _people(keys: Any, meeting: Meeting) -> list[Person]:
    rows = Person.objects.filter(municipality=meeting.municipality_id, pk__in=keys)
    return list(rows.order_by("family_name", "given_name"))


def open_items(meeting: Meeting, user: Any) -> list[AgendaLine]:
    """Return the items without a result that another meeting can take up, as held."""
    return [line for line in agenda_lines(meeting, user, held=True) if line.can_wait]
