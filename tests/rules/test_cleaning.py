"""Formatted text in its one form: what a reader sees alike is alike."""

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proposals.rules.cleaning import TAGS, clean_html
from proposals.rules.text import html_to_paragraphs, paragraphs_to_html, typed_to_html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p><b>fett</b> <i>kursiv</i></p>", "<p><strong>fett</strong> <em>kursiv</em></p>"),
        ("<h1>Titel</h1><h2>Teil</h2>", "<h3>Titel</h3><h3>Teil</h3>"),
        ("<h5>klein</h5><div>Absatz</div>", "<h4>klein</h4><p>Absatz</p>"),
        ("bloßer Text", "<p>bloßer Text</p>"),
        ("davor<p>drin</p>", "<p>davor</p><p>drin</p>"),
        (
            "eine Zeile\nund noch eine<p>drin</p>",
            "<p>eine Zeile</p><p>und noch eine</p><p>drin</p>",
        ),
        ("<p></p><p>&nbsp;</p><p>a<br></p>", "<p>a</p>"),
        ("<script>böse()</script><p onclick='x'>gut</p>", "<p>gut</p>"),
        ('<p><a href="javascript:x()">l</a></p>', "<p><a>l</a></p>"),
        ("<em><p>x</p></em>", "<p><em>x</em></p>"),
        ("<li>ohne Liste</li>", "<ul><li>ohne Liste</li></ul>"),
        ("<blockquote>Zitat</blockquote>", "<blockquote><p>Zitat</p></blockquote>"),
        (
            "<table><caption>Titel</caption><tr><td>1</td></tr></table>",
            "<p>Titel</p><table><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        ('<ol start="1" type="a"><li>x</li></ol>', "<ol><li>x</li></ol>"),
        ('<ol start="4"><li>x</li></ol>', '<ol start="4"><li>x</li></ol>'),
    ],
)
def test_what_means_the_same_becomes_an_allowed_element(typed: str, kept: str) -> None:
    assert clean_html(typed) == kept


@pytest.mark.parametrize(
    ("editor", "stored"),
    [
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        (
            "<ul><li><p>a</p><ol><li><p>b</p></li></ol></li></ul>",
            "<ul><li>a<ol><li>b</li></ol></li></ul>",
        ),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        (
            '<table><tbody><tr><th colspan="1" rowspan="1"><p>K</p></th></tr></tbody></table>',
            "<table><thead><tr><th>K</th></tr></thead></table>",
        ),
    ],
)
def test_an_editor_and_a_typist_write_the_same_bytes(editor: str, stored: str) -> None:
    assert clean_html(editor) == clean_html(stored)


def test_a_head_cell_says_what_it_heads() -> None:
    html = clean_html("<table><tr><th>Jahr</th></tr><tr><th>2019</th><td>1</td></tr></table>")
    assert '<th scope="col">Jahr</th>' in html
    assert '<th scope="row">2019</th>' in html


def test_cells_over_several_columns_or_rows_stay_so() -> None:
    html = clean_html('<table><tr><td colspan="2" rowspan="x">1</td></tr></table>')
    assert '<td colspan="2">1</td>' in html


def test_text_nested_too_deep_stays_without_its_markup() -> None:
    assert "unten" in html_to_paragraphs(clean_html("<ul><li>" * 3000 + "unten"))
    assert "unten" in clean_html("<div><strong><table><tr><td>" * 900 + "unten")


pieces = st.recursive(
    st.sampled_from(["Wort", "zwei Worte ", " ", "\n", "&amp;", "&nbsp;", "<br>", "1 < 2", "ß"]),
    lambda inside: st.tuples(
        st.sampled_from([*sorted(TAGS - {"br"}), "div", "b", "h1", "span"]), st.lists(inside)
    ).map(lambda part: f"<{part[0]}>{''.join(part[1])}</{part[0]}>"),
    max_leaves=12,
)


def _letters(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[a-z/][^>]*>", "", html)))


@settings(max_examples=300)
@given(st.lists(pieces, max_size=4).map("".join))
@example("<li><blockquote><li>Wort</li></blockquote></li>")
def test_cleaned_twice_is_cleaned_once_and_no_letter_is_lost(html: str) -> None:
    once = clean_html(html)
    assert clean_html(once) == once
    assert sorted(_letters(once)) == sorted(_letters(html))
    lines = re.sub(r"(^|\n)\s*((-|\d+\.) )+", r"\1", html_to_paragraphs(once)).replace("|", "")
    assert sorted(re.sub(r"\s+", "", lines)) == sorted(_letters(once))


@given(st.text(max_size=60))
def test_plain_lines_have_their_one_form_already(plain: str) -> None:
    html = clean_html(paragraphs_to_html(plain))
    assert clean_html(html) == html


def test_markup_is_markup_only_where_a_whole_block_stands() -> None:
    assert typed_to_html("<b>A & B</b>") == "<p>&lt;b&gt;A &amp; B&lt;/b&gt;</p>"
    assert typed_to_html("weniger als <p oder so") == "<p>weniger als &lt;p oder so</p>"
    assert typed_to_html("- eins\r\n- zwei") == "<ul><li>eins</li><li>zwei</li></ul>"
    assert clean_html(typed_to_html("neu\r\n<p>alt</p>")) == "<p>neu</p><p>alt</p>"


def test_a_list_within_a_list_and_a_table_are_read_line_by_line() -> None:
    html = (
        "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>"
        "<table><tbody><tr><th>x</th><td>y</td></tr></tbody></table><h3>Z</h3>"
    )
    assert html_to_paragraphs(html) == "- a\n  - b\n- c d\n\nx | y\n\nZ"
