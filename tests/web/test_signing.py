"""The pages of the Mitzeichnung: what somebody signs, what is new, and the acts beside it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from proposals.models import (
    Absence,
    ClosedDay,
    CoSignature,
    CoSigningRule,
    Proposal,
    Role,
    StatementRequest,
    Submission,
)
from proposals.rules.co_signing import Part, Trigger, Verdict
from proposals.rules.consultation import Outcome
from proposals.services.finance_drafts import CostDraft
from proposals.services.submission import ReleaseAnswer
from tests import factories as f
from tests import signing
from tests.web.site import Site, address
from tests.web.test_queries import MOST, queries
from workflows import gate
from workflows.engine import Turn

COSTS = [CostDraft("Umbau der Anlaufstelle", Decimal(1000))]
OTHER = [CostDraft("Umbau der Anlaufstelle", Decimal(2500))]


def newest(proposal: Proposal) -> CoSignature:
    return f.newest_request(proposal, "treasury")


@pytest.fixture
def paper(site: Site) -> Proposal:
    """A paper that costs money and lies with the Kämmerei by a rule of the house."""
    signing.rule(site.house, "treasury", Trigger.COSTS)
    return f.make_proposal(site.house, "submitted", costs=COSTS)


def page_of(proposal: Proposal, act: str) -> str:
    return address(proposal, "mitzeichnung", newest(proposal).pk, act)


def step(proposal: Proposal) -> str:
    return address(proposal, "mitzeichnen", newest(proposal).pk)


def test_the_page_shows_the_offices_own_parts_and_why_it_is_asked(
    site: Site, paper: Proposal
) -> None:
    html = site["treasurer"].get(step(paper)).html
    assert "Umbau der Anlaufstelle" in html
    assert "finanzielle Auswirkungen" in html
    assert "Noch niemand übernommen" in html
    assert "Was seit Ihrer Zeichnung neu ist" not in html


def test_a_changed_part_is_shown_field_by_field_and_one_click_confirms(
    site: Site, paper: Proposal
) -> None:
    f.co_sign(site.house, paper, "treasury")
    f.release(site.house, paper, released=False, remark="Bitte prüfen")
    signing.change(site.house, paper, costs=OTHER)
    f.submit(site.house, paper)
    html = site["treasurer"].get(step(paper)).html
    assert "Kämmerei hat Fassung 1 gezeichnet, dies ist Fassung 2; eine Stelle ist anders." in html
    assert "Kostenposition 1, Betrag" in html
    site["treasurer"].post(step(paper), {"verdict": "signed"}, 302)
    assert newest(paper).verdict == Verdict.SIGNED
    assert "Kämmerei" in site["head"].get(address(paper, "freigeben")).html


def test_a_deputy_is_told_that_the_signature_is_i_v(site: Site, paper: Proposal) -> None:
    signing.absent(site.house, "treasurer", "staffer")
    assert "in Vertretung (i. V.)" in site["staffer"].get(step(paper)).html
    assert "in Vertretung" in site["staffer"].get("/").html
    site["staffer"].post(step(paper), {"verdict": "signed"}, 302)
    assert newest(paper).on_behalf_of == signing.person(site.house, "treasurer")
    assert "Staffer i. V. für Treasurer" in site["clerk"].get(address(paper)).html


def test_who_takes_it_on_stands_in_the_inbox_and_the_next_is_refused(
    site: Site, paper: Proposal
) -> None:
    f.make_user(site.house, "colleague", Role.CO_SIGNER, office="treasury")
    take = page_of(paper, "uebernehmen")
    site["treasurer"].post(take, {"seen": "0"}, 302)
    assert "übernommen von Treasurer" in site["colleague"].get("/").html
    refused = site["colleague"].post(take, {"seen": "0"}, 409)
    assert "Treasurer hat diese Mitzeichnung inzwischen übernommen" in refused.html


def test_the_lead_office_takes_its_draft_back_from_the_page(site: Site, paper: Proposal) -> None:
    assert "zurückholen" in site["clerk"].get(address(paper)).html
    recall = address(paper, "mitzeichnung", "zurueckholen")
    assert "warum Sie die Vorlage zurückholen" in site["clerk"].post(recall, {"note": ""}, 422).html
    site["clerk"].post(recall, {"note": "Neu"}, 302)
    assert Submission.everything.get().returned_on is not None


def test_one_more_office_is_asked_and_is_no_office_to_hand_it_on_to(
    site: Site, paper: Proposal
) -> None:
    more = address(paper, "mitzeichnung", "weitere-stelle")
    staff = str(site.house.office("staff").pk)
    refused = site["clerk"].post(more, {"office": str(site.house.office("treasury").pk)}, 409)
    assert "schon gebeten" in refused.html
    site["clerk"].post(more, {"office": staff}, 302)
    hand_on = page_of(paper, "weitergeben")
    again = site["treasurer"].post(hand_on, {"office": staff, "note": "Stellen"}, 409)
    assert "in dieser Runde schon gebeten" in again.html


def test_after_the_deadline_the_page_offers_to_go_on_and_later_to_add_the_answer(
    site: Site, paper: Proposal
) -> None:
    expire = page_of(paper, "ohne-beitrag")
    assert expire in site["clerk"].get(address(paper)).html, "the deadline of 2024 is over"
    assert "vermerken Sie" in site["clerk"].post(expire, {"note": ""}, 409).html
    site["clerk"].post(expire, {"note": "Keine Antwort"}, 302)
    late = page_of(paper, "nachtragen")
    assert late in site["treasurer"].get(address(paper)).html
    site["treasurer"].post(late, {"verdict": "with_remark", "remark": "Knapp"}, 302)
    assert newest(paper).remark == "Knapp"
    assert "Knapp" in site["head"].get(address(paper, "freigeben")).html


def test_the_head_reads_a_refusal_and_releases_over_it_with_a_reason(
    site: Site, paper: Proposal
) -> None:
    f.co_sign(site.house, paper, "treasury", Verdict.REFUSED, "Keine Deckung")
    release = address(paper, "freigeben")
    shown = site["head"].get(release).html
    assert "Kämmerei hat die Mitzeichnung verweigert: Keine Deckung" in shown
    data = {"decision": "yes", "signature_mode": "own", "signature_name": "Head"}
    refused = site["head"].post(release, data, 409)
    assert "Bitte begründen Sie die Freigabe" in refused.html
    site["head"].post(release, {**data, "reason": "Nachtrag", "signed_by_word": "on"}, 302)
    submission = Submission.everything.get()
    assert (submission.release_reason, submission.signed_by_word) == ("Nachtrag", True)


def test_an_office_states_on_a_committees_wording(site: Site) -> None:
    signing.rule(site.house, "treasury", Trigger.COSTS)
    paper = f.make_proposal(site.house, "in_route", costs=COSTS)
    own = "<p>Durch einen externen Dienstleister.</p>"
    f.treat(site.house, f.station(paper, "social"), Outcome.RECOMMENDED_CHANGED, wording=own)
    page = address(paper, "stellungnahme", StatementRequest.everything.get().pk)
    assert page in site["treasurer"].get("/").html
    assert "externen Dienstleister" in site["treasurer"].get(page).html
    assert (
        "schreiben Sie Ihre Stellungnahme" in site["treasurer"].post(page, {"text": ""}, 409).html
    )
    site["treasurer"].post(page, {"text": "Transferaufwand, gedeckt."}, 302)
    assert "Transferaufwand, gedeckt." in site["head"].get(address(paper)).html
    assert "Transferaufwand" not in site["deputy"].get(address(paper)).html


def test_an_absence_is_entered_by_oneself_and_cancelled(site: Site) -> None:
    today = timezone.localdate()
    data = {
        "person": str(signing.person(site.house, "treasurer").pk),
        "substitute": str(signing.person(site.house, "staffer").pk),
        "starts_on": today.isoformat(),
        "ends_on": (today - timedelta(days=1)).isoformat(),
    }
    refused = site["treasurer"].post("/abwesenheiten/", data, 409)
    assert "endet, bevor sie beginnt" in refused.html
    site["treasurer"].post("/abwesenheiten/", {**data, "ends_on": today.isoformat()}, 302)
    cancel = f"/abwesenheiten/{Absence.objects.get().pk}/aufheben/"
    assert "gerade abwesend" in site["staffer"].get("/abwesenheiten/").html
    site["clerk"].post(cancel, {}, 403)
    site["treasurer"].post(cancel, {}, 302)
    assert "schon aufgehoben" in site["treasurer"].post(cancel, {}, 409).html


def test_only_the_administrator_enters_somebody_elses_absence(site: Site) -> None:
    today = timezone.localdate().isoformat()
    data = {
        "person": str(signing.person(site.house, "treasurer").pk),
        "substitute": str(signing.person(site.house, "staffer").pk),
        "starts_on": today,
        "ends_on": today,
    }
    site["clerk"].post("/abwesenheiten/", data, 422)  # not among the choices
    site["administrator"].post("/abwesenheiten/", data, 302)
    overlap = site["administrator"].post("/abwesenheiten/", data, 409)
    assert "schon eine Abwesenheit eingetragen" in overlap.html


def test_the_administrator_sets_and_ends_rules(site: Site) -> None:
    url, admin = "/mitzeichnungsregeln/", site["administrator"]
    treasury = str(site.house.office("treasury").pk)
    rule = {"trigger": "costs", "office": treasury, "parts": ["costs", "wording"], "days": "3"}
    assert "mindestens einen Teil" in admin.post(url, {**rule, "parts": []}, 409).html
    admin.post(url, rule, 302)
    row = CoSigningRule.objects.get()
    assert (row.parts, row.days) == ([Part.WORDING, Part.COSTS], 3)
    admin.post(url, {**rule, "days": ""}, 302)
    assert CoSigningRule.objects.get().days is None, "the same rule, changed"
    admin.post(f"{url}{row.pk}/beenden/", {}, 302)
    assert "gilt nicht mehr" in admin.post(f"{url}{row.pk}/beenden/", {}, 409).html


def test_the_administrator_enters_and_removes_closed_days(site: Site) -> None:
    url, admin = "/schliesstage/", site["administrator"]
    day = {"day": "2026-12-24", "name": "Heiligabend"}
    admin.post(url, day, 302)
    assert "steht schon als Schließtag" in admin.post(url, day, 409).html
    remove = f"{url}{ClosedDay.objects.get().pk}/entfernen/"
    admin.post(remove, {}, 302)
    assert not ClosedDay.objects.exists()
    assert "gibt es nicht mehr" in admin.post(remove, {}, 409).html


def own_releases(site: Site, count: int) -> None:
    for _ in range(count):
        proposal = f.make_proposal(site.house, "submitted")
        answer = ReleaseAnswer(released=True, remark="Eilt sehr", signature_name="Clerk", on=f.DAY)
        turn = Turn(proposal.pk, "release")
        gate.complete(actor=site.house.user("clerk"), turn=turn, answer=answer)


def test_the_auditor_lists_own_work_in_a_constant_number_of_queries(site: Site) -> None:
    signing.absent(site.house, "head", "clerk")
    own_releases(site, 2)
    url = "/vier-augen-ausnahmen/"
    assert "Eilt sehr" in site["auditor"].get(url).html
    few = queries(site, url, "auditor")
    own_releases(site, 6)
    assert queries(site, url, "auditor") == few <= MOST["list"]


def test_the_house_pages_and_the_paged_inbox_take_a_constant_number_of_queries(
    site: Site,
) -> None:
    pages = {"/abwesenheiten/": "treasurer", "/": "treasurer"}
    pages |= {"/mitzeichnungsregeln/": "administrator", "/schliesstage/": "administrator"}

    def more(count: int, trigger: Trigger) -> None:
        signing.rule(site.house, "treasury", trigger, (Part.TEXTS,))
        for _ in range(count):
            day = f.DAY + timedelta(days=1 + ClosedDay.objects.count())
            with f.setting_up(site.house.municipality):
                ClosedDay(municipality=site.house.municipality, day=day, name="Brücke").save()
            signing.absent(site.house, "treasurer", "staffer")
            f.make_proposal(site.house, "submitted")

    more(2, Trigger.ALWAYS)
    few = {url: queries(site, url, user) for url, user in pages.items()}
    more(25, Trigger.NON_PUBLIC)
    assert {url: queries(site, url, user) for url, user in pages.items()} == few
    assert max(few.values()) <= MOST["list"]
    html = site["treasurer"].get("/").html
    assert html.count('class="vl-tasks__item"') == 25
    assert "Weiter" in html
