"""Einladung, Nachtrag, Bekanntmachung and lists: who gets which, and what none of them tells."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from proposals.documents.checks import findings, text_of
from proposals.models import Meeting, MeetingDocument, MembershipKind
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.documents import MeetingDocumentKind as Kind
from proposals.services.documents import run_outbox
from proposals.services.meeting import MoveAnswer, SupplementAnswer
from tests import factories as f
from tests import sittings as s
from tests.web.site import Site

SECRET, PUBLIC_TITLE = "Verkauf an Familie Q0123456789abx", "Grundstücksangelegenheit"
ODD = "Zuschuss <Süd> & {{ 7*7 }} {% raw %} ]]>"
LISTS = ("anwesenheitsliste", "abstimmungsliste")
EXCERPTS = ("auszuege-oeffentlich", "auszuege-nichtoeffentlich")


@pytest.fixture
def site(house: f.House) -> Site:
    f.make_member(house, "coopted", "social", MembershipKind.CO_OPTED, voting=False)
    f.make_member(house, "adviser", "board", MembershipKind.CO_OPTED, voting=False)
    return Site(house)


def planned(house: f.House, committee: str = "social") -> Meeting:
    """Return a meeting with a public item and two closed ones, of which one has a public title."""
    meeting = s.plan(house, committee)
    s.paper(house, meeting, committee, f.PRELIMINARY)
    if committee == "social":
        s.add_item(house, meeting, committee, ODD)
    for title, public_title in ((SECRET, PUBLIC_TITLE), (f"{SECRET} II", "")):
        s.add_item(house, meeting, committee, title, public=False, public_title=public_title)
    return s.again(meeting)


def made(meeting: Meeting) -> dict[str, list[MeetingDocument]]:
    """Make what was asked for; return the files of a meeting by their kind."""
    assert [done.failure for done in run_outbox() if done.failure] == []
    found: dict[str, list[MeetingDocument]] = {}
    for row in MeetingDocument.everything.filter(meeting=meeting).order_by("pk"):
        found.setdefault(row.kind, []).append(row)
    return found


def url_of(document: MeetingDocument) -> str:
    return reverse("meeting-document-download", args=[document.pk])


def everything_in(data: bytes) -> str:
    """Return every part of a Word file, its properties too."""
    with ZipFile(BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_an_invitation_is_kept_for_the_table_and_a_notice_for_everybody(site: Site) -> None:
    meeting = s.invite(site.house, planned(site.house), recipients="alle & <jeder>")
    files = made(meeting)
    (invitation,), (notice,) = files[Kind.INVITATION], files[Kind.NOTICE]
    assert invitation.invitation_id == notice.invitation_id is not None
    for user in ("secretary", "head", "auditor", "minutes", "coopted"):
        data = site[user].get(url_of(invitation)).body
        text = text_of(data)
        assert findings(data) == []
        for words in (ODD, SECRET, f"{SECRET} II", "alle & <jeder>", "Ö 1", "N 2", "16.02.2024"):
            assert words in text, (user, words)
    for user in ("clerk", "treasurer", "adviser"):
        site[user].get(url_of(invitation), 404)
        data = site[user].get(url_of(notice)).body
        assert ODD in text_of(data)
        assert PUBLIC_TITLE in text_of(data)
        for words in (SECRET, "N 1", "N 2", "alle &amp;"):
            assert words not in everything_in(data), words
    page = site["secretary"].get(reverse("meeting-show", args=[meeting.pk]))
    assert "Einladung vom 16.02.2024" in page.words
    assert "Öffentliche Bekanntmachung vom 16.02.2024" in page.words
    assert url_of(invitation) not in site["adviser"].get(page_of(meeting)).html


def page_of(meeting: Meeting) -> str:
    return reverse("meeting-show", args=[meeting.pk])


def test_of_a_kreisausschuss_there_is_no_notice(site: Site) -> None:
    meeting = planned(site.house, "main")
    draft = reverse("call-draft", args=[meeting.pk, "bekanntmachung"])
    assert "Kein Punkt ist öffentlich" in site["secretary"].get(draft, 409).words
    files = made(s.invite(site.house, meeting))
    assert files.keys() == {Kind.INVITATION}
    site["coopted"].get(url_of(files[Kind.INVITATION][0]), 404)


def test_a_nachtrag_names_what_came_later_and_nothing_else(site: Site) -> None:
    meeting = s.invite(site.house, planned(site.house))
    s.add_item(site.house, meeting, "social", "Nachgereichtes")
    draft = reverse("call-draft", args=[meeting.pk, "nachtrag"])
    text = text_of(site["secretary"].get(draft).body)
    assert "ENTWURF" in text
    assert "Nachgereichtes" in text
    s.act(site.house, meeting, SupplementAnswer(on=f.DAY - timedelta(days=3)))
    files = made(meeting)
    (supplement,) = files[Kind.SUPPLEMENT]
    for document in (supplement, files[Kind.NOTICE][1]):
        text = text_of(site["secretary"].get(url_of(document)).body)
        assert "Nachgereichtes" in text
        assert "16.02.2024" in text, "the invitation that it adds to"
        assert ODD not in text
    assert len(files[Kind.INVITATION]) == 1
    page = site["secretary"].get(page_of(meeting))
    assert "durch eine spätere Datei ersetzt" not in page.words, "each belongs to its own call"


def test_whoever_moves_the_meeting_calls_it_again(site: Site) -> None:
    meeting = s.invite(site.house, planned(site.house), on=date(2024, 2, 1))
    answer = MoveAnswer(starts_at=f.at(f.DAY + timedelta(days=7), 17), place="", reason="Sturm")
    s.act(site.house, meeting, answer)
    s.invite(site.house, s.again(meeting), on=date(2024, 2, 10))
    first, second = made(meeting)[Kind.INVITATION]
    text = text_of(site["secretary"].get(url_of(second)).body)
    assert "Erneute Einladung" in text
    assert "ersetzt die Einladung vom 01.02.2024" in text
    assert "08.03.2024" in text
    assert "01.03.2024" in text_of(site["secretary"].get(url_of(first)).body), "as it was sent"


def test_what_was_edited_by_hand_is_kept_as_it_went_out(site: Site) -> None:
    meeting = planned(site.house)
    url = reverse("meeting-send", args=[meeting.pk])
    draft = reverse("call-draft", args=[meeting.pk, "einladung"])
    edited = site["secretary"].get(draft).body
    typed: dict[str, Any] = {"on": "2024-02-16", "recipients": "alle & <jeder>"}
    picture = SimpleUploadedFile("Einladung.png", b"\x89PNG\r\n\x1a\n")
    answer = site["secretary"].send(url, 409, **typed, invitation=picture)
    assert "Bitte eine Word-Datei oder ein PDF aufnehmen." in answer.words
    assert "alle &amp; &lt;jeder&gt;" in answer.html, "nothing typed is lost"
    upload = SimpleUploadedFile("Einladung.docx", edited)
    site["secretary"].send(url, on="2024-02-16", invitation=upload)
    files = made(meeting)
    (invitation,) = files[Kind.INVITATION]
    assert invitation.template_digest == ""
    assert files[Kind.NOTICE][0].template_digest, "what was not handed in is made"
    assert site["secretary"].get(url_of(invitation)).body == edited
    assert "aufgenommene Datei" in site["secretary"].get(page_of(meeting)).words


def test_a_file_for_a_paper_that_there_is_not_is_refused(site: Site) -> None:
    meeting = planned(site.house, "main")
    url = reverse("meeting-send", args=[meeting.pk])
    upload = SimpleUploadedFile("Bekanntmachung.pdf", b"%PDF-1.4 secret")
    answer = site["secretary"].send(url, 409, on="2024-02-16", notice=upload)
    assert "Kein Punkt ist öffentlich" in answer.words
    assert not MeetingDocument.everything.exists()


def test_drafts_are_for_who_invites_and_lists_for_who_keeps_the_meeting(site: Site) -> None:
    meeting = planned(site.house)
    for paper in ("einladung", "bekanntmachung"):
        url = reverse("call-draft", args=[meeting.pk, paper])
        for user in ("clerk", "minutes", "deputy", "head"):
            site[user].get(url, 403)
        text = text_of(site["secretary"].get(url).body)
        assert "ENTWURF" in text
        assert (SECRET in text) == (paper == "einladung")
    assert (
        "alles kommt in die Einladung"
        in site["secretary"].get(reverse("call-draft", args=[meeting.pk, "nachtrag"]), 409).words
    )
    for paper in LISTS:
        url = reverse("meeting-list-download", args=[meeting.pk, paper])
        for user in ("clerk", "deputy", "head", "coopted"):
            site[user].get(url, 403)
        for user in ("secretary", "minutes"):
            data = site[user].get(url).body
            assert findings(data) == []
            assert (SECRET in text_of(data)) == (paper == "abstimmungsliste")
    site["secretary"].get(f"/sitzungen/{meeting.pk}/listen/alles/", 404)
    site["secretary"].get(f"/sitzungen/{meeting.pk}/ladung/entwurf/alles/", 404)
    assert not MeetingDocument.everything.exists(), "looking is no event"
    page = site["secretary"].get(page_of(meeting))
    for words in ("Einladung: Entwurf", "Bekanntmachung: Entwurf", *map(str.capitalize, LISTS)):
        assert words in page.words


def test_everybody_with_a_seat_signs_in_by_fraktion(site: Site) -> None:
    meeting = planned(site.house)
    url = reverse("meeting-list-download", args=[meeting.pk, "anwesenheitsliste"])
    text = text_of(site["minutes"].get(url).body)
    for person in s.members(site.house, "social"):
        assert str(person) in text
    assert "hinzugewählt oder sachkundig, ohne Stimmrecht" in text


def test_all_excerpts_of_a_meeting_are_one_document_for_each_part(site: Site) -> None:
    house = site.house
    meeting = s.plan(house, "social")
    urls = [reverse("meeting-list-download", args=[meeting.pk, name]) for name in EXCERPTS]
    assert "noch kein Punkt ein Ergebnis" in site["minutes"].get(urls[0], 409).words
    for public, subject in ((True, "Radweg & Brücke"), (False, SECRET)):
        item = s.paper(house, meeting, "social", f.PRELIMINARY, public=public, subject=subject)
        s.record(house, item, Outcome.RECOMMENDED, (3, 0, 0))
    s.add_item(house, meeting, "social", "Eröffnung", ItemKind.OTHER)
    texts = [text_of(site["minutes"].get(url).body) for url in urls]
    for text, told, untold in zip(
        texts, ("Radweg & Brücke", SECRET), (SECRET, "Radweg & Brücke"), strict=True
    ):
        assert told in text
        assert untold not in text
        assert "vorbehaltlich der Genehmigung des Protokolls" in text
        assert "Abstimmungsergebnis: einstimmig" in text
        assert "Eröffnung" not in text
    page = site["minutes"].get(page_of(meeting)).words
    assert "Alle Auszüge, öffentlicher Teil" in page
    assert "Alle Auszüge, nichtöffentlicher Teil" in page
