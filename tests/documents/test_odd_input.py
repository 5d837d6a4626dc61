"""What people really paste: nothing, far too much, signs of all kinds; in each house's paper."""

import re
from pathlib import Path
from typing import Any

import pytest

from proposals.documents.checks import findings, text_of
from proposals.documents.context import ProposalContext
from proposals.documents.render import render
from proposals.documents.samples import Extent, sample
from proposals.documents.template import compile_template
from tests.documents.samples import TEMPLATES

PAPERS = sorted(path for path in TEMPLATES.glob("*/*.docx") if path.stem.endswith("vorlage"))
SIGNS = (
    "Müller & Söhne <GmbH> ]]> {{ 7*7 }} {% raw %} {# x #}",
    "\u202everkehrt\u202c, \u200frechts\u200e und 🚲👩‍👩‍👧",
    "Zeile\nnoch eine\tund ein Tab, weich\u00adgetrennt, fest\u00a0verbunden",
    "&amp; &lt;b&gt; &#0; ${x} %s \\u0041",
    "Straße ﬁ Ǆ ẞ ½ ∑ 漢字 عربى",
)


@pytest.fixture(params=PAPERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def paper(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def printed(paper: Path, context: dict[str, Any]) -> str:
    """Render (it raises for what a tag lost), refuse what is unsound, and return the text."""
    document = render(compile_template(paper.read_bytes()), context)
    assert findings(document) == []
    return text_of(document)


def bare(text: str) -> str:
    """Return the text without what Word keeps as line ends, tabs and hyphens of its own."""
    return re.sub(r"[\s\u00ad]", "", text)


def paper_with(**values: Any) -> dict[str, Any]:
    return {**sample(ProposalContext), "entwurf": False, **values}


@pytest.mark.parametrize("extent", Extent)
def test_a_paper_with_little_or_nothing_in_it_is_sound(paper: Path, extent: Extent) -> None:
    assert printed(paper, sample(ProposalContext, extent)).strip()


@pytest.mark.parametrize("signs", SIGNS)
def test_signs_of_all_kinds_are_text(paper: Path, signs: str) -> None:
    text = printed(paper, paper_with(betreff=signs))
    assert bare(signs) in bare(text)


def test_a_subject_of_six_hundred_signs_is_there_whole(paper: Path) -> None:
    subject = " ".join(f"Maßnahme{number}" for number in range(60))[:600]
    assert subject in printed(paper, paper_with(betreff=subject))


def test_two_hundred_pages_and_five_hundred_positions_are_there_whole(paper: Path) -> None:
    sentence = "Der Kreistag hat im Jahr {} beraten, was daraus folgt und wer es bezahlt."
    lines = [sentence.format(number) for number in range(6_000)]
    html = "".join(f"<p>{line}</p>" for line in lines)
    context: dict[str, Any] = paper_with(sachverhalt=html)
    for section in context["abschnitte"]:
        section |= {"text": html, "finanzen": False}
    position = context["finanzierung"]["positionen"][0]
    context["finanzierung"]["positionen"] = [
        {**position, "text": f"Position {number}"} for number in range(500)
    ]
    text = printed(paper, context)
    assert lines[0] in text
    assert lines[-1] in text
