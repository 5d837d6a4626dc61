"""Annexes through the draft form: what is refused leaves the draft saved and says why."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.models import Attachment, Proposal
from tests import factories as f
from tests.web.site import Site, address, filled

PDF = b"%PDF-1.4 Plan"


def package(**parts: bytes) -> bytes:
    """Return a Word file with these parts beside its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        zipped.writestr("word/document.xml", "<document/>")
        for name, data in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_", "."), data)
    return buffer.getvalue()


def bomb() -> bytes:
    return package(word__media_bin=b"0" * (201 << 20))


def upload(site: Site, draft: Proposal, name: str, data: bytes, title: str = "Plan") -> str:
    """Attach a file to a draft, whose subject is changed in the same form; return what is said."""
    url = address(draft, "entwurf")
    form = filled(site["clerk"].get(url), subject="Neuer Betreff", attachment_title=title)
    file = SimpleUploadedFile(name, data)
    answer = site["clerk"].client.post(url, {**form, "attachment": file}, follow=True)
    assert answer.status_code in (200, 422)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("Rechnung.exe", lambda: b"MZ\x90\x00", "ist weder PDF noch Word (docx), PNG oder JPEG"),
        ("Bild.svg", lambda: b"<svg onload='x'/>", "ist weder PDF noch Word"),
        ("Seite.html", lambda: b"<script>1</script>", "ist weder PDF noch Word"),
        ("Plan.docx", lambda: PDF, "hat eine Endung, die nicht zu ihrem Inhalt passt"),
        ("Plan.pdf.exe", lambda: PDF, "hat eine Endung, die nicht zu ihrem Inhalt passt"),
        ("Makro.docx", lambda: package(word__vbaProject_bin=b"x"), "enthält Makros"),
        ("Makro.docm", package, "hat eine Endung, die nicht zu ihrem Inhalt passt"),
        ("Mappe.docx", lambda: b"PK\x03\x04 kaputt", "ist beschädigt"),
        ("Groß.pdf", lambda: PDF + b"0" * (25 << 20), "ist größer als 20 MB"),
        ("Bombe.docx", bomb, "ist ungewöhnlich groß gepackt"),
        (
            "Entität.docx",
            lambda: package(a_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
            "enthält eine unzulässige XML-Deklaration",
        ),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_refused_by_its_name(
    site: Site, draft: Proposal, name: str, make: Callable[[], bytes], sentence: str
) -> None:
    said = upload(site, draft, name, make())
    assert f"Der Entwurf ist gespeichert. Die Datei „{name}“ {sentence}" in said
    assert not Attachment.everything.exists()
    assert f.reread(draft).subject == "Neuer Betreff"


@pytest.mark.parametrize(
    ("name", "data", "title", "sentence"),
    [
        ("leer.pdf", b"", "Plan", "Die übertragene Datei ist leer."),
        ("x" * 220 + ".pdf", PDF, "Plan", "höchstens 200 Zeichen"),
        ("Plan.pdf", PDF, "x" * 201, "höchstens 200 Zeichen"),
        ("Plan.pdf", PDF, "Pl\x0ban", "U+000B"),
    ],
)
def test_a_bad_name_or_an_empty_file_is_refused_before_anything_is_saved(
    site: Site, draft: Proposal, name: str, data: bytes, title: str, sentence: str
) -> None:
    assert sentence in upload(site, draft, name, data, title)
    assert f.reread(draft).subject != "Neuer Betreff"
    assert not Attachment.everything.exists()


def test_a_good_file_is_attached_under_a_harmless_name_and_taken_off_again(
    site: Site, draft: Proposal
) -> None:
    upload(site, draft, "../../etc/<b>Plan; X-Y: Ä.pdf", PDF, "")
    row = Attachment.everything.get()
    assert "/" not in row.file_name
    answer = site["clerk"].get(f"/anlagen/{row.pk}/")
    assert (answer.body, answer.headers["Content-Type"]) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "X-Y" not in answer.headers
    page = site["clerk"].get(address(draft, "entwurf"))
    assert "<b>Plan" not in page.html
    site["clerk"].post(address(draft, "entwurf"), {**page.fields, "annexes-0-remove": "on"})
    assert Attachment.everything.get().removed_on is not None
    site["clerk"].get(f"/anlagen/{row.pk}/", 404)
