import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from proposals.rules.text import (
    html_to_paragraphs,
    objection_to_text,
    paragraphs_to_html,
)

typed = st.text(
    st.one_of(st.sampled_from("-*•.)&<>{}\"' \n\n\t0123ab\u00a0"), st.characters(codec="utf-8")),
    max_size=80,
)
list_lines = st.lists(
    st.sampled_from(
        [
            "- eins",
            "* zwei",
            "• drei",
            "1. a",
            "2. b",
            "3) c",
            "7. g",
            "Text",
            "",
            "21. Mai",
            "- - d",
        ]
    ),
    max_size=12,
).map("\n".join)


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("", ""),
        ("Ein Satz.", "<p>Ein Satz.</p>"),
        ("Eins.\nZwei.\r\n\r\nDrei.", "<p>Eins.</p><p>Zwei.</p><p>Drei.</p>"),
        (
            "Ziele:\n- eins\n* zwei\n• drei",
            "<p>Ziele:</p><ul><li>eins</li><li>zwei</li><li>drei</li></ul>",
        ),
        ("1. a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("1. a\n5. e", '<ol><li>a</li></ol><ol start="5"><li>e</li></ol>'),
        ("- a\n\n- b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("21. Februar 2019 beschlossen", "<p>21. Februar 2019 beschlossen</p>"),
        ("2019. Jahr", "<p>2019. Jahr</p>"),
        ("-kein Punkt\n1.5 Stellen", "<p>-kein Punkt</p><p>1.5 Stellen</p>"),
    ],
)
def test_lines_become_paragraphs_and_lists(plain: str, html: str) -> None:
    assert paragraphs_to_html(plain) == html


def test_what_looks_like_markup_stays_what_was_typed() -> None:
    assert paragraphs_to_html("{{ 7*7 }}") == "<p>{{ 7*7 }}</p>"
    assert paragraphs_to_html("<b>A & B</b>") == "<p>&lt;b&gt;A &amp; B&lt;/b&gt;</p>"
    assert html_to_paragraphs("<p>&lt;b&gt;A &amp; B&lt;/b&gt;</p>") == "<b>A & B</b>"
    assert html_to_paragraphs(paragraphs_to_html("&amp; &#x80; &nbsp;")) == "&amp; &#x80; &nbsp;"


def test_html_from_elsewhere_keeps_its_text() -> None:
    html = "<h3>Titel</h3>\n<p>Ein <strong>fetter</strong> Satz,<br>zwei&nbsp;Zeilen.</p>"
    assert html_to_paragraphs(html) == "Titel\n\nEin fetter Satz,\nzwei\u00a0Zeilen."
    assert html_to_paragraphs("<ol start='4'><li><p>vier</p></li><li>fünf</li></ol>") == (
        "4. vier\n5. fünf"
    )
    assert html_to_paragraphs("<ol start='x'><li>eins</li></ol>") == "1. eins"
    assert html_to_paragraphs("nur Text") == "nur Text"


@given(st.one_of(typed, list_lines))
def test_html_made_from_typed_text_comes_back_unchanged(plain: str) -> None:
    html = paragraphs_to_html(plain)
    back = html_to_paragraphs(html)
    assert paragraphs_to_html(back) == html
    assert html_to_paragraphs(paragraphs_to_html(back)) == back


@given(st.lists(st.text("abc äöü<&{}.", min_size=1).map(str.strip).filter(bool)))
def test_paragraphs_come_back_exactly_as_typed(paragraphs: list[str]) -> None:
    plain = "\n\n".join(paragraphs)
    assert html_to_paragraphs(paragraphs_to_html(plain)) == plain


def test_a_control_character_is_named_with_field_and_line() -> None:
    refused = objection_to_text("Zeile 1\nKopiert\x0baus Word", "Sachverhalt")
    assert refused is not None
    assert "„Sachverhalt“" in refused.message
    assert "Zeile 2" in refused.message
    assert "Zeichen U+000B" in refused.message

    surrogate = objection_to_text("a\ud800", "Betreff")
    assert surrogate is not None
    assert "U+D800" in surrogate.message


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% x %}", "Tab\tund\r\nZeile", "½ – „ä“ 😀", "\u00a0\u00ad", ""]
)
def test_everything_people_can_read_is_legal(text: str) -> None:
    assert objection_to_text(text, "Betreff") is None


@given(st.text(st.characters(codec=None)))
def test_what_is_legal_stands_in_a_word_document(text: str) -> None:
    if objection_to_text(text, "Betreff") is None:
        run = etree.Element("t")
        run.text = text  # raises ValueError for what XML cannot hold
