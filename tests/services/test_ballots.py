"""Votes beside the one on the matter itself: amendments, clauses, variants, procedure."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import (
    AgendaItem,
    Entry,
    Origin,
    ResultReview,
    Vote,
    Wording,
)
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.voting import VoteKind, VoteResult, VoteWord
from proposals.rules.words import Land
from proposals.services.meeting import ApproveMinutesAnswer
from proposals.services.voting import BallotAnswer, CountedAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import House
from workflows import gate

WON, LOST = (3, 1, 0), (1, 3, 0)
CLAUSES = "<p>1. Erstens.</p><p>2. Zweitens.</p><p>3. Drittens.</p>"


@pytest.fixture
def item(house: House) -> AgendaItem:
    """Return the council's item of a paper of three clauses; four of five are there."""
    meeting = s.plan(house, "council")
    s.call_roll(house, meeting, "council", 4)
    texts = {"facts": "<p>Sachverhalt.</p>", "wording": CLAUSES}
    return s.paper(house, meeting, texts=texts)


def changed_to(text: str) -> str:
    return CLAUSES.replace("Drittens", text)


def test_a_carried_amendment_becomes_the_motion_and_a_lost_one_is_kept(
    house: House, item: AgendaItem
) -> None:
    own = Wording.everything.get()
    lost = s.ballot(house, item, VoteKind.AMENDMENT, (1, 3, 0), wording=changed_to("Nein"))
    won = s.ballot(
        house, item, VoteKind.AMENDMENT, (3, 1, 0), mover="Fraktion B", wording=changed_to("Ja")
    )
    assert [vote.position for vote in (lost, won)] == [1, 2]
    assert (lost.announced, won.announced) == (VoteResult.LOST, VoteResult.CARRIED)
    assert lost.wording is not None
    assert won.wording is not None
    assert (lost.wording.origin, lost.wording.parent) == (Origin.COMMITTEE, own)
    assert won.wording.committee == house.committee("council")

    s.record(house, item, Outcome.DECIDED, (3, 1, 0))
    done = s.take(item)
    assert done.outcome == Outcome.DECIDED_CHANGED
    assert done.result_wording == won.wording
    assert (done.basis, s.vote_of(item).position) == (own, 3)
    assert s.status_of(item) == "adopted_changed"
    assert Wording.everything.count() == 3


def test_an_amendment_by_word_of_mouth_is_written_down_with_the_result(
    house: House, item: AgendaItem
) -> None:
    s.ballot(house, item, VoteKind.AMENDMENT, (3, 1, 0))
    with pytest.raises(RuleViolation, match="geänderten Wortlaut angeben"):
        s.record(house, item, Outcome.DECIDED, (3, 1, 0))
    s.record(house, item, Outcome.DECIDED, (3, 1, 0), wording=changed_to("Mündlich"))
    wording = s.take(item).result_wording
    assert wording is not None
    assert "Mündlich" in wording.html
    assert s.take(item).outcome == Outcome.DECIDED_CHANGED


@pytest.mark.django_db
def test_in_schleswig_holstein_nobody_votes_on_what_is_not_written() -> None:
    house = f.make_house(land=Land.SH)
    item = s.paper(house, s.plan(house, "council"))
    with pytest.raises(RuleViolation, match=r"vorher schriftlich feststeht.*§ "):
        s.ballot(house, item, VoteKind.AMENDMENT, (3, 1, 0))
    s.ballot(house, item, VoteKind.AMENDMENT, (3, 1, 0), wording="<p>Neu.</p>")
    s.ballot(house, item, VoteKind.PROCEDURAL, (3, 1, 0), "Schluss der Debatte")


def test_the_carried_variant_is_the_motion(house: House, item: AgendaItem) -> None:
    s.ballot(house, item, VoteKind.VARIANT, (1, 2, 1), "Variante A", wording=changed_to("A"))
    won = s.ballot(house, item, VoteKind.VARIANT, (3, 0, 1), "Variante B", wording=changed_to("B"))
    s.record(house, item, Outcome.DECIDED, (4, 0, 0))
    assert s.take(item).result_wording == won.wording


def clause(house: House, item: AgendaItem, number: int, counts: s.Counts, **values: Any) -> Vote:
    return s.ballot(house, item, VoteKind.CLAUSE, counts, "", clause=number, **values)


