"""The Zeitplan of a proposal: computed from what is planned, and only for the administration."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import ClosedDay, CoSigningRule, HouseRule, Meeting, Proposal
from proposals.rules.back_planning import Milestone, PlanStep
from proposals.rules.co_signing import Part, Trigger
from proposals.rules.deadlines import Extension
from proposals.selectors.schedule import Schedule, schedule_of
from proposals.services.drafting import DeadlineDraft
from proposals.services.meeting.answers import MoveAnswer
from tests import factories as f
from tests import sittings as s

LAND = DeadlineDraft("Antrag beim Land", date(2026, 5, 29), authority="Land")


@pytest.fixture
def planned(house: f.House) -> f.House:
    """Three meetings in spring, the council's two weeks after Himmelfahrt (14.5.2026)."""
    with time_machine.travel("2026-04-01 12:00"):
        s.plan(house, "social", day=date(2026, 5, 20))
        s.plan(house, "main", day=date(2026, 5, 28))
        s.plan(house, "council", day=date(2026, 6, 8))
    return house


def of(house: f.House, proposal: Proposal, name: str = "clerk") -> Schedule:
    schedule = schedule_of(f.reread(proposal), house.user(name))
    assert schedule is not None
    return schedule


def step(schedule: Schedule, act: Milestone, who: str = "") -> PlanStep:
    return next(row for row in schedule.steps if row.act == act and who in row.who)


@time_machine.travel("2026-04-01 12:00")
def test_a_draft_shows_every_office_and_body_its_day(planned: f.House) -> None:
    house = planned.municipality
    with f.setting_up(house):
        rule = {"path": "bodies.council.notice.days", "value": 7, "source": "GeschO"}
        HouseRule(municipality=house, valid_from=date(2020, 1, 1), **rule).save()
        CoSigningRule(
            municipality=house,
            trigger=Trigger.ALWAYS,
            office=planned.office("staff"),
            parts=[Part.POSITIONS],
            days=3,
        ).save()
    proposal = f.make_proposal(planned, asked=("treasury",))
    schedule = of(planned, proposal)
    days = {(row.who, row.act): row.day for row in schedule.steps}
    assert days["Sozialausschuss", Milestone.CLOSING] == date(2026, 5, 6)
    assert days["Der Landrat", Milestone.RELEASE] == date(2026, 5, 6)
    assert (
        days["Kämmerei", Milestone.CO_SIGN]
        == days["Personalamt", Milestone.CO_SIGN]
        == date(2026, 5, 4)
    )
    assert days["Sozialamt", Milestone.HAND_IN] == date(2026, 4, 24)  # the 1st of May lies between
    closing = step(schedule, Milestone.CLOSING, "Kreisausschuss")
    assert (closing.day, closing.shifted_by) == (date(2026, 5, 13), "Christi Himmelfahrt")
    assert days["Kreistag", Milestone.INVITATION] == date(2026, 5, 29)
    assert days["Kreistag", Milestone.DECISION] == date(2026, 6, 8)
    assert not any(row.late or row.done for row in schedule.steps)

    with f.setting_up(house):
        ClosedDay(municipality=house, day=date(2026, 5, 6), name="Betriebsausflug").save()
    assert step(of(planned, proposal), Milestone.RELEASE).day == date(2026, 5, 5)


@time_machine.travel("2026-04-01 12:00")
def test_the_plan_moves_by_itself_when_a_meeting_moves(planned: f.House) -> None:
    proposal = f.make_proposal(planned)
    before = step(of(planned, proposal), Milestone.RELEASE).day
    meeting = Meeting.everything.order_by("starts_at")[0]
    s.act(planned, meeting, MoveAnswer(f.at(date(2026, 5, 13))))
    after = step(of(planned, proposal), Milestone.RELEASE).day
    assert (before, after) == (date(2026, 5, 6), date(2026, 4, 29))


@time_machine.travel("2026-04-01 12:00")
def test_an_offices_answer_and_the_release_are_done_and_a_passed_day_is_late(
    planned: f.House,
) -> None:
    proposal = f.make_proposal(planned, "submitted", asked=("treasury", "staff"))
    f.co_sign(planned, proposal, "treasury")
    with time_machine.travel("2026-05-05 12:00"):
        schedule = of(planned, proposal)
        assert step(schedule, Milestone.HAND_IN).done
        assert step(schedule, Milestone.CO_SIGN, "Kämmerei").done
        assert step(schedule, Milestone.CO_SIGN, "Personalamt").late
        assert not step(schedule, Milestone.RELEASE).late
    with time_machine.travel("2026-05-07 12:00"):
        # the Sozialausschuss of 20.5. cannot be reached any more, and has no other meeting
        assert step(of(planned, proposal), Milestone.RELEASE).late


@time_machine.travel("2026-04-01 12:00")
def test_a_meeting_that_is_out_of_reach_gives_way_to_the_next_one(planned: f.House) -> None:
    s.plan(planned, "social", day=date(2026, 6, 17))
    proposal = f.make_proposal(planned)
    assert step(of(planned, proposal), Milestone.MEETING, "Sozial").day == date(2026, 5, 20)
    with time_machine.travel("2026-05-07 12:00"):
        schedule = of(planned, proposal)
        assert step(schedule, Milestone.MEETING, "Sozial").day == date(2026, 6, 17)
        council = step(schedule, Milestone.DECISION)
        assert council.sentence == "Für das Gremium Kreistag ist noch keine Sitzung geplant."


@time_machine.travel("2026-04-01 12:00")
def test_a_deadline_of_others_before_the_decision_is_shown_until_it_is_extended(
    planned: f.House,
) -> None:
    proposal = f.make_proposal(planned, deadlines=[LAND])
    [sentence] = of(planned, proposal).conflicts
    assert "endet am 29.05.2026, vor der Sitzung für die Entscheidung am 08.06.2026" in sentence
    granted = DeadlineDraft(
        "Antrag beim Land",
        LAND.due_on,
        extension=Extension.GRANTED,
        extended_to=date(2026, 6, 30),
        evidence="Schreiben vom 30.03.2026",
    )
    assert of(planned, f.make_proposal(planned, deadlines=[granted])).conflicts == []


@time_machine.travel("2026-04-01 12:00")
def test_members_have_no_plan_nor_has_what_is_withdrawn(planned: f.House) -> None:
    proposal = f.make_proposal(planned, "in_route")
    assert schedule_of(proposal, planned.user("deputy")) is None
    f.withdraw(planned, proposal)
    assert schedule_of(f.reread(proposal), planned.user("clerk")) is None


@time_machine.travel("2026-04-01 12:00")
def test_the_plan_takes_a_constant_number_of_queries(planned: f.House) -> None:
    proposal = f.make_proposal(planned, asked=("treasury",))

    def taken() -> int:
        fresh = Proposal.everything.select_related("municipality", "lead_office").get(
            pk=proposal.pk
        )
        with CaptureQueriesContext(connection) as queries:
            assert schedule_of(fresh, planned.user("clerk")) is not None
        return len(queries)

    few = taken()
    for number in range(5):
        s.plan(planned, "social", day=date(2026, 6, 10 + number))
        with f.setting_up(planned.municipality):
            day = date(2026, 7, 1 + number)
            ClosedDay(municipality=planned.municipality, day=day, name="Schließtag").save()
    assert taken() == few
