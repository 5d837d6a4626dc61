"""From a Word file into a draft: read, seen as a difference, chosen, taken over once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.history.acts import Act
from proposals.history.journal import event
from proposals.models import Proposal, ProposalText, Role
from proposals.rules.sections import Section
from tests import factories as f
from tests.documents.building import paragraph, run
from tests.documents.test_word_files import REFUSED
from tests.documents.wordfiles import BOLD, bold, deleted, heading, inserted, word
from tests.houses import make_user
from tests.web.site import Page, Site, Visitor, address, filled, state_of

MOST_QUERIES = 12


@pytest.fixture
def url(draft: Proposal) -> str:
    return address(draft, "aus-word")


def entwurf() -> bytes:
    return word(
        paragraph("Betreff: Neuer Radweg"),
        heading("Sachverhalt"),
        paragraph(run("Der Weg ist "), deleted("sehr "), inserted(run("sehr schmal", BOLD))),
        bold("Beschlussvorschlag:"),
        "Der Weg wird gebaut.",
        heading("Finanzielle Auswirkungen"),
        "5.000 Euro",
        heading("Standort"),
        "Am Deich {{ 7*7 }} <b>",
    )


def upload(
    who: Visitor, url: str, data: bytes, name: str = "Entwurf.docx", expect: int = 200
) -> Page:
    return who.post(url, {"file": SimpleUploadedFile(name, data)}, expect)


def texts(proposal: Proposal) -> dict[str, str]:
    return dict(ProposalText.everything.filter(proposal=proposal).values_list("section", "html"))


def write(proposal: Proposal, section: Section, html: str) -> None:
    with event(None, Act.SET_UP):
        row = ProposalText.everything.filter(proposal=proposal, section=section).first()
        row = row or ProposalText(proposal=proposal, section=section)
        row.html = html
        row.save()


def test_a_file_is_read_shown_as_a_difference_and_taken_over(
    site: Site, draft: Proposal, url: str
) -> None:
    write(draft, Section.FACTS, "<p>Der Weg ist breit.</p>")
    write(draft, Section.WORDING, "")
    clerk, before = site["clerk"], state_of(draft)
    assert url in clerk.get(address(draft, "entwurf")).html
    page = upload(clerk, url, entwurf())
    assert state_of(draft) == before, "reading changes nothing"
    for words in (
        "eingefügt: sehr schmal",
        "gestrichen: breit",
        "Bisher leer.",
        "Nachverfolgte Änderungen gelten als angenommen.",
        "bitte in die Finanzfelder",
        "Ohne Abschnitt und damit nicht übernommen: „Finanzielle Auswirkungen“, „Standort“",
        "Am Deich {{ 7*7 }} <b>",
    ):
        assert words in page.words, words

    clerk.post(url, filled(page, then="take"))
    done = clerk.get(address(draft, "entwurf"))
    assert "2 Teile sind nicht übernommen" in done.words
    saved = f.reread(draft)
    assert saved.subject == "Neuer Radweg"
    assert saved.revision == draft.revision + 1
    assert texts(draft)["facts"] == "<p>Der Weg ist <strong>sehr schmal</strong></p>"
    assert texts(draft)["wording"] == "<p>Der Weg wird gebaut.</p>"
    history = clerk.get(address(draft, "verlauf")).words
    assert "Entwurf bearbeitet" in history
    assert "aus der Word-Datei Entwurf.docx" in history


def test_a_part_without_a_section_goes_where_the_clerk_says_once_seen(
    site: Site, draft: Proposal, url: str
) -> None:
    write(draft, Section.FACTS, "<p>Bisher.</p>")
    clerk, before = site["clerk"], state_of(draft)
    page = upload(clerk, url, word(heading("Standort"), "Am Deich."))
    clerk.post(url, filled(page, then="take"), 409)
    choice = {"part-0-target": "facts", "part-0-way": "append"}
    unseen = clerk.post(url, filled(page, then="take", **choice), 409)
    assert "bitte erst den neuen Unterschied ansehen" in unseen.words
    assert "eingefügt: Standort Am Deich." in unseen.words
    assert state_of(draft) == before, "nobody takes over what was not shown"
    seen = clerk.post(url, filled(page, then="show", **choice), 200)
    assert seen.value("part-0-target") == "facts"
    clerk.post(url, filled(seen, then="take"))
    assert texts(draft)["facts"] == "<p>Bisher.</p><h3>Standort</h3><p>Am Deich.</p>"


def test_a_second_clerk_is_not_written_over(site: Site, draft: Proposal, url: str) -> None:
    colleague = Visitor(make_user(site.house, "colleague", Role.CLERK, office="lead"))
    clerk = site["clerk"]
    page = upload(clerk, url, entwurf())
    colleague.send(address(draft, "entwurf"), then="stay", facts="<p>Vom Kollegen.</p>")
    before = state_of(draft)
    late = clerk.post(url, filled(page, then="take"), 409)
    assert "inzwischen gespeichert" in late.words
    assert "gestrichen: Vom Kollegen" in late.words
    assert state_of(draft) == before
    clerk.post(url, filled(late, then="take"))
    assert texts(draft)["facts"] == "<p>Der Weg ist <strong>sehr schmal</strong></p>"


def test_a_second_press_of_the_button_writes_nothing_twice(
    site: Site, draft: Proposal, url: str
) -> None:
    clerk = site["clerk"]
    page = upload(clerk, url, word(heading("Sachverhalt"), "Neu."))
    seen = clerk.post(url, filled(page, then="show", **{"part-0-way": "append"}), 200)
    clerk.post(url, filled(seen, then="take"))
    after = state_of(draft)
    clerk.post(url, filled(seen, then="take"), 409)
    assert state_of(draft) == after


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_says_why_and_leaves_the_draft(
    name: str, site: Site, draft: Proposal, url: str
) -> None:
    make, words = REFUSED[name]
    before = state_of(draft)
    expect = 422 if name == "empty" else 409
    page = upload(site["clerk"], url, make(), expect=expect)
    assert len(page.complaints) == 1
    assert name == "empty" or words in page.complaints[0]
    assert state_of(draft) == before


def test_an_empty_document_and_no_file_are_said(site: Site, url: str) -> None:
    page = upload(site["clerk"], url, word(), expect=409)
    assert "steht kein Text" in page.complaints[0]
    site["clerk"].post(url, {}, 422)


def test_what_comes_back_from_the_browser_is_cleaned_and_bounded(
    site: Site, draft: Proposal, url: str
) -> None:
    clerk = site["clerk"]
    page = upload(clerk, url, word(heading("Sachverhalt"), "Neu."))
    evil = "<p onclick='x()'>Text<script>alert(1)</script></p>"
    seen = clerk.post(url, filled(page, then="show", **{"part-0-html": evil}), 200)
    assert "alert(1)" not in seen.html
    clerk.post(url, filled(seen, then="take"))
    assert texts(draft)["facts"] == "<p>Text</p>"
    broken: list[dict[str, Any]] = [
        {"part-0-target": "solution"},
        {"revision": "x"},
        {"part-TOTAL_FORMS": "999999"},
        {"part-0-html": "a\x00b"},
    ]
    before = state_of(draft)
    for values in broken:
        again = clerk.post(url, filled(seen, then="take", **values), 422)
        assert "Bitte lesen Sie die Datei neu ein" in again.words
    assert state_of(draft) == before


def test_a_subject_that_is_too_long_is_refused_with_nothing_lost(
    site: Site, draft: Proposal, url: str
) -> None:
    clerk = site["clerk"]
    page = upload(clerk, url, word(heading("Standort"), "x" * 600))
    late = clerk.post(url, filled(page, then="show", **{"part-0-target": "subject"}), 409)
    assert "länger als 500 Zeichen" in " ".join(late.complaints)
    refused = clerk.post(url, filled(late, then="take"), 409)
    assert refused.value("part-0-target") == "subject"
    assert refused.words.count("länger als 500 Zeichen") == 1


def test_only_the_lead_office_may_and_only_while_it_writes(
    site: Site, draft: Proposal, url: str
) -> None:
    data = entwurf()
    upload(site["treasurer"], url, data, expect=404)
    sent = f.make_proposal(site.house, "submitted")
    closed = address(sent, "aus-word")
    upload(site["clerk"], closed, data, expect=409)
    upload(site["secretary"], closed, data, expect=403)
    new = site["clerk"].get("/vorlagen/neu/")
    assert "aus-word" not in new.html, "there is nothing to take it into yet"


def test_the_preview_takes_few_queries_however_many_parts(site: Site, url: str) -> None:
    def taken(count: int) -> int:
        blocks: list[Any] = []
        for number in range(count):
            blocks += [heading(f"Kapitel {number}"), "Text."]
        data = word(*blocks)
        with CaptureQueriesContext(connection) as queries:
            upload(site["clerk"], url, data)
        return len(queries)

    taken(1)  # what is read once in the life of a process
    few = taken(2)
    assert taken(40) == few <= MOST_QUERIES
