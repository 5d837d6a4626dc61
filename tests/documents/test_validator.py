"""Microsoft's own validator reads every template and every kind of document."""

import json
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from proposals.documents.context import ProposalContext
from proposals.documents.render import render
from proposals.documents.samples import Extent, sample
from proposals.documents.template import compile_template
from proposals.services.word_templates import TEMPLATE_FORMS
from tests.documents.papers import PAPERS

pytestmark = pytest.mark.office

PROGRAMS = settings.BASE_DIR / "node_modules" / "@xarsh"
TEMPLATES = sorted((settings.BASE_DIR / "templates" / "docx").glob("*/*.docx"))


def findings(document: Path) -> list[str]:
    """Return what the validator says of a Word file."""
    (program,) = PROGRAMS.glob("ooxml-validator-*/ooxml-validator")
    done = subprocess.run([program, document], capture_output=True, timeout=120, check=False)
    report = json.loads(done.stdout)
    return [f"{error['path']}: {error['description']}" for error in report["errors"]]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_template_of_ours_is_valid(template: Path) -> None:
    assert findings(template) == []


def test_the_validator_finds_what_is_wrong(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(TEMPLATES[0].read_bytes()[:-200])
    assert findings(broken)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
@pytest.mark.parametrize("extent", Extent)
def test_a_document_of_each_kind_is_valid(template: Path, extent: Extent, tmp_path: Path) -> None:
    form = TEMPLATE_FORMS.get(template.stem)
    kind = form.context_type if form else ProposalContext
    document = tmp_path / "filled.docx"
    filled = render(compile_template(template.read_bytes(), kind), sample(kind, extent))
    document.write_bytes(filled)
    assert findings(document) == []


@pytest.mark.parametrize("name", PAPERS)
def test_a_sample_of_each_kind_has_no_more_findings_than_its_template(
    name: str, tmp_path: Path
) -> None:
    document = tmp_path / "sample.docx"
    document.write_bytes(PAPERS[name].made())
    own = findings(PAPERS[name].path())
    assert [finding for finding in findings(document) if finding not in own] == []
