"""A Word file is read as people wrote it; what cannot be taken over is named."""

import io
import zipfile
from typing import Any

from docx.document import Document
from docx.oxml import parse_xml

from proposals.documents.reading_word import read_word
from proposals.documents.wml import MAIN, RELATIONSHIPS
from tests.documents.building import paragraph, run, table
from tests.documents.wordfiles import (
    BOLD,
    TITLES,
    bold,
    bullet,
    deleted,
    heading,
    inserted,
    listed,
    numbering,
    read,
    with_parts,
    word,
    xml,
)


def html(*blocks: Any, edit: Any = None) -> str:
    return "".join(one.html for one in read(*blocks, edit=edit).found)


def test_headings_part_the_text_however_they_were_made() -> None:
    outlined = paragraph("Alternativen", look='<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    text = read(
        "Vorab.",
        heading("Sachverhalt"),
        "Es regnet.",
        bold("Beschlussvorschlag:"),
        "Der Schirm wird gekauft.",
        outlined,
        "Keine.",
    )
    assert [(one.heading, one.level, one.html) for one in text.found] == [
        ("", 0, "<p>Vorab.</p>"),
        ("Sachverhalt", 1, "<p>Es regnet.</p>"),
        ("Beschlussvorschlag:", 1, "<p>Der Schirm wird gekauft.</p>"),
        ("Alternativen", 2, "<p>Keine.</p>"),
    ]
    assert text.notes == ()


def test_a_heading_in_the_line_of_its_text_is_one_only_where_it_names_a_section() -> None:
    run_in = paragraph(run("Sachverhalt:", BOLD), run(" Es regnet."))
    other = paragraph(run("Achtung:", BOLD), run(" nass."))
    plain = paragraph("Sachverhalt: hier nur erwähnt.")
    found = read(run_in, other, plain).found
    assert [(one.heading, one.html) for one in found] == [
        (
            "Sachverhalt:",
            (
                "<p>Es regnet.</p><p><strong>Achtung:</strong> nass.</p>"
                "<p>Sachverhalt: hier nur erwähnt.</p>"
            ),
        )
    ]


def test_title_and_subject_line_are_found() -> None:
    title = read(heading("Neuer Radweg", 0), heading("Sachverhalt"), "Text.").found
    assert title[0].is_title
    assert title[0].html == "<p>Neuer Radweg</p>"
    line = read(paragraph("Betreff: Neuer Radweg"), heading("Sachverhalt"), "Text.").found
    assert (line[0].heading, line[0].html) == ("Betreff:", "<p>Neuer Radweg</p>")


def test_a_style_inherits_its_level_from_the_one_below() -> None:
    def own_style(document: Document) -> None:
        style = document.styles.add_style("Amtsüberschrift", 1)
        style.base_style = document.styles["Heading 2"]
        document.add_paragraph("Sachverhalt", "Amtsüberschrift")

    (found,) = read(own_style, "Text.").found
    assert (found.heading, found.level) == ("Sachverhalt", 2)


def test_lists_keep_their_levels_their_kind_and_their_numbers() -> None:
    lists = numbering((40, "bullet"), (41, "decimal"), restarted=42)
    written = html(
        lists,
        listed("Punkt", 40),
        listed("darunter", 41, 1),
        listed("noch", 41, 1),
        listed("zweiter Punkt", 40),
        "Zwischentext.",
        listed("eins", 41),
        listed("zwei", 41),
        "Einschub.",
        listed("drei", 41),
        listed("neu gezählt", 42),
        listed("weiter", 42),
    )
    assert written == (
        "<ul><li>Punkt<ol><li>darunter</li><li>noch</li></ol></li><li>zweiter Punkt</li></ul>"
        "<p>Zwischentext.</p><ol><li>eins</li><li>zwei</li></ol><p>Einschub.</p>"
        '<ol start="3"><li>drei</li></ol><ol><li>neu gezählt</li><li>weiter</li></ol>'
    )


def test_a_paragraph_below_an_item_stays_in_it_and_typed_signs_stay_text() -> None:
    below = paragraph("Näheres.", look='<w:pPr><w:ind w:left="360"/></w:pPr>')
    written = html(numbering((40, "bullet")), listed("Punkt", 40), below, "- getippt", "1. auch")
    assert written == (
        "<ul><li><p>Punkt</p><p>Näheres.</p></li></ul><p>- getippt</p><p>1. auch</p>"
    )
    assert html(bullet("a"), bullet("b", "List Bullet 2")).startswith("<ul><li>a")


def test_letters_become_figures_and_that_is_said() -> None:
    text = read(numbering((40, "lowerLetter")), listed("erstens", 40), listed("zweitens", 40))
    assert text.found[0].html == "<ol><li>erstens</li><li>zweitens</li></ol>"
    assert text.notes == (
        "Aufzählungen mit Buchstaben oder römischen Ziffern zählen hier mit Zahlen.",
    )


