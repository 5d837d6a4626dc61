"""Everything that is wrong with a template is said at once; what is sound is tried."""

import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from proposals.documents import context
from proposals.documents.checks import findings, text_of
from proposals.documents.context import ProposalContext
from proposals.documents.frozen import freeze, thaw
from proposals.documents.inspection import inspect
from proposals.documents.render import render
from proposals.documents.samples import Extent, sample
from proposals.documents.template import compile_template
from proposals.documents.trial import MOST_BYTES, TOO_LARGE, trial
from proposals.services.word_templates import TEMPLATE_FORMS
from tests.documents.building import DOCUMENT, filled, lines, paragraph, run, template
from tests.documents.samples import TEMPLATES

CONTEXTS = list({form.context_type: form for form in TEMPLATE_FORMS.values()})
SUPPLIED = sorted(TEMPLATES.glob("*/*.docx"))
# Each asks for something that no template may do; none of it is ever carried out.
INJECTED = [
    "{% for c in [].__class__.__base__.__subclasses__() %}{{ c }}{% endfor %}",
    "{{ betreff|map('upper')|list }}",
    "{{ betreff|join(attribute='__class__') }}",
    "{% set x = betreff %}{{ x }}",
    "{% with x = betreff %}{{ x }}{% endwith %}",
    "{% extends 'neutral/vorlage.docx' %}",
    "{% call(x) betreff() %}{% endcall %}",
    "{% filter upper %}{{ betreff }}{% endfilter %}",
    "{% autoescape false %}{{ betreff }}{% endautoescape %}",
    "{% do anlagen.append(1) %}",
    "{{ config.items() }}",
    "{{ request.application.__globals__ }}",
    "{{ get_flashed_messages.__globals__.__builtins__.open('/etc/passwd').read() }}",
    "{{ anlagen[0]['__init__'] }}",
    "{{ '{0.__class__}'.format(betreff) }}",
    "{{ betreff|format('%s') }}",
    "{{ betreff|tojson|safe }}",
    "{{ caller() }}",
    "{{ (betreff,).__add__ }}",
    "{% raw %}{{ betreff }}{% endraw %}",
]


@pytest.mark.parametrize("injected", INJECTED)
def test_an_injected_template_is_refused_whichever_door_it_takes(injected: str) -> None:
    report = inspect(template("Betreff: {{ betreff }}", injected), ProposalContext)
    assert report.faults
    assert report.trial == b""
    assert all("{" in fault for fault in report.faults), "the tag is named"


def test_all_faults_are_named_at_once_and_each_with_the_nearest_right_name() -> None:
    report = inspect(
        template(
            *("{{ betref }}", "{{ aktenzeichn }} {{ nummer|datm }}", "{{ kommune }"),
            *("{%p for a in anlagen %}", "{{ a.titl }}", "{%p endfor %}", "{{ sachverhalt }}"),
        ),
        ProposalContext,
    )
    expected = (
        "Unvollständiger Platzhalter im Absatz „{{ kommune }“.",
        "{{ betref }}: „betref“ gibt es nicht; gemeint ist wohl „betreff“.",
        "{{ aktenzeichn }}: „aktenzeichn“ gibt es nicht; gemeint ist wohl „aktenzeichen“.",
        "{{ nummer|datm }}: Diesen Filter gibt es nicht; gemeint ist wohl „datum“.",
        "{{ a.titl }}: „titl“ gibt es nicht; gemeint ist wohl „titel“.",
        "{{ sachverhalt }}: das ist formatierter Text; er braucht {{p … }} in eigenem Absatz.",
    )
    assert tuple(report.faults) == expected


def test_what_only_follows_from_a_broken_tag_is_not_said() -> None:
    report = inspect(
        template("{%p if entwurf", "Entwurf", "{%p endif %}", "{{ betreff"), ProposalContext
    )
    assert report.faults == ["Unvollständiger Platzhalter im Absatz „{%p if entwurf“."]


