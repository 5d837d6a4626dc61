"""Bad input in every other form, and what no page of ours would send."""

from proposals.models import AgendaItem, Proposal, User
from tests import factories as f
from tests.web.refusals import refused, treat_form
from tests.web.site import Site, Visitor, address, state_of


def test_an_agenda_wants_a_day_that_can_be_and_a_number_that_is_free(
    site: Site, in_route: Proposal
) -> None:
    other = f.make_proposal(site.house, "in_route")
    station = f.station(other, "social")
    f.schedule(site.house, station, number="Ö 5")
    meeting = AgendaItem.everything.get().meeting
    url = address(in_route, "tagesordnung", f.station(in_route, "social").pk)
    values = {"meeting": "", "date": "2030-05-06", "time": "17:00", "place": "Saal", "top": "Ö 5"}
    for changes, status, sentence in (
        ({"meeting": meeting.pk, "date": "", "time": ""}, 409, "TOP Ö 5 ist in dieser Sitzung"),
        ({"date": "0001-01-01"}, 422, "Bitte das Jahr prüfen."),
        ({"date": "9999-12-31"}, 422, "Bitte das Jahr prüfen."),
        ({"date": "2030-02-30"}, 422, "Bitte ein gültiges Datum eingeben."),
        ({"time": "25:00"}, 422, "Bitte eine gültige Uhrzeit eingeben."),
        ({"time": ""}, 422, "Bitte eine Sitzung auswählen oder Datum und Uhrzeit"),
        ({"place": "x" * 201}, 422, "aus höchstens 200 Zeichen"),
        ({"top": "x" * 21}, 422, "aus höchstens 20 Zeichen"),
        ({"top": "Ö\x0b5"}, 422, "U+000B"),
    ):
        before = state_of(in_route)
        page = site["secretary"].post(url, {**values, **changes}, status)
        assert sentence in page.words, page.complaints
        assert state_of(in_route) == before
        assert page.value("place") == {**values, **changes}["place"]


def test_reasons_are_asked_for_and_measured(site: Site, in_route: Proposal) -> None:
    head, station = site["head"], f.station(in_route, "main")
    skip = address(in_route, "beratung", station.pk, "ueberspringen")
    long = {"reason": "x" * 401}
    refused(head, skip, long, 422, "aus höchstens 400 Zeichen", in_route)
    for here in (skip, address(in_route, "zurueckziehen")):
        refused(head, here, {"reason": "  "}, 422, "Dieses Feld ist", in_route)
        refused(head, here, {"reason": "ge\x0bheim"}, 422, "U+000B", in_route)
    insert = {"committee": "x", "role": "y", "position": "z", "reason": "Warum"}
    page = head.post(address(in_route, "beratung-einfuegen"), insert, 422)
    assert len(page.complaints) == 3
    invite = f"/sitzungen/{f.schedule(site.house, station).meeting_id}/einladung/"
    refused(
        site["secretary"],
        invite,
        {"on": "2999-01-01"},
        422,
        "Bitte das Jahr prüfen.",
        in_route,
    )


def test_addresses_that_lead_nowhere_say_so(site: Site, in_route: Proposal) -> None:
    site["secretary"].get(address(in_route, "unbekannter-schritt"), 404)
    site["secretary"].get("/vorlagen/abc/", 404)
    huge = "9" * 25
    late: list[tuple[object, ...]] = [("ergebnis",)]
    for parts in late + [(step, huge) for step in ("ergebnis", "tagesordnung", "mitzeichnen")]:
        assert "bereits erledigt" in site["secretary"].get(address(in_route, *parts), 409).words
        site["secretary"].post(address(in_route, *parts), {}, 409)
    gone: list[tuple[object, ...]] = [
        ("ergebnis", huge, "berichtigen"),
        ("beratung", huge, "ueberspringen"),
        ("top", huge, "einladung"),
        ("top", huge, "protokoll"),
        ("freigeben", 5),
    ]
    for parts in gone:
        site["secretary"].get(address(in_route, *parts), 404)
    site["head"].get(f"/vorlagen/{huge}/", 404)
    site["head"].get(f"/anlagen/{huge}/", 404)
    page = site["clerk"].get("/vorlagen/neu/?art=gesetz")
    assert page.value("kind") == "beschlussvorlage"


