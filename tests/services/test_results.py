from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from proposals.models import AgendaItem, Consultation, Lapse, Origin, Vote, Wording
from proposals.models.consultation import OPEN
from proposals.rules.consultation import (
    CHOSEN,
    REFERRALS,
    ConsultationRole,
    Outcome,
    allowed_outcomes,
    needs_vote,
)
from proposals.rules.errors import RuleViolation
from proposals.rules.results import CHANGED
from proposals.rules.voting import VoteResult
from proposals.rules.words import Land
from proposals.services.drafting import save_draft
from proposals.services.results import record_result
from tests import factories as f
from tests.factories import DECISION, NOTE, PRELIMINARY, House
from workflows import gate


def values_for(house: House, outcome: Outcome) -> dict[str, Any]:
    """Return what a result needs besides its counts."""
    if outcome == Outcome.REFERRED:
        return {"refer_to": (house.committee("board").pk,)}
    if outcome in CHOSEN:
        return {"text": "Frau A."}
    return {"wording": "<p>Geändert.</p>"} if outcome in CHANGED else {}


ROLE_AND_OUTCOME = [
    (role, outcome) for role in ConsultationRole for outcome in allowed_outcomes(role)
]


@pytest.mark.parametrize(("role", "outcome"), ROLE_AND_OUTCOME)
def test_every_outcome_of_every_role_is_stored_with_its_vote(
    house: House, role: ConsultationRole, outcome: Outcome
) -> None:
    proposal = f.make_proposal(house, "in_route", route=(("social", role),))
    row = f.station(proposal, "social")
    item = f.treat(house, row, outcome, **values_for(house, outcome))
    item = AgendaItem.everything.get(pk=item.pk)
    assert (item.outcome, item.revision) == (outcome, 1)
    assert Vote.everything.filter(agenda_item=item).exists() == needs_vote(outcome)

    row.refresh_from_db()
    stays = outcome in (Outcome.POSTPONED, Outcome.REMOVED, Outcome.NO_QUORUM)
    assert row.is_open == stays
    assert row.concluded_by_id == (None if stays else item.pk)
    if needs_vote(outcome):
        lost = outcome in (Outcome.NOT_RECOMMENDED, Outcome.REJECTED)
        assert Vote.everything.get().computed == (VoteResult.LOST if lost else VoteResult.CARRIED)
        assert (item.result_wording is None) == lost


@pytest.mark.parametrize("role", ConsultationRole)
def test_an_outcome_that_the_role_does_not_know_is_refused(
    house: House, role: ConsultationRole
) -> None:
    proposal = f.make_proposal(house, "in_route", route=(("social", role),))
    row = f.station(proposal, "social")
    f.schedule(house, row)
    unknown = [outcome for outcome in Outcome if outcome not in allowed_outcomes(role)]
    for outcome in set(unknown) - set(REFERRALS):
        with pytest.raises(RuleViolation, match="kein Ergebnis"):
            f.treat(house, row, outcome, **values_for(house, outcome))
    assert not AgendaItem.everything.exclude(outcome="").exists()


COUNTS = [
    ({"no": None}, "vollständig angeben"),
    ({"abstained": None}, "vollständig angeben"),
    ({"entitled": 3, "yes": 3, "no": 1}, "4 Stimmen eingetragen, aber nur 3"),
    ({"entitled": 4, "yes": 4}, "nur 3 stimmberechtigte Mitglieder, angegeben sind 4"),
    ({"yes": 4, "no": -1}, "nicht negativ"),
    ({"yes": 0, "no": 0}, "keine Stimme eingetragen"),
    ({"yes": None, "no": 2}, "auch die Ja-Stimmen gezählt"),
]


@pytest.mark.parametrize(("counts", "sentence"), COUNTS)
def test_counts_that_cannot_be_are_refused(
    house: House, counts: dict[str, Any], sentence: str
) -> None:
    row = f.station(f.make_proposal(house, "in_route"), "social")
    f.schedule(house, row)
    with pytest.raises(RuleViolation, match=sentence):
        f.treat(house, row, Outcome.RECOMMENDED, **counts)
    assert not Vote.everything.exists()

    f.treat(house, row, Outcome.RECOMMENDED, entitled=3, yes=1, no=0, abstained=1)
    vote = Vote.everything.get()
    assert (vote.entitled, vote.not_voted, vote.computed) == (3, 1, VoteResult.CARRIED)


