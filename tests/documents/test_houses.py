"""The forms of the other houses: their very words, nothing missing, and a sixth house by data."""

import itertools
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from proposals.documents import package
from proposals.documents.checks import findings, text_of
from proposals.documents.content import content, template_for
from proposals.documents.context import ProposalContext
from proposals.documents.render import render
from proposals.documents.wml import W
from proposals.models import Audience, ProposalVersion, Role
from proposals.rules.sections import Section
from proposals.rules.words import ProposalKind
from tests import factories as f
from tests.documents.copies import document, newest
from tests.documents.houses import BERGKAMEN, COESFELD, WEDEL, WEDEL_DECISION, Form
from tests.documents.outline import outline
from tests.documents.samples import TEMPLATES, sample
from tests.documents.words import in_order

FORMS = {
    "bergkamen": BERGKAMEN,
    "wedel-mitteilung": WEDEL,
    "wedel-beschluss": WEDEL_DECISION,
    "coesfeld": COESFELD,
}
EACH = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


@EACH
def test_a_draft_of_any_house_is_marked_and_has_no_number(form: Form) -> None:
    draft = form.data(sample)
    draft.update({"entwurf": True, "nummer": "", "unterschrift": None, "datum": None})
    draft.update({"leitung": None, "sachbearbeitung": None})
    made = render(form.template(), draft)
    assert findings(made) == []
    assert outline(made).count("ENTWURF, Fassung 2 vom 09.11.2018") >= 2
    assert form.number not in text_of(made)


@EACH
def test_every_number_in_a_document_is_the_same(form: Form) -> None:
    numbers = re.findall(r"(?:SV|MV|BV)[-/]\d+[-/]\d+|\b11/\d{4}", text_of(
        render(form.template(), form.data())))  # fmt: skip
    assert set(numbers) == {form.number}


@EACH
def test_empty_blocks_vanish_and_fields_of_the_house_stay(form: Form) -> None:
    bare = form.data(sample)
    bare.update({"finanzierung": None, "stellen": None, "foerderung": None, "fristen": []})
    bare.update({"unterschrift": None, "leitung": None, "sachbearbeitung": None})
    bare.update({"abstimmung": [], "anlagen": [], "beratungsfolge": [], "abschnitte": []})
    made = render(form.template(), bare)
    assert findings(made) == []
    text = text_of(made)
    for heading in ("Stelle", "Förder", "Frist", "Anlage/n", "Abstimmung", "Beratungsfolge"):
        assert heading not in text.splitlines()
    stay = {
        "bergkamen": ("Bestandteile dieser Vorlage sind:", "Amtsleitung", "Sachbearbeitung"),
        "wedel": ("Geschäftszeichen", "Verantwortlich:"),
        "coesfeld": ("Betreff", "Abteilung"),
    }
    for words in stay[form.house]:
        assert words in text


def test_the_deckblatt_of_bergkamen_comes_first_and_the_beschlussvorschlag_before_the_facts() -> (
    None
):
    printed = text_of(render(BERGKAMEN.template(), BERGKAMEN.data(sample)))
    assert in_order(
        printed,
        [
            *("öffentlich", "Betreff:", "Vorlage:", "11/1481", "Beratungsfolge"),
            *("Bestandteile dieser Vorlage sind:", "Das Deckblatt"),
            *("Der Beschlussvorschlag und die Sachdarstellung", "Der Bürgermeister"),
            *("In Vertretung", "Muster", "Beigeordnete", "Amtsleiterin", "Leitung"),
            *("Sachbearbeiter", "Sache", "Beschlussvorschlag:", "Sachverhalt:"),
        ],
    )
    own = BERGKAMEN.data(sample)
    assert own["unterschrift"] is not None
    own["unterschrift"]["vertretung"] = ""
    signed = text_of(render(BERGKAMEN.template(), own))
    assert "In Vertretung" not in signed
    assert "Beigeordnete" not in signed, "the head has said so above"
    for word in ("gez.", "Abstimmungsergebnis"):
        assert word not in printed
    own["unterschrift"]["zeichen"] = "gez."
    assert "gez. Muster" in text_of(render(BERGKAMEN.template(), own))


