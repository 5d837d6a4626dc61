"""The page of the Word templates, as the administration of the master data uses it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape

from proposals.documents import pdf
from proposals.documents.checks import text_of
from proposals.documents.reference import known_filters, placeholders
from proposals.models import TemplateInForce, WordTemplate
from proposals.services.word_templates import reference_groups
from tests import factories as f
from tests.documents.building import template
from tests.services.test_word_templates import upload
from tests.web.site import Page, Site
from tests.web.test_queries import queries

URL = "/word-vorlagen/"
MOST = 16


def send(site: Site, *blocks: str, expect: int = 302, name: str = "Neu.docx") -> Page:
    """Upload a template of these blocks for the Protokoll."""
    file = SimpleUploadedFile(name, template(*blocks) if blocks else b"MZ")
    sent = {"document": "protokoll", "file": file, "note": "Zeile für die Kämmerei"}
    return site["administrator"].post(URL, sent, expect)


def test_a_template_is_uploaded_tried_looked_at_put_in_force_and_taken_back(site: Site) -> None:
    office = site["administrator"]
    supplied = office.get(f"{URL}protokoll/datei/")
    page = office.get(URL)
    assert "Protokoll die mitgelieferte Herunterladen" in page.words

    send(site, "{{ vorsitz }} leitet.", "{{ sitzung }}")
    version = WordTemplate.objects.get()
    below = f"{URL}version/{version.pk}/"
    page = office.get(below)
    for words in ("Protokoll, Version 1", "nicht in Kraft", "Zeile für die Kämmerei", "Neu.docx"):
        assert words in page.words
    assert "Nicht verwendet werden: anwesenheit, art," in page.words
    preview = office.get(f"{below}probe/")
    assert text_of(preview.body) == "Vorsitz leitet.\n12. Sitzung"
    assert "Probe_protokoll_Version-1.docx" in preview.headers["Content-Disposition"]
    assert office.get(f"{below}datei/").body == template("{{ vorsitz }} leitet.", "{{ sitzung }}")
    assert office.get(f"{URL}protokoll/datei/").body == supplied.body

    office.post(f"{below}in-kraft/")
    assert "Version 1, seit" in office.get(URL).words
    assert office.get(f"{URL}protokoll/datei/").body == office.get(f"{below}datei/").body
    assert "ist schon in Kraft" in office.post(f"{below}in-kraft/", expect=409).words

    office.post(f"{URL}protokoll/mitgelieferte/")
    assert not TemplateInForce.objects.exists()
    assert office.get(f"{URL}protokoll/datei/").body == supplied.body
    assert (
        "schon die mitgelieferte" in office.post(f"{URL}protokoll/mitgelieferte/", expect=409).words
    )
    office.get(f"{URL}unbekannt/datei/", expect=404)


def test_every_fault_is_said_and_nothing_typed_is_lost(site: Site) -> None:
    page = send(site, "{{ vorsiz }}", "{{ sitzng }}", expect=409)
    assert len(page.complaints) == 2
    assert "gemeint ist wohl „vorsitz“" in page.complaints[0]
    assert (page.value("document"), page.value("note")) == ("protokoll", "Zeile für die Kämmerei")
    assert "kein lesbares Word-Dokument" in send(site, expect=409).complaints[0]
    page = site["administrator"].post(URL, {"document": "protokoll"}, expect=422)
    assert "Word-Datei" in page.complaints[0]
    big = SimpleUploadedFile("Groß.docx", b"0" * (11 << 20))
    sent = {"document": "protokoll", "file": big}
    assert "größer als 10 MB" in site["administrator"].post(URL, sent, 422).complaints[0]
    assert not WordTemplate.objects.exists()


def test_another_house_has_none_of_it(site: Site) -> None:
    version = upload(site.house, "{{ betreff }}")
    other = Site(f.make_house("anderswo"))
    assert "Version 1" not in other["administrator"].get(URL).words
    for path in ("", "datei/", "probe/", "probe/pdf/"):
        other["administrator"].get(f"{URL}version/{version.pk}/{path}", expect=404)
        site["clerk"].get(f"{URL}version/{version.pk}/{path}", expect=403)
    other["administrator"].post(f"{URL}version/{version.pk}/in-kraft/", expect=404)
    site["clerk"].post(f"{URL}version/{version.pk}/in-kraft/", expect=403)
    site["clerk"].post(f"{URL}protokoll/mitgelieferte/", expect=403)


def test_the_trial_may_be_had_as_pdf_or_one_sentence_says_why_not(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = upload(site.house, "{{ betreff }}")
    url = f"{URL}version/{version.pk}/probe/pdf/"
    office = site["administrator"]
    assert f'href="{url}"' in office.get(f"{URL}version/{version.pk}/").html
    assert pdf.MISSING in office.get(url, expect=409).words

    printed: list[bytes] = []

    def note(document: bytes) -> bytes:
        printed.append(document)
        return b"%PDF-1.7"

    monkeypatch.setattr("proposals.views.word_templates.pdf_of", note)
    page = office.get(url)
    assert page.body == b"%PDF-1.7"
    assert page.headers["Content-Type"] == "application/pdf"
    assert "_Version-1.pdf" in page.headers["Content-Disposition"]
    assert "Beratung neu zugezogener Familien" in text_of(printed[0])


def test_every_placeholder_stands_on_a_page_that_the_upload_leads_to(site: Site) -> None:
    url = f"{URL}platzhalter/"
    office = site["administrator"]
    assert office.get(URL).html.count(f'href="{url}"') == 2
    page = office.get(url)
    for end in ("{%p endfor %}", "{%p endif %}", "{%tr for … %}"):
        assert f"<code>{end}</code>" in page.html
    for heading, context_type in reference_groups():
        assert heading in page.words
        for row in placeholders(context_type):
            assert f"<code>{escape(row.written)}</code>" in page.html, row
    for known in known_filters():
        assert f"<code>{escape(known.name)}</code>" in page.html
        assert f"<code>{escape(known.example)}</code>" in page.html
    for user in ("clerk", "head", "secretary", "deputy"):
        site[user].get(url, expect=403)


def test_the_list_takes_a_constant_number_of_queries(site: Site) -> None:
    upload(site.house, "{{ betreff }}")
    few = queries(site, URL, "administrator")
    for number in range(5):
        upload(site.house, "{{ betreff }}" + "!" * number, document="antrag")
    assert queries(site, URL, "administrator") == few <= MOST
