"""A proposal played through the gate that is compared with its facts after every act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from viewflow.workflow import STATUS
from viewflow.workflow.models import Process, Task

from proposals.models import AgendaItem, Consultation, CoSignature, Proposal, StatementRequest
from proposals.models.facts import facts
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.lifecycle import ProposalStatus, status
from tests import factories as f
from workflows import engine, gate
from workflows.beside import EXCHANGES, STATEMENTS

Waiting = Sequence[tuple[str, str]]


class Play:
    """One proposal of a house, begun as a draft; each method is one act and its check."""

    def __init__(self, house: f.House, at: str = "draft", **draft: Any) -> None:
        self.house = house
        self.proposal = f.make_proposal(house, at, **draft)
        self.check()

    def submit(self) -> None:
        f.submit(self.house, self.proposal)
        self.check()

    def co_sign(self, office: str, verdict: Verdict = Verdict.SIGNED, remark: str = "") -> None:
        f.co_sign(self.house, self.proposal, office, verdict, remark)
        self.check()

    def release(self, *, released: bool = True, remark: str = "") -> None:
        f.release(self.house, self.proposal, released=released, remark=remark)
        self.check()

    def check_form(self, *, passed: bool = True, remark: str = "") -> None:
        f.check_form(self.house, self.proposal, passed=passed, remark=remark)
        self.check()

    def schedule(self, committee: str, day: date = f.DAY) -> AgendaItem:
        item = f.schedule(self.house, self.station(committee), day)
        self.check()
        return item

    def treat(self, row: str | Consultation, outcome: Outcome, **values: Any) -> AgendaItem:
        if isinstance(row, str):
            row = self.station(row)
        item = f.treat(self.house, row, outcome, **values)
        self.check()
        return item

    def correct(self, item: AgendaItem, outcome: Outcome, **values: Any) -> AgendaItem:
        item = f.correct(self.house, item, outcome, **values)
        self.check()
        return item

    def insert(
        self, committee: str, role: ConsultationRole = ConsultationRole.PRELIMINARY
    ) -> Consultation:
        row = f.insert(self.house, self.proposal, committee, role)
        self.check()
        return row

    def drop(self, committee: str) -> None:
        f.drop(self.house, self.station(committee))
        self.check()

    def withdraw(self, actor: str = "head") -> None:
        f.withdraw(self.house, self.proposal, actor)
        self.check()

    def station(self, committee: str) -> Consultation:
        return f.station(self.proposal, committee)

    def status(self) -> str:
        status: str = f.reread(self.proposal).status
        return status

    def waiting(self) -> list[str]:
        """Return the open steps, each with its committee or office: "treat social"."""
        return sorted(self._word(turn) for turn, _ in open_turns(self.proposal))

    def _word(self, turn: engine.Turn) -> str:
        if turn.subject_id is None:
            return turn.step
        if turn.step in engine.STATION_STEPS:
            row = Consultation.everything.get(pk=turn.subject_id)
            return f"{turn.step} {row.committee.short_name}"
        if turn.step in EXCHANGES.steps:
            return turn.step
        if turn.step in STATEMENTS.steps:
            asked = StatementRequest.everything.get(pk=turn.subject_id)
            return f"{turn.step} {asked.office.short_name}"
        request = CoSignature.everything.get(pk=turn.subject_id)
        return f"{turn.step} {request.office.short_name}"

    def check(self) -> None:
        """Hold engine and status against the facts, and the living engine against a new one."""
        assert_agreement(self.proposal)

    def assert_over(self, word: ProposalStatus) -> None:
        """Nothing waits any more, in no process of the proposal; its status is `word`."""
        assert self.waiting() == []
        assert self.status() == word
        assert open_engine_tasks(self.proposal) == []


def open_turns(proposal: Proposal) -> list[tuple[engine.Turn, str]]:
    """Return the open human tasks as (turn, permission), sorted."""
    tasks = engine.open_tasks_of(proposal)
    return sorted((turn, task.owner_permission) for task, turn in engine.turns(tasks))


def open_engine_tasks(proposal: Proposal) -> list[str]:
    """Return every task of whatever kind that is not over, by its node."""
    ids = Process.objects.filter(proposalprocess__proposal=proposal) | Process.objects.filter(
        consultationprocess__consultation__proposal=proposal
    )
    over = (STATUS.DONE, STATUS.CANCELED)
    tasks = Task.objects.filter(process__in=ids.values("pk")).exclude(status__in=over)
    return [task.flow_task.name for task in tasks]


def assert_agreement(proposal: Proposal) -> None:
    """Facts, status, open tasks and the tasks of a rebuilt engine say the same."""
    assert_living_agreement(proposal)
    fresh = f.reread(proposal)
    living = open_turns(fresh)
    point = transaction.savepoint()
    gate.rebuild(fresh)
    assert open_turns(fresh) == living
    assert gate.agrees(f.reread(proposal))
    transaction.savepoint_rollback(point)


def assert_living_agreement(proposal: Proposal) -> None:
    """Facts, status and open tasks say the same."""
    fresh = f.reread(proposal)
    assert gate.agrees(fresh)
    assert fresh.status == status(facts(fresh))
