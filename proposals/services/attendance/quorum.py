"""Whether those who are there are enough: counted and stated."""

from collections.abc import Sequence

from django.utils import timezone

from ...history.acts import Act
from ...history.journal import event
from ...models import AgendaItem, Committee, Meeting, Proposal, QuorumStatement, User
from ...models.presence import is_called_again, presence_at
from ...rules.errors import RuleViolation
from ...rules.law import quorum_for
from ...rules.quorum import QuorumCount, count_of, ruling_on_quorum
from ...rules.words import CommitteeKind
from ..deputies import note_keeper
from ..items import item_of, refuse_settled
from .answers import QuorumAnswer
from .seats import kept


def count_quorum(
    *, actor: User, meeting: Meeting, proposals: Sequence[Proposal], answer: QuorumAnswer
) -> QuorumStatement:
    """Record how many are there, and whether that is enough by the law of the Land.

    A doubt leads to a count, not to an end: nothing is closed or put off by it (practice.md 1.12).
    """
    committee = kept(actor, meeting, answer.committee_id)
    with event(actor, Act.QUORUM_COUNTED, meeting, reason=answer.reason):
        note_keeper(actor, committee)
        refuse_settled(meeting, answer.reason)
        item = None
        if answer.item_id is not None:
            item = item_of(meeting, answer.item_id, "item")
        count = _count(meeting, committee, item, answer.present)
        law = committee.municipality.law(timezone.localdate(meeting.starts_at))
        ruling = ruling_on_quorum(
            count,
            quorum_for(law, CommitteeKind(committee.kind)),
            second_meeting=item is not None and is_called_again(item),
        )
        quorate = answer.quorate if ruling.quorate is None else ruling.quorate
        if quorate is None:
            raise RuleViolation(
                f"{ruling.words} Bitte angeben, was der Vorsitz festgestellt hat.", field="quorate"
            )

        rows = QuorumStatement.everything.filter(meeting=meeting, committee=committee)
        statement = QuorumStatement(
            meeting=meeting,
            committee=committee,
            agenda_item=item,
            number=rows.count() + 1,
            cause=answer.cause,
            present=count.present,
            needed=ruling.needed or 0,
            quorate=quorate,
            at=answer.at,
        )
        statement.save()
    return statement


def _count(
    meeting: Meeting, committee: Committee, item: AgendaItem | None, present: int | None
) -> QuorumCount:
    """Return who is there: counted in the room, or by the attendance at the item."""
    presence = presence_at(meeting.pk, committee.pk, item)
    if presence is None and present is None:
        raise RuleViolation(
            "Bitte zuerst die Anwesenheit erfassen oder die Zahl der Anwesenden angeben.",
            field="present",
        )
    day = timezone.localdate(meeting.starts_at)
    count = count_of(
        presence,
        committee.statutory_members,
        seats=committee.voting_members(day),
        present=present,
    )
    members = count.seats or count.members
    if count.present > members:
        raise RuleViolation(
            f"„{committee.name}“ hat nur {members} stimmberechtigte Mitglieder.", field="present"
        )
    return count
