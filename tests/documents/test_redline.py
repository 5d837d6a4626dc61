"""A redline: accepting all gives the new text, rejecting all the old one."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.documents import package, revisions
from proposals.documents.checks import findings, paragraph_text
from proposals.documents.redline import redlined
from proposals.documents.render import render
from proposals.documents.template import Template
from proposals.documents.wml import W
from tests.documents.building import DOCUMENT
from tests.documents.samples import neutral, sample, wittmund

DAY = date(2018, 11, 22)
OLD = (
    "<p>Die Verwaltung stellt <strong>10.000 €</strong> bereit.</p>"
    "<ol><li>Standort suchen</li><li>Kosten <em>prüfen</em></li></ol>"
    "<p>Der Ausschuss wird unterrichtet.</p>"
)
NEW = (
    "<p>Die Verwaltung stellt <strong>25.000 €</strong> zusätzlich bereit.</p>"
    "<ol><li>Standort suchen</li><li>Kosten prüfen</li><li>Träger finden</li></ol>"
    '<p>Bericht bis 31.12. <a href="https://landkreis.example">hier</a> {{ 7*7 }} &amp; mehr.</p>'
)
TABLE = "<table><tr><th>Jahr</th><th>Euro</th></tr><tr><td>2019</td><td>{}</td></tr></table>"


def filled(form: Template, html: str) -> bytes:
    context = sample()
    context["beschlussvorschlag"] = html
    for section in context["abschnitte"]:
        if "eschluss" in section["titel"]:
            section["text"] = html
    return render(form, context)


def lines(document: bytes, *, turned: bool | None = None) -> list[str]:
    """Return the text of each paragraph that has one; all changes accepted, or rejected."""
    data = package.read(document)[DOCUMENT].decode()
    if turned:  # to reject is to accept the opposite
        data = re.sub(r"<(/?)w:(ins|del)(?=[ >/])", _turned, data)
        data = data.replace("w:delText", "w:t")
    root = package.parse(data.encode())
    if turned is not None:
        revisions.accept(root)
    return [text for p in root.iter(W + "p") if (text := paragraph_text(p))]


def _turned(match: re.Match[str]) -> str:
    return f"<{match[1]}w:{'del' if match[2] == 'ins' else 'ins'}"


CHANGES = [
    (OLD, NEW),
    (NEW, OLD),
    ("<p>Nur dies.</p>", "<p>Ganz etwas anderes steht nun hier.</p>"),
    ("", "<p>Neu.</p>"),
    ("<p>Alt.</p>", ""),
    (TABLE.format("10"), TABLE.format("12")),
    (TABLE.format("10"), "<p>Keine Tabelle.</p>"),
    ("<p>Keine Tabelle.</p>", TABLE.format("10")),
    ("<p>Erste Zeile<br>zweite Zeile</p>", "<p>Erste Zeile<br>andere Zeile</p>"),
    (
        "<ol start='5'><li>a</li></ol><p>x</p><ol><li>eins</li><li>zwei</li></ol>",
        "<p>x</p><ol><li>eins</li><li>drei</li></ol>",
    ),
]


@pytest.mark.parametrize("form", [wittmund(), neutral()], ids=["wittmund", "neutral"])
@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_accepting_gives_the_new_text_and_rejecting_the_old_one(
    form: Template, old: str, new: str
) -> None:
    before, after = filled(form, old), filled(form, new)
    redline = redlined(before, after, author="Sozialausschuss", day=DAY)
    assert findings(redline) == []
    assert lines(redline, turned=False) == lines(after)
    assert lines(redline, turned=True) == lines(before)
    data = package.read(redline)[DOCUMENT].decode()
    marks = re.findall(r"<w:(?:ins|del) ([^>]*?)/?>", data)
    assert marks
    for mark in marks:
        assert 'w:author="Sozialausschuss" w:date="2018-11-22T00:00:00Z"' in mark
    ids = re.findall(r'<w:(?:ins|del) w:id="(\d+)"', data)
    assert len(set(ids)) == len(marks)


def test_only_what_changed_is_marked_and_equal_files_carry_no_mark() -> None:
    before, after = filled(neutral(), OLD), filled(neutral(), NEW)
    data = package.read(redlined(before, after, author="A & „B“", day=DAY))[DOCUMENT].decode()
    gone = re.findall(r"<w:delText[^>]*>([^<]*)<", data)
    assert "10.000" in "".join(gone)
    assert "Die Verwaltung stellt" not in "".join(gone)
    assert "prüfen" in gone, "its look has changed"
    assert 'w:author="A &amp; „B“"' in data
    same = package.read(redlined(before, before, author="A", day=DAY))[DOCUMENT].decode()
    assert "<w:ins" not in same
    assert "<w:del" not in same


WORDS = st.lists(st.sampled_from(["Kreis", "Haus", "10", "€", ".", "Jahr", "und"]), max_size=6)
TEXT = st.lists(WORDS.map(lambda words: f"<p>{' '.join(words)}</p>"), max_size=4).map("".join)


@settings(max_examples=25, deadline=None)
@given(TEXT, TEXT)
def test_any_two_texts_come_back(old: str, new: str) -> None:
    before, after = filled(neutral(), old), filled(neutral(), new)
    redline = redlined(before, after, author="A", day=DAY)
    assert lines(redline, turned=False) == lines(after)
    assert lines(redline, turned=True) == lines(before)
