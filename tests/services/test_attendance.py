from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import (
    AgendaItem,
    Attendance,
    Committee,
    Meeting,
    Membership,
    MembershipKind,
    Person,
    QuorumStatement,
    Recusal,
)
from proposals.models.presence import entitled_at, presence_at
from proposals.rules.attendance import AttendanceKind, Presence
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.quorum import QuorumCause
from proposals.rules.voting import VoteKind
from proposals.rules.words import Land
from proposals.selectors.attendance import attendance_table
from proposals.services.attendance import (
    ArriveAnswer,
    LeaveAnswer,
    QuorumAnswer,
    RecuseAnswer,
    RollAnswer,
    RollEntry,
)
from proposals.services.meeting import CancelAnswer, OpenAnswer, PostponeRestAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import House

PRESENT, EXCUSED = AttendanceKind.PRESENT, AttendanceKind.EXCUSED
WEEK = timedelta(days=7)


class Evening:
    """A meeting of one committee with three papers on its agenda."""

    def __init__(self, house: House, committee: str = "council", papers: int = 3) -> None:
        self.house = house
        self.body: Committee = house.committee(committee)
        self.meeting: Meeting = s.plan(house, committee)
        self.items = [s.paper(house, self.meeting, committee) for _ in range(papers)]
        self.members = s.members(house, committee)

    def act(self, answer: object) -> None:
        s.act(self.house, self.meeting, answer)

    def arrive(self, person: Person, item: AgendaItem, **values: object) -> None:
        self.act(ArriveAnswer(self.body.pk, person.pk, item.pk, **values))  # type: ignore[arg-type]

    def leave(self, person: Person, item: AgendaItem, **values: object) -> None:
        self.act(LeaveAnswer(self.body.pk, person.pk, item.pk, **values))  # type: ignore[arg-type]

    def at(self, item: AgendaItem | None) -> Presence:
        item = s.take(item) if item else None
        presence = presence_at(self.meeting.pk, self.body.pk, item)
        assert presence is not None
        return presence

    def entitled(self) -> list[int]:
        return [entitled_at(s.take(item)) for item in self.items]

    def stays(self, person: Person) -> list[tuple[str, int | None, int | None]]:
        rows = Attendance.everything.filter(meeting=self.meeting, person=person).order_by("pk")
        return [(row.kind, row.since_id, row.until_id) for row in rows]


def guest(house: House, name: str = "Gast") -> Person:
    """Return a person of the house without a seat."""
    with f.setting_up(house.municipality):
        person = Person(municipality=house.municipality, family_name=name)
        person.save()
    return person


def test_without_a_list_all_voting_members_are_entitled(house: House) -> None:
    evening = Evening(house)
    assert presence_at(evening.meeting.pk, evening.body.pk, evening.items[0]) is None
    assert evening.entitled() == [5, 5, 5]
    s.recuse(house, evening.items[1], evening.members[0])
    s.recuse(house, evening.items[1], guest(house))
    assert evening.entitled() == [5, 4, 5]


def test_the_list_is_replaced_as_a_whole_and_only_differences_are_written(house: House) -> None:
    evening = Evening(house)
    s.call_roll(house, evening.meeting, "council", 3)
    assert (evening.at(None).present, evening.entitled()) == (3, [3, 3, 3])
    rows = list(Attendance.everything.order_by("pk"))
    s.call_roll(house, evening.meeting, "council", 4)
    assert list(Attendance.everything.order_by("pk")) == rows
    assert [row.history.count() for row in rows] == [1, 1, 1, 2, 1]
    three = tuple(RollEntry(person.pk, PRESENT) for person in evening.members[:3])
    evening.act(RollAnswer(evening.body.pk, three))
    assert Attendance.everything.count() == 3


def test_a_list_of_43_is_stored_in_few_statements(house: House) -> None:
    evening, body = Evening(house, papers=0), house.committee("council")
    with f.setting_up(body):
        for seat in range(38):
            person = Person(municipality=house.municipality, family_name=f"Abgeordnete {seat:02}")
            person.save()
            Membership(
                committee=body,
                person=person,
                kind=MembershipKind.ELECTED,
                voting=True,
                valid_from=f.TERM_START,
            ).save()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        s.call_roll(house, evening.meeting, "council", 43)
    assert evening.at(None).entitled == 43
    assert len(queries) <= 35


