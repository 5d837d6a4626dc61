"""Headings of a Word file find the section of the house; the rest is for the clerk to choose."""

import pytest

from proposals.rules.errors import RuleViolation
from proposals.rules.from_word import (
    MOST_PARTS,
    NOWHERE,
    SUBJECT,
    Found,
    Part,
    Way,
    arranged,
    plain_title,
    taken,
    titles_of,
)
from proposals.rules.sections import HouseSections, Section
from proposals.rules.words import ProposalKind

PAPER = ProposalKind.BESCHLUSSVORLAGE
COESFELD = HouseSections(
    of_kind={"beschlussvorlage": ["wording", "problem", "solution", "alternatives", "effects"]},
    names={
        "counted": "Begründung",
        "beschlussvorlage": {"problem": "Anlass", "finance": "Geld und Folgen"},
    },
    counted=["problem", "solution", "alternatives", "effects"],
)


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Sachverhalt", Section.FACTS),
        ("SACHVERHALT:", Section.FACTS),
        ("2. Sachdarstellung", Section.FACTS),
        ("Begründung", Section.FACTS),
        ("I.–IV. Sachverhalt", Section.FACTS),
        ("Beschlussentwurf", Section.WORDING),
        ("Beschlussvorschlag der Verwaltung", Section.WORDING),
        ("Beschlussvorschlag für den Kreistag:", Section.WORDING),
        ("Sachverhalt / Begründung", Section.FACTS),
        ("Sachdarstellung und Beschlussvorschlag", NOWHERE),
        ("Sachverhalt und Wetter", NOWHERE),
        ("IV. Alternativen", Section.ALTERNATIVES),
        ("Finanzielle Auswirkungen", NOWHERE),
        ("Betreff:", SUBJECT),
        ("Anlagen", NOWHERE),
    ],
)
def test_headings_name_a_section_in_many_words(words: str, target: str) -> None:
    assert titles_of(HouseSections(), PAPER).target(words) == target


def test_the_words_of_the_house_win_and_only_sections_that_it_has_are_found() -> None:
    titles = titles_of(COESFELD, PAPER)
    assert titles.target("I. Anlass") == Section.PROBLEM
    assert titles.target("Sachverhalt") == Section.PROBLEM, "it has no Sachverhalt"
    assert titles.target("Ziele") == NOWHERE
    assert titles.target("I.–II. Anlass, Lösung:") == Section.PROBLEM
    assert titles.knows("Begründung"), "the heading above the counted ones is no text"
    assert not titles.knows("Standort")
    motion = titles_of(HouseSections(), ProposalKind.ANTRAG)
    assert motion.target("Begründung") == Section.JUSTIFICATION
    assert motion.target("Sachverhalt") == NOWHERE


def test_figures_and_colons_are_no_part_of_a_title_but_words_are() -> None:
    assert plain_title(" III.  Lösung : ") == "lösung"
    assert plain_title("I.–IV. Problem, Lösung") == "problem, lösung"
    assert plain_title("Ziel") == "ziel"


def test_what_stands_below_a_heading_about_money_belongs_into_its_boxes() -> None:
    titles = titles_of(COESFELD, PAPER)
    for heading in ("3. Kosten:", "Kosten / Finanzierung", "V. Geld und Folgen"):
        assert titles.speaks_of_money(heading), heading
        assert titles.target(heading) == NOWHERE
    for heading in ("Kostbares", "Anlass", "Ziele", "Begründung", ""):
        assert not titles.speaks_of_money(heading), heading


def test_a_heading_below_another_stays_in_its_part_unless_it_names_a_section() -> None:
    titles = titles_of(HouseSections(), PAPER)
    parts = arranged(
        [
            Found("", 0, "<p>Kopf</p>"),
            Found("Sachverhalt", 1, "<p>a</p>"),
            Found("Standort", 2, "<p>b</p>"),
            Found("Boden", 3, "<p>c</p>"),
            Found("Alternativen", 2, "<p>d</p>"),
            Found("Anlagen", 1, "<p>e</p>"),
            Found("Beschluss", 1, ""),
        ],
        titles,
    )
    assert [(part.heading, part.target, part.html) for part in parts] == [
        ("", NOWHERE, "<p>Kopf</p>"),
        ("Sachverhalt", Section.FACTS, "<p>a</p><h3>Standort</h3><p>b</p><h4>Boden</h4><p>c</p>"),
        ("Alternativen", Section.ALTERNATIVES, "<p>d</p>"),
        ("Anlagen", NOWHERE, "<p>e</p>"),
    ]


def test_the_title_is_the_subject_where_nothing_else_is_called_so() -> None:
    titles = titles_of(HouseSections(), PAPER)
    section = Found("Sachverhalt", 2, "<p>a</p>")
    top = Found("Radweg", 1, "<p>b</p>")
    assert [(p.target, p.words) for p in arranged([top, section], titles)] == [
        (SUBJECT, "Radweg"),
        (NOWHERE, "b"),
        (Section.FACTS, "a"),
    ]
    named = [Found("Beschlussvorlage 12/2026", 1, ""), Found("Betreff:", 2, "<p>Radweg</p>")]
    assert [(p.target, p.words) for p in arranged([*named, section], titles)] == [
        (NOWHERE, ""),
        (SUBJECT, "Radweg"),
        (Section.FACTS, "a"),
    ]
    title = Found("", 0, "<p>Titel</p>", is_title=True)
    both = arranged([title, named[1]], titles)
    assert [p.target for p in both] == [NOWHERE, SUBJECT]
    long = arranged([Found("Betreff", 1, f"<p>{'x' * 501}</p>")], titles)
    assert long[0].target == NOWHERE


def test_texts_are_replaced_or_go_on_and_foreign_headings_stay() -> None:
    titles = titles_of(HouseSections(), PAPER)
    present = {"facts": "<p>alt</p>", SUBJECT: "Alt"}
    facts = Part("Sachverhalt", "<p>neu</p>", "facts")
    more = Part("Anlage & Bau", "<p>mehr</p>", "facts", Way.APPEND)
    nowhere = Part("Kosten", "<p>5</p>")
    assert taken(present, [facts, nowhere], titles) == {"facts": "<p>neu</p>"}
    assert taken(present, [more], titles) == {
        "facts": "<p>alt</p><h3>Anlage &amp; Bau</h3><p>mehr</p>"
    }
    assert taken(present, [more, facts], titles) == {
        "facts": "<h3>Anlage &amp; Bau</h3><p>mehr</p><h3>Sachverhalt</h3><p>neu</p>"
    }
    subject = Part("", "<p>Neuer <strong>Radweg</strong></p>", SUBJECT)
    assert taken(present, [subject], titles) == {SUBJECT: "Neuer Radweg"}
    with pytest.raises(RuleViolation, match="länger als 500 Zeichen"):
        taken(present, [Part("", f"<p>{'x' * 501}</p>", SUBJECT)], titles)


def test_of_very_many_parts_those_without_a_section_are_one() -> None:
    titles = titles_of(HouseSections(), PAPER)
    found = [Found(f"Kapitel {number}", 1, "<p>x</p>") for number in range(MOST_PARTS + 5)]
    (part,) = arranged(found, titles)
    assert part.html.count("<h3>") == MOST_PARTS + 4
