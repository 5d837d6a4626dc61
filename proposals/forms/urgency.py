"""The form of an urgent decision."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ..rules.urgency import UrgentOrgan
from ..services.urgency import UrgentAnswer
from .fields import PLAUSIBLE_DAY, Paragraphs, PlainText
from .kern import DayInput


class UrgentForm(forms.Form):
    """Which organ decides in place of the council, and what is known of its decision."""

    mark_optional = False  # what may stay empty depends on the organ

    organ = forms.ChoiceField(
        label="Anstelle der Vertretung entscheidet",
        widget=forms.RadioSelect,
        error_messages={"required": "Bitte wählen Sie, wer entscheidet."},
    )
    reason = Paragraphs(
        label="Grund der Eilbedürftigkeit",
        rows=3,
        max_length=400,
        help_text="Warum die Vertretung nicht rechtzeitig entscheiden kann.",
    )
    decided_on = forms.DateField(
        label="entschieden am", required=False, widget=DayInput(), validators=[*PLAUSIBLE_DAY]
    )
    signers = PlainText(
        label="entschieden durch",
        max_length=400,
        required=False,
        help_text="Alle, die das Gesetz nennt, mit Namen und Funktion.",
    )

    def __init__(self, *args: Any, organs: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(organs)
        self.fields["organ"].choices = choices  # type: ignore[attr-defined]
        if UrgentOrgan.HEAD not in dict(choices):
            del self.fields["decided_on"], self.fields["signers"]

    def answer(self) -> UrgentAnswer:
        """Return the decision; day and signers belong to the head's alone."""
        data = self.cleaned_data
        organ = UrgentOrgan(data["organ"])
        by_head = organ == UrgentOrgan.HEAD
        return UrgentAnswer(
            organ=organ,
            reason=data["reason"],
            decided_on=data.get("decided_on") if by_head else None,
            signers=data.get("signers", "") if by_head else "",
        )
