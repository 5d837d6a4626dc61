"""The form of the order in which items were dealt with."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from ..selectors.agenda_lines import AgendaLine
from ..services.agenda import HeldAnswer
from .fields import Count, PlainText


class HeldForm(forms.Form):
    """A place for every item; whoever is moved pushes the others on.

    `places` are those that the items have now, None for what nobody came to yet.
    """

    mark_optional = False

    def __init__(
        self,
        data: Any = None,
        *,
        places: Sequence[tuple[AgendaLine, int | None]],
        signed: bool,
    ) -> None:
        super().__init__(data)
        self.places = places
        for line, place in places:
            self.fields[_name(line)] = Count(
                label=f"Platz von {line.label}",
                required=False,
                initial=place,
                template_name="proposals/forms/place.html",
            )
        if signed:
            self.fields["reason"] = PlainText(label="Begründung der Änderung", max_length=400)

    def rows(self) -> list[tuple[AgendaLine, BoundField]]:
        """Return each item with the field of its place."""
        return [(line, self[_name(line)]) for line, _ in self.places]

    def answer(self) -> HeldAnswer:
        """Return the items that have a place, in their order."""
        placed = []
        for line, old in self.places:
            typed: int | None = self.cleaned_data[_name(line)]
            if typed is not None:
                placed.append((_key(typed, old), line.id))
        ids = tuple(pk for _, pk in sorted(placed, key=lambda pair: pair[0]))
        return HeldAnswer(ids, self.cleaned_data.get("reason", ""))


def _name(line: AgendaLine) -> str:
    return f"place-{line.id}"


def _key(typed: int, old: int | None) -> float:
    """Return where an item goes: in front of the one there if it comes from behind."""
    if old is None or typed < old:
        return typed - 0.5
    return typed if typed == old else typed + 0.5
