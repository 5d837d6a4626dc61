"""The papers of a meeting: nothing missing, nothing left over, and the same bytes each time."""

import os
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from proposals.documents import context
from proposals.documents.checks import findings, text_of
from proposals.documents.context import rich_paths
from proposals.documents.context_calling import (
    BallotListContext,
    CallContext,
    ExcerptsContext,
    SigningListContext,
)
from proposals.documents.context_meeting import ExcerptContext, MinutesContext, SheetContext
from proposals.documents.frozen import freeze, thaw
from proposals.documents.render import render
from proposals.documents.template import Template, compile_template, template_path
from tests.documents import calling_samples as calling
from tests.documents import meeting_samples as samples
from tests.documents.outline import outline
from tests.documents.samples import GOLDEN, TEMPLATES

FORMS: dict[str, tuple[Any, Mapping[str, Any]]] = {
    "protokoll": (MinutesContext, samples.minutes()),
    "beschlussauszug": (ExcerptContext, samples.excerpt()),
    "beschlusstext": (SheetContext, samples.sheet()),
    "einladung": (CallContext, calling.invitation()),
    "nachtrag": (CallContext, calling.supplement()),
    "bekanntmachung": (CallContext, calling.notice()),
    "anwesenheitsliste": (SigningListContext, calling.signing_list()),
    "abstimmungsliste": (BallotListContext, calling.ballot_list()),
    "auszuege": (ExcerptsContext, calling.excerpts()),
}
# what stands there under another word, or on drafts only
LEFT_OUT = {
    "protokoll": {"art_gross", "betreff", "erstellt_am"},
    "beschlussauszug": {"art_gross", "erstellt_am"},
    "beschlusstext": {"erstellt_am"},
    "einladung": {"art_gross", "geschlossen", "nachtrag", "erstellt_am"},
    "nachtrag": {"art_gross", "geschlossen", "nachtrag", "erstellt_am"},
    "bekanntmachung": {"art_gross", "empfaenger", "hinweise", "erstellt_am"},
    "anwesenheitsliste": {"erstellt_am"},
    "abstimmungsliste": {"erstellt_am"},
    "auszuege": set(),
}
MARKED = {"protokoll", "einladung", "nachtrag", "bekanntmachung"}  # with the day, on drafts


def form(name: str) -> Template:
    path = template_path(TEMPLATES, "wittmund", name)
    return compile_template(path.read_bytes(), FORMS[name][0])


def leaves(value: Any, rich: frozenset[str], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the printed words of each value."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from leaves(one, rich, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one, rich, path)
    elif isinstance(value, date):
        yield path, f"{value:%d.%m.%Y}"
    elif path in rich:
        yield from ((path, piece) for piece in re.split(r"<[^>]+>", value.replace("&nbsp;", " ")))
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield path, str(value)


def even(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def missing(name: str, document: bytes) -> list[tuple[str, str]]:
    context_type, data = FORMS[name]
    found = even(text_of(document))
    return [
        (path, words)
        for path, words in leaves(data, frozenset(rich_paths(context_type)))
        if path not in LEFT_OUT[name] and even(words) not in found
    ]


@pytest.mark.parametrize("name", FORMS)
def test_every_string_of_the_data_is_in_the_document(name: str) -> None:
    document = render(form(name), FORMS[name][1])
    assert missing(name, document) == []
    assert findings(document) == []


def test_the_completeness_check_notices_what_is_missing() -> None:
    half = {**FORMS["protokoll"][1], "punkte": []}
    assert missing("protokoll", render(form("protokoll"), half)) != []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_prints_what_its_golden_outline_says(name: str) -> None:
    """Set GOLDEN=write to write the outlines anew; then read the difference."""
    path = GOLDEN / f"{name}.txt"
    printed = outline(render(form(name), FORMS[name][1]))
    if os.environ.get("GOLDEN") == "write":
        path.write_text(printed, encoding="utf-8")
    assert printed == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMS)
def test_a_form_uses_known_names_and_prints_nearly_all_of_them(name: str) -> None:
    unused = {*(context.fields(FORMS[name][0]) or {})} - form(name).variables()
    assert unused == LEFT_OUT[name] - {"erstellt_am" if name in MARKED else ""}


@pytest.mark.parametrize("name", FORMS)
def test_what_was_frozen_with_an_order_gives_the_same_bytes(name: str) -> None:
    context_type, data = FORMS[name]
    again = thaw(freeze(data), context_type)
    assert again == data
    assert render(form(name), again) == render(form(name), data)


def test_what_has_nothing_to_say_leaves_no_heading_behind() -> None:
    bare = {
        **samples.excerpt(),
        "beschluss": "",
        "ergebnis": "",
        "vorbehalt": "",
        "mitwirkung": [],
        "vorlage": "",
    }
    text = text_of(render(form("beschlussauszug"), bare))
    for word in ("Beschluss:", "Ergebnis:", "vorbehaltlich", "Vorlage"):
        assert word not in text.splitlines(), word
    assert "ENTWURF" not in text_of(render(form("protokoll"), samples.minutes()))
    draft = {**samples.minutes(), "entwurf": True}
    assert "ENTWURF vom 07.01.2019" in text_of(render(form("protokoll"), draft))
