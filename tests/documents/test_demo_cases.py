"""The five demo cases on paper: sound, complete, and nothing from behind closed doors."""

from datetime import date

import pytest
from django.conf import settings

from proposals.documents import package
from proposals.documents.checks import findings, text_of
from proposals.documents.content import content, template_for
from proposals.documents.content_excerpt import ItemPapers
from proposals.models import AgendaItem, Audience, ProposalVersion
from tests.documents import demo
from tests.documents.copies import document, squeezed

INTERNAL, PUBLIC = Audience.INTERNAL, Audience.PUBLIC
BOTH = pytest.mark.parametrize("audience", list(Audience))


@BOTH
@pytest.mark.parametrize("slug", ["wittmund", "oelde", "bergkamen", "coesfeld", "wedel"])
def test_each_demo_case_prints_soundly_with_every_sentence_typed(
    cases: dict[str, ProposalVersion], slug: str, audience: Audience
) -> None:
    made = document(cases[slug], audience)
    assert findings(made) == []
    text = squeezed(text_of(made))
    # the forms of these two have no field for the rest
    wanted = demo.sentences(slug) + ([] if slug in ("wittmund", "wedel") else demo.details(slug))
    assert [line for line in wanted if squeezed(line) not in text] == []


def test_the_public_copy_of_wittmund_has_nothing_of_the_kreisausschuss(
    cases: dict[str, ProposalVersion],
) -> None:
    internal, public = (document(cases["wittmund"], audience) for audience in Audience)
    for counts in ("Ja: 11 Nein: 0 Enth.: 0", "Ja: 9 Nein: 0 Enth.: 1", "Ja: 40 Nein: 2 Enth.: 0"):
        assert counts in squeezed(text_of(internal))
    text = squeezed(text_of(public))
    assert "Kreisausschuss Ja: Nein: Enth.: Kreistag Ja: 40 Nein: 2 Enth.: 0" in text
    assert "Kreisausschuss 29.11.2018 Kreistag" in text, "body and date, no TOP"
    everything = "".join(part.decode() for part in package.read(public).values())
    for trace in ("N 3", "Ja: 9", "Enth.: 1", "bei einer Enthaltung", "Interne "):
        assert trace not in everything + text


def test_oelde_hands_the_recommended_wording_on_as_a_sheet(
    cases: dict[str, ProposalVersion],
) -> None:
    version = cases["oelde"]
    for audience in Audience:
        context = content(version, audience=audience)
        assert context["empfehlungen"] == [], "the house does not note it on the paper"
        assert "prüft beide Wege" in context["beschlussvorschlag"]
        assert context["abstimmung"][0]["satz"] == "mehrheitlich (9 Ja, 3 Nein, 1 Enthaltung)"
        assert context["beratungsfolge"][1]["top"] == "", "no TOP before the invitation is out"
    item = AgendaItem.everything.get(
        consultation__proposal=version.proposal, result_wording__isnull=False
    )
    sheet = ItemPapers(item.meeting, [item]).sheet(item, on=date(2017, 12, 1))
    assert "ausschließlich ein externer Dienstleister" in sheet["text"]
    assert sheet["titel"] == "Vorschlag nach Beratung im Sozialausschuss"
    assert sheet["abstimmung"] == "mehrheitlich (9 Ja, 3 Nein, 1 Enthaltung)"


def test_money_posts_and_dates_stand_in_the_words_of_the_house(
    cases: dict[str, ProposalVersion],
) -> None:
    finance = content(cases["wittmund"], audience=INTERNAL)["finanzierung"]
    assert finance is not None
    assert finance["gesamtkosten"] == "Personalkosten für eine Stelle + 10.000\xa0€"
    assert (finance["folgekosten"], finance["einnahmen"]) == ("keine", "keine")
    assert (finance["verfuegbar"], finance["nicht_verfuegbar"]) == (None, False)
    assert [row["neu"] for row in finance["positionen"]] == ["", "20.000\xa0€"]

    coesfeld = content(cases["coesfeld"], audience=INTERNAL)
    assert coesfeld["stellen"] is not None
    assert coesfeld["stellen"]["summe"] == "5,5 (davon 2 abgeordnet), zusätzlich 1,5"
    assert coesfeld["foerderung"] is not None
    assert coesfeld["foerderung"]["summe"] == "bis zu 170.000\xa0€"
    assert "3 × bis zu 50.000\xa0€" in coesfeld["foerderung"]["positionen"][0]["text"]
    assert coesfeld["fristen"][0]["hinweis"].startswith("* Die Sitzungstermine")
    assert content(cases["wedel"], audience=INTERNAL)["finanzierung"] is None


def test_a_deputy_signs_for_the_head(cases: dict[str, ProposalVersion]) -> None:
    assert content(cases["bergkamen"], audience=PUBLIC)["unterschrift"] == {
        "ort": "Bergkamen",
        "datum": date(2019, 3, 15),
        "zeichen": "",  # signed by hand
        "name": "Lindhövel",
        "nachname_zuerst": "Lindhövel",
        "funktion": "Beigeordnete",
        "vertretung": "In Vertretung",
    }


def test_sections_stand_in_the_order_and_under_the_names_of_the_house(
    cases: dict[str, ProposalVersion],
) -> None:
    titles = {
        slug: [section["titel"] for section in content(version, audience=PUBLIC)["abschnitte"]]
        for slug, version in cases.items()
    }
    assert titles == {
        "wittmund": ["Sachverhalt", "Finanzielle Auswirkungen", "Beschlussvorschlag"],
        "oelde": [
            *("Beschlussvorschlag", "Sachverhalt", "Alternativen", "Finanzielle Auswirkungen")
        ],
        "bergkamen": ["Beschlussvorschlag", "Sachdarstellung"],
        "coesfeld": ["Beschlussvorschlag", "Begründung", "Finanzielle Auswirkungen"],
        "wedel": ["Inhalt der Mitteilung"],
    }


def test_a_house_with_its_own_form_uses_it(cases: dict[str, ProposalVersion]) -> None:
    folder = settings.DOCX_TEMPLATES_DIR
    found = {slug: template_for(cases[slug].proposal).relative_to(folder) for slug in cases}
    assert {slug: str(path) for slug, path in found.items()} == {
        "wittmund": "wittmund/beschlussvorlage.docx",
        "bergkamen": "bergkamen/beschlussvorlage.docx",
        "wedel": "wedel/mitteilungsvorlage.docx",
        "coesfeld": "coesfeld/beschlussvorlage.docx",
        "oelde": "neutral/vorlage.docx",
    }


@BOTH
def test_results_of_the_demo_cases_are_provisional_in_the_words_of_their_land(
    cases: dict[str, ProposalVersion], audience: Audience
) -> None:
    notes = {slug: content(cases[slug], audience=audience)["vorbehalt"] for slug in cases}
    assert notes["bergkamen"] == "", "nobody has met yet"
    assert notes["wittmund"].endswith("vorläufig, vorbehaltlich der Genehmigung des Protokolls")
    for slug in ("oelde", "coesfeld", "wedel"):
        note = "vorläufig, vorbehaltlich der Genehmigung der Niederschrift"
        assert notes[slug].endswith(note)
        # the Mitteilungsvorlage of Wedel prints no result that could be provisional
        assert (note in text_of(document(cases[slug], audience))) is (slug != "wedel")
