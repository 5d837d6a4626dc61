"""Meetings at the screen: list and calendar, one meeting, and what is done with it as a whole."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from proposals.models import AgendaItem, Invitation, Meeting
from proposals.rules.agenda import ItemKind
from proposals.rules.consultation import Outcome
from proposals.rules.meeting import MeetingState
from proposals.services.meeting import MoveAnswer, OpenAnswer, PostponeRestAnswer
from tests import factories as f
from tests import sittings as s
from tests.web.refusals import assert_kept
from tests.web.site import Page, Site, Values, count_rows
from tests.web.test_queries import queries

DAY = date(2024, 3, 1)
WEEK = timedelta(days=7)
MOST = {"list": 28, "calendar": 25, "meeting": 45}


def here(meeting: Meeting, *parts: str) -> str:
    """Return the address of a meeting's page, or of one below it."""
    return "/".join(["", "sitzungen", str(meeting.pk), *parts, ""])


def refused(site: Site, url: str, values: Values, status: int, sentence: str) -> Page:
    """Send the values: they come back with the sentence, and nothing has changed."""
    before = count_rows()
    page = site["secretary"].post(url, values, status)
    assert sentence in page.words, page.complaints or page.words[:800]
    assert count_rows() == before
    assert_kept(page, values, ["do", "committee"])
    return page


@pytest.fixture
def meeting(house: f.House) -> Meeting:
    return s.plan(house, "council", place="Kreishaus", standard=False)


# --- list and calendar


@time_machine.travel("2024-03-10 12:00")
def test_the_next_meeting_comes_first_and_the_last_one_heads_the_past(
    site: Site, house: f.House
) -> None:
    days = [date(2024, 2, 5), date(2024, 3, 4), date(2024, 3, 13), date(2024, 4, 17)]
    for day in days:
        s.plan(house, "social", day=day)
    words = site["deputy"].get("/sitzungen/").words
    coming, _, past = words.partition("Frühere Sitzungen")
    assert coming.index("13.03.2024") < coming.index("17.04.2024")
    assert "in 3 Tagen" in coming
    assert past.index("04.03.2024") < past.index("05.02.2024")


def test_the_list_shows_one_body_and_one_year(site: Site, house: f.House) -> None:
    s.plan(house, "social", day=date(2023, 5, 2))
    s.plan(house, "council", day=date(2023, 6, 6))
    s.plan(house, "social", day=date(2024, 5, 7))
    body = house.committee("social").pk
    words = site["clerk"].get(f"/sitzungen/?committee={body}&year=2023").words
    assert "02.05.2023" in words
    assert not any(day in words for day in ("06.06.2023", "07.05.2024"))
    assert "07.05.2024" in site["clerk"].get("/sitzungen/?committee=x&year=1").words


def test_the_calendar_shows_a_year_and_a_month(site: Site, house: f.House) -> None:
    meeting = s.plan(house, "council", "main", day=date(2024, 2, 29))
    year = site["clerk"].get("/sitzungen/kalender/?year=2024")
    assert "Kreistag und Kreisausschuss" in year.words
    assert here(meeting) in year.html
    month = site["clerk"].get("/sitzungen/kalender/?year=2024&month=2")
    assert "Februar 2024" in month.words
    assert "Kreistag und Kreisausschuss" in month.words
    assert "year=2024&amp;month=3" in month.html
    assert site["clerk"].get("/sitzungen/kalender/?year=99999&month=13").status == 200
    assert site["clerk"].get("/sitzungen/kalender/?year=2198&month=12").status == 200


def test_lists_of_meetings_take_a_constant_number_of_queries(site: Site, house: f.House) -> None:
    urls = {"/sitzungen/": "list", "/sitzungen/kalender/?year=2024": "calendar"}
    for number in range(3):
        s.plan(house, "social", day=DAY + number * WEEK)
    few = {url: queries(site, url) for url in urls}
    for number in range(3, 20):
        s.plan(house, "social", "main", day=DAY + number * WEEK)
    for url, name in urls.items():
        assert queries(site, url) == few[url] <= MOST[name]


# --- planning


def test_a_meeting_is_planned_with_its_standard_items(site: Site, house: f.House) -> None:
    values = {
        "committees": [house.committee("social").pk],
        "date": "2024-03-13",
        "time": "15:00",
        "place": "Rathaus",
        "number": "12",
        "standard": "on",
    }
    site["secretary"].post("/sitzungen/neu/", values)
    meeting = Meeting.everything.get()
    assert timezone.localtime(meeting.starts_at).time() == time(15)
    assert (meeting.place, meeting.number) == ("Rathaus", 12)
    page = site["secretary"].get(here(meeting))
    assert "Mittwoch, 13. März 2024, 15:00 Uhr, Rathaus" in page.words
    again = site["secretary"].get(f"/sitzungen/neu/?committee={values['committees'][0]}")
    assert (again.value("place"), again.value("time")) == ("Rathaus", "15:00")
    refused(site, "/sitzungen/neu/", values, 409, "Zu dieser Zeit gibt es schon eine Sitzung")
    site["minutes"].post("/sitzungen/neu/", values, 403)


