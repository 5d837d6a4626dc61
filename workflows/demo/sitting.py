"""Plays one evening of a committee through the gate, from its plan to the signed minutes."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from typing import Any

from proposals.models import AgendaItem, Meeting
from proposals.models.presence import entitled_at, presence_at
from proposals.rules.attendance import AttendanceKind
from proposals.rules.consultation import outcome_if
from proposals.rules.quorum import QuorumCause
from proposals.rules.shorthand import Shorthand, read
from proposals.rules.voting import Choice, VoteMode, VoteResult, roll_tally, word_ruling
from proposals.services.agenda import AddItemAnswer, NoteAnswer
from proposals.services.attendance import (
    ArriveAnswer,
    QuorumAnswer,
    RecuseAnswer,
    RollAnswer,
    RollEntry,
)
from proposals.services.meeting import (
    CloseAnswer,
    InviteAnswer,
    OpenAnswer,
    PlanAnswer,
    ResumeAnswer,
    SignMinutesAnswer,
    SuspendAnswer,
)
from proposals.services.results import ResultAnswer
from proposals.services.voting import CountedAnswer

from .. import gate
from .names import Names, moment

Record = Callable[[AgendaItem], None]


class Sitting:
    """One evening; `told` is its row of the file, `where` the body, day, time and place."""

    def __init__(self, names: Names, told: dict[str, Any], where: dict[str, Any]) -> None:
        self.names, self.told = names, told
        self.committee = names.committees[where["committee"]]
        self.day: date = where["date"]
        self.place: str = where.get("place", "")
        self.meeting = self._plan(where["time"])
        self._add(told.get("before", []))

    def _plan(self, clock: str) -> Meeting:
        answer = PlanAnswer(
            (self.committee.pk,), moment(self.day, clock), self.place, self.told["number"]
        )
        house = self.names.municipality
        return gate.plan(actor=self.names.secretary, municipality=house, answer=answer)

    def _do(self, answer: Any) -> None:
        gate.complete_meeting(actor=self.names.secretary, meeting=self.meeting, answer=answer)

    def _add(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            public = row.get("public", True)
            self._do(AddItemAnswer(self.committee.pk, row["title"], public=public))

    def complete_agenda(self) -> None:
        """Add what stands behind the papers; then the invitation may go out."""
        self._add(self.told.get("after", []))

    def hold(self, record: Record) -> None:
        """Hold the meeting; `record` enters the result of an item that has a paper."""
        told = self.told
        person = self.names.person
        opened = moment(self.day, told["opened"])
        self._do(OpenAnswer(opened, person(told["chair"]), person(told["minute_taker"])))
        self._do(RollAnswer(self.committee.pk, tuple(self._entries())))
        self._state_quorum()
        for row in told["results"]:
            self._deal_with(row, record)
        self._do(CloseAnswer(moment(self.day, told["closed"])))
        if "signed_on" in told:
            self._do(SignMinutesAnswer(told["signed_on"]))

    def _entries(self) -> Iterator[RollEntry]:
        """Yield the list of the beginning: who comes later is not on it yet."""
        told, person = self.told, self.names.person
        excused = {person(name) for name in told.get("excused", [])}
        late = {person(row["name"]) for row in told.get("late", [])}
        for pk in self.names.members(self.committee, self.day):
            if pk not in late:
                kind = AttendanceKind.EXCUSED if pk in excused else AttendanceKind.PRESENT
                yield RollEntry(pk, kind)
        for row in told.get("substitutes", []):
            yield RollEntry(person(row["name"]), AttendanceKind.PRESENT, person(row["for"]))

    def _state_quorum(self) -> None:
        first = AgendaItem.everything.filter(meeting=self.meeting).earliest("position")
        clock = time.fromisoformat(self.told["opened"])
        self._do(QuorumAnswer(self.committee.pk, QuorumCause.STATED, first.pk, at=clock))

    def _deal_with(self, row: dict[str, Any], record: Record) -> None:
        self._break_before(row["top"])
        item = self._item(row["top"])
        for late in self.told.get("late", []):
            if late["top"] == row["top"]:
                at = time.fromisoformat(late["at"])
                person = self.names.person(late["name"])
                self._do(ArriveAnswer(self.committee.pk, person, item.pk, at))
        for recused in row.get("recused", []):
            person = self.names.person(recused["name"])
            self._do(RecuseAnswer(item.pk, person, recused["reason"]))
        if item.consultation_id is not None:
            record(item)
        elif "roll" in row:
            self._record(item, self._called(item, row["roll"]))
        else:
            self._record(item, self._typed(item, row["result"]))
        if "note" in row:
            self._do(NoteAnswer(item.pk, row["note"].strip(), item.note))

    def _break_before(self, top: str) -> None:
        for pause in self.told.get("breaks", []):
            if pause["before"] == top:
                self._do(SuspendAnswer(moment(self.day, pause["from"]), pause["reason"]))
                self._do(ResumeAnswer(moment(self.day, pause["to"])))

    def _item(self, top: str) -> AgendaItem:
        rows = AgendaItem.everything.select_related("meeting", "committee")
        item: AgendaItem = rows.get(meeting=self.meeting, number=top)
        return item

    def _record(self, item: AgendaItem, answer: ResultAnswer) -> None:
        gate.record(actor=self.names.secretary, agenda_item=item, answer=answer)

    def _typed(self, item: AgendaItem, text: str) -> ResultAnswer:
        """Return a result as it is typed in "Sitzung durchführen"."""
        line = read(text, entitled=entitled_at(item), role=None)
        return ResultAnswer(
            outcome=line.outcome or outcome_if(_result_of(line), None, False),
            request_key=self._key(item),
            counted=CountedAnswer.of(line),
        )

    def _called(self, item: AgendaItem, choices: dict[str, str]) -> ResultAnswer:
        """Return a roll call; the file names Fraktionen and Gruppen, or single persons."""
        presence = presence_at(self.meeting.pk, self.committee.pk, item)
        voters = presence.voters if presence else frozenset()
        roll = tuple(
            (voter, Choice(choice))
            for name, choice in choices.items()
            for voter in sorted(self.names.holders(name) & voters)
        )
        tally = roll_tally(choice for _, choice in roll)
        result = VoteResult.CARRIED if (tally.yes or 0) > tally.no else VoteResult.LOST
        return ResultAnswer(
            outcome=outcome_if(result, None, False),
            request_key=self._key(item),
            counted=CountedAnswer(mode=VoteMode.ROLL_CALL, roll=roll),
        )

    def _key(self, item: AgendaItem) -> Any:
        return self.names.request_key(self.committee.short_name, self.day, item.number)


def _result_of(line: Shorthand) -> VoteResult:
    """Return what a count or a word says; the law of the Land judges it in the use case."""
    if line.tally is None:
        assert line.word is not None
        return word_ruling(line.word).result
    carried = line.tally.yes is None or line.tally.yes > line.tally.no
    return VoteResult.CARRIED if carried else VoteResult.LOST


def hold_earlier(names: Names, told: dict[str, Any]) -> None:
    """Enter a meeting of the time before the program."""
    committee = names.committees[told["committee"]]
    begins = moment(told["date"], told["time"])
    answer = PlanAnswer((committee.pk,), begins, names.hall, told["number"])
    meeting = gate.plan(actor=names.secretary, municipality=names.municipality, answer=answer)
    hold_unseen(names, meeting, told, told["date"] - timedelta(days=12), told["signed_on"])


def hold_unseen(
    names: Names, meeting: Meeting, told: dict[str, Any], invited: date, signed: date
) -> None:
    """Note that a meeting was held and its minutes signed, as far as the program knows of it.

    `told` names who chaired it and who kept the minutes.
    """
    ends = meeting.starts_at + timedelta(hours=2)
    for answer in (
        InviteAnswer(invited),
        OpenAnswer(None, names.person(told["chair"]), names.person(told["minute_taker"])),
        CloseAnswer(ends, "Ohne das Programm geführt; alles Weitere steht im Protokoll."),
        SignMinutesAnswer(signed),
    ):
        gate.complete_meeting(actor=names.secretary, meeting=meeting, answer=answer)
