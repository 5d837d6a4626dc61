"""Forms of a meeting on its day: opened, suspended, resumed, closed, at which time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from ..models import Meeting, Person
from ..services.meeting import CloseAnswer, OpenAnswer, ResumeAnswer, SuspendAnswer
from .fields import PlainText
from .kern import ClockInput
from .meeting import aware, offer

EARLY = timedelta(hours=3)  # no meeting opens earlier: a clock further back is past midnight


class ClockForm(forms.Form):
    """The time of day at which something happened in a meeting; after midnight is still in it."""

    at = forms.TimeField(label="Uhrzeit", widget=ClockInput())

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_at = timezone.localtime(meeting.starts_at)

    def when(self) -> datetime:
        """Return the moment that the clock means."""
        moment = aware(self.starts_at.date(), self.cleaned_data["at"])
        return moment + timedelta(days=1) if moment < self.starts_at - EARLY else moment


class OpenForm(ClockForm):
    """Who opened the meeting, when, and who keeps the minutes."""

    chair = forms.TypedChoiceField(label="Vorsitz", coerce=int, required=False, empty_value=None)
    minute_taker = forms.TypedChoiceField(
        label="Protokollführung", coerce=int, required=False, empty_value=None
    )

    def __init__(
        self, *args: Any, members: Iterable[Person], staff: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("chair", members), ("minute_taker", staff)):
            choices = ((row.pk, str(row)) for row in people)
            offer(self, name, choices, empty="nicht angegeben")

    def answer(self) -> OpenAnswer:
        """Return when and by whom it was opened."""
        data = self.cleaned_data
        return OpenAnswer(
            at=self.when(), chair_id=data["chair"], minute_taker_id=data["minute_taker"]
        )


class SuspendForm(ClockForm):
    """Why and when a meeting breaks off for a while."""

    reason = PlainText(label="Grund", max_length=400, required=False)

    def answer(self) -> SuspendAnswer:
        """Return when it was suspended."""
        return SuspendAnswer(at=self.when(), reason=self.cleaned_data["reason"])


class ResumeForm(ClockForm):
    """When a meeting goes on."""

    def answer(self) -> ResumeAnswer:
        """Return when it went on."""
        return ResumeAnswer(at=self.when())


class CloseForm(ClockForm):
    """When a meeting ended, and why items stay without a result where some do."""

    reason = PlainText(
        label="Begründung",
        max_length=400,
        required=False,
        help_text="Nötig, wenn Punkte ohne Ergebnis bleiben.",
    )

    def answer(self) -> CloseAnswer:
        """Return when it ended."""
        return CloseAnswer(at=self.when(), reason=self.cleaned_data["reason"])
