from datetime import date
from itertools import product

import pytest

from proposals.rules.consultation import (
    UNTREATED,
    ConsultationRole,
    Effect,
    Outcome,
    PlannedStation,
    Station,
    allowed_outcomes,
    as_changed,
    effect_of,
    is_treated,
    lapses_on_rejection,
    needs_vote,
    objection_to_announcing,
    objection_to_early_decision,
    objection_to_outcome,
    objection_to_result_text,
    open_predecessors,
    outcome_if,
    outcome_in,
    referral,
    route_notes,
)
from proposals.rules.law import law
from proposals.rules.voting import VoteResult
from proposals.rules.words import CommitteeKind, Land, MunicipalityKind

R = ConsultationRole
K = CommitteeKind
SOZ = Station(1, 1, "Sozialausschuss", R.PRELIMINARY, is_open=True)
INFO = Station(2, 2, "Schulausschuss", R.NOTE, is_open=True)
KA = Station(3, 3, "Kreisausschuss", R.PRELIMINARY, is_open=True, mandatory=True)
KT = Station(4, 4, "Kreistag", R.DECISION, is_open=True)
ROUTE = [KT, KA, INFO, SOZ]
NI = law(Land.NI, MunicipalityKind.LANDKREIS, date(2018, 12, 17))
NW = law(Land.NW, MunicipalityKind.KREIS, date(2018, 12, 17))


def test_only_what_put_an_item_off_or_kept_it_from_being_dealt_with_leaves_a_station_open() -> None:
    open_after = {o for o in Outcome if effect_of(o) == Effect.STAYS_OPEN}
    assert open_after == {
        Outcome.POSTPONED,
        Outcome.REMOVED,
        Outcome.NO_QUORUM,
        Outcome.NOT_HELD,
        Outcome.TAKEN_OFF,
        Outcome.NOT_ADMITTED,
    }
    assert effect_of(Outcome.REFERRED) == effect_of(Outcome.REFERRED_BACK) == Effect.REFERS
    assert effect_of(Outcome.RETURNED) == Effect.RETURNS
    assert effect_of(Outcome.WITHDRAWN) == Effect.WITHDRAWS
    for outcome in (Outcome.WITHOUT_RECOMMENDATION, Outcome.REJECTED, Outcome.ELECTED):
        assert effect_of(outcome) == Effect.CONCLUDES


def test_what_nobody_dealt_with_is_no_result_and_cannot_be_chosen() -> None:
    assert {o for o in Outcome if not is_treated(o)} == set(UNTREATED)
    assert not is_treated("")
    for role in (None, *R):
        assert not set(UNTREATED) & set(allowed_outcomes(role))
        assert all(objection_to_outcome(outcome, role) for outcome in UNTREATED)


def test_an_item_without_a_paper_is_decided_noted_or_put_off_but_goes_nowhere() -> None:
    outcomes = allowed_outcomes(None)
    assert {Outcome.DECIDED, Outcome.REJECTED, Outcome.NOTED, Outcome.ELECTED} <= set(outcomes)
    assert not {Outcome.REFERRED, Outcome.RETURNED, Outcome.WITHDRAWN} & set(outcomes)
    refused = objection_to_outcome(Outcome.RECOMMENDED, None)
    assert refused is not None
    assert "eines Punktes ohne Vorlage" in refused.message
    assert outcome_if(VoteResult.CARRIED, None, True) == Outcome.DECIDED


def test_it_is_referred_back_where_the_body_has_dealt_with_it_before() -> None:
    assert referral(Outcome.REFERRED, sat_before=True) == Outcome.REFERRED_BACK
    assert referral(Outcome.REFERRED_BACK, sat_before=False) == Outcome.REFERRED
    assert referral(Outcome.NOTED, sat_before=True) == Outcome.NOTED
    assert Outcome.REFERRED_BACK not in allowed_outcomes(R.PRELIMINARY)
    assert objection_to_outcome(Outcome.REFERRED_BACK, R.PRELIMINARY) is None
    assert objection_to_outcome(Outcome.REFERRED_BACK, None) is not None


