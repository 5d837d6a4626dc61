"""Money on the pages: boxes before details, notes with their reasons, the table over the years."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from proposals.models import CostItem, Proposal, ProposalVersion, StaffPosition
from proposals.rules.costs import Qualifier
from proposals.rules.funding import FundingState
from proposals.rules.lifecycle import ProposalStatus
from proposals.rules.sections import Section
from proposals.services.finance_drafts import CostDraft, FundingDraft, PositionDraft
from proposals.services.rates import RateAnswer, set_rate
from tests import factories as f
from tests.web.site import Page, Site, address, filled, rows

WORDING = "<p>Die Stelle wird im Stellenplan 2019 ausgewiesen.</p>"


def words(page: Page) -> str:
    return page.words.replace("\xa0", " ")


def of_wittmund(house: f.House) -> Proposal:
    return f.make_proposal(
        house,
        texts={Section.FACTS: "<p>Bericht.</p>", Section.WORDING: WORDING},
        follow_up_words="keine",
        costs=[
            CostDraft("Personalkosten für eine Stelle", year=2019),
            CostDraft("Budget", Decimal(10_000), year=2019),
        ],
        positions=[PositionDraft("Anlaufstelle", Decimal(1), plan_year=2019)],
    )


def test_the_boxes_are_enough_and_become_positions(site: Site, draft: Proposal) -> None:
    url = address(draft, "entwurf")
    boxes: dict[str, Any] = {
        "total_costs": "Personalkosten für eine Stelle + 10.000 €",
        "follow_up": "keine",
        "income": "keine",
    }
    site["clerk"].send(url, **boxes)
    saved = CostItem.everything.filter(proposal=draft).values_list("text", "amount")
    assert list(saved) == [
        ("Personalkosten für eine Stelle", None),
        ("Gesamtkosten", Decimal("10000.00")),
    ]
    again = site["clerk"].get(url)
    assert "total_costs" not in again.fields
    assert "Gesamtkosten Personalkosten für eine Stelle + 10.000 €" in words(again)
    shown = words(site["clerk"].get(address(draft)))
    assert "Gesamtkosten mindestens 10.000 € (unvollständig)" in shown
    assert "jährliche Folgekosten keine" in shown
    assert "objektbezogene Einnahmen keine" in shown


def test_a_box_beside_a_list_is_refused_and_both_are_kept(site: Site, draft: Proposal) -> None:
    url = address(draft, "entwurf")
    lines = rows("cost", {"kind": "expense", "qualifier": "exact", "text": "Bau", "amount": "5"})
    form = {**filled(site["clerk"].get(url)), **lines, "total_costs": "7.000"}
    page = site["clerk"].post(url, form, 409)
    assert "Das Feld „Gesamtkosten“ ergibt sich aus den Kostenpositionen." in page.words
    assert (page.value("total_costs"), page.value("cost-0-text")) == ("7.000", "Bau")
    assert not CostItem.everything.filter(proposal=draft).exists()


def test_the_hand_in_asks_once_for_reasons_and_the_page_shows_them(site: Site) -> None:
    proposal = of_wittmund(site.house)
    url = address(proposal, "entwurf")
    page = site["clerk"].client.post(
        url, filled(site["clerk"].get(url), then="submit"), follow=True
    )
    told = page.content.decode()
    assert "Der Entwurf ist gespeichert." in told
    assert "keine Folgekosten, enthält aber eine unbefristete Stelle" in told
    assert f.reread(proposal).status == ProposalStatus.DRAFT

    reasons: dict[str, Any] = {
        "reason_follow_up": "Der Haushalt der Folgejahre entscheidet.",
        "reason_unquantified": "Die Eingruppierung ist offen.",
    }
    site["clerk"].send(url, then="submit", **reasons)
    assert f.reread(proposal).status != ProposalStatus.DRAFT
    shown = words(site["clerk"].get(address(proposal)))
    assert "Begründung: Der Haushalt der Folgejahre entscheidet." in shown
    assert "Begründung: Die Eingruppierung ist offen." in shown
    content = ProposalVersion.everything.get(proposal=proposal).content
    assert set(content["costs"]["reasons"]) == {"follow_up", "unquantified"}


def test_members_of_committees_see_the_figures_and_not_the_notes(site: Site) -> None:
    proposal = of_wittmund(site.house)
    f.submit(site.house, proposal)
    f.release(site.house, proposal)
    f.check_form(site.house, proposal)
    shown = words(site["deputy"].get(address(proposal)))
    assert "mindestens 10.000 € (unvollständig)" in shown
    assert "Begründung:" not in shown
    assert "Hinweise" not in shown


def test_coesfelds_posts_make_5_5_and_its_funding_at_most_170000(site: Site) -> None:
    up_to = Qualifier.UP_TO
    proposal = f.make_proposal(
        site.house,
        positions=[
            PositionDraft("Lehrkräfte", Decimal(2), source="seconded"),  # type: ignore[arg-type]
            PositionDraft("Fachkräfte", Decimal(2)),
            PositionDraft("Verwaltungswirt", Decimal(1)),
            PositionDraft("Verwaltungsassistenz", Decimal("0.5")),
            PositionDraft("KommAn-NRW", Decimal("1.5"), limited_until=date(2016, 12, 31)),
        ],
        funding=[
            FundingDraft("Fachkräfte", Decimal(50_000), count=3, qualifier=up_to),
            FundingDraft("Assistenz", Decimal(20_000), qualifier=up_to),
        ],
        costs=[CostDraft("Sachkosten", Decimal(200_000))],
    )
    shown = words(site["clerk"].get(address(proposal)))
    assert "Summe 5,5 (davon 2 abgeordnet)" in shown
    assert "zusätzlich 1,5" in shown
    assert "bis zu 170.000 €" in shown
    assert "Fachkräfte (3 × bis zu 50.000 €)" in shown
    assert "bei voller Förderung mindestens 30.000 € (unvollständig)" in shown


def test_the_years_stand_in_a_table_and_what_goes_on_behind_them(site: Site) -> None:
    proposal = f.make_proposal(
        site.house,
        costs=[
            CostDraft("Dienst", Decimal(33_000), recurring=True, year=2018),
            CostDraft("Möbel", Decimal(500), year=2019),
        ],
        funding=[FundingDraft("Land", Decimal(3_000), state=FundingState.GRANTED, year=2018)],
    )
    shown = words(site["clerk"].get(address(proposal)))
    assert "Euro 2018 2019 2020 2021 2022 ff." in shown
    assert "Aufwendungen 33.000 € 33.500 € 33.000 € 33.000 € 33.000 € 33.000 €" in shown
    assert "Erträge mit gesicherter Förderung 3.000 € – – – – –" in shown
    assert "Saldo -30.000 € -33.500 €" in shown


def a_rate(house: f.House) -> Any:
    answer = RateAnswer("EG 9b", 2024, Decimal(64_800), "eigene Rechnung")
    return set_rate(
        actor=house.user("administrator"), municipality=house.municipality, answer=answer
    )


def test_a_post_is_costed_by_its_average_and_fills_the_cost_position(
    site: Site, draft: Proposal
) -> None:
    rate, url = a_rate(site.house), address(draft, "entwurf")
    form = {
        **filled(site["clerk"].get(url)),
        **rows(
            "position",
            {
                "text": "Leitung",
                "hours": "19,5",
                "source": "establishment",
                "rate_id": str(rate.pk),
            },
        ),
        **rows(
            "cost",
            {
                "kind": "expense",
                "qualifier": "exact",
                "text": "Personalkosten",
                "from_positions": "on",
            },
        ),
    }
    site["clerk"].post(url, form)
    post = StaffPosition.everything.get(proposal=draft)
    assert (post.share, post.yearly_cost, post.grade) == (
        Decimal("0.5"),
        Decimal("32400.00"),
        "EG 9b",
    )
    item = CostItem.everything.get(proposal=draft)
    assert (item.amount, item.recurring) == (Decimal("32400.00"), True)
    shown = words(site["clerk"].get(address(draft)))
    assert "Gesamtkosten 32.400 €" in shown
    assert "nach Durchschnittssatz EG 9b (2024)" in shown
    site["clerk"].send(url)
    assert StaffPosition.everything.get(proposal=draft).yearly_cost == Decimal("32400.00")


def test_averages_are_added_and_replaced_by_a_new_year(site: Site) -> None:
    url, keeper = "/durchschnittssaetze/", site["administrator"]
    rate = {"grade": "EG 9b", "year": "2024", "amount": "64.800", "source": "KGSt"}
    keeper.post(url, rate)
    again = keeper.post(url, {**rate, "amount": "65.000"}, 409)
    assert "steht 2024 schon ein Durchschnittssatz" in again.words
    assert again.value("amount") == "65.000"
    keeper.post(url, {**rate, "amount": "65.000", "corrects": "on"})
    keeper.post(url, {**rate, "year": "2025", "amount": "67.000"})
    shown = words(keeper.get(url))
    assert "EG 9b 2025 67.000 €" in shown
    assert "EG 9b abgelöst 2024 65.000 €" in shown
    missing = keeper.post(url, {**rate, "grade": "EG 5", "source": " ", "amount": ""}, 422)
    assert "zwingend erforderlich" in missing.words
    site["clerk"].post(url, rate, 403)
    assert "Satz eintragen" not in site["clerk"].get(url).words


@pytest.mark.parametrize("user", ["clerk", "secretary"])
def test_the_average_of_another_house_costs_nobody_here(site: Site, user: str) -> None:
    other = a_rate(f.make_house("fremd"))
    url = "/vorlagen/neu/"
    if user == "clerk":
        page = site["clerk"].get(url)
        assert str(other) not in page.words
    assert str(other) not in site[user].get("/durchschnittssaetze/").words
