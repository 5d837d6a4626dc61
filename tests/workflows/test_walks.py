"""Random legal walks: whatever people do in whatever order, engine and facts agree.

After every step the proposal has an open task or has ended, `check_flows` finds nothing, and the
journal has as many new entries as acts went through.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import (
    AgendaItem,
    Consultation,
    CoSignature,
    Entry,
    Meeting,
    Person,
    ResultReview,
    Role,
    Vote,
)
from proposals.models.consultation import OPEN
from proposals.models.facts import was_released
from proposals.rules.agenda import ItemKind
from proposals.rules.attendance import AttendanceKind
from proposals.rules.co_signing import ANSWERS, Verdict
from proposals.rules.consultation import (
    CHOSEN,
    ConsultationRole,
    Outcome,
    allowed_outcomes,
    meaning_of,
    needs_vote,
)
from proposals.rules.errors import RuleViolation
from proposals.rules.lifecycle import ProposalStatus
from proposals.rules.results import CHANGED
from proposals.rules.review import ReviewDecision
from proposals.rules.urgency import UrgentOrgan
from proposals.rules.voting import VoteKind, VoteResult
from proposals.services import attendance, meeting, results, submission
from proposals.services.review import DecisionAnswer, OpinionAnswer
from proposals.services.urgency import UrgentAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import House
from tests.workflows.acts import counted
from tests.workflows.playing import Play, assert_agreement, open_turns
from workflows import gate
from workflows.engine import Turn

WALKS, STEPS = 28, 12
BODIES = ("social", "main", "council", "board")
OVER = ("adopted", "adopted_changed", "rejected", "withdrawn")
ENDS = (*OVER, "noted", "settled")
REASON = "Eilbedürftig"


class Walk(Play):
    """A play whose acts are drawn by lot among the open steps."""

    def __init__(self, house: House, rnd: Random) -> None:
        self.rnd = rnd
        route = [(rnd.choice(BODIES), rnd.choice(list(ConsultationRole))) for _ in range(3)]
        asked = rnd.choice(((), ("treasury",), ("treasury", "staff")))
        super().__init__(house, rnd.choice(("draft", "in_route")), asked=asked, route=route)

    def check(self) -> None:
        """Nothing contradicts the facts, and there is somebody's turn as long as it goes on."""
        assert gate.examine(self.proposal.pk) == []
        assert open_turns(self.proposal) or self.status() in ENDS

    def step(self) -> bool:
        """Do one act that is due, now and then one that is not; return whether one was left."""
        turns = [turn for turn, _ in open_turns(self.proposal)]
        if self.rnd.random() < 0.45:
            with suppress(RuleViolation):  # a refusal changes nothing
                self.rnd.choice(self._aside())()
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
            "schedule": self._schedule,
            "treat": self._result,
            "advise_review": self._advise,
            "decide_review": self._decide,
        }
        acts[turn.step](turn)
        self.check()

    def _verdict(self, word: str) -> dict[str, Any]:
        return {word: self.rnd.random() < 0.8, "remark": "Bitte ändern"}

    def _answer(self, turn: Turn) -> None:
        office = self._word(turn).removeprefix("co_sign ")
        verdict = self.rnd.choice(ANSWERS)
        f.co_sign(self.house, self.proposal, office, verdict, "Zur Kenntnis")

    def _row(self, turn: Turn) -> Consultation:
        assert turn.subject_id is not None
        row: Consultation = Consultation.everything.get(pk=turn.subject_id)
        return row

    def _schedule(self, turn: Turn) -> None:
        row = self._row(turn)
        closed = Meeting.everything.filter(bodies__committee=row.committee, closed_at__isnull=False)
        f.schedule(self.house, row, f.DAY + timedelta(days=closed.count()))

    def _result(self, turn: Turn) -> None:
        row = self._row(turn)
        outcome, values = self._outcome(row)
        with suppress(RuleViolation):  # such as a withdrawal after the decision
            f.treat(self.house, row, outcome, **values)

    def _outcome(self, row: Consultation) -> tuple[Outcome, dict[str, Any]]:
        outcome = self.rnd.choice(self._outcomes(row))
        values: dict[str, Any] = {"reason": REASON}
        if needs_vote(outcome):
            yes = self.rnd.randint(0, 3)
            no = self.rnd.randint(0 if yes else 1, max(3 - yes, 1))
            values |= s.counts((yes, no, 3 - yes - no))
        if outcome in CHANGED:
            values["wording"] = f"<p>Neu {self.rnd.random()}.</p>"
        if outcome in CHOSEN:
            values["text"] = "Erika Muster"
        if outcome == Outcome.REFERRED:
            names = self.rnd.sample(BODIES, self.rnd.randint(1, 2))
            values["refer_to"] = tuple(self.house.committee(name).pk for name in names)
            values["refer_back"] = self.rnd.random() < 0.5
        return outcome, values

    def _outcomes(self, row: Consultation) -> list[Outcome]:
        outcomes = list(allowed_outcomes(ConsultationRole(row.role)))
        return outcomes + [o for o in outcomes if needs_vote(o)]

    def _advise(self, turn: Turn) -> None:
        answer = OpinionAnswer("Der Beschluss ist nichtig.")
        gate.complete(actor=self.house.user("lawyer"), turn=turn, answer=answer)

    def _decide(self, turn: Turn) -> None:
        review = ResultReview.everything.get(pk=turn.subject_id or 0)
        stays = [] if review.stayed_on else [ReviewDecision.STAY]
        decisions = [ReviewDecision.STANDS, ReviewDecision.VOTE_AGAIN, *stays]
        answer = DecisionAnswer(self.rnd.choice(decisions), REASON)
        gate.complete(actor=self.house.user("head"), turn=turn, answer=answer)

    # --- what nobody's turn is: the route, the results, the meetings

    def _aside(self) -> list[Callable[[], Any]]:
        route = [self._insert, self._drop, self._urgent, self._correct, self._correct]
        route += [self._sign_aside, self._sign_aside]
        return [*route, self._take_back, self._ballot, self._at_table, self._meeting, self._meeting]

    def _insert(self) -> None:
        role = self.rnd.choice((ConsultationRole.PRELIMINARY, ConsultationRole.NOTE))
        self.insert(self.rnd.choice(BODIES), role)

    def _drop(self) -> None:
        rows = list(Consultation.everything.filter(OPEN, proposal=self.proposal))
        if rows:
            self.drop(self.rnd.choice(rows).committee.short_name)

    def _urgent(self) -> None:
        organ = self.rnd.choice(list(UrgentOrgan))
        answer = UrgentAnswer(organ, REASON, f.DAY, "Landrat und Stellvertretung")
        gate.urgent(actor=self.house.user("head"), proposal=self.proposal, answer=answer)

    def _sign_aside(self) -> None:
        """Do something about the Mitzeichnung that is nobody's turn."""
        rows = CoSignature.everything.filter(proposal=self.proposal).order_by("pk")
        pk = self.rnd.choice([*rows.values_list("pk", flat=True), 0])
        staff, later = self.house.office("staff").pk, f.DAY.replace(year=2025)
        user, answer = self.rnd.choice(
            (
                ("clerk", submission.RecallAnswer(REASON, f.DAY)),
                ("clerk", submission.AskMoreAnswer(staff, f.DAY)),
                ("clerk", submission.ExpireAnswer(pk, REASON, later)),
                ("treasurer", submission.DelegateAnswer(pk, staff, REASON, f.DAY)),
                ("treasurer", submission.LateAnswer(pk, Verdict.REFUSED, REASON, later)),
                ("treasurer", submission.TakeAnswer(pk)),
            )
        )
        with suppress(PermissionDenied):  # it was another office's request
            actor = self.house.user(user)
            gate.act(actor=actor, proposal=f.reread(self.proposal), answer=answer)

    def _items(self) -> list[AgendaItem]:
        items = AgendaItem.everything.filter(consultation__proposal=self.proposal)
        return list(items.select_related("consultation", "meeting").order_by("pk"))

    def _item(self) -> AgendaItem:
        items = self._items()
        if not items:
            raise RuleViolation("Noch steht nichts auf einer Tagesordnung.")
        return self.rnd.choice(items)

    def _correct(self) -> None:
        item = self._item()
        assert item.consultation is not None
        outcome, values = self._outcome(item.consultation)
        self.correct(item, outcome, **values)

    def _take_back(self) -> None:
        item = self._item()
        s.act(self.house, item.meeting, results.TakeBackAnswer(item.pk, item.revision))

    def _ballot(self) -> None:
        kind = self.rnd.choice((VoteKind.PROCEDURAL, VoteKind.AMENDMENT))
        wording = f"<p>{self.rnd.random()}</p>" if kind == VoteKind.AMENDMENT else ""
        yes = self.rnd.randint(0, 3)
        s.ballot(self.house, self._item(), kind, (yes, 3 - yes, 0), wording=wording, reason=REASON)

    def _at_table(self) -> None:
        """Note who is there, or that somebody may not take part."""
        item = self._item()
        everybody = Person.objects.filter(memberships__committee=item.committee)
        entries = tuple(
            attendance.RollEntry(pk, AttendanceKind.PRESENT)
            for pk in everybody.order_by("pk").values_list("pk", flat=True)
        )
        roll = attendance.RollAnswer(item.committee_id, entries, REASON)
        recusal = attendance.RecuseAnswer(item.pk, entries[-1].person_id, REASON)
        s.act(self.house, item.meeting, self.rnd.choice((roll, recusal)))

    def _meeting(self) -> None:
        """Let a meeting of the proposal go on, or end."""
        sitting = self._item().meeting
        target = self._next_of(sitting)
        answers = (
            meeting.InviteAnswer(f.DAY),
            meeting.OpenAnswer(),
            meeting.CloseAnswer(reason=REASON),
            meeting.MoveAnswer(f.at(f.DAY, self.rnd.randint(9, 20)), reason=REASON),
            meeting.CancelAnswer(REASON, target, f.DAY),
            meeting.PostponeRestAnswer(REASON, target, no_quorum=self.rnd.random() < 0.5),
            meeting.SignMinutesAnswer(f.DAY.replace(year=2025)),
            meeting.ApproveMinutesAnswer(f.DAY.replace(year=2025)),
        )
        s.act(self.house, sitting, self.rnd.choice(answers))

    def _next_of(self, sitting: Meeting) -> int | None:
        """Return a later meeting of the same bodies, planned for it, or none."""
        if self.rnd.random() < 0.5:
            return None
        names = [row.committee.short_name for row in sitting.bodies.all()]
        days = Meeting.everything.filter(municipality=self.house.municipality).count()
        following = s.plan(self.house, *names, day=f.DAY.replace(month=4, day=1 + days))
        s.add_item(self.house, following, names[0], "", ItemKind.REPORTS)
        return following.pk


