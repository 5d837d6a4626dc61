"""One item of a running meeting: its other votes, roll calls, ballots, notes and exclusions."""

from collections.abc import Iterator
from typing import Any

import pytest

from proposals.models import AgendaItem, FactionVote, Meeting, Recusal, RollCallVote, Vote
from proposals.rules.consultation import Outcome
from proposals.rules.sections import Section
from proposals.rules.voting import Choice, VoteKind, VoteResult
from tests import factories as f
from tests import sittings as s
from tests.web.running import HTMX, enter, run, top
from tests.web.site import Page, Site, Visitor
from tests.web.world import Kept

CLAUSES = "<ol><li>Radweg</li><li>Vollzeitstelle</li><li>Bericht</li></ol>"


@pytest.fixture(scope="module")
def begun(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[f.House, Meeting]]:
    """A meeting of the council with two papers, five members present."""
    with django_db_blocker.unblock(), Kept():
        house = f.make_house()
        meeting = s.plan(house, "council")
        texts = {Section.FACTS: "<p>Lage</p>", Section.WORDING: CLAUSES}
        s.paper(house, meeting, texts=texts)
        s.paper(house, meeting)
        s.number(house, meeting)
        s.call_roll(house, meeting, "council", 5)
        yield house, meeting


@pytest.fixture
def house(begun: tuple[f.House, Meeting], db: None) -> f.House:
    return begun[0]


@pytest.fixture
def item(begun: tuple[f.House, Meeting], db: None) -> AgendaItem:
    return s.items(begun[1])[0]


@pytest.fixture
def secretary(site: Site) -> Visitor:
    return site["secretary"]


def ballot(visitor: Visitor, item: AgendaItem, expect: int = 200, **typed: Any) -> Page:
    """Open the form of a vote above the main motion, fill it in, press Enter."""
    form = visitor.get(top(item, "abstimmung"), **HTMX)
    key = form.html.partition('name="request_key" value="')[2].partition('"')[0]
    values = {"kind": "amendment", "request_key": key, **typed}
    return visitor.post(top(item, "abstimmung"), values, expect, **HTMX)


def way(visitor: Visitor, item: AgendaItem, name: str, expect: int = 302, **typed: Any) -> Page:
    """Fill in one of the other ways to a result."""
    page = visitor.get(top(item))
    hidden = {name: page.value(name) for name in ("request_key", "revision")}
    return visitor.post(top(item, "ergebnis", name), {**hidden, **typed}, expect)


def test_an_amendment_is_voted_on_above_the_motion_and_changes_it(
    secretary: Visitor, item: AgendaItem
) -> None:
    """Scenario 5: the vote on the amendment and the one on the whole are two votes."""
    page = ballot(
        secretary, item, mover="SPD-Fraktion", wording="Der Radweg wird 2025 gebaut.", count="3 2"
    )
    assert "Änderungsantrag (SPD-Fraktion) angenommen" in page.words
    assert "geändert: Änderungsantrag (SPD-Fraktion)" in page.words
    enter(secretary, item, "4 1 0")
    fresh = AgendaItem.everything.select_related("result_wording").get(pk=item.pk)
    assert fresh.outcome == Outcome.DECIDED_CHANGED
    assert fresh.result_wording is not None
    assert "2025" in fresh.result_wording.html
    assert Vote.everything.filter(agenda_item=item).count() == 2


def test_clauses_are_voted_on_one_by_one(secretary: Visitor, item: AgendaItem) -> None:
    """Scenario 6: what is lost falls out of the wording."""
    for clause, count in ((1, "4 1"), (2, "2 3"), (3, "5 0")):
        ballot(secretary, item, kind="clause", clause=clause, count=count)
    enter(secretary, item, "e")
    fresh = AgendaItem.everything.select_related("result_wording").get(pk=item.pk)
    assert fresh.outcome == Outcome.DECIDED_CHANGED
    assert fresh.result_wording is not None
    assert "Vollzeitstelle" not in fresh.result_wording.html
    assert "Bericht" in fresh.result_wording.html


def test_a_ballot_says_what_it_means_before_it_is_saved_and_what_it_lacks(
    secretary: Visitor, item: AgendaItem
) -> None:
    form = {"kind": "procedural", "count": "2 3", "request_key": ""}
    said = secretary.post(top(item, "vorschau"), form, 200, **HTMX)
    assert "mehrheitlich abgelehnt (2 Ja, 3 Nein, 0 Enthaltungen) → abgelehnt" in said.words
    page = ballot(secretary, item, 422, mover="SPD-Fraktion", count="v")
    assert "Hier werden Stimmen gezählt" in page.words
    assert 'value="SPD-Fraktion"' in page.html
    page = ballot(secretary, item, 409, kind="procedural", count="4 1")
    assert "worüber abgestimmt wurde" in page.words
    assert not Vote.everything.exists()


