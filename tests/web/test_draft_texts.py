"""The texts of a draft: formatted, cleaned, and the same bytes where nobody changed them."""

from html import unescape

import pytest

from proposals.models import Proposal, ProposalText
from proposals.rules.sections import Section
from tests import factories as f
from tests.web.site import Site, address

RICH = (
    "<h3>Lage</h3><p>Ein <strong>fetter</strong>, <em>kursiver</em> und <u>unterstrichener</u> "
    'Satz mit <a href="https://www.example.org/?a=1&amp;b=2">Link</a>.</p>'
    "<ul><li>eins<ol><li>darin</li></ol></li><li>zwei</li></ul>"
    '<table><tbody><tr><th scope="col">Jahr</th><th scope="col">Euro</th></tr>'
    "<tr><td>2019</td><td>10.000&nbsp;€</td></tr></tbody></table><h4>Ende</h4>"
)


def text(proposal: Proposal, section: Section) -> str:
    return ProposalText.everything.get(proposal=proposal, section=section).html


def test_formatted_text_is_kept_and_an_unchanged_save_changes_no_byte(
    site: Site, draft: Proposal
) -> None:
    url = address(draft, "entwurf")
    site["clerk"].send(url, then="stay", facts=RICH)
    assert text(draft, Section.FACTS) == RICH
    page = site["clerk"].get(url)
    assert page.value("facts") == RICH
    sent = {**page.fields, "then": "stay", "facts": RICH.replace(">", ">", 1)}
    site["clerk"].post(url, sent)
    assert text(draft, Section.FACTS) == RICH


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p onclick='x()'>gut<script>böse()</script></p>", "<p>gut</p>"),
        ('<p><a href="javascript:böse()">l</a><img src=x></p>', "<p><a>l</a></p>"),
        ('<h1 style="color:red" class="MsoTitle">Titel</h1>', "<h3>Titel</h3>"),
        ("zwei\r\nZeilen", "<p>zwei</p><p>Zeilen</p>"),
        ("<b>kein Markup</b>", "<p>&lt;b&gt;kein Markup&lt;/b&gt;</p>"),
        ("<p></p>", ""),
    ],
)
def test_what_is_sent_is_cleaned_whatever_sent_it(
    site: Site, draft: Proposal, typed: str, kept: str
) -> None:
    site["clerk"].send(address(draft, "entwurf"), then="stay", alternatives=typed)
    rows = ProposalText.everything.filter(proposal=draft, section=Section.ALTERNATIVES)
    assert (rows[0].html if rows else "") == kept


def test_a_control_character_is_refused_and_nothing_typed_is_lost(
    site: Site, draft: Proposal
) -> None:
    typed = "<p>oben</p>\n<p>unten\x0b</p>"
    page = site["clerk"].send(
        address(draft, "entwurf"), 422, then="stay", facts=typed, subject="Neu"
    )
    assert "in Zeile 2 das unsichtbare Zeichen U+000B" in page.words
    assert (
        unescape(page.value("facts")) == typed.replace("\n", "\r\n") or page.value("facts") == typed
    )
    assert page.value("subject") == "Neu"


def test_a_line_more_keeps_what_is_typed(site: Site, draft: Proposal) -> None:
    page = site["clerk"].send(
        address(draft, "entwurf"), 200, add="cost", facts=RICH, subject="Noch offen"
    )
    assert (page.value("facts"), page.value("subject")) == (RICH, "Noch offen")
    assert f.reread(draft).subject != "Noch offen"
