"""What only a real browser shows: policy, keyboard, small screens, double clicks."""

from typing import Any

import pytest

from proposals.models import AgendaItem, Consultation, Proposal, Vote
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests.browser.watching import ENTER, PASSWORD, Person
from webdriver import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VOTES = {"entitled": "3", "yes": "2", "no": "0", "abstained": "1"}


@pytest.fixture
def house(transactional_db: None) -> f.House:
    house = f.make_house()
    for user in house.users():
        user.set_password(PASSWORD)
        user.save()
    return house


@pytest.fixture
def person(window: Browser, live_server: Any, house: f.House) -> Person:
    window.resize(1280, 900)
    return Person(window, live_server.url)


def ready_for_a_result(house: f.House) -> Consultation:
    row = f.station(f.make_proposal(house, "in_route"), "social")
    f.schedule(house, row)
    return row


def fill_in_votes(person: Person) -> None:
    person.press("[name=outcome][value=recommended]")
    for name, value in VOTES.items():
        person.write(f"[name={name}]", value)


def test_a_vote_is_previewed_while_it_is_typed_and_saved_once(
    house: f.House, person: Person
) -> None:
    row = ready_for_a_result(house)
    person.log_in("muster.secretary")
    person.open(f"/vorlagen/{row.proposal_id}/ergebnis/{row.pk}/")
    fill_in_votes(person)
    person.wait(lambda: "einstimmig bei einer Enthaltung" in person.window.text("#preview"))
    person.write("[name=yes]", "9")
    person.wait(lambda: "nur 3 Stimmberechtigte anwesend" in person.window.text("#preview"))
    person.write("[name=yes]", "2")
    person.wait(lambda: "einstimmig" in person.window.text("#preview"))
    assert person.count("#preview svg") > 0
    assert person.complaints() == []

    button = "const save = document.querySelector('main form.vl-form [type=submit]');"
    person.window.run(f"{button} save.click(); save.click();")
    person.wait(lambda: person.path() == f"/vorlagen/{row.proposal_id}/")
    assert "Das Ergebnis ist erfasst" in person.window.text()
    assert Vote.everything.count() == AgendaItem.everything.exclude(outcome="").count() == 1
    assert person.complaints() == []


def test_the_enter_key_saves_a_draft_and_adds_no_line(house: f.House, person: Person) -> None:
    person.log_in("muster.clerk")
    person.open("/vorlagen/neu/")
    lines = person.count("#rows-route li")
    person.write("[name=subject]", "Neue Turnhalle" + ENTER)
    person.wait(lambda: person.path().endswith("/entwurf/"))
    proposal = Proposal.everything.get()
    assert proposal.subject == "Neue Turnhalle"
    assert "Der Entwurf ist gespeichert." in person.window.text()
    assert lines == 3
    person.press("#rows-route .vl-add")
    person.wait(lambda: person.count("#rows-route li") == 2)
    person.write("[name=file_reference]", "20-1" + ENTER)
    person.wait(lambda: f.reread(proposal).file_reference == "20-1")
    assert person.complaints() == []


def test_no_page_is_wider_than_a_telephone(house: f.House, person: Person) -> None:
    row = ready_for_a_result(house)
    decided = f.make_proposal(house, "in_route", subject="Donaudampfschifffahrtsgesellschaft " * 4)
    f.treat(house, f.station(decided, "social"), Outcome.RECOMMENDED)
    here, there = f"/vorlagen/{row.proposal_id}/", f"/vorlagen/{decided.pk}/"
    draft = f"/vorlagen/{f.make_proposal(house).pk}/entwurf/"
    pages = {
        "secretary": [
            *("/", "/vorlagen/", here, there, f"{there}verlauf/"),
            f"{here}ergebnis/{row.pk}/",
            f"{there}tagesordnung/{f.station(decided, 'main').pk}/",
            f"{there}beratung-einfuegen/",
            "/gibt-es-nicht/",
        ],
        "clerk": [draft, "/vorlagen/neu/"],
    }
    person.window.resize(390, 844)
    too_wide = []
    for user, paths in pages.items():
        person.log_in(f"muster.{user}")
        for path in paths:
            person.open(path)
            width = person.window.run("return document.documentElement.scrollWidth")
            if width > 390:
                too_wide.append((path, width))
            assert person.complaints() == [], path
    assert too_wide == []


def test_a_wrong_password_is_said_and_the_keyboard_reaches_the_form(
    house: f.House, person: Person
) -> None:
    person.open("/abmelden/")
    person.window.run("document.querySelector('main [type=submit]')?.click()")
    person.open("/anmelden/")
    person.write("[name=login]", "muster.clerk")
    person.write("[name=password]", "falsch" + ENTER)
    person.wait(lambda: "Die Anmeldung hat nicht geklappt" in person.window.text())
    focused = "return document.activeElement.className"
    assert "alert" in person.window.run(focused)
    assert person.complaints() == []