def test_a_search_for_nonsense_finds_nothing_and_breaks_nothing(
    site: Site, in_route: Proposal
) -> None:
    for query in (
        "q=%00",
        "q=" + "a+" * 99,
        "status=x&kind=y",
        "page=-1",
        "page=99999999999999999",
    ):
        site["clerk"].get(f"/vorlagen/?{query}")
    assert "0 Vorlagen" in site["clerk"].get("/vorlagen/?q=%25").words
    assert in_route.subject in site["clerk"].get("/vorlagen/?q=kreisstraße&page=7").words


def test_a_page_takes_the_methods_that_it_is_for(site: Site, in_route: Proposal) -> None:
    secretary, station = site["secretary"], f.station(in_route, "social")
    here = address(in_route)
    for url in ("/", "/vorlagen/", here, address(in_route, "verlauf")):
        assert secretary.client.head(url).status_code == 200
        for method in ("post", "put", "delete", "patch", "options"):
            assert getattr(secretary.client, method)(url).status_code == 405, (method, url)
    for url in (address(in_route, "zurueckziehen"), address(in_route, "tagesordnung", station.pk)):
        assert secretary.client.put(url).status_code == 405
        assert secretary.client.delete(url).status_code == 405
    preview = address(in_route, "beratung", station.pk, "vorschau")
    assert secretary.client.get(preview).status_code == 405


def test_a_preview_reads_what_is_there_and_saves_nothing(site: Site, in_route: Proposal) -> None:
    _url, values = treat_form(site, in_route)
    preview = address(in_route, "beratung", f.station(in_route, "social").pk, "vorschau")
    before = state_of(in_route)
    for changes, words in (
        ({}, "einstimmig"),
        ({"yes": "12,5"}, "Bitte eine ganze Zahl angeben."),
        ({"yes": "9"}, "9 Stimmen eingetragen, aber nur 3 Stimmberechtigte anwesend."),
        ({"entitled": ""}, "Bitte eine Zahl angeben, auch eine Null."),
        ({"entitled": "", "outcome": ""}, "Wie viele Stimmberechtigte sind anwesend?"),
        ({"yes": "", "no": "", "abstained": ""}, ""),
    ):
        assert words in site["secretary"].post(preview, {**values, **changes}, 200).words
    site["secretary"].post(preview, {"yes": "9" * 5000}, 200)
    assert state_of(in_route) == before


def test_a_form_without_its_token_is_refused(site: Site, in_route: Proposal) -> None:
    url, values = treat_form(site, in_route)
    before = state_of(in_route)
    strict = Visitor(site.house.user("secretary"), enforce_csrf_checks=True)
    assert "Bitte noch einmal senden" in strict.post(url, values, 403).words
    assert state_of(in_route) == before


def test_too_much_at_once_gets_a_page_of_ours(site: Site, draft: Proposal) -> None:
    url = address(draft, "entwurf")
    before = state_of(draft)
    for values in ({f"x{number}": "1" for number in range(2001)}, {"facts": "x" * 6_000_000}):
        assert "Es wurde nichts gespeichert." in site["clerk"].post(url, values, 400).words
    assert state_of(draft) == before


def test_the_log_in_sends_nobody_to_another_site(house: f.House) -> None:
    user = house.user("clerk")
    user.set_password("ein langes Kennwort")
    user.save()
    login = {"login": user.username, "password": "ein langes Kennwort"}
    for target in (
        "https://example.org/",
        "//example.org/",
        "javascript:alert(1)",
        "/\\example.org",
    ):
        page = Visitor(None).post("/anmelden/", {**login, "next": target})
        assert page.headers["Location"] == "/"
    assert (
        Visitor(None).post("/anmelden/", {**login, "next": "/vorlagen/"}).headers["Location"]
        == "/vorlagen/"
    )


def test_nobody_of_a_house_without_a_person_starts_a_proposal(db: None) -> None:
    nobody = Visitor(User.objects.create_user("niemand"))
    assert "Ihr Konto gehört zu keiner Kommune." in nobody.get("/vorlagen/neu/", 403).words
    assert "Gerade liegt nichts bei Ihnen" in nobody.get("/").words
    assert "0 Vorlagen" in nobody.get("/vorlagen/").words