def test_tables_keep_heads_and_merged_cells() -> None:
    def write(document: Document) -> None:
        made = document.add_table(3, 3)
        for at, cell in enumerate(made._cells):
            cell.text = f"Z{at}"
        made.cell(1, 0).merge(made.cell(2, 0))
        made.cell(1, 1).merge(made.cell(1, 2))
        row = made.rows[0]._tr
        row.get_or_add_trPr().append(xml("tblHeader", "", ""))

    assert html(write) == (
        '<table><tbody><tr><th scope="col">Z0</th><th scope="col">Z1</th><th scope="col">Z2</th>'
        '</tr><tr><td rowspan="2"><p>Z3</p><p>Z6</p></td><td colspan="2"><p>Z4</p><p>Z5</p></td>'
        "</tr><tr><td>Z7</td><td>Z8</td></tr></tbody></table>"
    )


def test_a_frame_around_a_section_is_no_table_but_a_table_stays_one() -> None:
    frame = table([bold("Sachverhalt") + paragraph("Es regnet.")])
    assert [(one.heading, one.html) for one in read(frame).found] == [
        ("Sachverhalt", "<p>Es regnet.</p>")
    ]
    columns = table([bold("Maßnahme"), bold("Begründung")], [paragraph("A"), paragraph("B")])
    (found,) = read(columns).found
    assert found.html.startswith("<table>")


def test_looks_run_across_split_runs() -> None:
    split = paragraph(
        run("Das ist "),
        run("ganz ", BOLD),
        run("wichtig", BOLD),
        run(" und "),
        run("schräg", "<w:rPr><w:i/></w:rPr>"),
        run("; H"),
        run("2", '<w:rPr><w:vertAlign w:val="subscript"/></w:rPr>'),
        run("O", '<w:rPr><w:b w:val="0"/></w:rPr>'),
    )
    assert html(split) == (
        "<p>Das ist <strong>ganz wichtig</strong> und <em>schräg</em>; H<sub>2</sub>O</p>"
    )


def test_tracked_changes_are_accepted_and_that_is_said() -> None:
    moved = '<w:moveFrom w:id="5" w:author="A"><w:r><w:t>Umzug</w:t></w:r></w:moveFrom>'
    here = f'<w:moveTo w:id="6" w:author="A">{run("Umzug")}</w:moveTo>'
    gone = '<w:pPr><w:rPr><w:del w:id="7" w:author="A"/></w:rPr></w:pPr>'
    text = read(
        paragraph(run("Budget "), deleted("10"), inserted(run("20")), run(".000 €")),
        f"<w:p>{moved}{run('bleibt')}</w:p>",
        f"<w:p>{here}</w:p>",
        f"<w:p>{gone}{run('Zwei ')}</w:p>",
        paragraph("in einem."),
    )
    assert text.found[0].html == (
        "<p>Budget 20.000 €</p><p>bleibt</p><p>Umzug</p><p>Zwei in einem.</p>"
    )
    assert text.notes == ("Nachverfolgte Änderungen gelten als angenommen.",)


def test_links_fields_and_controls_keep_their_words() -> None:
    def link(document: Document) -> None:
        for target, words in (("https://example.org/a?b=1&c=2", "hier"), ("file:///K:/x", "dort")):
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
            name = document.part.relate_to(target, kind, is_external=True)
            xml = f'<w:p><w:hyperlink r:id="{name}">{run(words)}</w:hyperlink></w:p>'
            spaced = xml.replace(
                "<w:p>",
                '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
                'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">',
            )
            document.element.body.insert(len(document.element.body) - 1, parse_xml(spaced))

    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    field = (
        f"<w:p>{mark.format('begin')}{code.format(' HYPERLINK &quot;mailto:a@example.org&quot; ')}"
        f"{mark.format('separate')}{run('Post')}{mark.format('end')}</w:p>"
    )
    control = f"<w:sdt><w:sdtContent>{paragraph('Im Feld')}</w:sdtContent></w:sdt>"
    simple = f'<w:p><w:fldSimple w:instr="DATE">{run("1. Mai")}</w:fldSimple></w:p>'
    smart = f'<w:p><w:smartTag w:element="x">{run("klug")}</w:smartTag></w:p>'
    text = read(link, field, control, simple, smart)
    assert text.found[0].html == (
        '<p><a href="https://example.org/a?b=1&amp;c=2">hier</a></p><p>dort</p>'
        '<p><a href="mailto:a@example.org">Post</a></p><p>Im Feld</p><p>1. Mai</p><p>klug</p>'
    )
    assert text.notes == (
        (
            "Die Verknüpfung „dort“ führt zu „file:///K:/x“ und wird nicht übernommen; "
            "ihre Worte bleiben stehen."
        ),
    )


