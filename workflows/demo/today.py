"""Lays one meeting ready for the day on which the demo is loaded: invited, nobody there yet."""

from datetime import date, timedelta
from typing import Any

from proposals.models import AgendaItem, Consultation, Meeting, Proposal
from proposals.models.consultation import OPEN
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.text import paragraphs_to_html
from proposals.services.agenda import AddItemAnswer, ChangeItemAnswer
from proposals.services.consultation import ScheduleAnswer
from proposals.services.drafting import StationDraft
from proposals.services.earlier import EarlierResult
from proposals.services.meeting import InviteAnswer, PlanAnswer
from proposals.services.takeover import TakeOverAnswer
from proposals.services.voting import CountedAnswer

from .. import gate
from ..engine import Turn
from .drafts import draft_of, station_of
from .names import Names, moment
from .sitting import hold_unseen


def day_ago(today: date, days: int) -> date:
    """Return the working day on or before so many days ago; today is what it is."""
    day = today - timedelta(days=days)
    weekend = max(day.weekday() - 4, 0) if days else 0
    return day - timedelta(days=weekend)


class ReadyMeeting:
    """A meeting to try the program with; `told` is the file, every day counts back from today.

    Its papers come from elsewhere with the results they have (`gate.take_over`).
    """

    def __init__(self, names: Names, told: dict[str, Any], today: date) -> None:
        self.names, self.told, self.today = names, told, today
        self.earlier: dict[str, Meeting] = {}

    def lay_ready(self) -> Meeting:
        """Hold what sat before, put everything on the agenda and invite."""
        for row in self.told["before"]:
            standard = row["key"] not in self._in_use()
            self.earlier[row["key"]] = self._plan(row, row["days"], standard=standard)
        papers = {row["key"]: self._take_over(row) for row in self.told["papers"]}
        for row in self.told["before"]:
            self._close(self.earlier[row["key"]], row)
        row = self.told["meeting"]
        meeting = self._plan(row, 0, standard=True)
        for item in self.told["agenda"]:
            if "paper" in item:
                self._schedule(papers[item["paper"]], meeting)
            else:
                committee = self.names.committees[row["committee"]]
                self._do(meeting, AddItemAnswer(committee.pk, item["title"]))
            if "head_subject" in item:
                self._name_subject(meeting, item["head_subject"])
        self._do(meeting, InviteAnswer(self._day(row["invited"])))
        return meeting

    def _in_use(self) -> set[str]:
        """Return the earlier meetings that dealt with one of the papers."""
        routes = [row["route"] for row in self.told["papers"]]
        return {station["meeting"] for route in routes for station in route if "meeting" in station}

    def _day(self, days: int) -> date:
        return day_ago(self.today, days)

    def _plan(self, row: dict[str, Any], days: int, *, standard: bool) -> Meeting:
        committee = self.names.committees[row["committee"]]
        begins = moment(self._day(days), row["time"])
        answer = PlanAnswer(
            (committee.pk,),
            begins,
            self.names.hall,
            row["number"],
            standard=standard,
        )
        house = self.names.municipality
        return gate.plan(actor=self.names.secretary, municipality=house, answer=answer)

    def _do(self, meeting: Meeting, answer: Any) -> None:
        gate.complete_meeting(actor=self.names.secretary, meeting=meeting, answer=answer)

    def _take_over(self, row: dict[str, Any]) -> Proposal:
        house = self.names.municipality
        released = self._day(row["released"])
        number = house.pattern.format(
            art=house.prefix(row["kind"]),
            org=self.names.offices[row["lead_office"]].number,
            term=self.names.term(released),
            year=released.year,
            running=row["running"],
        )
        answer = TakeOverAnswer(
            draft=draft_of(self.names, row, ()),
            number=number,
            released_on=released,
            form_checked_on=released,
            signature_name=self.told.get("signed_as", self.names.head),
            stations=tuple(self._station(station) for station in row["route"]),
        )
        return gate.take_over(actor=self.names.secretary, answer=answer)

    def _station(self, row: dict[str, Any]) -> EarlierResult | StationDraft:
        if "meeting" not in row:
            return station_of(self.names, row)
        counted = None
        if "votes" in row:
            yes, no, abstained = row["votes"]
            counted = CountedAnswer(yes + no + abstained, yes, no, abstained)
        before = next(one for one in self.told["before"] if one["key"] == row["meeting"])
        return EarlierResult(
            committee_id=self.names.committees[row["committee"]].pk,
            role=ConsultationRole(row["role"]),
            held_on=self._day(before["days"]),
            outcome=Outcome(row["outcome"]) if "outcome" in row else None,
            counted=counted,
            wording=paragraphs_to_html(row.get("wording", "").strip()),
        )

    def _name_subject(self, meeting: Meeting, subject: str) -> None:
        """Say on which subject the head of the administration has no vote, of the last item."""
        item = AgendaItem.everything.filter(meeting=meeting).latest("pk")
        answer = ChangeItemAnswer(
            item.pk, item.title, item.public, item.public_title, head_subject=subject
        )
        self._do(meeting, answer)

    def _close(self, meeting: Meeting, row: dict[str, Any]) -> None:
        """Note that a meeting of the time before was held and its minutes signed."""
        invited, signed = self._day(row["days"] + 12), self._day(row["signed"])
        hold_unseen(self.names, meeting, row, invited, signed)

    def _schedule(self, proposal: Proposal, meeting: Meeting) -> None:
        stations = Consultation.everything.filter(OPEN, proposal=proposal)
        body = self.told["meeting"]["committee"]
        station = stations.get(committee=self.names.committees[body])
        answer = ScheduleAnswer(meeting_id=meeting.pk, on=self._day(15))
        turn = Turn(proposal.pk, "schedule", station.pk)
        gate.complete(actor=self.names.secretary, turn=turn, answer=answer)
