"""What pages say of votes: the label, the count, the paragraph, names, and whose changes stand."""

import pytest

from proposals.models import AgendaItem, Meeting, RollCallVote, Vote
from proposals.rules.consultation import Outcome
from proposals.rules.difference import Piece
from proposals.rules.recusal import Decisive
from proposals.rules.voting import (
    Choice,
    FactionCount,
    Majority,
    VoteKind,
    VoteResult,
    VoteWord,
)
from proposals.rules.words import Land
from proposals.selectors.decisions import known_route
from proposals.selectors.route import Treatments, results, timeline
from proposals.selectors.run_items import Row
from proposals.selectors.run_sheet import run_sheet
from proposals.selectors.voting import changes_of, lost_clauses
from proposals.services.agenda import ChangeItemAnswer
from proposals.services.meeting import CancelAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import DECISION, PRELIMINARY, House

CLAUSES = "<p>1. Erstens.</p><p>2. Zweitens.</p>"
TEXTS = {"facts": "<p>Sachverhalt.</p>", "wording": CLAUSES}


@pytest.fixture
def meeting(house: House) -> Meeting:
    return s.plan(house, "council")


def row_of(house: House, item: AgendaItem) -> Row:
    """Return the line of an item as the run sheet shows it."""
    meeting = Meeting.everything.select_related("municipality").get(pk=item.meeting_id)
    row = run_sheet(meeting, house.user("secretary")).row(item.pk)
    assert row is not None
    return row


def set_majority(house: House, item: AgendaItem, majority: Majority) -> None:
    answer = ChangeItemAnswer(
        item.pk,
        item.title,
        public=True,
        number=item.number,
        majority=majority,
        majority_paragraph="§ 7 Hauptsatzung",
    )
    s.act(house, item.meeting, answer)


def test_each_vote_explains_itself(house: House, meeting: Meeting) -> None:
    there = s.call_roll(house, meeting, "council", 4)
    item = s.paper(house, meeting, texts=TEXTS)
    s.ballot(
        house,
        item,
        VoteKind.AMENDMENT,
        (1, 3, 0),
        "Kosten",
        mover="B",
        wording="<p>Neu.</p>",
        announced=VoteResult.CARRIED,
        reason="Vorsitz zählt anders",
    )
    s.ballot(
        house, item, VoteKind.AMENDMENT, (1, 3, 0), "Kosten", repeats_id=Vote.everything.get().pk
    )
    s.ballot(house, item, VoteKind.CLAUSE, (3, 1, 0), "", clause=2)
    choices = (Choice.YES, Choice.NO, Choice.NO, Choice.ABSTAINED)
    roll = tuple((person.pk, choice) for person, choice in zip(there, choices, strict=True))
    factions = (FactionCount("A", 1, 0, 1), FactionCount("B", 0, 2, 0))
    s.record(house, item, Outcome.DECIDED, roll=roll, factions=factions, reason="Vorsitz zählt")

    row = row_of(house, item)
    doubtful, amendment, clause = row.votes
    assert (doubtful.label, doubtful.void) == (
        "Änderungsantrag (B): Kosten",
        "ungültig, wiederholt",
    )
    assert (doubtful.carried, doubtful.difference) == (True, "Vorsitz zählt anders")
    assert (amendment.carried, amendment.void, amendment.difference) == (False, "", "")
    assert clause.label == "Getrennte Abstimmung zu Ziffer 2"
    assert clause.sentence == "mehrheitlich (3 Ja, 1 Nein, 0 Enthaltungen)"
    assert row.main is not None
    assert row.main.label == "Beschlussvorschlag"
    assert (row.main.computed, row.main.announced) == (VoteResult.LOST, VoteResult.CARRIED)
    assert row.said.difference == "Vorsitz zählt"
    assert "§ 66" in row.said.paragraph
    named = RollCallVote.objects.visible_to(house.user("secretary")).filter(vote=row.main)
    assert set(named.values_list("person", "choice")) == {(pk, str(vote)) for pk, vote in roll}
    assert list(row.main.by_faction.order_by("faction").values_list("faction", "yes")) == [
        ("A", 1),
        ("B", 0),
    ]
    assert not row.moved
    s.leave(house, item, there[3:])
    assert row_of(house, item).moved


