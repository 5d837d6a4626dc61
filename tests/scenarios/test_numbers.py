"""Scenario 17: one number, given once, and carried everywhere (Wedel)."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from proposals.documents import package
from proposals.documents.checks import text_of
from proposals.models import Audience, NumberAt, Proposal, ProposalVersion
from proposals.rules.errors import RuleViolation
from proposals.rules.sections import Section
from proposals.rules.words import Land, ProposalKind
from proposals.selectors.proposal_page import proposal_page
from proposals.services.documents import rendered, rendered_draft
from tests import factories as f
from tests import signing, versions
from tests.documents.copies import newest

MV = ProposalKind.MITTEILUNGSVORLAGE


@pytest.fixture
def wedel(db: None) -> f.House:
    house = f.make_house("wedel", Land.SH, NumberAt.RELEASE, "{ART}/{JJJJ}/{LFD:3}", "kind_year")
    with f.setting_up(house.municipality):
        house.municipality.suffix_pattern = "-{n}"
        house.municipality.save()
    for _ in range(8):
        f.make_proposal(house, "released", kind=MV)
    return house


def _issued(house: f.House, proposal: Proposal) -> str:
    return text_of(rendered(newest(proposal), Audience.PUBLIC).data)


def test_the_number_is_given_once_and_all_places_carry_it(wedel: f.House) -> None:
    paper = f.make_proposal(wedel, "submitted", kind=MV)
    hint = proposal_page(paper, wedel.user("clerk")).number_hint
    assert hint.startswith("MV/20")
    assert hint.endswith("/000, Nummer bei der Freigabe")
    draft = text_of(rendered_draft(paper, Audience.INTERNAL).data)
    assert "ENTWURF" in draft
    assert "MV/" not in draft

    f.release(wedel, paper)
    paper = f.reread(paper)
    assert paper.number == "MV/2024/009"
    file = rendered(newest(paper), Audience.PUBLIC)
    assert file.number == "MV/2024/009"  # of which the file name is made
    parts = package.read(file.data)
    carrying = {name for name, part in parts.items() if b"MV/2024/009" in part}
    assert {"word/document.xml", "docProps/core.xml"} < carrying
    assert any(name.startswith(("word/footer", "word/header")) for name in carrying)
    assert "/000" not in text_of(file.data)

    # a second round keeps it
    f.check_form(wedel, paper, passed=False, remark="Anlage fehlt")
    f.submit(wedel, paper)
    f.release(wedel, paper)
    assert f.reread(paper).number == "MV/2024/009"


def test_a_later_change_is_a_paper_of_its_own_with_the_suffix_and_a_reference(
    wedel: f.House,
) -> None:
    paper = f.make_proposal(wedel, "in_route", kind=MV)
    before = _issued(wedel, paper)
    supplement = f.make_proposal(wedel, "released", kind=MV, supplements_id=paper.pk, route=())
    assert supplement.number == "MV/2024/009-1"
    text = _issued(wedel, supplement)
    assert "Ergänzung zu MV/2024/009\n" in text
    assert "MV/2024/009-1" in text
    assert _issued(wedel, paper) == before
    page = proposal_page(paper, wedel.user("clerk"))
    assert [(row.words, row.number) for row in page.relations] == [
        ("ergänzt durch", "MV/2024/009-1")
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Fortsetzung der Vorlage Nr. MV/2024/000", "noch der Platzhalter MV/2024/000"),
        ("Fortsetzung der Vorlage Nr. MV/2022/044", "zwei Nummern, MV/2024/009 und MV/2022/044"),
    ],
)
def test_a_document_with_two_numbers_is_not_issued(
    wedel: f.House, settings: LazySettings, tmp_path: Path, typed: str, sentence: str
) -> None:
    source = Path(settings.DOCX_TEMPLATES_DIR) / "neutral" / "vorlage.docx"
    parts = package.read(source.read_bytes())
    marked = {
        name: part.replace("Federführung</w:t>".encode(), f"{typed}</w:t>".encode())
        for name, part in parts.items()
    }
    assert marked != parts
    changed = tmp_path / "wedel" / "mitteilungsvorlage.docx"
    changed.parent.mkdir()
    changed.write_bytes(
        package.assemble([package.packed(name, [part]) for name, part in marked.items()])
    )
    settings.DOCX_TEMPLATES_DIR = tmp_path

    paper = f.make_proposal(wedel, "released", kind=MV)
    with pytest.raises(RuleViolation, match=sentence):
        rendered(newest(paper), Audience.PUBLIC)


def test_a_number_in_a_text_is_a_reference_but_no_placeholder_goes_out(wedel: f.House) -> None:
    texts = {"facts": "<p>Wie in MV/2021/044 berichtet.</p>"}
    paper = f.make_proposal(wedel, "released", kind=MV, texts=texts)
    assert "MV/2021/044" in _issued(wedel, paper)
    texts = {"facts": "<p>Wie in MV/2024/000 berichtet.</p>"}
    paper = f.make_proposal(wedel, "released", kind=MV, texts=texts)
    with pytest.raises(RuleViolation, match="Platzhalter MV/2024/000"):
        _issued(wedel, paper)


def test_no_issued_version_and_no_label_of_one_carries_the_placeholder(wedel: f.House) -> None:
    paper = f.make_proposal(wedel, kind=MV)
    assert "/000" in proposal_page(paper, wedel.user("clerk")).number_hint
    f.submit(wedel, paper)
    f.release(wedel, paper)
    f.check_form(wedel, paper)
    versions.exchange(wedel, paper, kind=MV, texts={Section.FACTS: "<p>Neuer Sachverhalt.</p>"})
    signing.act(wedel.user("secretary"), paper, versions.late_annex("Plan"))

    issued = ProposalVersion.everything.filter(proposal=paper)
    assert issued.count() == 3
    for version in issued:
        assert "/000" not in f"{version} {version.content}"
    for user in ("clerk", "secretary", "deputy"):
        page = proposal_page(f.reread(paper), wedel.user(user))
        told = [page.number, page.number_hint, *page.versions, *page.news, *page.attachments]
        assert page.number == "MV/2024/009"
        assert "/000" not in str(told)
