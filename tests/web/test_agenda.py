"""The page on which an agenda is made: what waits, its own items, their order, what comes off."""

from datetime import timedelta
from typing import Any

import pytest

from proposals.models import AgendaItem, Meeting, StandardItem
from proposals.rules.agenda import Addition, ItemKind
from proposals.rules.consultation import Outcome
from proposals.services.meeting import OpenAnswer, PostponeRestAnswer
from tests import factories as f
from tests import sittings as s
from tests.web.site import Page, Site, Visitor, count_rows
from tests.web.test_meetings import DAY, here, refused
from tests.web.test_queries import queries

WEEK = timedelta(days=7)
MOST = 50


@pytest.fixture
def meeting(house: f.House) -> Meeting:
    return s.plan(house, "council", day=DAY)


@pytest.fixture
def secretary(site: Site) -> Visitor:
    return site["secretary"]


def edit(meeting: Meeting, *parts: object) -> str:
    return here(meeting, "tagesordnung", *map(str, parts))


def titles(meeting: Meeting) -> list[str]:
    rows = AgendaItem.everything.filter(meeting=meeting).exclude(outcome=Outcome.TAKEN_OFF)
    return list(rows.order_by("position").values_list("title", flat=True))


def order(meeting: Meeting, **values: Any) -> dict[str, Any]:
    """Return the order form of the meeting's body as it stands, with changes."""
    rows = AgendaItem.everything.filter(meeting=meeting, parent=None).order_by("position")
    places = {f"place-{row.pk}": str(place) for place, row in enumerate(rows, 1)}
    return {"do": "order", "committee": rows[0].committee_id, **places, **values}


def name_of(item: AgendaItem) -> str:
    return f"place-{item.pk}"


# --- what waits


