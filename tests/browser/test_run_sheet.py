"""A meeting taken down at the keyboard, in a real browser that loses its connection once."""

from typing import Any

import pytest

from proposals.models import AgendaItem, Attendance, Meeting, Vote
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests import sittings as s
from tests.browser.watching import ENTER, PASSWORD, Person
from webdriver import Browser, WebDriverError

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UP, F2, F8 = "\ue013", "\ue032", "\ue038"
CLEAR = "\ue009a\ue000\ue017"  # control and A, then delete


@pytest.fixture
def house(transactional_db: None) -> f.House:
    house = f.make_house(seats={"council": 9})
    secretary = house.user("secretary")
    secretary.set_password(PASSWORD)
    secretary.save()
    return house


@pytest.fixture
def person(window: Browser, live_server: Any, house: f.House) -> Person:
    window.resize(1366, 768)
    return Person(window, live_server.url)


def begin(house: f.House, count: int) -> Meeting:
    """Return a meeting with so many items, seven of nine members present."""
    meeting = s.plan(house, "council")
    for number in range(count):
        if number % 3:
            s.add_item(house, meeting, "council", f"Punkt {number + 1}")
        else:
            s.paper(house, meeting, subject=f"Vorlage {number + 1}")
    s.number(house, meeting)
    s.call_roll(house, meeting, "council", 7)
    return meeting


def sit_down(person: Person, meeting: Meeting) -> None:
    """Log in and open the run sheet."""
    person.log_in("muster.secretary")
    person.open(f"/sitzungen/{meeting.pk}/durchfuehren/")
    person.wait(lambda: focused(person) == "result")


def focused(person: Person) -> str:
    name: str = person.window.run("return document.activeElement.name || ''")
    return name


def here(person: Person) -> str:
    """Return the number of the item that has the cursor."""
    row = person.window.run("return document.activeElement.closest('[data-top]')?.dataset.top || 0")
    item = AgendaItem.everything.filter(pk=int(row)).first()
    return item.number if item else ""


def press(person: Person, keys: str) -> None:
    """Type where the cursor is, and again where the line has just been replaced."""
    try:
        person.window.type(person.window.find(":focus"), keys)
    except WebDriverError:
        person.window.type(person.window.find(":focus"), keys)


def outcomes(meeting: Meeting) -> list[str]:
    return [item.outcome for item in s.items(meeting)]


def test_twelve_items_are_taken_down_without_a_mouse(house: f.House, person: Person) -> None:
    meeting = begin(house, 12)
    sit_down(person, meeting)
    typed = ("e", "e1", "5 2 0", "k", "n2 e1", "v", "m", "3 4 0", "ea", "e", "6 1", "l")
    for number, result in enumerate(typed, 1):
        assert here(person) == f"Ö {number}"
        press(person, result + ENTER)
    person.wait(lambda: all(outcomes(meeting)))
    assert Vote.everything.count() == 9
    votes = [s.vote_of(item) for item in (s.items(meeting)[place] for place in (0, 1, 4, 7))]
    assert [(v.yes, v.no, v.abstained) for v in votes] == [
        (7, 0, 0),
        (6, 0, 1),
        (4, 2, 1),
        (3, 4, 0),
    ]
    assert person.complaints() == [], person.complaints()


def test_an_earlier_item_is_overwritten_and_the_cursor_comes_back(
    house: f.House, person: Person
) -> None:
    """Scenario 20."""
    meeting = begin(house, 5)
    sit_down(person, meeting)
    for _ in range(3):
        press(person, "5 2 0" + ENTER)
    person.wait(lambda: sum(map(bool, outcomes(meeting))) == 3)
    assert here(person) == "Ö 4"
    press(person, UP + UP)
    assert here(person) == "Ö 2"
    assert person.window.run("return document.activeElement.value") == "5 2 0"
    press(person, CLEAR + "4 3 0")
    person.wait(lambda: "4 Ja, 3 Nein" in person.window.text(f"#said-{s.items(meeting)[1].pk}"))
    press(person, ENTER)
    person.wait(lambda: here(person) == "Ö 4")
    person.wait(lambda: s.vote_of(s.items(meeting)[1]).yes == 4)
    press(person, UP + ENTER)
    assert here(person) == "Ö 4", "nothing was changed, so nothing is saved"
    assert Vote.everything.count() == 3


def test_a_refused_result_keeps_the_cursor_and_what_was_typed(
    house: f.House, person: Person
) -> None:
    meeting = begin(house, 2)
    sit_down(person, meeting)
    press(person, "7 3" + ENTER)
    person.wait(lambda: "nur 7 Stimmberechtigte anwesend" in person.window.text(".vl-tops"))
    person.wait(lambda: here(person) == "Ö 1")
    assert person.window.run("return document.activeElement.value") == "7 3"
    assert not any(outcomes(meeting))


