"""Forms of what is noted about a meeting."""

from typing import Any

from django import forms
from django.utils import timezone

from ..services.meeting import InviteAnswer
from .kern import DayInput


class DayForm(forms.Form):
    """The day on which something happened; not in the future."""

    on = forms.DateField(label="Datum", widget=DayInput())

    def clean_on(self) -> Any:
        """Refuse a day to come: only what has happened is noted."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Das Datum liegt in der Zukunft.")
        return day


class InviteForm(DayForm):
    """When the invitation went out."""

    def answer(self) -> InviteAnswer:
        """Return the day."""
        return InviteAnswer(self.cleaned_data["on"])


class MinutesForm(DayForm):
    """When the minutes were signed or approved."""

    def answer(self) -> Any:
        """Return the day."""
        return self.cleaned_data["on"]
