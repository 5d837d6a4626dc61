"""LibreOffice opens what we write and prints it on paper."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from proposals.documents.context import ProposalContext
from proposals.documents.render import render
from proposals.documents.template import Template
from tests.documents.samples import decided, neutral, sample, wittmund

pytestmark = pytest.mark.office

WITTMUND = (
    *("BESCHLUSSVORLAGE", "Beratungsfolge", "Betreff:", "Sachverhalt:", "Finanzierung:"),
    *("Haushaltsmittel", "Beschlussvorschlag:", "Abstimmungsergebnis:", "Anlagenverzeichnis:"),
)
NEUTRAL = (
    *("BESCHLUSSVORLAGE", "Beratungsfolge", "Beschlussvorschlag", "Sachverhalt", "Anlagen"),
    *("Finanzielle Auswirkungen", "Stellen", "Förderung", "Fristen"),
)


def pages(document: bytes, folder: Path) -> list[str]:
    """Return the text of each page of the printed document."""
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    assert soffice, "LibreOffice is missing"
    assert pdftotext, "pdftotext is missing"
    source = folder / "vorlage.docx"
    source.write_bytes(document)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, str(source)], check=True, capture_output=True, timeout=120)
    printed = subprocess.run(
        [pdftotext, "-layout", str(folder / "vorlage.pdf"), "-"], check=True, capture_output=True
    )
    return printed.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize(
    ("template", "context", "headings"),
    [
        (wittmund(), sample(), WITTMUND),
        (wittmund(), decided(), WITTMUND),
        (neutral(), sample(), NEUTRAL),
        (neutral(), decided(), (*NEUTRAL, "Ergebnisse der Beratung", "Abstimmungsergebnisse")),
    ],
)
def test_both_forms_print_with_all_headings_and_page_numbers(
    template: Template, context: ProposalContext, headings: tuple[str, ...], tmp_path: Path
) -> None:
    printed = pages(render(template, context), tmp_path)
    assert len(printed) <= 3
    whole = "\n".join(printed)
    for heading in headings:
        assert heading in whole
    for number, page in enumerate(printed, 1):
        assert f"Seite {number} von {len(printed)}" in page
        assert re.search(r"Vorlage\s0085/2018", page)


@pytest.mark.parametrize("repeats", [1, 2, 3, 5, 12])
def test_signature_and_votes_share_a_page_with_the_end_of_the_resolution(
    repeats: int, tmp_path: Path
) -> None:
    context = sample()
    context["sachverhalt"] *= repeats
    printed = pages(render(wittmund(), context), tmp_path)
    together = [page for page in printed if "Folgejahren anzupassen" in page]
    assert len(together) == 1
    for words in ("gez. Muster, Martina", "Abstimmungsergebnis:", "Fraktion", "Enth.:"):
        assert words in together[0]
    assert len(re.findall("Enth.:", together[0])) == 4


@pytest.mark.parametrize("left_out", [(), ("fristen",), ("fristen", "foerderung")])
@pytest.mark.parametrize("repeats", [1, 2, 3])
def test_no_signature_stands_alone_on_a_page_and_no_page_stays_half_empty(
    repeats: int, left_out: tuple[str, ...], tmp_path: Path
) -> None:
    context = sample()
    context["abschnitte"][1]["text"] *= repeats
    if "fristen" in left_out:
        context["fristen"] = []
    if "foerderung" in left_out:
        context["foerderung"] = None
    printed = pages(render(neutral(), context), tmp_path)
    before = {0: "Antrag auf Zuweisung", 1: "Zuweisung des Landes", 2: "Fachkraft der Anlaufstelle"}
    (signed,) = [page for page in printed if "gez. Muster, Martina" in page]
    assert "Wittmund, den 09.11.2018" in signed
    assert before[len(left_out)] in signed
    assert all(len(page.splitlines()) > 35 for page in printed[:-1])
