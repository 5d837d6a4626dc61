"""Small forms of one item: who may not take part in it, and what its subject asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ..rules.agenda import Delivery
from ..rules.voting import VoteKind
from ..selectors.run_items import Row
from ..selectors.run_presence import Candidate
from ..services.agenda import ChangeItemAnswer
from ..services.attendance import RecuseAnswer
from .fields import PlainText
from .head import HeadFields
from .majority import MajorityFields


class ExclusionForm(forms.Form):
    """Who may not take part in an item, why, and whether he or she left the room."""

    mark_optional = False

    person = forms.TypedChoiceField(label="Person", coerce=int)
    reason = PlainText(label="Grund", max_length=400, required=False)
    left_room = forms.BooleanField(label="hat den Raum verlassen", required=False, initial=True)
    decided_by = forms.TypedChoiceField(
        label="Vom Gremium festgestellt durch", coerce=int, required=False, empty_value=None
    )
    lift = forms.BooleanField(label="gilt nicht mehr", required=False)

    def __init__(self, data: Any = None, *, row: Row, people: Sequence[Candidate]) -> None:
        super().__init__(data, auto_id="exclusion-%s")
        self.row = row
        near = [one for one in people if one.is_member or one.is_present]
        choices = [("", "Bitte wählen"), *((one.pk, one.name) for one in near)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        if not row.recused:
            del self.fields["lift"]
        votes = [
            (one.vote.pk, one.label) for one in row.votes if one.vote.kind == VoteKind.PROCEDURAL
        ]
        if votes:
            named = [("", "niemand hat abgestimmt"), *votes]
            self.fields["decided_by"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["decided_by"]

    def answer(self) -> RecuseAnswer:
        """Return who is excluded."""
        data = self.cleaned_data
        return RecuseAnswer(
            self.row.item.pk,
            data["person"],
            reason=data["reason"],
            left_room=data["left_room"],
            lift=data.get("lift", False),
            decided_by_id=data.get("decided_by"),
        )


class VotingRulesForm(HeadFields, MajorityFields):
    """What the subject of an item asks for: a qualified majority, the head without a vote."""

    mark_optional = False

    reason = PlainText(label="Begründung der Änderung", max_length=400)

    def __init__(self, data: Any = None, *, row: Row) -> None:
        item = row.item
        initial = {**self.initial_of_head(item), **self.initial_of_majority(item)}
        super().__init__(data, auto_id="head-%s", initial=initial)
        self.row = row
        self.ask_about_the_head(item, row.law)
        if not hasattr(item.meeting, "minutes"):
            del self.fields["reason"]

    def answer(self) -> ChangeItemAnswer:
        """Return the item as it is, but for these rules."""
        item, data = self.row.item, self.cleaned_data
        return ChangeItemAnswer(
            item_id=item.pk,
            title=item.title,
            public=item.public,
            public_title=item.public_title,
            number=item.number,
            delivery=Delivery(item.delivery),
            parent_id=item.parent_id,
            debated_with_id=item.debated_with_id,
            **self.answer_of_head(),
            **self.answer_of_majority(),
            reason=data.get("reason", ""),
        )
