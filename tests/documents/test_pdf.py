"""Printing through LibreOffice: tagged, once for each document, and a sentence where it fails."""

import io
import time
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from proposals.documents import pdf
from proposals.documents.render import render
from proposals.rules.errors import RuleViolation
from tests.documents.building import template
from tests.documents.samples import decided, neutral, sample, wittmund
from tests.documents.structure import kinds_of

# writes what it was given as "PDF", notes each run, and can be told to fail or to hang
PROGRAM = """#!/bin/sh
echo "$@" >> "{log}"
while [ "$1" != "--outdir" ]; do shift; done
mkdir -p "$2"; out="$2"; shift 2
{act}
for file in "$@"; do cp "$file" "$out/$(basename "$file" .docx).pdf"; done
"""


@pytest.fixture
def log(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "log"


def office(monkeypatch: pytest.MonkeyPatch, log: Path, act: str = "") -> None:
    """Put a program in the place of LibreOffice."""
    path = log.parent / "office"
    path.write_text(PROGRAM.format(log=log, act=act))
    path.chmod(0o700)
    monkeypatch.setattr(pdf, "PROGRAMS", (str(path),))


def test_without_libreoffice_one_sentence_says_so(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "PROGRAMS", ("no-office-here",))
    with pytest.raises(RuleViolation) as refusal:
        pdf.pdf_of(template("x"))
    assert refusal.value.message == pdf.MISSING


def test_each_document_is_printed_once_and_ten_at_most_in_one_run(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(monkeypatch, log)
    documents = [f"Dokument {number}".encode() for number in range(23)]
    assert pdf.pdfs_of(documents) == documents
    runs = log.read_text().splitlines()
    assert [run.count(".docx") for run in runs] == [10, 10, 3]
    profiles = {word for run in runs for word in run.split() if "UserInstallation" in word}
    assert len(profiles) == 3, "no two runs wait for each other"

    assert pdf.pdfs_of([*documents[:2], b"neu", b"neu"]) == [*documents[:2], b"neu", b"neu"]
    assert log.read_text().splitlines()[3].count(".docx") == 1
    monkeypatch.setattr(pdf, "PROGRAMS", ())
    assert pdf.pdf_of(documents[0]) == documents[0], "what is printed needs no program"


@pytest.mark.parametrize("act", ["exit 77", "exit 0"])
def test_a_program_that_fails_or_writes_nothing_leaves_a_sentence_and_no_file(
    act: str, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(monkeypatch, log, act)
    with pytest.raises(RuleViolation) as refusal:
        pdf.pdf_of(b"Dokument")
    assert refusal.value.message == pdf.FAILED
    assert not (log.parent / "files").exists()


def test_when_time_is_over_the_program_ends_with_all_that_it_started(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = log.parent / "late"
    office(monkeypatch, log, f"(sleep 2; touch '{late}') & sleep 30")
    monkeypatch.setattr(pdf, "START_SECONDS", 0)
    monkeypatch.setattr(pdf, "SECONDS_EACH", 1)
    with pytest.raises(RuleViolation) as refusal:
        pdf.pdf_of(b"Dokument")
    assert refusal.value.message == pdf.LATE
    time.sleep(1.5)
    assert not late.exists()


@pytest.mark.office
@pytest.mark.parametrize(
    ("form", "context", "heads"),
    [(wittmund(), sample(), 2), (neutral(), decided(), 5)],
    ids=["wittmund", "neutral"],
)
def test_a_real_pdf_is_tagged_with_headings_and_heads_of_tables(
    form: Any, context: Any, heads: int, log: Path
) -> None:
    document = render(form, context)
    reader = PdfReader(io.BytesIO(pdf.pdf_of(document)))
    root: Any = reader.root_object
    assert str(root["/Lang"]) == "de-DE"
    assert reader.metadata is not None
    assert "0085/2018" in (reader.metadata.title or "")
    assert reader.metadata.author == "Landkreis Wittmund"
    kinds = kinds_of(root)
    assert {"/H1", "/H2"} & set(kinds)
    assert kinds.count("/TH") >= heads
    assert reader.outline, "headings are bookmarks"
    whole = "\n".join(page.extract_text() for page in reader.pages)
    assert "Anlauf" in whole
