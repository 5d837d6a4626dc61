"""What is kept of the items while the meeting goes on: texts for the minutes, their order."""

from collections.abc import Sequence

from ... import policies
from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Meeting, Person, Proposal, User
from ...models.calling import bodies_of
from ...models.presence import held_order, stays_of
from ...rules.attendance import objection_to_stays
from ...rules.errors import RuleViolation
from ..common import changed, refuse_on, require
from ..deputies import note_keeper, require_runner
from ..items import NOT_KEEPING, NOT_RUNNING, item_of, items_of, refuse_settled
from .answers import HeldAnswer, NoteAnswer


class NoteConflict(RuleViolation):
    """Somebody else has saved another text meanwhile: `stored` stands beside what was typed."""

    def __init__(self, stored: str) -> None:
        super().__init__(
            "Inzwischen hat jemand anders diesen Vermerk geändert. Ihr Text ist noch da; bitte "
            "führen Sie beide zusammen.",
            field="text",
        )
        self.stored = stored


def note_item(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: NoteAnswer
) -> AgendaItem:
    """Keep a text for the minutes beside an item, without overwriting anybody else's.

    Saving the same text once more is no act. Raises NoteConflict where the stored text is not the
    one that the typist started from.
    """
    item, text = item_of(meeting, answer.item_id), _plain(answer.text)
    require(policies.can_keep(actor, item.committee_id), NOT_KEEPING.format(item.committee.name))
    if text == item.note:
        return item
    with event(actor, Act.ITEM_NOTED, *proposals, item, reason=answer.reason):
        note_keeper(actor, item.committee)
        refuse_settled(meeting, answer.reason)
        if _plain(answer.base) != item.note:
            raise NoteConflict(item.note)

        changed(item, note=text)
    return item


def _plain(text: str) -> str:
    """Return a text as it is stored; browsers send another end of line."""
    return text.replace("\r\n", "\n").strip()


def note_held_order(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: HeldAnswer
) -> list[AgendaItem]:
    """Say in which order items were dealt with; those not named keep theirs behind them.

    Raises RuleViolation where nothing changes, and where the attendance does not fit the order.
    """
    with event(actor, Act.AGENDA_CHANGED, *proposals, meeting, reason=answer.reason):
        require_runner(actor, meeting, NOT_RUNNING)
        refuse_settled(meeting, answer.reason)
        every = {item.pk: item for item in items_of(meeting)}
        first = list(dict.fromkeys(answer.item_ids))
        if not set(first) <= set(every):
            raise RuleViolation("Diesen Tagesordnungspunkt gibt es in der Sitzung nicht.")
        others = [row for row in every.values() if row.taken_up and row.pk not in first]
        rows = [every[pk] for pk in first] + sorted(others, key=lambda row: row.taken_up or 0)
        if all(item.taken_up == place for place, item in enumerate(rows, 1)):
            raise RuleViolation("An der Reihenfolge ändert sich nichts.")

        for place, item in enumerate(rows, 1):
            if item.taken_up != place:
                item.taken_up = place
                item.save(update_fields=["taken_up"])  # somebody may be recording its result
        _refuse_impossible_stays(meeting)
    return rows


def _refuse_impossible_stays(meeting: Meeting) -> None:
    """Raise RuleViolation where somebody would have gone before he or she came."""
    for body in bodies_of(meeting):
        stays = stays_of(meeting.pk, body.pk)
        if any(stay.since or stay.until for stay in stays):
            people = Person.objects.filter(pk__in=[stay.person for stay in stays])
            names = {person.pk: str(person) for person in people}
            refuse_on(objection_to_stays(stays, held_order(meeting.pk), names))
