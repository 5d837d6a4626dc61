"""Who is called to a meeting, and how long before; shared by use cases and selectors."""

from dataclasses import replace

from django.utils import timezone

from ..rules.law import NoticeRule
from ..rules.words import CommitteeKind
from .meeting import Invitation, InvitationKind, Meeting, MeetingCommittee
from .organization import Committee


def bodies_of(meeting: Meeting) -> list[Committee]:
    """Return the committees that sit in a meeting, the leading one first; one query."""
    rows = MeetingCommittee.objects.filter(meeting=meeting).order_by("pk")
    bodies = [row.committee for row in rows.select_related("committee")]
    for body in bodies:
        body.municipality = meeting.municipality  # one instance, its house rules are read once
    return bodies


def notice_of(meeting: Meeting) -> NoticeRule:
    """Return the longest Ladungsfrist that one of the bodies has on the day of the meeting.

    The first meeting of a Wahlperiode has its own where the law names one: no Geschäftsordnung
    binds the new council yet (§ 59 Abs. 2 NKomVG).
    """
    law = meeting.municipality.law(timezone.localdate(meeting.starts_at))
    rules = [law.body(CommitteeKind(row.committee.kind)).notice for row in meeting.bodies.all()]
    longest = max(rules, key=lambda rule: rule.days or 0)
    first = max((rule.first_meeting_days or 0 for rule in rules), default=0)
    if not meeting.constituting or not first:
        return longest
    return replace(longest, days=first)


def last_called(meeting: Meeting) -> Invitation | None:
    """Return the invitation that holds; a Nachtrag is none."""
    rows = Invitation.everything.filter(meeting=meeting, kind=InvitationKind.INVITATION)
    newest: Invitation | None = rows.order_by("-number").first()
    return newest


def is_moved_since(meeting: Meeting, called: Invitation | None) -> bool:
    """Answer whether the meeting begins at another time than the invitation says."""
    known = called is not None and called.called_for is not None
    return known and called is not None and called.called_for != meeting.starts_at
