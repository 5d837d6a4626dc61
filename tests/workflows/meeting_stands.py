"""Where a meeting can stand, and every act that somebody may try there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from proposals.models import AgendaItem, Attendance, Consultation, Meeting, Person
from proposals.rules.agenda import Delivery
from proposals.rules.attendance import AttendanceKind
from proposals.rules.consultation import Outcome
from proposals.rules.quorum import QuorumCause
from proposals.services import agenda, attendance, meeting, results
from proposals.services.consultation import ScheduleAnswer
from proposals.services.results import ResultAnswer
from proposals.services.voting import BallotAnswer, CountedAnswer
from tests import factories as f
from tests import sittings as s
from tests.workflows.paper_stands import REASON, Act, ballot_on, recording
from workflows import gate
from workflows.engine import Turn

LATER = f.DAY + timedelta(days=14)
EARLIER = f.DAY - timedelta(days=3)
MINUTES = timedelta(minutes=5)


@dataclass
class Sitting:
    """A meeting of the social committee with a paper it dealt with, one it did not, and a point.

    `other` is its next meeting, `earlier` one whose minutes are approved, `waiting` a paper on no
    agenda; `dealt_with` has a result as soon as the meeting was opened. Two of three members are
    there from the beginning.
    """

    house: f.House
    meeting: Meeting
    other: Meeting
    dealt_with: AgendaItem
    open_paper: AgendaItem
    point: AgendaItem
    waiting: Consultation
    earlier: Meeting

    @property
    def body(self) -> int:
        """Return the committee's key."""
        return self.open_paper.committee_id

    def do(self, answer: Any) -> None:
        """Do one act on the meeting."""
        self.meeting = s.act(self.house, self.meeting, answer)

    def member(self, *kinds: AttendanceKind) -> Person:
        """Return somebody who is there in one of these ways."""
        rows = Attendance.everything.filter(meeting=self.meeting, kind__in=kinds)
        return rows.select_related("person").order_by("pk")[0].person


def sitting_at(house: f.House, state: str) -> Sitting:
    """Return a meeting that stands there."""
    here = _planned(house)
    for act in MEETINGS[state]:
        act(here)
    return here


def _planned(house: f.House) -> Sitting:
    planned = s.plan(house, "social")
    papers = [s.paper(house, planned, "social", f.PRELIMINARY) for _ in range(2)]
    waiting = f.make_proposal(house, "in_route", route=(("social", f.PRELIMINARY),))
    here = Sitting(
        house=house,
        meeting=planned,
        other=s.plan(house, "social", day=LATER),
        dealt_with=papers[0],
        open_paper=papers[1],
        point=s.add_item(house, planned, "social", "Mitteilung"),
        waiting=f.station(waiting, "social"),
        earlier=_minuted(house),
    )
    s.call_roll(house, planned, "social", 2)
    return here


def _minuted(house: f.House) -> Meeting:
    """Return an earlier meeting whose minutes are approved."""
    earlier = s.plan(house, "social", day=EARLIER - timedelta(days=7))
    f.sign(house, earlier, approve=True)
    return earlier


def _invited(here: Sitting) -> None:
    """Send the invitation; a further point comes behind it."""
    s.invite(here.house, here.meeting, on=EARLIER)
    s.add_item(here.house, here.meeting, "social", "Nachgereicht")


def _opened(here: Sitting) -> None:
    here.do(meeting.OpenAnswer())
    s.record(here.house, here.dealt_with, Outcome.RECOMMENDED, (2, 0, 0))


def _suspended(here: Sitting) -> None:
    here.do(meeting.SuspendAnswer(at=f.at(f.DAY, 18)))


def _closed(here: Sitting) -> None:
    here.do(meeting.CloseAnswer(at=f.at(f.DAY, 20), reason=REASON))


def _cancelled(here: Sitting) -> None:
    here.do(meeting.CancelAnswer(REASON, on=f.DAY))


def _signed(here: Sitting) -> None:
    here.do(meeting.SignMinutesAnswer(f.DAY))


