import pytest

from proposals.rules.consultation import Outcome
from proposals.rules.results import (
    CHANGED,
    RecommendationAs,
    objection_to_correcting,
    objection_to_entitled,
    objection_to_result_wording,
)

BASIS = "<p>Der Vertrag wird geschlossen.</p>"
OTHER = "<p>Der Vertrag wird befristet geschlossen.</p>"


def test_no_more_members_vote_than_the_body_has() -> None:
    refused = objection_to_entitled(44, 43)
    assert refused is not None
    assert refused.field == "entitled"
    assert refused.message == (
        "Das Gremium hat nur 43 stimmberechtigte Mitglieder, angegeben sind 44."
    )
    assert objection_to_entitled(43, 43) is None
    assert objection_to_entitled(44, 0) is None


@pytest.mark.parametrize("outcome", CHANGED)
def test_a_changed_result_has_its_own_wording(outcome: Outcome) -> None:
    missing = objection_to_result_wording(outcome, "", BASIS)
    assert missing is not None
    assert missing.message == "Bitte den geänderten Wortlaut angeben."
    same = objection_to_result_wording(outcome, BASIS, BASIS)
    assert same is not None
    assert "unverändert" in same.message
    assert objection_to_result_wording(outcome, OTHER, BASIS) is None


def test_a_wording_of_its_own_has_a_changed_result() -> None:
    refused = objection_to_result_wording(Outcome.DECIDED, OTHER, BASIS)
    assert refused is not None
    assert refused.field == "wording"
    assert "„beschlossen“" in refused.message
    assert objection_to_result_wording(Outcome.DECIDED, BASIS, BASIS) is None
    assert objection_to_result_wording(Outcome.DECIDED, "", BASIS) is None


def test_a_house_hands_a_recommendation_on_in_one_of_three_ways() -> None:
    assert [label for _, label in RecommendationAs.choices()] == [
        "als Hinweis",
        "als Einzelblatt",
        "als neue Fassung mit Zusatz zur Nummer",
    ]


def test_a_correction_needs_a_result_its_present_state_and_late_a_reason() -> None:
    def said(outcome: str, seen: int = 1, *, signed: bool = False) -> str:
        found = objection_to_correcting(outcome, seen=seen, revision=1, signed=signed)
        return found.message if found else ""

    assert "noch kein Ergebnis" in said("")
    assert "nicht behandelt: nicht beraten" in said(Outcome.NOT_HELD)
    assert "jemand anders" in said(Outcome.DECIDED, seen=0, signed=True)
    assert "Grund der Berichtigung" in said(Outcome.DECIDED, signed=True)
    assert said(Outcome.DECIDED) == ""