def test_a_paper_goes_on_the_agenda_with_one_click(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    proposal = f.make_proposal(house, "in_route", subject="Kreisstraße 7")
    page = secretary.get(edit(meeting))
    assert "Offene Punkte 1" in page.words
    assert "vorbehaltlich der Beratung im Sozialausschuss und im Kreisausschuss" in page.words
    station = f.station(proposal, "council")
    secretary.post(edit(meeting), {"do": "paper", "point": station.pk})
    assert titles(meeting) == ["Kreisstraße 7"]
    page = secretary.get(edit(meeting))
    assert "Für Kreistag wartet nichts." in page.words
    assert "vorbehaltlich der Beratung im Sozialausschuss" in page.words
    again = secretary.post(edit(meeting), {"do": "paper", "point": station.pk}, 409)
    assert "bereits erledigt" in again.words
    secretary.post(edit(meeting), {"do": "paper", "point": 10**8}, 404)


def test_what_was_put_off_waits_with_its_day(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    s.paper(house, meeting, subject="Kreisstraße 7")
    s.add_item(house, meeting, "council", "Verpflichtung")
    s.act(house, meeting, OpenAnswer(at=meeting.starts_at))
    s.act(house, meeting, PostponeRestAnswer())
    later = s.plan(house, "council", day=DAY + WEEK)
    page = secretary.get(edit(later))
    assert "vertagt am 01.03.2024" in page.words
    own = AgendaItem.everything.get(meeting=meeting, title="Verpflichtung")
    secretary.post(edit(later), {"do": "item", "point": own.pk})
    resumed = AgendaItem.everything.get(meeting=later)
    assert (resumed.title, resumed.resumes) == ("Verpflichtung", own)
    assert "am 01.03.2024 vertagt" in secretary.get(here(later)).words


def test_standard_items_are_added_where_they_are_missing(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    body = house.committee("council")
    s.add_item(house, meeting, "council", "Eröffnung der Sitzung", ItemKind.OPENING)
    words = "Standardpunkte ergänzen"
    with f.setting_up(house.municipality):
        for place, title in enumerate(("Eröffnung der Sitzung", "Einwohnerfragen"), 1):
            kind = ItemKind.QUESTIONS if place == 2 else ItemKind.OPENING
            StandardItem(committee=body, position=place, kind=kind, title=title).save()
    before = words in secretary.get(edit(meeting)).words
    secretary.post(edit(meeting), {"do": "standard", "committee": body.pk})
    assert titles(meeting).count("Einwohnerfragen") == 1
    assert before
    assert words not in secretary.get(edit(meeting)).words


# --- items of its own


def test_an_own_item_and_a_sub_item_are_added(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    body = house.committee("council").pk
    values = {"do": "add", "kind": "other", "committee": body, "public": "on"}
    refused(site, edit(meeting), values, 409, "Bitte eine Bezeichnung angeben.")
    secretary.post(edit(meeting), {**values, "title": "Haushalt 2025"})
    parent = AgendaItem.everything.get(meeting=meeting)
    secretary.post(edit(meeting), {**values, "title": "Stellenplan", "parent": parent.pk})
    secret = {**values, "title": "Grundstück", "public": None, "public_title": "Liegenschaften"}
    secretary.post(edit(meeting), secret)
    secretary.post(edit(meeting), {"do": "number"})
    rows = AgendaItem.everything.filter(meeting=meeting).order_by("pk")
    assert [row.number for row in rows] == ["Ö 1", "Ö 1.1", "N 1"]
    too_long = {**values, "title": "x" * 501}
    refused(site, edit(meeting), too_long, 422, "aus höchstens 500 Zeichen")


def test_an_item_is_changed_and_taken_off(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    first = s.add_item(house, meeting, "council", "Anton")
    second = s.add_item(house, meeting, "council", "Berta")
    url = edit(meeting, second.pk)
    page = secretary.get(url)
    values = {**page.fields, "debated_with": first.pk, "delivery": "tabled", "title": "Bertha"}
    secretary.post(url, values)
    words = secretary.get(edit(meeting)).words
    assert "gemeinsame Aussprache mit „Anton“" in words
    assert "Tischvorlage" in words
    refused(site, url, {**values, "title": ""}, 422, "Bezeichnung: Dieses Feld ist zwingend")
    off = edit(meeting, second.pk, "abnehmen")
    refused(site, off, {"reason": ""}, 422, "Grund: Dieses Feld ist zwingend")
    secretary.post(off, {"reason": "zurückgestellt"})
    assert titles(meeting) == ["Anton"]
    s.invite(house, meeting)
    sent = edit(meeting, first.pk, "abnehmen")
    refused(site, sent, {"reason": "doch nicht"}, 409, "absetzen kann diesen Punkt nur noch")
    secretary.get(edit(meeting, 10**8), 404)
    site["minutes"].get(url, 403)


# --- the order


def test_items_are_ordered_by_their_typed_places(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    rows = [s.add_item(house, meeting, "council", name) for name in "ABCDE"]
    secretary.post(edit(meeting), order(meeting, **{name_of(rows[4]): "1"}))
    assert titles(meeting) == ["E", "A", "B", "C", "D"]
    secretary.post(edit(meeting), order(meeting, **{name_of(rows[4]): "4"}))
    assert titles(meeting) == ["A", "B", "C", "E", "D"]
    secretary.post(edit(meeting), order(meeting, **{name_of(rows[0]): "99", name_of(rows[1]): ""}))
    assert titles(meeting) == ["B", "C", "E", "D", "A"]


def test_an_item_rises_and_sinks_by_one_step(
    house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    rows = [s.add_item(house, meeting, "council", name) for name in "ABC"]
    s.add_item(house, meeting, "council", "B1", parent_id=rows[1].pk)
    answer = secretary.post(edit(meeting), order(meeting, down=rows[0].pk))
    assert answer.headers["Location"].endswith(f"#top-{rows[0].pk}")
    page = secretary.get(edit(meeting)).words
    assert page.index("B1") < page.index("A nach oben")
    secretary.post(edit(meeting), order(meeting, up=rows[2].pk))
    page = secretary.get(here(meeting)).words
    assert [page.index(f" {name} ") for name in ("B", "B1", "C", "A")] == sorted(
        page.index(f" {name} ") for name in ("B", "B1", "C", "A")
    )
    before = titles(meeting)
    secretary.post(edit(meeting), order(meeting, up=rows[1].pk))
    assert titles(meeting) == before


def test_the_order_of_what_was_sent_stays(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    rows = [s.add_item(house, meeting, "council", name) for name in "AB"]
    s.invite(house, meeting)
    rows += [s.add_item(house, meeting, "council", name) for name in "CD"]
    page = secretary.get(edit(meeting))
    assert "Nachtrag" in page.words
    assert rows[2].added == Addition.SUPPLEMENT
    secretary.post(edit(meeting), order(meeting, **{name_of(rows[1]): "1"}))
    assert titles(meeting) == ["A", "B", "C", "D"]
    secretary.post(edit(meeting), order(meeting, down=rows[2].pk))
    assert titles(meeting) == ["A", "B", "D", "C"]
    secretary.post(here(meeting, "nachtrag"), {"on": "2024-02-27", "recipients": "alle"})
    assert "Nachtrag vom 27.02.2024" in secretary.get(here(meeting)).words


@pytest.mark.parametrize("place", ["x", "-1", "1,5", "9" * 30])
def test_a_place_that_is_no_number_is_refused_and_kept(
    site: Site, house: f.House, meeting: Meeting, place: str
) -> None:
    rows = [s.add_item(house, meeting, "council", name) for name in "AB"]
    before = count_rows()
    page: Page = site["secretary"].post(
        edit(meeting), order(meeting, **{name_of(rows[0]): place}), 422
    )
    assert page.value(name_of(rows[0])) == place
    assert count_rows() == before
    assert titles(meeting) == ["A", "B"]


def test_a_public_item_does_not_go_behind_the_closed_part(
    site: Site, house: f.House, meeting: Meeting
) -> None:
    public = s.add_item(house, meeting, "council", "Offen")
    s.add_item(house, meeting, "council", "Geheim", public=False)
    values = order(meeting, **{name_of(public): "2"})
    page = site["secretary"].post(edit(meeting), values, 409)
    assert page.value(name_of(public)) == "2"
    assert titles(meeting) == ["Offen", "Geheim"]


# --- in the meeting


def test_the_body_extends_its_agenda_or_refuses_to(
    site: Site, house: f.House, meeting: Meeting, secretary: Visitor
) -> None:
    s.act(house, meeting, OpenAnswer(at=meeting.starts_at))
    proposal = f.make_proposal(house, "in_route", subject="Deichbruch")
    station = f.station(proposal, "council")
    url = here(meeting, "erweitern")
    page = secretary.get(url)
    assert "§ 59 Abs. 3 Satz 5 NKomVG" in page.words
    own = {**page.fields, "title": "Resolution", "reason": "eilt"}
    lost = {**own, "yes": "2", "no": "3", "abstained": "0"}
    refused(site, url, {**own, "reason": ""}, 422, "Dringlichkeit: Dieses Feld ist zwingend")
    secretary.post(url, lost)
    assert AgendaItem.everything.get(title="Resolution").outcome == Outcome.NOT_ADMITTED
    refused(site, url, lost, 409, "Diese Erweiterung ist schon erfasst.")
    key = secretary.get(url).value("request_key")
    carried = {**own, "request_key": key, "title": "", "consultation": station.pk, "yes": "5"}
    secretary.post(url, {**carried, "no": "0", "abstained": "0"})
    assert AgendaItem.everything.get(title="Deichbruch").added == Addition.EXTENSION
    assert "Erweiterung in der Sitzung" in secretary.get(here(meeting)).words


# --- all of it


def test_only_who_keeps_a_body_makes_its_agenda(site: Site, house: f.House) -> None:
    meeting = s.plan(house, "social", "main", day=DAY)
    s.add_item(house, meeting, "main", "Geheimsache Q9")
    s.add_item(house, meeting, "social", "Offene Sache")
    page = site["minutes"].get(edit(meeting))
    assert "Offene Sache" in page.words
    assert "Q9" not in page.words
    other = house.committee("main").pk
    values = {"do": "add", "kind": "other", "committee": other, "title": "Fremd", "public": "on"}
    site["minutes"].post(edit(meeting), values, 422)
    site["minutes"].post(edit(meeting), {"do": "order", "committee": other}, 404)
    site["head"].get(edit(meeting), 403)


def test_the_page_takes_a_constant_number_of_queries(
    site: Site, house: f.House, meeting: Meeting
) -> None:
    s.paper(house, meeting)
    f.make_proposal(house, "in_route")
    few = queries(site, edit(meeting))
    for _ in range(8):
        s.paper(house, meeting)
        f.make_proposal(house, "in_route")
    assert queries(site, edit(meeting)) == few <= MOST
