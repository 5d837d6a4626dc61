"""The editor in a real browser: its names, what Word leaves behind, and what is never lost."""

from pathlib import Path
from typing import Any

import pytest

from proposals.models import DraftBuffer, Proposal, ProposalText
from proposals.rules.cleaning import clean_html
from proposals.rules.sections import Section
from tests import factories as f
from tests.browser.watching import PASSWORD, Person
from tests.web.test_draft_texts import RICH
from webdriver import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FACTS = "#id_facts_editor"
WORD = (Path(__file__).parent / "word.html").read_text(encoding="utf-8")  # as Word copies it
CLEAN = (
    "<h3>Sachstand</h3>"
    "<p><strong>Fett</strong> und <em>kursiv</em>, <u>unterstrichen</u> rot</p>"
    "<ul><li>erstens<ul><li>darunter</li></ul></li><li>zweitens</li></ul>"
    "<p>Der Rat:</p><ol><li>beschließt</li><li>beauftragt</li></ol>"
    '<table><tbody><tr><td>Jahr</td><td colspan="2">2019</td></tr>'
    "<tr><td>a</td><td>b</td><td>c</td></tr></tbody></table>"
    '<p><a href="https://www.example.org/">Link</a></p>'
)
PASTE = """
const data = new DataTransfer();
data.setData('text/html', arguments[1]);
document.querySelector(arguments[0]).dispatchEvent(
  new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
"""


@pytest.fixture
def house(transactional_db: None) -> f.House:
    house = f.make_house()
    for user in house.users():
        user.set_password(PASSWORD)
        user.save()
    return house


@pytest.fixture
def draft(house: f.House) -> Proposal:
    return f.make_proposal(house)


@pytest.fixture
def person(window: Browser, live_server: Any, draft: Proposal) -> Person:
    window.resize(1360, 900)
    person = Person(window, live_server.url)
    person.log_in("muster.clerk")
    open_draft(person, draft)
    return person


def open_draft(person: Person, draft: Proposal) -> None:
    person.open(f"/vorlagen/{draft.pk}/entwurf/")
    show(person)


def show(person: Person) -> None:
    """Scroll to the first text, where its editor appears."""
    person.window.run("document.getElementById('texte').scrollIntoView({behavior: 'instant'})")
    person.wait(lambda: person.count(FACTS) == 1)


def empty(person: Person) -> None:
    person.window.run("document.querySelector(arguments[0]).editor.commands.clearContent()", FACTS)


def area(person: Person) -> str:
    value: str = person.window.run("return document.getElementById('id_facts').value")
    return value


def save(person: Person) -> None:
    person.press(".vl-save [value=stay]")
    person.wait(lambda: "Der Entwurf ist gespeichert" in person.window.text())


def stored(draft: Proposal) -> str:
    return ProposalText.everything.get(proposal=draft, section=Section.FACTS).html


def test_what_comes_out_of_word_is_clean_and_loses_nothing(person: Person, draft: Proposal) -> None:
    empty(person)
    person.window.run(PASTE, FACTS, WORD)
    person.wait(lambda: "zweitens" in area(person))
    assert clean_html(area(person)) == CLEAN
    assert person.complaints() == []
    save(person)
    assert stored(draft) == CLEAN


def test_every_stored_form_goes_through_the_editor_unchanged(
    person: Person, draft: Proposal
) -> None:
    table = '<tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr>'
    table = f"<table><tbody>{table}</tbody></table>"
    texts = [
        RICH,
        "<blockquote><p>Zitat mit <s>Strich</s>, H<sub>2</sub>O und m<sup>2</sup></p></blockquote>",
        '<ol start="4"><li>vier</li><li><p>fünf</p><p>noch fünf</p></li></ol>',
        "<p>eine<br>Zeile</p>",
        table,
        '<p><a href="mailto:amt@example.org">Post</a></p>',
    ]
    for text in texts:
        assert clean_html(text) == text
        script = (
            "const {editor} = document.querySelector(arguments[0]);"
            "editor.commands.setContent(arguments[1]); return editor.getHTML()"
        )
        assert clean_html(person.window.run(script, FACTS, text)) == text


