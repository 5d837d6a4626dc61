"""Random legal walks: whatever people do in whatever order, engine and facts agree."""

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from proposals.models import AgendaItem, Consultation
from proposals.models.consultation import OPEN
from proposals.models.facts import was_released
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import (
    ConsultationRole,
    Outcome,
    allowed_outcomes,
    needs_vote,
)
from proposals.rules.errors import RuleViolation
from proposals.rules.lifecycle import ProposalStatus
from proposals.rules.results import CHANGED
from tests import factories as f
from tests.factories import House
from tests.workflows.playing import (
    Play,
    assert_agreement,
    assert_living_agreement,
    open_turns,
)
from workflows.engine import Turn

WALKS, STEPS = 50, 10
BODIES = ("social", "main", "council", "board")
NEVER = {Outcome.WITHDRAWN}
OVER = ("adopted", "adopted_changed", "rejected", "withdrawn")


class Walk(Play):
    """A play whose acts are drawn by lot among the open steps."""

    def __init__(self, house: House, rnd: Random) -> None:
        self.rnd = rnd
        route = [(rnd.choice(BODIES), rnd.choice(list(ConsultationRole))) for _ in range(3)]
        asked = rnd.choice(((), ("treasury",), ("treasury", "staff")))
        super().__init__(house, rnd.choice(("draft", "in_route")), asked=asked, route=route)

    def check(self) -> None:
        assert_living_agreement(self.proposal)

    def step(self) -> bool:
        """Do one act that is due, now and then one that is not; return whether one was left."""
        turns = [turn for turn, _ in open_turns(self.proposal)]
        if self.rnd.random() < 0.25:
            with suppress(RuleViolation):  # a refusal changes nothing
                self.rnd.choice((self._insert, self._drop, self._correct, self._correct))()
            self.check()
        elif turns:
            self._do(self.rnd.choice(turns))
        return bool(turns)

    def _do(self, turn: Turn) -> None:
        acts: dict[str, Callable[[Turn], Any]] = {
            "draft": lambda _turn: self.submit(),
            "co_sign": self._answer,
            "release": lambda _turn: self.release(**self._verdict("released")),
            "check_form": lambda _turn: self.check_form(**self._verdict("passed")),
            "schedule": lambda turn: f.schedule(self.house, self._row(turn)),
            "treat": self._result,
        }
        acts[turn.step](turn)
        self.check()

    def _verdict(self, word: str) -> dict[str, Any]:
        return {word: self.rnd.random() < 0.8, "remark": "Bitte ändern"}

    def _answer(self, turn: Turn) -> None:
        office = self._word(turn).removeprefix("co_sign ")
        verdict = self.rnd.choice([verdict for verdict in Verdict if verdict != Verdict.PENDING])
        f.co_sign(self.house, self.proposal, office, verdict, "Zur Kenntnis")

    def _row(self, turn: Turn) -> Consultation:
        assert turn.subject_id is not None
        row: Consultation = Consultation.everything.get(pk=turn.subject_id)
        return row

    def _result(self, turn: Turn) -> None:
        row = self._row(turn)
        outcome, values = self._outcome(row)
        f.treat(self.house, row, outcome, **values)

    def _outcome(self, row: Consultation) -> tuple[Outcome, dict[str, Any]]:
        outcome = self.rnd.choice(self._outcomes(row))
        values: dict[str, Any] = {"reason": "Eilbedürftig"}
        if outcome in CHANGED:
            values["wording"] = f"<p>Neu {self.rnd.random()}.</p>"
        if outcome == Outcome.REFERRED:
            names = self.rnd.sample(BODIES, self.rnd.randint(1, 2))
            values["refer_to"] = tuple(self.house.committee(name).pk for name in names)
            values["refer_back"] = self.rnd.random() < 0.5
        return outcome, values

    def _outcomes(self, row: Consultation) -> list[Outcome]:
        decided = self.status() in OVER
        left_out = NEVER | ({Outcome.RETURNED} if decided else set())
        outcomes = [o for o in allowed_outcomes(ConsultationRole(row.role)) if o not in left_out]
        return outcomes + [o for o in outcomes if needs_vote(o)]

    def _insert(self) -> None:
        role = self.rnd.choice((ConsultationRole.PRELIMINARY, ConsultationRole.NOTE))
        self.insert(self.rnd.choice(BODIES), role)

    def _drop(self) -> None:
        rows = list(Consultation.everything.filter(OPEN, proposal=self.proposal))
        if rows:
            self.drop(self.rnd.choice(rows).committee.short_name)

    def _correct(self) -> None:
        items = AgendaItem.everything.filter(consultation__proposal=self.proposal)
        treated = list(items.exclude(outcome="").select_related("consultation"))
        if treated:
            item = self.rnd.choice(treated)
            assert item.consultation is not None
            outcome, values = self._outcome(item.consultation)
            self.correct(item, outcome, **values)


@pytest.mark.parametrize("seed", range(WALKS))
def test_facts_and_tasks_agree_after_every_step_of_a_random_walk(house: House, seed: int) -> None:
    walk = Walk(house, Random(seed))  # noqa: S311  # drawn by lot, not secret
    for _ in range(STEPS):
        if not walk.step():
            break
    assert_agreement(walk.proposal)
    if walk.status() not in OVER:
        walk.withdraw("head" if was_released(walk.proposal) else "clerk")
        walk.assert_over(ProposalStatus.WITHDRAWN)
