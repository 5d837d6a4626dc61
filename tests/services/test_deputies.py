"""Whoever acts for somebody who is away: each act keeps for whom, and the history says so."""

from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.documents.content import content
from proposals.models import ActedFor, Audience, Proposal, SignatureMode, Submission, User
from proposals.rules.attendance import AttendanceKind
from proposals.rules.consultation import Outcome
from proposals.rules.quorum import QuorumCause
from proposals.rules.relations import RelationKind
from proposals.rules.urgency import UrgentOrgan
from proposals.rules.voting import VoteKind
from proposals.selectors.journal import history_of, history_of_meeting
from proposals.services.agenda import NoteAnswer, NumberAnswer
from proposals.services.attendance import (
    ArriveAnswer,
    LeaveAnswer,
    QuorumAnswer,
    RollAnswer,
    RollEntry,
)
from proposals.services.consultation import ScheduleAnswer
from proposals.services.meeting import (
    ApproveMinutesAnswer,
    ExcerptFor,
    ExcerptsAnswer,
    InviteAnswer,
    KeepMinutesAnswer,
    SignMinutesAnswer,
)
from proposals.services.relations import RelateAnswer, relate, unrelate
from proposals.services.submission import FormCheckAnswer, ReleaseAnswer
from proposals.services.urgency import UrgentAnswer
from proposals.services.voting import BallotAnswer, CountedAnswer
from tests import factories as f
from tests import signing
from tests import sittings as s
from tests.factories import House
from tests.services import test_takeover as taking_over
from tests.versions import correction
from workflows import gate
from workflows.engine import Turn

PRESENT = AttendanceKind.PRESENT


def do(house: House, user: str, proposal: Proposal, step: str, answer: Any) -> None:
    gate.complete(actor=house.user(user), turn=Turn(proposal.pk, step), answer=answer)


def told(house: House, proposal: Proposal) -> list[tuple[str, str]]:
    """Return the newest acts first, each with who did it."""
    return [(line.sentence, line.actor) for line in history_of(proposal, house.user("secretary"))]


def test_release_and_form_check_keep_for_whom_they_were_done(house: House) -> None:
    proposal = f.make_proposal(house, "submitted")
    signing.absent(house, "head", "staffer")
    signing.absent(house, "secretary", "staffer")
    head, secretary = name_of(house, "head"), name_of(house, "secretary")
    do(house, "staffer", proposal, "release", ReleaseAnswer(True, signature_name="Staffer"))
    do(house, "staffer", proposal, "check_form", FormCheckAnswer(passed=True))
    assert told(house, proposal)[:2] == [
        ("Formprüfung bestanden", f"Staffer i. V. für {secretary}"),
        ("Freigegeben", f"Staffer i. V. für {head}"),
    ]
    submission = Submission.everything.get(proposal=proposal)
    assert submission.signature_mode == SignatureMode.DEPUTY, "nobody signs so as themselves"
    signature = content(submission.version, audience=Audience.INTERNAL)["unterschrift"]
    assert signature is not None
    assert signature["vertretung"] == "In Vertretung"


