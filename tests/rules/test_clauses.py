import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.clauses import Clause, ClauseOutcome, clause_outcome, clauses_of, without
from proposals.rules.cleaning import clean_html
from proposals.rules.text import paragraphs_to_html
from proposals.rules.voting import VoteResult

LIST = (
    "<p>Der Kreistag beschließt:</p>"
    "<ol><li>Der Vertrag wird <strong>geschlossen</strong>.</li>"
    "<li><p>Eine Stelle wird geschaffen &amp; besetzt:</p><ol><li>Teilzeit</li></ol></li>"
    "<li>Der Landrat berichtet.</li></ol>"
    "<p>Die Mittel stehen bereit.</p>"
)


def test_the_items_of_a_numbered_list_are_clauses() -> None:
    assert clauses_of(LIST) == [
        Clause(1, "<ol><li>Der Vertrag wird <strong>geschlossen</strong>.</li></ol>"),
        Clause(
            2,
            '<ol start="2"><li><p>Eine Stelle wird geschaffen &amp; besetzt:</p>'
            "<ol><li>Teilzeit</li></ol></li></ol>",
        ),
        Clause(3, '<ol start="3"><li>Der Landrat berichtet.</li></ol>'),
    ]


def test_what_was_carried_keeps_its_numbers() -> None:
    assert without(LIST, {2}) == (
        "<p>Der Kreistag beschließt:</p>"
        "<ol><li>Der Vertrag wird <strong>geschlossen</strong>.</li></ol>"
        '<ol start="3"><li>Der Landrat berichtet.</li></ol>'
        "<p>Die Mittel stehen bereit.</p>"
    )
    assert [clause.number for clause in clauses_of(without(LIST, {2}))] == [1, 3]
    assert without(LIST, []) == LIST
    assert without(LIST, {7}) == LIST
    assert without(LIST, {1, 2, 3}) == (
        "<p>Der Kreistag beschließt:</p><p>Die Mittel stehen bereit.</p>"
    )


def test_paragraphs_that_begin_with_a_number_are_clauses() -> None:
    html = (
        "<p>1. Der Vertrag wird geschlossen.</p><p>Er gilt ein Jahr.</p>"
        "<p><strong>2)</strong>&nbsp;Eine Stelle.</p><ul><li>halb</li></ul>"
        "<p>Die Mittel stehen bereit.</p>"
    )
    assert clauses_of(html) == [
        Clause(1, "<p>1. Der Vertrag wird geschlossen.</p><p>Er gilt ein Jahr.</p>"),
        Clause(2, "<p><strong>2)</strong>&nbsp;Eine Stelle.</p><ul><li>halb</li></ul>"),
    ]
    assert without(html, {2}) == (
        "<p>1. Der Vertrag wird geschlossen.</p><p>Er gilt ein Jahr.</p>"
        "<p>Die Mittel stehen bereit.</p>"
    )


def test_lines_typed_into_an_area_have_clauses_too() -> None:
    html = paragraphs_to_html("Der Rat:\n1. A\n2. B\nmehr zu B\n3. C\n1. Mai 2019 ist Beginn")
    assert [clause.number for clause in clauses_of(html)] == [1, 2, 3]
    assert clauses_of(html)[1].html == '<ol start="2"><li>B</li></ol><p>mehr zu B</p>'
    assert without(html, {2}) == (
        "<p>Der Rat:</p><ol><li>A</li></ol>"
        '<ol start="3"><li>C</li></ol><p>1. Mai 2019 ist Beginn</p>'
    )


def test_a_list_that_counts_from_the_beginning_again_belongs_to_its_clause() -> None:
    html = paragraphs_to_html("1. A\n2. Dazu:\n1. x\n2. y\n3. z\n3. C")
    assert [clause.number for clause in clauses_of(html)] == [1, 2, 3]
    assert clauses_of(html)[1].html == (
        '<ol start="2"><li>Dazu:</li></ol><ol><li>x</li><li>y</li><li>z</li></ol>'
    )
    assert without(html, {2}) == '<ol><li>A</li></ol><ol start="3"><li>C</li></ol>'


@pytest.mark.parametrize(
    "html",
    [
        "",
        "Der Rat beschließt.",
        "<p>Der Rat beschließt den Vertrag vom 3. Mai.</p>",
        "<p>21. Februar 2019</p>",
        "<ul><li>a</li></ul>",
        "<blockquote><ol><li>a</li></ol></blockquote>",
        "<table><tbody><tr><td>1. a</td></tr></tbody></table>",
    ],
)
def test_a_text_without_numbers_has_no_clauses(html: str) -> None:
    assert clauses_of(html) == []
    assert without(html, {1}) == html


def test_results_say_how_much_was_carried() -> None:
    carried, lost = VoteResult.CARRIED, VoteResult.LOST
    assert clause_outcome({1: carried, 2: lost, 3: carried}) == ClauseOutcome.SOME
    assert clause_outcome({1: carried, 2: carried}) == ClauseOutcome.ALL
    assert clause_outcome({1: lost, 2: lost}) == ClauseOutcome.NONE
    assert clause_outcome({2: lost}, rest=carried) == ClauseOutcome.SOME
    assert clause_outcome({2: lost}, rest=lost) == ClauseOutcome.NONE
    assert clause_outcome({}) == ClauseOutcome.ALL


words = st.text(alphabet="ab &<>1.)\xa0", max_size=8)
blocks = st.one_of(
    st.builds("<p>{}</p>".format, words),
    st.builds("<p>{}. {}</p>".format, st.integers(0, 9), words),
    st.builds(
        '<ol start="{}"><li>{}</li><li><p>{}</p></li></ol>'.format, st.integers(0, 9), words, words
    ),
    st.builds("<ul><li>{}</li></ul>".format, words),
    st.builds("{}<br>".format, words),
    st.builds("<em>{}</em>".format, words),
    words,
)
wordings = st.lists(blocks, max_size=6).map("".join).map(clean_html)


@given(wordings, st.sets(st.integers(0, 10)))
def test_what_was_lost_is_gone_and_the_rest_stays(html: str, lost: set[int]) -> None:
    before = clauses_of(html)
    assert [clause.number for clause in before] == sorted({clause.number for clause in before})
    after = without(html, lost)
    assert clean_html(after) == after.strip()
    kept = [clause for clause in before if clause.number not in lost]
    assert all(clause.html.strip() in after for clause in kept if "<ol" not in clause.html)
    assert len(after) <= len(html) + 20 * len(before)


@given(st.text(alphabet="<>/polibra1.& \n", max_size=40))
def test_anything_can_be_read(text: str) -> None:
    clauses_of(text)
    without(text, {1})
