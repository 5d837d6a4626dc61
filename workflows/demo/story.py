"""Plays a demo case through the same gate as the pages, step by step."""

from datetime import datetime
from typing import Any

from proposals.documents.store import put
from proposals.models import (
    AgendaItem,
    Consultation,
    Meeting,
    Municipality,
    Proposal,
    SignatureMode,
    User,
)
from proposals.models.consultation import OPEN
from proposals.rules.co_signing import Verdict
from proposals.rules.consultation import Outcome
from proposals.rules.text import paragraphs_to_html
from proposals.services.attachments import StoredFile, attach
from proposals.services.consultation import ScheduleAnswer
from proposals.services.meeting import InviteAnswer
from proposals.services.results import ResultAnswer
from proposals.services.submission import (
    CoSignAnswer,
    FormCheckAnswer,
    ReleaseAnswer,
    SubmitAnswer,
)
from proposals.services.voting import CountedAnswer

from .. import gate
from ..engine import Turn
from .drafts import draft_of, station_of
from .files import small_file
from .names import Names, moment
from .sitting import Sitting, hold_earlier

_COUNTS = ("entitled", "yes", "no", "abstained")


class Story:
    """One case of one house; `play` begins the proposal and does its steps in order.

    Where the file tells how a meeting went, the result of the case is recorded in its course.
    """

    def __init__(self, municipality: Municipality, data: dict[str, Any]) -> None:
        self.municipality, self.case, self.data = municipality, data["case"], data
        self.names = Names(municipality, data)
        self.meetings = {row["key"]: row for row in data.get("meetings", [])}
        self.answers = {row["office"]: row for row in self.case.get("co_signatures", [])}
        self.sittings: dict[str, Sitting] = {}

    def play(self) -> Proposal:
        """Begin the proposal, attach its annexes, and do every step of the story."""
        for row in self.data.get("earlier", []):
            hold_earlier(self.names, row)
        for row in self.data.get("sittings", []):
            key = row["meeting"]
            self.sittings[key] = Sitting(self.names, row, self.meetings[key])
        author = User.objects.get(username=self.case["author"])
        proposal = gate.start(actor=author, answer=self._draft(), on=self.case["drafted_on"])
        self._attach(proposal, author)
        for step in self.case["steps"]:
            actor = User.objects.get(username=step["by"])
            getattr(self, f"_{step['step']}")(proposal, actor, step)
        return Proposal.everything.get(pk=proposal.pk)

    def _draft(self) -> Any:
        route = [station_of(self.names, row) for row in self.case["route"]]
        asked = [self.names.offices[office].pk for office in self.answers]
        return draft_of(self.names, self.case, route, asked)

    def _attach(self, proposal: Proposal, author: User) -> None:
        for row in self.case.get("attachments", []):
            data, media_type = small_file(row["kind"], row["title"], row["text"])
            file = StoredFile(put(data), media_type, len(data))
            attach(
                actor=author,
                proposal=proposal,
                title=row["title"],
                file_name=row["file_name"],
                file=file,
                alt_text=row.get("alt_text", ""),
            )

    def _submit(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        answer = SubmitAnswer(on=step["on"])
        gate.complete(actor=actor, turn=Turn(proposal.pk, "draft"), answer=answer)

    def _co_sign(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        given = self.answers[step["office"]]
        office = self.names.offices[step["office"]]
        asked = proposal.co_signatures.model.everything.get(proposal=proposal, office=office)
        answer = CoSignAnswer(Verdict(given["answer"]), given.get("remark", ""), step["on"])
        gate.complete(actor=actor, turn=Turn(proposal.pk, "co_sign", asked.pk), answer=answer)

    def _release(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        answer = ReleaseAnswer(
            released=True,
            signature_mode=SignatureMode(step.get("mode", "own")),
            signature_name=step["name"],
            signature_function=step.get("function", ""),
            signed_by_word=step.get("by_word", True),
            on=step["on"],
        )
        gate.complete(actor=actor, turn=Turn(proposal.pk, "release"), answer=answer)

    def _form_check(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        answer = FormCheckAnswer(passed=True, on=step["on"])
        gate.complete(actor=actor, turn=Turn(proposal.pk, "check_form"), answer=answer)

    def _schedule(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        station = self._station(proposal, step)
        answer = ScheduleAnswer(
            starts_at=self._starts_at(step["meeting"]),
            place=self.meetings[step["meeting"]].get("place", ""),
            public=step.get("public"),
            on=step["on"],
        )
        gate.complete(actor=actor, turn=Turn(proposal.pk, "schedule", station.pk), answer=answer)

    def _invite(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        if step["meeting"] in self.sittings:
            self.sittings[step["meeting"]].complete_agenda()
        body = self.names.committees[self.meetings[step["meeting"]]["committee"]]
        starts_at = self._starts_at(step["meeting"])
        meeting = Meeting.everything.get(bodies__committee=body, starts_at=starts_at)
        gate.complete_meeting(actor=actor, meeting=meeting, answer=InviteAnswer(step["on"]))

    def _result(self, proposal: Proposal, actor: User, step: dict[str, Any]) -> None:
        """Record the result of the case, in the course of its meeting where that is told."""
        station = self._station(proposal, step)
        counts: dict[str, Any] = {name: step.get(name) for name in _COUNTS}
        answer = ResultAnswer(
            outcome=Outcome(step["outcome"]),
            request_key=self.names.request_key(step["committee"]),
            counted=CountedAnswer(**counts),
            wording=paragraphs_to_html(step.get("wording", "").strip()),
            note=step.get("note", "").strip(),
        )

        def record(item: AgendaItem) -> None:
            turn = Turn(proposal.pk, "treat", station.pk)
            gate.complete(actor=actor, turn=turn, answer=answer)

        item = AgendaItem.everything.get(consultation=station, outcome="")
        for sitting in self.sittings.values():
            if sitting.meeting.pk == item.meeting_id:
                sitting.hold(record)
                return
        record(item)

    def _station(self, proposal: Proposal, step: dict[str, Any]) -> Consultation:
        rows = Consultation.everything.filter(OPEN, proposal=proposal)
        return rows.get(committee=self.names.committees[step["committee"]])

    def _starts_at(self, key: str) -> datetime:
        return moment(self.meetings[key]["date"], self.meetings[key]["time"])