def test_what_is_adopted_of_a_vote_by_clauses_are_the_carried_ones(
    house: House, item: AgendaItem
) -> None:
    clause(house, item, 1, (3, 1, 0))
    clause(house, item, 2, (1, 3, 0))
    with pytest.raises(RuleViolation, match="Über Ziffer 3 ist noch nicht abgestimmt"):
        s.record(house, item, Outcome.DECIDED)
    clause(house, item, 3, (4, 0, 0))
    with pytest.raises(RuleViolation, match="kann nicht „abgelehnt“ lauten"):
        s.record(house, item, Outcome.REJECTED)

    s.record(house, item, Outcome.DECIDED)
    done = s.take(item)
    assert done.outcome == Outcome.DECIDED_CHANGED
    assert done.result_wording is not None
    assert done.result_wording.html == "<p>1. Erstens.</p><p>3. Drittens.</p>"
    assert not Vote.everything.filter(kind=VoteKind.MAIN).exists()
    assert s.status_of(item) == "adopted_changed"


def test_where_all_clauses_are_lost_the_paper_is_rejected(house: House, item: AgendaItem) -> None:
    for number in (1, 2, 3):
        clause(house, item, number, (1, 3, 0))
    with pytest.raises(RuleViolation, match="alle abgelehnt"):
        s.record(house, item, Outcome.DECIDED)
    s.record(house, item, Outcome.REJECTED)
    assert s.take(item).result_wording is None
    assert s.status_of(item) == "rejected"


def test_a_closing_vote_is_for_the_house_to_take(house: House, item: AgendaItem) -> None:
    clause(house, item, 2, (1, 3, 0))
    s.record(house, item, Outcome.DECIDED, (3, 1, 0))
    done = s.take(item)
    assert (done.outcome, s.vote_of(item).yes) == (Outcome.DECIDED_CHANGED, 3)
    assert done.result_wording is not None
    assert "Zweitens" not in done.result_wording.html
    assert s.vote_of(item).wording == done.result_wording


def test_a_vote_taken_again_keeps_the_first_one_as_invalid(house: House, item: AgendaItem) -> None:
    doubtful = clause(house, item, 2, (2, 2, 0))
    with pytest.raises(RuleViolation, match="Über Ziffer 2 ist schon abgestimmt"):
        clause(house, item, 2, (3, 1, 0))
    again = clause(house, item, 2, (3, 1, 0), repeats_id=doubtful.pk)
    doubtful.refresh_from_db()
    assert (doubtful.repeated, again.repeated) == (True, False)
    with pytest.raises(RuleViolation, match="gilt nicht mehr"):
        clause(house, item, 2, (3, 1, 0), repeats_id=doubtful.pk)

    s.record(house, item, Outcome.REJECTED, (2, 2, 0))
    first = s.vote_of(item)
    s.record(house, item, Outcome.DECIDED, (3, 1, 0), repeats=True)
    first.refresh_from_db()
    assert first.repeated
    assert (s.vote_of(item).yes, s.vote_of(item).position) == (3, 4)
    assert s.status_of(item) == "adopted"


BALLOTS: list[tuple[dict[str, Any], str]] = [
    ({"kind": VoteKind.MAIN}, "mit dem Ergebnis des Tagesordnungspunktes"),
    ({"kind": VoteKind.CLAUSE}, "Bitte die Ziffer angeben"),
    ({"kind": VoteKind.CLAUSE, "clause": 4}, "keine Ziffer 4"),
    ({"kind": VoteKind.CLAUSE, "clause": 1, "wording": "<p>X</p>"}, "bleibt der Wortlaut"),
    ({"kind": VoteKind.PROCEDURAL, "subject": ""}, "worüber abgestimmt wurde"),
    ({"kind": VoteKind.PROCEDURAL, "clause": 1}, "gehört nur zur getrennten"),
    ({"kind": VoteKind.PROCEDURAL, "wording": "<p>X</p>"}, "gehört zu einem Änderungsantrag"),
    ({"kind": VoteKind.AMENDMENT, "wording": CLAUSES}, "derselbe, über den ohnehin"),
    ({"kind": VoteKind.AMENDMENT, "basis_id": 0}, "kann hier nicht abgestimmt werden"),
    ({"kind": VoteKind.AMENDMENT, "numbers": (4, 1, 0)}, "5 Stimmen eingetragen"),
    ({"kind": VoteKind.AMENDMENT, "corrects_id": 0}, "gilt nicht mehr"),
]


