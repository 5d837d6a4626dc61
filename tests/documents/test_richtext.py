"""Formatted text becomes paragraphs of the house's own styles."""

import re

import pytest

from proposals.documents import package
from proposals.documents.checks import findings, text_of
from proposals.documents.faults import TemplateFault
from proposals.documents.resources import Resources
from proposals.documents.wml import W, Wml
from tests.documents.building import body, filled, lines, paragraph
from tests.documents.samples import neutral

TAG = "{{p sachverhalt }}"


def numbered(html: str) -> list[tuple[str, int, str]]:
    """Return style, list level and text of each paragraph, with the numbers Word would print."""
    document = filled(TAG, sachverhalt=html)
    assert findings(document) == []
    numbering = package.parse(package.read(document)["word/numbering.xml"])
    starts = {
        num.get(W + "numId"): int(found.get(W + "val", "1"))
        for num in numbering.iter(W + "num")
        if (found := num.find(f".//{W}startOverride")) is not None
    }
    counted: dict[str | None, int] = {}
    out = []
    for block, text in zip(body(document).iter(W + "p"), lines(document), strict=True):
        level, number = (block.find(f"{W}pPr/{W}numPr/{W}{name}") for name in ("ilvl", "numId"))
        key = None if number is None else number.get(W + "val")
        mark = ""
        if key in starts:
            counted[key] = counted.get(key, starts[key] - 1) + 1
            mark = f"{counted[key]}. "
        elif key == "1":
            mark = "• "
        out.append((mark, -1 if level is None else int(level.get(W + "val", "")), text))
    return out


def test_lists_nest_and_go_on_behind_a_nested_one() -> None:
    html = "<ol><li>eins</li><li>zwei<ol><li>a</li><li>b</li></ol></li><li>drei</li></ol>"
    assert numbered(html) == [
        ("1. ", 0, "eins"), ("2. ", 0, "zwei"), ("1. ", 1, "a"), ("2. ", 1, "b"), ("3. ", 0, "drei")
    ]  # fmt: skip


def test_each_list_begins_anew_or_where_it_says() -> None:
    html = '<ol><li>a</li></ol><p>x</p><ol><li>b</li></ol><ol start="5"><li>c</li><li>d</li></ol>'
    assert [mark + text for mark, _, text in numbered(html)] == [
        "1. a",
        "x",
        "1. b",
        "5. c",
        "6. d",
    ]


@pytest.mark.parametrize("start", ["-3", "x", "", "99999999999999"])
def test_an_odd_start_breaks_nothing(start: str) -> None:
    assert len(numbered(f'<ol start="{start}"><li>a</li></ol>')) == 1


def test_bullets_and_numbers_mix() -> None:
    html = "<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li></ul>"
    assert numbered(html) == [("• ", 0, "a"), ("1. ", 1, "b"), ("• ", 2, "c")]


def test_a_second_paragraph_of_an_item_has_its_indent_but_no_number() -> None:
    html = "<ol><li><p>eins</p><p>noch eins</p></li><li><p>zwei</p></li></ol>"
    assert [mark + text for mark, _, text in numbered(html)] == ["1. eins", "noch eins", "2. zwei"]
    second = list(body(filled(TAG, sachverhalt=html)).iter(W + "p"))[1]
    assert second.find(f"{W}pPr/{W}ind") is not None


@pytest.mark.parametrize("tag", ["em", "div", "ul"])
def test_text_that_is_nested_without_end_is_refused_not_lost(tag: str) -> None:
    assert lines(filled(TAG, sachverhalt=f"<{tag}>" * 100 + "x" + f"</{tag}>" * 100)) == ["x"]
    with pytest.raises(TemplateFault, match="sachverhalt }}: Der Text ist zu tief verschachtelt"):
        filled(TAG, sachverhalt=f"<{tag}>" * 900 + "x" + f"</{tag}>" * 900)


