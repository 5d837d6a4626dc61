"""Meetings and the matters that come before them: private to the use cases that need one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from ..models import (
    AgendaItem,
    Committee,
    Consultation,
    LegislativeTerm,
    Meeting,
    MeetingCommittee,
)
from ..models.facts import current_submission, is_on_agenda
from ..rules.agenda import Addition, Delivery
from ..rules.errors import RuleViolation
from ..rules.head import has_subjects, presets_without_head
from ..rules.meeting import MeetingState, is_first_of_term
from ..rules.words import CommitteeKind
from .items import (
    RESUMABLE,
    add_standard_items,
    arrival,
    late_number,
    may_be_public,
    next_position,
    refuse_taken_number,
)


def meeting_for(
    committee: Committee, meeting_id: int | None, starts_at: datetime | None, place: str
) -> Meeting:
    """Return the chosen meeting, or the one at that time: created where there is none."""
    of_committee = Meeting.everything.filter(bodies__committee=committee)
    if meeting_id is not None:
        meeting = of_committee.filter(pk=meeting_id).first()
        if meeting is None:
            raise RuleViolation(
                f"Diese Sitzung ist keine Sitzung von „{committee.name}“.", field="meeting"
            )
        return open_agenda(meeting.pk)
    if starts_at is None:
        raise RuleViolation(
            "Bitte eine Sitzung auswählen oder Datum und Uhrzeit einer neuen angeben.",
            field="meeting",
        )
    # two first matters of a meeting: the committee's row decides who creates it
    _lock_committees([committee])
    meeting = of_committee.filter(starts_at=starts_at, cancelled_on__isnull=True).first()
    if meeting is not None:
        return open_agenda(meeting.pk)
    number, first = next_meeting_number(committee, starts_at), is_first(committee, starts_at)
    return _create([committee], starts_at, place, number, constituting=first)


def open_agenda(meeting_id: int, field: str = "meeting") -> Meeting:
    """Lock a meeting, so that the places on its agenda are given one after the other.

    Raises RuleViolation where it is cancelled or over.
    """
    rows = Meeting.everything.select_for_update(no_key=True)
    meeting: Meeting = rows.get(pk=meeting_id)
    if meeting.state in (MeetingState.CANCELLED, MeetingState.CLOSED):
        day = f"{timezone.localdate(meeting.starts_at):%d.%m.%Y}"
        raise RuleViolation(
            f"Die Sitzung am {day} ist {meeting.state.label}; auf ihre Tagesordnung kommt nichts "
            "mehr.",
            field=field,
        )
    return meeting


def plan(
    committees: Sequence[Committee],
    starts_at: datetime,
    place: str,
    number: int | None,
    *,
    standard: bool,
    constituting: bool | None = None,
) -> Meeting:
    """Create a meeting of committees that nothing else calls together at that time.

    Raises RuleViolation for a time or a number that one of them has given already.
    """
    _lock_committees(committees)
    refuse_same_time(committees, starts_at)
    leading = committees[0]
    if number is None:
        number = next_meeting_number(leading, starts_at)
    elif _in_term(leading, starts_at).filter(number=number).exists():
        raise RuleViolation(
            f"Die {number}. Sitzung von „{leading.name}“ gibt es in dieser Wahlperiode schon.",
            field="number",
        )
    first = is_first(leading, starts_at) if constituting is None else constituting
    return _create(committees, starts_at, place, number, standard=standard, constituting=first)


def refuse_same_time(
    committees: Sequence[Committee], starts_at: datetime, but: Meeting | None = None
) -> None:
    """Raise RuleViolation where one of the committees meets at that time already."""
    for committee in committees:
        rows = Meeting.everything.filter(
            bodies__committee=committee, starts_at=starts_at, cancelled_on__isnull=True
        )
        if (rows.exclude(pk=but.pk) if but else rows).exists():
            raise RuleViolation(
                f"Zu dieser Zeit gibt es schon eine Sitzung von „{committee.name}“.",
                field="starts_at",
            )


def create_meeting_of(committee: Committee, starts_at: datetime, place: str) -> Meeting:
    """Create a committee's meeting as it is known from elsewhere: no number, no standard items."""
    return _create([committee], starts_at, place, None, standard=False)


def _create(
    committees: Sequence[Committee],
    starts_at: datetime,
    place: str,
    number: int | None,
    *,
    standard: bool = True,
    constituting: bool = False,
) -> Meeting:
    meeting = Meeting(
        municipality_id=committees[0].municipality_id,
        starts_at=starts_at,
        place=place.strip(),
        number=number,
        constituting=constituting,
    )
    meeting.save()
    for committee in committees:
        MeetingCommittee(meeting=meeting, committee=committee).save()
    if standard:
        add_standard_items(meeting, committees)
    return meeting


def _lock_committees(committees: Sequence[Committee]) -> None:
    rows = Committee.objects.select_for_update(no_key=True)
    list(rows.filter(pk__in=[committee.pk for committee in committees]).order_by("pk"))


