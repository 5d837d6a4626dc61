"""What an act costs in SQL statements; savepoints and the transaction's own are not counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.rules.consultation import Outcome
from tests import factories as f
from tests.factories import DECISION, NOTE, PRELIMINARY, House
from workflows import gate, inbox
from workflows.engine import Turn

VOTE_LIMIT = 60
STATION_LIMIT = 6
NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


class Cost:
    """How many statements ran in a block."""

    statements = 0


@contextmanager
def counted() -> Iterator[Cost]:
    cost = Cost()
    with CaptureQueriesContext(connection) as queries:
        yield cost
    texts = [query["sql"] for query in queries.captured_queries]
    cost.statements = sum(not sql.startswith(NOT_COUNTED) for sql in texts)


def cost_of_a_vote(house: House, route: f.Route, outcome: Outcome, **values: Any) -> int:
    """Return the statements of recording the result of the last station of a route."""
    proposal = f.make_proposal(house, "in_route", route=route)
    row = f.station(proposal, route[-1][0])
    f.schedule(house, row)
    actor, turn = house.user("secretary"), Turn(proposal.pk, "treat", row.pk)
    answer = f.result(outcome, reason="Eilbedürftig", **values)
    with counted() as cost:
        gate.complete(actor=actor, turn=turn, answer=answer)
    return cost.statements


def test_recording_a_vote_takes_few_statements(house: House) -> None:
    long = (("social", PRELIMINARY), ("main", PRELIMINARY), ("board", NOTE), ("council", DECISION))
    costs = {
        "advice": cost_of_a_vote(
            house, (("council", DECISION), ("main", PRELIMINARY)), Outcome.RECOMMENDED
        ),
        "decision": cost_of_a_vote(house, (("council", DECISION),), Outcome.DECIDED),
        "changed": cost_of_a_vote(
            house, (("council", DECISION),), Outcome.DECIDED_CHANGED, wording="<p>Neu.</p>"
        ),
        "postponed": cost_of_a_vote(house, (("council", DECISION),), Outcome.POSTPONED),
    }
    moving = {
        "rejected, two lapse": cost_of_a_vote(house, long, Outcome.REJECTED) - 2 * STATION_LIMIT,
        "referred, two inserted": cost_of_a_vote(
            house,
            (("council", DECISION),),
            Outcome.REFERRED,
            refer_to=(house.committee("main").pk,),
        )
        - 2 * STATION_LIMIT,
        "returned, four lapse, four inserted": cost_of_a_vote(house, long, Outcome.RETURNED)
        - 7 * STATION_LIMIT,
    }
    print({**costs, **moving})
    assert max(costs.values()) <= VOTE_LIMIT
    assert max(moving.values()) <= VOTE_LIMIT


@pytest.mark.parametrize("stage", f.STAGES)
def test_every_other_step_is_printed_and_stays_below_a_hundred(house: House, stage: str) -> None:
    proposal = f.make_proposal(house, stage, asked=("treasury",))
    acts: dict[str, Callable[[], Any]] = {
        "draft": lambda: f.submit(house, proposal),
        "submitted": lambda: f.co_sign(house, proposal, "treasury"),
        "released": lambda: f.check_form(house, proposal),
        "in_route": lambda: f.schedule(house, f.station(proposal, "social")),
    }
    with counted() as cost:
        acts[stage]()
    print(stage, cost.statements)
    assert cost.statements < 100


def test_the_inbox_takes_the_same_number_of_statements_however_long_it_is(house: House) -> None:
    def statements(user: str) -> tuple[int, int]:
        who = house.user(user)
        with counted() as cost:
            tasks = inbox.tasks_for(who)
        return len(tasks), cost.statements

    route = (("social", NOTE), ("main", NOTE), ("board", NOTE))
    f.make_proposal(house, "in_route", route=route)
    few = statements("secretary")
    for _ in range(9):
        f.make_proposal(house, "in_route", route=route)
    many = statements("secretary")
    assert (few[0], many[0]) == (3, 30)
    assert many[1] == few[1]