def test_a_corrected_typo_and_a_withdrawal_keep_for_whom_they_were_done(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    signing.absent(house, "head", "staffer")
    signing.absent(house, "secretary", "staffer")
    answer = correction(proposal, subject="Neuer Betreff")
    gate.act(actor=house.user("staffer"), proposal=proposal, answer=answer)
    f.withdraw(house, f.reread(proposal), "staffer")
    assert [who for _, who in told(house, proposal)[:2]] == [
        f"Staffer i. V. für {name_of(house, user)}" for user in ("head", "secretary")
    ]


def test_what_several_roles_may_do_is_noted_only_where_none_of_them_is_ones_own(
    house: House,
) -> None:
    proposal = f.make_proposal(house, "in_route")
    signing.absent(house, "head", "secretary")
    signing.absent(house, "secretary", "staffer")
    f.drop(house, f.insert(house, proposal, "main"))
    f.drop(house, f.insert(house, proposal, "main", actor="staffer"), actor="staffer")
    urgent = UrgentAnswer(UrgentOrgan.MAIN_COMMITTEE, "Der Bescheid verfällt")
    gate.urgent(actor=house.user("staffer"), proposal=f.reread(proposal), answer=urgent)
    deputy = f"Staffer i. V. für {name_of(house, 'secretary')}"
    own = name_of(house, "secretary")
    assert [who for _, who in told(house, proposal)[:5]] == [deputy] * 3 + [own] * 2


def test_relations_and_a_paper_taken_over_keep_for_whom_they_were_made(house: House) -> None:
    earlier, later = (f.make_proposal(house, "in_route") for _ in range(2))
    signing.absent(house, "secretary", "staffer")
    staffer = house.user("staffer")
    row = relate(
        actor=staffer, proposal=later, answer=RelateAnswer(RelationKind.SUPPLEMENTS, earlier.pk)
    )
    unrelate(actor=staffer, relation=row)
    taken = taking_over.take_over(house, taking_over.answer(house), actor="staffer")
    deputy = f"Staffer i. V. für {name_of(house, 'secretary')}"
    assert [who for _, who in told(house, later)[:2]] == [deputy, deputy]
    assert told(house, taken)[-1][1] == deputy


def test_who_acts_for_themselves_leaves_no_note(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    signing.absent(house, "head", "staffer")
    other = f.make_proposal(house, "submitted")
    do(house, "head", other, "release", ReleaseAnswer(True, signature_name="Head"))
    assert not ActedFor.objects.exists()
    assert all("i. V." not in who for _, who in told(house, proposal) + told(house, other))
    assert Submission.everything.get(proposal=other).signature_mode == SignatureMode.OWN


def test_acts_on_an_agenda_keep_for_whom_they_were_done(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    signing.absent(house, "secretary", "staffer")
    secretary = name_of(house, "secretary")
    actor = house.user("staffer")
    station = f.station(proposal, "social")
    meeting = s.plan(house, "social")
    gate.complete(
        actor=actor,
        turn=Turn(proposal.pk, "schedule", station.pk),
        answer=ScheduleAnswer(meeting_id=meeting.pk),
    )
    assert told(house, proposal)[0] == (
        "Auf die Tagesordnung gesetzt",
        f"Staffer i. V. für {secretary}",
    )
    for answer in (NumberAnswer(), InviteAnswer(on=f.DAY)):
        before = ActedFor.objects.count()
        gate.complete_meeting(actor=actor, meeting=meeting, answer=answer)
        assert ActedFor.objects.count() == before + 1
    assert told(house, proposal)[0][1] == f"Staffer i. V. für {secretary}"


def test_the_history_takes_a_constant_number_of_queries_for_it(house: House) -> None:
    proposal = f.make_proposal(house, "submitted")
    user = house.user("secretary")
    signing.absent(house, "head", "staffer")
    signing.absent(house, "secretary", "staffer")
    do(house, "staffer", proposal, "release", ReleaseAnswer(True, signature_name="Staffer"))
    few = queries(proposal, user)
    do(house, "staffer", proposal, "check_form", FormCheckAnswer(passed=True))
    assert queries(proposal, user) == few


def queries(proposal: Proposal, user: User) -> int:
    history_of(proposal, user)
    with CaptureQueriesContext(connection) as taken:
        history_of(proposal, user)
    return len(taken)


def name_of(house: House, user: str) -> str:
    return str(signing.person(house, user))


def test_a_meeting_without_a_paper_tells_for_whom_each_act_was_done(house: House) -> None:
    signing.absent(house, "secretary", "staffer")
    committee = house.committee("social").pk
    meeting = s.plan(house, "social")
    item = s.add_item(house, meeting, "social", "Bericht der Verwaltung")
    s.paper(house, meeting, "social")  # the minutes need something to tell
    persons = [person.pk for person in s.members(house, "social")]
    answers: list[tuple[str, Any]] = [
        ("Anwesenheit", RollAnswer(committee, tuple(RollEntry(pk, PRESENT) for pk in persons))),
        ("Anwesenheit", LeaveAnswer(committee, persons[0], item.pk)),
        ("Anwesenheit", ArriveAnswer(committee, persons[0], item.pk)),
        ("Beschlussfähigkeit", QuorumAnswer(committee, QuorumCause.STATED)),
        ("Vermerk", NoteAnswer(item.pk, "Nachfragen beantwortet", "")),
        ("Protokoll", SignMinutesAnswer(f.DAY)),
        ("Protokoll", KeepMinutesAnswer(reason="Schreibfehler im Namen")),
        ("Protokoll", ApproveMinutesAnswer(f.DAY)),
    ]
    for _, answer in answers:
        s.act(house, meeting, answer, "staffer")
    told = history_of_meeting(s.again(meeting), house.user("secretary"))[: len(answers)]
    who = f"Staffer i. V. für {name_of(house, 'secretary')}"
    assert {line.actor for line in told} == {who}
    for line, (word, _) in zip(reversed(told), answers, strict=True):
        assert word in line.sentence
    note = next(line for line in told if "Vermerk" in line.sentence)
    assert note.details == ["Bericht der Verwaltung"]


def test_a_ballot_and_an_excerpt_tell_for_whom_they_were_done(house: House) -> None:
    meeting = s.plan(house, "social")
    item = s.paper(house, meeting, "social")
    signing.absent(house, "secretary", "staffer")
    actor = house.user("staffer")
    ballot = BallotAnswer(
        item.pk,
        VoteKind.PROCEDURAL,
        "Schluss der Debatte",
        uuid4(),
        CountedAnswer(yes=3, no=0, abstained=0),
    )
    gate.ballot(actor=actor, agenda_item=s.take(item), answer=ballot)
    s.record(house, item, Outcome.DECIDED, (3, 0, 0), actor="staffer")
    wanted = (ExcerptFor(item.pk, (house.office("lead").pk,)),)
    s.act(house, meeting, ExcerptsAnswer(wanted, f.DAY), "staffer")
    told = history_of_meeting(s.again(meeting), house.user("secretary"))[:3]
    who = f"Staffer i. V. für {name_of(house, 'secretary')}"
    assert {line.actor for line in told} == {who}
    assert len(told) == 3