def test_who_keeps_a_committee_keeps_its_attendance(house: House) -> None:
    evening = Evening(house, "board")
    entries = (RollEntry(evening.members[0].pk, PRESENT),)
    with pytest.raises(PermissionDenied, match="„Beirat“ führen Sie nicht"):
        s.act(house, evening.meeting, RollAnswer(evening.body.pk, entries), actor="minutes")
    stranger = s.members(f.make_house("fremd"), "board")[0]
    for bad, sentence in [
        ((), "mindestens eine Person"),
        (entries * 2, "zweimal auf der Liste"),
        ((RollEntry(stranger.pk, PRESENT),), "gibt es hier nicht"),
    ]:
        with pytest.raises(RuleViolation, match=sentence):
            evening.act(RollAnswer(evening.body.pk, bad))
    with pytest.raises(RuleViolation, match="tagt in dieser Sitzung nicht"):
        evening.act(RollAnswer(house.committee("main").pk, entries))


def test_a_substitute_votes_for_somebody_who_is_not_there(house: House) -> None:
    evening = Evening(house)
    first, second = evening.members[:2]
    deputy, adviser = guest(house), guest(house, "Beraterin")

    def roll(kind: AttendanceKind, absent: Person, *more: RollEntry) -> RollAnswer:
        entries = (RollEntry(first.pk, kind), RollEntry(deputy.pk, PRESENT, absent.pk))
        return RollAnswer(evening.body.pk, (*entries, *more))

    with pytest.raises(RuleViolation, match="zur selben Zeit anwesend"):
        evening.act(roll(PRESENT, first))
    with pytest.raises(RuleViolation, match="nur ein Mitglied von „Kreistag“ vertreten"):
        evening.act(roll(EXCUSED, adviser))
    evening.act(roll(EXCUSED, first, RollEntry(adviser.pk, PRESENT)))
    assert (evening.at(None).present, evening.at(None).entitled) == (2, 1)
    with pytest.raises(RuleViolation, match="zur selben Zeit anwesend"):
        evening.arrive(first, evening.items[1])
    evening.leave(deputy, evening.items[1])
    evening.arrive(first, evening.items[1])
    evening.arrive(second, evening.items[2], kind=AttendanceKind.REMOTE)
    assert evening.entitled() == [1, 1, 2]
    assert evening.at(evening.items[2]).remote == 1


def test_who_comes_and_goes_counts_from_item_to_item(house: House) -> None:
    evening = Evening(house)
    first, second, third = evening.items
    person = evening.members[4]
    s.call_roll(house, evening.meeting, "council", 4)
    evening.arrive(person, second, at=time(17, 30))
    assert evening.entitled() == [4, 5, 5]
    with pytest.raises(RuleViolation, match="bei diesem TOP schon anwesend"):
        evening.arrive(person, third)
    evening.leave(person, third, at=time(18, 0))
    assert evening.entitled() == [4, 5, 4]
    with pytest.raises(RuleViolation, match="bei diesem TOP nicht anwesend"):
        evening.leave(person, third)
    with pytest.raises(RuleViolation, match="bei diesem TOP nicht anwesend"):
        evening.leave(person, first)
    evening.arrive(person, third)  # did not leave after all
    assert evening.stays(person) == [(EXCUSED, None, second.pk), (PRESENT, second.pk, None)]
    evening.arrive(person, second, kind=AttendanceKind.WITHOUT_VOTE)
    assert evening.entitled() == [4, 4, 4]
    evening.leave(person, second)
    assert evening.stays(person) == [(EXCUSED, None, second.pk)]
    with pytest.raises(RuleViolation, match="Wer kommt"):
        evening.arrive(person, third, kind=EXCUSED)


