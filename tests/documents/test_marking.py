"""Marks in a wording: what a committee changed is bold and nothing else is."""

import re

from proposals.documents.marking import changes_in_bold, quoted

BEFORE = (
    "<p>Die Stelle wird <strong>eingerichtet</strong>.</p>"
    "<ol><li>Eine Stelle.</li><li>Budget 10 € &amp; mehr.</li></ol>"
)


def text(html: str) -> str:
    return re.sub(r"<[^>]+>", "|", html)


def test_what_is_new_is_bold_and_what_was_bold_is_not() -> None:
    after = (
        "<p>Die Stelle wird <strong>eingerichtet</strong> und befristet.</p>"
        "<ol><li>Zwei <em>halbe</em> Stellen.</li><li>Budget 10 € &amp; mehr.</li>"
        "<li>Bericht.</li></ol>"
    )
    html, marked = changes_in_bold(BEFORE, after)
    assert marked
    bold = re.findall(r"<strong>(.*?)</strong>", html)
    assert " ".join(word.strip() for word in bold) == ("und befristet. Zwei halbe Stellen Bericht.")
    assert text(html).replace("|", "") == text(after).replace("|", ""), "no word is lost"
    assert html.count("<li>") == 3


def test_what_was_only_left_out_leaves_nothing_bold() -> None:
    html, marked = changes_in_bold("<p>Erst dies, dann das.</p>", "<p>Erst dies.</p>")
    assert (html, marked) == ("<p>Erst dies.</p>", False)
    same, marked = changes_in_bold(BEFORE, BEFORE)
    assert (text(same).replace("|", ""), marked) == (text(BEFORE).replace("|", ""), False)


def test_without_anything_before_everything_is_new() -> None:
    html, marked = changes_in_bold("", "<p>Neu &lt;b&gt;.</p>")
    assert (html, marked) == ("<p><strong>Neu &lt;b&gt;.</strong></p>", True)


def test_a_wording_is_quoted_from_its_first_word_to_its_last() -> None:
    assert quoted("<p>Eins.</p><p>Zwei.</p>") == "<p>„Eins.</p><p>Zwei.“</p>"
    assert quoted("<ol><li><em>A</em> b</li></ol>") == "<ol><li><em>„A</em> b“</li></ol>"
    assert quoted("<p>x</p>") == "<p>„x“</p>"
    assert quoted("<p></p>") == "<p></p>"
