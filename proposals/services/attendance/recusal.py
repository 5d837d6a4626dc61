"""Who may not take part in an item."""

from collections.abc import Sequence

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Meeting, Person, Proposal, Recusal, User, Vote
from ...rules.errors import RuleViolation
from ...rules.voting import VoteKind
from ..deputies import require_keeper
from ..items import item_of, refuse_settled
from .answers import RecuseAnswer
from .seats import NOT_KEEPING


def recuse(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: RecuseAnswer
) -> Recusal | None:
    """Note that somebody may not take part in an item, or take that back.

    By law, whether declared or not; it falls away by itself with the next item.
    """
    item = item_of(meeting, answer.item_id, "item")
    with event(actor, Act.RECUSED, *proposals, item, reason=answer.reason):
        require_keeper(actor, item.committee_id, NOT_KEEPING.format(item.committee.name))
        refuse_settled(meeting, answer.reason)
        people = Person.objects.filter(municipality=meeting.municipality_id)
        person = people.filter(pk=answer.person_id).first()
        if person is None:
            raise RuleViolation("Diese Person gibt es hier nicht.", field="person")
        row = Recusal.everything.filter(agenda_item=item, person=person).first()
        if answer.lift:
            _lift(row, person)
            return None

        row = row or Recusal(agenda_item=item, person=person)
        row.reason, row.left_room = answer.reason.strip()[:400], answer.left_room
        row.decided_by = _decision(item, answer.decided_by_id)
        row.save()
    return row


def _decision(item: AgendaItem, pk: int | None) -> Vote | None:
    """Return the vote of the body on the exclusion, one of the same item."""
    if pk is None:
        return None
    vote: Vote | None = Vote.everything.filter(
        agenda_item=item, kind=VoteKind.PROCEDURAL, pk=pk
    ).first()
    if vote is None:
        raise RuleViolation("Diese Abstimmung gehört nicht zu dem TOP.", field="decided_by")
    return vote


def _lift(row: Recusal | None, person: Person) -> None:
    if row is None:
        raise RuleViolation(
            f"{person} ist bei diesem TOP nicht von der Mitwirkung ausgeschlossen.", field="person"
        )
    row.delete()
