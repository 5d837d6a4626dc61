"""A document that would lack a word is not made."""

from typing import Any

import pytest

from proposals.documents import render as rendering
from proposals.documents import richtext, sandbox
from proposals.documents.faults import TemplateFault
from tests.documents.building import filled, lines


@pytest.fixture(autouse=True)
def _forgotten() -> Any:
    rendering.forget(parts=True)
    yield
    rendering.forget(parts=True)


def test_a_printed_text_that_is_not_in_the_document_stops_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert lines(filled("{{ betreff }}", betreff="Müller & Söhne")) == ["Müller & Söhne"]
    monkeypatch.setattr(sandbox, "with_breaks", lambda markup: markup[:6])
    with pytest.raises(TemplateFault, match="ginge Text verloren: „Müller & Söhne“"):
        filled("{{ betreff }}", betreff="Müller & Söhne")


def test_a_word_lost_from_formatted_text_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    html = "<p>Erstens <strong>zweitens</strong></p><ul><li>drittens</li></ul>"
    assert lines(filled("{{p sachverhalt }}", sachverhalt=html)) == ["Erstens zweitens", "drittens"]
    rendering.forget()
    monkeypatch.setattr(richtext._Writer, "_list", lambda self, element, place: None)
    with pytest.raises(TemplateFault, match="ginge Text verloren"):
        filled("{{p sachverhalt }}", sachverhalt=html)


def test_a_text_that_did_not_change_gives_the_same_bytes_kept_or_not() -> None:
    html = '<ol><li>a</li></ol><p><a href="https://a.example">b</a></p><ol><li>c</li></ol>'
    fresh = filled(
        "{{p sachverhalt }}", "{{p beschlussvorschlag }}", sachverhalt=html, beschlussvorschlag=html
    )
    kept = filled(
        "{{p sachverhalt }}", "{{p beschlussvorschlag }}", sachverhalt=html, beschlussvorschlag=html
    )
    assert fresh == kept
