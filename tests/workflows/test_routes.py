"""The cases of a route, each compared with its facts after every act."""

import pytest

from proposals.models import Consultation, Lapse
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.lifecycle import ProposalStatus as Status
from tests.factories import APPROVAL, CONSENT, DECISION, NOTE, PRELIMINARY, House, station
from tests.workflows.playing import Play


def test_a_proposal_goes_straight_through_the_house(house: House) -> None:
    play = Play(house, asked=("treasury", "staff"))
    assert play.waiting() == ["draft"]
    play.submit()
    assert play.waiting() == ["co_sign staff", "co_sign treasury"]
    play.co_sign("treasury")
    play.co_sign("staff", Verdict.WITH_REMARK, "Stelle ist nicht bewertet")
    assert play.waiting() == ["release"]
    play.release()
    play.check_form()
    assert play.waiting() == ["schedule council", "schedule main", "schedule social"]
    for committee in ("social", "main", "council"):
        play.schedule(committee)
    assert play.waiting() == ["treat council", "treat main", "treat social"]
    play.treat("social", Outcome.RECOMMENDED)
    play.treat("main", Outcome.RECOMMENDED)
    play.treat("council", Outcome.DECIDED)
    play.assert_over(Status.ADOPTED)


def test_results_arrive_in_any_order_and_an_early_decision_asks_for_a_reason(
    house: House,
) -> None:
    play = Play(house, at="in_route")
    play.treat("main", Outcome.RECOMMENDED)
    with pytest.raises(RuleViolation, match="Noch nicht beraten: Sozialausschuss"):
        play.treat("council", Outcome.DECIDED)
    play.check()
    play.treat("council", Outcome.DECIDED, reason="Eilbedürftig")
    assert (play.waiting(), play.status()) == (["schedule social"], Status.ADOPTED)
    play.treat("social", Outcome.RECOMMENDED)
    play.assert_over(Status.ADOPTED)


def test_a_station_that_is_put_off_three_times_comes_back_three_times(house: House) -> None:
    play = Play(house, at="in_route", route=(("council", DECISION),))
    for outcome in (Outcome.POSTPONED, Outcome.REMOVED, Outcome.NO_QUORUM):
        play.treat("council", outcome)
        assert play.waiting() == ["schedule council"]
        assert play.status() == Status.IN_CONSULTATION
    play.treat("council", Outcome.DECIDED)
    play.assert_over(Status.ADOPTED)


def test_a_referral_inserts_its_bodies_while_others_are_open(house: House) -> None:
    play = Play(house, at="in_route")
    bodies = (house.committee("board").pk, house.committee("main").pk)
    play.treat("social", Outcome.REFERRED, refer_to=bodies)
    assert play.waiting() == [
        "schedule board",
        "schedule council",
        "schedule main",
        "schedule main",
        "schedule social",
    ]
    play.treat("board", Outcome.NOTED)
    play.treat("main", Outcome.RECOMMENDED)
    play.treat("main", Outcome.WITHOUT_RECOMMENDATION)
    play.treat("social", Outcome.RECOMMENDED)
    play.treat("council", Outcome.DECIDED)
    play.assert_over(Status.ADOPTED)


def test_a_referral_from_the_last_open_station_keeps_the_route_open(house: House) -> None:
    play = Play(house, at="in_route", route=(("council", DECISION),))
    board = (house.committee("board").pk,)
    play.treat("council", Outcome.REFERRED, refer_to=board)
    assert play.waiting() == ["schedule board", "schedule council"]
    play.treat("board", Outcome.NOTED)
    play.treat("council", Outcome.REFERRED, refer_to=board, refer_back=False)
    assert play.waiting() == ["schedule board"]
    play.treat("board", Outcome.NOTED)
    play.assert_over(Status.NOTED)


def test_stations_come_after_the_decision_and_may_be_inserted_there(house: House) -> None:
    route = (("council", DECISION), ("board", NOTE), ("main", APPROVAL))
    play = Play(house, at="in_route", route=route)
    play.treat("council", Outcome.DECIDED)
    assert play.waiting() == ["schedule board", "schedule main"]
    play.insert("social", NOTE)
    assert play.waiting() == ["schedule board", "schedule main", "schedule social"]
    play.treat("social", Outcome.NOTED)
    play.treat("main", Outcome.DECIDED)
    play.treat("board", Outcome.NOTED)
    play.assert_over(Status.ADOPTED)


