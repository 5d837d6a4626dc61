"""Who is called to a meeting, and how long before; shared by use cases and selectors."""

from django.utils import timezone

from ..rules.law import NoticeRule
from ..rules.words import CommitteeKind
from .meeting import Meeting, MeetingCommittee
from .organization import Committee


def bodies_of(meeting: Meeting) -> list[Committee]:
    """Return the committees that sit in a meeting, the leading one first; one query."""
    rows = MeetingCommittee.objects.filter(meeting=meeting).order_by("pk")
    bodies = [row.committee for row in rows.select_related("committee")]
    for body in bodies:
        body.municipality = meeting.municipality  # one instance, its house rules are read once
    return bodies


def notice_of(meeting: Meeting) -> NoticeRule:
    """Return the longest Ladungsfrist that one of the bodies has on the day of the meeting."""
    law = meeting.municipality.law(timezone.localdate(meeting.starts_at))
    rules = [law.body(CommitteeKind(row.committee.kind)).notice for row in meeting.bodies.all()]
    return max(rules, key=lambda rule: rule.days or 0)
