"""Forms of a meeting on its day: opened, suspended, resumed, closed, at which time."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from ..models import Meeting, Person
from ..services.meeting import (
    CloseAnswer,
    CorrectSittingAnswer,
    OpenAnswer,
    ReopenAnswer,
    ResumeAnswer,
    SuspendAnswer,
)
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
        return moment_of(self.starts_at, self.cleaned_data["at"])


def moment_of(starts_at: datetime, clock: time) -> datetime:
    """Return the moment that a clock means in a meeting that begins then."""
    moment = aware(starts_at.date(), clock)
    return moment + timedelta(days=1) if moment < starts_at - EARLY else moment


class WhoForm(forms.Form):
    """Who chairs a meeting and who keeps its minutes."""

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


class OpenForm(WhoForm, ClockForm):
    """Who opened the meeting, when, and who keeps the minutes."""

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


class ReopenForm(forms.Form):
    """Why a meeting that was closed by mistake goes on; asked for once its minutes are signed."""

    def __init__(self, *args: Any, signed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = PlainText(label="Grund", max_length=400, required=signed)

    def answer(self) -> ReopenAnswer:
        """Return why."""
        return ReopenAnswer(self.cleaned_data["reason"])


class CorrectSittingForm(WhoForm):
    """Who chaired a meeting, who kept its minutes, when it was opened and closed."""

    mark_optional = False

    opened_at = forms.TimeField(label="Eröffnet um", widget=ClockInput())
    closed_at = forms.TimeField(label="Geschlossen um", widget=ClockInput())
    field_order = ["opened_at", "closed_at", "chair", "minute_taker", "reason"]

    def __init__(self, *args: Any, meeting: Meeting, signed: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.initial_of(meeting), **kwargs)
        self.meeting = meeting
        self._offer_present()
        if meeting.closed_at is None:
            del self.fields["closed_at"]
        if signed:
            self.fields["reason"] = PlainText(label="Begründung der Änderung", max_length=400)

    def _offer_present(self) -> None:
        """Offer who is noted now as well: a guest may have chaired, a keeper may have left."""
        for name in ("chair", "minute_taker"):
            person, field = getattr(self.meeting, name), self.fields[name]
            choices = list(field.choices)  # type: ignore[attr-defined]
            if person is not None and person.pk not in [key for key, _ in choices]:
                field.choices = [*choices, (person.pk, str(person))]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        """Return what is noted now."""
        clocks = {
            name: timezone.localtime(when).time()
            for name in ("opened_at", "closed_at")
            if (when := getattr(meeting, name)) is not None
        }
        people = {"chair": meeting.chair_id, "minute_taker": meeting.minute_taker_id}
        return {**clocks, **people}

    def answer(self) -> CorrectSittingAnswer:
        """Return what is to be noted."""
        data = self.cleaned_data
        return CorrectSittingAnswer(
            opened_at=self._moment("opened_at", data["opened_at"]),
            closed_at=self._moment("closed_at", data["closed_at"]) if "closed_at" in data else None,
            chair_id=data["chair"],
            minute_taker_id=data["minute_taker"],
            reason=data.get("reason", ""),
        )

    def _moment(self, name: str, clock: time) -> datetime:
        """Return the moment of a clock; one that nobody touched keeps its seconds and its day."""
        noted: datetime | None = getattr(self.meeting, name)
        if noted is not None and f"{timezone.localtime(noted):%H:%M}" == f"{clock:%H:%M}":
            return noted
        return moment_of(timezone.localtime(self.meeting.starts_at), clock)
