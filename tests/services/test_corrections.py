"""What may still be changed of a result: provisional, signed, approved; and the route it moved."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import AgendaItem, Consultation, Entry, Lapse, Proposal, Submission, Vote
from proposals.models.consultation import OPEN
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.rules.urgency import UrgentOrgan
from proposals.rules.voting import VoteResult
from proposals.services.drafting import save_draft
from proposals.services.urgency import UrgentAnswer
from tests import factories as f
from tests.factories import DECISION, NOTE, PRELIMINARY, House
from workflows import gate


def treated(house: House, outcome: Outcome = Outcome.RECOMMENDED) -> AgendaItem:
    """Return the social committee's treatment of a proposal on its usual route."""
    proposal = f.make_proposal(house, "in_route")
    return f.treat(house, f.station(proposal, "social"), outcome)


def proposal_of(item: AgendaItem) -> Proposal:
    assert item.consultation is not None
    return f.reread(item.consultation.proposal)


def test_a_provisional_result_is_overwritten_and_history_keeps_both(house: House) -> None:
    item = treated(house)
    key = Vote.everything.get().request_key
    f.correct(house, item, Outcome.NOT_RECOMMENDED, note=" Nachgezählt ")
    vote = Vote.everything.get()
    assert (vote.announced, vote.request_key) == (VoteResult.LOST, key)
    assert [row.announced for row in vote.history.order_by("pk")] == ["carried", "lost"]
    item = AgendaItem.everything.get(pk=item.pk)
    assert (item.outcome, item.revision, item.note) == (Outcome.NOT_RECOMMENDED, 2, "Nachgezählt")


def test_a_vote_falls_away_where_the_corrected_outcome_needs_none(house: House) -> None:
    item = treated(house)
    f.correct(house, item, Outcome.WITHOUT_RECOMMENDATION)
    assert not Vote.everything.exists()
    assert Vote.history.filter(history_type="-").count() == 1
    f.correct(house, item, Outcome.RECOMMENDED)
    assert Vote.everything.get().announced == VoteResult.CARRIED


def test_two_who_correct_at_the_same_time_do_not_overwrite_each_other(house: House) -> None:
    item = treated(house)
    f.correct(house, item, Outcome.NOT_RECOMMENDED)
    entries = Entry.everything.count()
    with pytest.raises(RuleViolation, match="Inzwischen hat jemand anders"):
        f.correct(house, item, Outcome.RECOMMENDED, revision=1)
    assert Vote.everything.get().announced == VoteResult.LOST
    assert Entry.everything.count() == entries


def test_only_who_minutes_the_committee_corrects_and_only_what_has_a_result(house: House) -> None:
    item = treated(house)
    with pytest.raises(PermissionDenied, match="berichtigen Sie nicht"):
        f.correct(house, item, Outcome.NOT_RECOMMENDED, actor="clerk")
    waiting = f.schedule(house, f.station(proposal_of(item), "main"))
    with pytest.raises(RuleViolation, match="noch kein Ergebnis"):
        f.correct(house, waiting, Outcome.RECOMMENDED)


def test_after_the_signature_a_correction_says_why(house: House) -> None:
    item = treated(house)
    f.sign(house, item.meeting)
    with pytest.raises(RuleViolation, match="Das Protokoll ist unterschrieben"):
        f.correct(house, item, Outcome.NOT_RECOMMENDED)
    f.correct(house, item, Outcome.NOT_RECOMMENDED, reason="Verzählt")
    assert Vote.everything.get().announced == VoteResult.LOST


def test_after_the_approval_a_correction_is_a_row_of_its_own_and_the_outcome_stays(
    house: House,
) -> None:
    item = treated(house)
    f.sign(house, item.meeting, approve=True)
    with pytest.raises(RuleViolation, match="Das Protokoll ist unterschrieben"):
        f.correct(house, item, Outcome.RECOMMENDED, yes=2, no=1)
    with pytest.raises(RuleViolation, match="bis das Gremium neu entscheidet"):
        f.correct(house, item, Outcome.NOT_RECOMMENDED, reason="Verzählt")
    with pytest.raises(RuleViolation, match="bis das Gremium neu entscheidet"):
        f.correct(house, item, Outcome.POSTPONED, reason="Verzählt")

    f.correct(house, item, Outcome.RECOMMENDED, yes=2, no=1, reason="Verzählt")
    f.correct(house, item, Outcome.RECOMMENDED, yes=1, no=2, reason="Noch einmal verzählt")
    first, second, third = Vote.everything.order_by("position")
    assert (second.corrects, third.corrects) == (first, second)
    assert [vote.yes for vote in (first, second, third)] == [3, 2, 1]
    assert (third.computed, third.announced) == (VoteResult.LOST, VoteResult.CARRIED)
    assert first.history.count() == 1
    assert AgendaItem.everything.get(pk=item.pk).outcome == Outcome.RECOMMENDED


