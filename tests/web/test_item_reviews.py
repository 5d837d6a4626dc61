"""A count error in an item without a paper: on the task list, done there, closed to others."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import AgendaItem, ResultReview, Role
from proposals.rules.consultation import Outcome
from proposals.services.meeting import ApproveMinutesAnswer
from tests import factories as f
from tests import sittings as s
from tests.web.site import Site, Visitor

SECRET = "Pacht Familie Muster"


def recounted(house: f.House, *, public: bool = True, title: str = SECRET) -> AgendaItem:
    """Return an item without a paper whose approved minutes said 3:2 and whose recount 2:3."""
    meeting = s.plan(house, "council", day=f.DAY, hour=9 + ResultReview.everything.count())
    words = "" if public else "Grundstückssache"
    item = s.add_item(house, meeting, "council", title, public=public, public_title=words)
    s.record(house, item, Outcome.DECIDED, (3, 2, 0))
    f.sign(house, meeting)
    s.act(house, meeting, ApproveMinutesAnswer(f.DAY))
    s.record(house, item, Outcome.DECIDED, (2, 3, 0), reason="Nachgezählt")
    return item


@pytest.fixture
def site(house: f.House) -> Site:
    f.make_user(house, "lawyer", Role.LEGAL)
    return Site(house)


def step_of(visitor: Visitor) -> str:
    """Return the address of the only count error on somebody's task list."""
    found = re.findall(r'href="(/sitzungen/[^"]+/zaehlfehler[^"]*)"', visitor.get("/").html)
    (address,) = found
    return str(address)


def test_the_lawyer_and_the_head_find_it_under_their_tasks_and_finish_it(site: Site) -> None:
    item = recounted(site.house)
    lawyer, head = site["lawyer"], site["head"]
    tasks = head.get("/").words
    assert "Zählfehler: entscheiden" in tasks
    assert f"{SECRET}" in tasks
    assert "Sitzung vom 01.03.2024" in tasks

    opinion = step_of(lawyer)
    page = lawyer.get(opinion)
    assert "Bisher gezählt: angenommen (3 Ja, 2 Nein, 0 Enthaltungen)." in page.words
    assert "Der Punkt hat keine Vorlage" in page.words
    assert lawyer.send(opinion, 422, text="").complaints
    lawyer.send(opinion, text="Der Beschluss ist rechtswidrig.")
    assert "zaehlfehler" not in lawyer.get("/").html

    decision = step_of(head)
    assert "Der Beschluss ist rechtswidrig." in head.get(decision).words
    refused = head.send(decision, 422, decision="stands", reason="")
    assert refused.value("decision") == "stands"
    form = {"decision": "stands", "reason": "Nach Beratung"}
    head.post(decision, form)
    assert ResultReview.everything.get(agenda_item=item).decided_on is not None
    late = head.post(decision, form, 409)
    assert "Nach Beratung" in late.html, "nothing typed is lost"
    assert "zaehlfehler" not in head.get("/").html


def test_an_item_behind_closed_doors_tells_others_nothing(site: Site) -> None:
    item = recounted(site.house, public=False)
    decision = step_of(site["head"])
    assert SECRET in site["head"].get(decision).words
    assert SECRET in site["lawyer"].get("/").words
    site["secretary"].get(decision, 403)
    site["lawyer"].get(decision, 403)
    for outsider in ("staffer", "clerk", "treasurer"):
        assert SECRET not in site[outsider].get("/").words
        site[outsider].get(decision, 404)
        site[outsider].post(decision, {"decision": "stands", "reason": "x"}, 404)
    other = recounted(site.house, title="Anderer Punkt")
    moved = decision.replace(f"/top/{item.pk}/", f"/top/{other.pk}/")
    site["head"].get(moved, 404)


def test_the_task_list_takes_a_constant_number_of_queries_for_them(site: Site) -> None:
    taken = []
    for _round in range(2):
        recounted(site.house)
        site["head"].get("/")
        with CaptureQueriesContext(connection) as queries:
            site["head"].get("/")
        taken.append(len(queries))
    assert taken[0] == taken[1]
