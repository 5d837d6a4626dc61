"""The page of all placeholders is what the code says today."""

import re

import pytest

from proposals.documents import filters, sandbox
from proposals.documents.inspection import inspect
from proposals.documents.reference import reference
from proposals.services.word_templates import TEMPLATE_FORMS, reference_groups
from tests.architecture.source import ROOT
from tests.documents.building import template

PAGE = ROOT / "docs" / "reference" / "word-placeholders.md"
PRINTED = re.compile(r"`(\{\{p? .*?\}\})`")


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(reference_groups()), (
        "manage.py word_reference --output docs/reference/word-placeholders.md"
    )


def test_every_filter_stands_on_the_page() -> None:
    table = reference([]).partition("## Filter")[2]
    named = set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE))
    assert named == sandbox.sandbox().filters.keys() - {filters.PARAGRAPHS}


@pytest.mark.parametrize("document", TEMPLATE_FORMS)
def test_what_the_page_shows_may_be_copied_into_a_template(document: str) -> None:
    """Every value that stands at the top, and every list with all that is in it."""
    context_type = TEMPLATE_FORMS[document].context_type
    page = reference([("Felder", context_type)]).partition("## Felder")[2]
    blocks: list[str] = []
    closing: list[str] = []
    for line in page.splitlines():
        cell = line.partition("| ")[2].partition(" |")[0]
        depth = cell.count("· ")
        if "`" not in cell:
            continue
        while len(closing) > depth:
            blocks.append(closing.pop())
        written = cell.partition("`")[2].rstrip("`")
        if written.startswith("{%p"):
            blocks.append(written)
            closing.append("{%p endfor %}" if " for " in written else "{%p endif %}")
        elif written.startswith("{%"):
            blocks.append(f"{written} x {{% endif %}}")
        else:
            blocks.append(written)
    blocks += reversed(closing)
    assert len(blocks) > 8
    assert inspect(template(*blocks), context_type).faults == []