def test_an_earlier_change_leaves_a_later_one_alone(house: House) -> None:
    evening = Evening(house)
    first, second, third = evening.items
    person = s.call_roll(house, evening.meeting, "council", 1)[0]
    evening.arrive(person, third, kind=AttendanceKind.WITHOUT_VOTE)
    evening.arrive(person, second, kind=AttendanceKind.REMOTE)
    assert evening.stays(person) == [
        (PRESENT, None, second.pk),
        (AttendanceKind.WITHOUT_VOTE, third.pk, None),
        (AttendanceKind.REMOTE, second.pk, third.pk),
    ]
    assert [evening.at(item).remote for item in (first, second, third)] == [0, 1, 0]


def test_an_item_brought_forward_takes_those_who_were_there_with_it(house: House) -> None:
    evening = Evening(house)
    first, _second, third = evening.items
    person = evening.members[4]
    s.call_roll(house, evening.meeting, "council", 4)
    evening.act(OpenAnswer())
    s.record(house, third, Outcome.DECIDED, (4, 0, 0))
    evening.arrive(person, first)
    assert evening.entitled() == [5, 5, 4]
    assert [s.take(item).taken_up for item in evening.items] == [2, None, 1]


def test_bias_lowers_one_item_only_and_is_lifted_again(house: House) -> None:
    evening = Evening(house)
    person = s.call_roll(house, evening.meeting, "council", 3)[0]
    item = evening.items[1]
    s.recuse(house, item, person, reason="Vorstand des Trägers", left_room=False)
    assert evening.entitled() == [3, 2, 3]
    assert evening.at(item).recused == 1
    row = Recusal.everything.get()
    assert (row.reason, row.left_room) == ("Vorstand des Trägers", False)
    vote = s.ballot(house, item, VoteKind.PROCEDURAL, (2, 0, 0), "Mitwirkungsverbot")
    s.recuse(house, item, person, decided_by_id=vote.pk)
    assert Recusal.everything.get().decided_by == vote
    with pytest.raises(RuleViolation, match="gehört nicht zu dem TOP"):
        s.recuse(house, evening.items[0], person, decided_by_id=vote.pk)
    s.recuse(house, item, person, lift=True)
    assert evening.entitled() == [3, 3, 3]
    with pytest.raises(RuleViolation, match="nicht von der Mitwirkung ausgeschlossen"):
        s.recuse(house, item, person, lift=True)
    with pytest.raises(PermissionDenied):
        s.act(house, evening.meeting, RecuseAnswer(item.pk, person.pk), actor="minutes")


@pytest.mark.django_db
def test_the_head_has_no_vote_where_the_subject_excludes_it() -> None:
    house = f.make_house(land=Land.NW)
    evening = Evening(house, papers=1)
    head = Membership.objects.filter(committee=evening.body).latest("pk")
    with f.setting_up(evening.body):
        head.kind = MembershipKind.EX_OFFICIO
        head.save()
        item = s.take(evening.items[0])
        item.without_head = True
        item.save()
    assert evening.entitled() == [4]
    s.call_roll(house, evening.meeting, "council", 5)
    assert (evening.entitled(), evening.at(None).entitled) == ([4], 5)


def test_attendance_is_free_then_needs_a_reason_and_is_closed_by_the_approval(
    house: House,
) -> None:
    evening = Evening(house, "social", papers=1)
    item, person = evening.items[0], evening.members[0]
    s.call_roll(house, evening.meeting, "social", 3)
    f.sign(house, evening.meeting)
    with pytest.raises(RuleViolation, match="unterschrieben") as asked:
        evening.leave(person, item)
    assert asked.value.waivable
    evening.leave(person, item, reason="Laut Anwesenheitsliste")
    other = Evening(house, "board", papers=1)
    s.call_roll(house, other.meeting, "board", 3)
    f.sign(house, other.meeting, approve=True)
    with pytest.raises(RuleViolation, match="berichtigt das Protokoll einer späteren Sitzung"):
        other.leave(other.members[0], other.items[0], reason="Laut Anwesenheitsliste")
    third = Evening(house, "main", papers=1)
    third.act(CancelAnswer("Sturm"))
    with pytest.raises(RuleViolation, match="abgesagt"):
        s.call_roll(house, third.meeting, "main", 3)


