"""Rechtsstand: every rule with its proof, what is unchecked, and the house's own on top."""

from datetime import date
from typing import Any

import pytest

from proposals.models import HouseRule
from proposals.rules.words import Land
from tests import factories as f
from tests.web.site import Page, Site

URL = "/recht/"


def set_rule(house: f.House, path: str, value: Any, source: str, since: date) -> None:
    with f.setting_up(house.municipality):
        HouseRule(
            municipality=house.municipality,
            path=path,
            value=value,
            source=source,
            valid_from=since,
        ).save()


def rows(page: Page, label: str) -> list[str]:
    """Return the lines of the tables that begin with a label, as read."""
    return [
        " ".join(" ".join(row.itertext()).split())
        for row in page._tree().cssselect("tbody tr")
        if row.cssselect("th")[0].text_content().strip() == label
    ]


def test_every_rule_stands_there_with_its_words_paragraph_and_source(site: Site) -> None:
    page = site["secretary"].get(URL)
    assert "Niedersachsen: Niedersächsisches Kommunalverfassungsgesetz (NKomVG)" in page.words
    majority, _board = rows(page, "Mehrheit")
    assert "mehr Ja- als Nein-Stimmen; bei Stimmengleichheit abgelehnt" in majority
    assert "§ 66 Abs. 1 Satz 1 NKomVG" in majority
    assert "https://www.anwalt24.de/gesetze/nkomvg/66" in majority
    assert "ab 01.11.2011" in majority
    assert majority.endswith("gelesen am 22.11.2026")
    [quorum] = rows(page, "Ausschluss von mehr als der Hälfte")
    assert "Genehmigung der Kommunalaufsichtsbehörde" in quorum
    headings = [h.text_content() for h in page._tree().cssselect("main section h2")][1:]
    assert headings[:4] == ["Kreistag", "Kreisausschuss", "Ausschuss", "Beirat"]
    assert "Eilentscheidung" in headings


def test_what_nobody_has_looked_up_is_marked_and_counted(site: Site) -> None:
    page = site["auditor"].get(URL)
    marked = page.html.count("Rechtsstand prüfen</span>")
    assert f"{marked} von 37 Regeln sind noch zu prüfen" in page.words
    [leave] = rows(page, "Verlassen des Raums")
    assert "aus dem Gedächtnis" in leave
    assert "Rechtsstand prüfen" in leave


def test_the_house_s_own_rules_lie_over_the_law_with_their_source(site: Site) -> None:
    set_rule(site.house, "bodies.council.notice.days", 10, "§ 1 GeschO", date(2021, 11, 1))
    set_rule(site.house, "bodies.council.notice.days", 14, "§ 2 GeschO", date(2023, 1, 1))
    set_rule(site.house, "recusal_withdraws_papers", True, "§ 9 GeschO", date(2022, 1, 1))
    set_rule(site.house, "bodies.committee.notice.days", 5, "§ 30 GeschO", date(2022, 1, 1))

    today = site["secretary"].get(URL)
    committee, council = sorted(rows(today, "Ladungsfrist"), key=lambda line: "5 Tage" not in line)
    assert "nach der Geschäftsordnung" in council
    assert "Hausregel: 14 Tage; erste Sitzung der Wahlperiode: 7 Tage" in council
    assert "§ 2 GeschO, ab 01.01.2023" in council
    assert "10 Tage" not in council
    assert "übernommene Regel Hausregel: 5 Tage" in committee
    [papers] = rows(today, "Unterlagen bei Befangenheit")
    assert "keine Regel im Gesetz Hausregel: werden entzogen § 9 GeschO" in papers

    [then] = rows(site["secretary"].get(f"{URL}?am=2021-12-01"), "Ladungsfrist")
    assert "Hausregel: 10 Tage" in then
    assert "Hausregel" not in site["secretary"].get(f"{URL}?am=2021-10-01").words


def test_the_day_is_asked_for_in_words_and_kept(site: Site) -> None:
    bad = site["head"].get(f"{URL}?am=gestern", 422)
    assert "Bitte ein gültiges Datum eingeben." in bad.words
    assert bad.value("am") == "gestern"
    assert "Bitte das Jahr prüfen." in site["head"].get(f"{URL}?am=0001-01-01", 422).words
    early = site["head"].get(f"{URL}?am=2001-01-01", 409)
    assert "Für Niedersachsen ist am 01.01.2001 kein Recht hinterlegt." in early.words
    assert early.value("am") == "2001-01-01"
    assert "Stand 17.12.2018." in site["head"].get(f"{URL}?am=2018-12-17").words
    assert "Regeln sind noch zu prüfen" in site["head"].get(f"{URL}?am=").words


def test_where_only_counting_is_allowed_the_page_says_so(db: None) -> None:
    page = Site(f.make_house("bayern", land=Land.BY))["administrator"].get(URL)
    assert "Für dieses Land wird nur gezählt" in page.words
    assert "Für dieses Land wird nur gezählt" not in Site(f.make_house())["head"].get(URL).words


@pytest.mark.parametrize("name", ["clerk", "minutes", "deputy", "treasurer"])
def test_others_do_not_read_it(site: Site, name: str) -> None:
    site[name].get(URL, 403)


def test_the_rules_of_another_house_stay_there(site: Site) -> None:
    other = f.make_house("fremd")
    set_rule(other, "minutes_word", "Aufzeichnung", "§ 5 GeschO", date(2022, 1, 1))
    assert "Aufzeichnung" not in site["secretary"].get(URL).words
    assert "Aufzeichnung" in Site(other)["secretary"].get(URL).words
