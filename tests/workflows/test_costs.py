"""What an act costs in SQL statements; savepoints and the transaction's own are not counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import AgendaItem, User
from proposals.rules.consultation import Outcome
from proposals.rules.voting import Choice, VoteKind, VoteMode
from proposals.services.results import ResultAnswer
from proposals.services.voting import BallotAnswer, CountedAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import DECISION, NOTE, PRELIMINARY, House
from workflows import gate, inbox
from workflows.engine import Turn

VOTE_LIMIT = 60
STATION_LIMIT = 6
ROLL_CALL_LIMIT = 15
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


@pytest.fixture
def evening(db: None) -> list[AgendaItem]:
    """Papers of a council of 43 who are there; one of them leaves, one is excluded at each."""
    house = f.make_house(seats=f.COUNTY)
    meeting = s.plan(house, "council")
    items = [s.paper(house, meeting) for _ in range(8)]
    s.invite(house, meeting)
    there = s.call_roll(house, meeting, "council", 43)
    s.leave(house, items[0], there[:1])
    for item in items:
        s.recuse(house, item, there[1])
    return items


def cost_of(item: AgendaItem, answer: ResultAnswer | BallotAnswer) -> int:
    """Return the statements of entering a result or another vote."""
    item = s.take(item)
    actor = User.objects.get(username="muster.secretary")
    enter: Any = gate.ballot if isinstance(answer, BallotAnswer) else gate.record
    with counted() as cost:
        enter(actor=actor, agenda_item=item, answer=answer)
    return cost.statements


def test_a_vote_of_a_full_council_takes_few_statements(evening: list[AgendaItem]) -> None:
    open_one, by_name, secret, changed, amended, procedural, *_ = evening
    voters = s.members(House(open_one.committee.municipality), "council")[2:]
    roll = tuple((person.pk, Choice.YES) for person in voters)
    numbers = CountedAnswer(yes=40, no=1, abstained=0)
    hidden, fewer = replace(numbers, mode=VoteMode.SECRET), replace(numbers, yes=39)
    ballot = BallotAnswer(procedural.pk, VoteKind.PROCEDURAL, "Schluss", uuid4(), numbers)
    amendment = replace(ballot, item_id=amended.pk, kind=VoteKind.AMENDMENT, wording="<p>Neu.</p>")
    decided = ResultAnswer(Outcome.DECIDED, uuid4(), numbers)
    corrected = replace(decided, counted=fewer, revision=1, request_key=uuid4())
    costs = {
        "open": cost_of(open_one, decided),
        "secret": cost_of(secret, replace(decided, counted=hidden, request_key=uuid4())),
        "corrected": cost_of(open_one, corrected),
        "changed": cost_of(
            changed,
            replace(
                decided,
                outcome=Outcome.DECIDED_CHANGED,
                wording="<p>Neu.</p>",
                request_key=uuid4(),
            ),
        ),
        "amendment": cost_of(amended, replace(amendment, request_key=uuid4())),
        "procedural": cost_of(procedural, ballot),
    }
    called = cost_of(by_name, ResultAnswer(Outcome.DECIDED, uuid4(), CountedAnswer(roll=roll)))
    print({**costs, "by name": called})
    assert max(costs.values()) <= VOTE_LIMIT
    assert called <= costs["open"] + ROLL_CALL_LIMIT


def test_a_vote_costs_the_same_however_long_the_agenda_is(evening: list[AgendaItem]) -> None:
    def entered(item: AgendaItem) -> int:
        numbers = CountedAnswer(yes=40, no=1, abstained=0)
        return cost_of(item, ResultAnswer(Outcome.DECIDED, uuid4(), numbers))

    house = House(evening[0].committee.municipality)
    few = entered(evening[0])
    for _ in range(8):
        s.add_item(house, evening[0].meeting, "council")
    assert entered(evening[1]) == few


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