def test_a_doubtful_vote_is_taken_again_and_both_stay(secretary: Visitor, item: AgendaItem) -> None:
    enter(secretary, item, "3 2 0")
    page = enter(secretary, item, "2 3 0", repeats="on")
    assert "ungültig, wiederholt" in page.words
    assert s.take(item).outcome == Outcome.REJECTED
    assert Vote.everything.filter(kind=VoteKind.MAIN, repeated=True).count() == 1


def test_an_amendment_may_be_voted_on_by_name_as_well(
    house: f.House, secretary: Visitor, item: AgendaItem
) -> None:
    ballot(secretary, item, mover="Gruppe A", wording="Anders.", count="3 2")
    amendment = Vote.everything.get(kind=VoteKind.AMENDMENT)
    wording = amendment.wording
    assert "über den Punkt selbst" in secretary.get(top(item)).words

    people = s.members(house, "council")
    letters: dict[str, Any] = dict(zip([f"p{one.pk}" for one in people], "jnjej", strict=True))
    way(secretary, item, "namentlich", vote=amendment.pk, **letters)
    amendment.refresh_from_db()
    assert (amendment.yes, amendment.no, amendment.abstained) == (3, 1, 1)
    assert (amendment.wording, amendment.mover) == (wording, "Gruppe A")
    assert RollCallVote.everything.filter(vote=amendment).count() == 5
    assert not s.take(item).outcome


def test_a_roll_call_names_everybody_and_counts_itself(
    house: f.House, secretary: Visitor, item: AgendaItem
) -> None:
    people = s.members(house, "council")
    page = way(secretary, item, "namentlich", 422, **{f"p{people[0].pk}": "j"})
    assert "Noch ohne Stimme" in page.words
    letters: dict[str, Any] = dict(zip([f"p{one.pk}" for one in people], "jnjej", strict=True))
    way(secretary, item, "namentlich", **letters)
    vote = s.vote_of(item)
    assert (vote.yes, vote.no, vote.abstained) == (3, 1, 1)
    choices = dict(RollCallVote.everything.values_list("person", "choice"))
    assert choices[people[1].pk] == Choice.NO


def test_who_is_excluded_or_gone_is_not_called(
    house: f.House, secretary: Visitor, item: AgendaItem
) -> None:
    """Scenario 13: whoever may not take part can neither be counted nor listed."""
    people = s.members(house, "council")
    page = secretary.get(top(item))
    values = {"person": people[0].pk, "reason": "beim Träger beschäftigt", "left_room": "on"}
    secretary.post(top(item, "mitwirkung"), values)
    assert Recusal.everything.get().reason == "beim Träger beschäftigt"
    assert f"p{people[0].pk}" in page.fields
    page = secretary.get(top(item))
    assert f"p{people[0].pk}" not in page.fields
    assert f"Mitwirkungsverbot: {people[0]}" in page.words
    enter(secretary, item, "5 0 0", 422)
    enter(secretary, item, "4 0 0")
    secretary.post(top(item, "mitwirkung"), {**values, "lift": "on"})
    assert not Recusal.everything.exists()


def test_a_secret_ballot_has_numbers_that_add_up(secretary: Visitor, item: AgendaItem) -> None:
    counts = {"yes": 3, "no": 1, "abstained": 0, "invalid": 0}
    page = way(secretary, item, "geheim", 409, cast=5, **counts)
    assert "5 Stimmen abgegeben, gezählt sind aber 4 gültige" in page.words
    way(secretary, item, "geheim", cast=5, **{**counts, "invalid": 1})
    vote = s.vote_of(item)
    assert (vote.mode, vote.cast, vote.invalid) == ("secret", 5, 1)
    assert "g 3 1 0 u1" in secretary.get(run(item.meeting)).html


def test_a_secret_vote_where_the_house_forbids_it_is_recorded_with_a_reason(
    house: f.House, secretary: Visitor, item: AgendaItem
) -> None:
    counts = {"yes": 3, "no": 1, "abstained": 0, "invalid": 0, "cast": 4}
    with f.setting_up(house.municipality):
        house.municipality.house_rules.create(
            path="bodies.council.vote_mode.secret",
            value="forbidden",
            source="§ 14 GeschO",
            valid_from=f.TERM_START,
        )
    assert "Geheime Abstimmung nicht zulässig" in secretary.get(top(item)).words
    page = way(secretary, item, "geheim", 409, **counts)
    assert "Geheime Abstimmung ist nicht zulässig" in page.words
    assert page.value("yes") == "3"
    way(secretary, item, "geheim", **counts, reason="vom Rat so beschlossen")
    assert s.vote_of(item).mode == "secret"


