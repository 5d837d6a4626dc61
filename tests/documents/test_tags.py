"""What authors write in Word, and what Word makes of it."""

import pytest

from proposals.documents.checks import findings
from proposals.documents.template import TemplateFault, compile_template
from proposals.documents.wml import W
from tests.documents.building import body, filled, lines, paragraph, run, table, template

BOLD = "<w:rPr><w:b/></w:rPr>"
MARK = '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/>'
PROOF = '<w:proofErr w:type="spellStart"/>'


def tracked(kind: str, inner: str) -> str:
    return f'<w:{kind} w:id="9" w:author="x" w:date="2020-01-01T00:00:00Z">{inner}</w:{kind}>'


@pytest.mark.parametrize(
    "runs",
    [
        [run("A {{ be"), PROOF, run("tre"), run("ff }} B")],
        [run("A {"), run("{ betreff }"), run("} B")],
        [run("A {{ bet"), run("reff", BOLD), run(" }} B")],
        [run("A {{ bet"), MARK, run("reff }} B")],
        [run("A {{ bet"), tracked("ins", run("reff }} B"))],
        [
            run("A {{ bet"),
            tracked("del", "<w:r><w:delText>rug</w:delText></w:r>"),
            run("reff }} B"),
        ],
        [
            run("A {{ bet"),
            '<w:hyperlink w:anchor="x">' + run("reff }}") + "</w:hyperlink>",
            run(" B"),
        ],
        [run("A {{\xa0betreff }} B")],
        [run("A {{- betreff -}} B")],
        [run("A {{ betreff }}"), run(" B{# Hinweis für die Registratur #}")],
    ],
)
def test_a_tag_is_found_however_word_has_cut_it(runs: list[str]) -> None:
    document = filled(paragraph(*runs), "danach", betreff="Müller & Söhne")
    assert lines(document) == ["A Müller & Söhne B", "danach"]
    assert findings(document) == []


@pytest.mark.parametrize("quoted", ["„Beschluss“", "‚Beschluss‘", "“Beschluss”", "»Beschluss«"])
def test_quotes_that_word_has_corrected_are_quotes(quoted: str) -> None:
    document = filled("{% if art == " + quoted + " %}ja{% else %}nein{% endif %}", art="Beschluss")
    assert lines(document) == ["ja"]


def test_a_remainder_stands_in_a_paragraph_tag() -> None:
    document = filled(
        "{%p for a in anlagen %}", "{%p if loop.index % 2 == 0 %}", "{{ a.titel }}", "{%p endif %}",
        "{%p endfor %}",
    )  # fmt: skip
    assert lines(document) == ["Übersicht der Beratungsangebote"]


def test_several_paragraph_tags_may_share_a_paragraph() -> None:
    document = filled(
        "{%p for a in anlagen %}{%p if loop.first %}", "{{ a.nummer }}", "{%p endif %}{%p endfor %}"
    )
    assert lines(document) == ["1"]


def test_rows_repeat_and_vanish() -> None:
    rows = (["{%tr for a in anlagen %}"], ["{{ a.nummer }} {{ a.titel }}"], ["{%tr endfor %}"])
    blocks = table([paragraph("Kopf")], *([paragraph(cell) for cell in row] for row in rows))
    assert lines(filled(blocks))[0] == "Kopf"
    assert len(lines(filled(blocks))) == 3
    assert lines(filled(blocks, anlagen=[])) == ["Kopf"]


def test_a_table_that_has_lost_all_its_rows_is_left_out() -> None:
    rows = [
        [paragraph(words)]
        for words in ("{%tr for a in anlagen %}", "{{ a.titel }}", "{%tr endfor %}")
    ]
    document = filled("davor", table(*rows), "danach", anlagen=[])
    assert lines(document) == ["davor", "danach"]
    assert findings(document) == []


def test_a_cell_that_a_condition_has_emptied_still_ends_in_a_paragraph() -> None:
    cell = paragraph("{%p if entwurf %}") + paragraph("Entwurf") + paragraph("{%p endif %}")
    assert lines(filled(table([cell]), entwurf=False)) == [""]
    assert lines(filled(table([cell]), entwurf=True)) == ["Entwurf"]
    assert findings(filled(table([cell]), entwurf=False)) == []


def test_braces_that_are_no_tag_stay_what_they_are() -> None:
    document = filled("Menge { a } und {_{ b }_}", "<w:p><w:r><w:t>{</w:t><w:t>x</w:t></w:r></w:p>")
    assert lines(document) == ["Menge { a } und {_{ b }_}", "{x"]


