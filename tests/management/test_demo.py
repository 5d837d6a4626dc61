"""The demonstration: five houses with their members, evenings that were held, one to be run."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from proposals.models import (
    AgendaItem,
    Attendance,
    Committee,
    CoSignature,
    Meeting,
    Membership,
    MembershipKind,
    Minutes,
    Municipality,
    Person,
    Proposal,
    QuorumStatement,
    Recusal,
    Role,
    RoleAssignment,
    RollCallVote,
    StandardItem,
    Vote,
)
from proposals.rules.agenda import ItemKind
from proposals.rules.attendance import AttendanceKind
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.meeting import MeetingState
from proposals.rules.voting import VoteMode
from proposals.rules.words import CommitteeKind, Land
from proposals.services.attendance import RollAnswer, RollEntry
from proposals.services.meeting import CloseAnswer, OpenAnswer
from proposals.services.organization import set_up_house
from proposals.services.results import ResultAnswer
from proposals.services.voting import CountedAnswer
from workflows import gate
from workflows.demo import houses
from workflows.demo.asked import AskedAgain
from workflows.demo.names import Names
from workflows.demo.story import Story
from workflows.demo.today import ReadyMeeting

pytestmark = pytest.mark.django_db
Ready = dict[str, Meeting]
EVERY_HOUSE = pytest.mark.parametrize("slug", houses.SLUGS)
OUTCOMES = {
    None: Outcome.NOTED,
    ConsultationRole.NOTE: Outcome.NOTED,
    ConsultationRole.PRELIMINARY: Outcome.RECOMMENDED,
    ConsultationRole.DECISION: Outcome.DECIDED,
}


@pytest.fixture(scope="module")
def ready(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ready]:
    """Load all houses, of the cases Wittmund's alone; return the meetings that lie ready."""
    outer: Any = transaction.atomic()
    outer._from_testcase = True  # Django's own way to let durable blocks be inside
    with django_db_blocker.unblock(), outer:
        yield {slug: _loaded(slug) for slug in houses.SLUGS}
        transaction.set_rollback(True)


def _loaded(slug: str) -> Meeting:
    data = houses.load(slug)
    house = set_up_house(house=houses.house_of(data), password=None)
    if slug == "wittmund":
        Story(house, data).play()
    names, today = Names(house, data), timezone.localdate()
    if "asked" in data:
        AskedAgain(names, data["asked"], today).lay_out()
    return ReadyMeeting(names, data["ready"], today).lay_ready()


def items(meeting: Meeting) -> dict[str, AgendaItem]:
    """Return the agenda by number."""
    rows = AgendaItem.everything.filter(meeting=meeting).select_related("consultation")
    return {row.number: row for row in rows.order_by("position")}


def sitting(day: str) -> Meeting:
    """Return Wittmund's meeting of a day."""
    rows = Meeting.everything.filter(municipality__slug="wittmund")
    return rows.get(starts_at__date=day)


@EVERY_HOUSE
def test_every_seat_has_a_holder_with_a_name(ready: Ready, slug: str) -> None:
    data = houses.load(slug)
    for row in data["committees"]:
        seats = Membership.objects.filter(
            committee__name=row["name"], committee__municipality__slug=slug
        ).exclude(kind=MembershipKind.SUBSTITUTE)
        assert seats.filter(voting=True).count() == row["seats"], row["key"]
        assert seats.filter(voting=False).count() == row["advisory"], row["key"]
        assert not seats.filter(person__family_name__contains="itglied ").exists()
    names = Counter(map(str, Person.objects.filter(municipality__slug=slug)))
    assert [name for name, count in names.items() if count > 1] == []


@EVERY_HOUSE
def test_the_head_sits_where_the_land_says_so(ready: Ready, slug: str) -> None:
    seats = Membership.objects.filter(
        committee__municipality__slug=slug, kind=MembershipKind.EX_OFFICIO
    )
    found = {(CommitteeKind(seat.committee.kind), seat.voting) for seat in seats}
    if Municipality.objects.get(slug=slug).land == Land.SH:
        assert found == {(CommitteeKind.MAIN_COMMITTEE, False)}
    else:
        assert found == {(CommitteeKind.COUNCIL, True), (CommitteeKind.MAIN_COMMITTEE, True)}
    rights = RoleAssignment.objects.filter(person__municipality__slug=slug, role=Role.LEGAL)
    assert rights.count() == 1


def test_a_changed_amount_waits_for_the_kaemmerei_alone(ready: Ready) -> None:
    paper = Proposal.everything.get(subject__startswith="Sprachkurse am Abend")
    rows = CoSignature.everything.filter(submission__returned_on__isnull=True, proposal=paper)
    found = {row.office.name: (Verdict(row.verdict), row.carried_from is not None) for row in rows}
    assert found == {
        "Kämmerei": (Verdict.PENDING, False),
        "Haupt- und Personalamt": (Verdict.SIGNED, True),
    }
    assert gate.agrees(paper)


@EVERY_HOUSE
def test_every_body_has_a_standing_agenda(ready: Ready, slug: str) -> None:
    wanted = {ItemKind.OPENING, ItemKind.MINUTES, ItemKind.REPORTS, ItemKind.INQUIRIES}
    for committee in Committee.objects.filter(municipality__slug=slug):
        rows = list(StandardItem.objects.filter(committee=committee))
        assert wanted < {row.kind for row in rows}, committee
        assert (rows[-1].kind, rows[-1].at_end) == (ItemKind.CLOSING, True), committee


