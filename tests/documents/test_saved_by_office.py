"""A house that works with LibreOffice: its templates are opened, saved and uploaded again."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from proposals.documents.checks import text_of
from proposals.documents.context import ProposalContext
from proposals.documents.context_meeting import MinutesContext
from proposals.documents.render import render
from proposals.documents.samples import sample
from proposals.documents.template import compile_template
from proposals.documents.trial import trial
from tests.documents.samples import TEMPLATES

pytestmark = pytest.mark.office

PAGES = re.compile(r"Seite\s\d+\svon\s\d+")  # LibreOffice writes what it has counted


def saved_again(source: Path, folder: Path) -> bytes:
    """Return the file as LibreOffice writes it."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is missing"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = [soffice, "--headless", profile, "--convert-to", "docx:MS Word 2007 XML"]
    subprocess.run(
        [*convert, "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (folder / source.name).read_bytes()


@pytest.mark.parametrize(
    ("name", "context_type"),
    [
        ("wittmund/beschlussvorlage.docx", ProposalContext),
        ("neutral/vorlage.docx", ProposalContext),
        ("neutral/protokoll.docx", MinutesContext),
    ],
)
def test_a_template_saved_by_libreoffice_is_accepted_and_prints_the_same_words(
    name: str, context_type: Any, tmp_path: Path
) -> None:
    original = (TEMPLATES / name).read_bytes()
    saved = saved_again(TEMPLATES / name, tmp_path)
    assert saved != original
    done = trial(saved, context_type)
    assert done.faults == ()
    before = text_of(render(compile_template(original, context_type), sample(context_type)))
    assert sorted(PAGES.sub("Seite", done.text).split()) == sorted(
        PAGES.sub("Seite", before).split()
    )
