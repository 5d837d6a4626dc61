"""Word templates of a house: what is in force for each kind of document, and all versions."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Municipality, TemplateInForce, WordTemplate


@dataclass(frozen=True)
class KindOfDocument:
    """A kind of document with the house's versions, the newest first."""

    document: str
    label: str
    in_force: TemplateInForce | None
    versions: list[WordTemplate]


def kinds_of_documents(
    house: Municipality, names: Iterable[tuple[str, str]]
) -> list[KindOfDocument]:
    """Return all kinds by name and label, in two queries."""
    holding = {row.document: row for row in in_force(house)}
    versions: dict[str, list[WordTemplate]] = {}
    rows = WordTemplate.objects.filter(municipality=house).select_related("uploaded_by__person")
    for row in rows:
        versions.setdefault(row.document, []).append(row)
    return [
        KindOfDocument(name, label, holding.get(name), versions.get(name, []))
        for name, label in names
    ]


def in_force(house: Municipality) -> Iterable[TemplateInForce]:
    """Return the templates of its own that a house uses today."""
    return TemplateInForce.objects.filter(municipality=house).select_related("template")
