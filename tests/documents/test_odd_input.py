"""What people really paste: nothing, far too much, signs of all kinds; in each kind of document."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape, unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from pypdf import PdfReader

from proposals.documents.checks import findings, text_of
from proposals.documents.context import ProposalContext, rich_paths
from proposals.documents.pdf import pdf_of
from proposals.documents.render import render
from proposals.documents.samples import Extent, sample
from proposals.documents.template import compile_template
from proposals.documents.wml import legal
from tests.documents.papers import PAPERS
from tests.documents.samples import TEMPLATES
from tests.documents.words import leaves

FORMS = sorted(path for path in TEMPLATES.glob("*/*.docx") if path.stem.endswith("vorlage"))
SIGNS = (
    "Müller & Söhne <GmbH> ]]> {{ 7*7 }} {% raw %} {# x #}",
    "\u202everkehrt\u202c, \u200frechts\u200e und 🚲👩‍👩‍👧",
    "Zeile\nnoch eine\tund ein Tab, weich\u00adgetrennt, fest\u00a0verbunden",
    "&amp; &lt;b&gt; &#0; ${x} %s \\u0041",
    "Straße ﬁ Ǆ ẞ ½ ∑ 漢字 عربى",
    "\x07Glocke\x00 und\x0c \ud800 halb\ufffe, </w:t><w:p> <!-- x -->",
)
SUBJECT = " ".join(f"Maßnahme{number}" for number in range(60))[:600]
SENTENCE = "Der Kreistag hat im Jahr {} beraten, was daraus folgt und wer es bezahlt."
LINES = [SENTENCE.format(number) for number in range(8_000)]
SHORT = {"ja", "nein", "enthaltung", "top", "zeichen"}  # figures and signs that nobody types freely


@pytest.fixture(params=FORMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def paper(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def printed(paper: Path, context: dict[str, Any]) -> str:
    """Render (it raises for what a tag lost), refuse what is unsound, and return the text."""
    document = render(compile_template(paper.read_bytes()), context)
    assert findings(document) == []
    return text_of(document)


def replaced(value: Any, words: str, rich: frozenset[str], path: str = "") -> Any:
    """Return the data with `words` and a number for each text, as HTML where that is expected."""
    if isinstance(value, Mapping):
        return {
            key: replaced(one, words, rich, f"{path}.{key}" if path else key)
            for key, one in value.items()
        }
    if isinstance(value, list):
        return [replaced(one, words, rich, path) for one in value]
    if not isinstance(value, str) or not value or path.rpartition(".")[2] in SHORT:
        return value
    words = f"{words} {crc32(value.encode())}"  # the same text twice gets the same number
    if path in rich:
        cell = escape(words)
        return f"<p>{cell}</p><ol><li>{cell}</li></ol><table><tr><td>{cell}</td></tr></table>"
    return words


def huge() -> dict[str, Any]:
    """Return a paper of more than two hundred pages with five hundred positions."""
    html = "".join(f"<p>{line}</p>" for line in LINES)
    context: dict[str, Any] = paper_with(sachverhalt=html)
    first, second = context["abschnitte"]
    first |= {"text": html, "finanzen": False}
    second |= {"text": "", "finanzen": True}
    position = context["finanzierung"]["positionen"][0]
    context["finanzierung"]["positionen"] = [
        {**position, "text": f"Position {number}"} for number in range(500)
    ]
    return context


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
    assert bare(legal(signs)) in bare(text)


def test_a_subject_of_six_hundred_signs_is_there_whole(paper: Path) -> None:
    assert len(SUBJECT) == 600
    assert SUBJECT in printed(paper, paper_with(betreff=SUBJECT))


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("signs", [*SIGNS, SUBJECT])
def test_any_signs_in_every_text_of_every_kind_of_document_are_there(name: str, signs: str) -> None:
    row = PAPERS[name]
    rich = frozenset(rich_paths(row.context_type))
    odd = replaced(row.data(), signs, rich)
    document = replace(row, data=lambda: odd).made()
    assert findings(document) == []
    text, plain = bare(text_of(document)), replaced(row.data(), legal(signs), rich)
    lost = {
        path
        for path, words in leaves(plain, rich)
        if bare(unescape(words) if path in rich else words) not in text
    }
    left_out = row.left_out | {"entwurf"}
    assert [
        path for path in lost if not any(f"{path}.".startswith(f"{n}.") for n in left_out)
    ] == []


def test_two_hundred_pages_and_five_hundred_positions_are_there_whole(paper: Path) -> None:
    text = printed(paper, huge())
    assert [line for line in LINES if line not in text] == []
    if "Position 0" in text:
        assert all(f"Position {number}\n" in text for number in range(500))
    else:
        assert paper.parent.name in ("bergkamen", "wittmund") or "mitteilung" in paper.stem


@pytest.mark.office
def test_libreoffice_prints_more_than_two_hundred_pages_with_the_head_of_the_table_on_each(
    settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    form = compile_template((TEMPLATES / "neutral" / "vorlage.docx").read_bytes())
    pages = PdfReader(BytesIO(pdf_of(render(form, huge())))).pages
    assert len(pages) > 200
    texts = [page.extract_text() for page in pages]
    with_positions = [text for text in texts if re.search(r"Position \d", text)]
    assert len(with_positions) > 10
    assert all("Jahr" in text and "Betrag" in text for text in with_positions), "repeated heads"
    assert f"Seite {len(pages)} von {len(pages)}" in texts[-1].replace("\xa0", " ")
