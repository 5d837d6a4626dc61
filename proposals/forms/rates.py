"""The form of the average personnel costs."""

from django import forms

from ..services.rates import RateAnswer
from .fields import Amount, Count, PlainText


class RateForm(forms.Form):
    """What a full post of a grade costs on average in a year."""

    mark_optional = False

    grade = PlainText(
        label="Entgelt- oder Besoldungsgruppe", max_length=40, help_text="Zum Beispiel EG 9b, A 10."
    )
    year = Count(label="Jahr")
    amount = Amount(label="Betrag im Jahr für eine volle Stelle (Euro)")
    source = PlainText(
        label="Fundstelle",
        max_length=200,
        help_text="Zum Beispiel „KGSt-Bericht Kosten eines Arbeitsplatzes“ oder „eigene Rechnung“.",
    )
    corrects = forms.BooleanField(label="vorhandenen Satz berichtigen", required=False)

    def answer(self) -> RateAnswer:
        """Return the average as the use case takes it."""
        return RateAnswer(**self.cleaned_data)
