"""The one way in: who is let through, what a refusal leaves behind, and who is too late."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals import policies
from proposals.history.journal import transaction_of_record
from proposals.models import Entry, Proposal, Role, User, Vote
from proposals.models.standing import standing_of
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.words import ProposalKind
from proposals.services.consultation import ScheduleAnswer, SkipAnswer, WithdrawAnswer
from proposals.services.submission import CoSignAnswer, SubmitAnswer
from tests import factories as f
from tests.factories import House
from tests.workflows.playing import assert_agreement, open_turns
from workflows import engine, gate, inbox
from workflows.engine import TaskNotOpen, Turn

POLICIES: dict[str, Callable[[User, Any], bool]] = {
    "draft": policies.can_edit,
    "co_sign": policies.can_co_sign,
    "release": policies.can_release,
    "check_form": policies.can_check_form,
    "schedule": policies.can_schedule,
    "treat": policies.can_record,
}


def proposals_at_every_step(house: House) -> list[Proposal]:
    """Return proposals whose open tasks are of every kind, public and not, an Antrag too."""
    asked = ("treasury", "staff")
    proposals = [f.make_proposal(house, stage, asked=asked) for stage in f.STAGES]
    proposals += [
        f.make_proposal(house, "submitted"),
        f.make_proposal(house, kind=ProposalKind.ANTRAG),
        f.make_proposal(house, "in_route", public=False),
    ]
    f.schedule(house, f.station(proposals[-1], "social"))
    return proposals


def test_permission_strings_and_policies_are_equal_for_every_open_task_and_user(
    house: House,
) -> None:
    proposals = proposals_at_every_step(house)
    f.make_user(house, "gone", Role.CLERK, office="lead", valid_to=f.DAY)
    f.make_user(house, "second", Role.SECRETARY)
    turns = [pair for proposal in proposals for pair in open_turns(proposal)]
    assert {turn.step for turn, _ in turns} == set(POLICIES)
    differing = [
        (turn, user.username)
        for turn, permission in turns
        for user in house.users()
        if (permission in standing_of(user).strings())
        != POLICIES[turn.step](user, subject_of(turn))
    ]
    assert differing == []


def subject_of(turn: Turn) -> Any:
    assert turn.proposal_id is not None
    return engine.subject_of(turn, Proposal.everything.get(pk=turn.proposal_id))


def test_whose_turn_it_is_sees_the_proposal(house: House) -> None:
    proposals = proposals_at_every_step(house)
    f.make_user(house, "second", Role.SECRETARY)
    for user in house.users():
        mine = standing_of(user).strings()
        due = {p.pk for p in proposals for _, whose in open_turns(p) if whose in mine}
        visible = Proposal.objects.visible_to(user).filter(pk__in=due)
        assert set(visible.values_list("pk", flat=True)) == due, user.username
        assert inbox.count_for(user) == len(inbox.tasks_for(user)), user.username


def test_a_stranger_is_refused_and_nothing_is_changed(house: House) -> None:
    proposal = f.make_proposal(house, "submitted", asked=("treasury",))
    stranger, entries = house.user("deputy"), Entry.everything.count()
    ((turn, _),) = open_turns(proposal)

    with pytest.raises(PermissionDenied, match="Ihr Amt ist nicht um Mitzeichnung gebeten"):
        gate.complete(actor=stranger, turn=turn, answer=CoSignAnswer(Verdict.SIGNED))
    with pytest.raises(PermissionDenied):
        gate.withdraw(actor=stranger, proposal=proposal, answer=WithdrawAnswer("Neue Lage"))
    with pytest.raises(PermissionDenied):
        gate.start(actor=stranger, answer=f.draft_answer(house))
    assert Entry.everything.count() == entries
    assert open_turns(proposal) == [(turn, open_turns(proposal)[0][1])]
    assert_agreement(proposal)


def test_route_acts_ask_their_policy(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    row, clerk = f.station(proposal, "main"), house.user("clerk")
    item = f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    f.schedule(house, row)
    with pytest.raises(PermissionDenied):
        gate.drop(actor=clerk, consultation=row, answer=SkipAnswer("Nicht nötig"))
    with pytest.raises(PermissionDenied):
        f.correct(house, item, Outcome.NOT_RECOMMENDED, actor="clerk")
    with pytest.raises(PermissionDenied):
        f.treat(house, row, Outcome.RECOMMENDED, actor="minutes")
    assert_agreement(proposal)


def test_a_refused_rule_rolls_back_everything_the_act_had_written(house: House) -> None:
    proposal = f.make_proposal(house, "in_route", route=(("council", f.DECISION),))
    row = f.station(proposal, "council")
    f.schedule(house, row)
    stranger = f.make_house("fremd").committee("social").pk
    entries = Entry.everything.count()
    with pytest.raises(RuleViolation, match="Dieses Gremium gibt es hier nicht"):
        f.treat(house, row, Outcome.REFERRED, refer_to=(stranger,))
    row.refresh_from_db()
    assert row.is_open
    assert Entry.everything.count() == entries
    assert_agreement(proposal)


@pytest.mark.parametrize("stage", f.STAGES)
def test_a_step_is_done_once(house: House, stage: str) -> None:
    proposal = f.make_proposal(house, stage, asked=("treasury",))
    turn, _ = open_turns(proposal)[0]
    acts: dict[str, Callable[[], Any]] = {
        "draft": lambda: f.submit(house, proposal),
        "co_sign": lambda: f.co_sign(house, proposal, "treasury"),
        "release": lambda: f.release(house, proposal),
        "check_form": lambda: f.check_form(house, proposal),
        "schedule": lambda: f.schedule(house, f.station(proposal, "social")),
    }
    acts[turn.step]()
    entries = Entry.everything.count()
    with pytest.raises(TaskNotOpen, match="bereits erledigt oder entfallen"):
        acts[turn.step]()
    assert Entry.everything.count() == entries


def test_a_second_result_of_one_treatment_is_too_late(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    row = f.station(proposal, "social")
    f.treat(house, row, Outcome.RECOMMENDED)
    turn = Turn(proposal.pk, "treat", row.pk)
    with pytest.raises(TaskNotOpen):
        gate.complete(
            actor=house.user("secretary"), turn=turn, answer=f.result(Outcome.NOT_RECOMMENDED)
        )
    assert Vote.everything.get(agenda_item__consultation=row).announced == "carried"


def test_a_turn_names_a_row_of_its_own_proposal(house: House) -> None:
    mine, other = (f.make_proposal(house, "in_route") for _ in range(2))
    foreign = f.station(other, "social")
    with pytest.raises(TaskNotOpen):
        gate.complete(
            actor=house.user("secretary"),
            turn=Turn(mine.pk, "schedule", foreign.pk),
            answer=ScheduleAnswer(starts_at=f.at()),
        )
    with pytest.raises(TaskNotOpen):
        gate.complete(actor=house.user("clerk"), turn=Turn(mine.pk, "draft"), answer=SubmitAnswer())


def test_steps_of_one_transaction_do_not_nest(house: House) -> None:
    proposal = f.make_proposal(house)
    with transaction_of_record(), pytest.raises(RuntimeError, match="do not nest"):
        f.submit(house, proposal)
    assert_agreement(proposal)