def test_lists_deeper_than_word_allows_stay_on_its_last_level() -> None:
    html = "<ul><li>x" * 12 + "</li></ul>" * 12
    assert max(level for _, level, _ in numbered(html)) == 8


def test_formats_headings_and_breaks() -> None:
    html = (
        "<h3>Drei</h3><h4>Vier</h4><p><strong>fett <em>beides</em></strong><u>u</u>"
        " H<sub>2</sub>O m<sup>2</sup>"
        "<br>neue Zeile</p>"
    )
    document = filled(TAG, sachverhalt=html)
    assert lines(document) == ["Drei", "Vier", "fett beidesu H2O m2\nneue Zeile"]
    root = body(document)
    assert [s.get(W + "val") for s in root.iter(W + "pStyle")] == [
        "Heading3",
        "Heading4",
        "VorlageText",
    ]
    assert len(list(root.iter(W + "b"))) == 2
    assert [v.get(W + "val") for v in root.iter(W + "vertAlign")] == ["subscript", "superscript"]


def test_links_lead_to_the_web_only() -> None:
    html = (
        '<p><a href="https://example.org/?a=1&amp;b=2">gut</a>'
        ' <a href="javascript:alert(1)">schlecht</a></p>'
    )
    document = filled(TAG, sachverhalt=html)
    relations = package.relations(package.read(document), "word/document.xml")
    assert [r.target for r in relations if r.external] == ["https://example.org/?a=1&b=2"]
    assert lines(document) == ["gut schlecht"]
    assert findings(document) == []


def test_a_table_has_borders_a_repeated_head_and_full_rows() -> None:
    html = (
        "<table><tr><th>Jahr</th><th>Betrag</th></tr><tr><td><p>2019</p></td></tr></table>"
        "<p>danach</p>"
    )
    document = filled(TAG, sachverhalt=html)
    root = body(document)
    assert [len(row.findall(W + "tc")) for row in root.iter(W + "tr")] == [2, 2]
    assert len(list(root.iter(W + "tblHeader"))) == 1
    assert [s.get(W + "val") for s in root.iter(W + "tblStyle")] == ["VorlageTabelle"]
    assert lines(document) == ["Jahr", "Betrag", "2019", "", "", "danach"]
    assert findings(document) == []


def test_a_cell_reaches_over_columns_and_rows() -> None:
    html = (
        '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr>'
        '<tr><td>c</td><td>d</td></tr><tr><td colspan="999">e</td></tr></table>'
    )
    document = filled(TAG, sachverhalt=html)
    cells = [list(row.findall(W + "tc")) for row in body(document).iter(W + "tr")]
    spans = [
        [int(span.get(W + "val", "")) for cell in row for span in cell.iter(W + "gridSpan")]
        for row in cells
    ]
    merges = [m.get(W + "val") for m in body(document).iter(W + "vMerge")]
    assert spans[0] == [2]
    assert spans[2] == [20], "no table is wider than Word takes"
    assert merges == ["restart", "continue"]
    assert [line for line in lines(document) if line] == ["a", "b", "c", "d", "e"]
    assert findings(document) == []


@pytest.mark.parametrize(
    "html",
    [
        *(
            "nur Text",
            "<p>a</p>b<p>c</p>",
            "<div><p>x</p></div>",
            "<p>offen",
            "<li>ohne Liste</li>",
        ),
        *(
            "<blink>x</blink>",
            "<ul>x<li>y</li></ul>",
            "<ul><ul><li>x</li></ul></ul>",
            "<p><ul><li>a</li></ul></p>",
        ),
        *(
            "<strong><p>a</p><p>b</p></strong>",
            "<table><td>x</table>",
            "<p>a &lt; b &amp; c</p>",
            "<a>x</a>",
        ),
        *(
            "<td>x</td>",
            "a < b",
            "<p>{{ 7*7 }}</p>",
            "<p>\x00\x0b\ufffex\ud800</p>",
            "<table></table>y",
        ),
    ],
)
def test_no_text_is_lost_whatever_the_markup(html: str) -> None:
    document = filled("davor", TAG, "danach", sachverhalt=html)
    assert findings(document) == []
    words = re.findall(r"\w+", re.sub(r"<[/a-z][^>]*>|&\w+;", " ", html))
    found = "\n".join(lines(document))
    assert all(word in found for word in words)
    assert lines(document)[0] == "davor"
    assert lines(document)[-1] == "danach"


