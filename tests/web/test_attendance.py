"""Who was there, at the screen: the list, those who come and go, the file for the allowances."""

import csv
import io
from typing import Any

import pytest

from proposals.models import Attendance, Meeting, MembershipKind, Person
from proposals.rules.attendance import AttendanceKind
from proposals.services.meeting import OpenAnswer, SignMinutesAnswer
from proposals.views.sheets import as_csv
from tests import factories as f
from tests import sittings as s
from tests.web.site import Site, Visitor
from tests.web.test_meetings import DAY, here
from tests.web.test_queries import queries

MOST = 40
PRESENT, EXCUSED = AttendanceKind.PRESENT, AttendanceKind.EXCUSED


@pytest.fixture
def meeting(house: f.House) -> Meeting:
    return s.plan(house, "council", day=DAY)


@pytest.fixture
def secretary(site: Site) -> Visitor:
    return site["secretary"]


def url(meeting: Meeting) -> str:
    return here(meeting, "anwesenheit")


def roll(house: f.House, committee: str = "council", do: str = "roll", **kinds: str) -> Any:
    """Return the list with what is noted of the members by their place."""
    people = s.members(house, committee)
    noted = {
        f"kind-{people[int(place.removeprefix('m'))].pk}": kind for place, kind in kinds.items()
    }
    return {"do": do, "committee": house.committee(committee).pk, **noted}


def kinds(meeting: Meeting) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in Attendance.everything.filter(meeting=meeting).values_list("kind", flat=True):
        found[kind] = found.get(kind, 0) + 1
    return found


