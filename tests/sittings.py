"""Meetings for tests: agendas, attendance, votes and results, all of it through the gate."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from proposals.models import (
    AgendaItem,
    Committee,
    Consultation,
    Meeting,
    Membership,
    Person,
    Proposal,
    QuorumStatement,
    Vote,
)
from proposals.rules.agenda import ItemKind
from proposals.rules.attendance import AttendanceKind
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.quorum import QuorumCause
from proposals.rules.voting import VoteKind
from proposals.rules.words import CommitteeKind
from proposals.services.agenda import AddItemAnswer, NumberAnswer
from proposals.services.attendance import (
    LeaveAnswer,
    QuorumAnswer,
    RecuseAnswer,
    RollAnswer,
    RollEntry,
)
from proposals.services.meeting import InviteAnswer, PlanAnswer
from proposals.services.voting import BallotAnswer, CountedAnswer
from tests import factories as f
from workflows import gate

HOUR = 17
Counts = tuple[int, int, int]


def plan(
    house: f.House, *committees: str, day: date = f.DAY, hour: int = HOUR, **values: Any
) -> Meeting:
    """Plan a meeting of one committee or, as a joint one, of several; without standard items."""
    ids = tuple(house.committee(name).pk for name in committees)
    answer = PlanAnswer(ids, f.at(day, hour), **{"standard": False, **values})
    actor = house.user("secretary")
    return gate.plan(actor=actor, municipality=house.municipality, answer=answer)


def act(house: f.House, meeting: Meeting, answer: Any, actor: str = "secretary") -> Meeting:
    """Do one act on a meeting; return it as it is afterwards."""
    gate.complete_meeting(actor=house.user(actor), meeting=meeting, answer=answer)
    return again(meeting)


def again(meeting: Meeting) -> Meeting:
    """Return a meeting as the database has it."""
    return Meeting.everything.get(pk=meeting.pk)


def take(item: AgendaItem) -> AgendaItem:
    """Return an item as the database has it, with its meeting and consultation."""
    rows = AgendaItem.everything.select_related("meeting", "consultation", "committee")
    return rows.get(pk=item.pk)


def items(meeting: Meeting) -> list[AgendaItem]:
    """Return the agenda of a meeting as invited."""
    return list(AgendaItem.everything.filter(meeting=meeting).order_by("position", "pk"))


def add_paper(house: f.House, meeting: Meeting, proposal: Proposal, committee: str) -> AgendaItem:
    """Put the open station of a committee on the agenda."""
    return f.schedule(house, f.station(proposal, committee), meeting_id=meeting.pk)


def paper(
    house: f.House,
    meeting: Meeting,
    committee: str = "council",
    role: ConsultationRole = f.DECISION,
    **draft: Any,
) -> AgendaItem:
    """Return the item of a new proposal whose route is this one committee."""
    proposal = f.make_proposal(house, "in_route", route=((committee, role),), **draft)
    return add_paper(house, meeting, proposal, committee)


def add_item(
    house: f.House,
    meeting: Meeting,
    committee: str,
    title: str = "Verschiedenes",
    kind: ItemKind = ItemKind.OTHER,
    **values: Any,
) -> AgendaItem:
    """Put an item without a Vorlage on the agenda."""
    body = house.committee(committee)
    act(house, meeting, AddItemAnswer(committee_id=body.pk, title=title, kind=kind, **values))
    return AgendaItem.everything.filter(meeting=meeting, committee=body).latest("pk")


def number(house: f.House, meeting: Meeting) -> None:
    """Number the agenda by the rule of the house."""
    act(house, meeting, NumberAnswer())


def invite(house: f.House, meeting: Meeting, on: date | None = None, **values: Any) -> Meeting:
    """Send the invitation, two weeks before unless said otherwise."""
    day = on or date.fromordinal(timezone.localdate(meeting.starts_at).toordinal() - 14)
    return act(house, meeting, InviteAnswer(on=day, **values))


def members(house: f.House, committee: str) -> list[Person]:
    """Return who has a vote in a committee, in the order of the seats."""
    seats = Membership.objects.filter(committee=house.committee(committee), voting=True)
    return [seat.person for seat in seats.select_related("person").order_by("pk")]


def call_roll(house: f.House, meeting: Meeting, committee: str, there: int) -> list[Person]:
    """Note the first members of a committee as present, the others as excused.

    Return those who are there.
    """
    everybody = members(house, committee)
    entries = tuple(
        RollEntry(person.pk, AttendanceKind.PRESENT if seat < there else AttendanceKind.EXCUSED)
        for seat, person in enumerate(everybody)
    )
    act(house, meeting, RollAnswer(house.committee(committee).pk, entries))
    return everybody[:there]


def leave(house: f.House, item: AgendaItem, persons: Sequence[Person]) -> None:
    """Let people leave before an item."""
    for person in persons:
        answer = LeaveAnswer(item.committee_id, person.pk, item.pk)
        act(house, item.meeting, answer)


def recuse(house: f.House, item: AgendaItem, person: Person, **values: Any) -> None:
    """Note that somebody may not take part in an item."""
    act(house, item.meeting, RecuseAnswer(item.pk, person.pk, **values))


def count_quorum(
    house: f.House,
    meeting: Meeting,
    committee: str,
    cause: QuorumCause = QuorumCause.STATED,
    item: AgendaItem | None = None,
    **values: Any,
) -> QuorumStatement:
    """Count who is there; return what was stated."""
    body, at_item = house.committee(committee), item.pk if item else None
    act(house, meeting, QuorumAnswer(body.pk, cause, at_item, **values))
    return QuorumStatement.everything.filter(meeting=meeting, committee=body).latest("number")


def counts(numbers: Counts | None) -> dict[str, int]:
    """Return yes, no and abstentions as answers name them."""
    return {} if numbers is None else dict(zip(("yes", "no", "abstained"), numbers, strict=True))


def record(
    house: f.House,
    item: AgendaItem,
    outcome: Outcome,
    numbers: Counts | None = None,
    actor: str = "secretary",
    **values: Any,
) -> AgendaItem:
    """Record the result of an item, or correct the one it has, as a form just opened would.

    The entitled are those of the attendance unless they are given.
    """
    now = take(item)
    answer = f.answer_of(
        {
            "outcome": outcome,
            "request_key": uuid4(),
            "revision": now.revision,
            **counts(numbers),
            **values,
        }
    )
    gate.record(actor=house.user(actor), agenda_item=now, answer=answer)
    return take(item)


def ballot(
    house: f.House,
    item: AgendaItem,
    kind: VoteKind,
    numbers: Counts,
    subject: str = "Antrag der Fraktion A",
    **values: Any,
) -> Vote:
    """Record a vote beside the one on the matter itself."""
    yes, no, abstained = numbers
    answer = BallotAnswer(
        item_id=item.pk,
        kind=kind,
        subject=subject,
        request_key=uuid4(),
        **{"counted": CountedAnswer(yes=yes, no=no, abstained=abstained), **values},
    )
    gate.ballot(actor=house.user("secretary"), agenda_item=take(item), answer=answer)
    return Vote.everything.get(request_key=answer.request_key)


def vote_of(item: AgendaItem) -> Vote:
    """Return the vote on the matter itself that holds."""
    rows = Vote.everything.filter(agenda_item=item, kind=VoteKind.MAIN, repeated=False)
    return rows.select_related("agenda_item__committee", "agenda_item__meeting").get(
        corrected_by__isnull=True
    )


def words_of(item: AgendaItem) -> str:
    """Return the computed result in one sentence with its paragraph."""
    ruling = vote_of(item).ruling()
    return ruling.sentence if ruling else ""


def proposal_of(item: AgendaItem) -> Proposal:
    """Return the proposal of an item as the database has it."""
    station = take(item).consultation
    assert station is not None
    return f.reread(station.proposal)


def status_of(item: AgendaItem) -> str:
    """Return the status of the proposal of an item."""
    status: str = proposal_of(item).status
    return status


def stations(proposal: Proposal) -> list[tuple[str, str, str]]:
    """Return the route: committee, role and how it stands (open, its outcome, its lapse)."""
    rows = Consultation.everything.filter(proposal=proposal).select_related(
        "committee", "concluded_by"
    )
    return [
        (
            row.committee.short_name,
            str(row.role),
            row.lapse or (row.concluded_by.outcome if row.concluded_by else "open"),
        )
        for row in rows.order_by("position", "pk")
    ]


def make_committee(house: f.House, name: str, seats: int = 3) -> Committee:
    """Return one more committee with members of its own."""
    with f.setting_up(house.municipality):
        body = Committee(
            municipality=house.municipality,
            name=name.title(),
            short_name=name,
            kind=CommitteeKind.COMMITTEE,
            statutory_members=seats,
        )
        body.save()
        for seat in range(seats):
            person = Person(
                municipality=house.municipality, family_name=f"{name.title()} {seat + 1:02}"
            )
            person.save()
            Membership(
                committee=body, person=person, kind="elected", voting=True, valid_from=f.TERM_START
            ).save()
    return body
