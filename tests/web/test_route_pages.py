"""Pages beside the steps: skip, insert, decide urgently, relate, issue anew, amend."""

from typing import Any

import pytest

from proposals.models import Consultation, Proposal, Reissue, Relation, UrgentDecision
from proposals.rules.consultation import Outcome
from proposals.rules.results import RecommendationAs
from proposals.rules.voting import VoteKind
from proposals.rules.words import ProposalKind
from tests import factories as f
from tests import sittings as s
from tests.web.refusals import assert_kept, refused
from tests.web.site import Site, address, filled, rows
from tests.web.test_queries import queries


def skip_url(proposal: Proposal, committee: str) -> str:
    return address(proposal, "beratung", f.station(proposal, committee).pk, "ueberspringen")


def test_a_mandatory_body_is_skipped_with_a_tick_beside_the_paragraph(
    site: Site, in_route: Proposal
) -> None:
    url = skip_url(in_route, "main")
    page = site["head"].get(url)
    assert "§ 76 Abs. 1 Satz 1 NKomVG" in page.words
    assert page.value("authority") == "Der Landrat"
    values = filled(page, reason="Die Frist läuft morgen ab.")
    sentence = "vor der Entscheidung von „Kreistag“ vorgeschrieben"
    refused(site["head"], url, values, 409, sentence, in_route)
    site["head"].post(url, {**values, "confirmed": "on", "inform": "on"})
    rows_of_main = Consultation.everything.filter(
        proposal=in_route, committee__short_name="main"
    ).order_by("position")
    assert [(row.role, row.lapse) for row in rows_of_main] == [
        ("preliminary", "skipped"),
        ("note", ""),
    ]
    assert "verfügt von Der Landrat" in site["clerk"].get(address(in_route)).words

    social = site["head"].get(skip_url(in_route, "social"))
    assert "confirmed" not in social.html


def test_a_second_decision_is_confirmed_on_its_page(site: Site, in_route: Proposal) -> None:
    url = address(in_route, "beratung-einfuegen")
    page = site["secretary"].get(url)
    board = site.house.committee("board").pk
    values = filled(page, committee=board, role="decision", reason="Ziffer 2 entscheidet er")
    refused(site["secretary"], url, values, 409, "entscheidet nur ein Gremium", in_route)
    site["secretary"].post(url, {**values, "confirmed": "on"})
    assert f.station(in_route, "board").role == "decision"


def test_an_urgent_decision_names_the_law_and_asks_for_what_it_wants(
    site: Site, in_route: Proposal
) -> None:
    url = address(in_route, "eilentscheidung")
    assert url in site["head"].get(address(in_route)).html
    page = site["head"].get(url)
    assert "§ 89" in page.words
    assert "Kreisausschuss" in page.words
    values = filled(page, organ="head", reason="Der Bescheid verfällt.", decided_on="2024-03-01")
    refused(site["head"], url, values, 409, "Bitte angeben, wer entschieden hat", in_route)
    refused(site["head"], url, {**values, "organ": ""}, 422, "Bitte wählen Sie", in_route)
    site["head"].post(url, {**values, "signers": "Landrat A, Stellvertreterin B"})
    assert UrgentDecision.everything.get().signers == "Landrat A, Stellvertreterin B"
    words = site["clerk"].get(address(in_route)).words
    assert "Landrat A, Stellvertreterin B am 01.03.2024 anstelle von Kreistag" in words
    assert "Beschluss (Eilentscheidung)" in words
    assert url not in site["head"].get(address(in_route)).html
    assert "schon eine Eilentscheidung" in site["head"].get(url).words


def test_papers_are_related_by_number_and_shown_on_both_pages(
    site: Site, in_route: Proposal
) -> None:
    motion = f.make_proposal(site.house, "in_route", kind=ProposalKind.ANTRAG)
    url = address(in_route, "bezug")
    assert url in site["clerk"].get(address(in_route)).html
    values = {"kind": "statement", "to": "9999/2024"}
    sentence = "Eine Vorlage mit der Nummer „9999/2024“ gibt es hier nicht."
    refused(site["clerk"], url, values, 422, sentence, in_route)
    own = {**values, "to": in_route.number}
    refused(site["clerk"], url, own, 409, "nicht auf sich selbst", in_route)
    site["clerk"].post(url, {**values, "to": motion.number})
    assert f"Stellungnahme der Verwaltung zu {motion.number}" in (
        site["deputy"].get(address(in_route)).words
    )
    assert f"Stellungnahme der Verwaltung {in_route.number}" in (
        site["deputy"].get(address(motion)).words
    )
    lift = address(in_route, "bezug", Relation.everything.get().pk, "loesen")
    assert lift in site["clerk"].get(address(in_route)).html
    assert lift not in site["deputy"].get(address(in_route)).html
    site["clerk"].get(address(motion, "bezug", Relation.everything.get().pk, "loesen"), 404)
    site["clerk"].post(lift, {"sure": "yes"})
    assert not Relation.everything.exists()