@pytest.mark.parametrize(("values", "sentence"), BALLOTS)
def test_a_vote_on_nothing_that_can_be_voted_on_is_refused(
    house: House, item: AgendaItem, values: dict[str, Any], sentence: str
) -> None:
    given = {"numbers": (3, 1, 0), **values}
    if "corrects_id" in given:
        given["corrects_id"] = s.ballot(house, item, VoteKind.PROCEDURAL, (4, 0, 0)).pk
    votes = Vote.everything.count()
    with pytest.raises(RuleViolation, match=sentence):
        s.ballot(house, item, **given)
    assert Vote.everything.count() == votes


def test_the_chair_announces_a_vote_otherwise_only_with_a_reason(
    house: House, item: AgendaItem
) -> None:
    lost: dict[str, Any] = {"announced": VoteResult.LOST}
    with pytest.raises(RuleViolation, match="Nach den gezählten Stimmen: „angenommen“"):
        s.ballot(house, item, VoteKind.PROCEDURAL, (3, 1, 0), **lost)
    vote = s.ballot(house, item, VoteKind.PROCEDURAL, (3, 1, 0), **lost, reason="Verzählt")
    assert (vote.computed, vote.announced) == (VoteResult.CARRIED, VoteResult.LOST)
    assert vote.difference_reason == "Verzählt"
    word = CountedAnswer(word=VoteWord.MAJORITY)
    with pytest.raises(RuleViolation, match="Das Ergebnis in Worten heißt „angenommen“"):
        s.ballot(house, item, VoteKind.PROCEDURAL, (0, 0, 0), counted=word, **lost, reason="x")


def test_a_form_sent_twice_records_one_vote_and_only_who_keeps_the_minutes_may(
    house: House, item: AgendaItem
) -> None:
    counted = CountedAnswer(yes=3, no=1, abstained=0)
    answer = BallotAnswer(item.pk, VoteKind.PROCEDURAL, "Schluss der Debatte", uuid4(), counted)
    with pytest.raises(PermissionDenied, match="„Kreistag“ erfassen Sie nicht"):
        gate.ballot(actor=house.user("minutes"), agenda_item=s.take(item), answer=answer)
    entries = Entry.everything.count()
    for _ in range(2):
        gate.ballot(actor=house.user("secretary"), agenda_item=s.take(item), answer=answer)
    assert Vote.everything.count() == 1
    assert Entry.everything.count() == entries + 1
    other = s.paper(house, item.meeting)
    with pytest.raises(RuleViolation, match="gehört zu einem anderen Ergebnis"):
        gate.ballot(actor=house.user("secretary"), agenda_item=s.take(other), answer=answer)


def test_an_item_without_a_paper_is_amended_in_words(house: House) -> None:
    item = s.add_item(house, s.plan(house, "council"), "council", "Tagesordnung")
    with pytest.raises(RuleViolation, match="Ein Wortlaut gehört zu einer Vorlage"):
        s.ballot(house, item, VoteKind.AMENDMENT, (3, 1, 0), wording="<p>Neu.</p>")
    s.ballot(house, item, VoteKind.AMENDMENT, (3, 1, 0), "TOP 5 absetzen")
    s.record(house, item, Outcome.DECIDED, (5, 0, 0))
    assert s.take(item).outcome == Outcome.DECIDED
    assert [vote.kind for vote in Vote.everything.order_by("position")] == ["amendment", "main"]


def test_an_amendment_entered_behind_the_result_brings_its_wording(
    house: House, item: AgendaItem
) -> None:
    s.record(house, item, Outcome.DECIDED, (3, 1, 0))
    with pytest.raises(RuleViolation, match="geänderten Wortlaut angeben") as refused:
        s.ballot(house, item, VoteKind.AMENDMENT, (3, 1, 0))
    assert refused.value.field == "wording"
    assert s.take(item).outcome == Outcome.DECIDED
    s.ballot(house, item, VoteKind.AMENDMENT, (1, 3, 0))  # a lost one changes nothing
    s.ballot(house, item, VoteKind.AMENDMENT, (3, 1, 0), wording=changed_to("Nachher"))
    assert s.take(item).outcome == Outcome.DECIDED_CHANGED


