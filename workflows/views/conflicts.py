"""What two people did to the same draft: shown side by side, nothing is merged by itself."""

from datetime import date
from typing import Any

from django import forms

from proposals.forms.drafting import DraftForm
from proposals.models import Proposal
from proposals.selectors.journal import last_change

LISTS = {
    "route": "Beratungsfolge",
    "cost": "Kosten",
    "position": "Stellen",
    "funding": "Förderung",
    "deadline": "Fristen",
}


def conflict_of(
    proposal: Proposal, form: DraftForm, lists: dict[str, tuple[list[Any], list[Any]]], user: Any
) -> dict[str, Any]:
    """Return who saved when, and each field in which that differs from what was typed.

    `lists` has for each list of rows its forms as saved and as typed.
    """
    saved = DraftForm.initial_of(proposal)
    pairs = [
        (str(field.label), _plain(field, saved[name]), _plain(field, form.cleaned_data.get(name)))
        for name, field in form.fields.items()
        if name in saved and not field.widget.is_hidden
    ]
    pairs += [
        (LISTS[name], "; ".join(map(_line, theirs)), "; ".join(map(_line, mine)))
        for name, (theirs, mine) in lists.items()
    ]
    by, at = last_change(proposal, user)
    differences = [
        {"label": label, "theirs": theirs, "mine": mine}
        for label, theirs, mine in pairs
        if theirs != mine
    ]
    return {"by": by, "at": at, "differences": differences}


def _line(row: forms.Form) -> str:
    """Return a row of a list in words, whether it was typed or is saved."""
    values = row.cleaned_data if row.is_bound else row.initial
    words = [_plain(field, values.get(name)) for name, field in row.fields.items()]
    return ", ".join(word for word in words if word and word != "nein")


def _plain(field: forms.Field, value: Any) -> str:
    """Return a value as the form shows it: choices by their names."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        choices: Any = field.choices
        return ", ".join(str(label) for key, label in choices if str(key) in chosen and key != "")
    text = f"{value:%d.%m.%Y}" if isinstance(value, date) else field.prepare_value(value)
    return "" if text is None else str(text).replace("\r\n", "\n").strip()
