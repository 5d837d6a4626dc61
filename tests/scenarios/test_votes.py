"""What the council's votes mean: a tie, an amendment, clauses, bias, a mistyped count."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from proposals.models import AgendaItem, Proposal, Recusal, Vote, Wording
from proposals.rules.clauses import Clause, clauses_of
from proposals.rules.consultation import Outcome
from proposals.rules.sections import Section
from proposals.rules.voting import Choice, VoteKind, VoteResult
from proposals.rules.words import Land
from proposals.selectors.proposal_page import proposal_page
from proposals.selectors.run_sheet import run_sheet
from proposals.services.finance_drafts import PositionDraft
from proposals.services.meeting import ApproveMinutesAnswer
from tests import factories as f
from tests import sittings as s
from tests.census import refused
from tests.web.site import Visitor

WEEK = timedelta(days=7)
TIE = "bei Stimmengleichheit abgelehnt (20 Ja, 20 Nein, 3 Enthaltungen; § 66 Abs. 1 Satz 2 NKomVG)"


@pytest.fixture
def item(county: f.House) -> AgendaItem:
    """The one matter of a council meeting whose 43 members are all there."""
    meeting = s.plan(county, "council")
    s.call_roll(county, meeting, "council", 43)
    return s.paper(county, meeting)


def test_scenario_02_a_tie_never_adopts(county: f.House, item: AgendaItem) -> None:
    item = s.record(county, item, Outcome.REJECTED, (20, 20, 3))

    assert s.words_of(item) == TIE
    assert s.vote_of(item).computed == VoteResult.LOST
    assert s.status_of(item) == "rejected"


def test_scenario_02_the_chair_announces_otherwise_only_with_a_reason(
    county: f.House, item: AgendaItem
) -> None:
    with refused("Vom Vorsitz festgestellt: „beschlossen“. Nach den gezählten Stimmen: „abgeleh"):
        s.record(county, item, Outcome.DECIDED, (20, 20, 3))
    assert s.status_of(item) == "registered"

    item = s.record(county, item, Outcome.DECIDED, (20, 20, 3), reason="Vorsitz zählt 21 Ja")

    vote = s.vote_of(item)
    assert (vote.computed, vote.announced) == (VoteResult.LOST, VoteResult.CARRIED)
    assert vote.difference_reason == "Vorsitz zählt 21 Ja"
    assert s.words_of(item) == TIE, "the computed result stays beside the announced one"
    assert s.status_of(item) == "adopted", "the route follows what was announced"
    url = reverse("item-show", args=[item.meeting_id, item.pk])
    red = '<p class="vl-said__error">Vom Vorsitz abweichend festgestellt: Vorsitz zählt 21 Ja</p>'
    assert red in Visitor(county.user("secretary")).get(url).html


def test_scenario_05_the_council_adopts_a_third_wording(county: f.House) -> None:
    proposal = f.make_proposal(county, "in_route", texts=wordings("<p>Wortlaut eins.</p>"))
    advise(county, proposal, "social", "<p>Wortlaut zwei.</p>", (7, 4, 0))
    advise(county, proposal, "main", "<p>Wortlaut drei.</p>", (9, 1, 1))
    meeting = s.plan(county, "council", day=f.DAY + WEEK * 3)
    s.call_roll(county, meeting, "council", 42)
    item = s.add_paper(county, meeting, proposal, "council")

    fourth = "<p>Wortlaut vier.</p>"
    amendment = s.ballot(
        county, item, VoteKind.AMENDMENT, (22, 20, 0), mover="Fraktion B", wording=fourth
    )
    item = s.record(county, item, Outcome.DECIDED_CHANGED, (30, 12, 0))

    votes = Vote.everything.filter(agenda_item=item).order_by("position")
    assert [(vote.kind, vote.yes, vote.no, vote.announced) for vote in votes] == [
        ("amendment", 22, 20, "carried"),
        ("main", 30, 12, "carried"),
    ]
    assert amendment.mover == "Fraktion B"
    assert item.basis is not None
    assert item.basis.html == "<p>Wortlaut drei.</p>", "that of the Kreisausschuss, the newest"
    assert item.result_wording is not None
    assert item.result_wording.html == fourth
    page = Visitor(county.user("secretary")).get(reverse("proposal-show", args=[proposal.pk]))
    carried = page.words.partition("Mit den Änderungen von: ")[2][:120]
    bodies = ("Sozialausschuss", "Kreisausschuss", "Fraktion B")
    assert all(by in carried for by in bodies), carried
    there = reverse("item-show", args=[item.meeting_id, item.pk])
    assert "Wessen Änderungen" in Visitor(county.user("secretary")).get(there).words
    assert s.vote_of(item).wording == item.result_wording
    chain = Wording.everything.filter(proposal=proposal).order_by("pk")
    assert [row.html for row in chain] == [
        "<p>Wortlaut eins.</p>",
        "<p>Wortlaut zwei.</p>",
        "<p>Wortlaut drei.</p>",
        fourth,
    ]
    assert s.status_of(item) == "adopted_changed"


def test_scenario_05_a_lost_amendment_leaves_the_motion_as_it_was(
    county: f.House, item: AgendaItem
) -> None:
    s.ballot(county, item, VoteKind.AMENDMENT, (21, 22, 0), wording="<p>Anders.</p>")
    item = s.record(county, item, Outcome.DECIDED, (43, 0, 0))
    assert item.result_wording == item.basis
    assert s.status_of(item) == "adopted"


def test_scenario_05_an_oral_amendment_is_enough_in_niedersachsen_only(
    county: f.House, item: AgendaItem
) -> None:
    assert s.ballot(county, item, VoteKind.AMENDMENT, (22, 20, 0)).wording is None

    north = f.make_house("nord", land=Land.SH)
    item = s.paper(north, s.plan(north, "council"))
    with refused("nur über einen Wortlaut, der vorher schriftlich feststeht. (§ 34 Abs. 3"):
        s.ballot(north, item, VoteKind.AMENDMENT, (3, 2, 0))
    s.ballot(north, item, VoteKind.AMENDMENT, (3, 2, 0), wording="<p>Schriftlich.</p>")


def test_scenario_06_a_vote_per_clause_leaves_what_was_carried(county: f.House) -> None:
    meeting = s.plan(county, "council")
    s.call_roll(county, meeting, "council", 42)
    item = s.paper(
        county,
        meeting,
        texts=wordings("<ol><li>Beratung.</li><li>Eine Vollzeitstelle.</li><li>Bericht.</li></ol>"),
        positions=[PositionDraft("Sachbearbeitung", Decimal(1), clause=2)],
    )

    for clause, numbers in enumerate(((30, 12, 0), (20, 22, 0), (42, 0, 0)), 1):
        s.ballot(county, item, VoteKind.CLAUSE, numbers, "", clause=clause)
    item = s.record(county, item, Outcome.DECIDED_CHANGED)

    assert item.outcome == Outcome.DECIDED_CHANGED
    assert s.status_of(item) == "adopted_changed"
    assert item.result_wording is not None
    assert clauses_of(item.result_wording.html) == [
        Clause(1, "<ol><li>Beratung.</li></ol>"),
        Clause(3, '<ol start="3"><li>Bericht.</li></ol>'),
    ]
    page = proposal_page(s.proposal_of(item), county.user("clerk"))
    assert page.positions is not None
    assert [line["lost"] for line in page.positions["lines"]] == [True], "nicht beschlossen"


def test_scenario_13_bias_takes_a_member_out_of_the_vote(county: f.House, item: AgendaItem) -> None:
    biased = s.members(county, "council")[7]
    s.recuse(county, item, biased, reason="beschäftigt beim Träger")

    with refused("44 Stimmen eingetragen, aber nur 42 Stimmberechtigte anwesend"):
        s.record(county, item, Outcome.DECIDED, (40, 2, 2))
    with refused(f"{biased} ist von der Mitwirkung ausgeschlossen. (§ 41 NKomVG)"):
        s.record(county, item, Outcome.DECIDED, roll=roll(county, yes=43))
    item = s.record(county, item, Outcome.DECIDED, (40, 2, 0))

    assert s.vote_of(item).entitled == 42
    recusal = Recusal.everything.get(agenda_item=item)
    assert (recusal.person, recusal.left_room) == (biased, True)
    other = s.paper(county, item.meeting)
    s.record(county, other, Outcome.DECIDED, (43, 0, 0))
    assert s.vote_of(other).entitled == 43, "at the next item the member votes again"


def test_scenario_13_a_vote_cast_in_spite_of_the_bias_is_judged_by_the_margin(
    county: f.House, item: AgendaItem
) -> None:
    biased = s.members(county, "council")[7]
    s.record(county, item, Outcome.DECIDED, (22, 21, 0))
    s.recuse(county, item, biased)
    row = run_sheet(item.meeting, county.user("secretary")).row(item.pk)
    assert row is not None
    assert any("ergebnisrelevant (§ 41 Abs. 6" in fault for fault in row.faults), row.faults


def test_scenario_20_a_mistyped_count_is_corrected_as_the_minutes_allow(
    county: f.House, item: AgendaItem
) -> None:
    later = s.paper(county, item.meeting)
    s.record(county, item, Outcome.DECIDED, (30, 8, 4))
    before = s.take(later)

    s.record(county, item, Outcome.DECIDED, (31, 8, 3))

    vote = s.vote_of(item)
    assert (vote.yes, vote.no, vote.abstained) == (31, 8, 3)
    kept = vote.history.order_by("history_id").values_list("yes", "no", "abstained")
    assert list(kept) == [(30, 8, 4), (31, 8, 3)], "the history shows both"
    assert s.take(later).revision == before.revision, "the item she is at is where she left it"

    f.sign(county, item.meeting)
    with refused("Das Protokoll ist unterschrieben. Bitte geben Sie den Grund"):
        s.record(county, item, Outcome.DECIDED, (32, 8, 2))
    s.record(county, item, Outcome.DECIDED, (32, 8, 2), reason="Strichliste")
    assert Vote.everything.filter(agenda_item=item).count() == 1

    s.act(county, item.meeting, ApproveMinutesAnswer(f.DAY))
    s.record(county, item, Outcome.DECIDED, (33, 8, 1), reason="Tonaufnahme")
    first, second = Vote.everything.filter(agenda_item=item).order_by("position")
    assert (first.yes, second.yes, second.corrects) == (32, 33, first), "a Berichtigung"


def wordings(html: str) -> dict[Section, str]:
    return {Section.FACTS: "<p>Sachverhalt.</p>", Section.WORDING: html}


def advise(
    house: f.House, proposal: Proposal, committee: str, html: str, numbers: s.Counts
) -> None:
    """Let a committee recommend a wording of its own."""
    row = f.station(proposal, committee)
    item = f.schedule(house, row, f.DAY if committee == "social" else f.DAY + WEEK)
    s.record(house, item, Outcome.RECOMMENDED_CHANGED, numbers, wording=html)


def roll(house: f.House, *, yes: int) -> tuple[tuple[int, Choice], ...]:
    """Return a roll call of the council: the first members say yes, the others no."""
    return tuple(
        (person.pk, Choice.YES if seat < yes else Choice.NO)
        for seat, person in enumerate(s.members(house, "council"))
    )
