"""Forms of what is noted about a meeting."""

from typing import Any

from django import forms
from django.utils import timezone

from ..services.meeting import ApproveMinutesAnswer, InviteAnswer, SignMinutesAnswer
from .kern import DayInput

SIGNED, APPROVED = "unterschrieben", "genehmigt"


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
    """When the minutes were signed or approved; `stage` says which of both the page asked for."""

    stage = forms.ChoiceField(
        label="Stand",
        choices=[(word, word) for word in (SIGNED, APPROVED)],
        widget=forms.HiddenInput,
    )

    def answer(self) -> SignMinutesAnswer | ApproveMinutesAnswer:
        """Return what is to be noted: the second half of a double click asks for the same again."""
        signed = self.cleaned_data["stage"] == SIGNED
        kind = SignMinutesAnswer if signed else ApproveMinutesAnswer
        return kind(self.cleaned_data["on"])
