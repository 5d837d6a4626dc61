"""Small forms of one item: who may not take part in it, and whether the head has a vote."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ..rules.agenda import Delivery
from ..selectors.run_items import Row
from ..selectors.run_presence import Candidate
from ..services.agenda import ChangeItemAnswer
from ..services.attendance import RecuseAnswer
from .fields import PlainText


class ExclusionForm(forms.Form):
    """Who may not take part in an item, why, and whether he or she left the room."""

    mark_optional = False

    person = forms.TypedChoiceField(label="Person", coerce=int)
    reason = PlainText(label="Grund", max_length=400, required=False)
    left_room = forms.BooleanField(label="hat den Raum verlassen", required=False, initial=True)
    lift = forms.BooleanField(label="gilt nicht mehr", required=False)

    def __init__(self, data: Any = None, *, row: Row, people: Sequence[Candidate]) -> None:
        super().__init__(data, auto_id="exclusion-%s")
        self.row = row
        near = [one for one in people if one.is_member or one.is_present]
        choices = [("", "Bitte wählen"), *((one.pk, one.name) for one in near)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        if not row.recused:
            del self.fields["lift"]

    def answer(self) -> RecuseAnswer:
        """Return who is excluded."""
        data = self.cleaned_data
        return RecuseAnswer(
            self.row.item.pk,
            data["person"],
            reason=data["reason"],
            left_room=data["left_room"],
            lift=data.get("lift", False),
        )


class HeadForm(forms.Form):
    """Whether the head of the administration has a vote on the subject of an item."""

    without_head = forms.BooleanField(
        label="Die Verwaltungsleitung stimmt bei diesem TOP nicht mit", required=False
    )

    def __init__(self, data: Any = None, *, row: Row) -> None:
        initial = {"without_head": row.item.without_head}
        super().__init__(data, auto_id="head-%s", initial=initial)
        self.row = row

    def answer(self) -> ChangeItemAnswer:
        """Return the item as it is, but for the vote of the head."""
        item = self.row.item
        return ChangeItemAnswer(
            item_id=item.pk,
            title=item.title,
            public=item.public,
            public_title=item.public_title,
            number=item.number,
            delivery=Delivery(item.delivery),
            parent_id=item.parent_id,
            debated_with_id=item.debated_with_id,
            without_head=self.cleaned_data["without_head"],
        )
