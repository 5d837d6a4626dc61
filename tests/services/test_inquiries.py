from datetime import date

import pytest

from proposals.models import Consultation, CoSignature, Relation
from proposals.rules.consultation import ConsultationRole, Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.lifecycle import ProposalStatus
from proposals.rules.relations import RelationKind
from proposals.rules.sections import Section
from proposals.rules.words import ProposalKind
from proposals.services.consultation import InsertAnswer
from proposals.services.relations import RelateAnswer, relate, unrelate
from tests import factories as f
from workflows import gate

INQUIRY, ANSWER = ProposalKind.ANFRAGE, ProposalKind.ANTWORT
TO_COUNCIL: f.Route = (("council", f.NOTE),)


def test_an_inquiry_is_noted_without_co_signing_or_a_vote(house: f.House) -> None:
    proposal = f.make_proposal(
        house, "in_route", kind=INQUIRY, route=TO_COUNCIL, answer_due_on=date(2024, 4, 1)
    )
    assert proposal.answer_due_on == date(2024, 4, 1)
    assert not CoSignature.everything.filter(proposal=proposal).exists()
    f.treat(house, f.station(proposal, "council"), Outcome.NOTED)
    assert f.reread(proposal).status == ProposalStatus.NOTED


def test_a_station_that_would_vote_on_an_inquiry_is_refused(house: f.House) -> None:
    for role in (f.DECISION, f.PRELIMINARY):
        with pytest.raises(RuleViolation, match="wird nicht abgestimmt"):
            f.make_proposal(house, kind=INQUIRY, route=(("council", role),))
    proposal = f.make_proposal(house, "in_route", kind=INQUIRY, route=TO_COUNCIL)
    answer = InsertAnswer(house.committee("social").pk, ConsultationRole.DECISION, "Wunsch", None)
    with pytest.raises(RuleViolation, match="wird nicht abgestimmt"):
        gate.insert(actor=house.user("secretary"), proposal=proposal, answer=answer)
    f.insert(house, proposal, "social", f.NOTE)


def test_a_referral_of_an_inquiry_goes_for_notice_too(house: f.House) -> None:
    proposal = f.make_proposal(house, "in_route", kind=INQUIRY, route=TO_COUNCIL)
    council = f.station(proposal, "council")
    refer_to = (house.committee("social").pk, house.committee("main").pk)
    f.treat(house, council, Outcome.REFERRED, refer_to=refer_to)
    rows = Consultation.everything.filter(proposal=proposal, inserted_by__isnull=False)
    assert set(rows.values_list("role", flat=True)) == {ConsultationRole.NOTE}


def test_an_answer_names_its_inquiry_and_takes_its_way(house: f.House) -> None:
    question = f.make_proposal(house, "in_route", kind=INQUIRY, route=TO_COUNCIL)
    answer = f.make_proposal(house, "in_route", kind=ANSWER, route=(), answers_id=question.pk)
    relation = Relation.everything.get(proposal=answer)
    assert (relation.kind, relation.to) == (RelationKind.ANSWERS, question)
    (station,) = Consultation.everything.filter(proposal=answer)
    assert (station.committee, station.role) == (house.committee("council"), f.NOTE)

    clerk = house.user("clerk")
    with pytest.raises(RuleViolation, match="steht im Entwurf der Antwort"):
        unrelate(actor=clerk, relation=relation)
    with pytest.raises(RuleViolation, match="steht im Entwurf der Antwort"):
        relate(actor=clerk, proposal=answer, answer=RelateAnswer(RelationKind.ANSWERS, question.pk))


def test_an_answer_to_nothing_is_not_handed_in(house: f.House) -> None:
    answer = f.make_proposal(house, kind=ANSWER, route=TO_COUNCIL)
    with pytest.raises(RuleViolation, match="die Anfrage angeben"):
        f.submit(house, answer)
    paper = f.make_proposal(house, "in_route")
    with pytest.raises(RuleViolation, match="ist keine Anfrage"):
        f.make_proposal(house, kind=ANSWER, route=TO_COUNCIL, answers_id=paper.pk)


def test_an_inquiry_without_a_question_is_not_handed_in(house: f.House) -> None:
    proposal = f.make_proposal(
        house, kind=INQUIRY, route=TO_COUNCIL, texts={Section.JUSTIFICATION: "<p>Weil.</p>"}
    )
    with pytest.raises(RuleViolation, match="Es fehlt noch: Fragen"):
        f.submit(house, proposal)