def test_what_no_longer_holds_stays_and_says_so(house: House, meeting: Meeting) -> None:
    item = s.paper(house, meeting)
    s.record(house, item, Outcome.REJECTED, (2, 2, 0))
    s.record(house, item, Outcome.DECIDED, (3, 2, 0), repeats=True)
    f.sign(house, item.meeting, approve=True)
    s.record(house, item, Outcome.DECIDED, (4, 1, 0), reason="Verzählt")
    row = row_of(house, item)
    assert [vote.void for vote in row.votes] == ["ungültig, wiederholt", "berichtigt"]
    assert row.main is not None
    assert row.main.yes == 4


def test_a_word_alone_is_the_sentence(house: House, meeting: Meeting) -> None:
    item = s.paper(house, meeting)
    s.record(house, item, Outcome.DECIDED, word=VoteWord.UNANIMOUS)
    vote = s.vote_of(item)
    assert (vote.words, vote.ruling(), vote.computed) == ("einstimmig", None, "")
    s.record(house, item, Outcome.REJECTED, word=VoteWord.LOST_MAJORITY, no=4, abstained=1)
    assert s.vote_of(item).words == "mehrheitlich abgelehnt (4 Gegenstimmen, 1 Enthaltung)"


def test_a_result_that_no_law_judges_leaves_the_sheet_standing(
    house: House, meeting: Meeting
) -> None:
    there = s.call_roll(house, meeting, "council", 4)
    item = s.paper(house, meeting)
    s.record(house, item, Outcome.DECIDED, no=1, abstained=0)  # the Ja are not counted
    s.recuse(house, item, there[0])
    bias = row_of(house, item).bias
    assert bias is not None
    assert bias.decisive == Decisive.POSSIBLY
    set_majority(house, item, Majority.MEMBERS)
    assert row_of(house, item).bias is None


def test_a_majority_named_after_the_vote_asks_to_look_at_the_result_again(
    house: House, meeting: Meeting
) -> None:
    item = s.paper(house, meeting)
    s.record(house, item, Outcome.DECIDED, (2, 1, 0))
    assert row_of(house, item).faults == []
    set_majority(house, item, Majority.TWO_THIRDS_MEMBERS)
    [fault] = row_of(house, item).faults
    assert fault == (
        "Erforderliche Mehrheit geändert: nach den Stimmen jetzt abgelehnt, eingetragen angenommen"
    )
    s.record(house, item, Outcome.DECIDED, (2, 1, 0), reason="Vorsitz stellt es so fest")
    assert row_of(house, item).faults == []


def test_of_a_vote_behind_closed_doors_others_see_nothing(house: House) -> None:
    item = s.paper(house, s.plan(house, "main"), "main", texts=TEXTS)
    s.ballot(house, item, VoteKind.CLAUSE, (1, 2, 0), "", clause=2)
    s.record(house, item, Outcome.DECIDED, (2, 1, 0))
    proposal = s.proposal_of(item)
    votes = Vote.objects.visible_to(house.user("staffer")).filter(agenda_item=item)
    assert (len(row_of(house, item).votes), votes.count()) == (1, 0)
    assert lost_clauses(proposal, house.user("secretary")) == {2}
    assert lost_clauses(proposal, house.user("staffer")) == frozenset()
    assert changes_of(s.take(item), house.user("staffer")) == []