def test_somebody_leaves_at_a_key_and_the_cursor_comes_back(house: f.House, person: Person) -> None:
    meeting = begin(house, 2)
    name = s.members(house, "council")[5].family_name
    sit_down(person, meeting)
    press(person, F2)
    assert focused(person) == "who"
    press(person, f"{name}-{ENTER}")
    person.wait(lambda: here(person) == "Ö 1")
    assert "6 von 9, davon 6 stimmberechtigt" in person.window.text(".vl-strip")
    assert Attendance.everything.filter(until=s.items(meeting)[0]).count() == 1


def test_what_is_typed_survives_a_lost_connection(house: f.House, person: Person) -> None:
    meeting = begin(house, 3)
    first, second, _ = s.items(meeting)
    sit_down(person, meeting)
    disconnect(person, offline=True)
    press(person, "5 2 0" + ENTER)
    person.wait(lambda: "nicht gespeichert – keine Verbindung" in person.window.text(".vl-tops"))
    assert here(person) == "Ö 2"
    press(person, "e1")
    press(person, F8)
    press(person, "Herr A sagt eine Antwort zu.")
    assert not any(outcomes(meeting))

    disconnect(person, offline=False)
    person.wait(lambda: s.take(first).outcome == Outcome.DECIDED)
    person.wait(lambda: person.window.text("#run-connection") == "")
    person.open(f"/sitzungen/{meeting.pk}/durchfuehren/")
    field = f"return document.getElementById('top-{second.pk}-result').value"
    person.wait(lambda: person.window.run(field) == "e1")
    person.wait(lambda: s.take(second).note == "Herr A sagt eine Antwort zu.")
    assert s.vote_of(first).no == 2
    person.window.run(f"document.getElementById('top-{second.pk}-result').focus()")
    press(person, ENTER)
    person.wait(lambda: bool(s.take(second).outcome))
    left = "return Object.keys(localStorage).filter(key => key.startsWith('vorlagenlauf:'))"
    person.wait(lambda: person.window.run(left) == [])


def test_who_logs_out_on_any_page_leaves_no_draft_behind(house: f.House, person: Person) -> None:
    meeting = begin(house, 2)
    sit_down(person, meeting)
    press(person, "5 2")
    kept = "return Object.keys(localStorage).some(key => key.startsWith('vorlagenlauf:'))"
    person.wait(lambda: person.window.run(kept))
    person.open("/abmelden/")
    person.press("main [type=submit]")
    person.wait(lambda: person.path() == "/anmelden/")
    person.wait(lambda: not person.window.run(kept))


def disconnect(person: Person, *, offline: bool) -> None:
    """Cut the browser off from the network, or let it back."""
    person.window._devtools("Network.enable", {})
    conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1}
    person.window._devtools(
        "Network.emulateNetworkConditions", {**conditions, "uploadThroughput": -1}
    )


def test_the_run_sheet_fits_a_telephone(house: f.House, person: Person) -> None:
    meeting = begin(house, 4)
    person.window.resize(390, 844)
    sit_down(person, meeting)
    item: AgendaItem = s.items(meeting)[0]
    for path in ("durchfuehren/", f"top/{item.pk}/"):
        person.open(f"/sitzungen/{meeting.pk}/{path}")
        assert person.window.run("return document.documentElement.scrollWidth") <= 390, path
        assert person.complaints() == [], person.complaints()


def test_plus_opens_a_vote_above_the_motion(house: f.House, person: Person) -> None:
    meeting = begin(house, 2)
    item = s.items(meeting)[0]
    sit_down(person, meeting)
    press(person, "+")
    person.wait(lambda: focused(person) == "mover")
    press(person, "SPD-Fraktion")
    person.write("[name=count]", "4 3")
    person.wait(lambda: "→ angenommen" in person.window.text(f"#ballot-said-{item.pk}"))
    editor = f"#ballot-{item.pk}-wording_editor"
    person.wait(lambda: person.count(editor) == 1)
    person.window.run("document.querySelector(arguments[0]).editor.commands.clearContent()", editor)
    person.window.type(person.window.find(editor), "Ein anderer Wortlaut.")
    person.write("[name=count]", "4 3" + ENTER)
    person.wait(lambda: "geändert: Änderungsantrag" in person.window.text(".vl-tops"))
    person.wait(lambda: here(person) == "Ö 1")
    press(person, "e" + ENTER)
    person.wait(lambda: s.take(item).outcome == Outcome.DECIDED_CHANGED)
    assert person.complaints() == [], person.complaints()