def _approved(here: Sitting) -> None:
    here.do(meeting.ApproveMinutesAnswer(f.DAY))


MEETINGS: dict[str, tuple[Callable[[Sitting], None], ...]] = {
    "planned": (),
    "invited": (_invited,),
    "running": (_invited, _opened),
    "suspended": (_invited, _opened, _suspended),
    "closed": (_invited, _opened, _closed),
    "cancelled": (_invited, _cancelled),
    "signed": (_invited, _opened, _closed, _signed),
    "approved": (_invited, _opened, _closed, _signed, _approved),
}


def _change(here: Sitting) -> agenda.ChangeItemAnswer:
    item = s.take(here.point)
    return agenda.ChangeItemAnswer(
        item.pk,
        "Neue Mitteilung",
        item.public,
        number=item.number,
        delivery=Delivery.LATE,
        reason=REASON,
    )


def _away(here: Sitting) -> int:
    return here.member(AttendanceKind.EXCUSED).pk


def _present(here: Sitting) -> int:
    return here.member(AttendanceKind.PRESENT).pk


def _turned(here: Sitting) -> tuple[int, ...]:
    """Return the items with the first two the other way round."""
    first, second, *rest = [item.pk for item in s.items(here.meeting)]
    return (second, first, *rest)


def _roll(here: Sitting) -> attendance.RollAnswer:
    everybody = s.members(here.house, "social")
    entries = tuple(attendance.RollEntry(p.pk, AttendanceKind.PRESENT) for p in everybody)
    return attendance.RollAnswer(here.body, entries, REASON)


def _decided(outcome: Outcome) -> ResultAnswer:
    return ResultAnswer(outcome, uuid4(), CountedAnswer(yes=2, no=0, abstained=0), reason=REASON)


def _block(here: Sitting) -> results.BlockAnswer:
    items = (here.open_paper.pk, here.point.pk)
    return results.BlockAnswer(items, _decided(Outcome.RECOMMENDED), (uuid4(), uuid4()))


def _corrected(here: Sitting) -> meeting.CorrectSittingAnswer:
    """Return another hour at which the meeting was opened, or what would be if it was."""
    opened_at, closed_at = f.at(f.DAY, 17) + MINUTES, s.again(here.meeting).closed_at
    return meeting.CorrectSittingAnswer(opened_at, closed_at, reason=REASON)


