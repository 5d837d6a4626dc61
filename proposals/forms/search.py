"""The filter of the list of proposals."""

from django import forms

from ..rules.lifecycle import ProposalStatus
from ..rules.words import ProposalKind


class ProposalFilter(forms.Form):
    """Words, status and kind; all optional, an unknown word filters nothing."""

    mark_optional = False

    q = forms.CharField(label="Suche", required=False, max_length=200)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "alle"), *ProposalStatus.choices()]
    )
    kind = forms.ChoiceField(
        label="Art", required=False, choices=[("", "alle"), *ProposalKind.choices()]
    )
