"""Many at once, and killed in the middle: one result, one chain, no half state."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from itertools import cycle
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from proposals.history.keys import signing_key
from proposals.history.records import create_all
from proposals.models import (
    AgendaItem,
    CoSignature,
    Entry,
    Meeting,
    NumberAt,
    Proposal,
    Vote,
)
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.services.results import ResultAnswer
from proposals.services.voting import CountedAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import House
from tests.history.verifier import verify
from tests.workflows.crowd import Act, at_once, killed_after
from workflows import gate

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]

KILLS = 24
LONG = 300  # seconds for a hundred acts in each of eight processes
LATE = "TaskNotOpen: Dieser Schritt ist bereits erledigt oder entfallen. Es wurde nichts geändert."


@pytest.fixture
def house() -> House:
    return f.make_house()


def assert_intact() -> None:
    """Chain, history and live rows agree, and so do engine and facts of every proposal."""
    assert verify(signing_key().public_key().public_bytes_raw()) == []
    for model in (Proposal, AgendaItem, Vote, CoSignature):
        columns = [field.attname for field in model._meta.concrete_fields]
        for row in model.everything.all():
            newest = row.history.latest()
            assert [getattr(row, c) for c in columns] == [getattr(newest, c) for c in columns]
    for proposal in Proposal.everything.all():
        assert gate.agrees(proposal), proposal.pk
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)


def scheduled(house: House, count: int) -> list[Any]:
    """Return the social committee's stations of new proposals, all in one meeting."""
    rows = [f.station(f.make_proposal(house, "in_route"), "social") for _ in range(count)]
    for row in rows:
        f.schedule(house, row)
    return rows


def test_four_who_record_the_same_vote_at_once_record_one(house: House) -> None:
    (row,) = scheduled(house, 1)
    entries = Entry.everything.count()
    answers = at_once([partial(f.treat, house, row, Outcome.RECOMMENDED)] * 4)
    assert sorted(answers) == [LATE, LATE, LATE, "done"]
    assert Vote.everything.count() == 1
    assert Entry.everything.count() == entries + 1
    assert_intact()


def test_eight_record_different_matters_of_one_meeting_at_once(house: House) -> None:
    rows = scheduled(house, 8)
    answers = at_once([partial(f.treat, house, row, Outcome.RECOMMENDED) for row in rows])
    assert answers == ["done"] * 8
    assert Vote.everything.count() == 8
    assert Meeting.everything.count() == 1
    assert_intact()


def test_eight_put_matters_on_an_agenda_that_nobody_has_begun(house: House) -> None:
    rows = [f.station(f.make_proposal(house, "in_route"), "social") for _ in range(8)]
    answers = at_once([partial(f.schedule, house, row) for row in rows])
    assert answers == ["done"] * 8
    meeting = Meeting.everything.get()
    positions = AgendaItem.everything.filter(meeting=meeting).values_list("position", flat=True)
    assert sorted(positions) == list(range(1, 9))
    assert_intact()


@pytest.mark.parametrize("number_at", [NumberAt.CREATION, NumberAt.RELEASE])
def test_numbers_drawn_at_once_are_different_also_the_first_of_the_year(
    number_at: NumberAt,
) -> None:
    house = f.make_house("nummern", number_at=number_at)
    if number_at == NumberAt.CREATION:
        answers = at_once([partial(f.make_proposal, house)] * 8)
    else:
        proposals = [f.make_proposal(house, "submitted") for _ in range(8)]
        answers = at_once([partial(f.release, house, proposal) for proposal in proposals])
    assert answers == ["done"] * 8
    numbers = Proposal.everything.values_list("number", flat=True)
    assert sorted(map(str, numbers)) == [f"{running:04}/2024" for running in range(1, 9)]
    assert_intact()


def test_supplements_drawn_at_once_are_different(house: House) -> None:
    base = f.make_proposal(house, "in_route")
    papers = [
        f.make_proposal(house, "submitted", supplements_id=base.pk, route=()) for _ in range(8)
    ]
    answers = at_once([partial(f.release, house, paper) for paper in papers])
    assert answers == ["done"] * 8
    numbers = Proposal.everything.exclude(pk=base.pk).values_list("number", flat=True)
    assert sorted(map(str, numbers)) == [f"{base.number}-{suffix}" for suffix in range(1, 9)]
    assert_intact()


