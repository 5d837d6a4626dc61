"""Versions on the pages: exchange, correction, late annex, comparison, and who sees what of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.documents import store
from proposals.models import Attachment, Exchange, Proposal
from proposals.rules.consultation import Outcome
from proposals.services.attachments import StoredFile, attach
from tests import factories as f
from tests import signing as s
from tests import versions as v
from tests.factories import House
from tests.web.site import Site, address, filled, state_of

PDF = b"%PDF-1.4 Plan"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def paper(site: Site) -> Proposal:
    return f.make_proposal(site.house, "in_route")


def test_an_exchange_from_the_draft_page_to_the_members(site: Site, paper: Proposal) -> None:
    clerk, head, member = site["clerk"], site["head"], site["deputy"]
    assert "Austauschfassung vorbereiten" in clerk.get(address(paper)).words
    assert "Austauschfassung vorbereiten" not in site["treasurer"].get(address(paper)).words
    url = address(paper, "entwurf")
    page = clerk.get(url)
    assert "ausgegeben ist Fassung 1" in page.words
    assert "zur Mitzeichnung geben" not in page.words
    form = filled(page, facts="<p>Neuer Sachverhalt.</p>", then="present")
    refused = clerk.post(url, form, 422)
    assert "was an der Fassung neu ist" in refused.words
    assert "Neuer Sachverhalt." in refused.html
    assert f.reread(paper).revision == paper.revision

    clerk.post(url, {**form, "exchange_note": "Zahlen berichtigt"})
    exchange = Exchange.everything.get()
    assert "Zahlen berichtigt" not in member.get(address(paper)).html
    member.get(f"{address(paper, 'fassungen')}?mit=2", 404)
    clerk.get(url, 409)
    step = address(paper, "austauschfassung", exchange.pk)
    asked = head.get(step)
    assert "Fassung 2 soll an die Stelle von Fassung 1 treten" in asked.words
    assert "Neuer" in asked.words
    nothing = head.post(step, filled(asked, decision="no"), 409)
    assert "warum die Fassung nicht ausgetauscht wird" in nothing.words
    assert (
        "Name auf der Vorlage: Dieses Feld ist zwingend erforderlich"
        in head.post(step, filled(asked, decision="yes", signature_name=""), 422).words
    )
    head.post(step, filled(asked, decision="yes", signature_name="Landrätin"))

    shown = member.get(address(paper))
    assert "Neue Fassung vom" in shown.words
    assert "Zahlen berichtigt" in shown.words
    assert "Neuer Sachverhalt." in shown.words
    compared = member.get(f"{address(paper, 'fassungen')}?von=1&mit=2")
    assert "Fassung 1 vom" in compared.words
    assert "eingefügt: Neuer" in compared.words
    assert "Prüfsummen" in shown.words
    assert "clerk" not in shown.words


def test_what_says_the_same_is_not_presented_and_nothing_typed_is_lost(
    site: Site, paper: Proposal
) -> None:
    url = address(paper, "entwurf")
    form = filled(site["clerk"].get(url), exchange_note="Gar nichts", then="present")
    page = site["clerk"].post(url, form, 409)
    assert "sagt dasselbe wie die ausgegebene Fassung" in page.words
    assert page.fields["exchange_note"] == ["Gar nichts"]
    assert not Exchange.everything.exists()


def test_a_typing_error_is_mended_from_the_form_check(site: Site) -> None:
    paper = f.make_proposal(site.house, "released")
    secretary = site["secretary"]
    assert "Redaktionell korrigieren" in secretary.get(address(paper, "formpruefung")).words
    url = address(paper, "korrektur")
    page = secretary.get(url)
    before = state_of(paper)
    refused = secretary.post(url, filled(page, facts="<p>Besser.</p>", reason=""), 422)
    assert "Besser." in refused.html
    assert "was Sie korrigiert haben" in refused.words
    same = secretary.post(url, filled(page, reason="Nichts"), 409)
    assert "Es ist nichts geändert" in same.words
    assert state_of(paper) == before
    secretary.post(url, filled(page, facts="<p>Besser.</p>", reason="Tippfehler"))
    assert v.issued(paper).number == 2
    assert "redaktionelle Korrektur" in secretary.get(address(paper)).words
    assert "Neue Fassung" not in secretary.get(address(paper)).words, "nobody had the old one"


def test_the_wording_stays_once_a_committee_dealt_with_it(site: Site, paper: Proposal) -> None:
    f.treat(site.house, f.station(paper, "social"), Outcome.RECOMMENDED)
    url = address(paper, "korrektur")
    form = filled(site["secretary"].get(url), wording="<p>Anders.</p>", reason="Tippfehler")
    page = site["secretary"].post(url, form, 409)
    assert "hat schon ein Gremium beraten" in page.words
    assert "Anders." in page.html


def test_a_late_annex_is_shown_as_late(site: Site, paper: Proposal) -> None:
    clerk, url = site["clerk"], address(paper, "anlage-nachreichen")
    page = clerk.get(url)
    values = {**filled(page), "title": "Lageplan"}
    picture = {**values, "file": SimpleUploadedFile("plan.png", PNG)}
    refused = clerk.post(url, picture, 409)
    assert "was auf dem Bild „Lageplan“ zu sehen" in refused.words
    assert refused.fields["title"] == ["Lageplan"]
    clerk.post(url, {**values, "file": SimpleUploadedFile("plan.exe", b"MZ")}, 409)
    clerk.post(url, {**values, "file": SimpleUploadedFile("plan.pdf", PDF)})
    row = Attachment.everything.get(proposal=paper)
    shown = site["deputy"].get(address(paper))
    assert f"nachgereicht am {row.added_on:%d.%m.%Y}" in shown.words
    assert f"/anlagen/{row.pk}/" in shown.html
    assert "Anlage nachgereicht am" in shown.words


def test_annexes_are_described_and_ordered_on_the_draft_page(site: Site) -> None:
    draft = f.make_proposal(site.house)
    first, second = (v.annexed(site.house, draft, word) for word in ("A", "B"))
    url = address(draft, "entwurf")
    page = site["clerk"].get(url)
    refused = site["clerk"].post(url, filled(page, annexes_0_title=" ", subject="Neu"), 422)
    assert "einen Titel" in refused.words
    assert refused.fields["subject"] == ["Neu"]
    changes = {"annexes_0_number": "3", "annexes_0_title": "Anhang", "annexes_1_public": None}
    site["clerk"].post(url, {k: w for k, w in filled(page, **changes).items() if w is not None})
    rows = Attachment.everything.filter(proposal=draft).order_by("position")
    assert [(row.pk, row.title, row.public) for row in rows] == [
        (second.pk, "B", False),
        (first.pk, "Anhang", True),
    ]


def test_neither_title_nor_file_of_a_closed_annex_leaks(site: Site, other_body: None) -> None:
    paper = f.make_proposal(site.house, route=(("social", f.PRELIMINARY), ("main", f.DECISION)))
    data = b"%PDF-1.4 GEHEIMDATEI"
    file = StoredFile(store.put(data), "application/pdf", len(data))
    clerk = site.house.user("clerk")
    row = attach(
        actor=clerk,
        proposal=paper,
        title="GEHEIMTITEL",
        file_name="GEHEIMNAME.pdf",
        file=file,
        public=False,
    )
    f.submit(site.house, paper)
    f.release(site.house, paper)
    f.check_form(site.house, paper)
    s.change(site.house, paper, texts=v.NEW_FACTS, route=(("social", f.PRELIMINARY),))
    v.present(site.house, paper)
    v.decide(site.house, paper)
    outside, inside = site["adviser"], site["deputy"]
    assert "GEHEIMTITEL" in inside.get(address(paper)).words
    assert inside.get(f"/anlagen/{row.pk}/").body == data
    for url in (address(paper), f"{address(paper, 'fassungen')}?von=1&mit=2", "/vorlagen/"):
        assert "GEHEIM" not in outside.get(url).html
    outside.get(f"/anlagen/{row.pk}/", 404)
    public = outside.get(address(paper, "word", "public")).body
    assert b"GEHEIM" not in public


@pytest.fixture
def other_body(house: House) -> None:
    """Somebody who sees papers of the house, and sits in no body of the route."""
    from proposals.models import MembershipKind

    f.make_member(house, "adviser", "board", MembershipKind.CO_OPTED, voting=False)
