"""A meeting set right at the screen: order, hours, chair, a closing by mistake, another day."""

from datetime import date, timedelta

import pytest

from proposals.models import AgendaItem, Invitation, Meeting, QuorumStatement
from proposals.rules.meeting import MeetingState
from proposals.services.meeting import (
    ApproveMinutesAnswer,
    CloseAnswer,
    MoveAnswer,
    OpenAnswer,
    SignMinutesAnswer,
)
from tests import factories as f
from tests import sittings as s
from tests.web.running import run
from tests.web.site import Site, Visitor
from tests.web.test_meetings import DAY, here, refused

OPENED, CLOSED = f.at(DAY, 17), f.at(DAY, 20)
REASON = "Beim Abschreiben übersehen"


@pytest.fixture
def meeting(house: f.House) -> Meeting:
    """Return a meeting with three items that nobody has opened."""
    meeting = s.plan(house, "council", day=DAY)
    for title in ("Bericht", "Mitteilungen", "Anfragen"):
        s.add_item(house, meeting, "council", title)
    return meeting


@pytest.fixture
def closed(house: f.House, meeting: Meeting) -> Meeting:
    """Return it closed, without a result."""
    s.act(house, meeting, OpenAnswer(at=OPENED))
    return s.act(house, meeting, CloseAnswer(at=CLOSED, reason="Nur Berichte"))


@pytest.fixture
def secretary(site: Site) -> Visitor:
    return site["secretary"]


def places(items: list[AgendaItem], *numbers: str) -> dict[str, str]:
    return {f"place-{row.pk}": number for row, number in zip(items, numbers, strict=True)}


def test_the_order_as_held_is_typed(
    site: Site, house: f.House, closed: Meeting, secretary: Visitor
) -> None:
    url, items = here(closed, "reihenfolge"), s.items(closed)
    page = secretary.get(here(closed))
    assert "Reihenfolge, wie behandelt" in page.words
    assert [secretary.get(url).value(name) for name in places(items, *"123")] == list("123")
    refused(site, url, places(items, "1", "x", "3"), 422, "ganze Zahl")
    secretary.post(url, places(items, "1", "2", "1"))
    assert [s.take(row).taken_up for row in items] == [2, 3, 1]
    refused(site, url, places(items, "2", "3", "1"), 409, "An der Reihenfolge ändert sich nichts")

    s.act(house, closed, SignMinutesAnswer(DAY))
    again = places(items, "1", "3", "2")
    secretary.post(url, again, 422)
    secretary.post(url, {**again, "reason": REASON})
    assert [s.take(row).taken_up for row in items] == [1, 3, 2]


def test_while_a_meeting_lasts_what_is_to_come_has_no_place(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    s.act(house, meeting, OpenAnswer(at=OPENED))
    url, items = here(meeting, "reihenfolge"), s.items(meeting)
    assert all(not secretary.get(url).value(name) for name in places(items, *"123"))
    secretary.post(url, places(items, "", "", "1"))
    assert [s.take(row).taken_up for row in items] == [None, None, 1]


def test_a_meeting_closed_by_mistake_is_reopened(
    house: f.House, closed: Meeting, secretary: Visitor
) -> None:
    url = here(closed, "wieder-oeffnen")
    assert "Sitzung wieder öffnen" in secretary.get(here(closed)).words
    secretary.post(url, {})
    assert s.again(closed).state == MeetingState.RUNNING
    assert "läuft schon" in secretary.post(url, {}, 409).words
    s.act(house, closed, CloseAnswer(at=CLOSED, reason="Nur Berichte"))
    s.act(house, closed, SignMinutesAnswer(DAY))
    secretary.post(url, {}, 422)
    s.act(house, closed, ApproveMinutesAnswer(DAY))
    page = secretary.post(url, {"reason": REASON}, 409)
    assert "berichtigt das Protokoll einer späteren Sitzung" in page.words
    assert "Sitzung wieder öffnen" not in secretary.get(here(closed)).words


def test_chair_and_hours_are_set_right(
    site: Site, house: f.House, closed: Meeting, secretary: Visitor
) -> None:
    url = here(closed, "angaben")
    page = secretary.get(url)
    assert (page.value("opened_at"), page.value("closed_at")) == ("17:00", "20:00")
    chair = s.members(house, "council")[0]
    refused(site, url, {"opened_at": "21:00", "closed_at": "20:00"}, 409, "bevor sie eröffnet war")
    secretary.post(url, {"opened_at": "17:10", "closed_at": "00:20", "chair": chair.pk})
    now = s.again(closed)
    assert now.opened_at == OPENED + timedelta(minutes=10)
    assert now.closed_at == CLOSED + timedelta(hours=4, minutes=20)
    assert now.chair == chair


def test_after_a_move_the_page_asks_for_a_new_invitation(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    s.invite(house, meeting, on=DAY - timedelta(days=20))
    url = here(meeting, "einladung")
    assert "schon eingeladen" in secretary.post(url, {"on": "2024-02-20"}, 409).words
    s.act(house, meeting, MoveAnswer(f.at(DAY + timedelta(days=7)), reason="Saal belegt"))
    assert "Erneut einladen" in secretary.get(here(meeting)).words
    page = secretary.get(url)
    assert "Erneut einladen" in page.words
    assert "Anfragen" in page.words
    secretary.post(url, {"on": "2024-02-20"})
    assert Invitation.everything.filter(meeting=meeting).count() == 2
    words = secretary.get(here(meeting)).words
    assert "Einladung vom 10.02.2024, zum 01.03.2024, 17:00 Uhr" in words
    assert "Erneut einladen" not in words


def test_the_first_meeting_of_a_term_is_recognised_or_named(
    house: f.House, secretary: Visitor
) -> None:
    body = house.committee("council").pk
    day = date(2021, 11, 8)
    typed = {"committees": [body], "date": day.isoformat(), "time": "17:00", "place": "Kreishaus"}
    secretary.post("/sitzungen/neu/", typed)
    first = Meeting.everything.get()
    assert first.constituting
    words = secretary.get(here(first)).words
    assert "Wahlperiode erste Sitzung" in words
    other = {**typed, "time": "10:00", "constituting": "nein"}
    secretary.post("/sitzungen/neu/", other)
    assert not Meeting.everything.get(starts_at=f.at(day, 10)).constituting


def test_after_the_signature_the_agenda_and_a_count_ask_why(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    s.act(house, meeting, OpenAnswer(at=OPENED))
    s.call_roll(house, meeting, "council", 3)
    s.act(house, meeting, SignMinutesAnswer(DAY))
    url, items = here(meeting, "tagesordnung"), s.items(meeting)
    form = {"committee": items[0].committee_id, **places(items, *"123")}
    for wish in ({"do": "order", **places(items, *"213")}, {"do": "number"}):
        page = secretary.post(url, {**form, **wish}, 409)
        assert "Bitte begründen Sie die Änderung" in page.words
        secretary.post(url, {**form, **wish, "reason": REASON})
    assert [row.number for row in s.items(meeting)] == ["Ö 1", "Ö 2", "Ö 3"]

    count = run(meeting, "beschlussfaehig")
    secretary.post(count, {"committee": items[0].committee_id}, 422)
    secretary.post(count, {"committee": items[0].committee_id, "reason": REASON})
    assert QuorumStatement.everything.get(meeting=meeting).present == 3
