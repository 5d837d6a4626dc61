"""Every page that can be reached by links, checked by axe-core: WCAG 2.2 AA and good practice."""

import re
from typing import Any

import pytest
from django.conf import settings

from proposals.rules.consultation import Outcome
from tests import factories as f
from tests import sittings as s
from tests.browser.watching import PASSWORD, Person
from webdriver import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """
window.found = null;
axe.run(document, {runOnly: arguments[0]}).then(({violations}) => {
  found = violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`));
});
"""
LINKS = """
return [...document.querySelectorAll('a[href]:not([download])')]
  .filter(link => link.origin === location.origin).map(link => link.pathname);
"""
FILES = re.compile(r"/(word|pdf|mappe|csv|anlagen|verwaltung|abmelden)\b|\.(csv|docx|pdf|ics)$")
LEAST = {"clerk": 10, "secretary": 20, "administrator": 12}


@pytest.fixture
def house(transactional_db: None) -> f.House:
    """A house with a draft, a paper on its way with a result, and a meeting that has begun."""
    house = f.make_house(seats={"council": 5})
    for user in house.users():
        user.set_password(PASSWORD)
        user.save()
    f.make_proposal(house)
    meeting = s.plan(house, "council")
    for _ in range(2):
        s.paper(house, meeting)
    s.add_item(house, meeting, "council")
    s.number(house, meeting)
    s.call_roll(house, meeting, "council", 5)
    s.record(house, s.items(meeting)[0], Outcome.DECIDED, (3, 1, 1))
    return house


@pytest.mark.parametrize("user", LEAST)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_has_a_barrier_that_a_program_can_find(
    house: f.House, window: Browser, live_server: Any, user: str, dark: bool
) -> None:
    window.resize(1360, 900)
    window.prefer_dark(dark)
    person = Person(window, live_server.url)
    person.log_in(f"muster.{user}")
    waiting, seen = ["/"], set[str]()
    barriers: dict[str, list[str]] = {}
    while waiting:
        path = waiting.pop(0)
        shape = re.sub(r"\d+", "N", path)
        if shape in seen or FILES.search(path):
            continue
        seen.add(shape)
        person.open(path)
        waiting += window.run(LINKS)
        if found := _barriers(person):
            barriers[path] = found
    assert barriers == {}
    assert len(seen) >= LEAST[user], sorted(seen)


def test_the_check_finds_a_barrier(house: f.House, window: Browser, live_server: Any) -> None:
    person = Person(window, live_server.url)
    person.log_in("muster.clerk")
    person.window.run("document.querySelector('main').append(document.createElement('input'))")
    assert [one.partition(":")[0] for one in _barriers(person)] == ["label"]


def _barriers(person: Person) -> list[str]:
    person.window.run(AXE.read_text())
    person.window.run(CHECK, RULES)
    person.wait(lambda: person.window.run("return found !== null"))
    found: list[str] = person.window.run("return found")
    return found