def test_a_joint_meeting_sits_with_several_bodies(site: Site, house: f.House) -> None:
    bodies = [house.committee(name).pk for name in ("main", "social")]
    values = {"committees": bodies, "date": "2024-03-13", "time": "15:00"}
    site["secretary"].post("/sitzungen/neu/", values)
    page = site["deputy"].get(here(Meeting.everything.get()))
    assert "Kreisausschuss und Sozialausschuss" in page.words


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"committees": None}, "Bitte wählen Sie mindestens ein Gremium."),
        ({"date": ""}, "Datum: Dieses Feld ist zwingend erforderlich."),
        ({"date": "0024-03-13"}, "Bitte das Jahr prüfen."),
        ({"time": "25:00"}, "Bitte eine gültige Uhrzeit eingeben."),
        ({"place": "x" * 201}, "aus höchstens 200 Zeichen"),
        ({"number": "12a"}, "Bitte eine ganze Zahl angeben."),
    ],
)
def test_what_cannot_be_read_of_a_new_meeting_is_refused_and_kept(
    site: Site, house: f.House, changes: Values, sentence: str
) -> None:
    values = {
        "committees": [house.committee("social").pk],
        "date": "2024-03-13",
        "time": "15:00",
        "place": "Rathaus",
        **changes,
    }
    refused(site, "/sitzungen/neu/", values, 422, sentence)


# --- one meeting


def test_the_page_says_what_is_next(site: Site, house: f.House, meeting: Meeting) -> None:
    secretary = site["secretary"]

    def is_next(words: str) -> bool:
        return f"Als Nächstes {words}" in secretary.get(here(meeting)).words.replace(
            "Noch steht nichts auf der Tagesordnung. ", ""
        )

    with time_machine.travel("2024-02-01 12:00"):
        assert is_next("Tagesordnung aufstellen")
        s.add_item(house, meeting, "council")
        assert is_next("Einladung versenden")
        secretary.post(here(meeting, "einladung"), {"on": "2024-01-31", "recipients": "alle"})
        assert is_next("Gerade nichts zu tun.")
        s.add_item(house, meeting, "council", "Nachgereicht")
        assert (
            "Ein Punkt ist seit der Einladung dazugekommen." in secretary.get(here(meeting)).words
        )
    with time_machine.travel("2024-03-01 16:00"):
        assert "Sitzung durchführen" in secretary.get(here(meeting)).words
        secretary.post(here(meeting, "eroeffnen"), {"at": "17:00"})
        secretary.post(here(meeting, "unterbrechen"), {"at": "17:30", "reason": "Beratung"})
        assert is_next("Sitzung fortsetzen")
        secretary.post(here(meeting, "fortsetzen"), {"at": "17:45"})
        secretary.post(here(meeting, "schliessen"), {"at": "00:15", "reason": "Nichts offen"})
    meeting = s.again(meeting)
    assert meeting.closed_at is not None
    assert timezone.localtime(meeting.closed_at).date() == DAY + timedelta(days=1)
    words = secretary.get(here(meeting)).words
    assert "17:30 bis 17:45 Uhr (Beratung)" in words
    assert is_next("Protokoll als unterschrieben vermerken")
    secretary.post(here(meeting, "protokoll"), {"on": "2024-03-05", "stage": "unterschrieben"})
    assert is_next("Protokoll als genehmigt vermerken")
    secretary.post(here(meeting, "protokoll"), {"on": "2024-03-08", "stage": "genehmigt"})
    assert is_next("Gerade nichts zu tun.")


def test_who_keeps_nothing_only_reads(site: Site, house: f.House, meeting: Meeting) -> None:
    s.paper(house, meeting, subject="Kreisstraße 7")
    words = site["deputy"].get(here(meeting)).words
    assert "Die Tagesordnung ist noch nicht versandt." in words
    assert "Kreisstraße 7" not in words
    assert "1 Punkt" not in site["deputy"].get("/sitzungen/").words
    s.invite(house, meeting)
    assert "1 Punkt" in site["deputy"].get("/sitzungen/").words
    page = site["deputy"].get(here(meeting))
    assert "Kreisstraße 7" in page.words
    assert "Als Nächstes" not in page.words
    for act in ("einladung", "verlegen", "absagen", "eroeffnen", "tagesordnung", "anwesenheit"):
        site["deputy"].get(here(meeting, act), 403)