def test_the_clauses_that_the_deciding_body_lost_are_named(house: House, meeting: Meeting) -> None:
    route = (("social", PRELIMINARY), ("council", DECISION))
    proposal = f.make_proposal(house, "in_route", route=route, texts=TEXTS)
    social = s.add_paper(house, s.plan(house, "social"), proposal, "social")
    s.ballot(house, social, VoteKind.CLAUSE, (1, 2, 0), "", clause=1)
    s.record(house, social, Outcome.RECOMMENDED, (2, 1, 0))
    user = house.user("clerk")
    assert lost_clauses(proposal, user) == frozenset()
    item = s.add_paper(house, meeting, proposal, "council")
    s.ballot(
        house,
        item,
        VoteKind.CLAUSE,
        (3, 2, 0),
        "",
        clause=2,
        announced=VoteResult.LOST,
        reason="Vorsitz",
    )
    s.record(house, item, Outcome.DECIDED, (3, 2, 0), basis_id=None)
    assert lost_clauses(proposal, user) == {2}


def test_a_decision_says_whose_changes_it_carries(house: House, meeting: Meeting) -> None:
    proposal = f.make_proposal(house, "in_route")
    social = s.add_paper(house, s.plan(house, "social"), proposal, "social")
    s.record(
        house, social, Outcome.RECOMMENDED_CHANGED, (2, 1, 0), wording="<p>Neuer Vorschlag.</p>"
    )
    main = s.add_paper(house, s.plan(house, "main", day=f.DAY.replace(day=8)), proposal, "main")
    s.record(
        house, main, Outcome.RECOMMENDED_CHANGED, (2, 1, 0), wording="<p>Neuer guter Vorschlag.</p>"
    )
    late = s.plan(house, "council", day=f.DAY.replace(day=15))
    item = s.add_paper(house, late, proposal, "council")
    amended = "<p>Neuer guter Vorschlag bis Mai.</p>"
    s.ballot(house, item, VoteKind.AMENDMENT, (3, 2, 0), mover="Fraktion B", wording=amended)
    s.record(house, item, Outcome.DECIDED, (5, 0, 0))

    told = changes_of(s.take(item), house.user("secretary"))
    assert [(change.by, change.day) for change in told] == [
        ("Sozialausschuss", f.DAY),
        ("Kreisausschuss", f.DAY.replace(day=8)),
        ("Kreistag (Fraktion B)", f.DAY.replace(day=15)),
    ]
    assert all(isinstance(piece, Piece) for change in told for piece in change.difference)
    assert "bis Mai" in told[2].html
    # the Kreisausschuss sits behind closed doors: what it changed came in public with the council
    others = changes_of(s.take(item), house.user("staffer"))
    assert [change.by for change in others] == ["Sozialausschuss", "Kreistag (Fraktion B)"]


def test_an_item_that_nobody_dealt_with_is_no_result(house: House) -> None:
    proposal = f.make_proposal(house, "in_route")
    meeting = s.plan(house, "main")
    s.add_paper(house, meeting, proposal, "main")
    s.invite(house, meeting)
    assert f.reread(proposal).status == "dispatched"
    s.act(house, meeting, CancelAnswer("Zu wenige Punkte"))
    assert f.reread(proposal).status == "registered"
    for name in ("secretary", "staffer"):
        user = house.user(name)
        where = known_route(proposal, user)
        assert where.status == "registered"
        treatments = Treatments(proposal, user)
        assert results(where, treatments) == []
        stop = timeline(proposal, where, treatments)[2]
        assert stop.state != "done"
    assert timeline(proposal, where, treatments)[2].badge == ""
    seen = known_route(proposal, house.user("secretary"))
    badge = timeline(proposal, seen, Treatments(proposal, house.user("secretary")))[2].badge
    assert badge == "Nicht beraten (Sitzung abgesagt)"


@pytest.mark.django_db
def test_the_stage_of_a_result_is_told_in_the_word_of_the_land() -> None:
    house = f.make_house(land=Land.NW)
    item = s.paper(house, s.plan(house, "council"))
    s.record(house, item, Outcome.DECIDED, (3, 2, 0))
    user, proposal = house.user("secretary"), s.proposal_of(item)
    assert Treatments(proposal, user).stage(item) == "vorläufig"
    f.sign(house, item.meeting)
    assert Treatments(proposal, user).stage(item) == "Niederschrift unterschrieben"
