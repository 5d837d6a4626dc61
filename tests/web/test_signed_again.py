"""What a change after the Mitzeichnung asks again, who signs "i. V.", and what a holiday moves."""

from datetime import date
from typing import Any

import pytest
import time_machine

from proposals.models import CoSignature, Proposal
from proposals.rules.co_signing import Verdict
from proposals.rules.lifecycle import ProposalStatus
from tests import factories as f
from tests import signing
from tests.web import cases
from tests.web.cases import words
from tests.web.site import Site, address

REASONS: dict[str, Any] = {
    "reason_follow_up": "Der Haushalt entscheidet.",
    "reason_unquantified": "Noch offen.",
}
OFFICES = {"kaemmerei": "Käm", "personal": "HPA"}


@pytest.fixture
def site(db: None) -> Site:
    return cases.site_of("wittmund")


def handed_in(site: Site) -> Proposal:
    """Return the paper of Wittmund, drafted and handed in on the pages."""
    proposal = cases.begin(site["sozialamt"], cases.wittmund(site))
    cases.hand_in(site["sozialamt"], proposal, **REASONS)
    return proposal


def step(proposal: Proposal, user: str) -> str:
    """Return the address at which an office answers in the newest round."""
    return address(proposal, "mitzeichnen", f.newest_request(proposal, OFFICES[user]).pk)


def sign(site: Site, proposal: Proposal, user: str, by: str = "") -> None:
    """Let an office sign from its inbox."""
    here = step(proposal, user)
    assert here in site[by or user].get("/").html
    site[by or user].send(here, verdict="signed")


def recall(site: Site, proposal: Proposal) -> None:
    """Take the draft back into the hands of the lead office."""
    url = address(proposal, "mitzeichnung", "zurueckholen")
    site["sozialamt"].post(url, {"note": "Der Betrag ist zu prüfen."})
    assert f.reread(proposal).status == ProposalStatus.RETURNED


def newest(proposal: Proposal, user: str) -> CoSignature:
    return f.newest_request(proposal, OFFICES[user])


@time_machine.travel("2018-11-09 10:00")
def test_one_changed_cost_item_is_put_before_the_kaemmerei_alone(site: Site) -> None:
    proposal = handed_in(site)
    sign(site, proposal, "kaemmerei")
    sign(site, proposal, "personal")
    assert address(proposal, "freigeben") in site["landrat"].get("/").html
    recall(site, proposal)
    cases.save(site["sozialamt"], proposal, cost_1_amount="12.500", cost_1_after="22.500")
    cases.hand_in(site["sozialamt"], proposal)
    assert f.reread(proposal).status == ProposalStatus.RETURNED, "20.000 € are in the resolution"
    cases.hand_in(site["sozialamt"], proposal, reason_amount="Der Ausschuss wird berichtet.")

    here = step(proposal, "kaemmerei")
    assert here in site["kaemmerei"].get("/").html
    assert address(proposal, "mitzeichnen") not in site["personal"].get("/").html
    assert address(proposal, "freigeben") not in site["landrat"].get("/").html
    carried = newest(proposal, "personal")
    assert (carried.verdict, carried.carried_from is not None) == (Verdict.SIGNED, True)

    shown = words(site["kaemmerei"].get(here))
    told = "Kämmerei hat Fassung 1 gezeichnet, dies ist Fassung 2; drei Stellen sind anders."
    assert told in shown
    change = shown[shown.index(told) : shown.index("Bestätigen")]
    assert "Kostenposition 2, Betrag gestrichen: 10.000 Ende" in change
    assert "eingefügt: 12.500 Ende" in change
    assert "Kostenposition 2, künftig gestrichen: 20.000 Ende" in change
    assert "Begründungen zu den Kosten" in change
    site["kaemmerei"].post(here, {"verdict": "signed"})
    assert newest(proposal, "kaemmerei").verdict == Verdict.SIGNED
    assert address(proposal, "freigeben") in site["landrat"].get("/").html


@time_machine.travel("2018-11-09 10:00")
def test_a_word_in_the_facts_is_put_before_nobody(site: Site) -> None:
    proposal = handed_in(site)
    sign(site, proposal, "kaemmerei")
    sign(site, proposal, "personal")
    recall(site, proposal)
    cases.save(site["sozialamt"], proposal, facts="<p>Das Konzept ist fertig.</p>")
    cases.hand_in(site["sozialamt"], proposal)
    for user in OFFICES:
        assert address(proposal, "mitzeichnen") not in site[user].get("/").html
    assert address(proposal, "freigeben") in site["landrat"].get("/").html


@time_machine.travel("2018-11-09 10:00")
def test_the_substitute_of_who_is_away_signs_i_v(site: Site) -> None:
    away = {
        "person": str(signing.person(site.house, "kaemmerei").pk),
        "substitute": str(signing.person(site.house, "personal").pk),
        "starts_on": "2018-11-08",
        "ends_on": "2018-11-16",
    }
    site["kaemmerei"].post("/abwesenheiten/", away)
    proposal = handed_in(site)
    assert "in Vertretung (i. V.)" in site["personal"].get(step(proposal, "kaemmerei")).words
    sign(site, proposal, "kaemmerei", by="personal")
    row = newest(proposal, "kaemmerei")
    assert row.on_behalf_of == signing.person(site.house, "kaemmerei")
    panel = words(site["sozialamt"].get(address(proposal)))
    substitute, principal = signing.person(site.house, "personal"), row.on_behalf_of
    assert f"{substitute} i. V. für {principal}" in panel
    sign(site, proposal, "personal")
    assert newest(proposal, "personal").on_behalf_of is None


def plan_of(site: Site, proposal: Proposal) -> str:
    """Return what the Zeitplan of the paper says."""
    shown = words(site["sozialamt"].get(address(proposal)))
    return shown[shown.index("Rückwärts gerechnet") :]


@time_machine.travel("2026-04-01 10:00")
def test_himmelfahrt_and_a_closed_day_of_the_house_move_the_zeitplan(site: Site) -> None:
    days = (("SozA", "2026-05-27"), ("KA", "2026-06-03"), ("KT", "2026-06-15"))
    cases.plan_meetings(site, "kreistagsbuero", *days)
    proposal = cases.begin(site["sozialamt"], cases.wittmund(site))
    plan = plan_of(site, proposal)
    # thirteen days before the meeting is Himmelfahrt
    assert "Mi 13.05.2026 Sozialausschuss Vorlagenschluss" in plan
    assert "(früher wegen: Christi Himmelfahrt)" in plan
    assert "14.05.2026" not in plan

    closed = {"day": "2026-05-13", "name": "Betriebsausflug"}
    site["verwaltung"].post("/schliesstage/", closed)
    plan = plan_of(site, proposal)
    assert "Di 12.05.2026 Sozialausschuss Vorlagenschluss" in plan
    assert "13.05.2026" not in plan


@time_machine.travel("2026-05-13 10:00")
def test_himmelfahrt_is_no_day_of_the_time_to_sign(site: Site) -> None:
    proposal = handed_in(site)
    # Thursday the 14th is Himmelfahrt: the five working days begin on Friday
    assert newest(proposal, "kaemmerei").due_on == date(2026, 5, 21)
    assert "Frist 21.05.2026" in site["sozialamt"].get(address(proposal)).words
