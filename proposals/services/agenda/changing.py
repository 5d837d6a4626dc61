"""The agenda before the meeting: change, order and number its items, take them off."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Meeting, Proposal, User
from ...rules.agenda import AgendaNumbering, Numbered, objection_to_order
from ...rules.consultation import Outcome
from ...rules.errors import RuleViolation
from ...rules.head import objection_to_head_subject, presets_without_head
from ...rules.voting import objection_to_majority
from ...rules.words import CommitteeKind
from ..common import changed, refuse_on, settle_status
from ..deputies import require_keeper, require_runner
from ..items import (
    AT_END,
    NOT_KEEPING,
    NOT_RUNNING,
    item_of,
    items_of,
    may_be_public,
    named_items,
    next_position,
    numbers,
    refuse_settled,
    refuse_taken_number,
    set_numbers,
)
from ..scheduling import is_issued_in_public
from .adding import objection_to_parent
from .answers import ChangeItemAnswer, NumberAnswer, OrderAnswer, TakeOffAnswer

_PARKED = 100_000  # a place that no item has, for one that swaps its own


def change_item(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: ChangeItemAnswer
) -> AgendaItem:
    """Change what the agenda says about an item; what was sent out stays as it was sent."""
    item = item_of(meeting, answer.item_id)
    with event(actor, Act.AGENDA_CHANGED, *proposals, item, reason=answer.reason):
        require_keeper(actor, item.committee_id, NOT_KEEPING.format(item.committee.name))
        refuse_settled(meeting, answer.reason)
        if not answer.title.strip():
            raise RuleViolation("Bitte eine Bezeichnung angeben.", field="title")
        if answer.public != item.public:
            refuse_on(_objection_to_publicity(item, answer))
        refuse_on(objection_to_majority(answer.majority, answer.majority_paragraph))
        number = answer.number.strip()
        if number != item.number:
            refuse_on(_objection_to_renumbering(item))
            refuse_taken_number(meeting, item.committee_id, number, but=item)
            for twin in AgendaItem.everything.filter(joint_with=item, number=item.number):
                changed(twin, number=number)

        changed(
            item,
            **_ties(item, answer),
            title=answer.title.strip()[:500],
            public_title=answer.public_title.strip()[:500],
            number=number,
            delivery=answer.delivery,
            **_vote_of_the_head(item, answer),
            majority=answer.majority or "",
            majority_paragraph=answer.majority_paragraph.strip() if answer.majority else "",
            position=_place(item, answer),
            public=answer.public,
        )
    return item


def _objection_to_publicity(item: AgendaItem, answer: ChangeItemAnswer) -> RuleViolation | None:
    """Refuse to open doors that are closed by law or by the paper, and to move a result."""
    if item.outcome:
        return RuleViolation(
            "Der Punkt ist schon behandelt; ob das öffentlich war, ändert sich nicht mehr.",
            field="public",
        )
    if answer.public and not may_be_public(item.committee, item.meeting):
        return RuleViolation(f"„{item.committee.name}“ tagt nichtöffentlich.", field="public")
    if answer.public and item.consultation and not is_issued_in_public(item.consultation):
        return RuleViolation("Die Vorlage ist nichtöffentlich.", field="public")
    return None


def _objection_to_renumbering(item: AgendaItem) -> RuleViolation | None:
    if item.pk in named_items(item.meeting):
        return RuleViolation(
            f"TOP {item.number} steht so in der Einladung; die Nummer bleibt.", field="number"
        )
    return None


def _ties(item: AgendaItem, answer: ChangeItemAnswer) -> dict[str, Any]:
    """Return the items that this one belongs to and is debated with."""
    parent = debated = None
    if answer.parent_id is not None:
        parent = item_of(item.meeting, answer.parent_id, "parent")
        has_children = AgendaItem.everything.filter(parent=item).exists()
        if parent.pk == item.pk or (has_children and parent.pk != item.parent_id):
            raise RuleViolation(
                "Zu diesem Punkt gehören selbst Unterpunkte; er wird keiner.", field="parent"
            )
        refuse_on(objection_to_parent(parent, item.committee, answer.public))
    if answer.debated_with_id is not None:
        debated = item_of(item.meeting, answer.debated_with_id, "debated_with")
        if debated.pk == item.pk:
            raise RuleViolation("Bitte einen anderen Punkt auswählen.", field="debated_with")
    return {"parent": parent, "debated_with": debated}


def _vote_of_the_head(item: AgendaItem, answer: ChangeItemAnswer) -> dict[str, Any]:
    """Return the subject of an item, and whether the head votes on it: preset by the law."""
    subject = item.head_subject if answer.head_subject is None else answer.head_subject
    law = item.committee.municipality.law(timezone.localdate(item.meeting.starts_at))
    body, without_head = CommitteeKind(item.committee.kind), answer.without_head
    refuse_on(objection_to_head_subject(law, body, subject, without_head=without_head))
    if subject != item.head_subject and without_head == item.without_head:
        without_head = presets_without_head(law, body, subject)
    return {"head_subject": subject, "without_head": without_head}


def _place(item: AgendaItem, answer: ChangeItemAnswer) -> int:
    """Return the item's place: at the end of the other part where it moves there."""
    stays = answer.public == item.public or item.position >= AT_END
    if stays or item.pk in named_items(item.meeting):
        return item.position
    return next_position(item.meeting, item.committee_id, public=answer.public)


