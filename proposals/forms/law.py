"""The day on which the state of the law is shown."""

from django import forms

from .fields import PLAUSIBLE_DAY
from .kern import DayInput


class LawDayForm(forms.Form):
    """A day; empty means today."""

    mark_optional = False

    am = forms.DateField(
        label="Rechtsstand am", required=False, widget=DayInput(), validators=PLAUSIBLE_DAY
    )
