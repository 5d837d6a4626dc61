"""The papers of a meeting: nothing missing, nothing left over, and the same bytes each time."""

import pytest

from proposals.documents import context, package
from proposals.documents.checks import text_of
from proposals.documents.frozen import freeze, thaw
from proposals.documents.render import render
from proposals.documents.wml import W
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


def test_the_end_of_the_last_item_stays_with_the_signatures() -> None:
    minutes = package.read(FORMS["protokoll"].made())
    body = package.parse(minutes["word/document.xml"])
    lines = [line for line in body.iter(W + "p") if "".join(line.itertext())]
    texts = ["".join(line.itertext()) for line in lines]
    end = next(at for at, words in enumerate(texts) if words.startswith("Ende der Sitzung"))
    result = max(at for at in range(end) if texts[at].startswith("Ergebnis:"))
    kept = [line.find(f"{W}pPr/{W}keepNext") is not None for line in lines]
    assert end - result > 1
    assert all(kept[result:end])
