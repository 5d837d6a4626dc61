"""What every paper of a meeting says at its top: which bodies, which meeting, when and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from ..models import Committee, Meeting
from ..models.calling import bodies_of
from .content_route import of_body


@dataclass(frozen=True)
class MeetingHead:
    """A meeting in the words of its papers; reads its bodies once."""

    meeting: Meeting
    bodies: Sequence[Committee]

    @property
    def name(self) -> str:
        """Return the bodies that sit: "Kreistag", "Bauausschuss und Sozialausschuss"."""
        return " und ".join(body.name for body in self.bodies)

    @property
    def genitive(self) -> str:
        """Return the bodies in the genitive: "des Bauausschusses und des Sozialausschusses"."""
        return " und ".join(of_body(body.name) for body in self.bodies)

    @property
    def is_joint(self) -> bool:
        """Answer whether several bodies sit together."""
        return len(self.bodies) > 1

    @property
    def number(self) -> str:
        """Return "12. Sitzung", or "Sitzung" where the house does not count them."""
        return f"{self.meeting.number}. Sitzung" if self.meeting.number else "Sitzung"

    @property
    def day(self) -> date:
        """Return the day on which it takes place."""
        return timezone.localdate(self.meeting.starts_at)

    @property
    def weekday(self) -> str:
        """Return the name of that day."""
        return str(date_format(self.day, "l"))

    @property
    def clock(self) -> str:
        """Return when it begins: "15:00 Uhr"."""
        return f"{timezone.localtime(self.meeting.starts_at):%H:%M} Uhr"


def head_of(meeting: Meeting) -> MeetingHead:
    """Return the head of a meeting's papers; one query."""
    return MeetingHead(meeting, bodies_of(meeting))
