"""Files that may not become templates."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest

from proposals.documents.checks import findings
from proposals.documents.package import CONTENT_TYPES
from proposals.documents.render import render
from proposals.documents.template import TemplateFault, compile_template, template_path
from tests.documents.building import DOCUMENT, RELATIONS, lines, paragraph, run, template, zipped
from tests.documents.samples import TEMPLATES, sample

Edit = Callable[[dict[str, bytes]], None]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def replace(part: str, old: bytes, new: bytes) -> Edit:
    def edit(parts: dict[str, bytes]) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)

    return edit


def add(part: str, data: bytes = b"x") -> Edit:
    def edit(parts: dict[str, bytes]) -> None:
        parts[part] = data

    return edit


def external(kind: str, target: str) -> Edit:
    line = (
        f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    return replace(RELATIONS, b"</Relationships>", f"{line}</Relationships>".encode())


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (add("word/vbaProject.bin"), "Makros"),
        (replace(CONTENT_TYPES, b"document.main+xml", b"document.macroEnabled.main+xml"), "Makros"),
        (add("word/embeddings/oleObject1.bin"), "eingebettete Programme"),
        (
            external("attachedTemplate", "file:///srv/haus.dotx"),
            "Dokumentvorlage „file:///srv/haus.dotx“",
        ),
        (external("image", "https://example.org/wappen.png"), "Bilder bitte einbetten"),
        (external("hyperlink", "file:///etc/passwd"), "lädt Inhalte von „file:///etc/passwd“"),
        (
            replace(DOCUMENT, b"<w:body>", b'<w:body><w:altChunk r:id="rId1"/>'),
            "bindet ein anderes",
        ),
        (replace(DOCUMENT, b"<w:document", b"<!DOCTYPE x><w:document"), "DTD"),
        (replace(DOCUMENT, b"</w:body>", b""), "beschädigt"),
        (replace(RELATIONS, b"fontTable.xml", b"fehlt.xml"), "word/fehlt.xml fehlt"),
        (replace("word/numbering.xml", b'w:numId="2"', b'w:numId="zwei"'), "brauchen in Word eine"),
        (replace(DOCUMENT, b"Absatz", "\ufdd00\ufdd1".encode()), "unzulässiges Zeichen"),
        (
            replace("word/styles.xml", b"Vorlage Text", b"Fliesstext"),
            "fehlt die Formatvorlage „Vorlage Text“",
        ),
        (replace("_rels/.rels", b'officeDocument"', b'anderes"'), "nicht als Strict Open XML"),
    ],
)
def test_a_file_that_runs_fetches_or_lacks_something_is_refused(edit: Edit, said: str) -> None:
    with pytest.raises(TemplateFault) as fault:
        compile_template(template("Absatz", edit=edit))
    assert said in fault.value.message


@pytest.mark.parametrize(
    "code", ["DDEAUTO cmd.exe", " INCLUDETEXT x.docx", "includepicture x.png", "LINK a"]
)
def test_a_field_that_fetches_is_refused(code: str) -> None:
    field = f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>"
    with pytest.raises(TemplateFault, match="fremde Inhalte"):
        compile_template(template(field))
    with pytest.raises(TemplateFault, match="fremde Inhalte"):
        compile_template(template(f'<w:p><w:fldSimple w:instr="{code}"/></w:p>'))


def test_a_comment_is_refused_before_it_is_printed() -> None:
    with pytest.raises(TemplateFault, match="Kommentare"):
        compile_template(template('<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>'))


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0 alt", zipped({"a.txt": b"x"})])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(TemplateFault, match="kein lesbares Word-Dokument"):
        compile_template(data)


def test_truncated_damaged_doubled_and_swollen_archives_are_refused() -> None:
    whole = template("Absatz")
    with pytest.raises(TemplateFault, match="kein lesbares"):
        compile_template(whole[: len(whole) // 2])
    at = whole.index(DOCUMENT.encode()) + 60
    with pytest.raises(TemplateFault):
        compile_template(whole[:at] + b"\x00\xff\x00" + whole[at + 3 :])

    doubled = BytesIO(whole)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(doubled, "a") as archive:
        archive.writestr(DOCUMENT, b"<x/>")
    with pytest.raises(TemplateFault, match="doppelt"):
        compile_template(doubled.getvalue())
    with pytest.raises(TemplateFault, match="zu groß"):
        compile_template(template("Absatz", edit=add("word/media/bombe.bin", b"\0" * 61_000_000)))


def test_a_link_to_the_web_may_stand_in_a_letterhead() -> None:
    linked = paragraph('<w:hyperlink r:id="rIdX">' + run("landkreis.example") + "</w:hyperlink>")
    data = template(linked, edit=external("hyperlink", "https://landkreis.example"))
    document = render(compile_template(data), sample())
    assert lines(document) == ["landkreis.example"]
    assert findings(document) == []


def test_a_template_saved_by_libreoffice_keeps_one_set_of_properties() -> None:
    def as_libreoffice(parts: dict[str, bytes]) -> None:
        parts["_rels/.rels"] = parts["_rels/.rels"].replace(
            b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            f"{OFFICE}/metadata/core-properties".encode(),
        )

    document = render(compile_template(template("x", edit=as_libreoffice)), sample())
    assert findings(document) == []
    with ZipFile(BytesIO(document)) as archive:
        assert archive.read("_rels/.rels").count(b"core-properties") == 1
        assert archive.namelist().count("docProps/core.xml") == 1


def test_formatted_text_stays_out_of_the_running_lines() -> None:
    with pytest.raises(TemplateFault, match="nicht in Kopf- oder Fußzeile"):
        parts_with_rich_head()


def parts_with_rich_head() -> None:
    """Compile a template whose letterhead asks for formatted text."""
    whole = (TEMPLATES / "neutral" / "vorlage.docx").read_bytes()
    with ZipFile(BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head = next(
        n for n in parts if n.startswith("word/header") and b"verwaltungsleitung" in parts[n]
    )
    parts[head] = parts[head].replace(b"{{ verwaltungsleitung }}", b"{{p sachverhalt }}")
    compile_template(zipped(parts))


@pytest.mark.parametrize(
    "code",
    ["{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", "{% if entwurf %}" * 60 + "{% endif %}" * 60],
)
def test_tags_nested_without_end_are_refused(code: str) -> None:
    with pytest.raises(TemplateFault, match="zu tief verschachtelt"):
        compile_template(
            template(code.replace("if entwurf", "for a in anlagen").replace("endif", "endfor"))
        )


def test_the_same_bytes_are_compiled_once() -> None:
    data = template("einmal")
    assert compile_template(data) is compile_template(bytes(bytearray(data)))


def test_a_house_without_its_own_form_gets_the_neutral_one() -> None:
    own = template_path(TEMPLATES, "wittmund", "beschlussvorlage")
    assert own == TEMPLATES / "wittmund" / "beschlussvorlage.docx"
    for house, document in (("wittmund", "mitteilungsvorlage"), ("oelde", "beschlussvorlage")):
        assert template_path(TEMPLATES, house, document) == TEMPLATES / "neutral" / "vorlage.docx"