def test_an_amended_motion_is_carried_as_changed() -> None:
    assert as_changed(Outcome.DECIDED, True) == Outcome.DECIDED_CHANGED
    assert as_changed(Outcome.RECOMMENDED_CHANGED, False) == Outcome.RECOMMENDED
    assert as_changed(Outcome.REJECTED, True) == Outcome.REJECTED


def test_one_outcome_for_a_block_means_to_each_role_what_it_can() -> None:
    assert outcome_in(Outcome.DECIDED, R.PRELIMINARY) == Outcome.RECOMMENDED
    assert outcome_in(Outcome.NOT_RECOMMENDED, R.DECISION) == Outcome.REJECTED
    assert outcome_in(Outcome.RECOMMENDED, R.NOTE) == Outcome.NOTED
    assert outcome_in(Outcome.RECOMMENDED, None) == Outcome.DECIDED
    assert outcome_in(Outcome.POSTPONED, R.NOTE) == Outcome.POSTPONED


def test_who_was_chosen_stands_in_words_and_is_not_counted() -> None:
    silent = objection_to_result_text(Outcome.ELECTED, " ", counted=False)
    assert silent is not None
    assert silent.field == "text"
    assert objection_to_result_text(Outcome.ELECTED, "Frau A.", counted=False) is None
    numbers = objection_to_result_text(Outcome.APPOINTED, "Frau A.", counted=True)
    assert numbers is not None
    assert "nicht mit Ja und Nein" in numbers.message
    beside = objection_to_result_text(Outcome.DECIDED, "Frau A.", counted=True)
    assert beside is not None
    assert "„gewählt“ oder „benannt“" in beside.message
    assert objection_to_result_text(Outcome.DECIDED, "", counted=True) is None


@pytest.mark.parametrize("role", list(R))
def test_every_role_can_postpone_refer_and_return(role: ConsultationRole) -> None:
    outcomes = allowed_outcomes(role)
    assert len(set(outcomes)) == len(outcomes)
    assert {Outcome.POSTPONED, Outcome.REFERRED, Outcome.RETURNED} <= set(outcomes)


def test_an_advisory_body_recommends_and_a_deciding_one_decides() -> None:
    assert Outcome.REJECTED not in allowed_outcomes(R.PRELIMINARY)
    assert Outcome.DECIDED not in allowed_outcomes(R.HEARING)
    assert Outcome.RECOMMENDED not in allowed_outcomes(R.DECISION)
    assert allowed_outcomes(R.NOTE)[0] == Outcome.NOTED
    assert not any(needs_vote(outcome) for outcome in allowed_outcomes(R.NOTE))


def test_an_outcome_of_another_role_is_refused_with_both_words() -> None:
    assert objection_to_outcome(Outcome.NOT_RECOMMENDED, R.PRELIMINARY) is None
    refused = objection_to_outcome(Outcome.REJECTED, R.PRELIMINARY)
    assert refused is not None
    assert "„abgelehnt“" in refused.message
    assert "Vorberatung" in refused.message


def test_an_advisory_no_is_no_rejection() -> None:
    assert outcome_if(VoteResult.LOST, R.PRELIMINARY, False) == Outcome.NOT_RECOMMENDED
    assert outcome_if(VoteResult.LOST, R.DECISION, False) == Outcome.REJECTED
    assert outcome_if(VoteResult.LOST, R.NOTE, False) == Outcome.NOTED
    assert outcome_if(VoteResult.CARRIED, R.PRELIMINARY, True) == Outcome.RECOMMENDED_CHANGED
    assert outcome_if(VoteResult.CARRIED, R.DECISION, True) == Outcome.DECIDED_CHANGED
    assert outcome_if(VoteResult.CARRIED, R.APPROVAL, False) == Outcome.DECIDED


