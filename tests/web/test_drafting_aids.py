"""Standard routes, text blocks, copies, frames, questions: as people use them."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.models import (
    Attachment,
    CoSigningOffice,
    CostItem,
    Proposal,
    ProposalText,
    Role,
)
from proposals.models.drafting import Comment, DefaultStation, TextBlock
from proposals.rules.sections import Section
from proposals.services.attachments import StoredFile, attach
from proposals.services.finance_drafts import CostDraft
from tests import factories as f
from tests.services.test_drafting_aids import add, block
from tests.services.test_frames import framing_house
from tests.web.site import Site, address, filled

NEW = "/vorlagen/neu/"
MOST = {"blocks": 20, "routes": 20, "comments": 25}


def newest() -> Proposal:
    found: Proposal = Proposal.everything.order_by("-pk")[0]
    return found


def test_a_new_draft_begins_with_the_route_of_the_office(site: Site) -> None:
    house = site.house
    add(house, "social", office="lead")
    add(house, "council", f.DECISION, office="lead")
    page = site["clerk"].get(NEW)
    assert page.value("route-0-committee") == str(house.committee("social").pk)
    assert page.value("route-1-role") == "decision"

    site["clerk"].post(NEW, filled(page, subject="Radweg", then="stay"))
    rows = newest().consultations.order_by("position").values_list("committee__short_name", "role")
    assert list(rows) == [("social", "preliminary"), ("council", "decision")]


def test_a_block_goes_behind_what_is_typed_and_nothing_is_saved_or_lost(site: Site) -> None:
    house = site.house
    row = block(house, "administrator", section=Section.FACTS, html="<p>Mittel stehen bereit.</p>")
    page = site["clerk"].get(NEW)
    sent = filled(page, subject="Radweg", facts="<p>Vorab</p>", wording="Gebaut wird.")
    count = Proposal.everything.count()
    shown = site["clerk"].post(NEW, {**sent, "block_facts": row.pk, "insert": "facts"}, expect=200)
    assert shown.value("facts") == "<p>Vorab</p><p>Mittel stehen bereit.</p>"
    assert (shown.value("subject"), shown.value("wording")) == ("Radweg", "Gebaut wird.")
    assert Proposal.everything.count() == count

    for wrong in ("", "999999", "nonsense"):
        same = site["clerk"].post(
            NEW, {**sent, "block_facts": wrong, "insert": "facts"}, expect=200
        )
        assert same.value("facts") == "<p>Vorab</p>"


def test_a_copy_takes_texts_money_route_and_offices_and_leaves_the_rest(site: Site) -> None:
    house = site.house
    model = f.make_proposal(
        house,
        "in_route",
        asked=["treasury"],
        costs=[CostDraft("Bau", amount=None, year=2025)],
        matters=["award"],
    )
    page = site["clerk"].get(f"{NEW}?{urlencode({'muster': model.pk})}")
    assert page.value("subject") == model.subject
    assert "number" not in page.fields or page.value("number") == ""
    site["clerk"].post(f"{NEW}?muster={model.pk}", filled(page, then="stay"))

    copy = newest()
    assert (copy.copied_from_id, copy.number, copy.matters) == (model.pk, None, ["award"])
    assert CostItem.everything.get(proposal=copy).text == "Bau"
    assert copy.consultations.count() == 3
    assert CoSigningOffice.everything.get(proposal=copy).office == house.office("treasury")
    texts = ProposalText.everything.filter(proposal=copy).exclude(html="")
    assert set(texts.values_list("html", flat=True)) == {
        row.html for row in ProposalText.everything.filter(proposal=model)
    }


def attach_plan(house: f.House, proposal: Proposal) -> None:
    attach(
        actor=house.user("clerk"),
        proposal=proposal,
        title="Plan",
        file_name="plan.pdf",
        file=StoredFile("ab" * 32, "application/pdf", 8),
    )


def test_annexes_come_along_where_somebody_chooses_them(site: Site) -> None:
    model = f.make_proposal(site.house)
    attach_plan(site.house, model)
    url = f"{NEW}?muster={model.pk}"
    page = site["clerk"].get(url)
    row = Attachment.everything.get(proposal=model)
    site["clerk"].post(url, filled(page, then="stay"))
    assert not Attachment.everything.filter(proposal=newest()).exists()
    site["clerk"].post(url, filled(page, take_annexes=[str(row.pk)], then="stay"))
    taken = Attachment.everything.get(proposal=newest())
    assert (taken.title, taken.digest) == ("Plan", row.digest)


def test_a_copy_of_what_is_not_public_is_not_public(site: Site) -> None:
    model = f.make_proposal(site.house, public=False, public_subject="Grundstück")
    page = site["clerk"].get(f"{NEW}?muster={model.pk}")
    assert "public" not in page.fields
    assert page.value("public_subject") == "Grundstück"


def test_nobody_copies_what_they_do_not_see(site: Site) -> None:
    model = f.make_proposal(site.house)
    f.make_user(site.house, "elsewhere", Role.CLERK, office="staff")
    site["elsewhere"].get(f"{NEW}?muster={model.pk}", expect=404)
    site["clerk"].get(f"{NEW}?muster=x", expect=404)
    page = site["elsewhere"].get(NEW)
    site["elsewhere"].post(
        NEW, filled(page, subject="X", copied_from=str(model.pk), then="stay"), expect=404
    )


def test_the_draft_has_a_box_for_each_committee_of_its_route(site: Site) -> None:
    house = framing_house(site.house)
    proposal = f.make_proposal(house)
    social = house.committee("social").pk
    url = address(proposal, "entwurf")
    page = site["clerk"].get(url)
    assert f"frame_{social}" in page.fields
    assert f"frame_{house.committee('board').pk}" not in page.fields
    changes = {f"frame_{social}": "Der Ausschuss empfiehlt:", "then": "stay"}
    site["clerk"].post(url, {**page.fields, **changes})
    row = ProposalText.everything.get(proposal=proposal, committee=social)
    assert row.html == "<p>Der Ausschuss empfiehlt:</p>"
    assert site["clerk"].get(url).value(f"frame_{social}") == row.html


def test_an_inquiry_is_entered_and_answered(site: Site) -> None:
    house = site.house
    page = site["secretary"].get(f"{NEW}?art=anfrage")
    assert page.value("route-0-role") == "note"
    assert "wording" not in page.fields
    sent = filled(
        page,
        subject="Wie viele Plätze?",
        mover="Fraktion A",
        questions="Wie viele?",
        answer_due_on="2024-04-01",
        lead_office=str(house.office("lead").pk),
        **{"route-0-committee": str(house.committee("council").pk)},
        then="submit",
    )
    site["secretary"].post(f"{NEW}?art=anfrage", sent)
    inquiry = newest()
    f.check_form(house, inquiry)
    inquiry = f.reread(inquiry)
    assert "Antwort erbeten bis 01.04.2024" in site["clerk"].get(address(inquiry)).words

    page = site["clerk"].get(f"{NEW}?art=antwort&beantwortet={inquiry.pk}")
    assert page.value("answers") == inquiry.number
    site["clerk"].post(f"{NEW}?art=antwort", filled(page, answer="Zwölf.", then="stay"))
    assert "beantwortet durch" in site["clerk"].get(address(inquiry)).words

    refused = filled(
        site["secretary"].get(f"{NEW}?art=anfrage"),
        subject="X",
        mover="A",
        questions="Y",
        lead_office=str(house.office("lead").pk),
        **{
            "route-0-committee": str(house.committee("council").pk),
            "route-0-role": "decision",
        },
    )
    page = site["secretary"].post(f"{NEW}?art=anfrage", refused, expect=409)
    assert "wird nicht abgestimmt" in page.words
    assert page.value("questions") == "Y"


def test_questions_are_asked_on_their_page_and_counted_on_the_others(site: Site) -> None:
    proposal = f.make_proposal(site.house)
    url = address(proposal, "rueckfragen")
    site["clerk"].post(url, {"text": " "}, expect=422)
    site["clerk"].post(url, {"text": "Woher kommt die Zahl?", "section": "facts"})
    for shown in (address(proposal), address(proposal, "entwurf"), url):
        assert "Woher kommt die Zahl?" in site["clerk"].get(shown).words
    row = Comment.everything.get()
    site["clerk"].post(url, {"text": "Aus dem Haushalt.", "answers": row.pk})
    site["clerk"].post(address(proposal, "rueckfragen", row.pk, "erledigen"))
    site["clerk"].post(address(proposal, "rueckfragen", row.pk, "erledigen"), expect=409)
    assert "Woher kommt" not in site["clerk"].get(address(proposal)).words
    assert "erledigt am" in site["clerk"].get(url).words


def test_a_lead_is_handed_over_on_its_page(site: Site) -> None:
    house, proposal = site.house, f.make_proposal(site.house)
    f.make_user(house, "elsewhere", Role.CLERK, office="staff")
    f.make_user(house, "colleague", Role.CLERK, office="lead")
    site["colleague"].send(address(proposal, "uebernehmen"), reason="Urlaub")
    assert f.reread(proposal).author == house.user("colleague")
    site["clerk"].send(address(proposal, "abgeben"), office=str(house.office("staff").pk))
    site["clerk"].get(address(proposal), expect=404)
    site["elsewhere"].get(address(proposal, "entwurf"))


def test_the_master_data_keeps_routes_and_blocks(site: Site) -> None:
    house, admin = site.house, site["administrator"]
    url = "/standard-beratungsfolge/"
    sent = {"kind": "beschlussvorlage", "committee": house.committee("main").pk, "role": "note"}
    admin.post(url, sent)
    admin.post(url, {**sent, "committee": house.committee("social").pk})
    admin.post(url, {**sent, "kind": "anfrage", "role": "decision"}, expect=409)
    first, second = DefaultStation.objects.order_by("position")
    admin.post(f"{url}{second.pk}/verschieben/", {"to": "up"})
    first.refresh_from_db()
    assert first.committee == house.committee("social")
    admin.post(f"{url}{first.pk}/entfernen/")
    assert DefaultStation.objects.count() == 1
    admin.post(f"{url}{first.pk}/entfernen/", expect=404)

    admin.post("/textbausteine/neu/", {"title": "Dank", "html": "Wir danken."})
    row = TextBlock.objects.get()
    admin.post(f"/textbausteine/{row.pk}/", {"title": "", "html": "Wir danken."}, expect=422)
    site["clerk"].get(f"/textbausteine/{row.pk}/", expect=403)
    admin.post(f"/textbausteine/{row.pk}/", {"title": "Danke", "html": "Wir danken."})
    assert "Danke" in site["clerk"].get("/textbausteine/").words
    admin.post(f"/textbausteine/{row.pk}/gebrauch/")
    assert "außer Gebrauch seit" in admin.get("/textbausteine/").words


@pytest.mark.parametrize(
    ("name", "url", "who"),
    [
        ("blocks", "/textbausteine/", "administrator"),
        ("routes", "/standard-beratungsfolge/", "administrator"),
        ("comments", "rueckfragen", "clerk"),
    ],
)
def test_the_lists_take_a_constant_number_of_queries(
    site: Site, name: str, url: str, who: str
) -> None:
    proposal = f.make_proposal(site.house)
    path = address(proposal, url) if name == "comments" else url

    def taken() -> int:
        site[who].get(path)
        with CaptureQueriesContext(connection) as queries:
            site[who].get(path)
        return len(queries)

    def more(count: int) -> None:
        for _number in range(count):
            block(site.house, "administrator", "lead")
            add(site.house, "main")
            site["clerk"].post(address(proposal, "rueckfragen"), {"text": "Frage"})

    more(1)
    few = taken()
    more(6)
    assert taken() == few <= MOST[name]
