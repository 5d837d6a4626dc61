"""Whoever acts for somebody who is away: each act keeps for whom, and the history says so."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.documents.content import content
from proposals.models import ActedFor, Audience, Proposal, SignatureMode, Submission, User
from proposals.selectors.journal import history_of
from proposals.services.agenda import NumberAnswer
from proposals.services.consultation import ScheduleAnswer
from proposals.services.meeting import InviteAnswer
from proposals.services.submission import FormCheckAnswer, ReleaseAnswer
from tests import factories as f
from tests import signing
from tests import sittings as s
from tests.factories import House
from workflows import gate
from workflows.engine import Turn


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
