"""Keys of another house in a form: no list offers them, no act takes them."""

import pytest

from proposals.models import AgendaItem, Attachment, Consultation, Proposal
from proposals.rules.consultation import Outcome
from proposals.services.attachments import StoredFile, attach
from tests import factories as f
from tests.web.refusals import VOTES, treat_form
from tests.web.site import Site, Values, Visitor, address, filled, rows, state_of


@pytest.fixture
def other() -> f.House:
    return f.make_house("fremd")


def refused(
    visitor: Visitor, url: str, values: Values, proposal: Proposal, status: int = 422
) -> None:
    before = state_of(proposal)
    page = visitor.post(url, values, status)
    assert status != 422 or "keine gültige Auswahl" in page.words, page.complaints
    assert state_of(proposal) == before


def test_a_draft_takes_offices_and_committees_of_its_own_house_only(
    site: Site, other: f.House
) -> None:
    draft, clerk = f.make_proposal(site.house), site["clerk"]
    for url in ("/vorlagen/neu/", address(draft, "entwurf")):
        form = filled(clerk.get(url), subject="Fremdes")
        foreign = other.committee("council").pk
        assert f'value="{foreign}"' not in clerk.get(url).html
        for changes in (
            {"lead_office": other.office("lead").pk},
            {"lead_office": site.house.office("treasury").pk},  # of this house, but not the clerk's
            {"co_sign": [other.office("treasury").pk]},
            rows("route", {"committee": foreign, "role": "decision"}),
        ):
            refused(clerk, url, {**form, **changes}, draft)


def test_a_clerk_detaches_annexes_of_this_proposal_only(site: Site, other: f.House) -> None:
    theirs, second = f.make_proposal(other), f.make_proposal(site.house)
    for house, proposal in ((other, theirs), (site.house, second)):
        file = StoredFile("0" * 64, "application/pdf", 1)
        attach(
            actor=house.user("clerk"), proposal=proposal, title="P", file_name="p.pdf", file=file
        )
    draft = f.make_proposal(site.house)
    url = address(draft, "entwurf")
    for row in Attachment.everything.all():
        line = {"attachment_id": row.pk, "number": 1, "remove": "on"}
        form = {**filled(site["clerk"].get(url)), **rows("annexes", line)}
        refused(site["clerk"], url, form, draft)
    assert Attachment.everything.count() == 2
    own = address(second, "entwurf")
    foreign = Attachment.everything.get(proposal=theirs).pk
    form = filled(site["clerk"].get(own), annexes_0_attachment_id=foreign, annexes_0_remove="on")
    refused(site["clerk"], own, form, second)
    site["clerk"].get(f"/anlagen/{foreign}/", 404)


def test_an_agenda_takes_meetings_of_its_own_committee_only(site: Site, other: f.House) -> None:
    proposal, theirs = f.make_proposal(site.house, "in_route"), f.make_proposal(other, "in_route")
    f.schedule(other, f.station(theirs, "social"))
    f.schedule(site.house, f.station(proposal, "main"))
    url = address(proposal, "tagesordnung", f.station(proposal, "social").pk)
    form = filled(site["secretary"].get(url))
    for item in AgendaItem.everything.all():
        refused(site["secretary"], url, {**form, "meeting": item.meeting_id}, proposal)


def test_a_route_takes_committees_and_stations_of_its_own_house_only(
    site: Site, other: f.House
) -> None:
    proposal, theirs = f.make_proposal(site.house, "in_route"), f.make_proposal(other, "in_route")
    twin, head = f.make_proposal(site.house, "in_route"), site["head"]
    url = address(proposal, "beratung-einfuegen")
    form = filled(head.get(url), reason="Auf Wunsch", role="hearing")
    foreign = {"committee": other.committee("board").pk}
    refused(head, url, {**form, **foreign}, proposal)
    for paper in (theirs, twin):
        station = f.station(paper, "social").pk
        own = {**form, "committee": site.house.committee("board").pk, "position": station}
        refused(head, url, own, proposal)
        skip = address(proposal, "beratung", station, "ueberspringen")
        refused(head, skip, {"reason": "Weg"}, proposal, 404)
    assert Consultation.everything.filter(lapse="").count() == 9


def test_a_result_belongs_to_a_station_of_this_proposal_and_refers_within_the_house(
    site: Site, other: f.House
) -> None:
    proposal, theirs = f.make_proposal(site.house, "in_route"), f.make_proposal(other, "in_route")
    twin, secretary = f.make_proposal(site.house, "in_route"), site["secretary"]
    url, values = treat_form(site, proposal)
    foreign = {"outcome": "referred", "refer_to": [other.committee("board").pk]}
    refused(secretary, url, {**values, **foreign}, proposal)
    for house, paper in ((other, theirs), (site.house, twin)):
        station = f.station(paper, "social")
        item = f.schedule(house, station)
        closed = {**values, **VOTES}
        refused(secretary, address(proposal, "ergebnis", station.pk), closed, proposal, 409)
        preview = address(proposal, "beratung", station.pk, "vorschau")
        refused(secretary, preview, values, proposal, 404)
        f.treat(house, station, Outcome.RECOMMENDED)
        correct = address(proposal, "ergebnis", item.pk, "berichtigen")
        refused(secretary, correct, values, proposal, 404)
        for act in ("einladung", "protokoll"):
            day = {"on": "2024-03-01", "stage": "unterschrieben"}
            refused(secretary, address(proposal, "top", item.pk, act), day, proposal, 404)


def test_an_office_answers_for_itself_and_in_its_own_house(site: Site, other: f.House) -> None:
    proposal = f.make_proposal(site.house, "submitted", asked=["treasury"])
    theirs = f.make_proposal(other, "submitted", asked=["treasury"])
    request = theirs.co_signatures.visible_to(other.user("head")).get()
    own = address(proposal, "mitzeichnen", request.pk)
    refused(site["treasurer"], own, {"verdict": "signed"}, proposal, 409)
    assert site["treasurer"].get(address(theirs, "mitzeichnen", request.pk), 404)


def test_a_key_of_a_form_that_was_sent_elsewhere_is_no_second_vote(site: Site) -> None:
    first, second = f.make_proposal(site.house, "in_route"), f.make_proposal(site.house, "in_route")
    url, values = treat_form(site, first)
    again, _ = treat_form(site, second)
    site["secretary"].post(url, values)
    before = state_of(second)
    page = site["secretary"].post(again, values, 409)
    assert page.complaints
    assert state_of(second) == before
