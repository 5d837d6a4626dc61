"""A Kreistag evening: 60 items, 43 members and 180 votes, each entered through the gate."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from statistics import median
from uuid import uuid4

from django.utils import timezone

from proposals.models import (
    AgendaItem,
    Committee,
    Consultation,
    Membership,
    Municipality,
    Office,
    User,
    Vote,
)
from proposals.models.consultation import OPEN
from proposals.rules.attendance import AttendanceKind
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.sections import Section
from proposals.rules.voting import Choice, VoteKind
from proposals.rules.words import ProposalKind
from proposals.services.agenda import AddItemAnswer
from proposals.services.attendance import RollAnswer, RollEntry
from proposals.services.consultation import ScheduleAnswer
from proposals.services.drafting import DraftAnswer, StationDraft
from proposals.services.meeting import CloseAnswer, InviteAnswer, OpenAnswer, PlanAnswer
from proposals.services.results import ResultAnswer
from proposals.services.submission import FormCheckAnswer, SubmitAnswer
from proposals.services.voting import BallotAnswer, CountedAnswer
from workflows import gate
from workflows.engine import Turn

from .measuring import Measured, heading, measured, rows
from .steps import save_bare
from .story import set_up

HOUSE = 98  # none of the played ones
PAPERS, OTHERS, ROLL_CALLS = 50, 10, 10
DAY = date(2018, 12, 17)
ROLL_CALL = "Beschluss, namentlich mit 43 Stimmen"
WORDS = {
    VoteKind.PROCEDURAL: "Antrag zur Geschäftsordnung",
    VoteKind.AMENDMENT: "Änderungsantrag",
    VoteKind.MAIN: "Beschluss",
}


@dataclass(frozen=True)
class Entered:
    """One vote as it was entered: its words and what it took."""

    words: str
    taken: Measured


def run() -> None:
    """Prepare the agenda, enter the evening, print what its votes took."""
    house, _ = set_up(HOUSE)
    secretary = User.objects.get(username=f"wittmund.kreistagsbuero{HOUSE}")
    evening = Evening(house, secretary)
    evening.invite()
    evening.open()
    votes = list(evening.hold())
    evening.close()
    # the bare saves are marked as repeated
    present = Vote.everything.filter(agenda_item__meeting=evening.meeting, repeated=False)
    assert present.count() == len(votes) == 3 * (PAPERS + OTHERS)
    _print(votes, evening.bare)


class Evening:
    """One meeting of the council, kept by its secretary; all of its members are there."""

    def __init__(self, house: Municipality, actor: User) -> None:
        self.house, self.actor = house, actor
        self.council: Committee = house.committees.get(name="Kreistag")
        seats = Membership.objects.filter(committee=self.council, voting=True)
        self.members = list(seats.order_by("pk").values_list("person", flat=True))
        begin = timezone.make_aware(datetime.combine(DAY, time(17)))
        answer = PlanAnswer((self.council.pk,), begin, standard=False)
        self.meeting = gate.plan(actor=actor, municipality=house, answer=answer)
        self.bare: list[Measured] = []

    def act(self, answer: object) -> None:
        """Do one act on the meeting."""
        gate.complete_meeting(actor=self.actor, meeting=self.meeting, answer=answer)

    def invite(self) -> None:
        """Put everything on the agenda and send it out."""
        for number in range(OTHERS):
            self.act(AddItemAnswer(self.council.pk, f"Bericht {number + 1}"))
        for number in range(PAPERS):
            self.paper(number)
        self.act(InviteAnswer(DAY.replace(day=3)))

    def paper(self, number: int) -> None:
        """Bring a motion of a faction to the council: the shortest way on to an agenda."""
        office = Office.objects.filter(municipality=self.house).order_by("pk")[0]
        draft = DraftAnswer(
            kind=ProposalKind.ANTRAG,
            lead_office_id=office.pk,
            subject=f"Antrag {number + 1}",
            mover="Fraktion A",
            texts={section: f"<p>{section.label}.</p>" for section in Section},
            route=[StationDraft(self.council.pk, ConsultationRole.DECISION)],
        )
        day = DAY.replace(day=1)
        proposal = gate.start(actor=self.actor, answer=draft, on=day)
        self._step(Turn(proposal.pk, "draft"), SubmitAnswer(on=day))
        self._step(Turn(proposal.pk, "check_form"), FormCheckAnswer(passed=True, on=day))
        station = Consultation.everything.get(OPEN, proposal=proposal)
        answer = ScheduleAnswer(meeting_id=self.meeting.pk)
        self._step(Turn(proposal.pk, "schedule", station.pk), answer)

    def _step(self, turn: Turn, answer: object) -> None:
        gate.complete(actor=self.actor, turn=turn, answer=answer)

    def open(self) -> None:
        """Call the roll and open the meeting."""
        entries = tuple(RollEntry(pk, AttendanceKind.PRESENT) for pk in self.members)
        self.act(RollAnswer(self.council.pk, entries))
        self.act(OpenAnswer())

    def hold(self) -> Iterator[Entered]:
        """Enter three votes for each item; yield what each took."""
        items = AgendaItem.everything.filter(meeting=self.meeting).select_related("consultation")
        calls = count()
        for item in items.order_by("position"):
            yield self._ballot(item, VoteKind.PROCEDURAL)
            on_paper = item.consultation is not None
            yield self._ballot(item, VoteKind.AMENDMENT if on_paper else VoteKind.PROCEDURAL)
            by_name = on_paper and next(calls) % (PAPERS // ROLL_CALLS) == 0
            yield self._result(item, by_name=by_name)

    def _ballot(self, item: AgendaItem, kind: VoteKind) -> Entered:
        counted = CountedAnswer(yes=20, no=22, abstained=1)
        wording = "<p>Anders.</p>" if kind == VoteKind.AMENDMENT else ""
        answer = BallotAnswer(item.pk, kind, "Antrag", uuid4(), counted, wording=wording)
        with measured() as taken:
            gate.ballot(actor=self.actor, agenda_item=item, answer=answer)
        return Entered(WORDS[kind], taken)

    def _result(self, item: AgendaItem, *, by_name: bool) -> Entered:
        roll = tuple((pk, Choice.YES) for pk in self.members)
        numbers = CountedAnswer(yes=40, no=2, abstained=1)
        answer = (
            ResultAnswer(Outcome.DECIDED, uuid4(), CountedAnswer(roll=roll))
            if by_name
            else ResultAnswer(Outcome.DECIDED, uuid4(), numbers)
        )
        with measured() as taken:
            recorded = gate.record(actor=self.actor, agenda_item=item, answer=answer)
        if item.consultation is None:
            return Entered(f"{WORDS[VoteKind.MAIN]} ohne Vorlage", taken)
        self.bare.append(save_bare(recorded))  # at once, so that both see the same machine
        return Entered(ROLL_CALL if by_name else WORDS[VoteKind.MAIN], taken)

    def close(self) -> None:
        """Close the meeting: everything has a result."""
        self.act(CloseAnswer())


def _print(votes: list[Entered], bare: list[Measured]) -> None:
    heading(
        f"Ein Abend im Kreistag: {PAPERS + OTHERS} Tagesordnungspunkte, 43 Mitglieder, "
        f"{len(votes)} Abstimmungen (Anweisungen ohne Savepoints)"
    )
    by_words: dict[str, list[Measured]] = {}
    for vote in votes:
        by_words.setdefault(vote.words, []).append(vote.taken)
    everything = [vote.taken for vote in votes]
    lines = [_line(words, taken) for words, taken in sorted(by_words.items())]
    titles = ("", "Zahl", "kleinste", "Median", "größte", "ms")
    rows(titles, *lines, _line("alle", everything))
    usual = by_words[WORDS[VoteKind.MAIN]]
    more = _statements(by_words[ROLL_CALL]) - _statements(usual)
    print(f"  namentlich mit 43 Stimmen: {more:+.0f} Anweisungen gegenüber offen")
    ratio = median(one.ms for one in usual) / median(one.ms for one in bare)
    print(f"  bloßes ORM für dieselben Zeilen: {_statements(bare):.0f} Anweisungen", end=", ")
    print(f"ratio: {ratio:.1f}")


def _line(words: str, taken: list[Measured]) -> tuple[str, ...]:
    found = [one.statements for one in taken]
    figures = (len(found), min(found), round(median(found)), max(found))
    return (words, *map(str, figures), f"{median(one.ms for one in taken):.1f}")


def _statements(taken: list[Measured]) -> float:
    return median(one.statements for one in taken)
