"""Nordrhein-Westfalen at the screen: the subject says whether the head of administration votes."""

import pytest

from proposals.models import AgendaItem
from proposals.rules.words import Land
from tests import factories as f
from tests import sittings as s
from tests.web.running import run, top
from tests.web.site import Visitor


@pytest.fixture
def item(db: None) -> AgendaItem:
    house = f.make_house(land=Land.NW)
    return s.paper(house, s.plan(house, "council"))


@pytest.fixture
def secretary(item: AgendaItem) -> Visitor:
    return Visitor(f.House(item.committee.municipality).user("secretary"))


def test_the_page_of_an_item_presets_the_switch_by_its_subject(
    secretary: Visitor, item: AgendaItem
) -> None:
    page = secretary.get(top(item))
    assert "nimmt das Gesetz der Verwaltungsleitung die Stimme" in page.words
    assert "Ansprüche gegen den Landrat" in page.words
    secretary.post(top(item, "leitung"), {"head_subject": "claims"})
    assert s.take(item).without_head
    why = "Die Verwaltungsleitung stimmt nicht mit bei: Ansprüche gegen den Landrat"
    words = secretary.get(top(item)).words
    assert why in words
    assert "§ 38 Abs. 2 KrO NRW" in words
    assert "Verwaltungsleitung stimmt nicht mit" in secretary.get(run(item.meeting)).words

    secretary.post(top(item, "leitung"), {"head_subject": "claims"})  # the switch taken out
    assert not s.take(item).without_head
    assert "Für diesen TOP anders festgelegt: stimmt mit." in secretary.get(top(item)).words
    secretary.post(top(item, "leitung"), {"head_subject": "parking"}, 422)


def test_the_agenda_form_asks_for_the_subject_as_well(secretary: Visitor, item: AgendaItem) -> None:
    url = f"/sitzungen/{item.meeting_id}/tagesordnung/{item.pk}/"
    typed = {"title": item.title, "public": "on", "delivery": "in_time", "head_subject": "recall"}
    assert "Abwahl des Landrats (§ 25 Abs. 2 Satz 4, § 45 Abs. 1 KrO NRW)" in (
        secretary.get(url).words
    )
    secretary.post(url, typed)
    now = s.take(item)
    assert (now.head_subject, now.without_head) == ("recall", True)


def test_other_laender_are_not_asked(house: f.House) -> None:
    item = s.paper(house, s.plan(house, "council"))
    secretary = Visitor(house.user("secretary"))
    for url in (top(item), f"/sitzungen/{item.meeting_id}/tagesordnung/{item.pk}/"):
        page = secretary.get(url)
        assert "Erforderliche Mehrheit" in page.words
        assert 'name="without_head"' not in page.html
        assert 'name="head_subject"' not in page.html