def test_what_cannot_be_taken_over_is_named_with_its_words() -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:pict><w:txbxContent>"
        f"{paragraph('Im Kasten')}</w:txbxContent></w:pict></mc:Choice><mc:Fallback><w:pict>"
        f"<w:txbxContent>{paragraph('Im Kasten')}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    hidden = paragraph(run("Sichtbar."), run("Geheim.", "<w:rPr><w:vanish/></w:rPr>"))
    picture = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    comment = '<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    empty = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{paragraph('Klicken Sie hier')}</w:sdtContent></w:sdt>"
    )

    drawn = "<w:p><w:r><w:drawing><a:t>Norden</a:t></w:drawing></w:r></w:p>"
    bound = '<w:altChunk r:id="x"/>'

    def head(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Landkreis Beispiel"

    text = read(box, hidden, picture, drawn, bound, comment, empty, head)
    assert [one.html for one in text.found] == ["<p>Sichtbar.</p>"]
    assert text.notes == (
        "Ein Textfeld wird nicht übernommen: „Im Kasten“",
        "Ausgeblendeter Text wird nicht übernommen: „Geheim.“",
        "Ein nicht ausgefülltes Feld bleibt weg: „Klicken Sie hier“",
        "Ein Bild wird nicht übernommen; bitte als Anlage beifügen.",
        "Der Text einer Zeichnung wird nicht übernommen: „Norden“",
        "Ein eingebundenes Dokument wird nicht übernommen.",
        "Ein Kommentar wird nicht übernommen.",
        "Die Kopfzeile wird nicht übernommen: „Landkreis Beispiel“",
    )


def test_footnotes_are_named_with_their_words() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{MAIN}"><w:footnote w:id="2">{paragraph("Quelle: Kreis")}'
        "</w:footnote></w:footnotes>"
    )
    data = word(paragraph(run("Text"), '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    line = f'<Relationship Id="rIdF" Type="{RELATIONSHIPS}/footnotes" Target="footnotes.xml"/>'
    with_notes = with_parts(
        data,
        {
            "word/footnotes.xml": notes.encode(),
            "word/_rels/document.xml.rels": relations.replace(
                b"</Relationships>", f"{line}</Relationships>".encode()
            ),
        },
    )
    text = read_word("a.docx", with_notes, TITLES.knows)
    assert text.found[0].html == "<p>Text</p>"
    assert text.notes == ("Fußnote 1 wird nicht übernommen: „Quelle: Kreis“",)


def test_figures_that_are_none_and_styles_in_a_ring_do_no_harm() -> None:
    odd = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="²"/><w:numId w:val="40"/></w:numPr>'
        f'<w:ind w:left="{"9" * 5000}"/></w:pPr>{run("Punkt")}</w:p>'
    )

    def ring(document: Document) -> None:
        for name, below in (("A", "B"), ("B", "A")):
            style = xml("style", f' w:type="paragraph" w:styleId="{name}"', "")
            style.append(xml("basedOn", f' w:val="{below}"', ""))
            document.styles.element.append(style)

    styled = paragraph("Text", look='<w:pPr><w:pStyle w:val="A"/></w:pPr>')
    assert (
        html(numbering((40, "bullet")), odd, ring, styled) == "<ul><li>Punkt</li></ul><p>Text</p>"
    )


def test_what_word_keeps_as_signs_is_written_as_text() -> None:
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
        "</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    signs = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:sym w:font="Arial" w:char="00A7"/>'
        "<w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:br/><w:t>d</w:t></w:r>"
    )
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    written = html(f"<w:p>{box}{signs}</w:p>", f"<w:p>{formula}</w:p>")
    assert written == "<p>☒☐§a\u2011b c<br>d</p><p>x=1</p>"


def test_the_choice_of_an_old_form_is_read() -> None:
    def choice(*said: str) -> str:
        entries = "".join(f'<w:listEntry w:val="{words}"/>' for words in ("nein", "ja"))
        return (
            f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{"".join(said)}'
            f"{entries}</w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN"
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )

    preset, chosen = '<w:default w:val="1"/>', '<w:result w:val="0"/>'
    assert (
        html(choice(), choice(preset), choice(chosen, preset), choice('<w:result w:val="9"/>'))
        == "<p>nein</p><p>ja</p><p>nein</p>"
    )


def test_signs_and_formulas_that_look_other_than_in_word_are_named() -> None:
    signs = (
        '<w:r><w:sym w:font="Symbol" w:char="F0A3"/><w:sym w:font="Wingdings" w:char="F0E0"/>'
        '<w:sym w:font="Arial" w:char="2022"/><w:sym w:font="Arial" w:char="FFFFFFFFF"/></w:r>'
    )
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    text = read(f"<w:p>{signs}</w:p>", f"<w:p><m:oMath>{half}</m:oMath></w:p>")
    assert text.found[0].html == "<p>••••</p><p>12</p>"
    assert text.notes == (
        "3 Zeichen einer Symbolschrift: hier steht dafür „•“; bitte prüfen.",
        "Von einer Formel bleiben nur die Zeichen ohne Brüche; bitte prüfen.",
    )
