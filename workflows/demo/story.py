"""Plays a demo case through the same gate as the pages, step by step."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from proposals.documents.store import put
from proposals.models import (
    Committee,
    Consultation,
    CostKind,
    Meeting,
    Municipality,
    Office,
    PositionSource,
    Proposal,
    SignatureMode,
    User,
)
from proposals.models.consultation import OPEN
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.costs import Qualifier
from proposals.rules.sections import Section
from proposals.rules.text import paragraphs_to_html
from proposals.rules.words import ProposalKind
from proposals.services.attachments import StoredFile, attach
from proposals.services.consultation import ScheduleAnswer
from proposals.services.drafting import (
    CostDraft,
    DeadlineDraft,
    DraftAnswer,
    FundingDraft,
    PositionDraft,
    StationDraft,
)
from proposals.services.meeting import InviteAnswer
from proposals.services.submission import (
    CoSignAnswer,
    FormCheckAnswer,
    ReleaseAnswer,
    SubmitAnswer,
)
from proposals.services.voting import ResultAnswer

from .. import gate
from ..engine import Turn
from .files import small_file


class Story:
    """One case of one house; `play` begins the proposal and does its steps in order."""

    def __init__(self, municipality: Municipality, data: dict[str, Any]) -> None:
        self.municipality, self.case = municipality, data["case"]
        self.offices = {
            row["key"]: Office.objects.get(municipality=municipality, name=row["name"])
            for row in data["offices"]
        }
        self.committees = {
            row["key"]: Committee.objects.get(municipality=municipality, name=row["name"])
            for row in data["committees"]
        }
        self.meetings = {row["key"]: row for row in data.get("meetings", [])}
        self.answers = {row["office"]: row for row in self.case.get("co_signatures", [])}

    def play(self) -> Proposal:
        """Begin the proposal, attach its annexes, and do every step of the story."""
        author = User.objects.get(username=self.case["author"])
        proposal = gate.start(actor=author, answer=self.draft(), on=self.case["drafted_on"])
        for row in self.case.get("attachments", []):
            data, media_type = small_file(row["kind"], row["title"], row["text"])
            file = StoredFile(put(data), media_type, len(data))
            attach(
                actor=author,
                proposal=proposal,
                title=row["title"],
                file_name=row["file_name"],
                file=file,
            )
        for step in self.case["steps"]:
            actor = User.objects.get(username=step["by"])
            getattr(self, f"_{step['step']}")(proposal, actor, step)
        return Proposal.everything.get(pk=proposal.pk)

    def draft(self) -> DraftAnswer:
        """Return the case's working rows as the draft form would."""
        case, finance = self.case, self.case.get("finance", {})
        return DraftAnswer(
            kind=ProposalKind(case["kind"]),
            lead_office_id=self.offices[case["lead_office"]].pk,
            subject=case["subject"],
            public=case["public"],
            file_reference=case.get("file_reference", ""),
            no_financial_effect=finance.get("none", False),
            follow_up_words=finance.get("follow_up_words", ""),
            income_words=finance.get("income_words", ""),
            budget_account=finance.get("account", ""),
            budget_available=_money(finance.get("available")),
            texts={
                Section(name): paragraphs_to_html(text.strip())
                for name, text in case["texts"].items()
            },
            costs=[_cost(row) for row in case.get("costs", [])],
            positions=[_position(row) for row in case.get("positions", [])],
            funding=[_funding(row) for row in case.get("funding", [])],
            deadlines=[_deadline(row) for row in case.get("deadlines", [])],
            route=[
                StationDraft(self.committees[row["committee"]].pk, ConsultationRole(row["role"]))
                for row in case["route"]
            ],
            co_signing_offices=[self.offices[office].pk for office in self.answers],
        )

    def _submit(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        answer = SubmitAnswer(on=step["on"])
        gate.complete(actor=actor, turn=Turn(proposal.pk, "draft"), answer=answer)

    def _co_sign(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        given = self.answers[step["office"]]
        office = self.offices[step["office"]]
        asked = proposal.co_signatures.model.everything.get(proposal=proposal, office=office)
        answer = CoSignAnswer(Verdict(given["answer"]), given.get("remark", ""), step["on"])
        gate.complete(actor=actor, turn=Turn(proposal.pk, "co_sign", asked.pk), answer=answer)

    def _release(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        answer = ReleaseAnswer(
            released=True,
            signature_mode=SignatureMode(step.get("mode", "own")),
            signature_name=step["name"],
            signature_function=step.get("function", ""),
            on=step["on"],
        )
        gate.complete(actor=actor, turn=Turn(proposal.pk, "release"), answer=answer)

    def _form_check(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        answer = FormCheckAnswer(passed=True, on=step["on"])
        gate.complete(actor=actor, turn=Turn(proposal.pk, "check_form"), answer=answer)

    def _schedule(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        row = self._station(proposal, step)
        answer = ScheduleAnswer(
            starts_at=self._starts_at(step["meeting"]),
            place=self.meetings[step["meeting"]].get("place", ""),
            number=step.get("top", ""),
            public=step.get("public"),
        )
        gate.complete(actor=actor, turn=Turn(proposal.pk, "schedule", row.pk), answer=answer)

    def _invite(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        body = self.committees[self.meetings[step["meeting"]]["committee"]]
        starts_at = self._starts_at(step["meeting"])
        meeting = Meeting.everything.get(bodies__committee=body, starts_at=starts_at)
        gate.complete_meeting(actor=actor, meeting=meeting, answer=InviteAnswer(step["on"]))

    def _result(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        row = self._station(proposal, step)
        answer = ResultAnswer(
            outcome=Outcome(step["outcome"]),
            request_key=uuid5(NAMESPACE_URL, f"{self.municipality.slug}/{step['committee']}"),
            entitled=step.get("entitled"),
            yes=step.get("yes"),
            no=step.get("no"),
            abstained=step.get("abstained"),
            wording=paragraphs_to_html(step.get("wording", "").strip()),
            note=step.get("note", ""),
        )
        gate.complete(actor=actor, turn=Turn(proposal.pk, "treat", row.pk), answer=answer)

    def _station(self, proposal: Proposal, step: dict[str, Any]) -> Consultation:
        rows = Consultation.everything.filter(OPEN, proposal=proposal)
        return rows.get(committee=self.committees[step["committee"]])

    def _starts_at(self, key: str) -> datetime:
        row = self.meetings[key]
        day: date = row["date"]
        moment = datetime.combine(day, time.fromisoformat(row["time"]))
        return timezone.make_aware(moment)


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _cost(row: dict[str, Any]) -> CostDraft:
    return CostDraft(
        text=row["text"],
        amount=_money(row.get("amount")),
        kind=CostKind(row.get("kind", "expense")),
        qualifier=Qualifier(row.get("qualifier", "exact")),
        recurring=row.get("recurring", False),
        year=row.get("year"),
        before=_money(row.get("before")),
        after=_money(row.get("after")),
    )


def _position(row: dict[str, Any]) -> PositionDraft:
    return PositionDraft(
        text=row["text"],
        share=Decimal(row["share"]),
        grade=row.get("grade", ""),
        source=PositionSource(row["source"]),
        limited_until=row.get("limited_until"),
    )


def _funding(row: dict[str, Any]) -> FundingDraft:
    return FundingDraft(
        text=row["text"],
        amount_each=Decimal(row["amount_each"]),
        count=row.get("count", 1),
        authority=row.get("authority", ""),
        qualifier=Qualifier(row.get("qualifier", "exact")),
    )


def _deadline(row: dict[str, Any]) -> DeadlineDraft:
    return DeadlineDraft(
        name=row["name"],
        due_on=row["due_on"],
        external=row.get("external", True),
        authority=row.get("authority", ""),
        extended_to=row.get("extended_to"),
        note=row.get("note", ""),
    )
