"""What pages say of votes: the label, the count, the paragraph, names, and whose changes stand."""

from typing import Any

import pytest

from proposals.models import AgendaItem, Meeting
from proposals.rules.consultation import Outcome
from proposals.rules.difference import Piece
from proposals.rules.voting import Choice, FactionCount, VoteKind, VoteResult, VoteWord
from proposals.selectors.decisions import known_route
from proposals.selectors.route import Treatments, results, timeline
from proposals.selectors.voting import changes_of, lost_clauses, votes_of
from proposals.services.meeting import CancelAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import DECISION, PRELIMINARY, House

CLAUSES = "<p>1. Erstens.</p><p>2. Zweitens.</p>"
TEXTS = {"facts": "<p>Sachverhalt.</p>", "wording": CLAUSES}


@pytest.fixture
def meeting(house: House) -> Meeting:
    return s.plan(house, "council")


def lines(house: House, item: AgendaItem, user: str = "secretary", **values: Any) -> list[Any]:
    return votes_of([item], house.user(user), **values).get(item.pk, [])


def test_each_vote_explains_itself(house: House, meeting: Meeting) -> None:
    there = s.call_roll(house, meeting, "council", 4)
    item = s.paper(house, meeting, texts=TEXTS)
    s.ballot(house, item, VoteKind.AMENDMENT, (1, 3, 0), "Kosten", mover="B", wording="<p>Neu.</p>")
    s.ballot(house, item, VoteKind.CLAUSE, (3, 1, 0), "", clause=2)
    choices = (Choice.YES, Choice.NO, Choice.NO, Choice.ABSTAINED)
    roll = tuple((person.pk, choice) for person, choice in zip(there, choices, strict=True))
    factions = (FactionCount("A", 1, 0, 1), FactionCount("B", 0, 2, 0))
    s.record(house, item, Outcome.DECIDED, roll=roll, factions=factions, reason="Vorsitz zählt")

    amendment, clause, main = lines(house, item, entitled={item.pk: 3})
    assert amendment.label == "Änderungsantrag (B): Kosten"
    assert amendment.html == "<p>Neu.</p>"
    assert clause.label == "getrennte Abstimmung zu Ziffer 2"
    assert clause.sentence == "mehrheitlich (3 Ja, 1 Nein, 0 Enthaltungen)"
    assert (main.label, main.mode) == ("Beschlussvorschlag", "namentlich")
    assert (main.computed, main.announced, main.differs) == ("abgelehnt", "angenommen", True)
    assert main.difference == "Vorsitz zählt"
    assert "§ 66" in main.paragraph
    assert sorted(main.roll) == sorted(
        (str(person), choice.label) for person, choice in zip(there, choices, strict=True)
    )
    assert [(row.faction, row.yes) for row in main.factions] == [("A", 1), ("B", 0)]
    assert main.moved
    assert not lines(house, item, entitled={item.pk: 4})[2].moved
    assert not lines(house, item)[2].moved


def test_what_no_longer_holds_stays_and_says_so(house: House, meeting: Meeting) -> None:
    item = s.paper(house, meeting)
    s.record(house, item, Outcome.REJECTED, (2, 2, 0))
    s.record(house, item, Outcome.DECIDED, (3, 2, 0), repeats=True)
    f.sign(house, meeting, approve=True)
    s.record(house, item, Outcome.DECIDED, (4, 1, 0), reason="Verzählt")
    found = lines(house, item)
    assert [(line.repeated, line.corrected) for line in found] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_word_alone_is_the_sentence(house: House, meeting: Meeting) -> None:
    item = s.paper(house, meeting)
    s.record(house, item, Outcome.DECIDED, word=VoteWord.UNANIMOUS)
    [line] = lines(house, item)
    assert (line.sentence, line.paragraph, line.computed) == ("einstimmig", "", "")
    s.record(house, item, Outcome.REJECTED, word=VoteWord.LOST_MAJORITY, no=4, abstained=0)
    assert lines(house, item)[0].sentence == "mehrheitlich abgelehnt (4 Nein, 0 Enthaltungen)"


def test_of_a_vote_behind_closed_doors_others_see_nothing(house: House) -> None:
    item = s.paper(house, s.plan(house, "main"), "main", texts=TEXTS)
    s.ballot(house, item, VoteKind.CLAUSE, (1, 2, 0), "", clause=2)
    s.record(house, item, Outcome.DECIDED, (2, 1, 0))
    proposal = s.proposal_of(item)
    assert len(lines(house, item)) == 2
    assert lines(house, item, "staffer") == []
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