def test_the_mitteilung_of_wedel_has_its_number_once_and_goes_on_under_a_running_head() -> None:
    made = render(WEDEL.template(), WEDEL.data(sample))
    printed = outline(made)
    assert "| Geschäftszeichen | Datum | MV/2022/009 |\n| 50-11/7 | 09.11.2018 |  |" in printed
    assert printed.count("Fortsetzung der Vorlage Nr.~MV/2022/009") == 1
    assert "[Header] Anlage/n zur Vorlage Nr.~MV/2022/009" in printed
    assert in_order(
        text_of(made),
        [
            *("öffentlich", "Verantwortlich:", "MITTEILUNGSVORLAGE", "Beratungsfolge"),
            *("Zuständigkeit", "Termine", "Beratung neu zugezogener", "Inhalt der Mitteilung:"),
            *("Anlage/n", "Konzept „Ankommen im Landkreis“"),
        ],
    )
    for word in ("Beschlussvorschlag", "gez.", "Gesamtkosten", "Enth."):
        assert word not in text_of(made)
    body = package.parse(package.read(made)["word/document.xml"])
    first, annex = body.iter(W + "sectPr")
    assert first.find(W + "titlePg") is not None
    assert annex.find(W + "titlePg") is None


def test_wedel_asks_about_money_with_boxes_that_stay_empty_until_somebody_answers() -> None:
    def asked(data: ProposalContext) -> list[str]:
        lines = outline(render(WEDEL_DECISION.template(), data)).replace("~", " ").splitlines()
        (first,) = (at for at, line in enumerate(lines) if "hat finanzielle" in line)
        rows = itertools.takewhile(lambda line: line.startswith("| "), lines[first:])
        return [row.rpartition(" | ")[2].removesuffix(" |") for row in rows]

    open_ones = ["☐ ja   ☐ nein", "☐ vollständig   ☐ teilweise   ☐ nicht"]
    unanswered = "☐ ja   ☐ teilweise   ☐ nein"
    data = WEDEL_DECISION.data(sample)
    assert asked(data) == ["☒ ja   ☐ nein", unanswered, *open_ones]
    assert data["finanzierung"] is not None
    data["finanzierung"]["veranschlagt"] = "teilweise"
    assert asked(data)[1] == "☐ ja   ☒ teilweise   ☐ nein"
    data["finanzierung"]["keine"] = True
    assert asked(data) == ["☐ ja   ☒ nein"], "nothing else is asked then"
    data["finanzierung"] = None
    data["abschnitte"].pop()
    assert asked(data) == ["☐ ja   ☐ nein", unanswered, *open_ones]


def test_wedel_prints_the_years_and_no_table_where_nothing_falls_due() -> None:
    data = WEDEL_DECISION.data(sample)
    printed = outline(render(WEDEL_DECISION.template(), data))
    assert "| Ergebnisplan | 2019 | 2020 | 2021 | 2022 | 2023 | 2024~ff. |" in printed
    assert "| Saldo | -10.000~€ | – | – | – | – | – |" in printed
    assert data["finanzierung"] is not None
    data["finanzierung"]["jahre"] = None
    assert "Ergebnisplan" not in outline(render(WEDEL_DECISION.template(), data))


@pytest.mark.parametrize("form", [COESFELD, WEDEL_DECISION], ids=["coesfeld", "wedel"])
def test_votes_stand_under_a_heading_of_their_own(form: Form) -> None:
    data = form.data()
    data.update({"empfehlungen": [], "beschluss": None})
    heading = "[Heading3] Abstimmungsergebnisse:"
    assert (heading in outline(render(form.template(), data))) == (form is WEDEL_DECISION)


