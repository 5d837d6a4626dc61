"""What two people did to the same draft: shown side by side, nothing is merged by itself."""

from typing import Any

from proposals.forms.drafting import DraftForm
from proposals.models import Proposal
from proposals.selectors.journal import last_change


def conflict_of(proposal: Proposal, form: DraftForm, user: Any) -> dict[str, Any]:
    """Return who saved when, and each field in which that differs from what was typed."""
    saved = DraftForm.initial_of(proposal)
    differences = []
    for name, field in form.fields.items():
        if field.widget.is_hidden or name not in saved:
            continue
        theirs, mine = saved[name], form.cleaned_data.get(name)
        if _plain(theirs) != _plain(mine):
            differences.append(
                {"label": field.label, "theirs": _plain(theirs), "mine": _plain(mine)}
            )
    by, at = last_change(proposal, user)
    return {"by": by, "at": at, "differences": differences}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, list):
        return f"{len(value)} ausgewählt"
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
