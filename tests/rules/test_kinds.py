import pytest

from proposals.rules.consultation import ConsultationRole
from proposals.rules.drafting import objection_to_hand_over
from proposals.rules.relations import RelationFacts, RelationKind, objection_to_relating
from proposals.rules.route import objection_to_role, usual_role
from proposals.rules.words import ProposalKind

INQUIRY, ANSWER = ProposalKind.ANFRAGE, ProposalKind.ANTWORT
PAPER, NOTICE = ProposalKind.BESCHLUSSVORLAGE, ProposalKind.MITTEILUNGSVORLAGE


def test_an_inquiry_has_a_mover_and_its_answer_comes_from_the_administration() -> None:
    assert INQUIRY.is_motion
    assert not ANSWER.is_motion
    assert {kind for kind in ProposalKind if kind.is_never_voted_on} == {INQUIRY, ANSWER}
    assert INQUIRY.named == "Die Anfrage"
    assert ProposalKind.ANTRAG.named == "Der Antrag"


def test_every_kind_has_a_prefix_of_its_own() -> None:
    assert len({kind.prefix for kind in ProposalKind} - {"A"}) == len(ProposalKind) - 1
    assert (INQUIRY.prefix, ANSWER.prefix) == ("AF", "AW")


@pytest.mark.parametrize("kind", [INQUIRY, ANSWER])
def test_nobody_votes_on_a_question_or_its_answer(kind: ProposalKind) -> None:
    for role in ConsultationRole:
        objection = objection_to_role(kind, role)
        assert (objection is None) == (role == ConsultationRole.NOTE)
        if objection is not None:
            assert "wird nicht abgestimmt" in str(objection)
            assert role.label in str(objection)
    assert objection_to_role(PAPER, ConsultationRole.DECISION) is None
    assert objection_to_role(NOTICE, ConsultationRole.DECISION) is None


def test_what_only_informs_usually_comes_for_notice() -> None:
    assert usual_role(PAPER) == usual_role(ProposalKind.ANTRAG) == ConsultationRole.PRELIMINARY
    assert usual_role(NOTICE) == usual_role(INQUIRY) == usual_role(ANSWER) == ConsultationRole.NOTE


@pytest.mark.parametrize(
    ("later", "earlier", "word"),
    [
        (ANSWER, INQUIRY, ""),
        (NOTICE, INQUIRY, "Vorlage der Art „Beantwortung einer Anfrage“"),
        (ANSWER, PAPER, "Die Beschlussvorlage ist keine Anfrage"),
    ],
)
def test_only_an_answer_answers_and_only_an_inquiry(
    later: ProposalKind, earlier: ProposalKind, word: str
) -> None:
    objection = objection_to_relating(RelationFacts(RelationKind.ANSWERS, later, earlier))
    assert word in str(objection or "")
    assert (objection is None) == (word == "")


def test_a_draft_goes_only_to_an_office_where_somebody_goes_on() -> None:
    facts = {"office": "Bauamt", "leads": False, "has_clerks": True, "is_motion": False}
    assert objection_to_hand_over(**facts) is None  # type: ignore[arg-type]
    for change, word in (
        ({"leads": True}, "liegt schon bei Bauamt"),
        ({"has_clerks": False}, "niemanden, der Vorlagen entwirft"),
        ({"is_motion": True}, "Sitzungsdienst"),
    ):
        objection = objection_to_hand_over(**{**facts, **change})  # type: ignore[arg-type]
        assert word in str(objection)
