"""The qualified majority that a matter may need, with the paragraph that asks for it."""

from typing import Any

from django import forms

from ..models import AgendaItem
from ..rules.voting import Majority
from .fields import PlainText


class MajorityFields(forms.Form):
    """Two fields that go together; the page of an item and its agenda form share them."""

    majority = forms.ChoiceField(
        label="Erforderliche Mehrheit",
        choices=[("", "wie für das Gremium üblich"), *Majority.choices()],
        required=False,
    )
    majority_paragraph = PlainText(
        label="Rechtsgrundlage der Mehrheit",
        max_length=120,
        required=False,
        help_text="Nötig bei einer anderen Mehrheit, zum Beispiel § 12 Abs. 2 NKomVG.",
    )

    @staticmethod
    def initial_of_majority(item: AgendaItem) -> dict[str, Any]:
        """Return both fields of an item as it stands."""
        return {"majority": item.majority, "majority_paragraph": item.majority_paragraph}

    def answer_of_majority(self) -> dict[str, Any]:
        """Return what `ChangeItemAnswer` asks for."""
        data = self.cleaned_data
        return {
            "majority": Majority(data["majority"]) if data["majority"] else None,
            "majority_paragraph": data["majority_paragraph"],
        }
