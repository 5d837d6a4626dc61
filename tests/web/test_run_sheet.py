"""The run sheet: a meeting from opening to closing on one page, with one field for a result."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import AgendaItem, Attendance, Meeting, QuorumStatement, Recusal, Vote
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.words import Land
from proposals.services.meeting import SignMinutesAnswer
from tests import factories as f
from tests import sittings as s
from tests.web.site import Page, Site, Visitor
from tests.web.world import Kept

HTMX: dict[str, Any] = {"headers": {"HX-Request": "true"}}
MOST_QUERIES = 45


@pytest.fixture(scope="module")
def begun(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[f.House, Meeting]]:
    """A meeting of the Kreistag with an opening, three papers, and 29 of 43 present."""
    with django_db_blocker.unblock(), Kept():
        house = f.make_house(seats={"council": 43})
        meeting = s.plan(house, "council")
        s.add_item(house, meeting, "council", "Eröffnung", ItemKind.OPENING)
        for number in range(3):
            s.paper(house, meeting, subject=f"Vorlage {number + 1}")
        s.number(house, meeting)
        s.call_roll(house, meeting, "council", 29)
        yield house, meeting


@pytest.fixture
def house(begun: tuple[f.House, Meeting], db: None) -> f.House:
    return begun[0]


@pytest.fixture
def evening(begun: tuple[f.House, Meeting], db: None) -> Meeting:
    return s.again(begun[1])


@pytest.fixture
def secretary(site: Site) -> Visitor:
    return site["secretary"]


def run(meeting: Meeting, *parts: object) -> str:
    return "/".join(["", "sitzungen", str(meeting.pk), "durchfuehren", *map(str, parts), ""])


def top(item: AgendaItem, *parts: object) -> str:
    return "/".join(
        ["", "sitzungen", str(item.meeting_id), "top", str(item.pk), *map(str, parts), ""]
    )


def typed(visitor: Visitor, item: AgendaItem, result: str, **more: Any) -> dict[str, Any]:
    """Return the form of an item on the run sheet with a result typed in."""
    page = visitor.get(top(item))
    hidden = {name: page.value(name) for name in ("request_key", "revision")}
    return {**hidden, "result": result, **more}


def enter(visitor: Visitor, item: AgendaItem, result: str, expect: int = 200, **more: Any) -> Page:
    """Type a result and press Enter."""
    values = typed(visitor, item, result, **more)
    return visitor.post(top(item, "ergebnis"), values, expect, **HTMX)


def papers(meeting: Meeting) -> list[AgendaItem]:
    return [item for item in s.items(meeting) if item.consultation_id]


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
    assert "Begründung fehlt noch" in secretary.get(run(evening)).words


# --- attendance -----------------------------------------------------------------------------------


def called(visitor: Visitor, item: AgendaItem, who: str, expect: int = 200, **more: Any) -> Page:
    """Type into the attendance field."""
    values = {"who": who, "item": item.pk, **more}
    return visitor.post(run(item.meeting, "anwesenheit"), values, expect, **HTMX)


def test_somebody_goes_and_comes_by_a_part_of_the_name(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    second = papers(evening)[1]
    person = s.members(house, "council")[3]
    page = called(secretary, second, f"{person.family_name}-")
    assert f"{person} geht vor TOP Ö 3." in page.words
    assert Attendance.everything.get(person=person).until_id == second.pk
    page = called(secretary, papers(evening)[2], f"{person.family_name}+")
    assert Attendance.everything.filter(person=person).count() == 2


def test_a_part_that_fits_several_is_offered_to_choose(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    second = papers(evening)[1]
    everybody = s.members(house, "council")
    shared = everybody[4].family_name.split()[0]
    page = called(secretary, second, f"{shared}-", 422)
    assert "passt auf mehrere" in page.words
    assert not Attendance.everything.filter(until__isnull=False).exists()
    called(secretary, second, f"{shared}-", person=everybody[4].pk)
    assert Attendance.everything.get(until=second).person == everybody[4]


def test_somebody_who_fits_nobody_changes_nothing(evening: Meeting, secretary: Visitor) -> None:
    second = papers(evening)[1]
    page = called(secretary, second, "Niemandsonst-", 422)
    assert "passt auf niemanden" in page.words
    page = called(secretary, second, "Müller", 422)
    assert "dahinter + oder − oder *" in page.words


def test_bias_lowers_the_number_at_its_item_alone(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    first, second, _ = papers(evening)
    person = s.members(house, "council")[3]
    page = called(secretary, second, f"{person.family_name}*")
    assert "davon 28 stimmberechtigt" in page.html
    assert Recusal.everything.get().agenda_item == second
    enter(secretary, first, "e")
    enter(secretary, second, "e")
    assert [s.vote_of(item).yes for item in (first, second)] == [29, 28]
    called(secretary, papers(evening)[2], f"{person.family_name}*")
    called(secretary, papers(evening)[2], f"{person.family_name}*-")
    assert Recusal.everything.count() == 1


def test_a_vote_that_no_longer_fits_the_attendance_is_marked(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    first = papers(evening)[0]
    enter(secretary, first, "e")
    person = s.members(house, "council")[3]
    page = called(secretary, first, f"{person.family_name}-")
    assert "Anwesenheit geändert, bitte prüfen" in page.words
    assert "gezählt bei 29" in secretary.get(run(evening)).words


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
