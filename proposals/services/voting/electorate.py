"""Who may vote at an item, and whether they are enough."""

from dataclasses import dataclass
from datetime import date

from ...models import AgendaItem, Committee, Membership, Person, QuorumStatement
from ...models.organization import valid_on
from ...models.presence import entitled_at, is_called_again, presence_at, recused_from
from ...rules.attendance import Presence
from ...rules.errors import RuleViolation
from ...rules.law import Law, quorum_for
from ...rules.quorum import count_of, ruling_on_quorum
from ...rules.voting import Choice, objection_to_roll
from ...rules.words import CommitteeKind
from ..effects import day_of


@dataclass(frozen=True)
class Electorate:
    """The voting members of a committee on a day; `item` narrows them to those at an item.

    `presence` is None where nobody noted who was there.
    """

    committee: Committee
    on: date
    item: AgendaItem | None = None
    presence: Presence | None = None

    @property
    def law(self) -> Law:
        """Return the law of the Land on that day."""
        return self.committee.municipality.law(self.on)

    @property
    def kind(self) -> CommitteeKind:
        """Return the kind of the body."""
        return CommitteeKind(self.committee.kind)

    @property
    def entitled(self) -> int | None:
        """Return how many may vote; None where neither attendance nor members are recorded."""
        if self.presence is not None:
            return self.presence.entitled
        return (entitled_at(self.item) if self.item else self.members) or None

    @property
    def members(self) -> int:
        """Return how many members have a vote; 0 where they are not recorded."""
        return self.committee.voting_members(self.on)

    def voters(self) -> frozenset[int]:
        """Return the persons who may vote."""
        if self.presence is not None:
            return self.presence.voters
        seats = Membership.objects.filter(valid_on(self.on), committee=self.committee, voting=True)
        return frozenset(seats.values_list("person", flat=True)) - self.recused()

    def recused(self) -> frozenset[int]:
        """Return the persons who may not take part in the item."""
        return recused_from(self.item) if self.item else frozenset()


def electorate_of(item: AgendaItem) -> Electorate:
    """Return who may vote at an item, as far as the attendance says."""
    presence = presence_at(item.meeting_id, item.committee_id, item)
    return Electorate(item.committee, day_of(item), item, presence)


def objection_to_names(
    roll: tuple[tuple[int, Choice], ...], electorate: Electorate
) -> RuleViolation | None:
    """Refuse a roll call with somebody who was not there or may not vote, by name."""
    listed = [person for person, _ in roll]
    entitled = electorate.voters()
    if len(set(listed)) == len(listed) and entitled.issuperset(listed):
        return None  # everybody on the list may vote: nobody has to be named
    voters = [
        person for person, choice in roll if choice != Choice.NOT_VOTED or listed.count(person) > 1
    ]
    presence, committee = electorate.presence, electorate.committee
    absent = frozenset(listed) - presence.persons if presence else frozenset[int]()
    rows = Person.objects.filter(pk__in=listed, municipality=committee.municipality_id)
    names = {person.pk: str(person) for person in rows}
    if len(names) != len(set(listed)):
        return RuleViolation("Diese Person gibt es hier nicht.", field="roll")
    return objection_to_roll(
        voters,
        entitled,
        names,
        absent,
        electorate.recused(),
        paragraph=electorate.law.recusal.paragraph,
    )


def doubt_of_quorum(electorate: Electorate) -> RuleViolation | None:
    """Ask for a reason where a body votes that was found, or would be found, not quorate.

    Never a wall: whoever wants to contest the resolution finds the reason in the record.
    """
    item, presence = electorate.item, electorate.presence
    if item is None:
        return None
    data = quorum_for(electorate.law, electorate.kind)
    again = is_called_again(item)
    newest = QuorumStatement.everything.filter(
        meeting=item.meeting_id, committee=item.committee_id
    ).order_by("-number")
    statement = None if again else newest.first()
    if statement is not None and not statement.quorate:
        words = (
            f"Das Gremium wurde als nicht beschlussfähig festgestellt ({statement.present} von "
            f"{statement.needed} nötigen Mitgliedern anwesend)."
        )
        return _asking(words, data.paragraph)
    if presence is None:
        return None
    seats = electorate.members if data.asks_for_seats else None  # one query less in most votes
    count = count_of(presence, electorate.committee.statutory_members, seats=seats)
    ruling = ruling_on_quorum(count, data, doubted=False, second_meeting=again)
    return _asking(ruling.words, ruling.paragraph) if ruling.quorate is False else None


def _asking(words: str, paragraph: str) -> RuleViolation:
    return RuleViolation(
        f"{words} Bitte begründen, warum trotzdem abgestimmt wurde.",
        paragraph,
        field="reason",
        waivable=True,
    )
