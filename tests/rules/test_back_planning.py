from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.back_planning import (
    AskedOffice,
    BodyDay,
    Course,
    HouseDays,
    Milestone,
    PlanStep,
    closing_day,
    day_words,
    decision_day,
    invitation_day,
    plan,
)
from proposals.rules.words import Land
from proposals.rules.workdays import add_working_days, working_day

NI = HouseDays("NI", closing_days=14, release_days=2, head="Der Landrat")
TODAY = date(2018, 10, 1)
# the case of Wittmund: Sozialausschuss, Kreisausschuss, Kreistag (domain.md 1.0)
WITTMUND = Course(
    lead_office="Sozialamt",
    bodies=(
        BodyDay("Sozialausschuss", date(2018, 11, 22), 7),
        BodyDay("Kreisausschuss", date(2018, 11, 29), 3),
        BodyDay("Kreistag", date(2018, 12, 17), 7, decides=True),
    ),
    stages=(
        (AskedOffice("Kämmerei", 5), AskedOffice("Personalamt", 3)),
        (AskedOffice("Dezernat II", 2),),
    ),
)


def _days(steps: list[PlanStep]) -> list[tuple[str, Milestone, date | None]]:
    return [(step.who, step.act, step.day) for step in steps]


def test_every_office_and_body_gets_its_day_back_from_the_meetings() -> None:
    assert _days(plan(WITTMUND, NI, TODAY)) == [
        # Reformationstag, Wednesday 31.10., is one of the days between
        ("Sozialamt", Milestone.HAND_IN, date(2018, 10, 25)),
        ("Kämmerei", Milestone.CO_SIGN, date(2018, 11, 2)),
        ("Personalamt", Milestone.CO_SIGN, date(2018, 11, 2)),
        ("Dezernat II", Milestone.CO_SIGN, date(2018, 11, 6)),
        ("Der Landrat", Milestone.RELEASE, date(2018, 11, 8)),
        ("Sozialausschuss", Milestone.CLOSING, date(2018, 11, 8)),
        ("Sozialausschuss", Milestone.INVITATION, date(2018, 11, 14)),
        ("Kreisausschuss", Milestone.CLOSING, date(2018, 11, 15)),
        ("Sozialausschuss", Milestone.MEETING, date(2018, 11, 22)),
        ("Kreisausschuss", Milestone.INVITATION, date(2018, 11, 23)),
        ("Kreisausschuss", Milestone.MEETING, date(2018, 11, 29)),
        ("Kreistag", Milestone.CLOSING, date(2018, 12, 3)),
        ("Kreistag", Milestone.INVITATION, date(2018, 12, 7)),
        ("Kreistag", Milestone.DECISION, date(2018, 12, 17)),
    ]
    assert decision_day(WITTMUND) == date(2018, 12, 17)


def test_the_same_days_in_a_land_without_the_holiday_lie_one_later() -> None:
    [first, *_] = plan(WITTMUND, replace(NI, land="HE"), TODAY)
    assert (first.act, first.day) == (Milestone.HAND_IN, date(2018, 10, 26))


def test_himmelfahrt_moves_the_vorlagenschluss_and_says_so() -> None:
    held = BodyDay("Kreistag", date(2026, 5, 28), 7, decides=True)  # 14 days after the feast
    course = Course("Sozialamt", (held,))
    steps = {step.act: step for step in plan(course, NI, date(2026, 5, 1))}
    assert steps[Milestone.CLOSING].day == date(2026, 5, 13)
    assert steps[Milestone.CLOSING].sentence == (
        "Bis Mi 13.05.2026 muss die Vorlage im Sitzungsdienst liegen: Vorlagenschluss Kreistag "
        "(früher wegen: Christi Himmelfahrt)."
    )
    bridge = replace(NI, closed={date(2026, 5, 13): "Betriebsausflug"})
    moved = {step.act: step for step in plan(course, bridge, date(2026, 5, 1))}
    assert moved[Milestone.CLOSING].day == date(2026, 5, 12)
    assert moved[Milestone.RELEASE].day == date(2026, 5, 12)
    assert moved[Milestone.HAND_IN].day == date(2026, 5, 8)


def test_a_weekend_is_no_reason_worth_a_word() -> None:
    # Saturday 2.5.2026 follows the holiday of 1.5.: the day gives way to both
    assert closing_day(date(2026, 5, 16), None, NI) == date(2026, 4, 30)
    course = Course("Sozialamt", (BodyDay("Kreistag", date(2026, 3, 15)),))
    assert [step.shifted_by for step in plan(course, NI, TODAY)] == ["", "", "", ""]


