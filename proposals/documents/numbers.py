"""One document, one number: no placeholder, no second number, and the paper it supplements."""

from collections.abc import Iterable, Mapping

from ..models import Audience, Proposal
from ..models.relations import supplemented
from ..rules.errors import RuleViolation
from ..rules.numbering import NumberPattern, is_placeholder
from ..rules.relations import RelationKind
from .checks import text_of


def refuse_other_numbers(
    data: bytes, context: Mapping[str, object], pattern: NumberPattern
) -> None:
    """Raise RuleViolation where an issued document carries another number than its own.

    A number that the data name besides (an earlier paper in a text) is a reference and may stand;
    what the Word template brings along may not, and a placeholder may stand nowhere (Wedel printed
    MV/2022/000 beside MV/2022/009).
    """
    own = str(context.get("nummer") or "")
    if not own or context.get("entwurf"):
        return
    named = set(pattern.found_in("\n".join(_texts(context))))
    for number in pattern.found_in(text_of(data)):
        if is_placeholder(number):
            raise RuleViolation(
                f"Im Dokument steht noch der Platzhalter {number}; die Vorlage hat die Nummer "
                f"{own}. Es wird so nicht ausgegeben."
            )
        if number != own and number not in named:
            raise RuleViolation(
                f"Das Dokument trüge zwei Nummern, {own} und {number}. Bitte die Word-Vorlage "
                "berichtigen; es wird so nicht ausgegeben."
            )


def reference_of(proposal: Proposal, audience: Audience) -> str:
    """Return which paper a supplement supplements; "" where the reader must not know of it."""
    base = supplemented(proposal)
    if base is None or not base.number or (audience == Audience.PUBLIC and not base.public):
        return ""
    return f"{RelationKind.SUPPLEMENTS.label} {base.number}"


def _texts(value: object) -> Iterable[str]:
    """Yield every text in the data of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
