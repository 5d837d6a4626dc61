"""The run sheet: a meeting from opening to closing on one page, with one field for a result."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import Meeting, QuorumStatement, Vote
from proposals.rules.consultation import Outcome
from proposals.rules.shorthand import Shorthand, read
from proposals.rules.words import Land
from proposals.services.meeting import SignMinutesAnswer
from tests import factories as f
from tests import sittings as s
from tests.web.running import HTMX, begin_evening, enter, papers, run, top, typed
from tests.web.site import Site, Visitor
from tests.web.world import Kept

MOST_QUERIES = 45


@pytest.fixture(scope="module")
def begun(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[f.House, Meeting]]:
    with django_db_blocker.unblock(), Kept():
        yield begin_evening()


@pytest.fixture
def house(begun: tuple[f.House, Meeting], db: None) -> f.House:
    return begun[0]


@pytest.fixture
def evening(begun: tuple[f.House, Meeting], db: None) -> Meeting:
    return s.again(begun[1])


@pytest.fixture
def secretary(site: Site) -> Visitor:
    return site["secretary"]


def test_the_page_shows_who_is_there_and_every_item(evening: Meeting, secretary: Visitor) -> None:
    page = secretary.get(run(evening))
    assert "29 von 43, davon 29 stimmberechtigt" in page.words
    assert "0 von 3 erledigt" in page.words
    for words in ("Ö 1", "Eröffnung", "Vorlage 1", "Vorlage 3", "Entscheidung"):
        assert words in page.words, words


def test_one_field_takes_a_whole_result_and_says_it_in_a_sentence(
    evening: Meeting, secretary: Visitor
) -> None:
    first, second, third = papers(evening)
    page = enter(secretary, first, "e2")
    assert "einstimmig bei 2 Enthaltungen" in page.words
    vote = s.vote_of(first)
    assert (vote.entitled, vote.yes, vote.no, vote.abstained) == (29, 27, 0, 2)
    assert s.take(first).outcome == Outcome.DECIDED

    enter(secretary, second, "20 8 1")
    assert s.take(second).outcome == Outcome.DECIDED
    enter(secretary, third, "v")
    assert s.take(third).outcome == Outcome.POSTPONED
    assert "3 von 3 erledigt" in secretary.get(run(evening)).words


def test_without_a_script_the_first_enter_shows_and_the_second_saves(
    evening: Meeting, secretary: Visitor
) -> None:
    first, second, _ = papers(evening)
    values = typed(secretary, first, "n8 e4")
    page = secretary.post(top(first, "ergebnis"), values, 200)
    assert "mehrheitlich (17 Ja, 8 Nein, 4 Enthaltungen)" in page.words
    assert not s.take(first).outcome
    answer = secretary.post(top(first, "ergebnis"), {**values, "seen": "n8 e4"}, 302)
    assert answer.headers["Location"] == f"{run(evening)}?top={second.pk}#top-{second.pk}"
    assert s.take(first).outcome == Outcome.DECIDED
    assert "autofocus" in secretary.get(answer.headers["Location"].partition("#")[0]).html


SAID_AGAIN = (
    *("e", "e2", "20 8 1", "20 8", "n8 e4", "m", "m n3 e2", "ea", "ea2", "ma", "ew"),
    *("g 20 8 1", "g 20 8 0 u1", "k", "v", "a", "l", "b", "> social", ">> social, main"),
)


def test_a_field_shows_the_abbreviation_that_would_say_the_same_again(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    first = papers(evening)[0]
    bodies = {name: house.committee(name).pk for name in ("social", "main")}

    def meaning(text: str) -> Shorthand:
        return read(text, entitled=29, role=f.DECISION, bodies=bodies)

    page = secretary.get(top(first))
    for text in SAID_AGAIN:
        hidden = {name: page.value(name) for name in ("request_key", "revision")}
        secretary.post(top(first, "ergebnis"), {**hidden, "result": text}, 200, **HTMX)
        page = secretary.get(top(first))
        assert meaning(page.value("result")) == meaning(text), (text, page.value("result"))


def test_an_unknown_abbreviation_is_named_and_nothing_typed_is_lost(
    evening: Meeting, secretary: Visitor
) -> None:
    first = papers(evening)[0]
    page = enter(secretary, first, "qq", 422)
    assert "„qq“ kenne ich nicht" in page.words
    assert 'value="qq"' in page.html
    page = enter(secretary, first, "30 8 4", 422)
    assert "42 Stimmen eingetragen, aber nur 29 Stimmberechtigte anwesend" in page.words
    assert not s.take(first).outcome


def test_a_double_click_records_once(evening: Meeting, secretary: Visitor) -> None:
    first, second, _ = papers(evening)
    for item, result in ((first, "e"), (second, "k")):
        values = typed(secretary, item, result)
        for _ in range(2):
            secretary.post(top(item, "ergebnis"), values, 200, **HTMX)
        assert s.take(item).revision == 1
    assert Vote.everything.count() == 1


def test_an_earlier_item_is_corrected_in_place(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    """Scenario 20: at TOP 9 she goes back to TOP 6 and types other numbers over it."""
    first = papers(evening)[0]
    enter(secretary, first, "20 8 1")
    page = secretary.get(run(evening))
    assert 'value="20 8 1"' in page.html
    enter(secretary, first, "19 8 2")
    vote = s.vote_of(first)
    assert (vote.yes, vote.no, vote.abstained) == (19, 8, 2)
    assert Vote.everything.count() == 1

    s.act(house, evening, SignMinutesAnswer(f.DAY))
    page = enter(secretary, first, "18 8 3", 409)
    assert "Grund der Berichtigung" in page.words
    assert 'name="reason"' in page.html
    enter(secretary, first, "18 8 3", reason="Zählliste verglichen")
    assert s.vote_of(first).yes == 18


def test_two_secretaries_see_each_others_result_before_they_replace_it(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    first = papers(evening)[0]
    values = typed(secretary, first, "e")
    other = Visitor(house.user("secretary"))
    enter(other, first, "20 8 1")
    page = secretary.post(top(first, "ergebnis"), values, 409, **HTMX)
    assert 'value="e"' in page.html
    assert s.vote_of(first).no == 8
    assert "Inzwischen hat jemand anders dieses Ergebnis geändert" in page.words
    assert 'name="revision" value="1"' in page.html
    secretary.post(top(first, "ergebnis"), {**values, "revision": "1"}, 200, **HTMX)
    assert s.vote_of(first).no == 0


def test_the_page_asks_for_what_a_colleague_has_entered_meanwhile(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    known = secretary.get(run(evening)).fields["revision"]
    assert not secretary.get(run(evening), data={"revision": known}, **HTMX).html.strip()
    second = papers(evening)[1]
    enter(Visitor(house.user("secretary")), second, "20 8 1")
    page = secretary.get(run(evening), data={"revision": known}, **HTMX)
    assert page.html.count('class="vl-top ') == 1
    assert f'id="top-{second.pk}"' in page.html
    assert "mehrheitlich (20 Ja, 8 Nein, 1 Enthaltung)" in page.words


def test_an_early_decision_is_one_line_and_enter_accepts(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    proposal = f.make_proposal(
        house, "in_route", route=(("main", f.PRELIMINARY), ("council", f.DECISION))
    )
    item = s.add_paper(house, evening, proposal, "council")
    assert "Kreisausschuss noch nicht beraten" in secretary.get(run(evening)).words
    page = enter(secretary, item, "e", 409)
    assert 'value="wird nachgetragen"' in page.html
    enter(secretary, item, "e", reason="wird nachgetragen")
    assert s.take(item).early_reason == "wird nachgetragen"
    page = secretary.get(run(evening))
    assert "Begründung fehlt noch" in page.words
    assert 'value="wird nachgetragen"' in page.html

    enter(secretary, item, "e", reason="In der Sitzungsunterbrechung beraten")
    assert s.take(item).early_reason == "In der Sitzungsunterbrechung beraten"
    assert "Begründung fehlt noch" not in secretary.get(run(evening)).words


# --- the meeting ----------------------------------------------------------------------------------


def test_a_meeting_runs_from_opening_to_closing_on_one_page(
    evening: Meeting, secretary: Visitor
) -> None:
    secretary.post(run(evening, "eroeffnen"))
    secretary.post(
        run(evening, "beschlussfaehig"), {"committee": evening.bodies.get().committee_id}
    )
    assert "beschlussfähig" in secretary.get(run(evening)).words
    secretary.post(run(evening, "unterbrechen"), {"reason": "Beratung der Fraktionen"})
    assert "unterbrochen" in secretary.get(run(evening)).words
    secretary.post(run(evening, "fortsetzen"))
    enter(secretary, papers(evening)[0], "e")

    page = secretary.post(run(evening, "schliessen"), {}, 409)
    assert "Noch ohne Ergebnis" in page.words
    secretary.post(run(evening, "rest-vertagen"), {"close": "on"})
    assert {item.outcome for item in papers(evening)[1:]} == {Outcome.POSTPONED}
    assert s.again(evening).closed_at is not None


def test_a_doubt_is_counted_and_said(evening: Meeting, secretary: Visitor) -> None:
    secretary.post(run(evening, "eroeffnen"))
    committee = evening.bodies.get().committee_id
    secretary.post(run(evening, "anzweifeln"), {"committee": committee, "present": "20"})
    statement = QuorumStatement.everything.get()
    assert (statement.present, statement.quorate) == (20, False)


def test_a_block_takes_one_result(evening: Meeting, secretary: Visitor) -> None:
    page = secretary.get(run(evening))
    key = page.value("key")
    for _ in range(2):
        wrong = secretary.post(run(evening, "block"), {"block": "2-9 e", "key": key}, 422)
    assert "TOP 5 gibt es auf dieser Tagesordnung nicht" in wrong.words
    assert 'value="2-9 e"' in wrong.html
    secretary.post(run(evening, "block"), {"block": "2-4 e1", "key": key})
    assert {item.outcome for item in papers(evening)} == {Outcome.DECIDED}
    assert Vote.everything.filter(abstained=1).count() == 3


def test_only_who_keeps_a_body_runs_its_meeting(
    house: f.House, evening: Meeting, site: Site
) -> None:
    for name, code in {"clerk": 403, "deputy": 403, "minutes": 403, "secretary": 200}.items():
        site[name].get(run(evening), code)
    stranger = Visitor(f.make_house("fremd").user("secretary"))
    stranger.get(run(evening), 404)
    assert site["secretary"].client.post(run(evening, "gibt-es-nicht")).status_code == 404


def grow(house: f.House, meeting: Meeting, count: int) -> None:
    """Let an agenda have so many items: papers with a result and without, and other items."""
    while len(s.items(meeting)) < count:
        s.record(house, s.paper(house, meeting), Outcome.DECIDED, (20, 8, 1))
        s.paper(house, meeting)
        for _ in range(13):
            s.add_item(house, meeting, "council")


def test_page_and_preview_take_a_constant_number_of_queries(
    house: f.House, secretary: Visitor
) -> None:
    meeting = s.plan(house, "council", hour=19)
    s.call_roll(house, meeting, "council", 29)
    taken = []
    for count in (3, 60):
        grow(house, meeting, count)
        item = s.items(meeting)[-1]
        values = typed(secretary, item, "e2")
        with CaptureQueriesContext(connection) as page:
            secretary.get(run(meeting))
        with CaptureQueriesContext(connection) as preview:
            secretary.post(top(item, "vorschau"), values, 200, **HTMX)
        taken.append((len(page), len(preview)))
    assert taken[0] == taken[1]
    assert max(taken[0]) <= MOST_QUERIES


def test_the_last_entry_is_taken_back_with_one_key(evening: Meeting, secretary: Visitor) -> None:
    first = papers(evening)[0]
    assert "TOP Ö 2 rückgängig" not in secretary.get(run(evening)).words
    enter(secretary, first, "e")
    assert "TOP Ö 2 rückgängig" in secretary.get(run(evening)).words
    secretary.post(run(evening, "rueckgaengig"))
    assert not s.take(first).outcome
    assert not Vote.everything.exists()

    enter(secretary, first, "20 8 1")
    enter(secretary, first, "19 8 2")
    secretary.post(run(evening, "rueckgaengig"))
    assert s.vote_of(first).yes == 20
    secretary.post(run(evening, "rueckgaengig"))
    assert s.vote_of(first).yes == 20


def test_a_joint_meeting_has_the_numbers_of_each_body(house: f.House, secretary: Visitor) -> None:
    """Scenario 12: each body has its own attendance, and an item belongs to one of them."""
    meeting = s.plan(house, "social", "main", hour=9)
    items = [s.add_item(house, meeting, name, f"Punkt {name}") for name in ("social", "main")]
    s.call_roll(house, meeting, "social", 3)
    page = secretary.get(run(meeting))
    assert "social 3 von 3, davon 3 stimmberechtigt" in page.words
    assert "main Anwesenheit noch nicht erfasst" in page.words
    enter(secretary, items[0], "e")
    page = enter(secretary, items[1], "e", 422)
    assert "Bitte zuerst die Anwesenheit erfassen" in page.words


def test_where_the_law_is_unread_votes_are_counted_only(db: None) -> None:
    house = f.make_house("bayern", land=Land.BY)
    meeting = s.plan(house, "council")
    item = s.add_item(house, meeting, "council")
    s.call_roll(house, meeting, "council", 5)
    page = enter(Visitor(house.user("secretary")), item, "3 2 0")
    assert "3 Ja, 2 Nein" in page.words
    assert "§" not in page.words
    assert s.take(item).outcome == Outcome.DECIDED
