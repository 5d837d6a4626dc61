"""Vorlagenarten, Abschnitte und Finanzfelder: how the house's papers look, as master data."""

from collections.abc import Sequence
from dataclasses import dataclass

from .. import policies
from ..history.acts import Act
from ..history.journal import event
from ..models import Municipality, User
from ..rules.boxes import USUAL, HouseBoxes, objection_to_boxes
from ..rules.paper_kinds import (
    KindLayout,
    objection_to_kind_name,
    objection_to_layout,
    with_layout,
)
from ..rules.words import ProposalKind
from .common import changed, refuse_on, require
from .suffixes import lock_house

NOT_YOURS = "Vorlagenarten und Abschnitte ändert die Verwaltung der Stammdaten."


@dataclass(frozen=True)
class KindAnswer:
    """A kind of paper with its name in the house and its sections."""

    kind: ProposalKind
    name: str
    layout: KindLayout


@dataclass(frozen=True)
class CommonAnswer:
    """What holds for every kind; `boxes` are (code, name) pairs in their order."""

    wording_per_committee: bool
    boxes: Sequence[tuple[str, str]]


def set_kind(*, actor: User, municipality: Municipality, answer: KindAnswer) -> Municipality:
    """Change the name and the sections of a kind; drafts and papers follow at once."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(policies.can_set_kinds(actor, municipality.pk), NOT_YOURS)
        house = _locked(municipality)
        kind, name = answer.kind, answer.name.strip() or answer.kind.label
        others = {other: house.kind_name(other) for other in ProposalKind}
        refuse_on(objection_to_kind_name(kind, name, others))
        refuse_on(objection_to_layout(kind, answer.layout))

        sections = with_layout(house.sections, kind, answer.layout)
        names = {key: own for key, own in house.kind_names.items() if key != kind.value}
        changed(
            house,
            kind_names=names | ({kind.value: name} if name != kind.label else {}),
            sections_of_kind=dict(sections.of_kind),
            section_names=dict(sections.names),
            counted_of_kind=dict(sections.counted_of),
        )
    return house


def set_common(*, actor: User, municipality: Municipality, answer: CommonAnswer) -> Municipality:
    """Change the boxes about money, and whether a resolution is worded for each committee."""
    with event(actor, Act.MASTER_DATA_CHANGED, municipality):
        require(policies.can_set_kinds(actor, municipality.pk), NOT_YOURS)
        house = _locked(municipality)
        refuse_on(objection_to_boxes(answer.boxes))

        changed(
            house,
            wording_per_committee=answer.wording_per_committee,
            finance_boxes=_kept(answer.boxes),
        )
    return house


def _locked(municipality: Municipality) -> Municipality:
    """Return the house as it is now; who else changes it waits."""
    lock_house(municipality)
    return Municipality.objects.get(pk=municipality.pk)


def _kept(boxes: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return the boxes as rows; none where they are those of the program."""
    named = HouseBoxes.of(boxes)
    rows = [[kind.value, named.name(kind)] for kind in named.shown()]
    usual = [[kind.value, USUAL.name(kind)] for kind in USUAL.shown()]
    return [] if rows == usual else rows
