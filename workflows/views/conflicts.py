"""What two people did to one draft: shown field by field, and chosen by a person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from proposals.forms.fields import RichText
from proposals.models import Proposal
from proposals.rules.difference import Piece, word_difference
from proposals.rules.text import html_to_paragraphs
from proposals.selectors.journal import last_change

from .desk import Desk

LISTS = {
    "route": "Beratungsfolge",
    "cost": "Kosten",
    "position": "Stellen",
    "funding": "Förderung",
    "deadline": "Fristen",
}
CHOICE = "keep-"
MINE, SAVED = "mine", "saved"


@dataclass(frozen=True)
class Difference:
    """One field or list that two people left differently; `pieces` for a text, word by word."""

    name: str
    label: str
    saved: list[str]
    mine: list[str]
    pieces: list[Piece] = field(default_factory=list)

    @property
    def sides(self) -> list[tuple[str, str, list[str]]]:
        """Return what there is to choose from: value, label, and how it reads."""
        return [(MINE, "meine Eingabe", self.mine), (SAVED, "gespeicherter Stand", self.saved)]

    @property
    def choice(self) -> str:
        """Return the name under which a person chooses."""
        return CHOICE + self.name


def conflict_of(proposal: Proposal, desk: Desk, user: Any) -> dict[str, Any]:
    """Return who saved when, and each field in which that differs from what was typed.

    `desk` shows the proposal as it is saved by now, bound to what was typed.
    """
    desk.is_valid()
    differences = [*_fields(proposal, desk), *_lists(desk)]
    by, at = last_change(proposal, user)
    return {"by": by, "at": at, "differences": differences}


def has_choices(data: QueryDict) -> bool:
    """Answer whether somebody chose between two states."""
    return any(name.startswith(CHOICE) for name in data)


def chosen_data(proposal: Proposal, desk: Desk, data: QueryDict) -> QueryDict:
    """Return what was typed, with what is saved in the fields for which a person chose that."""
    taken = {
        name.removeprefix(CHOICE)
        for name in data
        if name.startswith(CHOICE) and data[name] == SAVED
    }
    saved = desk.form.initial_of(proposal)
    result = data.copy()
    for name in taken & desk.form.fields.keys() & saved.keys():
        result.setlist(name, _as_sent(desk.form.fields[name], saved[name]))
    for name in taken & desk.rows.keys():
        for key in [key for key in result if key.startswith(f"{name}-")]:
            del result[key]
        for key, values in _sent_rows(name, desk.saved_lines(name)):
            result.setlist(key, values)
    for key in [key for key in result if key.startswith(CHOICE)]:
        del result[key]
    return result


def _fields(proposal: Proposal, desk: Desk) -> Iterable[Difference]:
    form = desk.form
    saved = form.initial_of(proposal)
    for name, one in form.fields.items():
        if name not in saved or one.widget.is_hidden:
            continue
        typed = _typed(form, name)
        label, theirs, mine = str(one.label), _plain(one, saved[name]), _plain(one, typed)
        if isinstance(one, RichText):
            if (saved[name] or "") != (typed or ""):
                pieces = word_difference(theirs, mine)
                yield Difference(name, label, [theirs], [mine], pieces)
        elif theirs != mine:
            yield Difference(name, label, [theirs], [mine])


def _lists(desk: Desk) -> Iterable[Difference]:
    for name in desk.rows:
        theirs = [_line(row) for row in desk.saved_lines(name)]
        mine = [_line(row) for row in desk.lines(name)]
        if theirs != mine:
            yield Difference(name, LISTS[name], theirs, mine)


def _typed(form: forms.Form, name: str) -> Any:
    """Return what was typed as the field reads it, or as it stands there if it cannot."""
    return form.cleaned_data[name] if name in form.cleaned_data else form[name].value()


def _line(row: forms.Form) -> str:
    """Return a row of a list in words, whether it was typed or is saved."""
    words = [
        _plain(one, _typed(row, name) if row.is_bound else row.initial.get(name))
        for name, one in row.fields.items()
        if name != "DELETE"
    ]
    return ", ".join(word for word in words if word and word != "nein")


def _plain(one: forms.Field, value: Any) -> str:
    """Return a value as the form shows it: choices by their names, formatted text as lines."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(one, forms.ChoiceField):
        chosen = {str(part) for part in (value if isinstance(value, list) else [value])}
        choices: Any = one.choices
        return ", ".join(str(label) for key, label in choices if str(key) in chosen and key != "")
    if isinstance(one, RichText):
        return html_to_paragraphs(value) if value else ""
    text = f"{value:%d.%m.%Y}" if isinstance(value, date) else one.prepare_value(value)
    return "" if text is None else str(text).replace("\r\n", "\n").strip()


def _as_sent(one: forms.Field, value: Any) -> list[str]:
    """Return a saved value the way a browser sends it."""
    if isinstance(one.widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = one.widget.format_value(one.prepare_value(value))
    if isinstance(shown, list | tuple):
        return [str(part) for part in shown]
    return ["" if shown is None else str(shown)]


def _sent_rows(name: str, rows: list[Any]) -> Iterable[tuple[str, list[str]]]:
    yield f"{name}-TOTAL_FORMS", [str(len(rows))]
    yield f"{name}-INITIAL_FORMS", ["0"]
    for place, row in enumerate(rows):
        for key, one in row.fields.items():
            yield f"{name}-{place}-{key}", _as_sent(one, row.initial.get(key))
