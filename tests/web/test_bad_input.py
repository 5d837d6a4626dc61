"""What goes wrong at the counter: refused in a German sentence, nothing changed, nothing lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from proposals.models import AgendaItem, CoSignature, Minutes, Proposal, Role, Vote
from proposals.rules.consultation import Outcome
from tests import factories as f
from tests.web.refusals import assert_kept, refused, treat_form
from tests.web.site import Site, Visitor, address, filled, rows, state_of

# --- votes


COUNTS: list[tuple[dict[str, str], int, str]] = [
    ({"yes": "4"}, 409, "4 Stimmen eingetragen, aber nur 3 Stimmberechtigte anwesend."),
    ({"yes": "2", "no": "2"}, 409, "4 Stimmen eingetragen, aber nur 3 Stimmberechtigte"),
    ({"entitled": "4"}, 409, "Das Gremium hat nur 3 stimmberechtigte Mitglieder"),
    ({"yes": "12,5"}, 422, "Ja: Bitte eine ganze Zahl angeben."),
    ({"entitled": "1.000"}, 422, "Anwesend: Bitte eine ganze Zahl angeben."),
    ({"no": "-1"}, 422, "Nein: Die Zahl kann nicht negativ sein."),
    ({"abstained": "drei"}, 422, "Enthaltung: Bitte eine ganze Zahl angeben."),
    ({"entitled": "9" * 30}, 422, "Anwesend: Dieser Wert muss kleiner oder gleich 100000 sein"),
    ({"no": ""}, 422, "Nein: Bitte eine Zahl angeben, auch eine Null."),
    ({"outcome": "withdrawn"}, 422, "withdrawn ist keine gültige Auswahl."),
    ({"outcome": "decided"}, 422, "decided ist keine gültige Auswahl."),
    ({"outcome": "recommended_changed"}, 409, "Bitte den geänderten Wortlaut angeben."),
    ({"wording": "Anders."}, 409, "Ein geänderter Wortlaut ist eingetragen, das Ergebnis"),
    ({"outcome": "referred"}, 409, "Bitte angeben, wohin verwiesen wird."),
    ({"outcome": "not_recommended"}, 409, "Bitte"),
    ({"request_key": "x"}, 422, "Kennung des Absendens: Bitte eine gültige UUID eingeben."),
]


def test_a_count_that_cannot_be_is_refused_and_kept(site: Site, in_route: Proposal) -> None:
    url, values = treat_form(site, in_route)
    before = state_of(in_route)
    for changes, status, sentence in COUNTS:
        page = site["secretary"].post(url, {**values, **changes}, status)
        assert sentence in page.words, (changes, page.complaints)
        assert state_of(in_route) == before, changes
        no_choice = {"outcome"} if "keine gültige Auswahl" in sentence else set()
        assert_kept(page, {**values, **changes}, no_choice)


def test_a_double_click_records_one_vote_and_a_late_form_says_so(
    site: Site, in_route: Proposal
) -> None:
    url, values = treat_form(site, in_route)
    site["secretary"].post(url, values)
    before = state_of(in_route)
    assert site["secretary"].post(url, values).headers["Location"] == address(in_route)
    assert state_of(in_route) == before
    assert Vote.everything.filter(agenda_item__consultation__proposal=in_route).count() == 1

    late = "Dieser Schritt ist bereits erledigt oder entfallen. Es wurde nichts geändert."
    secretary = site["secretary"]
    refused(secretary, url, {**values, "yes": "2", "no": "1"}, 409, late, in_route)
    refused(secretary, url, {**values, "request_key": str(uuid4())}, 409, late, in_route)
    assert late in secretary.get(url, 409).words


def test_a_second_clerk_with_an_old_form_overwrites_no_result(
    site: Site, in_route: Proposal
) -> None:
    item = f.treat(site.house, f.station(in_route, "social"), Outcome.RECOMMENDED)
    url = address(in_route, "ergebnis", item.pk, "berichtigen")
    old = filled(site["secretary"].get(url), yes="2", no="1", note="Nachgezählt")
    site["minutes"].send(url, yes="2", no="0", abstained="1")
    changed = "Inzwischen hat jemand anders dieses Ergebnis geändert."
    refused(site["secretary"], url, old, 409, changed, in_route)
    assert Vote.everything.get().abstained == 1


def test_a_decision_before_its_predecessor_asks_for_a_reason_and_takes_it(
    site: Site, in_route: Proposal
) -> None:
    url, values = treat_form(site, in_route, "council")
    values = {**values, "outcome": "decided"}
    page = refused(site["secretary"], url, values, 409, "Kreisausschuss", in_route)
    assert "Sozialausschuss" in " ".join(page.complaints)
    site["secretary"].post(url, {**values, "reason": "Die Frist läuft morgen ab."})
    assert f.reread(in_route).status == "adopted"
    assert AgendaItem.everything.get(outcome="decided").early_reason == "Die Frist läuft morgen ab."


def test_one_click_too_many_on_signed_minutes_does_not_approve_them(
    site: Site, in_route: Proposal
) -> None:
    item = f.treat(site.house, f.station(in_route, "social"), Outcome.RECOMMENDED)
    url = f"/sitzungen/{item.meeting_id}/protokoll/"
    held_on = timezone.localdate(item.meeting.starts_at).isoformat()
    values = filled(site["secretary"].get(url), on=held_on)
    site["secretary"].post(url, values)
    page = site["secretary"].post(url, values, 409)
    assert "schon" in " ".join(page.complaints)
    minutes = Minutes.everything.get(meeting=item.meeting_id)
    assert (minutes.signed_on is not None, minutes.approved_on) == (True, None)
    site["secretary"].send(url, on=held_on)
    minutes.refresh_from_db()
    assert minutes.approved_on is not None


# --- who may


def test_a_step_of_somebody_else_is_forbidden_and_of_another_house_not_there(
    site: Site, in_route: Proposal
) -> None:
    url, values = treat_form(site, in_route)
    stranger = Visitor(f.make_house("fremd").user("secretary"))
    before = state_of(in_route)
    for name in ("clerk", "treasurer", "head", "auditor", "administrator", "deputy"):
        page = site[name].post(url, values, 403)
        assert "Dieser Schritt wartet nicht auf Sie." in page.words
        site[name].get(url, 403)
    assert "nicht einsehbar" in stranger.post(url, values, 404).words
    assert state_of(in_route) == before
    site["secretary"].post(url, values)
    for name in ("clerk", "deputy"):  # a form that comes too late shows its page to its sender only
        site[name].post(url, {}, 403)


def test_a_withdrawn_proposal_takes_nothing_any_more(site: Site, in_route: Proposal) -> None:
    url, values = treat_form(site, in_route)
    station = f.station(in_route, "main")
    f.withdraw(site.house, in_route)
    sentence = "Die Vorlage ist zurückgezogen."
    refused(site["secretary"], url, values, 409, sentence, in_route)
    gone = address(in_route, "zurueckziehen")
    words = {"reason": "Noch einmal"}
    refused(site["head"], gone, words, 409, "Die Vorlage ist bereits zurückgezogen.", in_route)
    insert = {"committee": site.house.committee("board").pk, "role": "hearing", "reason": "Doch"}
    here = address(in_route, "beratung-einfuegen")
    refused(site["head"], here, insert, 409, "Die Vorlage ist zurückgezogen.", in_route)
    skip = address(in_route, "beratung", station.pk, "ueberspringen")
    skipping = {**words, "authority": "Der Landrat"}
    refused(site["head"], skip, skipping, 409, "Die Vorlage ist zurückgezogen.", in_route)


def test_a_withdrawn_draft_cannot_be_saved(site: Site, draft: Proposal) -> None:
    url = address(draft, "entwurf")
    values = filled(site["clerk"].get(url), subject="Neuer Betreff", then="stay")
    f.withdraw(site.house, draft, "clerk")
    sentence = "Die Vorlage ist zurückgezogen und kann nicht mehr geändert werden."
    refused(site["clerk"], url, values, 409, sentence, draft)
    assert sentence in site["clerk"].get(url, 409).words


def test_a_verdict_without_its_remark_and_a_second_answer_are_refused(
    site: Site, house: f.House
) -> None:
    proposal = f.make_proposal(house, "submitted", asked=["treasury", "staff"])
    requests = {row.office.short_name: row for row in CoSignature.everything.all()}
    url = address(proposal, "mitzeichnen", requests["treasury"].pk)
    treasurer = site["treasurer"]
    wish = {"verdict": "change_requested", "remark": ""}
    refused(treasurer, url, wish, 409, "Anmerkung", proposal)
    refused(treasurer, url, {"remark": "So geht es nicht"}, 422, "Bitte wählen Sie", proposal)
    site["staffer"].post(url, {"verdict": "signed"}, 403)
    treasurer.post(url, {"verdict": "signed"})
    refused(treasurer, url, {"verdict": "signed"}, 409, "bereits erledigt", proposal)


# --- the draft


def test_a_number_that_is_taken_is_refused(site: Site, draft: Proposal) -> None:
    taken = f.make_proposal(site.house, "in_route").number
    url = address(draft, "entwurf")
    values = filled(site["clerk"].get(url), number=taken, subject="Anders")
    refused(site["clerk"], url, values, 409, "vergeben", draft)
    new = filled(site["clerk"].get("/vorlagen/neu/"), number=taken, subject="Neu")
    refused(site["clerk"], "/vorlagen/neu/", new, 409, "vergeben", draft)


@pytest.mark.parametrize(("character", "name"), [("\x0b", "U+000B"), ("\x00", "U+0000")])
def test_a_control_character_is_named_and_stays_where_it_was_typed(
    site: Site, draft: Proposal, character: str, name: str
) -> None:
    url = address(draft, "entwurf")
    form = filled(site["clerk"].get(url))
    for field in ("subject", "facts", "wording", "public_subject", "file_reference"):
        before = state_of(draft)
        page = site["clerk"].post(url, {**form, field: f"Kin{character}der"}, 422)
        assert f"enthält in Zeile 1 das unsichtbare Zeichen {name}" in page.words
        assert "Kin" in page.value(field) or f"Kin{character}der" in page.html
        assert state_of(draft) == before


def test_half_a_character_does_no_harm_and_markup_stays_what_was_typed(
    site: Site, draft: Proposal
) -> None:
    url = address(draft, "entwurf")
    typed = "{{ 7*191 }} <script>alert(1)</script> {% now 'Y' %} ${7*191} &lt;b&gt;"
    site["clerk"].send(url, subject=typed, facts=typed, wording=typed)
    for here in (url, address(draft), address(draft, "verlauf"), "/vorlagen/"):
        page = site["clerk"].get(here)
        assert "<script>alert" not in page.html
        assert typed in page.words
        assert "1337" not in page.words
    body = "subject=Halb%ED%A0%80es&facts=%FF%FE"  # a lone surrogate, bytes that are no text
    kind = "application/x-www-form-urlencoded"
    answer = site["clerk"].client.generic("POST", url, body, content_type=kind)
    assert answer.status_code == 422
    assert "Halb" in answer.content.decode()


DRAFTS: list[tuple[dict[str, str | None], str]] = [
    ({"subject": ""}, "Betreff: Dieses Feld ist zwingend erforderlich."),
    ({"subject": "x" * 501}, "aus höchstens 500 Zeichen"),
    ({"number": "9" * 61}, "aus höchstens 60 Zeichen"),
    ({"available": "1.2.3"}, "Bitte einen Betrag wie 10.000 oder 10.000,50 angeben."),
    ({"available": "-5"}, "Bitte einen Betrag wie 10.000 oder 10.000,50 angeben."),
    ({"available": "9999999999999"}, "Dieser Betrag ist zu groß."),
    ({"cost-0-amount": "1.2.3"}, "Bitte einen Betrag wie 10.000 oder 10.000,50 angeben."),
    ({"cost-0-amount": "9" * 40}, "Bitte einen Betrag wie 10.000 oder 10.000,50 angeben."),
    ({"cost-0-text": ""}, "Bezeichnung: Dieses Feld ist zwingend erforderlich."),
    ({"cost-0-text": "x" * 201}, "aus höchstens 200 Zeichen"),
    ({"cost-0-year": "2.024"}, "Haushaltsjahr: Bitte eine ganze Zahl angeben."),
    ({"cost-0-until": "bald"}, "bis Haushaltsjahr: Bitte eine ganze Zahl angeben."),
    ({"cost-0-commitment": "viel"}, "Bitte einen Betrag wie 10.000 oder 10.000,50 angeben."),
    ({"cost-0-nature": "geschenk"}, "geschenk ist keine gültige Auswahl."),
    ({"position-0-share": ""}, "Bitte den Stellenanteil oder die Stunden je Woche angeben."),
    ({"position-0-rate_id": "77"}, "77 ist keine gültige Auswahl."),
    ({"funding-0-state_on": "31.02.2024"}, "Bitte ein gültiges Datum eingeben."),
    (
        {"no_costs": "on", "total_costs": "10.000"},
        "Entweder steht etwas im Feld „Gesamtkosten“, oder die Vorlage hat keine finanziellen",
    ),
    ({"cost-0-kind": "geschenk"}, "geschenk ist keine gültige Auswahl."),
    ({"position-0-share": "99999999"}, "Dieser Stellenanteil ist zu groß."),
    ({"position-0-share": "viel"}, "Bitte einen Stellenanteil wie 1 oder 0,5 angeben."),
    ({"funding-0-count": "1_000"}, "Anzahl: Bitte eine ganze Zahl angeben."),
    ({"funding-0-amount_each": ""}, "Bitte einen Betrag angeben."),
    ({"deadline-0-due_on": "31.02.2024"}, "Bitte ein gültiges Datum eingeben."),
    ({"route-0-role": "chef"}, "chef ist keine gültige Auswahl."),
    ({"route-0-committee": "x"}, "x ist keine gültige Auswahl."),
    ({"lead_office": "x"}, "x ist keine gültige Auswahl."),
    ({"kind": "gesetz"}, "gesetz ist keine gültige Auswahl."),
    ({"revision": "x"}, "Bearbeitungsstand: Bitte eine ganze Zahl eingeben."),
    ({"route-TOTAL_FORMS": None}, "route-TOTAL_FORMS"),
    ({"route-TOTAL_FORMS": "x"}, "route-TOTAL_FORMS"),
    ({"route-TOTAL_FORMS": "1000000"}, "Bitte höchstens 150 Formulare abschicken."),
]


def test_what_cannot_be_read_in_a_draft_is_refused_and_kept(site: Site, draft: Proposal) -> None:
    url = address(draft, "entwurf")
    form = {**filled(site["clerk"].get(url)), **full_lines(), "facts": "Getippt"}
    before = state_of(draft)
    for changes, sentence in DRAFTS:
        page = site["clerk"].post(url, {**form, **changes}, 422)
        assert sentence in page.words, (changes, page.complaints)
        assert state_of(draft) == before, changes
        no_choice = changes.keys() if "keine gültige Auswahl" in sentence else set()
        lost = {name for name in form if name.startswith("route-")}
        assert_kept(page, {**form, **changes}, lost | no_choice)


def full_lines() -> dict[str, Any]:
    """Return a line in each list but the route."""
    cost = {"kind": "expense", "qualifier": "", "text": "Bau", "amount": "10", "year": "2024"}
    return {
        **rows("cost", {**cost, "qualifier": "exact"}),
        **rows("position", {"text": "Stelle", "share": "1", "source": "establishment"}),
        **rows("funding", {"text": "Land", "count": "1", "qualifier": "exact", "amount_each": "5"}),
        **rows("deadline", {"name": "Frist", "due_on": "2030-01-01"}),
    }


def test_zero_euros_and_one_and_a_half_posts_are_read_as_written(
    site: Site, draft: Proposal
) -> None:
    url = address(draft, "entwurf")
    lines = {**full_lines(), "cost-0-amount": "0", "position-0-share": "1½"}
    site["clerk"].post(url, {**filled(site["clerk"].get(url)), **lines})
    for _save in range(2):
        page = site["clerk"].get(url)
        assert (page.value("cost-0-amount"), page.value("position-0-share")) == ("0", "1,5")
        site["clerk"].send(url)
    assert "0 €" in site["clerk"].get(address(draft)).words.replace("\xa0", " ")


@pytest.mark.parametrize("total", ["x", "", "9" * 5000, "-3"])
def test_a_line_more_is_asked_for_with_a_broken_count_of_lines(
    site: Site, draft: Proposal, total: str
) -> None:
    url = address(draft, "entwurf")
    form = filled(site["clerk"].get(url), add="route", subject="Halb getippt")
    page = site["clerk"].post(url, {**form, "route-TOTAL_FORMS": total}, 200)
    assert page.value("subject") == "Halb getippt"
    site["clerk"].post(url, {**form, "add": "gibtesnicht"}, 200)


def test_a_line_more_keeps_what_was_typed(site: Site, draft: Proposal) -> None:
    url = address(draft, "entwurf")
    form = {**filled(site["clerk"].get(url)), **full_lines(), "subject": "Halb", "add": "cost"}
    before = state_of(draft)
    page = site["clerk"].post(url, form, 200)
    assert_kept(page, form, {"cost-TOTAL_FORMS"})
    assert page.value("cost-TOTAL_FORMS") == "2"
    assert state_of(draft) == before


def test_a_draft_that_somebody_saved_meanwhile_shows_both_states(
    site: Site, draft: Proposal
) -> None:
    house, url = site.house, address(draft, "entwurf")
    old = filled(
        site["clerk"].get(url),
        subject="Mein Betreff",
        co_sign=[house.office("treasury").pk],
        route_3_committee=house.committee("board").pk,
    )
    other = Visitor(f.make_user(house, "second", Role.CLERK, office="lead"))
    other.send(
        url,
        subject="Ihr Betreff",
        available="100",
        co_sign=[house.office("staff").pk],
        route_3_committee=house.committee("board").pk,
    )
    page = refused(site["clerk"], url, {**old, "available": "100"}, 409, "Second hat", draft)
    assert "Ihr Betreff" in page.words
    assert page.value("subject") == "Mein Betreff"
    choices = page.words.partition("was gelten soll")[2].partition("Auswahl speichern")[0]
    assert "Betreff meine Eingabe Mein Betreff gespeicherter Stand Ihr Betreff" in choices
    assert "meine Eingabe Kämmerei gespeicherter Stand Personalamt" in choices
    assert "Verfügung" not in choices  # the same on both sides
    assert "Beratungsfolge" not in choices

    site["clerk"].post(url, page.fields)
    draft = f.reread(draft)
    assert draft.subject == "Mein Betreff"
    assert draft.consultations.count() == 4  # the line that both had added is kept