def test_factions_add_up_to_the_count(secretary: Visitor, item: AgendaItem) -> None:
    page = way(secretary, item, "fraktionen", 409, result="4 1 0", yes0=3, no0=1)
    assert "Ja 3 statt 4" in page.words
    way(secretary, item, "fraktionen", result="4 1 0", yes0=4, no0=1)
    assert FactionVote.everything.get().yes == 4


def test_a_matter_is_referred_and_comes_back(
    house: f.House, secretary: Visitor, item: AgendaItem
) -> None:
    body = house.committee("social").pk
    way(secretary, item, "verweisung", refer_to=body, refer_back="on")
    assert s.take(item).outcome == Outcome.REFERRED
    assert "&gt;&gt; social" in secretary.get(run(item.meeting)).html


def test_the_chair_may_announce_the_contrary_with_a_reason(
    secretary: Visitor, item: AgendaItem
) -> None:
    """Scenario 2: both are kept, and the difference is shown."""
    page = enter(secretary, item, "2 2 1 !", 409)
    assert "Bitte begründen Sie die Abweichung" in page.words
    page = enter(secretary, item, "2 2 1 !", reason="Vorsitz hat sich verzählt")
    vote = s.vote_of(item)
    assert (vote.computed, vote.announced) == (VoteResult.LOST, VoteResult.CARRIED)
    assert "Vom Vorsitz abweichend festgestellt: Vorsitz hat sich verzählt" in page.words


# --- the text line --------------------------------------------------------------------------------


def note(visitor: Visitor, item: AgendaItem, text: str, expect: int = 200, **more: Any) -> Page:
    values = {"text": text, "base": "", **more}
    return visitor.post(top(item, "vermerk"), values, expect, **HTMX)


def test_the_note_is_saved_by_itself_beside_the_result(
    secretary: Visitor, item: AgendaItem
) -> None:
    page = note(secretary, item, "Frau A fragt nach.\r\nHerr B antwortet.")
    assert "gespeichert" in page.words
    enter(secretary, item, "e")
    assert s.take(item).note == "Frau A fragt nach.\nHerr B antwortet."
    same = note(secretary, item, "Frau A fragt nach.\nHerr B antwortet.")
    assert "gespeichert" in same.words


def test_two_typists_see_both_texts(house: f.House, secretary: Visitor, item: AgendaItem) -> None:
    other = Visitor(house.user("secretary"))
    note(secretary, item, "Erster Text")
    page = note(other, item, "Zweiter Text", 409)
    assert "Erster Text" in page.words
    assert s.take(item).note == "Erster Text"
    note(other, item, "Zweiter Text", theirs="Erster Text", keep="both")
    assert s.take(item).note == "Erster Text\n\nZweiter Text"
    note(other, item, "Nur meiner", theirs="Erster Text\n\nZweiter Text", keep="mine")
    assert s.take(item).note == "Nur meiner"


def test_the_body_itself_may_decide_that_somebody_is_excluded(
    house: f.House, secretary: Visitor, item: AgendaItem
) -> None:
    ballot(secretary, item, kind="procedural", subject="Mitwirkungsverbot", count="3 1")
    vote = Vote.everything.get(kind=VoteKind.PROCEDURAL)
    who = s.members(house, "council")[0]
    secretary.post(top(item, "mitwirkung"), {"person": who.pk, "decided_by": vote.pk})
    assert Recusal.everything.get(agenda_item=item, person=who).decided_by == vote


def test_a_matter_may_need_a_qualified_majority_with_its_paragraph(
    secretary: Visitor, item: AgendaItem
) -> None:
    rules = {"majority": "two_thirds_members"}
    page = secretary.post(top(item, "leitung"), rules, 409)
    assert "welche Vorschrift die Mehrheit verlangt" in page.words
    assert not s.take(item).majority

    secretary.post(top(item, "leitung"), {**rules, "majority_paragraph": "§ 12 Abs. 2 NKomVG"})
    page = secretary.get(top(item))
    assert "Nötig: zwei Drittel der Mitglieder (§ 12 Abs. 2 NKomVG)" in page.words


def test_an_item_of_another_meeting_is_not_there(
    house: f.House, secretary: Visitor, item: AgendaItem
) -> None:
    other = s.plan(house, "council", hour=20)
    wrong = f"/sitzungen/{other.pk}/top/{item.pk}/"
    secretary.get(wrong, 404)
    for part in ("ergebnis", "vorschau", "abstimmung", "vermerk", "mitwirkung", "leitung"):
        secretary.post(f"{wrong}{part}/", {}, 404)
    secretary.post(top(item, "ergebnis", "gibt-es-nicht"), {}, 404)
