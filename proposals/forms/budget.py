"""The filter of the budget over all papers."""

from typing import Any

from django import forms

from ..rules.budget import BudgetState
from .fields import Count


class BudgetFilter(forms.Form):
    """Year, product and state; a year that is none is this year's."""

    mark_optional = False

    jahr = Count(label="Haushaltsjahr", required=False)
    produkt = forms.CharField(label="Produkt", required=False, max_length=120)
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *BudgetState.choices()]
    )

    def clean_jahr(self) -> Any:
        """Refuse a year that no budget has."""
        year = self.cleaned_data["jahr"]
        if year is not None and not 1946 <= year < 2200:
            raise forms.ValidationError("Bitte das Jahr prüfen.")
        return year