def test_the_toolbar_says_in_german_what_its_buttons_do(person: Person) -> None:
    names = person.window.run(
        "return [...document.querySelectorAll('#texte .vl-rich')[0]"
        ".querySelectorAll('[role=toolbar] button')].map(b => b.getAttribute('aria-label'))"
    )
    assert names[:7] == [
        *("Überschrift", "Zwischenüberschrift", "Fett", "Kursiv", "Unterstrichen"),
        *("Aufzählung", "Nummerierung"),
    ]
    assert {"Link", "Tabelle einfügen", "Rückgängig", "Wiederholen"} <= set(names)
    named = "const box = document.querySelector(arguments[0]);"
    label = (
        f"{named} return document.getElementById(box.getAttribute('aria-labelledby')).textContent"
    )
    assert "Sachverhalt" in person.window.run(label, FACTS)
    assert person.window.run(f"{named} return box.getAttribute('role')", FACTS) == "textbox"
    bar = "document.querySelector('#texte [role=toolbar]')"
    assert "Sachverhalt" in person.window.run(f"return {bar}.getAttribute('aria-label')")
    stops = f"return {bar}.querySelectorAll('[tabindex=\"0\"]').length"
    assert person.window.run(stops) == 1
    pressed = f"return {bar}.querySelector('[aria-label=Fett]').getAttribute('aria-pressed')"
    assert person.window.run(pressed) == "false"
    person.press("#texte [role=toolbar] [aria-label=Fett]")
    person.wait(lambda: person.window.run(pressed) == "true")
    person.wait(lambda: person.window.run("return document.activeElement.role") == "textbox")
    right = f"{bar}.querySelector('[aria-label=Fett]').focus(); return 1"
    person.window.run(right)
    person.window.type(person.window.find(":focus"), "\ue014")
    assert person.window.run("return document.activeElement.getAttribute('aria-label')") == "Kursiv"


def test_what_is_typed_keeps_itself_and_comes_back(person: Person, draft: Proposal) -> None:
    before = f.reread(draft).revision
    empty(person)
    person.window.type(person.window.find(FACTS), "Getippt, nicht gespeichert.")
    person.wait(lambda: "Zwischenstand gesichert" in person.window.text("#zwischenstand"))
    assert DraftBuffer.objects.get().data["typed"]["facts"] == [
        "<p>Getippt, nicht gespeichert.</p>"
    ]
    assert f.reread(draft).revision == before
    assert person.complaints() == []

    open_draft(person, draft)
    assert "Getippt" not in area(person)
    person.press("[aria-labelledby=h-offer] a")
    person.wait(lambda: "zwischenstand=1" in person.window.run("return location.search"))
    show(person)
    assert area(person) == "<p>Getippt, nicht gespeichert.</p>"
    save(person)
    assert stored(draft) == "<p>Getippt, nicht gespeichert.</p>"
    assert not DraftBuffer.objects.exists()
    assert person.complaints() == []


def test_opening_and_saving_changes_no_byte(person: Person, draft: Proposal) -> None:
    written = ProposalText.everything.filter(proposal=draft).exclude(html="")
    before = dict(written.values_list("section", "html"))
    save(person)
    assert dict(written.values_list("section", "html")) == before


def test_a_line_more_keeps_the_formatted_text(person: Person) -> None:
    empty(person)
    person.window.type(person.window.find(FACTS), "Bleibt stehen.")
    person.press("#rows-route .vl-add")
    person.wait(lambda: person.path().endswith("/entwurf/") and person.count("#rows-route li") > 1)
    assert area(person) == "<p>Bleibt stehen.</p>"
    show(person)
    assert "Bleibt stehen." in person.window.text(FACTS)


def test_the_label_and_an_error_lead_into_the_editor(person: Person) -> None:
    person.press("label[for=id_facts]")
    focused = "return document.activeElement.id"
    person.wait(lambda: person.window.run(focused) == "id_facts_editor")
    person.window.type(person.window.find(":focus"), "\ue00c")
    assert person.window.run("return document.activeElement.closest('[role=toolbar]') !== null")


@pytest.mark.parametrize("width", [390, 1360])
def test_the_editor_fits_the_page(person: Person, draft: Proposal, width: int) -> None:
    person.window.resize(width, 844)
    open_draft(person, draft)
    person.window.run(PASTE, FACTS, WORD)
    person.wait(lambda: "zweitens" in area(person))
    assert person.window.run("return document.documentElement.scrollWidth") <= width
    assert person.complaints() == []