def test_a_station_inserted_after_everything_was_closed_opens_the_route_again(
    house: House,
) -> None:
    play = Play(house, at="in_route", route=(("council", DECISION),))
    play.treat("council", Outcome.DECIDED)
    play.assert_over(Status.ADOPTED)
    play.insert("board", NOTE)
    assert play.waiting() == ["schedule board"]
    play.treat("board", Outcome.NOTED)
    play.assert_over(Status.ADOPTED)


def test_a_body_may_return_what_was_inserted_after_everything_was_closed(house: House) -> None:
    play = Play(house, at="in_route", route=(("social", NOTE),))
    play.treat("social", Outcome.NOTED)
    play.assert_over(Status.NOTED)
    play.insert("main")
    play.treat("main", Outcome.RETURNED)
    assert (play.waiting(), play.status()) == (["draft"], Status.RETURNED)
    play.submit()
    assert play.waiting() == ["release"]


@pytest.mark.parametrize("first", [0, 1])
def test_the_same_body_comes_twice_in_either_order(house: House, first: int) -> None:
    route = (("council", PRELIMINARY), ("social", PRELIMINARY), ("council", DECISION))
    play = Play(house, at="in_route", route=route)
    rows = Consultation.everything.filter(proposal=play.proposal, committee__short_name="council")
    both = list(rows.order_by("position"))
    outcomes = (Outcome.RECOMMENDED, Outcome.DECIDED)
    play.treat(both[first], outcomes[first], reason="Einbringung")
    assert play.waiting() == ["schedule council", "schedule social"]
    play.treat(both[1 - first], outcomes[1 - first], reason="Einbringung")
    play.treat("social", Outcome.RECOMMENDED)
    play.assert_over(Status.ADOPTED)


def test_a_rejection_lapses_open_stations_but_no_kenntnisnahme_and_no_decision(
    house: House,
) -> None:
    route = (
        ("social", PRELIMINARY),
        ("board", NOTE),
        ("main", DECISION),
        ("council", DECISION),
        ("main", CONSENT),
    )
    play = Play(house, at="in_route", route=route)
    play.schedule("social")
    item = play.treat("main", Outcome.REJECTED, reason="Eilbedürftig")
    assert play.waiting() == ["schedule board", "schedule council"]
    lapsed = Consultation.everything.filter(proposal=play.proposal, lapse=Lapse.REJECTED)
    assert {row.lapsed_by_id for row in lapsed} == {item.pk}
    assert lapsed.count() == 2
    play.treat("council", Outcome.REJECTED)
    play.treat("board", Outcome.NOTED)
    play.assert_over(Status.REJECTED)


def test_an_advisory_no_lapses_nothing(house: House) -> None:
    play = Play(house, at="in_route")
    play.treat("social", Outcome.NOT_RECOMMENDED)
    assert play.waiting() == ["schedule council", "schedule main"]


def test_stations_are_dropped_one_by_one_until_none_is_left(house: House) -> None:
    play = Play(house, at="in_route")
    play.drop("main")
    assert play.waiting() == ["schedule council", "schedule social"]
    play.drop("council")
    play.drop("social")
    play.assert_over(Status.SETTLED)
    play.insert("board", NOTE)
    play.treat("board", Outcome.NOTED)
    play.assert_over(Status.NOTED)


def test_dropping_the_last_open_station_ends_the_route(house: House) -> None:
    play = Play(house, at="in_route", route=(("council", DECISION), ("board", NOTE)))
    play.treat("council", Outcome.DECIDED)
    play.drop("board")
    play.assert_over(Status.ADOPTED)


def test_withdrawal_ends_everything_at_every_stage(house: House) -> None:
    draft = Play(house)
    draft.withdraw("clerk")
    draft.assert_over(Status.WITHDRAWN)

    in_co_signing = Play(house, asked=("treasury", "staff"))
    in_co_signing.submit()
    in_co_signing.co_sign("treasury")
    in_co_signing.withdraw("clerk")
    in_co_signing.assert_over(Status.WITHDRAWN)

    released = Play(house, at="released")
    released.withdraw()
    released.assert_over(Status.WITHDRAWN)

    mid_route = Play(house, at="in_route")
    mid_route.treat("social", Outcome.RECOMMENDED)
    mid_route.schedule("main")
    mid_route.withdraw()
    mid_route.assert_over(Status.WITHDRAWN)


def test_withdrawal_of_what_is_closed_without_a_decision(house: House) -> None:
    play = Play(house, at="in_route", route=(("board", NOTE),))
    play.treat("board", Outcome.NOTED)
    play.withdraw()
    play.assert_over(Status.WITHDRAWN)