def test_tracked_changes_of_a_template_count_as_accepted() -> None:
    ended = "<w:pPr><w:rPr>" + tracked("del", "") + "</w:rPr></w:pPr>"
    document = filled(
        paragraph(run("eins "), look=ended),
        paragraph("zwei"),
        paragraph(tracked("moveFrom", run("weg")), tracked("moveTo", run("da"))),
        "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:trPr>" + tracked("del", "") + "</w:trPr>"
        "<w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    )  # fmt: skip
    assert lines(document) == ["eins zwei", "da", ""]


@pytest.mark.parametrize(
    ("blocks", "named"),
    [
        (["{{ betref }}"], "{{ betref }}: „betref“ gibt es nicht; gemeint ist wohl „betreff“."),
        (["{{pbetreff}}"], "{{pbetreff}}"),
        (["{%p for a in anlagen %}", "{{ a.titl }}", "{%p endfor %}"], "gemeint ist wohl „titel“"),
        (["{{ betreff.laenge }}"], "„laenge“ gibt es nicht"),
        (["{{ finanzierung.summe }}"], "{{ finanzierung.summe }}"),
        (["{{ betreff"], "Unvollständiger Platzhalter im Absatz „{{ betreff“."),
        (["betreff }}"], "Unvollständiger Platzhalter"),
        (["{{ betreff| }}"], "{{ betreff| }} ist nicht zu verstehen"),
        (["{{ betreff|pomp }}"], "{{ betreff|pomp }}: Diesen Filter"),
        (["{% if entwurf %}"], "{% if entwurf %} wird nirgends geschlossen"),
        (["{%p endif %}"], "{%p endif %} hat keinen Anfang"),
        (["{%p if entwurf %}", "x", "{%p endfor %}"], "{%p endfor %} hat keinen Anfang"),
        (["{%p if entwurf %}", "x {% endif %}"], "nicht auf derselben Ebene"),
        (["{% if entwurf %}", "{% endif %}"], "nicht auf derselben Ebene"),
        (["{%p if entwurf %} Text"], "muss allein in seinem Absatz stehen"),
        (["{{p sachverhalt }} {{ betreff }}"], "muss allein in seinem Absatz stehen"),
        (["{{ sachverhalt }}"], "{{ sachverhalt }}: das ist formatierter Text"),
        (["{{ anlagen }}"], "Liste oder Gruppe"),
        (["{% for a in betreff %}{% endfor %}"], "das ist keine Liste"),
        (["{%tr if entwurf %}"], "steht nicht in einer Tabelle"),
        (["{%tc if entwurf %}"], "{%tc if entwurf %} ist nicht möglich"),
        (["{% colspan 3 %}"], "{% colspan 3 %} ist unbekannt"),
        (["{% set x = 1 %}"], "ist unbekannt"),
    ],
)
def test_a_template_at_fault_is_refused_and_the_tag_is_named(blocks: list[str], named: str) -> None:
    with pytest.raises(TemplateFault) as fault:
        compile_template(template(*blocks))
    assert named in fault.value.message


def test_a_row_tag_takes_no_other_text_with_it() -> None:
    row = [paragraph("{%tr if entwurf %}"), paragraph("{{ betreff }}")]
    with pytest.raises(TemplateFault, match="allein in seiner Tabellenzeile"):
        compile_template(template(table(row)))


def test_a_condition_may_not_begin_in_a_link_and_end_outside() -> None:
    half = '<w:hyperlink w:anchor="x">' + run("{% if entwurf %}a") + "</w:hyperlink>"
    with pytest.raises(TemplateFault, match="nicht auf derselben Ebene"):
        compile_template(template(paragraph(half, run("b{% endif %}"))))


def test_a_template_knows_what_it_prints() -> None:
    compiled = compile_template(
        template("{{ betreff }}", "{%p for a in anlagen %}", "x", "{%p endfor %}")
    )
    assert compiled.variables() == {"betreff", "anlagen"}


def test_only_blocks_that_tags_may_empty_are_looked_through_again() -> None:
    cell = paragraph("{{ betreff }}")
    gone = ["{%p if false %}", "Text", "{%p endif %}"]
    cases = {
        frozenset[str](): [table([cell], [f"{table([cell])}{paragraph('x')}"])],
        frozenset({"tbl"}): [
            table([paragraph("{%tr if false %}")], [cell], [paragraph("{%tr endif %}")])
        ],
        frozenset({"tc"}): [table(["".join(paragraph(words) for words in gone)])],
    }
    for loose, blocks in cases.items():
        compiled = compile_template(template(*blocks))
        assert compiled.filled[compiled.main].loose == loose
        assert findings(filled(*blocks)) == []


def test_blanks_around_a_value_are_kept_and_a_value_alone_asks_for_none() -> None:
    space = "{http://www.w3.org/XML/1998/namespace}space"
    for written, kept in (("{{ betreff }}", None), ("Zu {{ betreff }} ", "preserve")):
        block = f"<w:p><w:r><w:t>{written}</w:t></w:r></w:p>"
        [text] = body(filled(block, betreff="Straße")).iter(W + "t")
        assert text.text == written.replace("{{ betreff }}", "Straße")
        assert text.get(space) == kept