def test_names_are_checked_even_where_a_block_is_not_closed() -> None:
    blocks = ("{{ betref }}", "{%p for a in anlagen %}", "{{ a.titel }}", "{{p sachverhalt }}")
    report = inspect(template(*blocks), ProposalContext)
    assert report.faults == [
        "{%p for a in anlagen %} wird nirgends geschlossen.",
        "{{ betref }}: „betref“ gibt es nicht; gemeint ist wohl „betreff“.",
    ]


def test_a_thousand_faults_are_a_short_list() -> None:
    report = inspect(template(*(f"{{{{ x{n} }}}}" for n in range(1000))), ProposalContext)
    assert len(report.faults) == 26
    assert report.faults[-1] == "… und 975 weitere Stellen."


def test_a_group_that_may_be_missing_is_found_by_the_trial_and_not_on_the_evening_before() -> None:
    report = inspect(template("{{ finanzierung.gesamtkosten }}"), ProposalContext)
    assert len(report.faults) == 1
    assert "Probe „Listen, Gruppen und Texte leer“" in report.faults[0]
    shielded = template("{%p if finanzierung %}", "{{ finanzierung.summe_x }}", "{%p endif %}")
    assert "„summe_x“ gibt es nicht" in inspect(shielded, ProposalContext).faults[0]


def test_accepted_changes_and_unused_data_are_remarks_and_no_faults() -> None:
    inserted = '<w:ins w:id="9" w:author="x">' + run("{{ betreff }}") + "</w:ins>"
    report = inspect(template(paragraph(inserted)), ProposalContext)
    assert report.faults == []
    assert report.remarks[0] == "Nachverfolgte Änderungen an einer Stelle gelten als angenommen."
    assert "aktenzeichen" in report.remarks[1]
    assert "betreff" not in report.remarks[1].split(": ")[1].split(", ")


@pytest.mark.parametrize(
    "condition",
    [
        "{% if art == „Beschlussvorlage“ %}ja{% else %}nein{% endif %}",
        "{% if art == ‚Beschlussvorlage‘ and not entwurf %}ja{% endif %}",
        "{% if „Beschluss“ in art %}ja{% endif %}",
    ],
)
def test_quotes_of_a_german_keyboard_pass_the_check(condition: str) -> None:
    cut = condition.index(" ", 5)
    linked = f'<w:hyperlink w:anchor="x">{run(condition[:cut])}{run(condition[cut:])}</w:hyperlink>'
    inserted = f'<w:ins w:id="9" w:author="x">{run(condition[cut:])}</w:ins>'
    for block in (condition, paragraph(linked), paragraph(run(condition[:cut]), inserted)):
        assert inspect(template(block), ProposalContext).faults == []
        assert lines(filled(block)) == ["ja"]


