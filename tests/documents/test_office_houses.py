"""LibreOffice prints each house's form: covers, running heads, signatures that stay together."""

from pathlib import Path

import pytest

from proposals.documents.context_meeting import SheetContext
from proposals.documents.render import render
from proposals.documents.template import compile_template
from tests.documents import meeting_samples
from tests.documents.houses import BERGKAMEN, COESFELD, WEDEL
from tests.documents.samples import TEMPLATES, sample
from tests.documents.test_office import pages

pytestmark = pytest.mark.office


@pytest.mark.parametrize("repeats", [1, 4])
def test_all_who_sign_for_bergkamen_sign_on_the_deckblatt(repeats: int, tmp_path: Path) -> None:
    data = BERGKAMEN.data(sample)
    data["abschnitte"][1]["text"] *= repeats
    cover, text, *_ = pages(render(BERGKAMEN.template(), data), tmp_path)
    for words in ("In Vertretung", "Muster", "Amtsleiterin", "Sachbearbeiter"):
        assert words in cover
    assert "Beschlussvorschlag:" in text
    assert "Beschlussvorschlag:" not in cover


def test_wedel_has_a_cover_and_a_running_head_from_page_two(tmp_path: Path) -> None:
    data = WEDEL.data(sample)
    data["abschnitte"][0]["text"] *= 150
    cover, *others = pages(render(WEDEL.template(), data), tmp_path)
    assert "MITTEILUNGSVORLAGE" in cover
    assert "Inhalt der Mitteilung" not in cover
    assert "Fortsetzung" not in cover
    assert len(others) > 1
    assert all("Fortsetzung der Vorlage Nr." in page for page in others)
    assert "Anlage/n" in others[-1]


@pytest.mark.parametrize("repeats", [1, 2, 3])
def test_the_signature_of_coesfeld_never_stands_alone(repeats: int, tmp_path: Path) -> None:
    data = COESFELD.data(sample)
    data["abschnitte"][1]["text"] *= repeats
    printed = pages(render(COESFELD.template(), data), tmp_path)
    (signed,) = [page for page in printed if "gez. Muster, Martina" in page]
    assert "Antrag auf Zuweisung" in signed


def test_the_sheet_of_oelde_is_one_page(tmp_path: Path) -> None:
    template = compile_template(
        (TEMPLATES / "oelde" / "beschlusstext.docx").read_bytes(), SheetContext
    )
    assert len(pages(render(template, meeting_samples.sheet()), tmp_path)) == 1