def test_a_rejection_that_was_none_reopens_what_it_had_lapsed(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    item = f.treat(house, f.station(proposal, "council"), Outcome.REJECTED, reason="Eilig")
    lapsed = Consultation.everything.filter(lapsed_by=item)
    assert lapsed.count() == 2
    f.correct(house, item, Outcome.DECIDED, reason="Verzählt")
    assert not lapsed.exists()
    assert Consultation.everything.filter(OPEN).count() == 2
    assert f.reread(proposal).status == "adopted"


def test_the_reason_of_an_early_decision_outlives_its_corrections(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    item = f.treat(house, f.station(proposal, "council"), Outcome.DECIDED, reason="Eilig")
    item = f.correct(house, item, Outcome.DECIDED, yes=2, no=1)
    assert item.early_reason == "Eilig"
    item = f.correct(house, item, Outcome.DECIDED, reason="Verzählt")
    assert item.early_reason == "Eilig"
    item = f.correct(house, item, Outcome.POSTPONED)
    assert item.early_reason == ""


def test_a_count_is_corrected_after_the_route_went_on_from_its_outcome(house: House) -> None:
    proposal = f.make_proposal(house, "in_route", route=(("council", DECISION),))
    board = (house.committee("board").pk,)
    row = f.station(proposal, "council")
    item = f.treat(house, row, Outcome.REFERRED, refer_to=board)
    f.treat(house, f.station(proposal, "board"), Outcome.NOTED)
    rows = Consultation.everything.count()
    f.correct(house, item, Outcome.REFERRED, refer_to=board, note="Auf Antrag der Fraktion A")
    assert AgendaItem.everything.get(pk=item.pk).note == "Auf Antrag der Fraktion A"
    assert Consultation.everything.count() == rows

    with pytest.raises(RuleViolation, match="„Beirat“ steht schon auf einer Tagesordnung"):
        f.correct(house, item, Outcome.DECIDED)
    with pytest.raises(RuleViolation, match="„Beirat“ steht schon auf einer Tagesordnung"):
        f.correct(house, item, Outcome.REFERRED, refer_to=(house.committee("main").pk,))


def test_a_referral_that_was_none_lapses_what_it_had_inserted(house: House) -> None:
    proposal = f.make_proposal(house, "in_route", route=(("council", DECISION),))
    board, main = house.committee("board").pk, house.committee("main").pk
    row = f.station(proposal, "council")
    item = f.treat(house, row, Outcome.REFERRED, refer_to=(board,))
    f.correct(house, item, Outcome.REFERRED, refer_to=(main,), refer_back=False)
    assert [r.committee_id for r in Consultation.everything.filter(OPEN)] == [main]
    f.correct(house, item, Outcome.DECIDED)
    assert not Consultation.everything.filter(OPEN).exists()
    assert Consultation.everything.filter(lapse=Lapse.CORRECTED).count() == 3


def test_what_a_later_rejection_lapsed_does_not_come_back_when_its_referral_was_none(
    house: House,
) -> None:
    proposal = f.make_proposal(
        house, "in_route", route=(("social", PRELIMINARY), ("council", DECISION))
    )
    board = (house.committee("board").pk,)
    referral = f.treat(house, f.station(proposal, "social"), Outcome.REFERRED, refer_to=board)
    rejection = f.treat(house, f.station(proposal, "council"), Outcome.REJECTED, reason="Eilig")
    f.correct(house, referral, Outcome.RECOMMENDED)
    f.correct(house, rejection, Outcome.DECIDED)
    assert not Consultation.everything.filter(OPEN).exists()


def test_a_treatment_that_was_taken_up_again_is_corrected_there(house: House) -> None:
    item = treated(house, Outcome.POSTPONED)
    f.treat(house, f.station(proposal_of(item), "social"), Outcome.RECOMMENDED)
    with pytest.raises(RuleViolation, match="danach erneut auf eine Tagesordnung"):
        f.correct(house, item, Outcome.NOT_RECOMMENDED)
    f.correct(house, item, Outcome.REMOVED)
    assert AgendaItem.everything.get(pk=item.pk).outcome == Outcome.REMOVED


def test_a_station_that_fell_away_afterwards_gets_no_result(house: House) -> None:
    item = treated(house, Outcome.POSTPONED)
    f.drop(house, f.station(proposal_of(item), "social"))
    with pytest.raises(RuleViolation, match="danach entfallen"):
        f.correct(house, item, Outcome.RECOMMENDED)


def returned(house: House) -> AgendaItem:
    return treated(house, Outcome.RETURNED)


def test_a_return_that_was_none_restores_round_and_route(house: House) -> None:
    item = returned(house)
    proposal = proposal_of(item)
    unchanged = f.draft_answer(house)
    save_draft(actor=house.user("clerk"), proposal=proposal, answer=unchanged)
    f.correct(house, item, Outcome.RECOMMENDED)

    submission = Submission.everything.get()
    assert (submission.returned_on, submission.returned_from) == (None, "")
    rows = Consultation.everything.filter(OPEN, proposal=proposal)
    assert [row.committee.short_name for row in rows] == ["main", "council"]
    assert {row.inserted_by for row in rows} == {None}
    assert f.reread(proposal).status == "in_consultation"


REWRITTEN: dict[str, dict[str, Any]] = {
    "subject": {"subject": "Neuer Betreff"},
    "publicity": {"public": False},
    "text": {"texts": {Section.FACTS: "<p>Anders.</p>"}},
    "stations": {"route": (("board", NOTE), ("main", PRELIMINARY))},
    "order": {"route": (("main", PRELIMINARY), ("social", PRELIMINARY), ("council", DECISION))},
}


@pytest.mark.parametrize("changes", REWRITTEN.values(), ids=REWRITTEN)
def test_a_return_is_not_taken_back_once_the_draft_was_rewritten(
    house: House, changes: dict[str, Any]
) -> None:
    item = returned(house)
    proposal = proposal_of(item)
    answer = f.draft_answer(house, **changes)
    save_draft(actor=house.user("clerk"), proposal=proposal, answer=answer)
    with pytest.raises(RuleViolation, match="den Entwurf seit der Rückgabe geändert"):
        f.correct(house, item, Outcome.RECOMMENDED)
    assert f.reread(proposal).status == "returned"
    assert Submission.everything.get().returned_item == item
    f.correct(house, item, Outcome.RETURNED, note="Mit Begründung")


def test_a_return_is_not_taken_back_once_the_paper_was_handed_in_again(house: House) -> None:
    item = returned(house)
    proposal = proposal_of(item)
    f.submit(house, proposal)
    with pytest.raises(RuleViolation, match="nicht mehr im Beratungsgang"):
        f.correct(house, item, Outcome.RECOMMENDED)
    f.release(house, proposal)
    f.check_form(house, proposal)
    with pytest.raises(RuleViolation, match="neu abgegeben"):
        f.correct(house, item, Outcome.RECOMMENDED)
    f.correct(house, item, Outcome.RETURNED, note="Mit Begründung")


def take_back(house: House, proposal: Proposal) -> None:
    f.treat(house, f.station(proposal, "main"), Outcome.RETURNED)


def pull_out(house: House, proposal: Proposal) -> None:
    f.withdraw(house, proposal)


ENDS: list[Callable[[House, Proposal], None]] = [take_back, pull_out]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_a_route_that_has_ended_is_not_moved_by_a_correction(
    house: House, end: Callable[[House, Proposal], None]
) -> None:
    item = treated(house)
    end(house, proposal_of(item))
    for outcome in (Outcome.POSTPONED, Outcome.RETURNED):
        with pytest.raises(RuleViolation, match="nicht mehr im Beratungsgang"):
            f.correct(house, item, outcome)
    f.correct(house, item, Outcome.NOT_RECOMMENDED)
    assert Vote.everything.get(agenda_item=item).announced == VoteResult.LOST


def test_a_withdrawal_that_was_none_brings_the_paper_back(house: House) -> None:
    item = treated(house, Outcome.WITHDRAWN)
    assert proposal_of(item).status == "withdrawn"
    f.correct(house, item, Outcome.RECOMMENDED)
    paper = proposal_of(item)
    assert (paper.status, paper.withdrawn_on) == ("in_consultation", None)
    rows = Consultation.everything.filter(OPEN, proposal=paper)
    assert [row.committee.short_name for row in rows] == ["main", "council"]
    assert gate.agrees(paper)
    f.correct(house, item, Outcome.WITHDRAWN)
    assert proposal_of(item).status == "withdrawn"
    assert gate.agrees(proposal_of(item))


def test_what_was_called_settled_by_mistake_goes_on(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    item = f.treat(house, f.station(proposal, "council"), Outcome.SETTLED)
    f.correct(house, item, Outcome.POSTPONED)
    assert Consultation.everything.filter(OPEN).count() == 3
    assert f.reread(proposal).status == "in_consultation"


def test_an_urgent_decision_of_other_words_is_reported_by_the_same_station(house: House) -> None:
    paper = f.make_proposal(house, "in_route")
    answer = UrgentAnswer(UrgentOrgan.MAIN_COMMITTEE, "Der Bescheid verfällt")
    gate.urgent(actor=house.user("head"), proposal=paper, answer=answer)
    row = f.station(paper, "main")
    item = f.treat(house, row, Outcome.DECIDED, reason="Eilig")
    report = f.station(paper, "council")
    f.schedule(house, report)
    item = f.correct(house, item, Outcome.DECIDED_CHANGED, wording="<p>Anders.</p>")
    assert f.station(paper, "council") == report
    with pytest.raises(RuleViolation, match="„Kreistag“ steht schon auf einer Tagesordnung"):
        f.correct(house, item, Outcome.REJECTED)