def test_two_offices_answer_at_once_and_one_of_them_completes_the_round(house: House) -> None:
    proposals = [f.make_proposal(house, "submitted", asked=("treasury", "staff")) for _ in range(4)]
    acts = [
        partial(f.co_sign, house, proposal, office)
        for proposal in proposals
        for office in ("treasury", "staff")
    ]
    assert at_once(acts) == ["done"] * 8
    assert {proposal.status for proposal in Proposal.everything.all()} == {"awaiting_release"}
    assert_intact()


def test_everything_at_once_on_one_proposal_ends_in_one_truth(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    social, main = f.station(proposal, "social"), f.station(proposal, "main")
    f.schedule(house, social)
    answers = at_once(
        [
            partial(f.treat, house, social, Outcome.REFERRED, refer_to=(main.committee_id,)),
            partial(f.schedule, house, main),
            partial(f.drop, house, main),
            partial(f.insert, house, proposal, "board"),
            partial(gate.rebuild, proposal),
            partial(f.withdraw, house, proposal),
        ]
    )
    refusals = ("done", "RuleViolation", "TaskNotOpen")
    assert all(answer.startswith(refusals) for answer in answers), answers
    assert answers[-1] == "done"
    assert f.reread(proposal).status == "withdrawn"
    assert_intact()


def agenda_of(house: House, meeting: Meeting, papers: int, points: int) -> list[AgendaItem]:
    """Return items of a council meeting, with a Vorlage and without, in turn of their kind."""
    found = [s.paper(house, meeting) for _ in range(papers)]
    rows = [
        AgendaItem(
            meeting=meeting,
            committee=house.committee("council"),
            kind=ItemKind.OTHER,
            title=f"Punkt {number}",
            position=papers + number + 1,
            public=True,
        )
        for number in range(points)
    ]
    with f.setting_up(meeting):
        create_all(rows)
    return found + rows


def enter_all(house: House, items: Sequence[AgendaItem]) -> None:
    """Record a result for each item; every tenth form is sent a second time."""
    for number, item in enumerate(items):
        yes = item.pk % 4 + 1
        counted = CountedAnswer(yes=yes, no=0, abstained=5 - yes)
        answer = ResultAnswer(Outcome.DECIDED, uuid4(), counted)
        for _ in range(1 + (number % 10 == 0)):
            with suppress(RuleViolation):  # that of the second form: there is a result
                enter = gate.record
                enter(actor=house.user("secretary"), agenda_item=s.take(item), answer=answer)


def test_eight_processes_enter_a_hundred_results_each(house: House) -> None:
    meeting = s.plan(house, "council")
    items = agenda_of(house, meeting, papers=8 * 10, points=8 * 90)
    entries = Entry.everything.count()
    shares = [items[start::8] for start in range(8)]

    answers = at_once([partial(enter_all, house, share) for share in shares], seconds=LONG)

    assert answers == ["done"] * 8
    votes = list(Vote.everything.filter(agenda_item__meeting=meeting))
    entered = {vote.agenda_item_id: vote.yes for vote in votes}
    assert entered == {item.pk: item.pk % 4 + 1 for item in items}, "none is lost"
    assert len(votes) == 800, "none is doubled"
    assert Entry.everything.count() == entries + 800
    assert not AgendaItem.everything.filter(meeting=meeting, outcome="").exists()
    order = AgendaItem.everything.filter(meeting=meeting).values_list("taken_up", flat=True)
    assert sorted(place or 0 for place in order) == list(range(1, 801)), (
        "no two are dealt with at the same moment"
    )
    assert_intact()


def test_a_process_killed_in_the_middle_of_a_vote_leaves_no_half_state(house: House) -> None:
    (row,) = scheduled(house, 1)
    item = f.treat(house, row, Outcome.RECOMMENDED)
    rnd, revision = Random(7), 1  # noqa: S311  # spread, not secret

    def correct_for_ever(begun: Act) -> None:
        for outcome in cycle((Outcome.NOT_RECOMMENDED, Outcome.RECOMMENDED)):
            f.correct(house, item, outcome)
            begun()

    before = Entry.everything.count()
    for _ in range(KILLS):
        with killed_after(rnd.uniform(0, 0.08), correct_for_ever):
            reached = AgendaItem.everything.get(pk=item.pk).revision
            assert reached > revision, "killed before it had worked"
            revision = reached
            assert Entry.everything.count() - before == revision - 1
    assert_intact()
    f.correct(house, item, Outcome.WITHOUT_RECOMMENDATION)