def test_the_agenda_as_invited_stays_apart_from_the_agenda_as_held(
    site: Site, house: f.House, meeting: Meeting
) -> None:
    first, second = (s.add_item(house, meeting, "council", name) for name in ("Anton", "Berta"))
    s.invite(house, meeting, recipients="alle Mitglieder")
    s.act(house, meeting, OpenAnswer(at=meeting.starts_at))
    s.record(house, second, Outcome.NOTED)
    words = site["secretary"].get(here(meeting)).words
    held, invited = words.split("Wie eingeladen")
    assert held.index("Berta") < held.index("Anton")
    assert "An: alle Mitglieder" in invited
    assert invited.index("Anton") < invited.index("Berta")
    assert first.number == "" != s.take(first).number


def test_a_meeting_takes_a_constant_number_of_queries(site: Site, house: f.House) -> None:
    meeting = s.plan(house, "social", day=DAY)
    for _ in range(2):
        s.paper(house, meeting, "social")
    s.invite(house, meeting)
    few = {user: queries(site, here(meeting), user) for user in ("secretary", "deputy")}
    for _ in range(12):
        s.paper(house, meeting, "social")
    assert {user: queries(site, here(meeting), user) for user in few} == few
    assert max(few.values()) <= MOST["meeting"]


# --- inviting, moving, cancelling


def test_a_short_notice_is_asked_for_its_reason(site: Site, house: f.House) -> None:
    with f.setting_up(house.municipality):
        house.municipality.house_rules.create(
            path="bodies.committee.notice.days",
            value=7,
            source="§ 2 GeschO",
            valid_from=f.TERM_START,
        )
    meeting = s.plan(house, "social", day=DAY)
    s.add_item(house, meeting, "social")
    url = here(meeting, "einladung")
    assert "7 Tage" in site["secretary"].get(url).words
    values = {"on": "2024-02-26", "recipients": "alle"}
    refused(site, url, values, 409, "die Ladungsfrist beträgt 7 Tage")
    site["secretary"].post(url, {**values, "shortened_reason": "Fristablauf beim Land"})
    assert Invitation.everything.get().shortened_reason == "Fristablauf beim Land"


def test_an_invitation_after_the_meeting_or_twice_is_refused(
    site: Site, house: f.House, meeting: Meeting
) -> None:
    url = here(meeting, "einladung")
    refused(site, url, {"on": "2024-02-01"}, 409, "Auf der Tagesordnung steht noch nichts.")
    s.add_item(house, meeting, "council")
    refused(site, url, {"on": "2024-03-02"}, 409, "die Einladung kann nicht erst am 02.03.2024")
    refused(site, url, {"on": "2200-03-02"}, 422, "Bitte das Jahr prüfen.")
    site["secretary"].post(url, {"on": "2024-02-01", "recipients": "alle"})
    refused(site, url, {"on": "2024-02-01"}, 409, "Zu dieser Sitzung ist schon eingeladen.")


def test_the_hint_is_offered_where_an_item_lacked_a_quorum(site: Site, house: f.House) -> None:
    first = s.plan(house, "council", day=DAY)
    s.paper(house, first)
    s.invite(house, first)
    s.act(house, first, OpenAnswer(at=first.starts_at))
    second = s.plan(house, "council", day=DAY + WEEK)
    assert 'name="hint"' not in site["secretary"].get(here(second, "einladung")).html
    s.act(house, first, PostponeRestAnswer(no_quorum=True, to_meeting_id=second.pk))
    page = site["secretary"].get(here(second, "einladung"))
    assert "ohne Rücksicht auf die Zahl der Erschienenen" in page.words
    assert "§ 65 Abs. 2" in page.words
    site["secretary"].post(here(second, "einladung"), {"on": "2024-03-02", "hint": "on"})
    assert Invitation.everything.get(meeting=second).hint


def test_a_meeting_moves_and_says_from_where(site: Site, house: f.House, meeting: Meeting) -> None:
    url = here(meeting, "verlegen")
    page = site["secretary"].get(url)
    same = {name: page.value(name) for name in ("date", "time", "place")}
    refused(site, url, same, 409, "Zeit und Ort sind unverändert.")
    site["secretary"].post(url, {**same, "date": "2024-03-08"})
    assert "vom 01.03.2024, 17:00 Uhr" in site["deputy"].get(here(meeting)).words
    s.add_item(house, meeting, "council")
    s.invite(house, meeting)
    refused(site, url, {**same, "date": "2024-03-09"}, 409, "Bitte begründen Sie die Verlegung.")
    refused(
        site,
        url,
        {**same, "date": "2024-01-09", "reason": "früher"},
        409,
        "sie kann nicht schon am 09.01.2024 stattfinden",
    )