def test_the_three_evenings_are_held_as_the_case_tells(ready: Ready) -> None:
    told = {"2018-11-22": ("Ö 5", 11, 0, 0), "2018-11-29": ("N 3", 9, 0, 1)}
    told["2018-12-17"] = ("Ö 9", 40, 2, 0)
    for day, (top, *counts) in told.items():
        meeting = sitting(day)
        assert meeting.state == MeetingState.CLOSED
        assert None not in (meeting.chair, meeting.minute_taker)
        assert Minutes.everything.get(meeting=meeting).approved_on is None
        item = items(meeting)[top]
        assert item.consultation is not None
        vote = Vote.everything.get(agenda_item=item)
        assert [vote.yes, vote.no, vote.abstained] == counts
        assert vote.not_voted == 0
        open_items = [row.kind for row in items(meeting).values() if not row.outcome]
        assert open_items == [ItemKind.CLOSING]
        assert QuorumStatement.everything.get(meeting=meeting).quorate
        approving = AgendaItem.everything.get(meeting=meeting, kind=ItemKind.MINUTES)
        approved = Minutes.everything.get(meeting=approving.approves_id)
        assert approved.approved_on == timezone.localdate(meeting.starts_at)


def test_people_come_late_stand_in_and_are_excluded(ready: Ready) -> None:
    social, council = sitting("2018-11-22"), sitting("2018-12-17")
    stands_in = Attendance.everything.get(meeting=social, substitutes__isnull=False)
    assert (str(stands_in.person), stands_in.voting) == ("Focko Barkholter", True)
    late = Attendance.everything.filter(meeting=council, since__isnull=False)
    assert [str(at) for at in late.values_list("since_at", flat=True)] == ["15:20:00"]
    assert late.get(since__number="Ö 5").voting
    assert Recusal.everything.get(agenda_item__meeting=council).agenda_item.number == "Ö 8"
    entitled = {top: row.votes.all() for top, row in items(council).items()}
    counted = {top: votes[0].entitled for top, votes in entitled.items() if votes}
    assert counted == {"Ö 2": 41, "Ö 3": 41, "Ö 7": 42, "Ö 8": 41, "Ö 9": 42}
    called = Vote.everything.get(agenda_item__meeting=council, mode=VoteMode.ROLL_CALL)
    assert (called.yes, called.no, called.abstained) == (38, 3, 1)
    assert RollCallVote.everything.filter(vote=called).count() == 42
    assert council.breaks.get().reason == "Beratung der Fraktionen und Gruppen"


@EVERY_HOUSE
def test_a_meeting_lies_ready_for_the_day_of_loading(ready: Ready, slug: str) -> None:
    meeting = Meeting.everything.get(pk=ready[slug].pk)
    assert meeting.state == MeetingState.INVITED
    assert timezone.localdate(meeting.starts_at) == timezone.localdate()
    assert not Attendance.everything.filter(meeting=meeting).exists()
    agenda = items(meeting)
    assert 12 <= len(agenda) <= 16
    papers = [row for row in agenda.values() if row.consultation_id]
    assert len(papers) >= 4
    assert [row.public for row in papers].count(False) == 1
    approving = next(row for row in agenda.values() if row.kind == ItemKind.MINUTES)
    assert Minutes.everything.get(meeting=approving.approves_id).approved_on is None


@EVERY_HOUSE
def test_the_tasks_of_every_paper_fit_its_facts(ready: Ready, slug: str) -> None:
    for proposal in Proposal.everything.filter(municipality__slug=slug):
        assert gate.examine(proposal.pk) == [], proposal


@EVERY_HOUSE
def test_the_meeting_that_lies_ready_can_be_run_to_its_end(ready: Ready, slug: str) -> None:
    meeting, names = ready[slug], Names(*_house(slug))
    body = meeting.bodies.get().committee
    there = names.members(body, timezone.localdate())
    roll = tuple(RollEntry(person, AttendanceKind.PRESENT) for person in there)
    for answer in (OpenAnswer(), RollAnswer(body.pk, roll)):
        gate.complete_meeting(actor=names.secretary, meeting=meeting, answer=answer)
    for top, item in items(meeting).items():
        role = ConsultationRole(item.consultation.role) if item.consultation else None
        outcome = Outcome.DECIDED if item.kind == ItemKind.MINUTES else OUTCOMES[role]
        yes, no, abstained = (None,) * 3 if outcome == Outcome.NOTED else (5, 1, 1)
        key, why = names.request_key("run", top), "in der Unterbrechung beraten"
        result = ResultAnswer(outcome, key, CountedAnswer(None, yes, no, abstained), reason=why)
        gate.record(actor=names.secretary, agenda_item=item, answer=result)
    gate.complete_meeting(actor=names.secretary, meeting=meeting, answer=CloseAnswer())
    assert Meeting.everything.get(pk=meeting.pk).state == MeetingState.CLOSED


def _house(slug: str) -> tuple[Municipality, dict[str, Any]]:
    return Municipality.objects.get(slug=slug), houses.load(slug)
