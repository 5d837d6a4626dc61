"""Finanzfelder: the boxes about money on a house's form, in its order and under its names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from .costs import CostKind
from .errors import RuleViolation


@dataclass(frozen=True)
class HouseBoxes:
    """The boxes of a house as pairs of code and name; empty: as the program has them."""

    own: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> "HouseBoxes":
        """Return the boxes from the rows that a house keeps."""
        return cls(tuple((code, name) for code, name in rows))

    def shown(self, said: Collection[CostKind] = ()) -> tuple[CostKind, ...]:
        """Return the boxes in the order of the house.

        One that it has given up stands behind them where something was `said` in it.
        """
        own = tuple(CostKind(code) for code, _ in self.own) or tuple(CostKind)
        return own + tuple(kind for kind in CostKind if kind in said and kind not in own)

    def name(self, kind: CostKind) -> str:
        """Return the name of a box, as it stands within a line."""
        return dict(self.own).get(kind.value) or kind.label

    def title(self, kind: CostKind) -> str:
        """Return the name of a box with a capital, as a line begins with it."""
        name = self.name(kind)
        return name[:1].upper() + name[1:]


USUAL: Final = HouseBoxes()


def objection_to_boxes(rows: Sequence[Sequence[str]]) -> RuleViolation | None:
    """Refuse boxes that do not exist, stand twice, or cannot be told apart."""
    codes = [code for code, _ in rows]
    known = {kind.value for kind in CostKind}
    if unknown := [code for code in codes if code not in known]:
        return RuleViolation(f"Das Finanzfeld „{unknown[0]}“ gibt es nicht.", field="boxes")
    if len(set(codes)) != len(codes):
        return RuleViolation("Ein Finanzfeld steht zweimal in der Liste.", field="boxes")
    if CostKind.EXPENSE not in codes:
        return RuleViolation(
            f"Das Feld „{CostKind.EXPENSE.label}“ braucht jedes Formular; es darf anders heißen.",
            field=CostKind.EXPENSE.value,
        )
    boxes = HouseBoxes.of(rows)
    taken: set[str] = set()
    for kind in boxes.shown():
        name = boxes.name(kind)
        if name.casefold() in taken:
            return RuleViolation(f"Zwei Finanzfelder heißen „{name}“.", field=kind.value)
        taken.add(name.casefold())
    return None
