"""Forms of what an item hands on: who gets its excerpt, and the day of its sheet."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from ..models import Office
from ..selectors.meeting_documents import Excerptable
from ..services.meeting import ExcerptFor, ExcerptsAnswer, SheetAnswer
from .fields import Paragraphs
from .meeting import DayForm, offer


class ExcerptsForm(DayForm):
    """The excerpts of chosen items; each goes to its lead office and to whoever is named here."""

    items = forms.TypedMultipleChoiceField(
        label="Auszüge",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Bitte wählen Sie mindestens einen Punkt."},
    )
    lead = forms.BooleanField(label="an die Federführung der Vorlage", required=False, initial=True)
    offices = forms.TypedMultipleChoiceField(
        label="außerdem an", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    outside = Paragraphs(
        label="außerhalb des Hauses",
        rows=3,
        max_length=2_000,
        required=False,
        help_text="Ein Empfänger je Zeile.",
    )
    field_order = ["items", "lead", "offices", "outside", "on"]

    def __init__(
        self,
        *args: Any,
        items: Sequence[Excerptable],
        offices: Iterable[Office],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._lead = {row.id: row.lead_office_id for row in items}
        self.fields["on"].label = "Ausgegeben am"
        offer(self, "items", ((row.id, row.label) for row in items))
        offer(self, "offices", ((row.pk, row.name) for row in offices))
        alone = len(items) == 1
        usual = [row.id for row in items if alone or (row.lead_office_id and not row.issued)]
        self.fields["items"].initial = usual

    def answer(self) -> ExcerptsAnswer:
        """Return each item with everybody who gets its excerpt."""
        data = self.cleaned_data
        outside = tuple(filter(None, map(str.strip, data["outside"].splitlines())))
        return ExcerptsAnswer(
            tuple(ExcerptFor(pk, self._offices_of(pk), outside) for pk in data["items"]), data["on"]
        )

    def _offices_of(self, item: int) -> tuple[int, ...]:
        lead = self._lead[item] if self.cleaned_data["lead"] else None
        others = [pk for pk in self.cleaned_data["offices"] if pk != lead]
        return (*((lead,) if lead is not None else ()), *others)


class SheetForm(DayForm):
    """The day on which a sheet is issued."""

    def __init__(self, *args: Any, item_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._item_id = item_id
        self.fields["on"].label = "Ausgegeben am"

    def answer(self) -> SheetAnswer:
        """Return the item and the day."""
        return SheetAnswer(self._item_id, self.cleaned_data["on"])
