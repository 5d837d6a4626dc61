from dataclasses import replace

import pytest

from proposals.rules.ballots import (
    BallotFacts,
    objection_to_announced_vote,
    objection_to_ballot,
    objection_to_late_ballot,
)
from proposals.rules.voting import VoteKind, VoteResult

K = VoteKind
AMENDMENT = BallotFacts(K.AMENDMENT, "Fraktion A", "<p>Neu.</p>", "<p>Alt.</p>")
CLAUSE = BallotFacts(K.CLAUSE, clause=2, clauses=(1, 2, 3), voted=frozenset({1}))
LEGAL = [
    AMENDMENT,
    replace(AMENDMENT, wording=""),
    replace(AMENDMENT, subject=""),
    replace(AMENDMENT, kind=K.VARIANT),
    BallotFacts(K.PROCEDURAL, "Schluss der Debatte"),
    CLAUSE,
    replace(CLAUSE, on_paper=False, clauses=()),
]
WRONG = [
    (BallotFacts(K.MAIN), "kind", "mit dem Ergebnis des Tagesordnungspunktes"),
    (BallotFacts(K.PROCEDURAL), "subject", "worüber abgestimmt"),
    (replace(AMENDMENT, clause=1), "clause", "nur zur getrennten Abstimmung"),
    (replace(AMENDMENT, wording="<p>Alt.</p>"), "wording", "derselbe"),
    (replace(AMENDMENT, on_paper=False), "wording", "gehört zu einer Vorlage"),
    (replace(AMENDMENT, kind=K.PROCEDURAL), "wording", "Änderungsantrag oder einer Variante"),
    (replace(CLAUSE, clause=None), "clause", "Bitte die Ziffer angeben"),
    (replace(CLAUSE, clause=4), "clause", "keine Ziffer 4"),
    (replace(CLAUSE, clause=1), "clause", "Über Ziffer 1 ist schon abgestimmt"),
    (replace(CLAUSE, wording="<p>Neu.</p>"), "wording", "bleibt der Wortlaut der Ziffer"),
]


@pytest.mark.parametrize("facts", LEGAL)
def test_what_is_named_or_written_can_be_voted_on(facts: BallotFacts) -> None:
    assert objection_to_ballot(facts) is None


@pytest.mark.parametrize(("facts", "field", "words"), WRONG)
def test_a_vote_on_nothing_or_on_the_same_is_refused_at_its_field(
    facts: BallotFacts, field: str, words: str
) -> None:
    refused = objection_to_ballot(facts)
    assert refused is not None
    assert (refused.field, refused.waivable) == (field, False)
    assert words in refused.message


def test_the_chair_may_differ_from_the_count_with_a_reason_and_never_from_the_word() -> None:
    carried, lost = VoteResult.CARRIED, VoteResult.LOST
    assert objection_to_announced_vote(carried, None, by_word=True) is None
    assert objection_to_announced_vote(lost, lost, by_word=False) is None
    counted = objection_to_announced_vote(lost, carried, by_word=False)
    said = objection_to_announced_vote(lost, carried, by_word=True)
    assert counted is not None
    assert said is not None
    assert (counted.waivable, said.waivable) == (True, False)


def test_approved_minutes_take_corrections_alone() -> None:
    assert objection_to_late_ballot(corrects=True) is None
    assert objection_to_late_ballot(corrects=False) is not None
