"""Forms of what follows from a count error."""

from django import forms

from ..rules.review import ReviewDecision
from ..services.review import DecisionAnswer, OpinionAnswer
from .fields import Paragraphs


class OpinionForm(forms.Form):
    """What the Rechtsamt thinks of it."""

    text = Paragraphs(label="Stellungnahme", rows=6)

    def answer(self) -> OpinionAnswer:
        """Return the opinion."""
        return OpinionAnswer(self.cleaned_data["text"])


class DecisionForm(forms.Form):
    """What the head of the administration decides."""

    decision = forms.ChoiceField(
        label="Entscheidung", choices=ReviewDecision.choices(), widget=forms.RadioSelect
    )
    reason = Paragraphs(label="Begründung", rows=4, max_length=400)

    def answer(self) -> DecisionAnswer:
        """Return the decision with its reason."""
        return DecisionAnswer(
            ReviewDecision(self.cleaned_data["decision"]), self.cleaned_data["reason"]
        )
