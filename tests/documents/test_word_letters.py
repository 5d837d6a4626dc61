"""Every sign of a Word file arrives in a part or is named; nothing is lost without a word."""

import io
import tracemalloc
from collections.abc import Callable
from html import unescape

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.documents.reading_word import read_word
from proposals.documents.render import render
from proposals.documents.template import compile_template
from proposals.documents.word_losses import letters
from proposals.rules.cleaning import clean_html
from proposals.rules.errors import RuleViolation
from proposals.rules.from_word import SUBJECT, arranged
from proposals.rules.markup import text_of, tree
from proposals.rules.sections import Section
from tests.documents.building import paragraph, run, table
from tests.documents.samples import FACTS, RESOLUTION, TEMPLATES, sample
from tests.documents.wordfiles import TITLES, bold, heading, inserted, listed, numbering, read, word


@pytest.mark.parametrize(
    "words",
    [
        "&<]]>",
        "{{ 7*7 }} {% raw %}",
        "שלום \u200fund\u200e zurück",
        "👩‍👧 🇩🇪",
        "<b>kein Markup</b>",
    ],
)
def test_odd_signs_are_text(words: str) -> None:
    (found,) = read(paragraph(words)).found
    written = found.html
    assert text_of(tree(written)) == words
    assert clean_html(written) == written


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["plain", "bold", "heading", "item", "cell", "box", "hidden", "ins"]),
            st.text(
                st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")),
                min_size=1,
                max_size=12,
            ),
        ),
        max_size=8,
    )
)
def test_every_visible_letter_arrives_or_is_named(parts: list[tuple[str, str]]) -> None:
    make: dict[str, Callable[[str], str]] = {
        "plain": paragraph,
        "bold": bold,
        "heading": lambda w: paragraph(w, look='<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        "item": lambda w: listed(w, 40),
        "cell": lambda w: table([paragraph(w), paragraph("x")]),
        "box": lambda w: (
            f"<w:p><w:r><w:pict><w:txbxContent>{paragraph(w)}</w:txbxContent></w:pict></w:r></w:p>"
        ),
        "hidden": lambda w: paragraph(run(w, "<w:rPr><w:vanish/></w:rPr>")),
        "ins": lambda w: paragraph(inserted(run(w))),
    }
    blocks = [make[kind](words) for kind, words in parts]
    text = read(numbering((40, "bullet")), *blocks)
    shown = "".join(
        [one.heading + unescape(text_of(tree(one.html))) for one in text.found]
    ) + "".join(text.notes)
    missing = letters("".join(words for _, words in parts)) - letters(shown)
    assert not missing


@pytest.mark.parametrize("house", ["neutral", "wittmund", "bergkamen", "wedel", "coesfeld"])
def test_a_paper_of_this_product_reads_back_with_its_sections(house: str) -> None:
    name = "vorlage.docx" if house == "neutral" else "beschlussvorlage.docx"
    template = compile_template((TEMPLATES / house / name).read_bytes())
    text = read_word(name, render(template, sample()), TITLES.knows)
    parts = {part.target: part for part in arranged(text.found, TITLES) if part.target}
    assert parts[Section.FACTS].html == clean_html(FACTS)
    assert parts[Section.WORDING].html == clean_html(RESOLUTION)
    if house in ("neutral", "wittmund", "wedel"):  # the others print it in a table
        assert parts[SUBJECT].words == sample()["betreff"]


def test_two_hundred_pages_are_read_in_bounded_memory() -> None:
    sentence = "Der Kreistag hat die Verwaltung gebeten, ein Konzept zu erarbeiten. " * 6
    blocks = [paragraph(sentence) for _ in range(200 * 7)]
    data = word(heading("Sachverhalt"), *blocks)
    tracemalloc.start()
    text = read_word("lang.docx", data, TITLES.knows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert text.found[0].html.count("<p>") == len(blocks)
    assert peak < 120 << 20


def test_a_loss_in_the_reader_is_a_refusal_and_never_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("proposals.documents.reading_word.html_of", lambda pieces: "weg")
    with pytest.raises(RuleViolation, match="ginge Text verloren"):
        read("Ein Satz.")


def test_a_file_with_nothing_in_it_has_no_parts() -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    assert read_word("leer.docx", buffer.getvalue(), TITLES.knows).found == ()