def test_a_mistyped_amendment_is_corrected_and_the_result_follows(
    house: House, item: AgendaItem
) -> None:
    amendment = s.ballot(house, item, VoteKind.AMENDMENT, (1, 3, 0), wording=changed_to("Neu"))
    s.record(house, item, Outcome.DECIDED, (3, 1, 0))
    own = s.take(item).result_wording
    assert s.status_of(item) == "adopted"

    fixed = amend(house, item, amendment, (3, 1, 0))
    assert (fixed, fixed.position) == (amendment, 1)
    assert (fixed.announced, fixed.subject) == (VoteResult.CARRIED, "Antrag der Fraktion A")
    done = s.take(item)
    assert (done.outcome, done.result_wording) == (Outcome.DECIDED_CHANGED, fixed.wording)
    assert s.vote_of(item).wording == fixed.wording
    assert s.status_of(item) == "adopted_changed"

    amend(house, item, amendment, (1, 3, 0))
    done = s.take(item)
    assert (done.outcome, done.result_wording) == (Outcome.DECIDED, own)
    assert s.status_of(item) == "adopted"


def amend(house: House, item: AgendaItem, vote: Vote, counts: s.Counts, **values: Any) -> Vote:
    """Correct the numbers of an amendment's vote; return it as it is afterwards."""
    s.ballot(house, item, VoteKind.AMENDMENT, counts, "", corrects_id=vote.pk, **values)
    return Vote.everything.select_related("wording").get(pk=vote.pk)


def test_a_wording_that_was_typed_with_the_result_stays_its_own(
    house: House, item: AgendaItem
) -> None:
    s.record(house, item, Outcome.DECIDED_CHANGED, (3, 1, 0), wording="<p>Getippt.</p>")
    s.ballot(house, item, VoteKind.AMENDMENT, (3, 1, 0), wording=changed_to("Neu"))
    done = s.take(item)
    assert done.result_wording is not None
    assert done.result_wording.html == "<p>Getippt.</p>"
    assert done.revision == 1


def test_a_mistyped_clause_may_turn_the_whole_result_round(house: House) -> None:
    texts = {"facts": "<p>Sachverhalt.</p>", "wording": "<p>1. Erstens.</p><p>2. Zweitens.</p>"}
    proposal = f.make_proposal(house, "in_route", texts=texts)
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    council = s.plan(house, "council")
    item = s.add_paper(house, council, proposal, "council")
    first, _ = (clause(house, item, number, counts) for number, counts in ((1, WON), (2, LOST)))
    s.record(house, item, Outcome.DECIDED, reason="Eilig")
    assert (s.status_of(item), s.stations(proposal)[1][2]) == ("adopted_changed", "open")

    clause(house, item, 1, LOST, corrects_id=first.pk)
    assert s.take(item).outcome == Outcome.REJECTED
    assert (s.status_of(item), s.stations(proposal)[1][2]) == ("rejected", "rejected")
    assert gate.agrees(s.proposal_of(item))
    clause(house, item, 1, WON, corrects_id=first.pk)
    assert (s.status_of(item), s.stations(proposal)[1][2]) == ("adopted_changed", "open")
    assert gate.agrees(s.proposal_of(item))


def test_after_the_signature_a_vote_says_why_and_after_the_approval_it_only_corrects(
    house: House, item: AgendaItem
) -> None:
    amendment = s.ballot(house, item, VoteKind.AMENDMENT, (1, 3, 0), wording=changed_to("Neu"))
    s.record(house, item, Outcome.DECIDED, (3, 1, 0))
    f.sign(house, item.meeting)
    with pytest.raises(RuleViolation, match="schon unterschrieben"):
        s.ballot(house, item, VoteKind.PROCEDURAL, (3, 1, 0))
    s.ballot(house, item, VoteKind.PROCEDURAL, (3, 1, 0), reason="Vergessen")
    approve = ApproveMinutesAnswer(f.DAY)
    s.act(house, item.meeting, approve)
    with pytest.raises(RuleViolation, match="berichtigt werden können nur noch Stimmen"):
        s.ballot(house, item, VoteKind.PROCEDURAL, (3, 1, 0), reason="Vergessen")

    before = s.take(item)
    amend(house, item, amendment, (3, 1, 0), reason="Verzählt")
    newest = Vote.everything.get(corrects=amendment)
    assert (newest.yes, newest.computed, newest.announced) == (3, "carried", "lost")
    assert newest.wording == amendment.wording
    after = s.take(item)
    assert (after.outcome, after.result_wording) == (before.outcome, before.result_wording)
    review = ResultReview.everything.get()
    assert (review.vote, review.proposal) == (newest, s.proposal_of(item))
