"""Results: what a committee made of its agenda items, and their correction."""

from .answers import BlockAnswer, ItemResultAnswer, ResultAnswer
from .correcting import correct_result
from .recording import open_item, record_block, record_item_result, record_result
from .taking_back import TakeBackAnswer, take_back_result

__all__ = [
    "BlockAnswer",
    "ItemResultAnswer",
    "ResultAnswer",
    "TakeBackAnswer",
    "correct_result",
    "open_item",
    "record_block",
    "record_item_result",
    "record_result",
    "take_back_result",
]
