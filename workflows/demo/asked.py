"""Leaves one paper with the offices: signed, taken back, one amount changed, handed in again."""

from dataclasses import replace
from datetime import date
from typing import Any

from proposals.models import CoSignature, Proposal, User
from proposals.rules.co_signing import Verdict
from proposals.services.drafting import save_draft
from proposals.services.submission import CoSignAnswer, RecallAnswer, SubmitAnswer

from .. import gate
from ..engine import Turn
from .drafts import draft_of, station_of
from .names import Names
from .today import day_ago


class AskedAgain:
    """A paper whose one changed cost item is for one office to confirm; the others still hold.

    `told` is the file, every day counts back from today.
    """

    def __init__(self, names: Names, told: dict[str, Any], today: date) -> None:
        self.names, self.told, self.today = names, told, today
        self.author = User.objects.get(username=told["author"])

    def lay_out(self) -> Proposal:
        """Draft, hand in, let everybody sign, recall, change the amount, hand in again."""
        route = [station_of(self.names, row) for row in self.told["route"]]
        answer = draft_of(self.names, self.told, route)
        proposal = gate.start(actor=self.author, answer=answer, on=self._day("drafted"))
        self._submit(proposal, "submitted")
        for row in self.told["signatures"]:
            self._sign(proposal, row)
        recall = RecallAnswer(self.told["recall"], self._day("recalled"))
        gate.act(actor=self.author, proposal=proposal, answer=recall)
        fresh = Proposal.everything.get(pk=proposal.pk)
        first, *others = answer.costs
        dearer = replace(first, amount=first.amount and first.amount + self.told["dearer_by"])
        changed = replace(answer, revision=fresh.revision, costs=[dearer, *others])
        save_draft(actor=self.author, proposal=fresh, answer=changed)
        self._submit(proposal, "submitted_again")
        return proposal

    def _day(self, key: str) -> date:
        return day_ago(self.today, self.told[key])

    def _submit(self, proposal: Proposal, key: str) -> None:
        turn, answer = Turn(proposal.pk, "draft"), SubmitAnswer(on=self._day(key))
        gate.complete(actor=self.author, turn=turn, answer=answer)

    def _sign(self, proposal: Proposal, row: dict[str, Any]) -> None:
        office = self.names.offices[row["office"]]
        asked = CoSignature.everything.get(proposal=proposal, office=office)
        verdict = Verdict.WITH_REMARK if row.get("remark") else Verdict.SIGNED
        answer = CoSignAnswer(verdict, row.get("remark", ""), self._day("signed"))
        actor = User.objects.get(username=row["by"])
        gate.complete(actor=actor, turn=Turn(proposal.pk, "co_sign", asked.pk), answer=answer)