# one answer of every kind that an act on a meeting takes; a reason wherever one is asked for
ANSWERS: dict[type, Callable[[Sitting], Any]] = {
    meeting.MoveAnswer: lambda here: meeting.MoveAnswer(f.at(f.DAY, 20), reason=REASON),
    meeting.CancelAnswer: lambda here: meeting.CancelAnswer(REASON, here.other.pk, f.DAY),
    meeting.InviteAnswer: lambda here: meeting.InviteAnswer(EARLIER, shortened_reason=REASON),
    meeting.SupplementAnswer: lambda here: meeting.SupplementAnswer(f.DAY),
    meeting.OpenAnswer: lambda here: meeting.OpenAnswer(),
    meeting.SuspendAnswer: lambda here: meeting.SuspendAnswer(f.at(f.DAY, 19)),
    meeting.ResumeAnswer: lambda here: meeting.ResumeAnswer(f.at(f.DAY, 19)),
    meeting.CloseAnswer: lambda here: meeting.CloseAnswer(f.at(f.DAY, 21), REASON),
    meeting.ReopenAnswer: lambda here: meeting.ReopenAnswer(REASON),
    meeting.CorrectSittingAnswer: _corrected,
    meeting.PostponeRestAnswer: lambda here: meeting.PostponeRestAnswer(REASON, here.other.pk),
    meeting.SignMinutesAnswer: lambda here: meeting.SignMinutesAnswer(f.DAY),
    meeting.ApproveMinutesAnswer: lambda here: meeting.ApproveMinutesAnswer(f.DAY),
    meeting.KeepMinutesAnswer: lambda here: meeting.KeepMinutesAnswer(reason=REASON),
    meeting.CorrectMinutesAnswer: lambda here: meeting.CorrectMinutesAnswer(
        here.point.pk, here.earlier.pk, "Die Anwesenheit war eine andere."
    ),
    meeting.ExcerptsAnswer: lambda here: meeting.ExcerptsAnswer(
        (meeting.ExcerptFor(here.dealt_with.pk, outside=("Landesamt",)),), f.DAY
    ),
    meeting.SheetAnswer: lambda here: meeting.SheetAnswer(here.dealt_with.pk, f.DAY),
    agenda.AddItemAnswer: lambda here: agenda.AddItemAnswer(here.body, "Frage", reason=REASON),
    agenda.ChangeItemAnswer: _change,
    agenda.OrderAnswer: lambda here: agenda.OrderAnswer(_turned(here), REASON),
    agenda.HeldAnswer: lambda here: agenda.HeldAnswer(_turned(here), REASON),
    agenda.NumberAnswer: lambda here: agenda.NumberAnswer(REASON),
    agenda.TakeOffAnswer: lambda here: agenda.TakeOffAnswer(here.open_paper.pk, REASON),
    agenda.ExtendAnswer: lambda here: agenda.ExtendAnswer(
        here.body, "", REASON, uuid4(), consultation_id=here.waiting.pk
    ),
    agenda.StandardAnswer: lambda here: agenda.StandardAnswer(here.body, REASON),
    agenda.NoteAnswer: lambda here: agenda.NoteAnswer(here.point.pk, "Zusage", "", REASON),
    attendance.RollAnswer: _roll,
    attendance.ArriveAnswer: lambda here: attendance.ArriveAnswer(
        here.body, _away(here), here.point.pk, reason=REASON
    ),
    attendance.LeaveAnswer: lambda here: attendance.LeaveAnswer(
        here.body, _present(here), here.point.pk, reason=REASON
    ),
    attendance.RecuseAnswer: lambda here: attendance.RecuseAnswer(
        here.open_paper.pk, _present(here), REASON
    ),
    attendance.QuorumAnswer: lambda here: attendance.QuorumAnswer(
        here.body, QuorumCause.DOUBTED, here.open_paper.pk, reason=REASON
    ),
    results.ItemResultAnswer: lambda here: results.ItemResultAnswer(
        here.point.pk, _decided(Outcome.DECIDED)
    ),
    results.BlockAnswer: _block,
    results.TakeBackAnswer: lambda here: results.TakeBackAnswer(
        here.dealt_with.pk, s.take(here.dealt_with).revision
    ),
    BallotAnswer: lambda here: ballot_on(here.point),
}


def _acting(name: type) -> Callable[[Sitting], Act]:
    def prepared(here: Sitting) -> Act:
        actor, answer = here.house.user("secretary"), ANSWERS[name](here)
        return lambda: gate.complete_meeting(actor=actor, meeting=here.meeting, answer=answer)

    return prepared


def _schedule(here: Sitting) -> Act:
    actor, station = here.house.user("secretary"), here.waiting
    turn = Turn(station.proposal_id, "schedule", station.pk)
    answer = ScheduleAnswer(meeting_id=here.meeting.pk)
    return lambda: gate.complete(actor=actor, turn=turn, answer=answer)


def _ballot(here: Sitting) -> Act:
    actor, item = here.house.user("secretary"), s.take(here.open_paper)
    return lambda: gate.ballot(actor=actor, agenda_item=item, answer=ballot_on(item))


# besides the acts on the meeting itself, what passes the gate and ends on its agenda
MEETING_ACTS: dict[str, Callable[[Sitting], Act]] = {
    **{name.__name__: _acting(name) for name in ANSWERS},
    "schedule": _schedule,
    "record": lambda here: recording(here.house, s.take(here.open_paper)),
    "correct": lambda here: recording(here.house, s.take(here.dealt_with)),
    "ballot": _ballot,
}
