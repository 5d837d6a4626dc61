from datetime import date
from typing import Any

import pytest

from proposals.rules.deadlines import (
    DeadlineFact,
    Extension,
    deadline_facts,
    deadline_notes,
    extension_words,
    objection_to_extension,
)

LAND = DeadlineFact("Vorlage beim Land", date(2016, 8, 31), external=True)
KREISTAG = date(2016, 9, 28)
OWN = DeadlineFact("Mitzeichnung", date(2016, 8, 1), external=False)


def row(**values: Any) -> dict[str, Any]:
    """Return a deadline as the content of a version holds it."""
    plain = {"name": "Land", "due_on": "2016-08-31", "external": True, "extended_to": None}
    return {**plain, "extension": "", "evidence": "", **values}


def test_a_deadline_of_others_before_the_decision_is_shown() -> None:
    [note] = deadline_notes([LAND], KREISTAG)
    assert note == (
        "Die Frist „Vorlage beim Land“ endet am 31.08.2016, vor der Sitzung für die Entscheidung "
        "am 28.09.2016; eine Verlängerung ist nicht beantragt."
    )


@pytest.mark.parametrize(
    ("extension", "words"),
    [
        (Extension.REQUESTED, "ist beantragt, aber nicht bewilligt"),
        (Extension.GRANTED, "auch die bewilligte Verlängerung reicht nicht"),
        (Extension.REFUSED, "ist abgelehnt"),
    ],
)
def test_a_conflict_says_what_became_of_the_extension(extension: Extension, words: str) -> None:
    [note] = deadline_notes([LAND._replace(extension=extension)], KREISTAG)
    assert words in note


def test_a_granted_extension_that_is_long_enough_solves_it_and_no_other_does() -> None:
    granted = row(extension="granted", extended_to="2016-12-31")
    assert deadline_notes(deadline_facts([granted]), KREISTAG) == []
    for extension in ("requested", "refused"):
        open_ = row(extension=extension, extended_to="2016-12-31")
        [fact] = deadline_facts([open_])
        assert fact.due_on == date(2016, 8, 31)
        assert len(deadline_notes([fact], KREISTAG)) == 1


def test_a_version_from_before_says_the_extension_by_its_day_alone() -> None:
    old = row(extended_to="2016-12-31")
    del old["extension"], old["evidence"]
    [fact] = deadline_facts([old])
    assert (fact.due_on, fact.extension) == (date(2016, 12, 31), Extension.GRANTED)
    assert extension_words({**old, "extended_to": None}) == ""


def test_an_extension_is_told_with_its_day_and_its_evidence() -> None:
    assert extension_words(row()) == ""
    told = row(extension="granted", extended_to="2016-12-31", evidence="E-Mail vom 12.07.2016")
    assert extension_words(told) == (
        "Verlängerung bis 31.12.2016 bewilligt; Nachweis: E-Mail vom 12.07.2016."
    )
    assert extension_words(row(extension="requested")) == "Verlängerung beantragt."


def test_an_extension_that_cannot_be_is_refused() -> None:
    due, later = date(2016, 8, 31), date(2016, 12, 31)
    assert objection_to_extension(Extension.NONE, due, None) is None
    assert objection_to_extension(Extension.REQUESTED, due, None) is None
    assert objection_to_extension(Extension.GRANTED, due, later) is None
    refused = {
        "bis wann": objection_to_extension(Extension.GRANTED, due, None),
        "ob die Verlängerung": objection_to_extension(Extension.NONE, due, later),
        "nicht nach der ursprünglichen": objection_to_extension(Extension.REQUESTED, due, due),
    }
    for sentence, objection in refused.items():
        assert objection is not None
        assert sentence in objection.message


def test_a_deadline_on_the_day_of_the_decision_is_kept() -> None:
    assert deadline_notes([LAND._replace(due_on=KREISTAG)], KREISTAG) == []


def test_without_a_planned_decision_only_deadlines_of_others_are_named() -> None:
    [note] = deadline_notes([OWN, LAND], None)
    assert "31.08.2016" in note
    assert "fehlt noch" in note


def test_notes_come_in_the_order_of_the_days() -> None:
    first, second = deadline_notes([LAND, OWN], KREISTAG)
    assert "Mitzeichnung" in first
    assert first.endswith("28.09.2016.")
    assert "Land" in second
