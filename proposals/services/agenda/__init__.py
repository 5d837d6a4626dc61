"""The agenda: what stands on it, in which order, and what is kept of it in the meeting."""

from .adding import add_item, add_standing_items
from .answers import (
    AddItemAnswer,
    ChangeItemAnswer,
    ExtendAnswer,
    HeldAnswer,
    NoteAnswer,
    NumberAnswer,
    OrderAnswer,
    StandardAnswer,
    TakeOffAnswer,
)
from .changing import change_item, number_items, order_items, take_off
from .extension import extend_agenda
from .keeping import NoteConflict, note_held_order, note_item

__all__ = [
    "AddItemAnswer",
    "ChangeItemAnswer",
    "ExtendAnswer",
    "HeldAnswer",
    "NoteAnswer",
    "NoteConflict",
    "NumberAnswer",
    "OrderAnswer",
    "StandardAnswer",
    "TakeOffAnswer",
    "add_item",
    "add_standing_items",
    "change_item",
    "extend_agenda",
    "note_held_order",
    "note_item",
    "number_items",
    "order_items",
    "take_off",
]
