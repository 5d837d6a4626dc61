"""Text blocks on the draft: chosen beside a section, and put behind what is typed there."""

from typing import Any

from proposals.models import Municipality
from proposals.models.drafting import TextBlock
from proposals.rules.text import typed_to_html
from proposals.selectors.text_blocks import usable_blocks

INSERT = "insert"  # the button names its section
CHOICE = "block_"  # what is chosen for the section
MOST_FIGURES = 18


def with_block(data: Any, house: Municipality, user: Any) -> Any:
    """Return what was sent, with the chosen block behind the text of its section.

    Everything else that was typed stays as it is; without a choice nothing changes.
    """
    section = data.get(INSERT, "") if data is not None else ""
    chosen = key_of(data.get(f"{CHOICE}{section}")) if section else None
    if chosen is None:
        return data
    office = key_of(data.get("lead_office"))
    block = usable_blocks(house, user, office).filter(pk=chosen).first()
    if block is None:
        return data
    changed = data.copy()
    changed[section] = typed_to_html(data.get(section, "")) + block.html
    changed[f"{CHOICE}{section}"] = ""
    return changed


def key_of(sent: Any) -> int | None:
    """Return the key that was sent, None for what can be none."""
    text = str(sent or "")
    return int(text) if text.isdecimal() and len(text) <= MOST_FIGURES else None


def blocks_by_section(
    house: Municipality, user: Any, office_id: int | None, names: list[str]
) -> dict[str, list[TextBlock]]:
    """Return the blocks to choose from by section; one without a section fits everywhere."""
    rows = list(usable_blocks(house, user, office_id))
    return {name: [row for row in rows if row.section in ("", name)] for name in names}
