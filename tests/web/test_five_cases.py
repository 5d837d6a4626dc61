"""The five real cases, drafted from nothing on the pages with all their figures."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from proposals.documents.checks import text_of
from proposals.documents.uploads import DOCX
from proposals.models import Attachment, Proposal
from proposals.rules.lifecycle import ProposalStatus
from tests import factories as f
from tests.web import cases
from tests.web.cases import words
from tests.web.site import Site, address, filled
from workflows.demo.files import small_file

pytestmark = pytest.mark.django_db


def status(proposal: Proposal) -> str:
    return str(f.reread(proposal).status)


def word_file(site: Site, user: str, proposal: Proposal) -> str:
    """Return the text of the internal Word file as somebody gets it."""
    page = site[user].get(address(proposal, "word", "internal"))
    assert page.headers["Content-Type"] == DOCX
    return text_of(page.body).replace("\xa0", " ")


@time_machine.travel("2018-11-09 10:00")
def test_wittmund_has_10000_and_a_post_without_a_figure() -> None:
    site = cases.site_of("wittmund")
    clerk = site["sozialamt"]
    proposal = cases.begin(clerk, cases.wittmund(site))
    told = words(clerk.get(address(proposal, "entwurf")))
    assert "keine Folgekosten, enthält aber eine unbefristete Stelle" in told
    assert "„Personalkosten für eine Stelle“ ist nicht beziffert" in told
    cases.hand_in(clerk, proposal)
    assert status(proposal) == ProposalStatus.DRAFT, "two reasons are asked for, once"
    cases.hand_in(
        clerk,
        proposal,
        reason_follow_up="Über die Folgejahre entscheidet der Haushalt.",
        reason_unquantified="Die Eingruppierung ist offen.",
    )
    assert status(proposal) == ProposalStatus.IN_CO_SIGNING

    shown = words(clerk.get(address(proposal)))
    assert "Gesamtkosten mindestens 10.000 € (unvollständig)" in shown
    assert "Gesamtkosten 10.000 €" not in shown
    assert "jährliche Folgekosten keine" in shown
    assert "objektbezogene Einnahmen keine" in shown
    assert "Begründung: Über die Folgejahre entscheidet der Haushalt." in shown
    asked = shown[shown.index("Mitzeichnung Haupt- und Personalamt wegen: Stellen") :]
    assert "Kämmerei wegen: finanzielle Auswirkungen" in asked
    printed = word_file(site, "sozialamt", proposal)
    assert "Personalkosten für eine Stelle + 10.000 €" in printed
    assert "Aufwendung für Koordinierungsstelle" in printed
    assert "unvollständig" not in printed


@time_machine.travel("2017-09-25 10:00")
def test_oelde_pays_about_33000_a_year_for_19_5_hours() -> None:
    site = cases.site_of("oelde")
    clerk = site["soziales"]
    proposal = cases.begin(clerk, cases.oelde(site))
    number = f.reread(proposal).number
    assert number
    assert number.startswith("B 2017/")
    shown = words(clerk.get(address(proposal)))
    assert "rd. 33.000 €" in shown
    assert "Kosten im Jahr jährlich rd. 33.000 €" in shown
    assert "Koordination der Anlaufstelle" in shown
    assert "19,5 von 39 Stunden" in shown
    assert clerk.get(address(proposal, "entwurf")).value("position-0-share") == "0,5"
    cases.hand_in(clerk, proposal)
    assert status(proposal) == ProposalStatus.IN_CO_SIGNING
    assert "33.000 €" in word_file(site, "soziales", proposal)


@time_machine.travel("2019-03-11 10:00")
def test_bergkamen_asks_to_take_note_and_says_nothing_about_money() -> None:
    site = cases.site_of("bergkamen")
    clerk = site["amt51"]
    proposal = cases.begin(clerk, cases.bergkamen(site))
    assert f.reread(proposal).number == "11/1481"
    page = clerk.get(address(proposal, "entwurf"))
    assert page.value("wording") == "<p>Kenntnisnahme</p>"
    missing = "Der Text spricht von Geld; zu den finanziellen Auswirkungen ist nichts angegeben"
    assert missing in words(page)
    shown = words(clerk.get(address(proposal)))
    assert missing in shown
    assert "Integrationsrat" in shown
    assert "Kenntnisnahme" in shown
    cases.hand_in(clerk, proposal)
    assert status(proposal) != ProposalStatus.DRAFT, "the note is no wall"
    assert "Kenntnisnahme" in word_file(site, "amt51", proposal)


@time_machine.travel("2016-08-08 10:00")
def test_coesfeld_has_5_5_posts_up_to_170000_and_a_deadline_before_the_decision() -> None:
    site = cases.site_of("coesfeld")
    days = (("IntA", "2016-08-30"), ("KA", "2016-09-21"), ("KT", "2016-09-28"))
    cases.plan_meetings(site, "kreistagsbuero", *days)
    clerk = site["integrationszentrum"]
    proposal = cases.begin(clerk, cases.coesfeld(site))
    shown = words(clerk.get(address(proposal)))
    assert "Summe 5,5 (davon 2 abgeordnet)" in shown
    assert "zusätzlich 1,5" in shown
    assert "Fachkräfte (3 × bis zu 50.000 €)" in shown
    assert "bis zu 170.000 €" in shown
    assert "Der Text nennt" not in shown, "what is entered is what the text says"
    conflict = (
        "Die Frist „Abgabe des Konzeptes“ endet am 31.08.2016, vor der Sitzung für die "
        "Entscheidung am 28.09.2016; eine Verlängerung ist beantragt, aber nicht bewilligt."
    )
    assert conflict in shown
    assert "Verlängerung beantragt; Nachweis: Schreiben des Kreises vom 01.08.2016." in shown

    granted = {"deadline_0_extension": "granted", "deadline_0_extended_to": "2016-12-31"}
    evidence = {"deadline_0_evidence": "E-Mail des Landes vom 12.08.2016"}
    cases.save(clerk, proposal, **granted, **evidence)
    shown = words(clerk.get(address(proposal)))
    assert "vor der Sitzung für die Entscheidung" not in shown
    assert (
        "Verlängerung bis 31.12.2016 bewilligt; Nachweis: E-Mail des Landes vom 12.08.2016."
        in shown
    )
    cases.hand_in(clerk, proposal, reason_unquantified="Die Eingruppierung ist offen.")
    assert status(proposal) == ProposalStatus.IN_CO_SIGNING
    printed = word_file(site, "integrationszentrum", proposal)
    assert "5,5" in printed
    assert "bis zu 170.000 €" in printed


@time_machine.travel("2022-01-26 10:00")
def test_wedel_informs_with_two_annexes_and_no_money() -> None:
    site = cases.site_of("wedel")
    clerk = site["soziales"]
    proposal = cases.begin(clerk, cases.wedel(site), "mitteilungsvorlage")
    assert f.reread(proposal).number is None, "no number before the release"
    pdf, _ = small_file("pdf", "Aufgaben", "Was die Stelle tut")
    png, _ = small_file("png", "", "")
    title, picture = "Aufgaben der Koordinierungsstelle", "Organigramm Integration"
    cases.attach(clerk, proposal, "Aufgaben_Koordinierungsstelle.pdf", pdf, title)
    url = address(proposal, "entwurf")
    typed = filled(clerk.get(url), attachment_title=picture, then="stay")
    file = SimpleUploadedFile("Organigramm_Integration.png", png)
    refused = clerk.post(url, {**typed, "attachment": file}, 422)
    assert "Alternativtext" in " ".join(refused.complaints)
    alt = "Schaubild: Die Stelle arbeitet mit sechs Partnern."
    cases.attach(clerk, proposal, "Organigramm_Integration.png", png, picture, alt)

    kept = Attachment.everything.filter(proposal=proposal).order_by("position")
    assert [(row.title, row.alt_text) for row in kept] == [(title, ""), (picture, alt)]
    cases.hand_in(clerk, proposal)
    assert status(proposal) == ProposalStatus.IN_CO_SIGNING
    shown = words(clerk.get(address(proposal)))
    assert "Inhalt der Mitteilung" in shown
    assert "Gesamtkosten" not in shown
    assert "Hinweise" not in shown
    printed = word_file(site, "soziales", proposal)
    for part in ("Inhalt der Mitteilung", title, picture):
        assert part in printed
