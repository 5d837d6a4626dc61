"""Forms of the agenda: items of its own, their order, changes, what is taken off."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms

from ..models import AgendaItem, Committee, Meeting
from ..rules.agenda import Delivery, ItemKind
from ..rules.law import Law
from ..selectors.agenda_lines import AgendaLine
from ..services.agenda import AddItemAnswer, ChangeItemAnswer, OrderAnswer, TakeOffAnswer
from .fields import Count, Paragraphs, PlainText
from .head import HeadFields
from .majority import MajorityFields
from .meeting import offer, when_and_where

OWN_KINDS = [ItemKind.OTHER] + [
    kind for kind in ItemKind if kind not in (ItemKind.PROPOSAL, ItemKind.OTHER)
]
FOLDED = ("parent", "approves", "public_title", "reason")  # on the page, until they are needed


class AddItemForm(forms.Form):
    """An item without a Vorlage; its kind gives it a title where none is typed."""

    mark_optional = False

    kind = forms.ChoiceField(label="Art", choices=[(kind.value, kind.label) for kind in OWN_KINDS])
    title = PlainText(label="Bezeichnung", max_length=500, required=False)
    committee = forms.TypedChoiceField(label="Gremium", coerce=int)
    public = forms.BooleanField(label="öffentlich", required=False, initial=True)
    parent = forms.TypedChoiceField(
        label="Unterpunkt von", coerce=int, required=False, empty_value=None
    )
    approves = forms.TypedChoiceField(
        label="Protokoll der Sitzung vom",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="Nur bei der Genehmigung eines Protokolls.",
    )
    public_title = PlainText(
        label="Öffentliche Bezeichnung",
        max_length=500,
        required=False,
        help_text="So steht ein nichtöffentlicher Punkt in der Bekanntmachung.",
    )

    def __init__(
        self,
        *args: Any,
        committees: Sequence[Committee],
        parents: Iterable[tuple[int, str]],
        minutes_of: Iterable[Meeting],
        opened: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "committee", ((row.pk, row.name) for row in committees))
        if len(committees) == 1:
            self.fields["committee"].widget = forms.HiddenInput()
            self.fields["committee"].initial = committees[0].pk
        offer(self, "parent", parents, empty="keinem")
        earlier = ((row.pk, when_and_where(row)) for row in minutes_of)
        offer(self, "approves", earlier, empty="der letzten, das noch offen ist")
        if opened:
            self.fields["reason"] = PlainText(label="Begründung", max_length=400, required=False)

    @property
    def asks_more(self) -> bool:
        """Answer whether anything stands in the fields that are folded away, or is missing."""
        folded = [name for name in FOLDED if name in self.fields]
        return any(self[name].value() or self[name].errors for name in folded)

    def answer(self) -> AddItemAnswer:
        """Return the item to be."""
        data = self.cleaned_data
        return AddItemAnswer(
            committee_id=data["committee"],
            title=data["title"],
            kind=ItemKind(data["kind"]),
            public=data["public"],
            public_title=data["public_title"],
            parent_id=data["parent"],
            approves_id=data["approves"],
            reason=data.get("reason", ""),
        )


class ChangeItemForm(HeadFields, MajorityFields):
    """An item as it stands on the agenda."""

    mark_optional = False

    title = PlainText(label="Bezeichnung", max_length=500)
    number = PlainText(
        label="TOP",
        max_length=20,
        required=False,
        help_text="Leer lassen, solange die Tagesordnung noch nicht gezählt ist.",
    )
    public = forms.BooleanField(label="öffentlich", required=False)
    public_title = PlainText(
        label="Öffentliche Bezeichnung",
        max_length=500,
        required=False,
        help_text="So steht ein nichtöffentlicher Punkt in der Bekanntmachung.",
    )
    delivery = forms.ChoiceField(
        label="Unterlagen", choices=Delivery.choices(), widget=forms.RadioSelect
    )
    parent = forms.TypedChoiceField(
        label="Unterpunkt von", coerce=int, required=False, empty_value=None
    )
    debated_with = forms.TypedChoiceField(
        label="Gemeinsame Aussprache mit", coerce=int, required=False, empty_value=None
    )

    def __init__(
        self,
        data: Any = None,
        *,
        item: AgendaItem,
        law: Law,
        others: Sequence[tuple[int, str]],
        signed: bool,
    ) -> None:
        super().__init__(data, initial=self.initial_of(item))
        self.item = item
        self.ask_about_the_head(item, law)
        offer(self, "parent", others, empty="keinem")
        offer(self, "debated_with", others, empty="keinem")
        if signed:
            self.fields["reason"] = PlainText(label="Begründung der Änderung", max_length=400)

    @staticmethod
    def initial_of(item: AgendaItem) -> dict[str, Any]:
        """Return the form of an item as it stands."""
        return {
            "title": item.title,
            "number": item.number,
            "public": item.public,
            "public_title": item.public_title,
            "delivery": item.delivery,
            "parent": item.parent_id,
            "debated_with": item.debated_with_id,
            **HeadFields.initial_of_head(item),
            **MajorityFields.initial_of_majority(item),
        }

    def answer(self) -> ChangeItemAnswer:
        """Return the item as it is to be."""
        data = self.cleaned_data
        return ChangeItemAnswer(
            item_id=self.item.pk,
            title=data["title"],
            public=data["public"],
            public_title=data["public_title"],
            number=data["number"],
            delivery=Delivery(data["delivery"]),
            parent_id=data["parent"],
            debated_with_id=data["debated_with"],
            **self.answer_of_head(),
            **self.answer_of_majority(),
            reason=data.get("reason", ""),
        )


class TakeOffForm(forms.Form):
    """Why an item leaves the agenda before the invitation is out."""

    reason = Paragraphs(label="Grund", rows=2, max_length=400)

    def answer_for(self, item_id: int) -> TakeOffAnswer:
        """Return the item and the reason."""
        return TakeOffAnswer(item_id=item_id, reason=self.cleaned_data["reason"])


class OrderForm(forms.Form):
    """The places of one body's items: typed, or one step `up` or `down` by its button.

    Items of the same level are counted together; those in `fixed` were sent out and stay.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        lines: Sequence[AgendaLine],
        fixed: Collection[int],
        signed: bool = False,
    ) -> None:
        super().__init__(data)
        self.lines = lines
        if signed:
            self.fields["reason"] = PlainText(
                label="Begründung der Änderung", max_length=400, required=False
            )
        self.levels = _levels(lines)
        self.movable = [line.id for line in lines if line.id not in fixed]
        for level in self.levels.values():
            for place, line in enumerate(level, 1):
                self.fields[f"place-{line.id}"] = Count(
                    label=line.label, required=False, initial=place, disabled=line.id in fixed
                )

    def neighbour(self, line: AgendaLine, step: int) -> AgendaLine | None:
        """Return the item with which this one changes places, None where there is none."""
        level = self.levels[_level_of(line, self.levels)]
        place = level.index(line) + step
        other = level[place] if 0 <= place < len(level) else None
        movable = line.id in self.movable and other is not None and other.id in self.movable
        return other if movable and other is not None and other.public == line.public else None

    def answer(self) -> OrderAnswer:
        """Return the items that may move, in the order that was typed."""
        ordered: list[AgendaLine] = []
        for root in self._sorted(self.levels[None]):
            ordered += [root, *self._sorted(self.levels.get(root.id, []))]
        return self._answer(ordered)

    def step(self, line: AgendaLine, step: int) -> OrderAnswer | None:
        """Return the order after one step up (-1) or down (1), None where there is no room."""
        other = self.neighbour(line, step)
        if other is None:
            return None
        swapped = {line.id: other, other.id: line}
        ordered = [swapped.get(row.id, row) for row in self.lines]
        return self._answer(ordered)

    @property
    def reason(self) -> str:
        """Return why the agenda changes after the signature; for every button of the form."""
        said: str = self.cleaned_data.get("reason", "") if self.is_valid() else ""
        return said

    def _answer(self, ordered: Sequence[AgendaLine]) -> OrderAnswer:
        keys = tuple(line.id for line in ordered if line.id in self.movable)
        return OrderAnswer(keys, self.reason)

    def _sorted(self, level: Sequence[AgendaLine]) -> list[AgendaLine]:
        """Return items by their typed places; who moves pushes the others on."""

        def key(pair: tuple[int, AgendaLine]) -> float:
            old, line = pair
            typed: int | None = self.cleaned_data.get(f"place-{line.id}")
            if typed is None or typed == old:
                return old
            return typed + (0.5 if typed > old else -0.5)

        return [line for _, line in sorted(enumerate(level, 1), key=key)]


Levels = Mapping[int | None, Sequence[AgendaLine]]


def _levels(lines: Sequence[AgendaLine]) -> Levels:
    """Return the items by the one they belong to, None for those that stand for themselves."""
    levels: dict[int | None, list[AgendaLine]] = {None: []}
    for line in lines:
        levels.setdefault(line.parent_id if line.is_sub else None, []).append(line)
    return levels


def _level_of(line: AgendaLine, levels: Levels) -> int | None:
    return line.parent_id if line.is_sub and line.parent_id in levels else None
