"""The papers of a meeting: nothing missing, nothing left over, and the same bytes each time."""

import pytest

from proposals.documents import context
from proposals.documents.checks import text_of
from proposals.documents.frozen import freeze, thaw
from proposals.documents.render import render
from tests.documents import meeting_samples as samples
from tests.documents.papers import PAPERS

MARKED = {"protokoll", "einladung", "nachtrag", "bekanntmachung"}  # with the day, on drafts
FORMS = {
    name: PAPERS[name]
    for name in (
        *(
            "protokoll",
            "beschlussauszug",
            "beschlusstext",
            "einladung",
            "nachtrag",
            "bekanntmachung",
        ),
        *("anwesenheitsliste", "abstimmungsliste", "auszuege", "sitzungsmappe"),
    )
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_uses_known_names_and_prints_nearly_all_of_them(name: str) -> None:
    paper = FORMS[name]
    unused = {*(context.fields(paper.context_type) or {})} - paper.template().variables()
    assert unused == paper.left_out - {"erstellt_am" if name in MARKED else ""}


@pytest.mark.parametrize("name", FORMS)
def test_what_was_frozen_with_an_order_gives_the_same_bytes(name: str) -> None:
    paper = FORMS[name]
    again = thaw(freeze(paper.data()), paper.context_type)
    assert again == paper.data()
    assert render(paper.template(), again) == paper.made()


def test_what_has_nothing_to_say_leaves_no_heading_behind() -> None:
    bare = {
        **samples.excerpt(),
        "beschluss": "",
        "ergebnis": "",
        "vorbehalt": "",
        "mitwirkung": [],
        "vorlage": "",
    }
    text = text_of(render(FORMS["beschlussauszug"].template(), bare))
    for word in ("Beschluss:", "Ergebnis:", "vorbehaltlich", "Vorlage"):
        assert word not in text.splitlines(), word
    assert "ENTWURF" not in text_of(render(FORMS["protokoll"].template(), samples.minutes()))
    draft = {**samples.minutes(), "entwurf": True}
    assert "ENTWURF vom 07.01.2019" in text_of(render(FORMS["protokoll"].template(), draft))
