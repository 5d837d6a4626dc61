"""The acts on a meeting: which use case each answer belongs to, and which proposals it locks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from proposals.models import AgendaItem, Consultation, Meeting, User
from proposals.rules.errors import RuleViolation
from proposals.services import agenda, attendance, results, voting
from proposals.services import meeting as meetings


def _on_agenda(meeting: Meeting, answer: Any) -> list[int]:
    """Return the proposals on a meeting's agenda, in the order in which they are locked."""
    items = AgendaItem.everything.filter(meeting=meeting, consultation__isnull=False)
    return _proposals(items)


def _nothing(meeting: Meeting, answer: Any) -> list[int]:
    """Return none: the act writes rows of the meeting alone."""
    return []


def _of_item(meeting: Meeting, answer: Any) -> list[int]:
    """Return the proposal of the item that the act is about, if it has one."""
    return _proposals(AgendaItem.everything.filter(meeting=meeting, pk=answer.item_id))


def _of_items(meeting: Meeting, answer: Any) -> list[int]:
    return _proposals(AgendaItem.everything.filter(meeting=meeting, pk__in=answer.item_ids))


def _of_approved(meeting: Meeting, answer: Any) -> list[int]:
    """Return what the meeting dealt with whose minutes the item approves."""
    items = AgendaItem.everything.filter(meeting=meeting, pk=answer.item_id)
    approved = items.filter(approves__isnull=False).values("approves")
    return _proposals(AgendaItem.everything.filter(meeting__in=approved)) or _of_item(
        meeting, answer
    )


def _of_corrected(meeting: Meeting, answer: Any) -> list[int]:
    """Return the proposal whose count in earlier minutes was wrong."""
    return _proposals(AgendaItem.everything.filter(votes=answer.vote_id or 0))


def _of_extension(meeting: Meeting, answer: Any) -> list[int]:
    stations = Consultation.everything.filter(pk=answer.consultation_id or 0)
    return list(stations.values_list("proposal", flat=True))


def _proposals(items: Any) -> list[int]:
    ids = items.values_list("consultation__proposal", flat=True)
    return sorted({pk for pk in ids if pk is not None})


def _record_ballot(*, actor: User, meeting: Meeting, proposals: Any, answer: Any) -> None:
    """Record a vote in an item without a Vorlage; the others come with their proposal's lock."""
    rows = AgendaItem.everything.select_related(
        "meeting", "basis", "result_wording", "committee__municipality"
    )
    item = rows.filter(meeting=meeting, pk=answer.item_id, consultation__isnull=True).first()
    if item is None:
        raise RuleViolation("Diesen Punkt gibt es in dieser Sitzung nicht.")
    item.meeting = meeting
    voting.record_ballot(actor=actor, item=item, answer=answer)


@dataclass(frozen=True)
class MeetingAct:
    """One act on a meeting; `concerns` names the proposals that are locked for it.

    `moves_stations`: stations open or close by it; `corrects`: what a result did is taken back.
    """

    use_case: Callable[..., Any]
    concerns: Callable[[Meeting, Any], list[int]] = _on_agenda
    moves_stations: bool = False
    corrects: bool = False


MEETING_ACTS: dict[type, MeetingAct] = {
    meetings.MoveAnswer: MeetingAct(meetings.move_meeting),
    meetings.CancelAnswer: MeetingAct(meetings.cancel_meeting, moves_stations=True),
    meetings.InviteAnswer: MeetingAct(meetings.invite),
    meetings.SupplementAnswer: MeetingAct(meetings.supplement),
    meetings.OpenAnswer: MeetingAct(meetings.open_meeting, _nothing),
    meetings.SuspendAnswer: MeetingAct(meetings.suspend_meeting, _nothing),
    meetings.ResumeAnswer: MeetingAct(meetings.resume_meeting, _nothing),
    meetings.CloseAnswer: MeetingAct(meetings.close_meeting, _nothing),
    meetings.ReopenAnswer: MeetingAct(meetings.reopen_meeting),
    meetings.CorrectSittingAnswer: MeetingAct(meetings.correct_sitting, _nothing),
    meetings.PostponeRestAnswer: MeetingAct(meetings.postpone_rest, moves_stations=True),
    meetings.SignMinutesAnswer: MeetingAct(meetings.sign_minutes),
    meetings.ApproveMinutesAnswer: MeetingAct(meetings.approve_minutes),
    meetings.KeepMinutesAnswer: MeetingAct(meetings.keep_minutes),
    meetings.CorrectMinutesAnswer: MeetingAct(meetings.correct_minutes, _of_corrected),
    meetings.ExcerptsAnswer: MeetingAct(meetings.issue_excerpts, _of_items),
    meetings.SheetAnswer: MeetingAct(meetings.issue_sheet, _of_item),
    agenda.AddItemAnswer: MeetingAct(agenda.add_item, _nothing),
    agenda.ChangeItemAnswer: MeetingAct(agenda.change_item, _of_item),
    agenda.OrderAnswer: MeetingAct(agenda.order_items),
    agenda.HeldAnswer: MeetingAct(agenda.note_held_order, _of_items),
    agenda.NumberAnswer: MeetingAct(agenda.number_items),
    agenda.TakeOffAnswer: MeetingAct(agenda.take_off, _of_item, moves_stations=True),
    agenda.ExtendAnswer: MeetingAct(agenda.extend_agenda, _of_extension, moves_stations=True),
    agenda.StandardAnswer: MeetingAct(agenda.add_standing_items, _nothing),
    agenda.NoteAnswer: MeetingAct(agenda.note_item, _of_item),
    attendance.RollAnswer: MeetingAct(attendance.call_roll, _nothing),
    attendance.ArriveAnswer: MeetingAct(attendance.arrive, _nothing),
    attendance.LeaveAnswer: MeetingAct(attendance.leave, _nothing),
    attendance.RecuseAnswer: MeetingAct(attendance.recuse, _of_item),
    attendance.QuorumAnswer: MeetingAct(attendance.count_quorum, _nothing),
    results.ItemResultAnswer: MeetingAct(results.record_item_result, _of_approved),
    results.BlockAnswer: MeetingAct(results.record_block, _of_items, moves_stations=True),
    results.TakeBackAnswer: MeetingAct(results.take_back_result, _of_item, corrects=True),
    voting.BallotAnswer: MeetingAct(_record_ballot, _of_item),
}
