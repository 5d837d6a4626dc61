"""Every kind of document: nothing missing, nothing unsound, each line where it is expected."""

import importlib
import inspect
import os
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

import pytest

import proposals.services
from proposals.documents.checks import findings, text_of
from proposals.rules.documents import MeetingDocumentKind
from proposals.rules.words import ProposalKind
from proposals.services.meeting_lists import MeetingList
from proposals.services.meeting_pack import meeting_pack
from proposals.services.rendering import Rendered
from proposals.services.word_templates import TEMPLATE_FORMS
from tests.documents.outline import outline
from tests.documents.papers import PAPERS, Paper
from tests.documents.samples import GOLDEN, TEMPLATES
from tests.documents.test_redline import lines
from tests.documents.words import missing

EACH = pytest.mark.parametrize("name", PAPERS)
PROVEN = {kind for paper in PAPERS.values() for kind in paper.kinds}


def lost(paper: Paper, document: bytes, data: Any) -> list[tuple[str, str]]:
    """Return what of the data is not in the document; of struck words none counts."""
    return missing(text_of(document), data, paper.left_out, paper.context_type)


@EACH
def test_every_string_of_the_data_is_in_a_sound_document(name: str) -> None:
    paper = PAPERS[name]
    made = paper.made()
    assert findings(made) == []
    assert lost(paper, made, paper.data()) == []
    other = {**paper.data(), "kommune": "Etwas anderes"}
    assert ("kommune", "Etwas anderes") in lost(paper, made, other)


@EACH
def test_a_document_prints_what_its_golden_outline_says(name: str) -> None:
    """Set GOLDEN=write to write the outlines anew; then read the difference."""
    path = GOLDEN / f"{name}.txt"
    printed = outline(PAPERS[name].made())
    if os.environ.get("GOLDEN") == "write":
        path.write_text(printed, encoding="utf-8")
    assert printed == path.read_text(encoding="utf-8")


def test_no_golden_outline_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == PAPERS.keys()


def test_the_changes_of_a_committee_accepted_are_its_paper_and_rejected_the_old_one() -> None:
    paper = PAPERS["aenderungen"]
    assert paper.before is not None
    old, new = PAPERS["neutral-versand"].made(), Paper(**{**vars(paper), "before": None}).made()
    assert lines(old) != lines(new)
    assert lines(paper.made(), turned=False) == lines(new)
    assert lines(paper.made(), turned=True) == lines(old)


def makers() -> Iterator[Callable[..., Any]]:
    """Yield every use case that fills a template for somebody who asks for it."""
    package = proposals.services
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("rendered") and get_type_hints(function)["return"] is Rendered:
                yield function


def test_every_kind_of_document_that_the_product_makes_is_among_the_samples() -> None:
    """A new kind without a sample would go unproven: give it a row in papers.py."""
    on_request = {maker for maker in makers() if maker.__name__ != "rendered_list"}
    assert len(on_request) > 5
    made = {*ProposalKind, *MeetingDocumentKind, *MeetingList, *on_request, meeting_pack}
    assert made <= PROVEN, made - PROVEN


def test_every_template_is_among_the_samples() -> None:
    used = {
        (path.parent.name, path.stem)
        for paper in PAPERS.values()
        if (path := paper.path()).is_file()
    }
    there = {(path.parent.name, path.stem) for path in TEMPLATES.glob("*/*.docx")}
    assert used == there
    assert {paper.document for paper in PAPERS.values()} == TEMPLATE_FORMS.keys()