def test_every_way_back_leads_to_the_draft_and_to_a_new_round_of_co_signing(
    house: House,
) -> None:
    play = Play(house, asked=("treasury", "staff"))
    play.submit()
    play.co_sign("staff", Verdict.CHANGE_REQUESTED, "Stellenanteil prüfen")
    assert (play.waiting(), play.status()) == (["draft"], Status.RETURNED)

    play.submit()
    assert play.waiting() == ["co_sign staff", "co_sign treasury"]
    play.co_sign("treasury")
    play.co_sign("staff", Verdict.CHANGE_REQUESTED, "Keine Stelle frei")
    assert play.waiting() == ["draft"]

    play.submit()
    assert play.waiting() == ["co_sign staff"], "what the Kämmerei signed has not changed"
    play.co_sign("staff", Verdict.NOT_RESPONSIBLE)
    play.release(released=False, remark="Bitte kürzen")
    assert play.waiting() == ["draft"]

    play.submit()
    play.release()
    play.check_form(passed=False, remark="Anlage fehlt")
    assert play.waiting() == ["draft"]

    play.submit()
    play.release()
    play.check_form()
    play.schedule("council")
    play.treat("social", Outcome.RETURNED)
    assert (play.waiting(), play.status()) == (["draft"], Status.RETURNED)

    play.submit()
    play.release()
    play.check_form()
    assert play.waiting() == ["schedule council", "schedule main", "schedule social"]
    play.treat("social", Outcome.RECOMMENDED)
    play.treat("main", Outcome.RECOMMENDED)
    play.treat("council", Outcome.DECIDED)
    play.assert_over(Status.ADOPTED)


def test_a_return_brings_back_the_returning_body_and_all_that_was_open(house: House) -> None:
    play = Play(house, at="in_route", route=(("social", PRELIMINARY), ("board", NOTE)))
    play.treat("social", Outcome.RETURNED)
    assert station(play.proposal, "social").replaces is not None
    assert station(play.proposal, "board").replaces is not None
    old = Consultation.everything.get(proposal=play.proposal, lapse=Lapse.RETURNED)
    assert old.committee.short_name == "board"


def test_a_corrected_result_reopens_and_closes_what_hung_on_it(house: House) -> None:
    play = Play(house, at="in_route")
    social = play.treat("social", Outcome.RECOMMENDED)
    council = play.treat("council", Outcome.REJECTED, reason="Eilbedürftig")
    assert play.waiting() == []
    play.correct(council, Outcome.DECIDED, reason="Verzählt")
    assert (play.waiting(), play.status()) == (["schedule main"], Status.ADOPTED)
    play.correct(council, Outcome.POSTPONED)
    assert play.waiting() == ["schedule council", "schedule main"]
    board = (house.committee("board").pk,)
    play.correct(social, Outcome.REFERRED, refer_to=board, refer_back=False)
    assert play.waiting() == ["schedule board", "schedule council", "schedule main"]
    play.correct(social, Outcome.NOT_RECOMMENDED)
    assert play.waiting() == ["schedule council", "schedule main"]


def test_a_correction_reopens_stations_on_the_agenda_with_their_result_to_come(
    house: House,
) -> None:
    play = Play(house, at="in_route")
    play.schedule("main")
    item = play.treat("council", Outcome.REJECTED, reason="Eilbedürftig")
    play.correct(item, Outcome.DECIDED, reason="Verzählt")
    assert play.waiting() == ["schedule social", "treat main"]


def test_a_return_that_is_taken_back_restores_the_route(house: House) -> None:
    play = Play(house, at="in_route")
    play.schedule("main")
    item = play.treat("social", Outcome.RETURNED)
    assert play.waiting() == ["draft"]
    play.correct(item, Outcome.RECOMMENDED)
    assert play.waiting() == ["schedule council", "treat main"]
    play.correct(item, Outcome.RETURNED)
    assert play.waiting() == ["draft"]


def test_a_result_corrected_to_a_return_brings_a_closed_route_back(house: House) -> None:
    play = Play(house, at="in_route", route=(("social", PRELIMINARY), ("board", NOTE)))
    play.treat("board", Outcome.NOTED)
    item = play.treat("social", Outcome.SETTLED)
    assert play.waiting() == []
    play.correct(item, Outcome.RETURNED)
    assert (play.waiting(), play.status()) == (["draft"], Status.RETURNED)
    play.submit()
    assert play.waiting() == ["release"]