def test_a_vorlagenschluss_is_never_behind_the_invitation() -> None:
    short = replace(NI, closing_days=3)
    held_on = date(2018, 11, 22)
    assert invitation_day(held_on, 7, short) == date(2018, 11, 14)
    assert closing_day(held_on, 7, short) == date(2018, 11, 14)
    assert closing_day(held_on, None, short) == date(2018, 11, 19)


def test_a_passed_day_is_late_until_it_is_done() -> None:
    today = date(2018, 11, 7)
    steps = plan(WITTMUND, NI, today)
    assert [step.who for step in steps if step.late] == [
        *("Sozialamt", "Kämmerei", "Personalamt", "Dezernat II")
    ]
    assert steps[0].sentence == (
        "Bis Do 25.10.2018 muss der Entwurf zur Mitzeichnung (Sozialamt); dieser Tag ist vorbei."
    )
    released = replace(WITTMUND, handed_in=True, released=True, form_checked=True)
    assert not any(step.late for step in plan(released, NI, today))
    assert [step.late for step in plan(released, NI, date(2018, 11, 15)) if step.late] == [True]


def test_an_office_that_was_given_more_time_than_there_is_stands_out() -> None:
    late = AskedOffice("Kämmerei", 5, due_on=date(2018, 11, 9))
    course = replace(WITTMUND, stages=((late,),), handed_in=True)
    [step] = [row for row in plan(course, NI, TODAY) if row.act == Milestone.CO_SIGN]
    assert step.sentence == (
        "Bis Di 06.11.2018 wird die Mitzeichnung gebraucht (Kämmerei); erbeten ist sie erst bis "
        "Fr 09.11.2018."
    )
    answered = replace(course, stages=((replace(late, answered=True),),))
    [step] = [row for row in plan(answered, NI, TODAY) if row.act == Milestone.CO_SIGN]
    assert (step.done, step.given_until) == (True, None)


def test_a_body_without_a_meeting_is_named_and_a_motion_needs_nobodys_release() -> None:
    open_ = Course("Sozialamt", (BodyDay("Kreistag", None, decides=True),))
    [step] = plan(open_, NI, TODAY)
    assert step.sentence == "Für das Gremium Kreistag ist noch keine Sitzung geplant."
    assert decision_day(open_) is None
    motion = replace(WITTMUND, is_motion=True, stages=())
    acts = {step.act for step in plan(motion, NI, TODAY)}
    assert acts.isdisjoint({Milestone.HAND_IN, Milestone.CO_SIGN, Milestone.RELEASE})


@pytest.mark.parametrize("act", Milestone)
def test_every_step_says_itself_in_one_sentence(act: Milestone) -> None:
    said = PlanStep("Kreistag", act, date(2018, 11, 22)).sentence
    assert "Do 22.11.2018" in said
    assert "Kreistag" in said
    assert said.endswith(".")
    assert day_words(date(2018, 11, 25)) == "So 25.11.2018"


@given(
    held_on=st.dates(date(2010, 1, 1), date(2040, 12, 31)),
    land=st.sampled_from(Land),
    notice=st.none() | st.integers(0, 30),
    closing=st.integers(0, 40),
    release=st.integers(0, 10),
    days=st.lists(st.lists(st.integers(0, 10), min_size=1, max_size=3), max_size=3),
)
def test_whoever_keeps_the_days_of_the_plan_is_in_time(
    held_on: date,
    land: Land,
    notice: int | None,
    closing: int,
    release: int,
    days: list[list[int]],
) -> None:
    house = HouseDays(land, closing_days=closing, release_days=release)
    stages = [[AskedOffice(f"Amt {n}", n) for n in stage] for stage in days]
    course = Course("Amt", (BodyDay("Rat", held_on, notice),), stages)
    steps = plan(course, house, held_on)
    for step in steps:
        assert step.day is not None
        if step.act != Milestone.MEETING:
            assert working_day(step.day, land)
    at = {step.act: step.day for step in steps}
    day = at[Milestone.HAND_IN]
    assert day is not None
    for stage in stages:
        day = add_working_days(day, max(office.days for office in stage), land)
    released, closed = at[Milestone.RELEASE], at[Milestone.CLOSING]
    assert released is not None
    assert released == closed
    assert add_working_days(day, release, land) <= released <= held_on - timedelta(closing)
