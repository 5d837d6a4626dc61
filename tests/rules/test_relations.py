from dataclasses import replace

import pytest

from proposals.rules.relations import (
    ReissueFacts,
    RelationFacts,
    RelationKind,
    SupplementFacts,
    objection_to_reissue,
    objection_to_relating,
    objection_to_supplementing,
)
from proposals.rules.results import RecommendationAs
from proposals.rules.words import ProposalKind

PAPER, NOTICE = ProposalKind.BESCHLUSSVORLAGE, ProposalKind.MITTEILUNGSVORLAGE
MOTION, AMENDMENT = ProposalKind.ANTRAG, ProposalKind.AENDERUNGSANTRAG
AMENDS, STATEMENT = RelationKind.AMENDS, RelationKind.STATEMENT


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (RelationFacts(STATEMENT, PAPER, MOTION, same=True), "nicht auf sich selbst"),
        (RelationFacts(STATEMENT, PAPER, MOTION, known=True), "besteht schon."),
        (RelationFacts(STATEMENT, PAPER, MOTION, reversed_=True), "in der anderen Richtung"),
        (RelationFacts(AMENDS, PAPER, PAPER), "Nur ein Änderungsantrag ändert"),
        (RelationFacts(AMENDS, AMENDMENT, NOTICE), "hat keinen Beschlussvorschlag"),
        (RelationFacts(AMENDS, AMENDMENT, PAPER, withdrawn=True), "ist zurückgezogen"),
        (RelationFacts(STATEMENT, MOTION, PAPER), "keine Stellungnahme der Verwaltung"),
    ],
)
def test_what_cannot_be_a_relation_is_refused(facts: RelationFacts, sentence: str) -> None:
    objection = objection_to_relating(facts)
    assert objection is not None
    assert sentence in str(objection)


@pytest.mark.parametrize(
    "facts",
    [
        RelationFacts(AMENDS, AMENDMENT, PAPER),
        RelationFacts(AMENDS, AMENDMENT, MOTION),
        RelationFacts(AMENDS, AMENDMENT, AMENDMENT),
        RelationFacts(STATEMENT, NOTICE, MOTION),
        RelationFacts(RelationKind.RESUBMITS, PAPER, PAPER, withdrawn=True),
        RelationFacts(RelationKind.SUPPLEMENTS, NOTICE, PAPER),
    ],
)
def test_usual_relations_are_let_through(facts: RelationFacts) -> None:
    assert objection_to_relating(facts) is None


def test_each_relation_has_words_for_both_directions() -> None:
    assert {kind.inverse for kind in RelationKind} >= {"Änderungsantrag", "erneut vorgelegt als"}
    assert all(kind.inverse != kind.label for kind in RelationKind)


def test_a_wording_is_issued_anew_only_where_the_house_does_so_and_somebody_gets_it() -> None:
    good = ReissueFacts(RecommendationAs.REISSUE, recommended=True, number="SV-9-0667")
    assert objection_to_reissue(good) is None
    refused = {
        "als Hinweis weiter": replace(good, house=RecommendationAs.NOTE),
        "nur der Wortlaut, den ein Gremium empfiehlt": replace(good, recommended=False),
        "noch keine Nummer": replace(good, number=""),
        "schon als SV-9-0667/1 herausgegeben": replace(good, issued_as="SV-9-0667/1"),
        "berät kein Gremium mehr": replace(good, under_way=False),
    }
    for sentence, facts in refused.items():
        objection = objection_to_reissue(facts)
        assert objection is not None
        assert sentence in str(objection)


def test_only_what_is_released_and_not_withdrawn_is_supplemented() -> None:
    good = SupplementFacts(number="MV/2022/009", released=True, withdrawn=False)
    assert objection_to_supplementing(good) is None
    refused = {
        "noch nicht freigegeben": [replace(good, released=False), replace(good, number="")],
        "zurückgezogen": [replace(good, withdrawn=True)],
    }
    for sentence, cases in refused.items():
        for facts in cases:
            objection = objection_to_supplementing(facts)
            assert objection is not None
            assert sentence in str(objection)
