import pytest

from proposals.rules.co_signing import (
    CoSigningFacts,
    Verdict,
    objection_to_co_signing,
    sends_back,
)

ANSWERS = [verdict for verdict in Verdict if verdict != Verdict.PENDING]


def facts(
    verdict: Verdict, remark: str = "", *, is_open: bool = True, own: bool = False
) -> CoSigningFacts:
    return CoSigningFacts(open=is_open, remark=remark, verdict=verdict, own_proposal=own)


def test_asking_for_a_change_and_refusing_send_the_proposal_back() -> None:
    back = {verdict for verdict in Verdict if sends_back(verdict)}
    assert back == {Verdict.CHANGE_REQUESTED, Verdict.REFUSED}


@pytest.mark.parametrize(
    "verdict", [Verdict.CHANGE_REQUESTED, Verdict.REFUSED, Verdict.WITH_REMARK]
)
def test_an_answer_that_says_something_needs_the_words(verdict: Verdict) -> None:
    refused = objection_to_co_signing(facts(verdict, "  "))
    assert refused is not None
    assert refused.field == "remark"
    assert verdict.label in refused.message
    assert objection_to_co_signing(facts(verdict, "Mittel fehlen.")) is None


def test_signing_and_not_being_responsible_need_no_words() -> None:
    assert objection_to_co_signing(facts(Verdict.SIGNED)) is None
    assert objection_to_co_signing(facts(Verdict.NOT_RESPONSIBLE)) is None


def test_pending_is_no_answer_and_an_answer_comes_once() -> None:
    pending = objection_to_co_signing(facts(Verdict.PENDING))
    assert pending is not None
    assert pending.field == "verdict"
    for verdict in ANSWERS:
        assert objection_to_co_signing(facts(verdict, "ja", is_open=False)) is not None


def test_signing_what_one_wrote_asks_for_a_reason_only() -> None:
    asked = objection_to_co_signing(facts(Verdict.SIGNED, own=True))
    assert asked is not None
    assert asked.waivable
    assert objection_to_co_signing(facts(Verdict.SIGNED, "Vertretung", own=True)) is None
    assert objection_to_co_signing(facts(Verdict.NOT_RESPONSIBLE, own=True)) is None
