"""Who chairs a meeting has to be in the room, where the law says so."""

from django.utils import timezone

from ...models import Attendance, Meeting
from ...rules.attendance import AttendanceKind
from ...rules.meeting import objection_to_remote_chair
from ..common import refuse_on


def refuse_remote_chair(meeting: Meeting) -> None:
    """Raise RuleViolation where the chair is noted as taking part from elsewhere."""
    law = meeting.municipality.law(timezone.localdate(meeting.starts_at))
    if not law.chair_in_room or meeting.chair_id is None:
        return
    away = Attendance.everything.filter(
        meeting=meeting, person=meeting.chair_id, kind=AttendanceKind.REMOTE
    )
    if away.exists():
        refuse_on(objection_to_remote_chair(str(meeting.chair), law.chair_in_room))
