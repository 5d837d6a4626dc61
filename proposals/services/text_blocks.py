"""Textbausteine: words that an office or the house uses again and again."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Municipality, Office, User
from ..models.drafting import TextBlock
from ..rules.cleaning import clean_html
from ..rules.errors import RuleViolation
from ..rules.sections import Section
from .common import changed, require

NOT_YOURS = (
    "Bausteine eines Amtes pflegt, wer dort Vorlagen entwirft; die des Hauses die Verwaltung der "
    "Stammdaten."
)


@dataclass(frozen=True)
class BlockAnswer:
    """A block as typed; without an office it is for the whole house, without a section for any."""

    title: str
    html: str
    section: Section | None = None
    office_id: int | None = None


def create_block(*, actor: User, municipality: Municipality, answer: BlockAnswer) -> TextBlock:
    """Keep a new block."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        values = _checked(actor, municipality, answer)
        block = TextBlock(municipality=municipality, **values)
        block.save()
    return block


def change_block(*, actor: User, block: TextBlock, answer: BlockAnswer) -> TextBlock:
    """Change a block; drafts that it was put into stay as they are."""
    with event(actor, Act.MASTER_DATA_CHANGED, block.municipality):
        require(_may_keep(actor, block), NOT_YOURS)
        values = _checked(actor, block.municipality, answer)
        changed(block, **values)
    return block


def retire_block(*, actor: User, block: TextBlock, on: date | None = None) -> TextBlock:
    """Take a block out of use; or back into use where it is retired already."""
    with event(actor, Act.MASTER_DATA_CHANGED, block.municipality):
        require(_may_keep(actor, block), NOT_YOURS)
        retired = None if block.retired_on else on or timezone.localdate()
        changed(block, retired_on=retired)
    return block


def _may_keep(actor: User, block: TextBlock) -> bool:
    return policies.can_keep_blocks(actor, block.municipality_id, block.office_id)


def _checked(actor: User, house: Municipality, answer: BlockAnswer) -> dict[str, object]:
    """Return the values to store; raises PermissionDenied and RuleViolation."""
    require(policies.can_keep_blocks(actor, house.pk, answer.office_id), NOT_YOURS)
    if answer.office_id is not None:
        here = Office.objects.filter(municipality=house, pk=answer.office_id)
        if not here.exists():
            raise RuleViolation(f"Dieses Amt gibt es in {house.name} nicht.", field="office")
    if not answer.title.strip():
        raise RuleViolation("Bitte einen Titel angeben.", field="title")
    html = clean_html(answer.html)
    if not html:
        raise RuleViolation("Bitte einen Text angeben.", field="html")
    return {
        "title": answer.title.strip(),
        "html": html,
        "section": answer.section.value if answer.section else "",
        "office_id": answer.office_id,
    }
