from proposals.rules.review import (
    ReviewDecision,
    objection_to_advising,
    objection_to_deciding,
    objection_to_voting_again,
)

D = ReviewDecision


def asked(decision: ReviewDecision, reason: str = "Nach Beratung", **facts: bool) -> str:
    """Return the field or the sentence of the objection, "" for none."""
    given = {"decided": False, "stayed": False, "is_resolution": True, **facts}
    refused = objection_to_deciding(decision, reason, **given)
    return "" if refused is None else refused.field or refused.message


def test_an_opinion_says_something_and_comes_before_the_decision() -> None:
    assert objection_to_advising("Rechtswidrig.", decided=False) is None
    empty = objection_to_advising(" ", decided=False)
    assert empty is not None
    assert empty.field == "text"
    assert objection_to_advising("Rechtswidrig.", decided=True) is not None


def test_a_decision_has_a_reason_and_is_taken_once() -> None:
    assert {asked(decision) for decision in D} == {""}
    assert {asked(decision, " ") for decision in D} == {"reason"}
    assert "schon entschieden" in asked(D.STANDS, decided=True)


def test_only_a_resolution_is_stayed_and_only_once() -> None:
    assert asked(D.STAY, stayed=True) == "decision"
    assert asked(D.STAY, is_resolution=False) == "decision"
    assert asked(D.VOTE_AGAIN, stayed=True, is_resolution=False) == ""


def test_voting_again_needs_the_route_and_no_vote_that_is_to_come_anyway() -> None:
    assert objection_to_voting_again(in_route=True, waiting=False) is None
    assert objection_to_voting_again(in_route=False, waiting=False) is not None
    assert objection_to_voting_again(in_route=True, waiting=True) is not None
