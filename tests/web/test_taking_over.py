"""A running paper typed in from another program, and the counters that go on from there."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from proposals.models import AgendaItem, Attachment, NumberCounter, Proposal, Vote
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests.web.refusals import assert_kept
from tests.web.site import Site, address, count_rows, filled, rows

HERE = "/vorlagen/uebernehmen/"
COUNTERS = "/nummernkreise/"


def station(house: f.House, committee: str, role: str, *typed: str) -> dict[str, Any]:
    """Return a line of the route: day, TOP and abbreviation where it has been dealt with."""
    names = ("held_on", "top", "result")
    body = house.committee(committee).pk
    return {"committee": body, "role": role, **dict(zip(names, typed, strict=False))}


def typed(site: Site, *stations: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return the filled form of a paper that the social committee has dealt with."""
    house = site.house
    route = stations or (
        station(house, "social", "preliminary", "2024-01-22", "Ö 5", "3 0"),
        station(house, "main", "preliminary"),
        station(house, "council", "decision"),
    )
    values = {
        "lead_office": house.office("lead").pk,
        "subject": "Integrationskonzept",
        "number": "0085/2024",
        "released_on": "2024-01-08",
        "form_checked_on": "2024-01-10",
        "signature_name": "Landrat Muster",
        "facts": "So ist es.",
        "wording": "So soll es werden.",
        **rows("route", *route),
    }
    return filled(site["secretary"].get(HERE), **{**values, **changes})


def test_a_running_paper_is_typed_in_on_one_page(site: Site) -> None:
    assert HERE in site["secretary"].get("/vorlagen/").html
    assert HERE not in site["clerk"].get("/vorlagen/").html
    site["secretary"].post(HERE, typed(site))
    proposal = Proposal.everything.get()
    assert (proposal.number, proposal.status) == ("0085/2024", "in_consultation")
    words = site["deputy"].get(address(proposal)).words
    assert "22.01.2024, TOP Ö 5" in words  # a day without an hour
    assert "Empfohlen" in words
    assert "Gezeichnet Landrat Muster" in words
    assert "Kreisausschuss" in site["secretary"].get("/").words


def test_the_results_are_typed_as_in_a_meeting(site: Site) -> None:
    house = site.house
    body = "preliminary", "2024-01-22", ""
    cases = {"ew": Outcome.RECOMMENDED, "1:2:0": Outcome.NOT_RECOMMENDED, "o": None, "k": None}
    for number, (result, outcome) in enumerate(cases.items()):
        line = station(house, "social", *body, result)
        values = typed(site, line, station(house, "council", "decision"), number=f"A {number + 1}")
        site["secretary"].post(HERE, values)
        item = AgendaItem.everything.latest("pk")
        assert outcome in (item.outcome, None)
    assert Vote.everything.count() == 2


REFUSED: list[tuple[dict[str, Any], int, str]] = [
    ({"number": ""}, 422, "Nummer: Dieses Feld ist zwingend erforderlich."),
    ({"number": "0000/2024"}, 409, "noch ein Platzhalter"),
    ({"released_on": "31.02.2024"}, 422, "Bitte ein gültiges Datum eingeben."),
    ({"form_checked_on": "2024-01-05"}, 409, "kann nicht vor der Freigabe liegen"),
    ({"route-0-result": "x9"}, 422, "„x9“ kenne ich nicht. Möglich sind"),
    ({"route-0-result": "e"}, 422, "Bitte zuerst die Anwesenheit erfassen"),
    ({"route-0-result": ""}, 422, "Bitte das Ergebnis angeben, oder den Tag leer lassen"),
    ({"route-0-held_on": ""}, 422, "Bitte den Tag der Sitzung angeben."),
    ({"route-0-held_on": "2023-12-01"}, 409, "liegt vor der Freigabe der Vorlage"),
    ({"route-0-result": "44 0"}, 409, "Sozialausschuss: 44 Stimmen eingetragen"),
    ({"route-0-result": "> XY"}, 422, "Das Gremium „XY“ kenne ich nicht"),
    ({"route-2-role": "preliminary"}, 409, "in der Beratungsfolge entscheidet keines"),
    ({"wording": ""}, 409, "Es fehlt noch: Beschlussvorschlag"),
]


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(site: Site) -> None:
    before = count_rows()
    for changes, status, sentence in REFUSED:
        values = {**typed(site), **changes}
        page = site["secretary"].post(HERE, values, status)
        assert sentence in page.words, (changes, page.complaints)
        assert_kept(page, values)
        assert count_rows() == before
    reason = {"route-2-role": "preliminary", "route_reason": "Der Kreistag berät nur."}
    site["secretary"].post(HERE, {**typed(site), **reason})
    assert Proposal.everything.count() == 1


def test_a_line_more_keeps_what_was_typed_in_the_running_paper(site: Site) -> None:
    values = {**typed(site), "add": "route"}
    page = site["secretary"].post(HERE, values, 200)
    assert page.value("route-TOTAL_FORMS") == "4"
    assert_kept(page, values, {"route-TOTAL_FORMS"})


def test_the_annexes_come_along(site: Site) -> None:
    pdf = SimpleUploadedFile("plan.pdf", b"%PDF-1.4 plan", "application/pdf")
    text = SimpleUploadedFile("plan.txt", b"plan", "text/plain")
    lines = {"annex-0-title": "Lageplan"}
    page = site["secretary"].post(HERE, {**typed(site), **lines, "annex-0-file": text}, 409)
    assert "plan.txt" in page.words
    site["secretary"].post(HERE, {**typed(site), **lines, "annex-0-file": pdf})
    assert (Attachment.everything.get().title, Attachment.everything.get().position) == (
        "Lageplan",
        1,
    )
    assert "Lageplan" in site["clerk"].get(address(Proposal.everything.get())).words


def test_an_amendment_under_way_names_its_paper(site: Site) -> None:
    paper = f.make_proposal(site.house, "in_route")
    url = f"{HERE}?art=aenderungsantrag"
    assert site["secretary"].get(url).value("mover") == ""
    values = {**typed(site), "mover": "Fraktion A", "number": "Ä 7"}
    page = site["secretary"].post(url, {**values, "amends": ""}, 422)
    assert "Ändert die Vorlage: Dieses Feld ist zwingend erforderlich." in page.words
    site["secretary"].post(url, {**values, "amends": paper.number})
    motion = Proposal.everything.get(number="Ä 7")
    assert f"Änderungsantrag zu {paper.number}" in site["deputy"].get(address(motion)).words


def test_a_counter_is_set_on_its_page_and_never_back(site: Site) -> None:
    year = timezone.localdate().year
    assert "Noch ist keine Nummer vergeben" in site["secretary"].get(COUNTERS).words
    site["secretary"].send(COUNTERS, series=f"year:{year}", following="412")
    page = site["secretary"].get(COUNTERS)
    assert f"Jahr {year} 412 0412/{year}" in page.words
    site["secretary"].post(HERE, typed(site, number="0085/2024"))
    values = {"series": "year:2024", "following": "85"}
    page = site["secretary"].post(COUNTERS, values, 409)
    assert "Die Nummer 0085/2024 ist schon vergeben" in page.words
    assert_kept(page, values)
    page = site["administrator"].post(COUNTERS, {**values, "following": "viele"}, 422)
    assert "Bitte eine ganze Zahl angeben." in page.words
    site["administrator"].post(COUNTERS, {**values, "following": "86"})
    assert NumberCounter.objects.get(series="year:2024").next == 86
