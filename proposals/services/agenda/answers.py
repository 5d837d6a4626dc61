"""What people answer in the acts on an agenda; the page's form makes one of these."""

from dataclasses import dataclass
from uuid import UUID

from ...rules.agenda import Delivery, ItemKind
from ...rules.voting import Majority, VoteResult
from ..voting import CountedAnswer


@dataclass(frozen=True)
class AddItemAnswer:
    """An item without a Vorlage; `title` "" takes the word of its kind.

    `approves_id` is the meeting whose minutes it approves (None: the last one that waits for it),
    `resumes_id` the item that was put off. In an opened meeting it needs a reason.
    """

    committee_id: int
    title: str
    kind: ItemKind = ItemKind.OTHER
    public: bool = True
    public_title: str = ""
    parent_id: int | None = None
    approves_id: int | None = None
    resumes_id: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class ChangeItemAnswer:
    """Everything about an item that can be changed, as it is to be.

    `majority` is the qualified one that its matter needs, None for the body's own; with it goes
    the paragraph that asks for it. `head_subject` is one on which the head has no vote: another
    one presets `without_head`, unless that was changed as well; None leaves it as it is.
    """

    item_id: int
    title: str
    public: bool
    public_title: str = ""
    number: str = ""
    delivery: Delivery = Delivery.IN_TIME
    parent_id: int | None = None
    debated_with_id: int | None = None
    without_head: bool = False
    head_subject: str | None = None
    majority: Majority | None = None
    majority_paragraph: str = ""
    reason: str = ""


@dataclass(frozen=True)
class OrderAnswer:
    """Items of one committee in their new order; they share out the places they have now."""

    item_ids: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True)
class HeldAnswer:
    """The items in the order in which they were dealt with, as far as that is known."""

    item_ids: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True)
class NumberAnswer:
    """Number the agenda by the rule of the house; what was sent out keeps its number."""

    reason: str = ""


@dataclass(frozen=True)
class TakeOffAnswer:
    """Take an item off an agenda that has not left the house yet."""

    item_id: int
    reason: str


@dataclass(frozen=True)
class ExtendAnswer:
    """An item that the body takes up in the meeting for its urgency, or refuses to.

    `consultation_id` brings a paper, whose title and publicity are then its own. `counted` is the
    vote on the extension, None where nobody objected; `announced` None follows the count, another
    result needs its `difference`.
    """

    committee_id: int
    title: str
    reason: str
    request_key: UUID
    public: bool = True
    public_title: str = ""
    consultation_id: int | None = None
    counted: CountedAnswer | None = None
    announced: VoteResult | None = None
    difference: str = ""


@dataclass(frozen=True)
class StandardAnswer:
    """Put those standard items of a committee on the agenda that are missing."""

    committee_id: int
    reason: str = ""


@dataclass(frozen=True)
class NoteAnswer:
    """A text for the minutes; `base` is the text that the typist started from."""

    item_id: int
    text: str
    base: str
    reason: str = ""
