"""Forms that name another paper, or issue one anew."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from ..models import Proposal
from ..rules.relations import RelationKind
from ..services.relations import IN_DRAFT, ReissueAnswer, RelateAnswer
from .fields import PLAUSIBLE_DAY, PlainText
from .kern import DayInput


class PaperNumber(PlainText):
    """The number of another paper that the user may see; gives its row.

    `papers` is the queryset to look in: the form sets it, scoped to its user.
    """

    papers: Any = None

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show a paper by its number."""
        return value.number if isinstance(value, Proposal) else value

    def clean(self, value: Any) -> Any:
        """Return the paper of that number, None for none; raises ValidationError for no such."""
        number = super().clean(value)
        if not number:
            return None
        found = self.papers.filter(number__iexact=number).first() if self.papers else None
        if found is None:
            raise ValidationError(f"Eine Vorlage mit der Nummer „{number}“ gibt es hier nicht.")
        return found


class RelateForm(forms.Form):
    """How this paper relates to an earlier one."""

    kind = forms.ChoiceField(
        label="Diese Vorlage ist",
        choices=[(word.value, f"{word.label} …") for word in RelationKind if word not in IN_DRAFT],
    )
    to = PaperNumber(label="Nummer der früheren Vorlage")

    def __init__(self, *args: Any, papers: Iterable[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].papers = papers  # type: ignore[attr-defined]

    def answer(self) -> RelateAnswer:
        """Return the relation."""
        data = self.cleaned_data
        return RelateAnswer(RelationKind(data["kind"]), data["to"].pk)


class UnrelateForm(forms.Form):
    """Nothing but the button."""

    def answer(self) -> None:
        """Return nothing: there is nothing to say."""


class ReissueForm(forms.Form):
    """The day on which the wording is issued anew."""

    on = forms.DateField(label="herausgegeben am", widget=DayInput(), validators=[*PLAUSIBLE_DAY])

    def answer(self) -> ReissueAnswer:
        """Return the day."""
        return ReissueAnswer(self.cleaned_data["on"])
