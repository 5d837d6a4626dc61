"""Nordrhein-Westfalen: on which subjects the head of the administration has no vote."""

from typing import Any

import pytest

from proposals.models import AgendaItem, Membership
from proposals.rules.consultation import Outcome
from proposals.rules.errors import RuleViolation
from proposals.rules.words import Land
from proposals.services.agenda import AddItemAnswer, ChangeItemAnswer
from proposals.services.attendance import entitled_at
from proposals.services.meeting import PostponeRestAnswer
from tests import factories as f
from tests import sittings as s
from tests.factories import DECISION, House

ROUTE = (("main", f.PRELIMINARY), ("council", DECISION))


@pytest.fixture
def nrw(db: None) -> House:
    return f.make_house(land=Land.NW)


def change(house: House, item: AgendaItem, **values: Any) -> AgendaItem:
    """Change an item as its form would: everything else as it stands."""
    now = s.take(item)
    told = {"without_head": now.without_head, **values}
    answer = ChangeItemAnswer(now.pk, now.title, now.public, number=now.number, **told)
    s.act(house, now.meeting, answer)
    return s.take(item)


def test_the_subject_presets_the_switch_and_the_secretary_overrides_it(nrw: House) -> None:
    item = s.paper(nrw, s.plan(nrw, "council"))
    item = change(nrw, item, head_subject="claims")
    assert (item.head_subject, item.without_head) == ("claims", True)
    item = change(nrw, item, without_head=False)
    assert (item.head_subject, item.without_head) == ("claims", False)
    item = change(nrw, item, head_subject="recall")
    assert item.without_head
    item = change(nrw, item, head_subject="")
    assert not item.without_head
    assert change(nrw, item, head_subject="claims", without_head=True).without_head
    with pytest.raises(RuleViolation, match="nennt das Recht dieses Landes nicht"):
        change(nrw, item, head_subject="parking")


def test_the_seat_of_the_head_does_not_count_on_such_a_subject(nrw: House) -> None:
    body = nrw.committee("council")
    with f.setting_up(body):
        head = nrw.user("head").person
        Membership(
            committee=body, person=head, kind="ex_officio", voting=True, valid_from=f.TERM_START
        ).save()
    item = s.paper(nrw, s.plan(nrw, "council"))
    before = entitled_at(s.take(item))
    assert entitled_at(change(nrw, item, head_subject="claims")) == before - 1


def test_a_paper_takes_its_subject_from_station_to_station(nrw: House) -> None:
    proposal = f.make_proposal(nrw, "in_route", route=ROUTE)
    main, council = s.plan(nrw, "main"), s.plan(nrw, "council", hour=19)
    first = s.add_paper(nrw, main, proposal, "main")
    assert (first.head_subject, first.without_head) == ("", False)
    change(nrw, first, head_subject="accounts")
    change(nrw, first, without_head=False)
    s.record(nrw, first, Outcome.POSTPONED)
    again = s.add_paper(nrw, s.plan(nrw, "main", hour=18), proposal, "main")
    assert (again.head_subject, again.without_head) == ("accounts", False)  # as settled there
    second = s.add_paper(nrw, council, proposal, "council")
    assert (second.head_subject, second.without_head) == ("accounts", True)


def test_a_point_that_is_put_off_keeps_its_subject(nrw: House) -> None:
    meeting, later = s.plan(nrw, "council"), s.plan(nrw, "council", hour=19)
    points = [s.add_item(nrw, meeting, "council", title) for title in ("Abwahl", "Vorsitze")]
    for point in points:
        change(nrw, point, head_subject="recall")
    s.act(nrw, meeting, PostponeRestAnswer("", later.pk, item_ids=(points[0].pk,)))
    s.act(nrw, meeting, PostponeRestAnswer(item_ids=(points[1].pk,)))
    body = nrw.committee("council").pk
    s.act(nrw, later, AddItemAnswer(body, "Vorsitze", resumes_id=points[1].pk))
    assert [(row.head_subject, row.without_head) for row in s.items(later)] == [
        ("recall", True)
    ] * 2


def test_in_other_laender_the_subject_takes_no_vote(house: House) -> None:
    item = s.paper(house, s.plan(house, "council"))
    for values in ({"head_subject": "claims"}, {"without_head": True}):
        with pytest.raises(RuleViolation, match="entscheidet hier nicht der Gegenstand"):
            change(house, item, **values)
    assert not s.take(item).without_head
