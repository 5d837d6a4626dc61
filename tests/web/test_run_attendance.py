"""The attendance field of the run sheet: who comes, goes or is excluded, from an item on."""

from collections.abc import Iterator
from typing import Any

import pytest

from proposals.forms.run_attendance import Called, people_named, read_called
from proposals.models import AgendaItem, Attendance, Meeting, Recusal
from proposals.selectors.run_presence import Candidate
from tests import factories as f
from tests import sittings as s
from tests.web.running import HTMX, begin_evening, enter, papers, run
from tests.web.site import Page, Visitor
from tests.web.world import Kept


@pytest.fixture(scope="module")
def begun(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[f.House, Meeting]]:
    with django_db_blocker.unblock(), Kept():
        yield begin_evening()


@pytest.fixture
def house(begun: tuple[f.House, Meeting], db: None) -> f.House:
    return begun[0]


@pytest.fixture
def evening(begun: tuple[f.House, Meeting], db: None) -> Meeting:
    return s.again(begun[1])


@pytest.fixture
def secretary(house: f.House) -> Visitor:
    return Visitor(house.user("secretary"))


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("mül-", Called("mül", "-")),
        ("Meyer-Lüdden −", Called("Meyer-Lüdden", "-")),
        ("a schulz +", Called("a schulz", "+")),
        ("Schulz+ Meier", Called("Schulz", "+", "Meier")),
        ("Schulz + i. V. für Meier", Called("Schulz", "+", "Meier")),
        ("Mül*", Called("Mül", "*")),
        ("Mül*-", Called("Mül", "*-")),
        ("Müller", None),
        ("+", None),
        ("", None),
    ],
)
def test_the_attendance_field_reads_a_name_and_a_sign(text: str, called: Called | None) -> None:
    assert read_called(text) == called


def call(visitor: Visitor, item: AgendaItem, who: str, expect: int = 200, **more: Any) -> Page:
    """Type into the attendance field."""
    values = {"who": who, "item": item.pk, **more}
    return visitor.post(run(item.meeting, "anwesenheit"), values, expect, **HTMX)


def test_somebody_goes_and_comes_by_a_part_of_the_name(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    second = papers(evening)[1]
    person = s.members(house, "council")[3]
    page = call(secretary, second, f"{person.family_name}-")
    assert f"{person} geht vor TOP Ö 3." in page.words
    assert Attendance.everything.get(person=person).until_id == second.pk
    page = call(secretary, papers(evening)[2], f"{person.family_name}+")
    assert Attendance.everything.filter(person=person).count() == 2


def test_a_part_that_fits_several_is_offered_to_choose(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    second = papers(evening)[1]
    everybody = s.members(house, "council")
    shared = everybody[4].family_name.split()[0]
    page = call(secretary, second, f"{shared}-", 422)
    assert "passt auf mehrere" in page.words
    assert not Attendance.everything.filter(until__isnull=False).exists()
    call(secretary, second, f"{shared}-", person=everybody[4].pk)
    assert Attendance.everything.get(until=second).person == everybody[4]


def test_somebody_who_fits_nobody_changes_nothing(evening: Meeting, secretary: Visitor) -> None:
    second = papers(evening)[1]
    page = call(secretary, second, "Niemandsonst-", 422)
    assert "passt auf niemanden" in page.words
    page = call(secretary, second, "Müller", 422)
    assert "dahinter + oder − oder *" in page.words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("brink", ["Ada Brinkmann", "Bert d'Osten-Brinkmann"]),
        ("osten", ["Bert d'Osten-Brinkmann"]),
        ("bert brink", ["Bert d'Osten-Brinkmann"]),
        ("Ada Brinkmann", ["Ada Brinkmann"]),
        ("rinkmann", []),
        ("-", []),
    ],
)
def test_a_name_is_meant_by_the_beginnings_of_its_parts(typed: str, meant: list[str]) -> None:
    names = ("Ada Brinkmann", "Bert d'Osten-Brinkmann", "Cora Voss")
    people = [Candidate(pk, name, "", 1, True, True) for pk, name in enumerate(names)]
    assert [one.name for one in people_named(typed, people)] == meant


def test_bias_lowers_the_number_at_its_item_alone(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    first, second, _ = papers(evening)
    person = s.members(house, "council")[3]
    page = call(secretary, second, f"{person.family_name}*")
    assert "davon 28 stimmberechtigt" in page.html
    assert Recusal.everything.get().agenda_item == second
    enter(secretary, first, "e")
    enter(secretary, second, "e")
    assert [s.vote_of(item).yes for item in (first, second)] == [29, 28]
    call(secretary, papers(evening)[2], f"{person.family_name}*")
    call(secretary, papers(evening)[2], f"{person.family_name}*-")
    assert Recusal.everything.count() == 1


def test_a_vote_that_no_longer_fits_the_attendance_is_marked(
    house: f.House, evening: Meeting, secretary: Visitor
) -> None:
    first = papers(evening)[0]
    enter(secretary, first, "e")
    person = s.members(house, "council")[3]
    page = call(secretary, first, f"{person.family_name}-")
    assert "Anwesenheit geändert, bitte prüfen" in page.words
    assert "gezählt bei 29" in secretary.get(run(evening)).words