def assert_sound_votes() -> None:
    """No vote exceeds its entitled; a tie carries nothing; what differs from the count says why."""
    for vote in Vote.everything.select_related("agenda_item"):
        tally = vote.tally
        if tally is None or vote.entitled is None:
            continue
        assert tally.counted <= vote.entitled
        if tally.yes is not None and vote.computed:
            carried = tally.yes > tally.no
            assert vote.computed == (VoteResult.CARRIED if carried else VoteResult.LOST)
        assert vote.computed in ("", vote.announced) or vote.difference_reason
        item = vote.agenda_item
        if vote.kind == VoteKind.MAIN and not vote.repeated and needs_vote(Outcome(item.outcome)):
            assert vote.announced == meaning_of(Outcome(item.outcome))


@pytest.mark.parametrize("seed", range(WALKS))
def test_facts_and_tasks_agree_after_every_step_of_a_random_walk(house: House, seed: int) -> None:
    f.make_user(house, "lawyer", Role.LEGAL)
    entries = Entry.everything.count()
    with counted() as passed:
        walk = Walk(house, Random(seed))  # noqa: S311  # drawn by lot, not secret
        for _ in range(STEPS):
            if not walk.step():
                break
            assert Entry.everything.count() - entries == passed.number
    assert_agreement(walk.proposal)
    assert_sound_votes()
    if walk.status() not in (*OVER, "execution_stayed"):
        walk.withdraw("head" if was_released(walk.proposal) else "clerk")
        walk.assert_over(ProposalStatus.WITHDRAWN)
