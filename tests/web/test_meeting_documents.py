"""The papers of a meeting on the site: who gets which file, and what none of them tells."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.documents import pdf
from proposals.documents.checks import text_of
from proposals.models import (
    AgendaItem,
    Meeting,
    MeetingDocument,
    MembershipKind,
    Minutes,
    Role,
    Vote,
)
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.documents import MeetingDocumentKind
from proposals.rules.results import RecommendationAs
from proposals.rules.sections import Section
from proposals.services.documents import run_outbox
from proposals.services.meeting import ExcerptFor, ExcerptsAnswer, SignMinutesAnswer
from tests import factories as f
from tests import sittings as s
from tests.web.site import Page, Site

Kind = MeetingDocumentKind
HOUSE = frozenset(
    ("clerk", "treasurer", "head", "secretary", "minutes", "auditor", "deputy", "coopted")
)
# of the social committee: practice.md 1.5, 1.6; a lead office reads its own item, not the rest
READ_ITEM = frozenset({"clerk", "head", "secretary", "minutes", "auditor", "deputy", "coopted"})
READ_PART = READ_ITEM - {"clerk"}


@pytest.fixture
def site(house: f.House) -> Site:
    f.make_member(house, "coopted", "social", MembershipKind.CO_OPTED, voting=False)
    f.make_member(house, "adviser", "board", MembershipKind.CO_OPTED, voting=False)
    return Site(house)


@dataclass
class Held:
    """A meeting with a public and a closed paper, each with a random word in its wording."""

    meeting: Meeting
    public: AgendaItem
    closed: AgendaItem
    word: str
    secret: str


def hold(house: f.House, committee: str = "social") -> Held:
    meeting = s.plan(house, committee)
    words = [f"Q{secrets.token_hex(6)}x" for _ in range(2)]
    items = []
    for word, public in zip(words, (True, False), strict=True):
        texts = {Section.FACTS: "<p>Lage</p>", Section.WORDING: f"<p>Beschlossen: {word}</p>"}
        item = s.paper(house, meeting, committee, f.PRELIMINARY, public=public, texts=texts)
        items.append(s.record(house, item, Outcome.RECOMMENDED, (3, 0, 0)))
    return Held(s.again(meeting), items[0], items[1], words[0], words[1])


def papers(house: f.House, held: Held) -> dict[str, MeetingDocument]:
    """Sign the minutes, issue both excerpts, and make every file."""
    s.act(house, held.meeting, SignMinutesAnswer(f.DAY))
    to = (house.office("lead").pk,)
    wanted = tuple(ExcerptFor(item.pk, to) for item in (held.public, held.closed))
    s.act(house, held.meeting, ExcerptsAnswer(wanted, f.DAY))
    assert [done.failure for done in run_outbox() if done.failure] == []
    rows = MeetingDocument.everything.filter(meeting=held.meeting)
    of_items = {held.public.pk: "public", held.closed.pk: "closed"}
    return {of_items.get(row.agenda_item_id or 0, row.kind): row for row in rows}


def file_url(document: MeetingDocument) -> str:
    return reverse("meeting-document-download", args=[document.pk])


def test_a_file_goes_to_those_who_may_know_what_it_tells(site: Site) -> None:
    held = hold(site.house)
    made = papers(site.house, held)
    stranger = Site(f.make_house("fremd"))["head"]
    readers = {
        Kind.MINUTES_PUBLIC.value: HOUSE | {"adviser"},
        "public": HOUSE | {"adviser"},
        Kind.MINUTES_NON_PUBLIC.value: READ_PART,
        "closed": READ_ITEM,
    }
    assert made.keys() == readers.keys()
    for name, who in readers.items():
        url = file_url(made[name])
        stranger.get(url, 404)
        for user in HOUSE | {"adviser"}:
            page = site[user].get(url, 200 if user in who else 404)
            assert page.status == 404 or page.headers["Cache-Control"] == "private, no-store"
    assert site["secretary"].client.post(url).status_code == 405


def test_the_pdf_of_a_file_goes_to_the_same_readers(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = hold(site.house)
    made = papers(site.house, held)
    readers = {Kind.MINUTES_PUBLIC.value: HOUSE | {"adviser"}, "closed": READ_ITEM}
    urls = {name: reverse("meeting-document-print", args=[made[name].pk]) for name in readers}
    refused = site["secretary"].get(urls["closed"], 409)
    assert pdf.MISSING in refused.words, "there is no LibreOffice here"

    monkeypatch.setattr("proposals.views.meeting_documents.pdf_of", lambda data: b"%PDF" + data)
    stranger = Site(f.make_house("fremd"))["head"]
    for name, who in readers.items():
        stranger.get(urls[name], 404)
        for user in HOUSE | {"adviser"}:
            page = site[user].get(urls[name], 200 if user in who else 404)
            if user in who:
                assert page.body == b"%PDF" + site[user].get(file_url(made[name])).body
                assert page.headers["Content-Type"] == "application/pdf"
                assert re.search(r'filename="[\w.-]+\.pdf"', page.headers["Content-Disposition"])
    listed = site["treasurer"].get(reverse("meeting-show", args=[held.meeting.pk])).html
    assert urls[Kind.MINUTES_PUBLIC.value] in listed
    assert urls["closed"] not in listed


def test_the_public_part_holds_nothing_of_a_closed_item(site: Site) -> None:
    held = hold(site.house)
    made = papers(site.house, held)
    words = {
        name: (held.word in text, held.secret in text)
        for name, row in made.items()
        for text in [text_of(site["secretary"].get(file_url(row)).body)]
    }
    assert words == {
        Kind.MINUTES_PUBLIC.value: (True, False),
        "public": (True, False),
        Kind.MINUTES_NON_PUBLIC.value: (False, True),
        "closed": (False, True),
    }


def test_the_closed_part_of_a_kreisausschuss_is_not_for_a_lead_office(site: Site) -> None:
    """In Niedersachsen the whole meeting is closed: there is no public part at all."""
    held = hold(site.house, "main")
    made = papers(site.house, held)
    assert Kind.MINUTES_PUBLIC.value not in made
    url = file_url(made[Kind.MINUTES_NON_PUBLIC.value])
    for user in ("head", "secretary", "auditor", "deputy"):
        site[user].get(url)
    for user in ("clerk", "minutes", "coopted", "treasurer"):
        site[user].get(url, 404)


def test_the_page_of_a_meeting_lists_what_the_reader_may_have(site: Site) -> None:
    held = hold(site.house)
    made = papers(site.house, held)
    url = reverse("meeting-show", args=[held.meeting.pk])
    for user in ("secretary", "deputy", "treasurer"):
        page = site[user].get(url)
        shown = {name for name, row in made.items() if file_url(row) in page.html}
        closed = {Kind.MINUTES_NON_PUBLIC.value, "closed"}
        assert shown == made.keys() - (closed if user == "treasurer" else set()), user
        assert (made[Kind.MINUTES_NON_PUBLIC.value].digest in page.html) == (user != "treasurer")
        assert "an: Sozialamt (01.03.2024); vorbehaltlich der Genehmigung" in page.words


def test_a_draft_of_the_minutes_is_for_who_writes_them(site: Site) -> None:
    held = hold(site.house)
    for part, word in (("oeffentlich", held.word), ("nichtoeffentlich", held.secret)):
        url = reverse("minutes-draft", args=[held.meeting.pk, part])
        for user in HOUSE:
            page = site[user].get(url, 200 if user in ("secretary", "minutes") else 403)
        page = site["minutes"].get(url)
        assert "ENTWURF" in text_of(page.body)
        assert word in text_of(page.body)
    site["secretary"].get(f"/sitzungen/{held.meeting.pk}/protokoll/entwurf/alles/", 404)
    assert not MeetingDocument.everything.exists(), "looking is no event"
    f.sign(site.house, held.meeting, approve=True)
    assert "es gilt die Datei, die genehmigt wurde" in site["secretary"].get(url, 409).words


def scan(name: str = "Protokoll.pdf", data: bytes = b"%PDF-1.4 signed") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_signed_scan_is_kept_and_the_other_part_is_made(site: Site) -> None:
    held = hold(site.house)
    url = reverse("meeting-minutes", args=[held.meeting.pk])
    answer = site["secretary"].send(url, 409, minutes_public=scan("Protokoll.docx", b"no archive"))
    assert "ist weder PDF noch Word" in answer.words
    site["secretary"].send(url, on=f"{f.DAY:%Y-%m-%d}", minutes_public=scan())
    run_outbox()
    rows = {row.kind: row for row in MeetingDocument.everything.all()}
    public, closed = rows[Kind.MINUTES_PUBLIC], rows[Kind.MINUTES_NON_PUBLIC]
    assert (public.template_digest, public.media_type) == ("", "application/pdf")
    assert closed.template_digest
    answer = site["deputy"].get(file_url(public))
    assert answer.body == b"%PDF-1.4 signed"
    name = "Protokoll_oeffentlicher-Teil_2024-03-01.pdf"
    assert name in answer.headers["Content-Disposition"]

    keep = reverse("minutes-keep", args=[held.meeting.pk])
    assert "warum eine weitere" in site["secretary"].send(keep, 409).words
    site["secretary"].send(keep, minutes_non_public=scan(data=b"%PDF-1.4 closed"))
    page = site["secretary"].get(reverse("meeting-show", args=[held.meeting.pk]))
    assert "durch eine spätere Datei ersetzt" in page.words


def test_one_click_issues_every_excerpt_to_the_lead_offices(site: Site) -> None:
    held = hold(site.house)
    url = reverse("excerpts-issue", args=[held.meeting.pk])
    answer = site["secretary"].send(url, 409, lead=None)
    assert "wer den Auszug" in answer.words
    site["secretary"].send(url, outside="Landesamt\n\nPresse")
    page = site["secretary"].get(reverse("item-show", args=[held.meeting.pk, held.public.pk]))
    assert "an: Sozialamt, Landesamt, Presse" in page.words
    assert "(Datei entsteht)" in page.words
    one = reverse("excerpt-issue", args=[held.meeting.pk, held.closed.pk])
    site["minutes"].send(one, offices=[site.house.office("treasury").pk])
    page = site["secretary"].get(reverse("item-show", args=[held.meeting.pk, held.closed.pk]))
    assert "2. Ausgabe" in page.words
    assert "Sozialamt, Kämmerei" in page.words


def test_a_count_error_names_everybody_who_has_the_excerpt(site: Site) -> None:
    f.make_user(site.house, "lawyer", Role.LEGAL)
    item = s.paper(site.house, s.plan(site.house, "council"))
    s.record(site.house, item, Outcome.DECIDED, (3, 2, 0))
    to = ExcerptFor(item.pk, (site.house.office("treasury").pk,), ("Landesamt",))
    s.act(site.house, item.meeting, ExcerptsAnswer((to,), f.DAY))
    f.sign(site.house, item.meeting, approve=True)
    s.record(site.house, item, Outcome.DECIDED, (2, 3, 0), reason="Verzählt")
    words = review_words(site, item)
    assert "Den Beschlussauszug haben: Kämmerei, Landesamt (01.03.2024)." in words


def review_words(site: Site, item: AgendaItem) -> str:
    """Return what the head of the administration reads before deciding on a count error."""
    page = site["head"].get("/")
    address = next(href for href in links(page) if f"/vorlagen/{s.proposal_of(item).pk}/" in href)
    return site["head"].get(address).words


def links(page: Page) -> list[str]:
    return re.findall(r'href="(/[^"]+)"', page.html)


def test_a_correction_is_linked_from_both_meetings(site: Site) -> None:
    house = site.house
    item = s.paper(house, s.plan(house, "council"))
    s.record(house, item, Outcome.DECIDED, (3, 2, 0))
    f.sign(house, item.meeting, approve=True)
    s.record(house, item, Outcome.DECIDED, (2, 3, 0), reason="Verzählt")
    later = s.plan(house, "council", day=f.DAY + timedelta(days=30))
    s.add_item(house, later, "council", "", ItemKind.MINUTES, approves_id=item.meeting_id)
    new = Vote.everything.get(agenda_item=item, corrects__isnull=False)
    url = reverse("minutes-correct", args=[later.pk])
    other = f"m{item.meeting_id}"
    answer = site["secretary"].send(url, 409, correction=other)
    assert "Bitte geben Sie den Wortlaut der Berichtigung an." in answer.words
    site["secretary"].send(url, correction=f"v{new.pk}")
    assert "schon vermerkt" not in site["secretary"].get(url).words
    pages = {
        meeting.pk: site["deputy"].get(reverse("meeting-show", args=[meeting.pk]))
        for meeting in (item.meeting, later)
    }
    assert "Berichtigt in der Sitzung vom 31.03.2024" in pages[item.meeting_id].words
    assert reverse("meeting-show", args=[later.pk]) in pages[item.meeting_id].html
    assert "Berichtigt das Protokoll vom 01.03.2024" in pages[later.pk].words
    assert reverse("meeting-show", args=[item.meeting_id]) in pages[later.pk].html
    assert Minutes.everything.get(meeting=item.meeting).approved_on == f.DAY


def set_house(house: f.House, rule: RecommendationAs) -> None:
    with f.setting_up(house.municipality):
        house.municipality.recommendation_as = rule
        house.municipality.save()


def test_the_sheet_is_issued_in_a_house_that_does_so(site: Site) -> None:
    meeting = s.plan(site.house, "social")
    item = s.paper(site.house, meeting, "social", f.PRELIMINARY)
    wording = "<p>Befristet auf zwei Jahre.</p>"
    s.record(site.house, item, Outcome.RECOMMENDED_CHANGED, (3, 0, 0), wording=wording)
    url = reverse("sheet-issue", args=[meeting.pk, item.pk])
    assert "als Hinweis weiter" in site["minutes"].send(url, 409).words

    set_house(site.house, RecommendationAs.SHEET)
    site["minutes"].send(url)
    assert [done.failure for done in run_outbox() if done.failure] == []
    (row,) = MeetingDocument.everything.filter(kind=Kind.SHEET)
    text = text_of(site["clerk"].get(file_url(row)).body)
    assert "Vorschlag nach Beratung im Sozialausschuss:" in text
    assert "„Befristet auf zwei Jahre.“" in text
    paper = site["clerk"].get(f"/vorlagen/{s.proposal_of(item).pk}/")
    assert file_url(row) in paper.html


@pytest.mark.parametrize("user", ["secretary", "deputy"])
def test_papers_take_a_constant_number_of_queries(site: Site, user: str) -> None:
    def queries(url: str) -> int:
        site[user].get(url)
        with CaptureQueriesContext(connection) as taken:
            site[user].get(url)
        return len(taken)

    held = hold(site.house)
    url = reverse("meeting-show", args=[held.meeting.pk])
    papers(site.house, held)
    few = queries(url)
    to = ExcerptFor(held.public.pk, (site.house.office("lead").pk,), ("A", "B"))
    for _ in range(8):
        s.act(site.house, held.meeting, ExcerptsAnswer((to,), f.DAY))
    run_outbox()
    assert queries(url) == few