def test_everybody_is_there_with_one_click(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    f.make_member(house, "stand-in", "council", MembershipKind.SUBSTITUTE)
    secretary.post(url(meeting), roll(house, do="all"))
    assert kinds(meeting) == {PRESENT: 5}
    page = secretary.get(url(meeting))
    assert "5 von 5 anwesend, davon 5 stimmberechtigt" in page.words
    first = s.members(house, "council")[0]
    assert page.value(f"kind-{first.pk}") == PRESENT


def test_the_others_are_there_and_what_was_noted_stays(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    secretary.post(url(meeting), roll(house, do="all", m1=EXCUSED, m2="remote"))
    assert kinds(meeting) == {PRESENT: 3, EXCUSED: 1, "remote": 1}
    words = secretary.get(here(meeting)).words
    assert "4 von 5 anwesend, davon 4 stimmberechtigt" in words
    assert f"entschuldigt {s.members(house, 'council')[1]}" in words


def test_a_substitute_stands_in_for_a_member(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    missing = s.members(house, "council")[1]
    guest = Person.objects.get(user=f.make_member(house, "guest", "social"))
    values = {
        **roll(house, do="all", m1=EXCUSED),
        "extra-0": guest.pk,
        "extra-kind-0": PRESENT,
        "extra-for-0": missing.pk,
    }
    secretary.post(url(meeting), values)
    assert Attendance.everything.get(person=guest).substitutes == missing
    assert f"Guest i. V. für {missing}" in secretary.get(here(meeting)).words
    twice = {**values, "extra-1": guest.pk, "extra-0": None, "extra-2": guest.pk}
    page = secretary.post(url(meeting), twice, 422)
    assert "keine gültige Auswahl" in page.words or "zweimal ausgewählt" in page.words


def test_somebody_comes_late_and_somebody_leaves(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    items = [s.add_item(house, meeting, "council", name) for name in ("Anton", "Berta", "Cäsar")]
    s.number(house, meeting)
    s.act(house, meeting, OpenAnswer(at=meeting.starts_at))
    people = s.members(house, "council")
    secretary.post(url(meeting), roll(house, do="all", m0=EXCUSED))
    move = {"committee": house.committee("council").pk, "kind": PRESENT, "at": "17:20"}
    late = {**move, "do": "arrive", "person": people[0].pk, "item": items[1].pk}
    secretary.post(url(meeting), late)
    gone = {**move, "do": "leave", "person": people[1].pk, "item": items[2].pk, "at": "18:05"}
    secretary.post(url(meeting), gone)
    words = secretary.get(url(meeting)).words
    assert f"{people[0]} ab TOP Ö 2 (17:20 Uhr)" in words
    assert f"{people[1]} bis vor TOP Ö 3 (18:05 Uhr)" in words
    page = secretary.post(url(meeting), {**late, "item": ""}, 422)
    assert "ab TOP: Dieses Feld ist zwingend" in page.words
    assert page.value("at") == "17:20"
    page = secretary.post(url(meeting), {**late, "at": "25:61"}, 422)
    assert "Bitte eine gültige Uhrzeit" in page.words
    assert page.value("at") == "25:61"
    again = secretary.post(url(meeting), gone, 409)
    assert again.complaints


def test_a_mistaken_arrival_or_leave_is_taken_back(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    item = s.add_item(house, meeting, "council")
    late, gone = s.members(house, "council")[:2]
    secretary.post(url(meeting), roll(house, do="all", m0=EXCUSED))
    move = {"committee": house.committee("council").pk, "kind": PRESENT, "item": item.pk}
    secretary.post(url(meeting), {**move, "do": "arrive", "person": late.pk})
    secretary.post(url(meeting), {**move, "do": "leave", "person": gone.pk})
    words = secretary.get(url(meeting)).words
    assert f"{late} ab 1. Punkt" in words
    assert f"{gone} bis vor 1. Punkt" in words
    secretary.post(url(meeting), {**move, "do": "leave", "person": late.pk})
    secretary.post(url(meeting), {**move, "do": "arrive", "person": gone.pk})
    assert "Zurücknehmen" not in secretary.get(url(meeting)).words


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({}, 422, "Auf der Liste ist noch niemand eingetragen."),
        ({"m0": "krank"}, 422, "krank ist keine gültige Auswahl."),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(
    site: Site, house: f.House, meeting: Meeting, changes: Any, status: int, sentence: str
) -> None:
    page = site["secretary"].post(url(meeting), roll(house, **changes), status)
    assert sentence in page.words
    assert kinds(meeting) == {}


def test_after_the_signature_a_change_asks_for_its_reason(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    secretary.post(url(meeting), roll(house, do="all"))
    s.act(house, meeting, SignMinutesAnswer(DAY))
    changed = roll(house, do="all", m1=EXCUSED)
    page = secretary.post(url(meeting), changed, 422)
    assert "Begründung der Änderung: Dieses Feld ist zwingend" in page.words
    secretary.post(url(meeting), {**changed, "reason": "Anwesenheitsliste"})
    assert kinds(meeting)[EXCUSED] == 1


def test_each_body_of_a_joint_meeting_has_its_list(site: Site, house: f.House) -> None:
    meeting = s.plan(house, "social", "main", day=DAY)
    page = site["secretary"].get(url(meeting))
    assert "Sozialausschuss" in page.words
    assert "Kreisausschuss" in page.words
    own = site["minutes"].get(url(meeting))
    assert f'value="{house.committee("main").pk}"' not in own.html
    foreign = {**roll(house, "main", do="all")}
    site["minutes"].post(url(meeting), foreign, 404)
    site["minutes"].post(url(meeting), roll(house, "social", do="all"))
    site["deputy"].get(url(meeting), 403)


# --- the file


def test_the_attendance_is_a_file_that_spreadsheets_here_read(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    secretary.post(url(meeting), roll(house, do="all", m1=EXCUSED))
    page = secretary.get(here(meeting).rstrip("/") + "/anwesenheit.csv")
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "anwesenheit-2024-03-01" in page.headers["Content-Disposition"]
    assert page.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(page.body.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 5
    assert {row["Gremium"] for row in rows} == {"Kreistag"}
    assert [row["Anwesenheit"] for row in rows].count("entschuldigt") == 1
    site["deputy"].get(here(meeting).rstrip("/") + "/anwesenheit.csv", 403)


def test_no_cell_is_a_formula() -> None:
    cells = ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "harmlos", 'a;"b"\nc', ""]
    data = as_csv([cells]).decode("utf-8-sig")
    read = next(csv.reader(io.StringIO(data), delimiter=";"))
    assert read[:6] == ["'=1+1", "'+49", "'-1", "'@SUM(A1)", "'\t=1", "harmlos"]
    assert read[6:] == ['a;"b"\nc', ""]


def test_the_list_takes_a_constant_number_of_queries(site: Site, house: f.House) -> None:
    few_house, many = f.make_house("klein"), f.make_house("gross", seats=f.COUNTY)
    counts = []
    for other in (few_house, many):
        meeting = s.plan(other, "council", day=DAY)
        s.add_item(other, meeting, "council")
        s.call_roll(other, meeting, "council", 4)
        counts.append(queries(Site(other), url(meeting)))
    assert counts[0] == counts[1] <= MOST
