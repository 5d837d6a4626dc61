from datetime import date

import pytest

from proposals.rules.co_signing import (
    ANSWERS,
    AskedOffice,
    CoSigningFacts,
    Verdict,
    objection_to_asking,
    objection_to_co_signing,
    objection_to_delegating,
    objection_to_expiry,
    objection_to_late_answer,
    objection_to_overriding,
    objection_to_recall,
    objection_to_taking,
    sends_back,
)

DUE = date(2024, 3, 8)


def facts(
    verdict: Verdict, remark: str = "", *, is_open: bool = True, own: bool = False
) -> CoSigningFacts:
    return CoSigningFacts(open=is_open, remark=remark, verdict=verdict, own_proposal=own)


def test_asking_for_a_change_alone_sends_the_proposal_back() -> None:
    assert {verdict for verdict in Verdict if sends_back(verdict)} == {Verdict.CHANGE_REQUESTED}


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
    for word in set(Verdict) - set(ANSWERS):
        none = objection_to_co_signing(facts(word, "ja"))
        assert none is not None
        assert none.field == "verdict"
    for verdict in ANSWERS:
        assert objection_to_co_signing(facts(verdict, "ja", is_open=False)) is not None


def test_signing_what_one_wrote_asks_for_a_reason_only() -> None:
    asked = objection_to_co_signing(facts(Verdict.SIGNED, own=True))
    assert asked is not None
    assert asked.waivable
    assert objection_to_co_signing(facts(Verdict.SIGNED, "Vertretung", own=True)) is None
    assert objection_to_co_signing(facts(Verdict.NOT_RESPONSIBLE, own=True)) is None


def test_a_draft_is_recalled_while_it_is_signed() -> None:
    assert objection_to_recall(submitted=True, released=False) is None
    not_yet = objection_to_recall(submitted=False, released=False)
    assert not_yet is not None
    assert "schon bei der Federführung" in not_yet.message
    too_late = objection_to_recall(submitted=True, released=True)
    assert too_late is not None
    assert "freigegeben" in too_late.message


@pytest.mark.parametrize(
    ("office", "sentence"),
    [
        (AskedOffice("Sozialamt", leads=True, asked=False, somebody=True), "federführend"),
        (AskedOffice("Kämmerei", leads=False, asked=True, somebody=True), "schon gebeten"),
        (AskedOffice("Bauamt", leads=False, asked=False, somebody=False), "niemand mitzeichnen"),
    ],
)
def test_one_more_office_is_asked_where_it_can_answer(office: AskedOffice, sentence: str) -> None:
    refused = objection_to_asking(office, submitted=True, released=False)
    assert refused is not None
    assert sentence in refused.message
    fine = AskedOffice("Rechtsamt", leads=False, asked=False, somebody=True)
    assert objection_to_asking(fine, submitted=True, released=False) is None
    for submitted, released in ((False, False), (True, True)):
        assert objection_to_asking(fine, submitted=submitted, released=released) is not None


def test_handing_on_needs_a_note_and_an_open_request() -> None:
    assert objection_to_delegating(is_open=True, note="Vertragsrecht") is None
    silent = objection_to_delegating(is_open=True, note=" ")
    assert silent is not None
    assert silent.field == "note"
    assert objection_to_delegating(is_open=False, note="Vertragsrecht") is not None


def test_it_goes_on_without_an_answer_only_after_the_deadline_and_with_a_note() -> None:
    after = DUE.replace(day=9)
    assert objection_to_expiry(is_open=True, due_on=DUE, on=after, note="keine Antwort") is None
    running = objection_to_expiry(is_open=True, due_on=DUE, on=DUE, note="keine Antwort")
    assert running is not None
    assert "08.03.2024" in running.message
    silent = objection_to_expiry(is_open=True, due_on=DUE, on=after, note="")
    assert silent is not None
    assert silent.field == "note"
    for is_open, due_on in ((False, DUE), (True, None)):
        refused = objection_to_expiry(is_open=is_open, due_on=due_on, on=after, note="so")
        assert refused is not None
        assert not refused.waivable


def test_a_late_answer_is_recorded_while_the_round_lasts() -> None:
    late = facts(Verdict.SIGNED)
    assert objection_to_late_answer(late, expired=True, current=True) is None
    assert objection_to_late_answer(late, expired=False, current=True) is not None
    assert objection_to_late_answer(late, expired=True, current=False) is not None
    silent = objection_to_late_answer(facts(Verdict.REFUSED), expired=True, current=True)
    assert silent is not None
    assert silent.field == "remark"


def test_who_takes_on_what_somebody_else_took_is_told_so() -> None:
    assert objection_to_taking(is_open=True, seen=True, holder="") is None
    taken = objection_to_taking(is_open=True, seen=False, holder="Erika Muster")
    assert taken is not None
    assert "Erika Muster hat diese Mitzeichnung inzwischen übernommen" in taken.message
    back = objection_to_taking(is_open=True, seen=False, holder="")
    assert back is not None
    assert "zurückgegeben" in back.message
    assert objection_to_taking(is_open=False, seen=True, holder="") is not None


def test_a_release_over_a_refusal_or_of_ones_own_work_needs_a_reason() -> None:
    assert objection_to_overriding([], own=False) is None
    refused = objection_to_overriding(["Kämmerei", "Personalamt"], own=False)
    assert refused is not None
    assert refused.waivable
    assert "Kämmerei und Personalamt haben die Mitzeichnung verweigert" in refused.message
    own = objection_to_overriding(["Kämmerei"], own=True)
    assert own is not None
    assert "Kämmerei hat" in own.message
    assert "selbst verfasst" in own.message