def test_scripts_leave_nothing_behind() -> None:
    assert lines(
        filled(TAG, sachverhalt="<p>a</p><script>alert(1)</script><style>p{}</style>")
    ) == ["a"]


def test_empty_text_is_no_paragraph_and_no_truth() -> None:
    blocks = ("{%p if sachverhalt %}", "da", "{%p endif %}", TAG, "danach")
    for empty in ("", "<p></p>", "<p> &nbsp;</p>"):
        assert lines(filled(*blocks, sachverhalt=empty))[0] != "da"
    assert lines(filled(*blocks, sachverhalt="<p>x</p>")) == ["da", "x", "danach"]


def test_paragraphs_take_the_style_of_the_one_that_held_the_tag() -> None:
    tag = (
        '<w:p><w:pPr><w:pStyle w:val="VorlageBetreff"/><w:keepNext/></w:pPr>'
        "<w:r><w:t>{{p sachverhalt }}</w:t></w:r></w:p>"
    )
    root = body(filled(tag, sachverhalt="<p>a</p><p>b</p>"))
    assert [s.get(W + "val") for s in root.iter(W + "pStyle")] == ["VorlageBetreff"] * 2
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in root.iter(W + "p")]
    assert kept == [False, True], "only the last paragraph stays with what follows"


def test_plain_text_in_a_paragraph_tag_becomes_paragraphs() -> None:
    assert lines(filled("{{p betreff }}", betreff="eins\nzwei <b>\n\ndrei")) == [
        "eins",
        "zwei <b>",
        "drei",
    ]


def test_ready_made_markup_is_never_taken_for_text() -> None:
    with pytest.raises(TypeError):
        str(Wml("<w:p/>"))
    resources = Resources(neutral().house)
    assert [resources.numbering(0, 1), resources.numbering(0, 1)] == [3, 4]


def test_umlauts_blanks_and_signs_arrive_as_typed() -> None:
    html = "<p>Größe 10.000&nbsp;€ – „so“ … 😀\n  zwei   Wörter</p>"
    assert "Größe 10.000\xa0€ – „so“ … 😀 zwei Wörter" in text_of(filled(TAG, sachverhalt=html))


def test_a_footnote_stays_on_the_page_of_what_it_belongs_to() -> None:
    html = "<p>Davor.</p><p>Am 30.08.*</p><p><em>*Beide</em> Termine.</p><p>3 * 4 = 12</p>"
    document = filled(TAG, sachverhalt=html)
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in body(document).iter(W + "p")]
    assert kept == [False, True, False, False]
    assert findings(document) == []


def test_a_list_in_text_that_is_set_in_is_set_in_further() -> None:
    html = "<p>x</p><ol><li>a<p>b</p><ul><li>c</li></ul></li></ol><p>y</p>"
    indented = paragraph(TAG, look='<w:pPr><w:pStyle w:val="VorlageBeschluss"/></w:pPr>')
    found = {
        style: [
            None if (indent := one.find(f"{W}pPr/{W}ind")) is None else indent.get(W + "left")
            for one in body(filled(block, sachverhalt=html)).iter(W + "p")
        ]
        for style, block in {"set_in": indented, "at_the_margin": TAG}.items()
    }
    # the list styles of the template say 397 a level
    assert found["at_the_margin"] == [None, None, "397", None, None]
    assert found["set_in"] == [None, "964", "964", "1361", None]
