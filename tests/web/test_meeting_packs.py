"""Sitzungsmappe: what is in it for whom, and who may have it."""

import io
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from proposals.documents import pdf, store
from proposals.documents.checks import findings, text_of
from proposals.models import Audience, Document, Meeting, Proposal
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.services.attachments import StoredFile, attach
from proposals.services.meeting_pack import meeting_pack
from tests import factories as f
from tests import sittings as s
from tests.documents.test_pack import blank, outline
from tests.web.site import Site

OK, FORBIDDEN, LATE = HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT
SECRET = "Grundstueck am Kanal"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Print nothing but note the text of each Word file that would have been."""
    texts: list[str] = []

    def note(documents: Sequence[bytes]) -> list[bytes]:
        for document in documents:
            assert findings(document) == []
        texts.extend(map(text_of, documents))
        return [blank(1) for _ in documents]

    monkeypatch.setattr("proposals.services.meeting_pack.pdfs_of", note)
    return texts


def annex(house: f.House, paper: Proposal, title: str, data: bytes, **values: Any) -> None:
    kind = values.pop("kind", "application/pdf")
    attach(
        actor=house.user("clerk"),
        proposal=paper,
        title=title,
        file_name=f"{title}.pdf",
        file=StoredFile(store.put(data), kind, len(data)),
        **values,
    )


def evening(house: f.House) -> Meeting:
    """Return a meeting of the Sozialausschuss with a public paper and one behind closed doors."""
    meeting = s.plan(house, "social")
    open_paper = f.make_proposal(house, subject="Jugendzentrum")
    annex(house, open_paper, "Lageplan", blank(2))
    annex(house, open_paper, "Foto", b"\x89PNG", kind="image/png", alt_text="Das Haus")
    annex(house, open_paper, "Beschaedigt", b"%PDF-1.4 annex")
    annex(house, open_paper, "Gutachten geheim", blank(1), public=False)
    texts = {Section.FACTS: f"<p>{SECRET}</p>", Section.WORDING: f"<p>{SECRET}.</p>"}
    closed = f.make_proposal(house, public=False, subject=SECRET, texts=texts)
    for paper in (open_paper, closed):
        f.submit(house, paper)
        f.release(house, f.reread(paper))
        f.check_form(house, f.reread(paper))
        s.add_paper(house, meeting, f.reread(paper), "social")
    s.add_item(house, meeting, "social", "Mitteilungen")
    return s.again(meeting)


def test_the_public_one_holds_nothing_that_is_not_public(
    house: f.House, printed: list[str]
) -> None:
    meeting = evening(house)
    whole = meeting_pack(meeting, Audience.PUBLIC)
    marks = [title for title, _, _ in outline(whole)]
    assert len(printed) == 2
    everything = "\n".join([*printed, *marks, whole.decode("latin-1")])
    for secret in (SECRET, "Gutachten", "Interne Ausfertigung"):
        assert secret not in everything
    for known in ("Jugendzentrum", "Mitteilungen", "Anlage 1: Lageplan"):
        assert known in printed[0]
    assert "Foto (liegt nicht als PDF vor und ist nicht eingebunden)" in printed[0]
    assert "Beschaedigt (lässt sich nicht einbinden)" in printed[0]
    assert [mark for mark in marks if "Anlage" in mark] == ["Anlage 1: Lageplan"]


def test_the_internal_one_holds_every_paper_with_its_annexes(
    house: f.House, printed: list[str]
) -> None:
    meeting = evening(house)
    whole = meeting_pack(meeting, Audience.INTERNAL)
    marks = outline(whole)
    assert [level for _, _, level in marks] == [0, 0, 1, 1, 0]
    assert len(PdfReader(io.BytesIO(whole)).pages) == 1 + 1 + 2 + 1 + 1
    assert SECRET in printed[0]
    assert SECRET in printed[2]
    assert marks[3][0] == "Anlage 4: Gutachten geheim"
    assert not Document.everything.exists(), "looking is no event"


def test_a_meeting_without_papers_has_no_mappe(house: f.House, printed: list[str]) -> None:
    meeting = s.plan(house, "social")
    s.add_item(house, meeting, "social", "Mitteilungen")
    with pytest.raises(RuleViolation, match="keine Vorlage, die in die Mappe gehört"):
        meeting_pack(s.again(meeting), Audience.INTERNAL)
    assert printed == []


def test_who_may_have_which_one_finds_it_on_the_page_of_the_meeting(
    site: Site, printed: list[str]
) -> None:
    meeting = evening(site.house)
    page, public, internal = (
        f"/sitzungen/{meeting.pk}/{part}" for part in ("", "mappe/public/", "mappe/internal/")
    )
    early = site["deputy"].client.get(public)
    assert early.status_code == LATE
    assert "sobald die Einladung verschickt ist" in early.content.decode()
    assert public not in site["deputy"].client.get(page).content.decode()
    s.invite(site.house, meeting)

    answer = site["deputy"].client.get(public)
    assert (answer.status_code, answer["Content-Type"]) == (OK, "application/pdf")
    assert "_oeffentlich.pdf" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    assert public in site["deputy"].client.get(page).content.decode()
    for user in ("deputy", "clerk", "minutes"):
        assert site[user].client.get(internal).status_code == FORBIDDEN, user
        assert internal not in site[user].client.get(page).content.decode()
    for user in ("head", "secretary", "auditor"):
        assert site[user].client.get(internal).status_code == OK, user
        assert internal in site[user].client.get(page).content.decode()


def test_without_libreoffice_the_page_says_why_there_is_no_pdf(site: Site) -> None:
    paper = f.make_proposal(site.house, "in_route")
    for address in (f"/vorlagen/{paper.pk}/pdf/public/", f"/vorlagen/{paper.pk}/pdf/internal/"):
        answer = site["head"].client.get(address)
        assert answer.status_code == LATE
        assert pdf.MISSING in answer.content.decode()
        assert address in site["head"].client.get(f"/vorlagen/{paper.pk}/").content.decode()


def test_papers_of_a_mappe_cost_at_most_six_queries_each(
    house: f.House, printed: list[str]
) -> None:
    meeting, counts = s.plan(house, "social"), []
    for papers in (2, 4):
        for _ in range(papers):
            s.add_paper(house, meeting, f.make_proposal(house, "in_route"), "social")
        with CaptureQueriesContext(connection) as taken:
            meeting_pack(s.again(meeting), Audience.INTERNAL)
        counts.append(len(taken))
    for query in taken.captured_queries:
        print(query["sql"][:400])
    print(counts)
    assert (counts[1] - counts[0]) / 4 <= 6


@pytest.mark.office
def test_a_real_mappe_has_contents_papers_and_annexes(
    house: f.House, tmp_path: Any, settings: Any
) -> None:
    meeting = evening(house)
    whole = meeting_pack(meeting, Audience.INTERNAL)
    reader = PdfReader(io.BytesIO(whole))
    assert "Inhalt" in reader.pages[0].extract_text()
    assert SECRET in "\n".join(page.extract_text() for page in reader.pages)
    assert [level for _, _, level in outline(whole)] == [0, 0, 1, 1, 0]
