from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.lifecycle import (
    ALLOWED,
    Facts,
    ProposalStatus,
    StationFact,
    objection_to_return,
    objection_to_status,
    objection_to_withdrawal,
    status,
)
from tests.rules.walks import Model, Stop, act_of, check_form, drop_station, start

S = ProposalStatus
ON_ROUTE = Facts(submitted=True, released=True, form_checked=True)
WAITING = StationFact(is_open=True)
INVITED = StationFact(is_open=True, invited=True)


def closed(outcome: Outcome) -> StationFact:
    return StationFact(is_open=False, outcome=outcome, invited=True)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), S.DRAFT),
        (Facts(returned_before=True), S.RETURNED),
        (Facts(submitted=True, open_co_signatures=2), S.IN_CO_SIGNING),
        (Facts(submitted=True, returned_before=True), S.AWAITING_RELEASE),
        (Facts(submitted=True, released=True, stations=(WAITING,)), S.RELEASED),
        (replace(ON_ROUTE, stations=(WAITING, WAITING)), S.REGISTERED),
        (replace(ON_ROUTE, stations=(WAITING, INVITED)), S.DISPATCHED),
    ],
)
def test_the_status_follows_the_paper_through_the_house(
    facts: Facts, expected: ProposalStatus
) -> None:
    assert status(facts) == expected


def test_any_result_puts_the_proposal_in_consultation_even_a_postponement() -> None:
    postponed = StationFact(is_open=True, outcome=Outcome.POSTPONED)
    assert status(replace(ON_ROUTE, stations=(postponed,))) == S.IN_CONSULTATION

    recommended = closed(Outcome.RECOMMENDED)
    assert status(replace(ON_ROUTE, stations=(recommended, WAITING))) == S.IN_CONSULTATION


def test_an_unfinished_station_that_lapsed_has_no_result() -> None:
    lapsed = StationFact(is_open=False, outcome=Outcome.POSTPONED, lapsed=True)
    assert status(replace(ON_ROUTE, stations=(lapsed, WAITING))) == S.REGISTERED


def test_an_invitation_to_a_closed_station_is_no_dispatch() -> None:
    lapsed = StationFact(is_open=False, invited=True, lapsed=True)
    assert status(replace(ON_ROUTE, stations=(lapsed, WAITING))) == S.REGISTERED


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (Outcome.DECIDED, S.ADOPTED),
        (Outcome.DECIDED_CHANGED, S.ADOPTED_CHANGED),
        (Outcome.REJECTED, S.REJECTED),
        (Outcome.ELECTED, S.ADOPTED),
        (Outcome.APPOINTED, S.ADOPTED),
    ],
)
def test_a_decision_is_a_fact_of_its_own_whatever_is_still_open(
    decision: Outcome, expected: ProposalStatus
) -> None:
    facts = replace(ON_ROUTE, decision=decision, stations=(closed(decision), INVITED))
    assert status(facts) == expected
    assert status(replace(facts, stations=(closed(decision),))) == expected


def test_a_stay_shows_while_it_lasts_and_only_on_a_decision() -> None:
    decided = replace(ON_ROUTE, decision=Outcome.DECIDED, stations=(closed(Outcome.DECIDED),))
    assert status(replace(decided, stayed=True)) == S.EXECUTION_STAYED
    assert status(decided) == S.ADOPTED
    assert status(replace(ON_ROUTE, stayed=True, stations=(WAITING,))) == S.REGISTERED


def test_without_a_decision_it_ends_noted_where_a_body_took_note_and_settled_elsewhere() -> None:
    noted = (closed(Outcome.NOTED), closed(Outcome.RECOMMENDED))
    assert status(replace(ON_ROUTE, stations=noted)) == S.NOTED
    assert status(replace(ON_ROUTE, decision=Outcome.NOTED, stations=noted)) == S.NOTED
    assert status(replace(ON_ROUTE, stations=(closed(Outcome.SETTLED),))) == S.SETTLED
    assert status(ON_ROUTE) == S.SETTLED


def test_withdrawn_stands_above_everything() -> None:
    assert status(replace(ON_ROUTE, withdrawn=True, stations=(WAITING,))) == S.WITHDRAWN
    assert status(Facts(withdrawn=True)) == S.WITHDRAWN


def test_withdrawing_is_refused_after_the_decision_and_a_second_time() -> None:
    assert objection_to_withdrawal(ON_ROUTE) is None
    assert objection_to_withdrawal(replace(ON_ROUTE, decision=Outcome.NOTED)) is None

    decided = objection_to_withdrawal(replace(ON_ROUTE, decision=Outcome.REJECTED))
    assert decided is not None
    assert "Nach dem Beschluss" in decided.message
    assert not decided.waivable

    twice = objection_to_withdrawal(Facts(withdrawn=True))
    assert twice is not None
    assert "bereits zurückgezogen" in twice.message


def test_a_decided_proposal_does_not_go_back_to_the_administration() -> None:
    assert objection_to_return(ON_ROUTE) is None
    refused = objection_to_return(replace(ON_ROUTE, decision=Outcome.DECIDED))
    assert refused is not None
    assert refused.field == "outcome"


def test_the_table_knows_every_status_and_staying_is_always_allowed() -> None:
    assert set(ALLOWED) == set(S)
    for each in S:
        assert each not in ALLOWED[each]
        assert objection_to_status(each, each) is None


def test_a_status_no_act_leads_to_is_refused_by_name() -> None:
    refused = objection_to_status(S.ADOPTED, S.IN_CO_SIGNING)
    assert refused is not None
    assert "„Beschlossen“" in refused.message
    assert "„In Mitzeichnung“" in refused.message
    assert objection_to_status(S.WITHDRAWN, S.DRAFT) is not None


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(min_value=1, max_value=40))
def test_no_walk_of_legal_acts_is_stopped_by_the_table(rnd: Random, length: int) -> None:
    model = start(rnd)
    before = status(model.facts())
    for _ in range(length):
        act = act_of(model)
        if model.withdrawn:
            break
        if act(model):
            after = status(model.facts())
            assert objection_to_status(before, after) is None, (act.__name__, before, after)
            before = after


def test_walks_reach_every_successor_in_the_table_and_no_other() -> None:
    rnd = Random(1)  # noqa: S311  (a walk, not a secret)
    reached = {_second_round_without_open_stations(rnd)}
    for _ in range(8000):
        model = start(rnd)
        before = status(model.facts())
        for _ in range(30):
            if model.withdrawn or not act_of(model)(model):
                continue
            after = status(model.facts())
            if before != after:
                reached.add((before, after))
            before = after
    table = {(old, new) for old, new in product(S, S) if new in ALLOWED[old]}
    assert reached == table


def _second_round_without_open_stations(rnd: Random) -> tuple[ProposalStatus, ProposalStatus]:
    """Too rare for chance: noted and returned in the first round, the rest of the route dropped."""
    noted = Stop(ConsultationRole.NOTE, outcome=Outcome.NOTED)
    model = Model(rnd, route=[noted, Stop(ConsultationRole.PRELIMINARY)])
    noted.is_open = False
    model.send_back()
    model.submitted = model.released = True
    assert drop_station(model)
    before = status(model.facts())
    assert check_form(model)
    return before, status(model.facts())
