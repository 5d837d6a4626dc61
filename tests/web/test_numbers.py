"""How the house numbers, its supplements and the Zeitplan, as people see them."""

from django.utils import timezone

from proposals.models import Proposal
from tests import factories as f
from tests.web.refusals import assert_kept
from tests.web.site import Site, address, rows

COUNTERS, PATTERN = "/nummernkreise/", "/nummernkreise/muster/"


def test_the_page_says_how_the_house_numbers_and_the_master_data_change_it(site: Site) -> None:
    year = timezone.localdate().year
    words = site["secretary"].get(COUNTERS).words
    assert f"Beispiel 0001/{year}, ergänzt durch 0001/{year}-1" in words
    assert "Gezählt wird je Jahr" in words
    assert "Muster für künftige Nummern ändern" not in words

    administrator = site["administrator"]
    assert "Muster für künftige Nummern ändern" in administrator.get(COUNTERS).words
    values = {"text": "{LFD:4}", "scope": "year", "number_at": "release", "suffix": "-{n}"}
    page = administrator.post(PATTERN, values, 409)
    assert "braucht das Muster {JJJJ}" in page.words
    assert_kept(page, values)
    administrator.post(PATTERN, {**values, "text": ""}, 422)
    administrator.post(
        PATTERN, {**values, "text": "{ART}/{JJJJ}/{LFD:3}", "suffix": " {n}. Ergänzung"}
    )
    words = administrator.get(COUNTERS).words
    assert f"BV/{year}/001, ergänzt durch BV/{year}/001 1. Ergänzung" in words
    proposal = f.make_proposal(site.house, "released")
    assert proposal.number == "BV/2024/001"


def test_a_supplement_is_begun_from_the_page_of_its_paper(site: Site) -> None:
    base = f.make_proposal(site.house, "in_route", public_subject="Neubau", file_reference="50-1")
    link = f"/vorlagen/neu/?ergaenzt={base.pk}"
    assert "Ergänzungsvorlage entwerfen" in site["clerk"].get(address(base)).words
    assert "Ergänzungsvorlage entwerfen" not in site["treasurer"].get(address(base)).words
    draft = f.make_proposal(site.house)
    assert "Ergänzungsvorlage entwerfen" not in site["clerk"].get(address(draft)).words

    form = site["clerk"].get(link)
    assert f"Ergänzung zu {base.number} entwerfen" in form.words
    assert form.value("subject") == base.subject
    assert form.value("file_reference") == "50-1"
    site["clerk"].send(link, subject="Neubau, Ergänzung", **rows("route"))
    paper = Proposal.everything.latest("pk")
    assert paper.consultations.count() == base.consultations.count()
    assert f"Ergänzung zu {base.number}" in site["clerk"].get(address(paper)).words
    assert "ergänzt durch" in site["clerk"].get(address(base)).words

    for unknown in ("0", "x", "9" * 30):
        site["clerk"].get(f"/vorlagen/neu/?ergaenzt={unknown}", 404)
    page = site["clerk"].post(f"/vorlagen/neu/?ergaenzt={draft.pk}", form.fields, 409)
    assert "noch nicht freigegeben" in page.words


def test_the_zeitplan_stands_beside_the_draft_and_on_the_page_of_who_knows_every_result(
    site: Site,
) -> None:
    proposal = f.make_proposal(site.house)
    words = site["clerk"].get(address(proposal, "entwurf")).words
    assert "Zeitplan" in words
    assert "Für das Gremium Kreistag ist noch keine Sitzung geplant." in words
    released = f.make_proposal(site.house, "in_route")
    assert "Zeitplan" in site["clerk"].get(address(released)).words
    # a day that falls away would tell what a closed body made of the paper
    for name in ("treasurer", "deputy"):
        assert "Zeitplan" not in site[name].get(address(released)).words


def test_an_extension_is_entered_with_its_evidence_and_shown(site: Site) -> None:
    proposal = f.make_proposal(site.house)
    url = address(proposal, "entwurf")
    line = {"name": "Antrag beim Land", "due_on": "2026-08-31", "extension": "granted"}
    page = site["clerk"].post(url, {**site["clerk"].get(url).fields, **rows("deadline", line)}, 422)
    assert "Bitte angeben, bis wann die Frist verlängert ist." in page.words
    line |= {"extended_to": "2026-12-31", "evidence": "E-Mail vom 12.07.2026"}
    site["clerk"].post(url, {**site["clerk"].get(url).fields, **rows("deadline", line)})
    words = site["clerk"].get(address(proposal)).words
    assert "Verlängerung bis 31.12.2026 bewilligt; Nachweis: E-Mail vom 12.07.2026." in words