def test_what_a_vote_means_is_always_an_outcome_its_role_allows() -> None:
    for result, role, changed in product(VoteResult, R, (True, False)):
        outcome = outcome_if(result, role, changed)
        assert objection_to_outcome(outcome, role) is None
        assert objection_to_announcing(outcome, result, role) is None


def test_predecessors_are_the_earlier_open_stations_except_those_that_only_take_note() -> None:
    assert open_predecessors(KT, ROUTE) == [SOZ, KA]
    assert open_predecessors(SOZ, ROUTE) == []


def test_deciding_early_asks_for_a_reason_and_names_the_bodies() -> None:
    asked = objection_to_early_decision(KT, ROUTE)
    assert asked is not None
    assert asked.waivable
    assert asked.field == "reason"
    assert "Sozialausschuss, Kreisausschuss (vorgeschrieben)" in asked.message

    assert objection_to_early_decision(KA, ROUTE) is None
    assert objection_to_early_decision(KT, [KT, INFO]) is None


def test_two_stations_at_one_position_do_not_wait_for_each_other() -> None:
    other = Station(9, 4, "Rat", R.DECISION, is_open=True)
    assert objection_to_early_decision(KT, [KT, other]) is None


def test_announcing_against_the_count_asks_for_a_reason() -> None:
    asked = objection_to_announcing(Outcome.DECIDED, VoteResult.LOST, R.DECISION)
    assert asked is not None
    assert asked.waivable
    assert "„beschlossen“" in asked.message
    assert "„abgelehnt“" in asked.message

    advisory = objection_to_announcing(Outcome.RECOMMENDED, VoteResult.LOST, R.PRELIMINARY)
    assert advisory is not None
    assert "„nicht empfohlen“" in advisory.message


def test_announcing_is_free_where_nothing_was_computed_or_no_vote_is_needed() -> None:
    assert objection_to_announcing(Outcome.DECIDED, None, R.DECISION) is None
    assert objection_to_announcing(Outcome.POSTPONED, VoteResult.LOST, R.DECISION) is None


def test_a_rejection_spares_those_who_take_note_and_those_who_decide() -> None:
    assert {role for role in R if not lapses_on_rejection(role)} == {R.NOTE, R.DECISION}


def test_a_council_decision_without_the_main_committee_is_noted_in_niedersachsen_only() -> None:
    short = [PlannedStation(K.COMMITTEE, R.PRELIMINARY), PlannedStation(K.COUNCIL, R.DECISION)]
    [note] = route_notes(short, NI)
    assert "Kreisausschuss" in note
    assert "§ 76 Abs. 1 Satz 1 NKomVG" in note
    assert route_notes(short, NW) == []

    full = [*short[:1], PlannedStation(K.MAIN_COMMITTEE, R.PRELIMINARY), *short[1:]]
    assert route_notes(full, NI) == []
    late = [*short, PlannedStation(K.MAIN_COMMITTEE, R.PRELIMINARY)]
    assert len(route_notes(late, NI)) == 1
    told = [PlannedStation(K.MAIN_COMMITTEE, R.NOTE), *short]
    assert len(route_notes(told, NI)) == 1


def test_the_preparation_does_not_nag_where_the_council_only_takes_note() -> None:
    assert route_notes([PlannedStation(K.COUNCIL, R.NOTE)], NI) == []
    assert route_notes([PlannedStation(K.MAIN_COMMITTEE, R.DECISION)], NI) == []


def test_a_route_that_decides_nowhere_or_twice_is_noted() -> None:
    [nowhere] = route_notes([PlannedStation(K.COMMITTEE, R.PRELIMINARY)], NI)
    assert "entscheidet keines" in nowhere
    twice = [PlannedStation(K.MAIN_COMMITTEE, R.DECISION), PlannedStation(K.COUNCIL, R.DECISION)]
    [double] = route_notes(twice, NI)
    assert "mehrere Gremien" in double