def test_the_quorum_is_counted_and_closes_nothing(house: House) -> None:
    evening = Evening(house)
    with pytest.raises(RuleViolation, match="zuerst die Anwesenheit erfassen"):
        s.count_quorum(house, evening.meeting, "council")
    with pytest.raises(RuleViolation, match="hat nur 5 stimmberechtigte Mitglieder"):
        s.count_quorum(house, evening.meeting, "council", present=6)
    people = s.call_roll(house, evening.meeting, "council", 3)
    stated = s.count_quorum(house, evening.meeting, "council")
    assert (stated.number, stated.present, stated.needed, stated.quorate) == (1, 3, 3, True)
    second = evening.items[1]
    evening.leave(people[0], second)
    doubted = s.count_quorum(
        house, evening.meeting, "council", QuorumCause.DOUBTED, second, at=time(19, 0)
    )
    assert (doubted.number, doubted.present, doubted.quorate) == (2, 2, False)
    assert doubted.agenda_item == second
    counted = s.count_quorum(
        house, evening.meeting, "council", QuorumCause.DOUBTED, second, present=4
    )
    assert counted.quorate


def test_what_lacked_a_quorum_needs_none_once_the_second_invitation_said_so(house: House) -> None:
    evening = Evening(house, papers=1)
    later = s.plan(house, "council", day=f.DAY + WEEK)
    evening.act(PostponeRestAnswer(no_quorum=True, to_meeting_id=later.pk))
    fresh = s.paper(house, later)
    s.invite(house, later, hint=True)
    s.call_roll(house, later, "council", 1)
    resumed = s.items(later)[0]
    assert s.count_quorum(house, later, "council", item=resumed).quorate
    assert not s.count_quorum(house, later, "council", item=fresh).quorate


@pytest.mark.django_db
def test_where_the_law_gives_no_verdict_the_chair_says_whether_it_is_enough() -> None:
    house = f.make_house(land=Land.HE)
    evening = Evening(house, papers=0)
    s.call_roll(house, evening.meeting, "council", 4)
    with pytest.raises(RuleViolation, match="was der Vorsitz festgestellt hat"):
        evening.act(QuorumAnswer(evening.body.pk, QuorumCause.STATED))
    evening.act(QuorumAnswer(evening.body.pk, QuorumCause.STATED, quorate=True))
    assert QuorumStatement.everything.get().quorate


def test_presence_takes_three_queries_at_most(house: House) -> None:
    evening = Evening(house)
    people = s.call_roll(house, evening.meeting, "council", 4)
    item = s.take(evening.items[2])
    with CaptureQueriesContext(connection) as calm:
        evening_presence = presence_at(evening.meeting.pk, evening.body.pk, item)
    evening.leave(people[0], evening.items[1])
    with CaptureQueriesContext(connection) as moved:
        later = presence_at(evening.meeting.pk, evening.body.pk, item)
    assert evening_presence is not None
    assert later is not None
    assert (evening_presence.entitled, later.entitled) == (4, 3)
    assert (len(calm), len(moved)) == (2, 3)


def test_the_table_for_the_allowances_has_a_line_for_each_stay(house: House) -> None:
    evening = Evening(house)
    people = s.call_roll(house, evening.meeting, "council", 5)
    s.number(house, evening.meeting)
    evening.leave(people[0], evening.items[1], at=time(18, 15))
    entries = [RollEntry(person.pk, PRESENT) for person in people[:4]]
    excused = RollEntry(people[4].pk, EXCUSED)
    evening.act(RollAnswer(evening.body.pk, (*entries, excused)))
    secretary = house.user("secretary")
    lines = attendance_table(s.again(evening.meeting), secretary)
    by_name = {line[2]: line[6:] for line in lines}
    assert len(lines) == 5
    name = people[0].family_name
    assert by_name[name] == ("anwesend", "ja", "", "17:00", "18:15", "", "Ö 2")
    assert by_name[people[4].family_name] == ("entschuldigt", "nein", "", "", "", "", "")
    other = f.make_member(house, "beirat", "board", MembershipKind.CO_OPTED, voting=False)
    assert attendance_table(s.again(evening.meeting), other) == []