def order_items(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: OrderAnswer
) -> list[AgendaItem]:
    """Put items of one committee into a new order; they share out the places that they have."""
    with event(actor, Act.AGENDA_CHANGED, *proposals, meeting, reason=answer.reason):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_settled(meeting, answer.reason)
        every = {item.pk: item for item in items_of(meeting)}
        chosen = list(dict.fromkeys(answer.item_ids))
        rows = [every[pk] for pk in chosen if pk in every]
        if len(rows) != len(chosen) or len({row.committee_id for row in rows}) > 1:
            raise RuleViolation("Die Tagesordnung hat sich geändert. Bitte ordnen Sie sie erneut.")
        places = sorted(row.position for row in rows)
        wanted = {row.pk: place for row, place in zip(rows, places, strict=True)}
        moved = [row for row in rows if row.position != wanted[row.pk]]
        if {row.pk for row in moved} & named_items(meeting):
            raise RuleViolation(
                "Die Reihenfolge steht so in der Einladung. In der Sitzung können Punkte in "
                "anderer Reihenfolge behandelt werden."
            )
        refuse_on(_objection_to_new_order(meeting, list(every.values()), wanted))

        _set_positions(moved, wanted)
    return rows


def _objection_to_new_order(
    meeting: Meeting, items: Sequence[AgendaItem], wanted: Mapping[int, int]
) -> RuleViolation | None:
    rows = sorted(items, key=lambda row: (wanted.get(row.pk, row.position), row.pk))
    children = [row for row in rows if row.parent_id]
    parts = [
        Numbered(row.pk, row.public, row.parent_id, row.number, row.position >= AT_END)
        for root in rows
        if not root.parent_id
        for row in (root, *(child for child in children if child.parent_id == root.pk))
    ]
    return objection_to_order(parts, AgendaNumbering(meeting.municipality.agenda_numbering))


def _set_positions(items: Sequence[AgendaItem], wanted: Mapping[int, int]) -> None:
    """Move items to their places, one after the other: no two may be in one place."""
    waiting = list(items)
    while waiting:
        occupied = {item.position for item in waiting}
        free = [item for item in waiting if wanted[item.pk] not in occupied]
        for item in free:
            changed(item, position=wanted[item.pk])
            waiting.remove(item)
        if not free:
            changed(waiting[0], position=_PARKED)


def number_items(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: NumberAnswer
) -> list[AgendaItem]:
    """Number the agenda by the rule of the house; what was sent out keeps its number."""
    with event(actor, Act.AGENDA_CHANGED, *proposals, meeting, reason=answer.reason):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_settled(meeting, answer.reason)
        items = items_of(meeting)
        numbering = AgendaNumbering(meeting.municipality.agenda_numbering)
        wanted = numbers(items, numbering, kept=named_items(meeting))
        if all(item.number == wanted[item.pk] for item in items):
            raise RuleViolation("An der Zählung der Tagesordnung ändert sich nichts.")

        set_numbers(items, wanted)
    return items


def take_off(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: TakeOffAnswer
) -> AgendaItem:
    """Take an item off an agenda that has not left the house with it; its station stays open."""
    item = item_of(meeting, answer.item_id)
    with event(actor, Act.AGENDA_CHANGED, *proposals, item, reason=answer.reason):
        require_keeper(actor, item.committee_id, NOT_KEEPING.format(item.committee.name))
        refuse_settled(meeting, answer.reason)
        if item.outcome:
            raise RuleViolation("Der Punkt hat schon ein Ergebnis.")
        if item.pk in named_items(meeting) or meeting.opened_at is not None:
            raise RuleViolation(
                "Die Einladung ist versandt; absetzen kann diesen Punkt nur noch das Gremium."
            )
        if not answer.reason.strip():
            raise RuleViolation("Bitte einen Grund angeben.", field="reason")

        changed(item, outcome=Outcome.TAKEN_OFF, number="", revision=item.revision + 1)
        for proposal in proposals:
            settle_status(proposal)
    return item
