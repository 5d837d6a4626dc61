"""Vorlagenarten, Abschnitte and Finanzfelder: the master data set them, the others meet them."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.documents.content import draft_content
from proposals.models import Audience, CostItem, Municipality, Proposal
from tests import factories as f
from tests.web.refusals import assert_kept
from tests.web.site import Site, address, filled

LIST, COMMON, KIND = "/vorlagenarten/", "/vorlagenarten/alle/", "/vorlagenarten/beschlussvorlage/"
MOST = 20
OELDE: dict[str, Any] = {
    "place_expense": "2",
    "name_expense": "Kosten",
    "place_follow_up": "",
    "place_income": "1",
    "name_income": "Erträge",
}


def house_of(site: Site) -> Municipality:
    return Municipality.objects.get(pk=site.house.municipality.pk)


def newest() -> Proposal:
    found: Proposal = Proposal.everything.latest("pk")
    return found


def test_a_form_that_is_sent_unchanged_changes_nothing(site: Site) -> None:
    before = house_of(site).sections
    for kind in ("beschlussvorlage", "mitteilungsvorlage", "antrag", "anfrage"):
        site["administrator"].send(f"{LIST}{kind}/")
    site["administrator"].send(COMMON)
    house = house_of(site)
    assert (house.sections, house.finance_boxes, house.kind_names) == (before, [], {})


def test_sections_are_put_in_order_named_and_counted_and_the_draft_has_them(site: Site) -> None:
    changes: dict[str, Any] = {
        "name": "Sitzungsvorlage",
        "place_wording": "1",
        "place_facts": "",
        "place_alternatives": "",
        "place_problem": "10",
        "heading_problem": "Anlass",
        "counted_problem": "on",
        "place_solution": "20",
        "counted_solution": "on",
        "joined": "Begründung",
    }
    site["administrator"].send(KIND, **changes)
    words = site["administrator"].get(LIST).words
    assert "Sitzungsvorlage Beschlussvorlage" in words
    assert "Beschlussvorschlag · Finanzielle Auswirkungen · I. Anlass · II. Lösung" in words
    assert "gezählt unter „Begründung“" in words
    draft = site["clerk"].get("/vorlagen/neu/")
    assert "I. Anlass" in draft.words
    assert "problem" in draft.fields
    assert "facts" not in draft.fields


def test_a_refusal_names_the_row_and_nothing_typed_is_lost(site: Site) -> None:
    admin = site["administrator"]
    for changes, code, sentence in (
        ({"place_wording": ""}, 409, "braucht den Abschnitt „Beschlussvorschlag“"),
        ({"place_facts": "2"}, 422, "Platz 2 hat schon"),
        ({"place_goals": "x"}, 422, "Bitte eine ganze Zahl angeben."),
        ({"counted_goals": "on"}, 409, "„Ziele“ kommt in dieser Art nicht vor"),
        ({"name": "Mitteilungsvorlage"}, 409, "Eine andere Art heißt hier schon"),
        ({"heading_facts": "x" * 121}, 422, "höchstens 120 Zeichen"),
    ):
        sent = {**filled(admin.get(KIND)), "heading_goals": "Wohin", **changes}
        page = admin.post(KIND, sent, code)
        assert sentence in page.words
        assert_kept(page, {name: value for name, value in sent.items() if value != "on"})
    assert house_of(site).sections == site.house.municipality.sections

    page = admin.post(COMMON, {**filled(admin.get(COMMON)), "place_expense": ""}, 409)
    assert "braucht jedes Formular; es darf anders heißen." in page.words
    page = admin.post(COMMON, {**filled(admin.get(COMMON)), "name_income": "Gesamtkosten"}, 409)
    assert "Zwei Finanzfelder heißen „Gesamtkosten“." in page.words
    assert page.value("name_income") == "Gesamtkosten"
    admin.get(f"{LIST}gesetz/", 404)


def test_the_boxes_have_the_names_of_the_house_in_draft_page_and_word(site: Site) -> None:
    site["administrator"].send(COMMON, **OELDE)
    site["clerk"].send("/vorlagen/neu/", subject="Radweg", total_costs="10.000", income="500")
    proposal = newest()
    url = address(proposal, "entwurf")
    assert CostItem.everything.get(proposal=proposal).text == "Kosten"
    draft = site["clerk"].get(url)
    assert "follow_up" not in draft.fields
    words = draft.words.replace("\xa0", " ")
    assert words.index("Erträge") < words.index("Kosten 10.000 €")
    shown = site["clerk"].get(address(proposal)).words.replace("\xa0", " ")
    assert "Erträge 500 € Kosten 10.000 €" in shown
    assert "Gesamtkosten" not in shown
    printed = draft_content(proposal, audience=Audience.INTERNAL)["finanzierung"]
    assert printed is not None
    assert [(row["feld"], row["angabe"]) for row in printed["felder"]] == [
        ("Erträge", "500"),
        ("Kosten", "10.000\xa0€"),
    ]


def test_what_stands_in_a_box_that_the_house_gives_up_is_kept(site: Site) -> None:
    proposal = f.make_proposal(site.house, follow_up_words="1.200 €")
    site["administrator"].send(COMMON, **OELDE)
    url = address(proposal, "entwurf")
    assert site["clerk"].get(url).value("follow_up") == "1.200 €"
    site["clerk"].send(url, subject="Radweg neu")
    proposal = newest()
    assert (proposal.subject, proposal.follow_up_words) == ("Radweg neu", "1.200 €")
    shown = site["clerk"].get(address(proposal)).words.replace("\xa0", " ")
    assert "jährliche Folgekosten 1.200 €" in shown


def test_the_tick_asks_for_an_introduction_for_each_committee(site: Site) -> None:
    proposal = f.make_proposal(site.house)
    url, name = address(proposal, "entwurf"), f"frame_{site.house.committee('social').pk}"
    assert name not in site["clerk"].get(url).fields
    site["administrator"].send(COMMON, wording_per_committee="on")
    assert name in site["clerk"].get(url).fields


def test_the_pages_take_few_queries_and_are_linked_for_the_master_data_alone(site: Site) -> None:
    admin = site["administrator"]
    for url in (LIST, COMMON, KIND):
        admin.get(url)
        with CaptureQueriesContext(connection) as taken:
            admin.get(url)
        assert len(taken) <= MOST, url
    assert f'href="{LIST}"' in admin.get("/vorlagen/").html
    assert f'href="{LIST}"' not in site["secretary"].get("/vorlagen/").html