def test_where_only_counter_votes_were_counted_the_rest_stays_unknown(house: House) -> None:
    row = f.station(f.make_proposal(house, "in_route"), "social")
    f.treat(house, row, Outcome.RECOMMENDED, yes=None, no=1, abstained=0)
    vote = Vote.everything.get()
    assert (vote.yes, vote.no, vote.not_voted) == (None, 1, 0)


def test_announced_against_the_count_asks_for_a_reason_and_both_are_kept(house: House) -> None:
    row = f.station(f.make_proposal(house, "in_route"), "social")
    counts: dict[str, Any] = {"yes": 1, "no": 2}
    f.schedule(house, row)
    with pytest.raises(RuleViolation, match="Nach den gezählten Stimmen: „nicht empfohlen“"):
        f.treat(house, row, Outcome.RECOMMENDED, **counts)
    f.treat(house, row, Outcome.RECOMMENDED, reason="Vorsitz zählt anders", **counts)
    vote = Vote.everything.get()
    assert (vote.computed, vote.announced) == (VoteResult.LOST, VoteResult.CARRIED)
    assert vote.difference_reason == "Vorsitz zählt anders"


@pytest.mark.django_db
def test_a_land_whose_law_nobody_read_counts_without_a_verdict() -> None:
    house = f.make_house(land=Land.HE)
    row = f.station(f.make_proposal(house, "in_route"), "social")
    f.treat(house, row, Outcome.RECOMMENDED, yes=1, no=2)
    vote = Vote.everything.get()
    assert (vote.computed, vote.announced) == ("", VoteResult.CARRIED)