def next_meeting_number(committee: Committee, starts_at: datetime) -> int:
    """Return the number after the highest that the committee gave in its Wahlperiode."""
    last: int | None = _in_term(committee, starts_at).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def is_first(committee: Committee, starts_at: datetime) -> bool:
    """Answer whether a new meeting at that time would open the Wahlperiode of the council."""
    is_council = committee.kind == CommitteeKind.COUNCIL
    term = _term(committee, starts_at) if is_council else None
    if term is None:
        return False
    earlier = _in_term(committee, starts_at).filter(cancelled_on__isnull=True)
    return is_first_of_term(
        timezone.localdate(starts_at),
        term.starts_on,
        is_council=is_council,
        met_before=earlier.filter(starts_at__lt=starts_at).exists(),
    )


def _term(committee: Committee, starts_at: datetime) -> LegislativeTerm | None:
    day = timezone.localdate(starts_at)
    terms = LegislativeTerm.objects.filter(
        municipality=committee.municipality_id, starts_on__lte=day
    )
    return terms.order_by("-starts_on").first()


def _in_term(committee: Committee, starts_at: datetime) -> Any:
    """Return the meetings of a committee in the Wahlperiode of a day; all where there is none."""
    term = _term(committee, starts_at)
    rows = Meeting.everything.filter(bodies__committee=committee)
    if term is None:
        return rows
    rows = rows.filter(starts_at__date__gte=term.starts_on)
    return rows if term.ends_on is None else rows.filter(starts_at__date__lte=term.ends_on)


def issued_head(consultation: Consultation) -> dict[str, Any]:
    """Return the head of the version in the route.

    Raises RuleViolation for a station that no meeting can take up, or that one has already.
    """
    submission = current_submission(consultation.proposal)
    if consultation.proposal.withdrawn_on is not None:
        raise RuleViolation("Die Vorlage ist zurückgezogen.")
    if submission is None or submission.form_checked_on is None:
        raise RuleViolation("Die Vorlage ist noch nicht im Beratungsgang.")
    if not consultation.is_open:
        raise RuleViolation("Diese Beratung ist schon abgeschlossen oder entfallen.")
    if is_on_agenda(consultation):
        raise RuleViolation("Die Beratung steht schon auf einer Tagesordnung.")
    head: dict[str, Any] = submission.version.content["head"]
    return {**head, "public": head["public"] and consultation.proposal.public}


def is_issued_in_public(consultation: Consultation) -> bool:
    """Answer whether the paper in the route may be dealt with in public."""
    submission = current_submission(consultation.proposal)
    issued = submission is not None and submission.version.content["head"]["public"]
    return bool(issued) and consultation.proposal.public


def list_paper(
    consultation: Consultation,
    meeting: Meeting,
    head: dict[str, Any],
    *,
    on: date,
    number: str = "",
    public: bool | None = None,
    extends: str = "",
) -> AgendaItem:
    """Put a station on the agenda of its committee, as the issued version is headed.

    `public` may close the doors, nothing opens them: a non-public proposal stays non-public.
    `extends`: why the body takes it up in the meeting. In a joint meeting the items of one paper
    are tied and share their number.
    """
    committee = consultation.committee
    refuse_taken_number(meeting, committee.pk, number)
    is_public = head["public"] and public is not False and may_be_public(committee, meeting)
    added, delivery = arrival(meeting, on)
    if extends:
        added, delivery = Addition.EXTENSION, Delivery.TABLED
    joint = _joint_item(consultation, meeting)
    item = AgendaItem(
        meeting=meeting,
        committee=committee,
        consultation=consultation,
        joint_with=joint,
        added=added,
        addition_reason=extends[:400],
        delivery=delivery,
        resumes=_put_off_before(consultation),
        position=next_position(meeting, committee.pk, public=is_public),
        number=number,
        title=head["subject"],
        public_title=head["public_subject"],
        public=is_public,
        **_vote_of_the_head(consultation, meeting),
    )
    if not number:
        item.number = joint.number if joint else late_number(item)
    item.save()
    return item


def _vote_of_the_head(consultation: Consultation, meeting: Meeting) -> dict[str, Any]:
    """Return the subject that an earlier station of the paper named, and what the law says of it.

    Where this very committee put the matter off, what was settled there holds.
    """
    committee = consultation.committee
    body = CommitteeKind(committee.kind)
    law = committee.municipality.law(timezone.localdate(meeting.starts_at))
    if not has_subjects(law, body):
        return {}
    rows = AgendaItem.everything.filter(consultation__proposal=consultation.proposal_id)
    earlier = rows.exclude(head_subject="").order_by("-meeting__starts_at", "-pk").first()
    if earlier is None:
        return {}
    without_head = presets_without_head(law, body, earlier.head_subject)
    if earlier.committee_id == committee.pk:
        without_head = earlier.without_head
    return {"head_subject": earlier.head_subject, "without_head": without_head}


def _joint_item(consultation: Consultation, meeting: Meeting) -> AgendaItem | None:
    """Return the item of the same paper that the leading committee of a joint meeting has."""
    rows = AgendaItem.everything.filter(
        meeting=meeting,
        consultation__proposal=consultation.proposal_id,
        joint_with__isnull=True,
        outcome="",
    )
    first: AgendaItem | None = rows.exclude(committee=consultation.committee_id).first()
    return first


def _put_off_before(consultation: Consultation) -> AgendaItem | None:
    """Return the item of the station that was put off last; this one takes it up again."""
    rows = AgendaItem.everything.filter(consultation=consultation, outcome__in=RESUMABLE)
    last: AgendaItem | None = rows.order_by("-meeting__starts_at", "-pk").first()
    return last