def test_a_wording_is_issued_anew_from_the_page_in_a_house_that_does_so(
    site: Site, in_route: Proposal
) -> None:
    item = f.treat(
        site.house,
        f.station(in_route, "social"),
        Outcome.RECOMMENDED_CHANGED,
        wording="<p>Durch einen Dienstleister.</p>",
    )
    url = address(in_route, "wortlaut", item.result_wording_id, "herausgeben")
    assert url not in site["secretary"].get(address(in_route)).html
    refused(site["secretary"], url, {"on": "2024-03-02"}, 409, "nicht als neue Fassung", in_route)
    house = site.house.municipality
    house.recommendation_as = RecommendationAs.REISSUE
    with f.setting_up(house):
        house.save()
    assert url in site["secretary"].get(address(in_route)).html
    assert url not in site["clerk"].get(address(in_route)).html
    site["secretary"].send(url, on="2024-03-02")
    assert Reissue.everything.get().suffix == 1
    words = site["deputy"].get(address(in_route)).words
    assert f"herausgegeben als {in_route.number}-1 am 02.03.2024" in words


def test_an_amendment_is_entered_with_the_paper_it_would_change(
    site: Site, in_route: Proposal
) -> None:
    url = "/vorlagen/neu/?art=aenderungsantrag"
    assert url in site["secretary"].get("/vorlagen/").html
    site["clerk"].get(url, 403)
    page = site["secretary"].get(url)
    assert "Änderungsantrag erfassen" in page.words
    values = filled(
        page, subject="Nur ein Jahr", wording="Nur für ein Jahr.", mover="Fraktion A", then="submit"
    )
    before = Proposal.everything.count()
    page = site["secretary"].post(url, {**values, "amends": ""}, 422)
    assert "Ändert die Vorlage: Dieses Feld ist zwingend erforderlich." in page.words
    assert_kept(page, values)
    page = site["secretary"].post(url, {**values, "amends": "1/1999"}, 422)
    assert "Eine Vorlage mit der Nummer „1/1999“ gibt es hier nicht." in page.words
    assert Proposal.everything.count() == before

    site["secretary"].post(url, {**values, "amends": in_route.number})
    motion = Proposal.everything.get(kind="aenderungsantrag")
    assert motion.status == "released"
    assert motion.consultations.count() == 3
    assert f"Änderungsantrag zu {in_route.number}" in site["secretary"].get(address(motion)).words
    site["secretary"].send(address(motion, "formpruefung"), decision="yes")
    assert site["deputy"].get(address(motion, "word", "public")).body.startswith(b"PK")
    assert "Änderungsantrag" in site["deputy"].get(address(in_route)).words


def test_a_route_without_a_decision_is_handed_in_with_a_reason(site: Site) -> None:
    board = site.house.committee("board").pk
    lines = rows("route", {"committee": board, "role": "preliminary"})
    values = {"subject": "Bericht", "facts": "So ist es.", "wording": "Kenntnisnahme", **lines}
    site["clerk"].send("/vorlagen/neu/", then="submit", **values)
    proposal = Proposal.everything.get()
    assert proposal.status == "draft"
    page = site["clerk"].get(address(proposal, "entwurf"))
    assert "in der Beratungsfolge entscheidet keines" in page.words
    site["clerk"].send(
        address(proposal, "entwurf"), then="submit", route_reason="Der Beirat berät nur."
    )
    assert f.reread(proposal).status == "awaiting_release"
    assert "Der Beirat berät nur." in site["clerk"].get(address(proposal, "verlauf")).words


def test_money_of_a_lost_clause_is_shown_as_not_decided(site: Site) -> None:
    lines: dict[str, Any] = {
        **rows("route", {"committee": site.house.committee("council").pk, "role": "decision"}),
        **rows(
            "cost",
            {"kind": "expense", "text": "Bau", "qualifier": "exact", "amount": "10.000"},
            {
                "kind": "expense",
                "text": "Betrieb",
                "qualifier": "exact",
                "amount": "5.000",
                "clause": "2",
            },
        ),
        **rows(
            "position",
            {"text": "Fachkraft", "share": "1", "source": "external", "clause": "2"},
        ),
    }
    site["clerk"].send(
        "/vorlagen/neu/",
        then="submit",
        subject="Neubau",
        facts="So ist es.",
        wording="1. Es wird gebaut.\n2. Es wird betrieben.\n3. Es wird berichtet.",
        **lines,
    )
    proposal = Proposal.everything.get()
    f.release(site.house, proposal)
    f.check_form(site.house, proposal)
    page = site["clerk"].get(address(proposal))
    assert "nicht beschlossen" not in page.words
    assert "15.000 €" in page.words.replace("\xa0", " ")
    item = f.schedule(site.house, f.station(proposal, "council"))
    for clause, counts in ((1, (5, 0, 0)), (2, (1, 4, 0)), (3, (5, 0, 0))):
        s.ballot(site.house, item, VoteKind.CLAUSE, counts, "", clause=clause)
    f.treat(site.house, f.station(proposal, "council"), Outcome.DECIDED_CHANGED)
    words = site["clerk"].get(address(proposal)).words.replace("\xa0", " ")
    assert words.count("nicht beschlossen") == 2
    assert "Gesamtkosten 10.000 €" in words
    assert "Summe 0" in words


@pytest.mark.parametrize("user", ["secretary", "deputy"])
def test_relations_and_reissues_cost_the_page_a_constant_number_of_queries(
    site: Site, in_route: Proposal, user: str
) -> None:
    others = [f.make_proposal(site.house, "in_route") for _ in range(6)]
    url = address(in_route, "bezug")
    site["clerk"].post(url, {"kind": "supplements", "to": others[0].number})
    few = queries(site, address(in_route), user)
    for other in others[1:]:
        site["clerk"].post(url, {"kind": "supplements", "to": other.number})
    assert queries(site, address(in_route), user) == few