def test_an_early_decision_asks_for_a_reason_and_keeps_it(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    row = f.station(proposal, "council")
    f.schedule(house, row)
    with pytest.raises(RuleViolation, match=r"Sozialausschuss, Kreisausschuss \(vorgeschrieben\)"):
        f.treat(house, row, Outcome.DECIDED)
    item = f.treat(house, row, Outcome.DECIDED, reason="Sitzungsunterbrechung")
    assert item.early_reason == "Sitzungsunterbrechung"


def test_a_reason_for_something_else_is_no_reason_for_an_early_decision(house: House) -> None:
    proposal = f.make_proposal(house, "in_route", route=(("council", DECISION),))
    row = f.station(proposal, "council")
    item = f.treat(house, row, Outcome.DECIDED, yes=1, no=2, reason="Vorsitz zählt anders")
    assert item.early_reason == ""


def test_results_are_recorded_by_who_minutes_the_committee(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    for name in ("social", "main"):
        f.schedule(house, f.station(proposal, name))
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED, actor="minutes")
    with pytest.raises(PermissionDenied, match="„Kreisausschuss"):
        f.treat(house, f.station(proposal, "main"), Outcome.RECOMMENDED, actor="minutes")
    with pytest.raises(RuleViolation, match="auf keiner Tagesordnung"):
        record_result(
            actor=house.user("secretary"),
            consultation=f.station(proposal, "council"),
            answer=f.result(Outcome.DECIDED),
        )


def test_a_changed_result_needs_a_changed_wording_and_no_other_has_one(house: House) -> None:
    row = f.station(f.make_proposal(house, "in_route"), "social")
    f.schedule(house, row)
    own = Wording.everything.get()
    refused = [
        (Outcome.RECOMMENDED_CHANGED, "", "Bitte den geänderten Wortlaut angeben"),
        (Outcome.RECOMMENDED_CHANGED, "<script>x</script>", "Bitte den geänderten Wortlaut"),
        (Outcome.RECOMMENDED_CHANGED, own.html, "ist unverändert"),
        (Outcome.RECOMMENDED, "<p>Anders.</p>", "das Ergebnis lautet aber „empfohlen“"),
    ]
    for outcome, wording, sentence in refused:
        with pytest.raises(RuleViolation, match=sentence):
            f.treat(house, row, outcome, wording=wording)
    assert Wording.everything.get() == own

    item = f.treat(house, row, Outcome.RECOMMENDED, wording=own.html)
    assert (item.basis, item.result_wording) == (own, own)


def test_there_are_two_chains_of_wording_and_the_next_body_votes_on_the_recommendation(
    house: House,
) -> None:
    proposal = f.make_proposal(house, "in_route")
    own = Wording.everything.get()
    day = f.DAY
    f.schedule(house, f.station(proposal, "social"), day)
    social = f.treat(
        house, f.station(proposal, "social"), Outcome.RECOMMENDED_CHANGED, wording="<p>A.</p>"
    )
    recommended = social.result_wording
    assert recommended is not None
    assert (recommended.origin, recommended.parent) == (Origin.COMMITTEE, own)
    assert recommended.committee == house.committee("social")

    f.schedule(house, f.station(proposal, "main"), day.replace(day=8))
    main = f.treat(
        house, f.station(proposal, "main"), Outcome.RECOMMENDED_CHANGED, wording="<p>B.</p>"
    )
    assert main.basis == recommended
    assert main.result_wording is not None
    assert main.result_wording.public is False

    f.schedule(house, f.station(proposal, "council"), day.replace(day=15))
    council = f.treat(house, f.station(proposal, "council"), Outcome.DECIDED)
    assert council.basis == main.result_wording
    assert council.result_wording is not None
    assert council.result_wording.parent == main.result_wording
    assert (council.result_wording.html, council.result_wording.public) == ("<p>B.</p>", True)
    assert f.reread(proposal).status == "adopted"
    own.refresh_from_db()
    assert own.html == "<p>Beschlussvorschlag.</p>"


def test_a_recommendation_on_an_earlier_version_is_no_basis_for_the_next_round(
    house: House,
) -> None:
    proposal = f.make_proposal(house, "in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED_CHANGED, wording="<p>A.</p>")
    f.treat(house, f.station(proposal, "main"), Outcome.RETURNED)
    texts = {"facts": "<p>Neu.</p>", "wording": "<p>Neu.</p>"}
    answer = f.draft_answer(house, texts=texts)
    save_draft(actor=house.user("clerk"), proposal=f.reread(proposal), answer=answer)
    f.submit(house, proposal)
    f.release(house, proposal)
    f.check_form(house, proposal)
    item = f.treat(house, f.station(proposal, "council"), Outcome.DECIDED, reason="Eilig")
    assert item.basis is not None
    assert item.basis.html == "<p>Neu.</p>"


def test_a_rejection_of_the_deciding_body_lapses_what_only_led_to_it(house: House) -> None:
    route = (("social", PRELIMINARY), ("board", NOTE), ("council", DECISION))
    proposal = f.make_proposal(house, "in_route", route=route)
    item = f.treat(house, f.station(proposal, "council"), Outcome.REJECTED, reason="Eilig")
    social = Consultation.everything.get(committee__short_name="social")
    assert (social.lapse, social.lapsed_by, social.lapsed_on) == (Lapse.REJECTED, item, f.DAY)
    assert f.station(proposal, "board").is_open


def test_a_referral_inserts_its_bodies_behind_and_the_referring_one_again(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    row = f.station(proposal, "social")
    f.schedule(house, row)
    with pytest.raises(RuleViolation, match="wohin verwiesen wird"):
        f.treat(house, row, Outcome.REFERRED)
    bodies = tuple(house.committee(name).pk for name in ("board", "main"))
    item = f.treat(house, row, Outcome.REFERRED, refer_to=bodies)
    rows = Consultation.everything.filter(proposal=proposal)
    order = [(r.committee.short_name, r.inserted_by == item) for r in rows]
    assert order == [
        ("social", False),
        ("board", True),
        ("main", True),
        ("social", True),
        ("main", False),
        ("council", False),
    ]
    assert f.station(proposal, "social").replaces == row


def test_a_referral_without_return_leaves_the_referring_body_out(house: House) -> None:
    proposal = f.make_proposal(house, "in_route", route=(("social", PRELIMINARY),))
    body = (house.committee("board").pk,)
    row = f.station(proposal, "social")
    f.treat(house, row, Outcome.REFERRED, refer_to=body, refer_back=False)
    assert [r.committee.short_name for r in Consultation.everything.filter(OPEN)] == ["board"]


def test_a_return_to_the_administration_brings_fresh_rows_for_the_next_round(
    house: House,
) -> None:
    route = (("social", PRELIMINARY), ("board", NOTE), ("council", DECISION))
    proposal = f.make_proposal(house, "in_route", route=route)
    social, board = f.station(proposal, "social"), f.station(proposal, "board")
    f.treat(house, board, Outcome.NOTED)
    item = f.treat(house, social, Outcome.RETURNED)

    fresh = Consultation.everything.filter(OPEN, proposal=proposal)
    assert [row.committee.short_name for row in fresh] == ["social", "council"]
    assert {row.inserted_by for row in fresh} == {item}
    assert fresh[0].replaces == social
    lapsed = Consultation.everything.get(lapse=Lapse.RETURNED)
    assert (lapsed.committee.short_name, lapsed.lapsed_by) == ("council", item)
    assert f.reread(proposal).status == "returned"


def test_what_a_body_decided_does_not_go_back_to_the_administration(house: House) -> None:
    route = (("council", DECISION), ("social", PRELIMINARY))
    proposal = f.make_proposal(house, "in_route", route=route)
    f.treat(house, f.station(proposal, "council"), Outcome.DECIDED)
    f.schedule(house, f.station(proposal, "social"))
    with pytest.raises(RuleViolation, match="Nach dem Beschluss"):
        f.treat(house, f.station(proposal, "social"), Outcome.RETURNED)


def test_it_is_referred_back_to_a_body_that_has_dealt_with_it(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    social, board = house.committee("social").pk, house.committee("board").pk
    item = f.treat(house, f.station(proposal, "main"), Outcome.REFERRED, refer_to=(social,))
    assert item.outcome == Outcome.REFERRED_BACK
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    both = f.treat(house, f.station(proposal, "main"), Outcome.REFERRED, refer_to=(board, social))
    assert both.outcome == Outcome.REFERRED


def test_a_paper_withdrawn_in_the_meeting_is_withdrawn_on_that_day(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED)
    item = f.treat(house, f.station(proposal, "main"), Outcome.WITHDRAWN)
    paper = f.reread(proposal)
    assert (paper.status, paper.withdrawn_on) == ("withdrawn", f.DAY)
    assert gate.agrees(paper)
    lapsed = Consultation.everything.get(lapse=Lapse.WITHDRAWN)
    assert (lapsed.committee.short_name, lapsed.lapsed_by) == ("council", item)

    decided = f.make_proposal(house, "in_route", route=(("council", DECISION), ("board", NOTE)))
    f.treat(house, f.station(decided, "council"), Outcome.DECIDED)
    f.schedule(house, f.station(decided, "board"))
    with pytest.raises(RuleViolation, match="Nach dem Beschluss"):
        f.treat(house, f.station(decided, "board"), Outcome.WITHDRAWN)


def test_what_the_deciding_body_calls_settled_is_over(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    f.treat(house, f.station(proposal, "social"), Outcome.SETTLED)
    assert f.reread(proposal).status == "in_consultation"
    item = f.treat(house, f.station(proposal, "council"), Outcome.SETTLED)
    lapsed = Consultation.everything.get(lapse=Lapse.SETTLED)
    assert (lapsed.committee.short_name, lapsed.lapsed_by) == ("main", item)
    assert f.reread(proposal).status == "settled"


def test_a_choice_of_persons_is_told_in_words(house: House) -> None:
    proposal = f.make_proposal(house, "in_route", route=(("council", DECISION),))
    row = f.station(proposal, "council")
    f.schedule(house, row)
    with pytest.raises(RuleViolation, match="wer gewählt ist"):
        f.treat(house, row, Outcome.ELECTED)
    with pytest.raises(RuleViolation, match="nicht mit Ja und Nein"):
        f.treat(house, row, Outcome.ELECTED, text="Frau A.", yes=3, no=0, abstained=0)
    item = f.treat(house, row, Outcome.ELECTED, text=" Frau A. mit 3 Stimmen ")
    assert item.result_text == "Frau A. mit 3 Stimmen"
    assert f.reread(proposal).status == "adopted"
    assert not Vote.everything.exists()


def test_the_chair_may_choose_the_wording_that_is_voted_on(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    own = Wording.everything.get()
    f.treat(house, f.station(proposal, "social"), Outcome.RECOMMENDED_CHANGED, wording="<p>A.</p>")
    f.schedule(house, f.station(proposal, "main"), f.DAY.replace(day=8))
    item = f.treat(house, f.station(proposal, "main"), Outcome.RECOMMENDED, basis_id=own.pk)
    assert (item.basis, item.result_wording) == (own, own)


def test_a_note_that_nobody_typed_stays(house: House) -> None:
    row = f.station(f.make_proposal(house, "in_route"), "social")
    item = f.treat(house, row, Outcome.RECOMMENDED, note="Auf Antrag")
    assert f.correct(house, item, Outcome.RECOMMENDED, note=None).note == "Auf Antrag"
    assert f.correct(house, item, Outcome.RECOMMENDED, note="").note == ""
