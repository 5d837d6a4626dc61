import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import Office, Role
from proposals.rules.errors import RuleViolation
from proposals.rules.words import ProposalKind
from proposals.services.leading import HandOverAnswer, TakeLeadAnswer
from tests import factories as f
from workflows import gate, inbox

TAKE = TakeLeadAnswer("Urlaub")


def waiting(house: f.House, name: str) -> list[str]:
    return [task.turn.step for task in inbox.tasks_for(house.user(name))]


def test_a_colleague_takes_a_draft_over(house: f.House) -> None:
    proposal = f.make_proposal(house)
    f.make_user(house, "colleague", Role.CLERK, office="lead")
    gate.act(actor=house.user("colleague"), proposal=proposal, answer=TAKE)
    fresh = f.reread(proposal)
    assert fresh.author == house.user("colleague")
    with pytest.raises(RuleViolation, match="bearbeiten diese Vorlage schon"):
        gate.act(actor=house.user("colleague"), proposal=fresh, answer=TAKE)


def test_nobody_of_another_office_takes_it_over_nor_a_motion(house: f.House) -> None:
    proposal = f.make_proposal(house)
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    for who in ("elsewhere", "secretary", "head"):
        with pytest.raises(PermissionDenied, match="in der Federführung"):
            gate.act(actor=house.user(who), proposal=proposal, answer=TAKE)
    motion = f.make_proposal(house, kind=ProposalKind.ANTRAG)
    with pytest.raises(RuleViolation, match="Sitzungsdienst"):
        gate.act(actor=house.user("clerk"), proposal=motion, answer=TAKE)


def test_the_task_goes_with_the_lead_to_another_office(house: f.House) -> None:
    proposal = f.make_proposal(house)
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    assert (waiting(house, "clerk"), waiting(house, "elsewhere")) == (["draft"], [])

    answer = HandOverAnswer(house.office("staff").pk, "Zuständigkeit")
    gate.act(actor=house.user("clerk"), proposal=proposal, answer=answer)
    fresh = f.reread(proposal)
    assert fresh.lead_office == house.office("staff")
    assert fresh.author == house.user("clerk")
    assert fresh.revision == proposal.revision + 1  # whoever still has the form open is told
    assert (waiting(house, "clerk"), waiting(house, "elsewhere")) == ([], ["draft"])
    assert gate.agrees(fresh)
    with pytest.raises(PermissionDenied, match="Nur die Federführung"):
        gate.act(actor=house.user("clerk"), proposal=fresh, answer=answer)


def test_a_lead_is_not_handed_to_where_nobody_goes_on(house: f.House) -> None:
    proposal, stranger = f.make_proposal(house), f.make_house("fremd")
    clerk = house.user("clerk")
    cases: list[tuple[Office, str]] = [
        (house.office("treasury"), "niemanden, der Vorlagen entwirft"),
        (house.office("lead"), "liegt schon bei"),
        (stranger.office("lead"), "gibt es in"),
    ]
    for office, word in cases:
        with pytest.raises(RuleViolation, match=word):
            gate.act(actor=clerk, proposal=proposal, answer=HandOverAnswer(office.pk))


def test_the_lead_stays_once_the_paper_is_handed_in(house: f.House) -> None:
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    proposal = f.make_proposal(house, "submitted", asked=["treasury"])
    answer = HandOverAnswer(house.office("staff").pk)
    with pytest.raises(RuleViolation, match="ist abgegeben"):
        gate.act(actor=house.user("clerk"), proposal=proposal, answer=answer)