def test_a_cancelled_meeting_sends_its_papers_to_another(
    site: Site, house: f.House, meeting: Meeting
) -> None:
    item = s.paper(house, meeting, subject="Kreisstraße 7")
    other = s.plan(house, "council", day=DAY + WEEK)
    url = here(meeting, "absagen")
    refused(site, url, {"to_meeting": other.pk}, 422, "Grund: Dieses Feld ist zwingend")
    site["secretary"].post(url, {"reason": "Sturmflut", "to_meeting": other.pk})
    assert s.again(meeting).state == MeetingState.CANCELLED
    assert s.take(item).outcome == Outcome.NOT_HELD
    assert "Kreisstraße 7" in site["secretary"].get(here(other)).words
    assert "abgesagt" in site["deputy"].get(here(meeting)).words
    words = {"reason": "Noch einmal"}
    refused(site, url, words, 409, "Die Sitzung ist schon abgesagt.")


def test_the_rest_is_postponed_in_one_act(site: Site, house: f.House, meeting: Meeting) -> None:
    papers = [s.paper(house, meeting) for _ in range(3)]
    s.act(house, meeting, OpenAnswer(at=meeting.starts_at))
    later = s.plan(house, "council", day=DAY + WEEK)
    close = here(meeting, "schliessen")
    refused(site, close, {"at": "22:00"}, 409, "Bitte vertagen Sie den Rest")
    url = here(meeting, "rest-vertagen")
    page = site["secretary"].get(url)
    assert page.fields["items"] == [str(item.pk) for item in papers]
    refused(site, url, {"to_meeting": later.pk}, 422, "Bitte wählen Sie mindestens einen Punkt.")
    chosen = page.fields["items"][1:]
    values = {"items": chosen, "to_meeting": later.pk, "reason": "22 Uhr"}
    site["secretary"].post(url, values)
    assert [s.take(item).outcome for item in papers] == ["", Outcome.POSTPONED, Outcome.POSTPONED]
    assert AgendaItem.everything.filter(meeting=later).count() == 2
    site["secretary"].post(url, {"items": [papers[0].pk], "close": "on"})
    assert s.again(meeting).state == MeetingState.CLOSED


def test_a_meeting_is_not_opened_twice_and_not_before_its_day(
    site: Site, house: f.House, meeting: Meeting
) -> None:
    url = here(meeting, "eroeffnen")
    chair = s.members(house, "council")[0]
    refused(site, url, {"at": ""}, 422, "Uhrzeit: Dieses Feld ist zwingend erforderlich.")
    site["secretary"].post(url, {"at": "16:58", "chair": chair.pk})
    assert s.again(meeting).chair == chair
    assert "16:58 Uhr" in site["secretary"].get(here(meeting)).words
    refused(site, url, {"at": "17:00"}, 409, "Die Sitzung läuft schon.")
    refused(site, here(meeting, "fortsetzen"), {"at": "17:00"}, 409, "ist nicht unterbrochen")
    move = {"date": "2024-03-08", "time": "17:00", "reason": "Doch"}
    refused(site, here(meeting, "verlegen"), move, 409, "verlegt wird nur eine Sitzung")


# --- secrecy


def test_the_house_sees_the_meeting_and_only_its_own_the_closed_part(
    site: Site, house: f.House
) -> None:
    meeting = s.plan(house, "main", day=DAY)
    s.paper(house, meeting, "main", subject="Grundstück Hafenstraße")
    s.add_item(house, meeting, "main", "Personalsache Q7", ItemKind.OTHER)
    s.invite(house, meeting)
    for name in ("secretary", "head", "auditor", "deputy"):
        assert "Personalsache Q7" in site[name].get(here(meeting)).words, name
    for name in ("clerk", "treasurer", "minutes", "administrator"):
        words = site[name].get(here(meeting)).words
        assert "Kreisausschuss" in words
        assert "Personalsache Q7" not in words, name
    assert "2 Punkte" not in site["treasurer"].get("/sitzungen/").words
    other = f.make_house("fremd")
    Site(other)["secretary"].get(here(meeting), 404)


def test_a_moved_meeting_tells_no_reason(site: Site, house: f.House, meeting: Meeting) -> None:
    answer = MoveAnswer(starts_at=f.at(DAY + WEEK), reason="Geheimer Grund Q8")
    s.act(house, meeting, answer)
    assert "Q8" not in site["clerk"].get(here(meeting)).words