def test_a_paper_signed_by_hand_has_room_for_ink_and_no_gez() -> None:
    data = COESFELD.data(sample)
    assert "gez. Muster, Martina" in text_of(render(COESFELD.template(), data))
    assert data["unterschrift"] is not None
    data["unterschrift"]["zeichen"] = ""
    by_hand = text_of(render(COESFELD.template(), data))
    assert "Muster, Martina" in by_hand
    assert "gez." not in by_hand


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*/*.docx")), ids=lambda p: p.stem)
def test_headers_repeat_rows_do_not_break_and_what_signs_stays_together(path: Path) -> None:
    parts = package.read(path.read_bytes())
    body = package.parse(parts["word/document.xml"])
    for row in body.iter(W + "tr"):
        assert row.find(f"{W}trPr/{W}cantSplit") is not None, path.name
    style = next(
        one
        for one in package.parse(parts["word/styles.xml"]).iter(W + "style")
        if one.get(W + "styleId") == "VorlageUnterschrift"
    )
    assert style.find(f"{W}pPr/{W}keepNext") is not None
    foot = b"".join(data for name, data in parts.items() if "/footer" in name)
    assert b" PAGE " in foot
    assert b" NUMPAGES " in foot


@pytest.mark.parametrize(("slug", "justified"), [("bergkamen", True), ("wittmund", False)])
def test_justified_text_is_hyphenated(slug: str, justified: bool) -> None:
    parts = package.read((TEMPLATES / slug / "beschlussvorlage.docx").read_bytes())
    text = etree.tostring(package.parse(parts["word/styles.xml"])).decode()
    assert ('<w:jc w:val="both"/>' in text) is justified
    assert b"<w:autoHyphenation/>" in parts["word/settings.xml"]


def test_the_leader_of_the_lead_office_and_the_author_stand_beside_the_head(
    cases: dict[str, ProposalVersion], db: None
) -> None:
    context = content(cases["bergkamen"], audience=Audience.PUBLIC)
    assert context["leitung"] == {
        "name": "Volker Rademund",
        "nachname": "Rademund",
        "funktion": "Amtsleiter",
    }
    assert context["sachbearbeitung"] is not None
    assert context["sachbearbeitung"]["funktion"] == "Sachbearbeiterin"
    assert content(cases["wittmund"], audience=Audience.PUBLIC)["leitung"] is None


def test_a_sixth_house_needs_a_folder_of_templates_and_rows_of_data_and_no_code(
    house: f.House, settings: Any, tmp_path: Path
) -> None:
    shutil.copytree(TEMPLATES / "neutral", tmp_path / "neutral")
    shutil.copytree(TEMPLATES / "bergkamen", tmp_path / "sechsstadt")
    settings.DOCX_TEMPLATES_DIR = tmp_path
    with f.setting_up(house.municipality):
        house.municipality.name = "Stadt Sechsstadt"
        house.municipality.kind_names = {"beschlussvorlage": "Ratsdrucksache"}
        house.municipality.section_order = ["wording", "facts"]
        house.municipality.section_names = {"facts": "Lage", "wording": "Was wir vorschlagen"}
        house.municipality.save()
    f.make_user(house, "chief", Role.OFFICE_HEAD, office="lead")
    texts = {Section.FACTS: "<p>So ist es.</p>", Section.WORDING: "<p>So soll es sein.</p>"}
    paper = f.make_proposal(house, at="in_route", texts=texts)
    other = f.make_proposal(house, kind=ProposalKind.MITTEILUNGSVORLAGE)
    with f.setting_up(house.municipality):
        house.municipality.slug = "sechsstadt"
        house.municipality.save()
    paper, other = f.reread(paper), f.reread(other)

    assert template_for(paper) == tmp_path / "sechsstadt" / "beschlussvorlage.docx"
    made = document(newest(paper), Audience.PUBLIC)
    assert findings(made) == []
    assert in_order(
        text_of(made),
        [
            *("Stadt Sechsstadt", "Ratsdrucksache", "Bestandteile dieser Vorlage sind:"),
            *("Was wir vorschlagen:", "So soll es sein.", "Lage:", "So ist es."),
        ],
    )
    assert template_for(other) == tmp_path / "neutral" / "vorlage.docx"