@pytest.mark.parametrize("path", SUPPLIED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_supplied_template_passes_and_its_trial_is_sound(path: Path) -> None:
    form = TEMPLATE_FORMS.get(path.stem)
    report = inspect(path.read_bytes(), form.context_type if form else ProposalContext)
    assert report.faults == []
    assert findings(report.trial) == []
    assert "Landkreis Musterland" in text_of(report.trial)


@pytest.mark.parametrize("context_type", CONTEXTS)
@pytest.mark.parametrize("extent", Extent)
def test_invented_data_has_the_shape_of_real_data(context_type: Any, extent: Extent) -> None:
    invented = sample(context_type, extent)
    hints = context.fields(context_type) or {}
    assert invented.keys() == hints.keys()
    again = {key: thaw(freeze(value), hints[key]) for key, value in invented.items()}
    assert again == invented
    everything = list(_leaves(invented))
    if extent == Extent.FULL:
        assert None not in everything
        assert "" not in everything
    else:
        assert "" in everything
        assert not any(isinstance(value, str) and value for value in everything)


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


def bomb() -> bytes:
    """Return a template whose text unpacks to more than any template needs."""
    return template("x", edit=_grown(b"<w:p/>" * 11_000_000))


def swollen() -> bytes:
    """Return one that keeps below that size and becomes a tree of gigabytes."""
    return template("x", edit=_grown(b"<w:p/>" * 9_000_000))


def _grown(more: bytes) -> Any:
    def edit(parts: dict[str, bytes]) -> None:
        parts[DOCUMENT] = parts[DOCUMENT].replace(b"<w:body>", b"<w:body>" + more)

    return edit


def forged() -> bytes:
    """Return a bomb whose directory says that it is small."""
    buffer = BytesIO(template("x"))
    with ZipFile(buffer, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bild.png", b"\0" * (70 << 20))
    return buffer.getvalue().replace(struct.pack("<I", 70 << 20), struct.pack("<I", 10))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "entpackt zu groß"),
        (forged, "kein lesbares Word-Dokument"),
        (swollen, "zu viel Speicher"),
        (lambda: b"\0" * (MOST_BYTES + 1), TOO_LARGE),
        (lambda: b"MZ\x90\0", "kein lesbares Word-Dokument"),
    ],
)
def test_a_bomb_ends_in_its_own_process_with_a_sentence(make: Any, said: str) -> None:
    done = trial(make(), ProposalContext, memory=400 << 20)
    assert len(done.faults) == 1
    assert said in done.faults[0]
    assert done.document == b""


def test_what_never_ends_is_ended() -> None:
    """Four loops over the same rows, with thousands of tags in them, and a second of time."""
    begin = ["{%p for a in anlagen %}"] * 4
    body = ["{{ a.titel|upper|lower|upper }}" * 40] * 400
    data = template(*begin, *body, *["{%p endfor %}"] * 4)
    done = trial(data, ProposalContext, seconds=0.3)
    assert len(done.faults) == 1
    assert "hat zu lange gedauert und wurde abgebrochen" in done.faults[0]


def test_loops_within_loops_within_loops_are_refused() -> None:
    deep = ["{%p for a in anlagen %}"] * 5 + ["{{ a.titel }}"] + ["{%p endfor %}"] * 5
    assert "mehr als 4 Schleifen" in inspect(template(*deep), ProposalContext).faults[0]


def picture(inner: str = "", **attributes: str) -> str:
    said = "".join(f' {name}="{words}"' for name, words in attributes.items())
    shape = f'<wp:inline><wp:docPr id="7" name="Bild 1"{said}>{inner}</wp:docPr></wp:inline>'
    return paragraph(f"<w:r><w:drawing>{shape}</w:drawing></w:r>")


def test_a_picture_without_words_for_a_screen_reader_is_told() -> None:
    decorative = (
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext>'
        '<x:decorative xmlns:x="http://schemas.microsoft.com/office/drawing/2017/decorative"'
        ' val="1"/></a:ext></a:extLst>'
    )
    named = (picture(descr="Wappen"), picture(decorative))
    for count, words in ((0, None), (1, "Ein Bild hat"), (2, "2 Bilder haben")):
        silent = [picture(), picture(descr=" ")][:count]
        report = inspect(template("{{ betreff }}", *named, *silent), ProposalContext)
        assert report.faults == []
        told = [remark for remark in report.remarks if "Alternativtext" in remark]
        assert [remark[: len(words or "")] for remark in told] == ([words] if words else [])


def test_a_trial_in_its_own_process_says_what_one_in_ours_says() -> None:
    for blocks in (["{{ betref }}"], ["{{ betreff }}"]):
        data = template(*blocks)
        ours, theirs = inspect(data, ProposalContext), trial(data, ProposalContext)
        assert theirs.faults == tuple(ours.faults)
        assert theirs.remarks == tuple(ours.remarks) or ours.faults
        assert theirs.document == ours.trial
    assert theirs.text == "Beratung neu zugezogener Familien; Konzept und erste Maßnahmen"
    again = render(compile_template(data), sample(ProposalContext))
    assert again == theirs.document
